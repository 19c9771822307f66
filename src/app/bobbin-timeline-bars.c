/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-bars.h"

#include <stdlib.h>

/* A worker that waits no longer than this for the next try has not been given
 * back, in microseconds. */
#define SHORT_WAIT G_USEC_PER_SEC

/**
 * bobbin_timeline_bars_init:
 * @self: memory for bars
 *
 * Makes it empty.
 */
void
bobbin_timeline_bars_init (BobbinTimelineBars *self)
{
  *self = (BobbinTimelineBars){ 0 };
  self->lanes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->n_ended = g_array_new (FALSE, TRUE, sizeof (guint));
}

/**
 * bobbin_timeline_bars_clear:
 * @self: bars
 *
 * Frees what they hold.
 */
void
bobbin_timeline_bars_clear (BobbinTimelineBars *self)
{
  g_ptr_array_unref (self->lanes);
  g_array_unref (self->n_ended);
}

static GArray *
ensure_lane (BobbinTimelineBars *self, guint lane)
{
  while (self->lanes->len <= lane)
    g_ptr_array_add (self->lanes, g_array_new (FALSE, FALSE, sizeof (BobbinTimelineBar)));
  if (self->n_ended->len <= lane)
    g_array_set_size (self->n_ended, lane + 1);
  return g_ptr_array_index (self->lanes, lane);
}

static void
add (BobbinTimelineBars *self,
     const BobbinTimeline *timeline,
     const BobbinSpan *span,
     guint number,
     gint64 now)
{
  GArray *lane = ensure_lane (self, span->lane);
  const gint64 end = (span->end != 0 ? span->end : now) - timeline->start;
  BobbinTimelineBar bar = {
    .start = MAX (span->start - timeline->start, 0),
    .head = span->head != 0 ? span->head - timeline->start : end,
    .end = end,
    .job = span->job,
    .span = number,
    .how = span->how,
    .part = span->part,
  };
  BobbinTimelineBar *last = lane->len > 0 ? &g_array_index (lane, BobbinTimelineBar, lane->len - 1) : NULL;

  bar.end = MAX (bar.end, bar.start);
  bar.head = CLAMP (bar.head, bar.start, bar.end);
  if (last != NULL)
    last->joined
        = last->how == BOBBIN_SPAN_RETRY && last->job == bar.job && bar.start - last->end < SHORT_WAIT;
  g_array_append_val (lane, bar);
  self->n_bars++;
}

static void
drop_running (BobbinTimelineBars *self)
{
  for (guint i = 0; i < self->lanes->len; i++)
    {
      GArray *lane = g_ptr_array_index (self->lanes, i);
      const guint n_ended = g_array_index (self->n_ended, guint, i);

      self->n_bars -= lane->len - n_ended;
      g_array_set_size (lane, n_ended);
      if (n_ended > 0)
        g_array_index (lane, BobbinTimelineBar, n_ended - 1).joined = FALSE;
    }
}

static void
read_ended (BobbinTimelineBars *self, const BobbinTimeline *timeline)
{
  g_ptr_array_set_size (self->lanes, 0);
  g_array_set_size (self->n_ended, 0);
  self->n_bars = 0;
  for (guint i = 0; i < timeline->spans->len; i++)
    add (self, timeline, &g_array_index (timeline->spans, BobbinSpan, i), i, 0);
  for (guint i = 0; i < self->lanes->len; i++)
    g_array_index (self->n_ended, guint, i) = ((GArray *) g_ptr_array_index (self->lanes, i))->len;
  self->changes = timeline->changes;
  self->start = timeline->start;
}

/**
 * bobbin_timeline_bars_read:
 * @self: bars
 * @timeline: what the workers did
 * @running: (nullable) (element-type BobbinSpan): what they are doing
 * @now: monotonic microseconds
 *
 * Reads what has ended only if that has changed. The spans of @running count
 * on from those of @timeline.
 *
 * Returns: whether what has ended was read anew
 */
gboolean
bobbin_timeline_bars_read (BobbinTimelineBars *self,
                           const BobbinTimeline *timeline,
                           const GArray *running,
                           gint64 now)
{
  const gboolean anew = self->changes != timeline->changes || self->start != timeline->start;

  if (anew)
    read_ended (self, timeline);
  else
    drop_running (self);
  for (guint i = 0; running != NULL && i < running->len; i++)
    add (self, timeline, &g_array_index (running, BobbinSpan, i), timeline->spans->len + i, now);
  return anew;
}

