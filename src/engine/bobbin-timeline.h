/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-download.h"

G_BEGIN_DECLS

/**
 * BobbinSpanEnd:
 * @BOBBIN_SPAN_RUNNING: it has not ended
 * @BOBBIN_SPAN_DONE: the worker fetched what it was to fetch
 * @BOBBIN_SPAN_RETRY: it failed, and another try follows
 * @BOBBIN_SPAN_FAILED: it failed, and so did the download
 * @BOBBIN_SPAN_HELD: the person stopped it
 *
 * How a worker's time for a download ended.
 */
typedef enum
{
  BOBBIN_SPAN_RUNNING,
  BOBBIN_SPAN_DONE,
  BOBBIN_SPAN_RETRY,
  BOBBIN_SPAN_FAILED,
  BOBBIN_SPAN_HELD,
} BobbinSpanEnd;

/**
 * BobbinSpan:
 * @download: (owned) (nullable): for what; %NULL in a timeline that was read
 *   back
 * @name: (owned) (nullable): its name, in a timeline that was read back
 * @job: a number that all spans of one download have in common
 * @lane: the worker, from 0
 * @part: whether other workers fetched parts of the same file at that time
 * @start: when the worker took it, monotonic microseconds
 * @head: when the first bytes of the file came, 0 if none did
 * @end: when the worker was done with it, 0 while it runs
 * @bytes: how many bytes it received
 * @how: how it ended
 * @error: (owned) (nullable): why it was a failure
 *
 * The time that one worker spent on one try at a download.
 */
typedef struct
{
  BobbinDownload *download;
  char *name;
  guint64 job;
  guint lane;
  gboolean part;
  gint64 start;
  gint64 head;
  gint64 end;
  goffset bytes;
  BobbinSpanEnd how;
  GError *error;
} BobbinSpan;

char *bobbin_span_dup_name (const BobbinSpan *self) G_GNUC_WARN_UNUSED_RESULT;
GArray *bobbin_spans_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * BobbinTimeline:
 * @start: when the run began, monotonic microseconds; 0 before
 * @n_lanes: how many workers have had something to do
 * @spans: (element-type BobbinSpan): by the time of their start
 * @n_left_out: spans beyond #BOBBIN_TIMELINE_MAX_SPANS, which are not kept
 * @rates: (element-type gint64): bytes received by all together until the end
 *   of each interval
 * @interval: length of such an interval, microseconds
 * @changes: grows whenever @spans change
 *
 * What the workers did in a run. Main thread.
 */
typedef struct
{
  gint64 start;
  guint n_lanes;
  GArray *spans;
  guint n_left_out;
  GArray *rates;
  gint64 interval;
  guint changes;
} BobbinTimeline;

/**
 * BOBBIN_TIMELINE_MAX_SPANS:
 *
 * More than this cannot be seen in any picture.
 */
#define BOBBIN_TIMELINE_MAX_SPANS 100000

void bobbin_timeline_init (BobbinTimeline *self);
void bobbin_timeline_clear (BobbinTimeline *self);
void bobbin_timeline_begin (BobbinTimeline *self, gint64 start);
void bobbin_timeline_add (BobbinTimeline *self, const BobbinSpan *span);
void bobbin_timeline_fail_last (BobbinTimeline *self, const BobbinDownload *download);
void bobbin_timeline_sample (BobbinTimeline *self, goffset bytes, gint64 now);

G_END_DECLS
