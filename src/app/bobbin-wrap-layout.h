/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_WRAP_LAYOUT (bobbin_wrap_layout_get_type ())

/**
 * BobbinWrapLayout:
 *
 * Puts children side by side or, where there is no room for that, below each
 * other.
 */
G_DECLARE_FINAL_TYPE (BobbinWrapLayout, bobbin_wrap_layout, BOBBIN, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS
