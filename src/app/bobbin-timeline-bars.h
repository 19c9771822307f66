/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-timeline-scale.h"
#include "bobbin-timeline.h"

G_BEGIN_DECLS

/**
 * BOBBIN_TIMELINE_LEAST_BAR:
 *
 * Neighbouring bars below this width become one, in pixels.
 */
#define BOBBIN_TIMELINE_LEAST_BAR 3.0

/**
 * BobbinTimelineBar:
 * @start: when the worker took it, microseconds since the run began
 * @head: when the first bytes came, @end if none did
 * @end: when the worker was done with it, or now
 * @span: the number of its span
 * @job: what spans of one download have in common
 * @how: how it ended
 * @part: whether others fetched parts of the same file
 * @joined: whether the next bar of the lane is its next try, so soon that the
 *   worker was not given back: the two are one
 *
 * A try, as it stands in the lane of its worker.
 */
typedef struct
{
  gint64 start;
  gint64 head;
  gint64 end;
  guint64 job;
  guint span;
  BobbinSpanEnd how;
  gboolean part;
  gboolean joined;
} BobbinTimelineBar;

/**
 * BobbinTimelinePlace:
 * @lane: the worker, from 0
 * @index: which of its bars
 *
 * Where a bar is; the first of those that are one.
 */
typedef struct
{
  guint lane;
  guint index;
} BobbinTimelinePlace;

/**
 * BobbinTimelineBlock:
 * @left: its left edge, in pixels
 * @right: its right edge
 * @first: the first bar in it
 * @last: the last one
 * @merged: whether it is too narrow to be told from its neighbours
 * @failed: whether one of them failed
 *
 * What is drawn as one: a bar, tries that are one, or bars that are too narrow
 * to be told apart.
 */
typedef struct
{
  double left;
  double right;
  guint first;
  guint last;
  gboolean merged;
  gboolean failed;
} BobbinTimelineBlock;

/**
 * BobbinTimelineBars:
 *
 * The bars of a run by their lanes, in order.
 */
typedef struct
{
  GPtrArray *lanes; /* of GArray of BobbinTimelineBar */
  GArray *n_ended;  /* of guint: how many of a lane's bars have ended */
  guint n_bars;
  guint changes; /* of the timeline that was read */
  gint64 start;  /* of that timeline */
} BobbinTimelineBars;

void bobbin_timeline_bars_init (BobbinTimelineBars *self);
void bobbin_timeline_bars_clear (BobbinTimelineBars *self);
gboolean bobbin_timeline_bars_read (BobbinTimelineBars *self,
                                    const BobbinTimeline *timeline,
                                    const GArray *running,
                                    gint64 now);

const GArray *bobbin_timeline_bars_get_lane (const BobbinTimelineBars *self, guint lane);
guint bobbin_timeline_bars_get_n_ended (const BobbinTimelineBars *self, guint lane);
const BobbinTimelineBar *bobbin_timeline_bars_get (const BobbinTimelineBars *self, BobbinTimelinePlace place);
guint bobbin_timeline_bars_get_last (const BobbinTimelineBars *self, BobbinTimelinePlace place);

gboolean bobbin_timeline_bars_find (
    const BobbinTimelineBars *self, guint lane, gint64 time, gint64 tolerance, BobbinTimelinePlace *place);
gboolean bobbin_timeline_bars_move (const BobbinTimelineBars *self,
                                    BobbinTimelinePlace *place,
                                    int bars,
                                    int lanes);

void bobbin_timeline_bars_merge (const BobbinTimelineBars *self,
                                 guint lane,
                                 guint first,
                                 guint end,
                                 const BobbinTimelineScale *scale,
                                 GArray *blocks);

G_END_DECLS
