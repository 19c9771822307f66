/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-timeline-look.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_TIMELINE_SWATCH (bobbin_timeline_swatch_get_type ())

/**
 * BobbinTimelineSwatch:
 *
 * A sample of how a phase is drawn.
 */
G_DECLARE_FINAL_TYPE (BobbinTimelineSwatch, bobbin_timeline_swatch, BOBBIN, TIMELINE_SWATCH, GtkWidget)

GtkWidget *bobbin_timeline_swatch_new (BobbinPhase phase);

G_END_DECLS
