/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-source.h"

struct _BobbinTimelineSource
{
  BobbinQueue *queue; /* NULL for a run of an earlier time */
  BobbinTimeline timeline;
  BobbinRun run;
};

/**
 * bobbin_timeline_source_new:
 * @queue: a queue
 *
 * Returns: (transfer full): the run of the queue, whichever that is
 */
BobbinTimelineSource *
bobbin_timeline_source_new (BobbinQueue *queue)
{
  BobbinTimelineSource *self = g_rc_box_new0 (BobbinTimelineSource);

  self->queue = g_object_ref (queue);
  return self;
}

/**
 * bobbin_timeline_source_new_kept:
 * @timeline: (transfer full): what the workers did; the memory around it stays
 *   the caller's
 * @run: the run, which is over
 *
 * Returns: (transfer full): a run of an earlier time
 */
BobbinTimelineSource *
bobbin_timeline_source_new_kept (BobbinTimeline *timeline, const BobbinRun *run)
{
  BobbinTimelineSource *self = g_rc_box_new0 (BobbinTimelineSource);

  self->timeline = *timeline;
  *timeline = (BobbinTimeline){ 0 };
  self->run = *run;
  return self;
}

/**
 * bobbin_timeline_source_ref:
 * @self: a source
 *
 * Returns: (transfer full): @self
 */
BobbinTimelineSource *
bobbin_timeline_source_ref (BobbinTimelineSource *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  BobbinTimelineSource *self = data;

  if (self->queue == NULL)
    bobbin_timeline_clear (&self->timeline);
  g_clear_object (&self->queue);
}

/**
 * bobbin_timeline_source_unref:
 * @self: (transfer full): a source
 */
void
bobbin_timeline_source_unref (BobbinTimelineSource *self)
{
  g_rc_box_release_full (self, clear);
}

/**
 * bobbin_timeline_source_is_live:
 * @self: a source
 *
 * Returns: whether it is the run of a queue
 */
gboolean
bobbin_timeline_source_is_live (const BobbinTimelineSource *self)
{
  return self->queue != NULL;
}

/**
 * bobbin_timeline_source_get_timeline:
 * @self: a source
 *
 * Returns: (transfer none): what the workers did
 */
const BobbinTimeline *
bobbin_timeline_source_get_timeline (const BobbinTimelineSource *self)
{
  return self->queue != NULL ? bobbin_queue_get_timeline (self->queue) : &self->timeline;
}

/**
 * bobbin_timeline_source_get_run:
 * @self: a source
 *
 * Returns: (transfer none): the run
 */
const BobbinRun *
bobbin_timeline_source_get_run (const BobbinTimelineSource *self)
{
  return self->queue != NULL ? bobbin_queue_get_run (self->queue) : &self->run;
}

/**
 * bobbin_timeline_source_dup_running:
 * @self: a source
 *
 * Returns: (transfer full) (element-type BobbinSpan): what the workers are
 *   doing now
 */
GArray *
bobbin_timeline_source_dup_running (const BobbinTimelineSource *self)
{
  return self->queue != NULL ? bobbin_queue_dup_running (self->queue) : bobbin_spans_new ();
}
