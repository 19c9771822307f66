/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-scale.h"

#include "bobbin-axis.h"

/* Nothing is seen any better than so, in microseconds. */
#define LEAST_SPAN 1000

/* The axis of a run that has just begun, in microseconds. */
#define FIRST_LENGTH G_USEC_PER_SEC

/**
 * bobbin_timeline_scale_init:
 * @self: memory for a scale
 *
 * Makes it one that shows all of a run that has not begun.
 */
void
bobbin_timeline_scale_init (BobbinTimelineScale *self)
{
  *self = (BobbinTimelineScale){
    .length = FIRST_LENGTH,
    .span = FIRST_LENGTH,
    .width = 1.0,
    .follows = TRUE,
  };
}

/* Keeps what is in sight on the axis. */
static void
clamp (BobbinTimelineScale *self)
{
  self->span = CLAMP (self->span, MIN (LEAST_SPAN, self->length), self->length);
  self->from = CLAMP (self->from, 0, self->length - self->span);
}

/* While it runs, the newest moment keeps a little room to grow into. */
static gint64
get_newest_from (const BobbinTimelineScale *self)
{
  return MAX (self->elapsed - self->span + self->span / 20, 0);
}

/**
 * bobbin_timeline_scale_set_elapsed:
 * @self: a scale
 * @elapsed: how long the run has taken so far, microseconds
 * @running: whether it goes on
 *
 * Lets the axis grow with the run, by whole steps, so that it does not creep.
 */
void
bobbin_timeline_scale_set_elapsed (BobbinTimelineScale *self, gint64 elapsed, gboolean running)
{
  const gboolean zoomed = bobbin_timeline_scale_is_zoomed (self);
  const gint64 shown = MAX (elapsed, running ? FIRST_LENGTH : LEAST_SPAN);
  const double step = bobbin_axis_find_step ((double) shown / G_USEC_PER_SEC, BOBBIN_AXIS_MAX_MARKS);

  self->elapsed = elapsed;
  self->length = bobbin_axis_round_up (shown, step);
  if (!zoomed)
    bobbin_timeline_scale_fit (self);
  else if (running && self->follows)
    self->from = get_newest_from (self);
  clamp (self);
}

/**
 * bobbin_timeline_scale_to_x:
 * @self: a scale
 * @time: microseconds since the run began
 *
 * Returns: where that is on the axis, in pixels; outside of it if out of sight
 */
double
bobbin_timeline_scale_to_x (const BobbinTimelineScale *self, gint64 time)
{
  return (double) (time - self->from) / (double) self->span * self->width;
}

/**
 * bobbin_timeline_scale_to_time:
 * @self: a scale
 * @x: a place on the axis, in pixels
 *
 * Returns: what moment that is, microseconds since the run began
 */
gint64
bobbin_timeline_scale_to_time (const BobbinTimelineScale *self, double x)
{
  return self->from + (gint64) (x / self->width * (double) self->span);
}

/**
 * bobbin_timeline_scale_get_pixel:
 * @self: a scale
 *
 * Returns: how long a pixel is, in microseconds, at least 1
 */
gint64
bobbin_timeline_scale_get_pixel (const BobbinTimelineScale *self)
{
  return MAX ((gint64) ((double) self->span / self->width), 1);
}

/**
 * bobbin_timeline_scale_find_step:
 * @self: a scale
 * @least_distance: between two marks, in pixels
 *
 * Returns: the distance of marks on the axis, in seconds: 1, 2 or 5 times a
 *   power of ten
 */
double
bobbin_timeline_scale_find_step (const BobbinTimelineScale *self, double least_distance)
{
  const guint room = (guint) CLAMP (self->width / least_distance, 1, BOBBIN_AXIS_MAX_MARKS);

  return bobbin_axis_find_step ((double) self->span / G_USEC_PER_SEC, room);
}

/**
 * bobbin_timeline_scale_is_zoomed:
 * @self: a scale
 *
 * Returns: whether some of the run is out of sight
 */
gboolean
bobbin_timeline_scale_is_zoomed (const BobbinTimelineScale *self)
{
  return self->span < self->length;
}

static gboolean
set (BobbinTimelineScale *self, gint64 from, gint64 span)
{
  const BobbinTimelineScale old = *self;

  self->from = from;
  self->span = span;
  clamp (self);
  return self->from != old.from || self->span != old.span;
}

/* The end of a run is followed as long as it is in sight. */
static void
update_follows (BobbinTimelineScale *self)
{
  self->follows = self->from + self->span >= self->elapsed;
}

/**
 * bobbin_timeline_scale_zoom:
 * @self: a scale
 * @factor: how much closer; less than 1 for farther away
 * @around: the moment that stays where it is
 *
 * Returns: whether anything changed
 */
gboolean
bobbin_timeline_scale_zoom (BobbinTimelineScale *self, double factor, gint64 around)
{
  const double share = (double) (around - self->from) / (double) self->span;
  const gint64 span = (gint64) CLAMP ((double) self->span / factor, LEAST_SPAN, (double) self->length);
  const gboolean changed = set (self, around - (gint64) (share * (double) span), span);

  update_follows (self);
  return changed;
}

/**
 * bobbin_timeline_scale_pan:
 * @self: a scale
 * @distance: how far to go, in microseconds, negative for back
 *
 * Returns: whether anything changed
 */
gboolean
bobbin_timeline_scale_pan (BobbinTimelineScale *self, gint64 distance)
{
  const gboolean changed = set (self, self->from + distance, self->span);

  update_follows (self);
  return changed;
}

/**
 * bobbin_timeline_scale_fit:
 * @self: a scale
 *
 * Shows all of the run.
 *
 * Returns: whether anything changed
 */
gboolean
bobbin_timeline_scale_fit (BobbinTimelineScale *self)
{
  self->follows = TRUE;
  return set (self, 0, self->length);
}

/**
 * bobbin_timeline_scale_show:
 * @self: a scale
 * @start: microseconds since the run began
 * @end: the same
 *
 * Pans as little as brings that time, or its start if it is too long, in sight.
 *
 * Returns: whether anything changed
 */
gboolean
bobbin_timeline_scale_show (BobbinTimelineScale *self, gint64 start, gint64 end)
{
  gint64 distance = 0;

  if (end > self->from + self->span)
    distance = end - self->from - self->span;
  if (start < self->from + distance)
    distance = start - self->from;
  return distance != 0 && bobbin_timeline_scale_pan (self, distance);
}
