/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-queue-private.h"

#include "bobbin-error.h"
#include "bobbin-retry.h"

/* Counters are read so often while anything is active, in milliseconds. */
#define TICK 100

/* So many times the workers' number is handed to the pool, so that a worker
 * that is done finds its next transfer without waiting for the main loop. */
#define LOOK_AHEAD 2

/* A part that failed is tried again after the first delay, doubled for each
 * further failure up to this many times. */
#define MAX_DOUBLINGS 6

/* For the queue: whether a download waits or is active. */
gboolean
bobbin_download_is_under_way (const BobbinDownload *download)
{
  return download->state == BOBBIN_STATE_WAITING || download->state == BOBBIN_STATE_CONNECTING
         || download->state == BOBBIN_STATE_RECEIVING;
}

static void
push_transfer (BobbinQueue *self, BobbinDownload *download)
{
  BobbinTransfer *transfer = bobbin_transfer_new (download->activity->target, g_object_ref (download));

  transfer->host = download->host;
  download->activity->n_transfers++;
  bobbin_queue_line_begin (&self->line, transfer->host);
  g_ptr_array_add (self->active, transfer);
  bobbin_pool_push (self->pool, transfer);
}

static void
forget_transfer (BobbinQueue *self, BobbinTransfer *transfer)
{
  BobbinDownload *download = transfer->owner;

  bobbin_queue_line_end (&self->line, transfer->host);
  download->activity->n_transfers--;
  g_ptr_array_remove (self->active, transfer);
  g_object_unref (download);
}

static void
start_next (BobbinQueue *self, BobbinDownload *download)
{
  g_autoptr (BobbinTarget) target = bobbin_target_new (download->link, download->address, download->held,
                                                       self->settings, self->store, download->id);

  download->tries++;
  bobbin_download_attach (download, target);
  push_transfer (self, download);
}

static gboolean
needs_help (BobbinQueue *self, BobbinDownload *download, gint64 now)
{
  const BobbinActivity *activity = download->activity;

  return download->state == BOBBIN_STATE_RECEIVING && !activity->held_back && activity->last == NULL
         && activity->n_transfers < self->settings->parts && now >= activity->help_after
         && bobbin_queue_line_has_room (&self->line, download->host)
         && bobbin_target_has_work (activity->target, now);
}

/* Workers that nothing waits for help those that are busy, one for each file in
 * turn. */
static void
send_helpers (BobbinQueue *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean sent = self->settings->parts > 1;

  while (sent && self->active->len < self->at_once)
    {
      guint n_active = self->active->len;

      sent = FALSE;
      for (guint i = 0; i < n_active && self->active->len < self->at_once; i++)
        {
          BobbinTransfer *transfer = g_ptr_array_index (self->active, i);

          if (!needs_help (self, transfer->owner, now))
            continue;
          push_transfer (self, transfer->owner);
          sent = TRUE;
        }
    }
}

static void
end_run (BobbinQueue *self)
{
  bobbin_run_close (&self->run, g_get_monotonic_time ());
  g_clear_handle_id (&self->tick_id, g_source_remove);
  bobbin_queue_line_forget_limits (&self->line);
  if (self->pool != NULL)
    bobbin_pool_trim (self->pool);
  bobbin_timeline_sample (&self->timeline, self->run.bytes, self->run.end + self->timeline.interval);
  bobbin_queue_keep_run (self);
  bobbin_queue_touch (self);
  bobbin_queue_emit_run_finished (self);
}

/* For the queue: hands to the pool what can run, and ends the run when nothing
 * is left. */
void
bobbin_queue_pump (BobbinQueue *self)
{
  BobbinDownload *next;

  bobbin_queue_wake (self);
  while (self->pool != NULL && self->active->len < LOOK_AHEAD * self->at_once
         && (next = bobbin_queue_line_take (&self->line)) != NULL)
    start_next (self, next);
  if (self->pool != NULL)
    send_helpers (self);
  if (self->active->len == 0 && bobbin_run_is_running (&self->run) && !bobbin_queue_is_waiting (self))
    end_run (self);
}

