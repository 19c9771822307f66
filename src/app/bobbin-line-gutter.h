/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_LINE_GUTTER (bobbin_line_gutter_get_type ())

/**
 * BobbinLineGutter:
 *
 * The line numbers beside a text view.
 */
G_DECLARE_FINAL_TYPE (BobbinLineGutter, bobbin_line_gutter, BOBBIN, LINE_GUTTER, GtkWidget)

void bobbin_line_gutter_attach (GtkTextView *view);

G_END_DECLS
