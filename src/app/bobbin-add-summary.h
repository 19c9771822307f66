/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-add-files.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_ADD_SUMMARY (bobbin_add_summary_get_type ())

/**
 * BobbinAddSummary:
 *
 * One line that says what a text of links was understood as. Signals:
 * - "line-wanted" (line): asks to be shown the first bad line
 * - "links-wanted": the patterns may make as many links as was said
 * - "stop-wanted": reading takes too long
 */
G_DECLARE_FINAL_TYPE (BobbinAddSummary, bobbin_add_summary, BOBBIN, ADD_SUMMARY, GtkBox)

void bobbin_add_summary_show (BobbinAddSummary *self, BobbinAddFiles *files);
void bobbin_add_summary_show_progress (BobbinAddSummary *self, int permille);

G_END_DECLS
