/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-naming.h"
#include "bobbin-queue.h"

G_BEGIN_DECLS

/* What the person has chosen, and what the engine makes of it. */

void bobbin_choices_apply (GSettings *settings, BobbinQueue *queue);
void bobbin_choices_bind (GSettings *settings, BobbinQueue *queue);

char *bobbin_choices_dup_folder (GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_choices_set_folder (GSettings *settings, const char *folder);

BobbinNaming *bobbin_choices_dup_naming (GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

char *bobbin_choices_read_proxy (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
