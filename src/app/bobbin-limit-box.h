/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_LIMIT_BOX (bobbin_limit_box_get_type ())

/**
 * BobbinLimitBox:
 *
 * How fast all downloads together may be: a switch, a number, and some numbers
 * to take at once. For a popover.
 */
G_DECLARE_FINAL_TYPE (BobbinLimitBox, bobbin_limit_box, BOBBIN, LIMIT_BOX, GtkWidget)

void bobbin_limit_box_set_up (BobbinLimitBox *self, GSettings *settings);

char *bobbin_limit_box_words_for (GSettings *settings) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
