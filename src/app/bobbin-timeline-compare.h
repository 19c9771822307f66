/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-timeline-source.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_TIMELINE_COMPARE (bobbin_timeline_compare_get_type ())

/**
 * BobbinTimelineCompare:
 *
 * Two bars to one scale: how long a run took, and how long the same takes one
 * after another, with a gap between one download and the next.
 */
G_DECLARE_FINAL_TYPE (BobbinTimelineCompare, bobbin_timeline_compare, BOBBIN, TIMELINE_COMPARE, GtkWidget)

void bobbin_timeline_compare_show (BobbinTimelineCompare *self,
                                   const BobbinTimelineSource *source,
                                   gint64 now);

G_END_DECLS
