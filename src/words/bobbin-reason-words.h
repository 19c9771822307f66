/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-links.h"
#include "bobbin-name-template.h"

G_BEGIN_DECLS

char *bobbin_words_for_reason (BobbinReason reason, const char *detail) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_words_for_line (const BobbinLinks *links, guint index) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_words_for_template_fault (BobbinTemplateFault fault) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
