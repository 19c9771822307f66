/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline.h"

/* The first length of an interval of the rates, in microseconds. */
#define FIRST_INTERVAL (G_USEC_PER_SEC / 10)

/* With so many intervals, every two become one. */
#define MAX_INTERVALS 2000

static void
span_clear (gpointer data)
{
  BobbinSpan *span = data;

  g_clear_object (&span->download);
  g_clear_pointer (&span->name, g_free);
  g_clear_error (&span->error);
}

/**
 * bobbin_spans_new:
 *
 * Returns: (transfer full) (element-type BobbinSpan): an array that owns what
 *   its spans own
 */
GArray *
bobbin_spans_new (void)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (BobbinSpan));

  g_array_set_clear_func (spans, span_clear);
  return spans;
}

/**
 * bobbin_span_dup_name:
 * @self: a span
 *
 * Returns: (transfer full): the name of what it was for
 */
char *
bobbin_span_dup_name (const BobbinSpan *self)
{
  return self->download != NULL ? bobbin_download_dup_name (self->download) : g_strdup (self->name);
}

/**
 * bobbin_timeline_init:
 * @self: memory for a timeline
 *
 * Makes it an empty one.
 */
void
bobbin_timeline_init (BobbinTimeline *self)
{
  *self = (BobbinTimeline){ 0 };
  self->spans = bobbin_spans_new ();
  self->rates = g_array_new (FALSE, FALSE, sizeof (gint64));
}

/**
 * bobbin_timeline_clear:
 * @self: a timeline
 *
 * Frees what it holds.
 */
void
bobbin_timeline_clear (BobbinTimeline *self)
{
  g_array_unref (self->spans);
  g_array_unref (self->rates);
}

/**
 * bobbin_timeline_begin:
 * @self: a timeline
 * @start: when a run begins, monotonic microseconds
 *
 * Forgets the last run.
 */
void
bobbin_timeline_begin (BobbinTimeline *self, gint64 start)
{
  g_array_set_size (self->spans, 0);
  g_array_set_size (self->rates, 0);
  self->start = start;
  self->interval = FIRST_INTERVAL;
  self->n_lanes = 0;
  self->n_left_out = 0;
  self->changes++;
}

/**
 * bobbin_timeline_add:
 * @self: a timeline
 * @span: what a worker did; its download is referenced, the rest copied
 *
 * Adds a span that has ended.
 */
void
bobbin_timeline_add (BobbinTimeline *self, const BobbinSpan *span)
{
  guint place = self->spans->len;
  BobbinSpan copy = *span;

  self->n_lanes = MAX (self->n_lanes, span->lane + 1);
  if (self->spans->len >= BOBBIN_TIMELINE_MAX_SPANS)
    {
      self->n_left_out++;
      return;
    }
  /* They come by their ends, so the place is near. */
  while (place > 0 && g_array_index (self->spans, BobbinSpan, place - 1).start > span->start)
    place--;
  copy.download = span->download != NULL ? g_object_ref (span->download) : NULL;
  copy.name = g_strdup (span->name);
  copy.error = span->error != NULL ? g_error_copy (span->error) : NULL;
  g_array_insert_vals (self->spans, place, &copy, 1);
  self->changes++;
}

/**
 * bobbin_timeline_fail_last:
 * @self: a timeline
 * @download: a download whose last try has just ended
 *
 * Marks its last span as one that no other try follows.
 */
void
bobbin_timeline_fail_last (BobbinTimeline *self, const BobbinDownload *download)
{
  for (guint i = self->spans->len; i > 0; i--)
    {
      BobbinSpan *span = &g_array_index (self->spans, BobbinSpan, i - 1);

      if (span->download != download)
        continue;
      span->how = BOBBIN_SPAN_FAILED;
      self->changes++;
      return;
    }
}

/* Counts up to the end of every second interval stay. */
static void
halve (BobbinTimeline *self)
{
  for (guint i = 1; i < self->rates->len; i += 2)
    g_array_index (self->rates, gint64, i / 2) = g_array_index (self->rates, gint64, i);
  g_array_set_size (self->rates, self->rates->len / 2);
  self->interval *= 2;
}

/**
 * bobbin_timeline_sample:
 * @self: a timeline whose run has begun
 * @bytes: received by all together since the run began
 * @now: monotonic microseconds
 *
 * Notes how many bytes have come by now.
 */
void
bobbin_timeline_sample (BobbinTimeline *self, goffset bytes, gint64 now)
{
  gint64 count = bytes;

  while (self->start + (self->rates->len + 1) * self->interval <= now)
    {
      g_array_append_val (self->rates, count);
      if (self->rates->len >= MAX_INTERVALS)
        halve (self);
    }
}