/* Reads the counters of all that are active and tells whoever shows them. */
static void
sample_all (BobbinQueue *self, gint64 now)
{
  goffset bytes = self->run.bytes;

  for (guint i = 0; i < self->active->len; i++)
    {
      BobbinTransfer *transfer = g_ptr_array_index (self->active, i);
      BobbinDownload *download = transfer->owner;

      bobbin_transfer_check_speed (transfer, now);
      if (download->activity->sampled == now)
        continue;
      download->activity->sampled = now;
      bytes += bobbin_download_sample (download, now);
      bobbin_queue_keep_progress (self, download, now);
      bobbin_download_emit_changed (download);
    }
  bobbin_rate_sample (&self->rate, bytes, now);
  if (bobbin_run_is_running (&self->run))
    bobbin_timeline_sample (&self->timeline, bytes, now);
}

static gboolean
on_tick (gpointer user_data)
{
  g_autoptr (BobbinQueue) self = g_object_ref (user_data);

  sample_all (self, g_get_monotonic_time ());
  bobbin_queue_touch (self);
  bobbin_queue_pump (self);
  return G_SOURCE_CONTINUE;
}

static void
begin_run (BobbinQueue *self, gint64 start)
{
  bobbin_run_reset (&self->run);
  self->run.began = g_get_real_time () - (g_get_monotonic_time () - start);
  bobbin_timeline_begin (&self->timeline, start);
  self->run_number++;
  self->rate = (BobbinRate){ 0 };
  bobbin_rate_sample (&self->rate, 0, start);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add (TICK, on_tick, self);
}

/* Reports of a download that was held are still to come in, but they speak of
 * the past: it may be paused, or in line again, by now. */
static void
on_started (BobbinQueue *self, BobbinDownload *download, const BobbinReport *report)
{
  BobbinActivity *activity = download->activity;

  report->transfer->started = report->time;
  if (activity->started != 0)
    return;
  activity->started = report->time;
  if (!bobbin_run_is_running (&self->run))
    begin_run (self, report->time);
  bobbin_run_job_started (&self->run, report->time);
  if (activity->held_back)
    return;
  g_clear_error (&download->error);
  bobbin_queue_set_state (self, download, BOBBIN_STATE_CONNECTING);
}

/* What came whole with its answer has no head to report before its end. */
static void
take_origin (BobbinDownload *download, BobbinReport *report)
{
  if (report->origin == NULL)
    return;
  bobbin_origin_free (download->origin);
  download->origin = g_steal_pointer (&report->origin);
}

static void
on_head (BobbinQueue *self, BobbinDownload *download, BobbinReport *report)
{
  g_free (download->name);
  download->name = g_steal_pointer (&report->name);
  download->total = report->total;
  download->anew = download->activity->anew = report->anew;
  take_origin (download, report);
  if (report->link != NULL)
    {
      bobbin_link_unref (download->link);
      download->link = g_steal_pointer (&report->link);
      bobbin_list_forget_uris (&self->list);
    }
  bobbin_download_sample (download, report->time);
  if (download->activity->held_back)
    return;
  bobbin_queue_set_state (self, download, BOBBIN_STATE_RECEIVING);
  bobbin_queue_pump (self);
}

/* A run that leaves something paused behind has not finished it. */
static void
count_held (BobbinQueue *self, BobbinDownload *download)
{
  if (!bobbin_run_is_running (&self->run))
    return;
  self->run.held++;
  download->run = self->run_number;
}

/* For the queue: a download that was paused in this run is so no more. */
void
bobbin_queue_count_not_held (BobbinQueue *self, BobbinDownload *download)
{
  if (download->state != BOBBIN_STATE_PAUSED || download->run != self->run_number
      || !bobbin_run_is_running (&self->run))
    return;
  self->run.held--;
  download->run = 0;
}

static void
end_with (BobbinQueue *self, BobbinDownload *download, BobbinState state)
{
  download->end_order = ++self->next_end_order;
  download->ended = g_get_real_time ();
  bobbin_queue_count_not_held (self, download);
  download->run = self->run_number;
  if (!download->removed)
    (*(state == BOBBIN_STATE_FINISHED ? &self->run.finished : &self->run.failed))++;
  bobbin_queue_set_state (self, download, state);
  if (!download->removed)
    bobbin_queue_emit_ended (self, download);
}

/* For the queue: puts a download in line, in its old place. */
void
bobbin_queue_put_in_line (BobbinQueue *self, BobbinDownload *download)
{
  bobbin_queue_line_put (&self->line, download);
}

static void
finish (BobbinQueue *self, BobbinDownload *download, BobbinReport *last)
{
  bobbin_digest_free (download->digest);
  download->digest = bobbin_digest_copy (last->transfer->target->digest);
  download->unproven = last->transfer->target->unproven;
  g_free (download->name);
  download->name = g_steal_pointer (&last->name);
  download->total = download->received = last->total;
  download->verified = last->verified;
  download->identity = last->identity;
  download->modified = last->modified;
  download->failures = 0;
  g_clear_error (&download->error);
  end_with (self, download, BOBBIN_STATE_FINISHED);
}

