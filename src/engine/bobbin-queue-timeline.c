/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-queue-private.h"

static BobbinSpan
make_span (const BobbinDownload *download, const BobbinTransfer *transfer)
{
  return (BobbinSpan){
    .download = (BobbinDownload *) download,
    .job = download->id,
    .lane = transfer->lane,
    .part = download->activity->n_transfers > 1,
    .start = transfer->started,
    .head = atomic_load_explicit (&transfer->head, memory_order_relaxed),
    .bytes = atomic_load_explicit (&transfer->fetched, memory_order_relaxed),
  };
}

/**
 * bobbin_queue_dup_running:
 * @self: a queue
 *
 * Tells what is not in the timeline yet. Main thread.
 *
 * Returns: (transfer full) (element-type BobbinSpan): what the workers are
 *   doing now
 */
GArray *
bobbin_queue_dup_running (BobbinQueue *self)
{
  GArray *spans = bobbin_spans_new ();

  for (guint i = 0; i < self->active->len; i++)
    {
      const BobbinTransfer *transfer = g_ptr_array_index (self->active, i);
      const BobbinDownload *download = transfer->owner;
      BobbinSpan span = make_span (download, transfer);

      if (transfer->started == 0 || download->removed)
        continue;
      g_object_ref (span.download);
      g_array_append_val (spans, span);
    }
  return spans;
}

static BobbinSpanEnd
get_span_end (const BobbinDownload *download, const BobbinReport *report)
{
  if (report->error == NULL)
    return BOBBIN_SPAN_DONE;
  return download->activity->held_back ? BOBBIN_SPAN_HELD : BOBBIN_SPAN_RETRY;
}

/* For the queue: what a worker did. Those that found nothing to do are not worth
 * telling. */
void
bobbin_queue_tell_timeline (BobbinQueue *self, BobbinDownload *download, const BobbinReport *report)
{
  BobbinSpan span = make_span (download, report->transfer);

  span.part |= !report->last;
  span.end = report->time;
  span.how = get_span_end (download, report);
  span.error = span.how == BOBBIN_SPAN_RETRY ? report->error : NULL;
  if (!report->last && report->error == NULL && span.head == 0)
    return;
  if (!download->removed)
    bobbin_timeline_add (&self->timeline, &span);
}
