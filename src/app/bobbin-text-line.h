/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-phrase.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_TEXT_LINE (bobbin_text_line_get_type ())

/**
 * BobbinTextLine:
 *
 * One line of text that may change ten times a second: unlike a #GtkLabel it
 * asks for a redraw when its text changes, not for a new layout of the window.
 * A #BobbinPhrase leaves out whole pieces where there is no room.
 */
G_DECLARE_FINAL_TYPE (BobbinTextLine, bobbin_text_line, BOBBIN, TEXT_LINE, GtkWidget)

GtkWidget *bobbin_text_line_new (void);

gboolean bobbin_text_line_take_phrase (BobbinTextLine *self, BobbinPhrase *phrase);
gboolean bobbin_text_line_set_text (BobbinTextLine *self, const char *text);

char *bobbin_text_line_dup_text (BobbinTextLine *self) G_GNUC_WARN_UNUSED_RESULT;

void bobbin_text_line_set_ellipsize (BobbinTextLine *self, PangoEllipsizeMode ellipsize);
void bobbin_text_line_set_xalign (BobbinTextLine *self, float xalign);

int bobbin_text_line_get_brief_width (BobbinTextLine *self);

G_END_DECLS
