/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_RING (bobbin_ring_get_type ())

/**
 * BobbinRing:
 *
 * A ring that empties while time passes. It draws itself anew only while it is
 * on screen.
 */
G_DECLARE_FINAL_TYPE (BobbinRing, bobbin_ring, BOBBIN, RING, GtkWidget)

GtkWidget *bobbin_ring_new (void);

void bobbin_ring_count_down (BobbinRing *self, gint64 since, gint64 until);

G_END_DECLS
