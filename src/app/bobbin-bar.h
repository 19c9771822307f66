/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BobbinBarKind:
 * @BOBBIN_BAR_ACTIVE: a download that moves: accent on a track
 * @BOBBIN_BAR_HELD: a download that is held: grey on a track
 * @BOBBIN_BAR_RUN: the time of the run: accent without a track
 * @BOBBIN_BAR_GHOST: the time that would have been: pale without a track
 */
typedef enum
{
  BOBBIN_BAR_ACTIVE,
  BOBBIN_BAR_HELD,
  BOBBIN_BAR_RUN,
  BOBBIN_BAR_GHOST,
} BobbinBarKind;

#define BOBBIN_TYPE_BAR (bobbin_bar_get_type ())

/**
 * BobbinBar:
 *
 * A bar filled from its start, or in parts that are filled each from its own.
 * Redraws only when an end moves half a pixel.
 */
G_DECLARE_FINAL_TYPE (BobbinBar, bobbin_bar, BOBBIN, BAR, GtkWidget)

GtkWidget *bobbin_bar_new (void);

void bobbin_bar_set (BobbinBar *self, BobbinBarKind kind, double fraction);
void bobbin_bar_set_ranges (
    BobbinBar *self, BobbinBarKind kind, const GArray *ranges, goffset total, double fraction);

G_END_DECLS