static guint
get_last (const GArray *lane, guint index)
{
  while (index + 1 < lane->len && g_array_index (lane, BobbinTimelineBar, index).joined)
    index++;
  return index;
}

static guint
get_first (const GArray *lane, guint index)
{
  while (index > 0 && g_array_index (lane, BobbinTimelineBar, index - 1).joined)
    index--;
  return index;
}

/**
 * bobbin_timeline_bars_get_lane:
 * @self: bars
 * @lane: less than the number of lanes
 *
 * Returns: (transfer none) (element-type BobbinTimelineBar): the lane's bars
 */
const GArray *
bobbin_timeline_bars_get_lane (const BobbinTimelineBars *self, guint lane)
{
  return g_ptr_array_index (self->lanes, lane);
}

/**
 * bobbin_timeline_bars_get_n_ended:
 * @self: bars
 * @lane: less than the number of lanes
 *
 * Returns: how many of the lane's bars, from the first on, change no more; one
 *   whose next try goes on does
 */
guint
bobbin_timeline_bars_get_n_ended (const BobbinTimelineBars *self, guint lane)
{
  const GArray *bars = g_ptr_array_index (self->lanes, lane);
  const guint n_ended = g_array_index (self->n_ended, guint, lane);

  return n_ended < bars->len ? get_first (bars, n_ended) : n_ended;
}

/**
 * bobbin_timeline_bars_get:
 * @self: bars
 * @place: where
 *
 * Returns: (transfer none) (nullable): the bar there, until others are read
 */
const BobbinTimelineBar *
bobbin_timeline_bars_get (const BobbinTimelineBars *self, BobbinTimelinePlace place)
{
  const GArray *lane = place.lane < self->lanes->len ? g_ptr_array_index (self->lanes, place.lane) : NULL;

  return lane != NULL && place.index < lane->len ? &g_array_index (lane, BobbinTimelineBar, place.index)
                                                 : NULL;
}

/**
 * bobbin_timeline_bars_get_last:
 * @self: bars
 * @place: where a bar is
 *
 * Returns: the index of the last of those that are one with it
 */
guint
bobbin_timeline_bars_get_last (const BobbinTimelineBars *self, BobbinTimelinePlace place)
{
  return get_last (g_ptr_array_index (self->lanes, place.lane), place.index);
}

/* Returns: the index of the first bar that ends at @time or later */
static guint
find_first_after (const GArray *lane, gint64 time)
{
  guint first = 0;
  guint end = lane->len;

  while (first < end)
    {
      const guint middle = first + (end - first) / 2;

      if (g_array_index (lane, BobbinTimelineBar, middle).end < time)
        first = middle + 1;
      else
        end = middle;
    }
  return first;
}

static gint64
get_distance (const GArray *lane, guint index, gint64 time)
{
  const BobbinTimelineBar *bar = &g_array_index (lane, BobbinTimelineBar, index);
  const BobbinTimelineBar *next = bar->joined ? bar + 1 : NULL;
  const gint64 end = next != NULL ? next->start : bar->end;

  return time < bar->start ? bar->start - time : time > end ? time - end : 0;
}

/* Returns: the index of the bar that is nearest to @time; the lane has one */
static guint
find_nearest (const GArray *lane, gint64 time)
{
  const guint after = find_first_after (lane, time);

  if (after == lane->len)
    return after - 1;
  if (after > 0 && get_distance (lane, after - 1, time) < get_distance (lane, after, time))
    return after - 1;
  return after;
}

/**
 * bobbin_timeline_bars_find:
 * @self: bars
 * @lane: the worker, from 0
 * @time: microseconds since the run began
 * @tolerance: how far away a bar may be, in microseconds
 * @place: (out): where it is
 *
 * Looks for what stands at a moment.
 *
 * Returns: whether there is a bar
 */
gboolean
bobbin_timeline_bars_find (
    const BobbinTimelineBars *self, guint lane, gint64 time, gint64 tolerance, BobbinTimelinePlace *place)
{
  const GArray *bars = lane < self->lanes->len ? g_ptr_array_index (self->lanes, lane) : NULL;
  guint index;

  if (bars == NULL || bars->len == 0)
    return FALSE;
  index = find_nearest (bars, time);
  if (get_distance (bars, index, time) > tolerance)
    return FALSE;
  *place = (BobbinTimelinePlace){ lane, get_first (bars, index) };
  return TRUE;
}

