/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-text-line.h"

G_BEGIN_DECLS

/**
 * BOBBIN_NARROW_BELOW:
 *
 * A list narrower than this many pixels takes its narrow form, and so does
 * what stands around it.
 */
#define BOBBIN_NARROW_BELOW 680

/**
 * BobbinRowParts:
 *
 * The widgets of a row, which the row keeps alive for its layout.
 */
typedef struct
{
  GtkWidget *tile;
  BobbinTextLine *name;
  BobbinTextLine *details;
  GtkWidget *bar;
  GtkWidget *state_icon;
  BobbinTextLine *state;
  GtkWidget *button;
} BobbinRowParts;

#define BOBBIN_TYPE_ROW_LAYOUT (bobbin_row_layout_get_type ())

/**
 * BobbinRowLayout:
 *
 * Puts the parts of a row side by side where there is room, and the bar under
 * the text where there is not. The height is the same in all states of a
 * download, so nothing moves when a state changes.
 */
G_DECLARE_FINAL_TYPE (BobbinRowLayout, bobbin_row_layout, BOBBIN, ROW_LAYOUT, GtkLayoutManager)

GtkLayoutManager *bobbin_row_layout_new (const BobbinRowParts *parts) G_GNUC_WARN_UNUSED_RESULT;

gboolean bobbin_row_layout_is_narrow (BobbinRowLayout *self);

G_END_DECLS
