/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BobbinTimelineHand:
 *
 * What a pointer does to a picture: clicks, drags, scrolls and pinches. Lives
 * as long as the widget.
 */
typedef struct _BobbinTimelineHand BobbinTimelineHand;

/**
 * BobbinTimelineHandFuncs:
 * @clicked: somebody clicked at a place
 * @zoomed: somebody wants to be so much closer, around a place
 * @panned: somebody wants to go on by so many pixels; returns whether that goes
 *
 * What to do about it.
 */
typedef struct
{
  void (*clicked) (BobbinTimelineHand *hand, double x, double y, gpointer user_data);
  gboolean (*zoomed) (BobbinTimelineHand *hand, double factor, double x, gpointer user_data);
  gboolean (*panned) (BobbinTimelineHand *hand, double pixels, gpointer user_data);
} BobbinTimelineHandFuncs;

void bobbin_timeline_hand_new (GtkWidget *widget, const BobbinTimelineHandFuncs *funcs, gpointer user_data);

G_END_DECLS
