/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_LEAST_LAYOUT (bobbin_least_layout_get_type ())

/**
 * BobbinLeastLayout:
 *
 * Gives one child all the room, and likes to be no wider than that needs: what
 * stands beside it gets the width that it likes.
 */
G_DECLARE_FINAL_TYPE (BobbinLeastLayout, bobbin_least_layout, BOBBIN, LEAST_LAYOUT, GtkLayoutManager)

G_END_DECLS