static gboolean
is_about_the_place (const GError *error)
{
  if (error->domain == BOBBIN_ERROR)
    return error->code != BOBBIN_ERROR_EXISTS && error->code != BOBBIN_ERROR_NO_FREE_NAME
           && error->code != BOBBIN_ERROR_PART_LOST;
  return bobbin_retry_decide (error, 1, G_MAXUINT, 0).what != BOBBIN_RETRY_GIVE_UP
         || error->domain == G_TLS_ERROR || error->domain == G_RESOLVER_ERROR;
}

/* A mirror that fails, is slow or has other bytes gives way to the next. Only
 * when all have failed is it time to wait, or to give up.
 * Returns: whether another one is asked now */
static gboolean
try_next_mirror (BobbinQueue *self, BobbinDownload *download)
{
  guint n_mirrors = bobbin_link_get_n_mirrors (download->link);

  if (n_mirrors == 0 || !is_about_the_place (download->error))
    return FALSE;
  download->address = (download->address + 1) % (n_mirrors + 1);
  if (++download->addresses_failed % (n_mirrors + 1) == 0)
    return FALSE;
  bobbin_queue_put_in_line (self, download);
  bobbin_queue_set_state (self, download, BOBBIN_STATE_WAITING);
  return TRUE;
}

/* Pieces that were wrong have been given up, and are worth another try. */
static gboolean
can_mend (BobbinQueue *self, const BobbinDownload *download)
{
  return g_error_matches (download->error, BOBBIN_ERROR, BOBBIN_ERROR_CHECKSUM)
         && bobbin_link_get_pieces (download->link) != NULL && download->failures < self->settings->tries;
}

/* Bytes that no try before had brought are progress, and the count begins anew. */
static void
fail (BobbinQueue *self, BobbinDownload *download, BobbinReport *last)
{
  if (download->received > download->most_received)
    download->failures = download->addresses_failed = 0;
  download->most_received = MAX (download->most_received, download->received);
  g_clear_error (&download->error);
  download->error = g_steal_pointer (&last->error);
  if (try_next_mirror (self, download))
    return;
  download->failures++;
  if (can_mend (self, download))
    {
      bobbin_queue_put_in_line (self, download);
      bobbin_queue_set_state (self, download, BOBBIN_STATE_WAITING);
      return;
    }
  if (bobbin_queue_wait_after (self, download, download->error))
    return;
  bobbin_timeline_fail_last (&self->timeline, download);
  end_with (self, download, BOBBIN_STATE_FAILED);
}

/* A file that came at the first try is not worth a note: 100,000 of them are
 * normal, and bobbin_download_dup_tries() tells it from what is there. */
static void
remember (BobbinDownload *download, const BobbinReport *last, goffset fetched)
{
  const BobbinActivity *activity = download->activity;
  gint64 time = last->time - activity->started;
  BobbinTry one = {
    .number = download->tries,
    .how = last->error == NULL   ? BOBBIN_TRY_FINISHED
           : activity->held_back ? BOBBIN_TRY_HELD
                                 : BOBBIN_TRY_FAILED,
    .anew = activity->anew,
    .began = g_get_real_time () - (g_get_monotonic_time () - activity->started),
    .time = time,
    .held = activity->anew ? 0 : activity->began_with,
    .bytes = fetched,
    .error = activity->held_back ? NULL : last->error,
  };

  if (download->log != NULL || last->error != NULL || download->tries > 1)
    bobbin_download_remember (download, &one);
}

/* All the transfers of a try have ended. */
static void
end_try (BobbinQueue *self, BobbinDownload *download)
{
  g_autoptr (BobbinReport) last = g_steal_pointer (&download->activity->last);
  g_autoptr (BobbinLink) moved = g_steal_pointer (&download->activity->moved);
  goffset fetched = bobbin_download_sample (download, last->time);
  gboolean held_back = download->activity->held_back;
  gint64 time = last->time - download->activity->started;

  bobbin_run_job_ended (&self->run, download->activity->started, last->time, fetched);
  if (download->removed)
    bobbin_run_leave_out (&self->run, time, fetched);
  download->own_time += time;
  remember (download, last, fetched);
  bobbin_held_free (download->held);
  download->held = g_steal_pointer (&last->held);
  bobbin_download_detach (download);
  if (moved != NULL && last->error != NULL)
    bobbin_queue_move (self, download, moved);

  if (last->error == NULL)
    finish (self, download, last);
  else if (!held_back)
    fail (self, download, last);
  else if (download->state == BOBBIN_STATE_WAITING)
    bobbin_queue_put_in_line (self, download); /* resumed before its workers had let go */
  else if (download->removed && download->discarded)
    bobbin_queue_delete_part (self, download);
  bobbin_queue_keep (self, download);
}