static gboolean
move_along (const GArray *lane, BobbinTimelinePlace *place, int bars)
{
  guint index = place->index;

  for (; bars > 0 && get_last (lane, index) + 1 < lane->len; bars--)
    index = get_last (lane, index) + 1;
  for (; bars < 0 && index > 0; bars++)
    index = get_first (lane, index - 1);
  if (index == place->index)
    return FALSE;
  place->index = index;
  return TRUE;
}

static gboolean
move_across (const BobbinTimelineBars *self, BobbinTimelinePlace *place, int lanes)
{
  const BobbinTimelineBar *bar = bobbin_timeline_bars_get (self, *place);
  const gint64 middle = (bar->start + bar->end) / 2;

  for (int lane = (int) place->lane + lanes; lane >= 0 && lane < (int) self->lanes->len; lane += lanes)
    {
      const GArray *bars = g_ptr_array_index (self->lanes, lane);

      if (bars->len == 0)
        continue;
      *place = (BobbinTimelinePlace){ (guint) lane, get_first (bars, find_nearest (bars, middle)) };
      return TRUE;
    }
  return FALSE;
}

/**
 * bobbin_timeline_bars_move:
 * @self: bars
 * @place: (inout): where a bar is
 * @bars: how many bars to go on in its lane, negative for back; the end of the
 *   lane stops
 * @lanes: 1 for the next lane with bars, -1 for the one before, 0 to stay
 *
 * Returns: whether there was somewhere to go
 */
gboolean
bobbin_timeline_bars_move (const BobbinTimelineBars *self, BobbinTimelinePlace *place, int bars, int lanes)
{
  if (bobbin_timeline_bars_get (self, *place) == NULL)
    return FALSE;
  if (lanes != 0)
    return move_across (self, place, lanes > 0 ? 1 : -1);
  return move_along (g_ptr_array_index (self->lanes, place->lane), place, bars);
}

static BobbinTimelineBlock
make_block (const GArray *lane, guint first, guint last, const BobbinTimelineScale *scale)
{
  const BobbinTimelineBar *bars = &g_array_index (lane, BobbinTimelineBar, 0);
  BobbinTimelineBlock block = {
    .left = bobbin_timeline_scale_to_x (scale, bars[first].start),
    .right = bobbin_timeline_scale_to_x (scale, bars[last].end),
    .first = first,
    .last = last,
    .failed = bars[last].how == BOBBIN_SPAN_FAILED,
  };

  block.merged = block.right - block.left < BOBBIN_TIMELINE_LEAST_BAR;
  return block;
}

static gboolean
melts (const BobbinTimelineBlock *previous, const BobbinTimelineBlock *block)
{
  return previous->merged && block->merged && block->left - previous->right < BOBBIN_TIMELINE_LEAST_BAR;
}

/**
 * bobbin_timeline_bars_merge:
 * @self: bars
 * @lane: the worker, from 0
 * @first: the first bar to take
 * @end: the bar after the last one to take
 * @scale: what is in sight
 * @blocks: (element-type BobbinTimelineBlock): where to add what is to be drawn
 *
 * Makes blocks of those bars that are in sight. There are never more than the
 * pixels allow, however many bars there are.
 */
void
bobbin_timeline_bars_merge (const BobbinTimelineBars *self,
                            guint lane,
                            guint first,
                            guint end,
                            const BobbinTimelineScale *scale,
                            GArray *blocks)
{
  const GArray *bars = g_ptr_array_index (self->lanes, lane);
  const guint in_sight = get_first (bars, MIN (find_first_after (bars, scale->from), bars->len));
  const guint begin = blocks->len;
  guint last;

  for (guint i = MAX (first, in_sight); i < end; i = last + 1)
    {
      BobbinTimelineBlock block;
      BobbinTimelineBlock *previous
          = blocks->len > begin ? &g_array_index (blocks, BobbinTimelineBlock, blocks->len - 1) : NULL;

      last = MIN (get_last (bars, i), end - 1);
      block = make_block (bars, i, last, scale);
      if (block.left >= scale->width)
        break;
      if (previous == NULL || !melts (previous, &block))
        {
          g_array_append_val (blocks, block);
          continue;
        }
      previous->right = block.right;
      previous->last = block.last;
      previous->failed |= block.failed;
    }
}
