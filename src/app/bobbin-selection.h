/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-queue.h"

G_BEGIN_DECLS

GPtrArray *bobbin_selection_dup (GtkSelectionModel *model) G_GNUC_WARN_UNUSED_RESULT;

gboolean bobbin_selection_can_pause (GPtrArray *downloads);
gboolean bobbin_selection_can_resume (GPtrArray *downloads);
gboolean bobbin_selection_can_retry (GPtrArray *downloads);
gboolean bobbin_selection_can_sign_in (GPtrArray *downloads);
gboolean bobbin_selection_can_trust (GPtrArray *downloads);
gboolean bobbin_selection_has_finished (GPtrArray *downloads);

void bobbin_selection_pause_or_resume (GPtrArray *downloads, BobbinQueue *queue);

char *bobbin_selection_join_uris (GPtrArray *downloads) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *bobbin_selection_dup_paths (GPtrArray *downloads) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