static void
withdraw_all (BobbinQueue *self, BobbinDownload *download)
{
  for (guint i = self->active->len; i > 0; i--)
    {
      BobbinTransfer *transfer = g_ptr_array_index (self->active, i - 1);

      if (transfer->owner == download && bobbin_transfer_withdraw (transfer))
        forget_transfer (self, transfer);
    }
}

/* What an error tells of the host: one that says that it is busy gets fewer
 * connections at once, and is left alone as long as it asks for. */
static void
learn_from (BobbinQueue *self, const BobbinReport *report)
{
  gint64 seconds = bobbin_error_get_retry_after (report->error);
  gint64 delay = bobbin_retry_decide (report->error, 1, G_MAXUINT, 0).delay;

  if (!bobbin_retry_wants_fewer_connections (report->error))
    return;
  bobbin_queue_line_expect_less (&self->line, report->transfer->host);
  if (bobbin_error_get_status (report->error) == 429 && seconds > 0 && delay > 0)
    bobbin_queue_line_leave_alone (&self->line, report->transfer->host, report->time + delay);
}

static void
on_ended (BobbinQueue *self, BobbinDownload *download, BobbinReport *report)
{
  BobbinActivity *activity = download->activity;

  take_origin (download, report);
  if (report->error != NULL && !activity->held_back)
    learn_from (self, report);
  bobbin_queue_tell_timeline (self, download, report);
  if (report->last)
    {
      withdraw_all (self, download);
      activity->last = report;
    }
  else if (report->error != NULL)
    {
      activity->help_after
          = report->time + (self->settings->retry_delay << MIN (activity->part_errors, MAX_DOUBLINGS));
      activity->part_errors++;
    }
  forget_transfer (self, report->transfer);
  if (activity->n_transfers == 0)
    end_try (self, download);
  bobbin_queue_pump (self);
}

/* For the queue: applies one report of a worker, on the main loop. */
void
bobbin_queue_on_report (gpointer message, gpointer user_data)
{
  BobbinReport *report = message;
  gboolean kept = report->last; /* until all transfers of its target have ended */
  g_autoptr (BobbinQueue) self = g_object_ref (user_data);
  g_autoptr (BobbinDownload) download = g_object_ref (report->transfer->owner);

  if (report->kind == BOBBIN_REPORT_STARTED)
    on_started (self, download, report);
  else if (report->kind == BOBBIN_REPORT_HEAD)
    on_head (self, download, report);
  else
    on_ended (self, download, report);
  if (!kept)
    bobbin_report_free (report);
}

static void
hold_transfers (BobbinQueue *self, BobbinDownload *download)
{
  download->activity->held_back = TRUE;
  withdraw_all (self, download);
  if (download->activity->n_transfers == 0)
    {
      download->tries--;
      bobbin_download_detach (download);
      return;
    }
  bobbin_download_sample (download, g_get_monotonic_time ());
  for (guint i = 0; i < self->active->len; i++)
    {
      BobbinTransfer *transfer = g_ptr_array_index (self->active, i);

      if (transfer->owner == download)
        g_cancellable_cancel (transfer->cancellable);
    }
}

/* For the queue: stops the transfers of an active download, so that it waits. */
void
bobbin_queue_let_go (BobbinQueue *self, BobbinDownload *download)
{
  hold_transfers (self, download);
  if (download->activity == NULL)
    bobbin_queue_put_in_line (self, download);
  bobbin_queue_set_state (self, download, BOBBIN_STATE_WAITING);
}

/* For the queue: stops a download that waits or is active. */
void
bobbin_queue_hold (BobbinQueue *self, BobbinDownload *download)
{
  if (download->activity != NULL)
    hold_transfers (self, download);
  else
    bobbin_queue_stop_waiting (self, download);
  bobbin_queue_set_state (self, download, BOBBIN_STATE_PAUSED);
  count_held (self, download);
}
