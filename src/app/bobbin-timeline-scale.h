/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BobbinTimelineScale:
 * @elapsed: how long the run has taken so far
 * @length: of the whole axis: @elapsed, rounded up
 * @from: the first moment in sight
 * @span: how much is in sight
 * @width: of the axis, in pixels
 * @follows: whether the newest moment stays in sight
 *
 * What part of a run is in sight. Times are microseconds since the run began.
 * A plain value.
 */
typedef struct
{
  gint64 elapsed;
  gint64 length;
  gint64 from;
  gint64 span;
  double width;
  gboolean follows;
} BobbinTimelineScale;

void bobbin_timeline_scale_init (BobbinTimelineScale *self);
void bobbin_timeline_scale_set_elapsed (BobbinTimelineScale *self, gint64 elapsed, gboolean running);

double bobbin_timeline_scale_to_x (const BobbinTimelineScale *self, gint64 time);
gint64 bobbin_timeline_scale_to_time (const BobbinTimelineScale *self, double x);
gint64 bobbin_timeline_scale_get_pixel (const BobbinTimelineScale *self);
double bobbin_timeline_scale_find_step (const BobbinTimelineScale *self, double least_distance);

gboolean bobbin_timeline_scale_is_zoomed (const BobbinTimelineScale *self);
gboolean bobbin_timeline_scale_zoom (BobbinTimelineScale *self, double factor, gint64 around);
gboolean bobbin_timeline_scale_pan (BobbinTimelineScale *self, gint64 distance);
gboolean bobbin_timeline_scale_fit (BobbinTimelineScale *self);
gboolean bobbin_timeline_scale_show (BobbinTimelineScale *self, gint64 start, gint64 end);

G_END_DECLS
