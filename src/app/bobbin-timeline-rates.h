/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-timeline.h"

G_BEGIN_DECLS

/**
 * BobbinTimelinePoint:
 * @time: microseconds since the run began
 * @rate: bytes a second
 *
 * How fast all workers together were at a moment.
 */
typedef struct
{
  double time;
  double rate;
} BobbinTimelinePoint;

double bobbin_timeline_rates_read (const BobbinTimeline *timeline, gint64 elapsed, GArray *points);
double bobbin_timeline_rates_find_step (double most, guint *n_steps);
void bobbin_timeline_rates_find_slopes (const GArray *points, double *slopes);

G_END_DECLS
