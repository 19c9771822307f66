/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_PHASE_BAR (bobbin_phase_bar_get_type ())

/**
 * BobbinPhaseBar:
 *
 * A span of time on a track. Time runs left to right in all languages.
 */
G_DECLARE_FINAL_TYPE (BobbinPhaseBar, bobbin_phase_bar, BOBBIN, PHASE_BAR, GtkWidget)

GtkWidget *bobbin_phase_bar_new (void);

void bobbin_phase_bar_set (BobbinPhaseBar *self, double start, double end);

G_END_DECLS
