/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-queue.h"

#include "bobbin-counts.h"
#include "bobbin-download-private.h"
#include "bobbin-list.h"
#include "bobbin-mailbox.h"
#include "bobbin-pool.h"

/* Counters are read so often while anything is active, in milliseconds. */
#define TICK 100

/* So many times the workers' number is handed to the pool, so that a worker
 * that is done finds its next transfer without waiting for the main loop. */
#define LOOK_AHEAD 2

#define DEFAULT_AT_ONCE 8
#define DEFAULT_TIMEOUT 30

struct _BobbinQueue
{
  GObject parent_instance;

  BobbinList list;    /* all downloads */
  GSequence *waiting; /* of BobbinDownload in line, by order */
  GPtrArray *active;  /* of owned BobbinDownload that the pool has, by push */
  BobbinMailbox *mailbox;
  BobbinPool *pool; /* NULL once stopped */
  BobbinCounts counts;
  BobbinRun run;
  BobbinRate rate; /* of all together */
  guint64 run_number;
  guint64 next_order;
  guint64 next_end_order;
  guint at_once;
  guint timeout; /* seconds */
  guint tick_id;
  guint changed_id;
};

enum
{
  PROP_AT_ONCE = 1,
  N_PROPS,
};

enum
{
  CHANGED,
  ENDED,
  RUN_FINISHED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static GType
bobbin_queue_get_item_type (GListModel *model)
{
  return BOBBIN_TYPE_DOWNLOAD;
}

static guint
bobbin_queue_get_n_items (GListModel *model)
{
  return BOBBIN_QUEUE (model)->list.items->len;
}

static gpointer
bobbin_queue_get_item (GListModel *model, guint position)
{
  BobbinQueue *self = BOBBIN_QUEUE (model);

  return position < self->list.items->len ? g_object_ref (g_ptr_array_index (self->list.items, position))
                                          : NULL;
}

static void
bobbin_queue_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = bobbin_queue_get_item_type;
  iface->get_n_items = bobbin_queue_get_n_items;
  iface->get_item = bobbin_queue_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BobbinQueue,
                               bobbin_queue,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, bobbin_queue_list_model_init))

static gboolean
on_changed_idle (gpointer user_data)
{
  g_autoptr (BobbinQueue) self = g_object_ref (user_data);

  self->changed_id = 0;
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* Many changes in one turn of the main loop are told once. */
static void
touch (BobbinQueue *self)
{
  if (self->changed_id == 0)
    self->changed_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_changed_idle, self, NULL);
}

static void
set_state (BobbinQueue *self, BobbinDownload *download, BobbinState state)
{
  if (!download->removed)
    {
      (*bobbin_counts_of (&self->counts, download->state))--;
      (*bobbin_counts_of (&self->counts, state))++;
    }
  download->state = state;
  bobbin_download_emit_changed (download);
  touch (self);
}

static void
forget_transfer (BobbinQueue *self, BobbinDownload *download)
{
  bobbin_download_detach (download);
  g_ptr_array_remove (self->active, download);
}

static void
start_next (BobbinQueue *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->waiting);
  BobbinDownload *download = g_sequence_get (first);
  g_autoptr (BobbinTransfer) transfer
      = bobbin_transfer_new (download->link, download->held, self->timeout, download);

  g_sequence_remove (first);
  bobbin_download_attach (download, transfer);
  g_ptr_array_add (self->active, g_object_ref (download));
  bobbin_pool_push (self->pool, transfer);
}

/* Hands to the pool what can run, and ends the run when nothing is left. */
static void
pump (BobbinQueue *self)
{
  while (self->pool != NULL && self->active->len < LOOK_AHEAD * self->at_once
         && !g_sequence_is_empty (self->waiting))
    start_next (self);

  if (self->active->len > 0 || !bobbin_run_is_running (&self->run))
    return;
  bobbin_run_close (&self->run, g_get_monotonic_time ());
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->pool != NULL)
    bobbin_pool_trim (self->pool);
  touch (self);
  g_signal_emit (self, signals[RUN_FINISHED], 0);
}

static void
sample_all (BobbinQueue *self, gint64 now)
{
  goffset bytes = self->run.bytes;

  for (guint i = 0; i < self->active->len; i++)
    bytes += bobbin_download_sample (g_ptr_array_index (self->active, i), now);
  bobbin_rate_sample (&self->rate, bytes, now);
}

static gboolean
on_tick (gpointer user_data)
{
  g_autoptr (BobbinQueue) self = g_object_ref (user_data);

  sample_all (self, g_get_monotonic_time ());
  for (guint i = 0; i < self->active->len; i++)
    bobbin_download_emit_changed (g_ptr_array_index (self->active, i));
  touch (self);
  return G_SOURCE_CONTINUE;
}

static void
begin_run (BobbinQueue *self, gint64 start)
{
  bobbin_run_reset (&self->run);
  self->run_number++;
  self->rate = (BobbinRate){ 0 };
  bobbin_rate_sample (&self->rate, 0, start);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add (TICK, on_tick, self);
}

/* Reports of a transfer that was held are still to come in, but they speak of
 * the past: the download may be paused, or in line again, by now. */
static gboolean
was_held (const BobbinReport *report)
{
  return g_cancellable_is_cancelled (report->transfer->cancellable);
}

static void
on_started (BobbinQueue *self, BobbinDownload *download, const BobbinReport *report)
{
  report->transfer->started = report->time;
  if (!bobbin_run_is_running (&self->run))
    begin_run (self, report->time);
  bobbin_run_job_started (&self->run, report->time);
  if (!was_held (report))
    set_state (self, download, BOBBIN_STATE_CONNECTING);
}

static void
on_head (BobbinQueue *self, BobbinDownload *download, BobbinReport *report)
{
  g_free (download->name);
  download->name = g_steal_pointer (&report->name);
  download->total = report->total;
  bobbin_download_sample (download, report->time);
  if (!was_held (report))
    set_state (self, download, BOBBIN_STATE_RECEIVING);
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

static void
count_not_held (BobbinQueue *self, BobbinDownload *download)
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
  count_not_held (self, download);
  download->run = self->run_number;
  if (!download->removed)
    (*(state == BOBBIN_STATE_FINISHED ? &self->run.finished : &self->run.failed))++;
  set_state (self, download, state);
  if (!download->removed)
    g_signal_emit (self, signals[ENDED], 0, download);
}

static void
put_in_line (BobbinQueue *self, BobbinDownload *download)
{
  g_sequence_insert_sorted (self->waiting, download, bobbin_list_compare_order, NULL);
}

static void
on_ended (BobbinQueue *self, BobbinDownload *download, BobbinReport *report)
{
  goffset fetched = bobbin_download_sample (download, report->time);

  bobbin_run_job_ended (&self->run, report->transfer->started, report->time, fetched);
  if (download->removed)
    bobbin_run_leave_out (&self->run, report->time - report->transfer->started, fetched);
  download->own_time += report->time - report->transfer->started;
  bobbin_held_free (download->held);
  download->held = g_steal_pointer (&report->held);
  forget_transfer (self, download);

  if (report->error == NULL)
    {
      g_free (download->name);
      download->name = g_steal_pointer (&report->name);
      download->total = report->total;
      end_with (self, download, BOBBIN_STATE_FINISHED);
    }
  else if (!was_held (report))
    {
      download->error = g_steal_pointer (&report->error);
      end_with (self, download, BOBBIN_STATE_FAILED);
    }
  else if (download->state == BOBBIN_STATE_WAITING)
    {
      /* Resumed before the worker had let go of it. */
      put_in_line (self, download);
    }
  pump (self);
}

/* Applies one report of a worker, on the main loop. */
static void
on_report (gpointer message, gpointer user_data)
{
  g_autoptr (BobbinReport) report = message;
  g_autoptr (BobbinQueue) self = g_object_ref (user_data);
  g_autoptr (BobbinDownload) download = g_object_ref (report->transfer->owner);

  switch (report->kind)
    {
    case BOBBIN_REPORT_STARTED:
      on_started (self, download, report);
      break;
    case BOBBIN_REPORT_HEAD:
      on_head (self, download, report);
      break;
    case BOBBIN_REPORT_ENDED:
    default:
      on_ended (self, download, report);
      break;
    }
}

static void
hold (BobbinQueue *self, BobbinDownload *download)
{
  GSequenceIter *place = g_sequence_lookup (self->waiting, download, bobbin_list_compare_order, NULL);

  if (place != NULL)
    {
      g_sequence_remove (place);
    }
  else if (bobbin_transfer_withdraw (download->activity->transfer))
    {
      forget_transfer (self, download);
    }
  else
    {
      bobbin_download_sample (download, g_get_monotonic_time ());
      g_cancellable_cancel (download->activity->transfer->cancellable);
    }
  set_state (self, download, BOBBIN_STATE_PAUSED);
  count_held (self, download);
}

static gboolean
is_under_way (const BobbinDownload *download)
{
  return download->state == BOBBIN_STATE_WAITING || download->state == BOBBIN_STATE_CONNECTING
         || download->state == BOBBIN_STATE_RECEIVING;
}

static void
go_on (BobbinQueue *self, BobbinDownload *download)
{
  count_not_held (self, download);
  /* In line first: with the new state comes a look at its place. */
  if (download->activity == NULL)
    put_in_line (self, download);
  set_state (self, download, BOBBIN_STATE_WAITING);
}

/**
 * bobbin_queue_pause:
 * @self: a queue
 * @download: one of its downloads
 *
 * Holds a download that waits or is active; its worker lets go within a
 * moment. What it has received is kept. Others are left as they are.
 */
void
bobbin_queue_pause (BobbinQueue *self, BobbinDownload *download)
{
  if (!is_under_way (download))
    return;
  hold (self, download);
  pump (self);
}

/**
 * bobbin_queue_resume:
 * @self: a queue
 * @download: one of its downloads
 *
 * Puts a paused download back in line, in its old place. Others are left as
 * they are.
 */
void
bobbin_queue_resume (BobbinQueue *self, BobbinDownload *download)
{
  if (download->state != BOBBIN_STATE_PAUSED)
    return;
  go_on (self, download);
  pump (self);
}

/**
 * bobbin_queue_retry:
 * @self: a queue
 * @download: one of its downloads
 *
 * Puts a failed download in line again, in its old place; what it has received
 * is taken up. Others are left as they are.
 */
void
bobbin_queue_retry (BobbinQueue *self, BobbinDownload *download)
{
  if (download->state != BOBBIN_STATE_FAILED)
    return;
  g_clear_error (&download->error);
  download->end_order = 0;
  if (download->run == self->run_number && bobbin_run_is_running (&self->run))
    self->run.failed--;
  go_on (self, download);
  pump (self);
}

/**
 * bobbin_queue_pause_all:
 * @self: a queue
 *
 * Pauses all downloads that wait or are active.
 */
void
bobbin_queue_pause_all (BobbinQueue *self)
{
  for (guint i = 0; i < self->list.items->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (self->list.items, i);

      if (is_under_way (download))
        hold (self, download);
    }
  pump (self);
}

/**
 * bobbin_queue_resume_all:
 * @self: a queue
 *
 * Resumes all paused downloads.
 */
void
bobbin_queue_resume_all (BobbinQueue *self)
{
  for (guint i = 0; i < self->list.items->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (self->list.items, i);

      if (download->state == BOBBIN_STATE_PAUSED)
        go_on (self, download);
    }
  pump (self);
}

/**
 * bobbin_queue_add:
 * @self: a queue
 * @links: (element-type BobbinLink): links with their folders set; not to be
 *   changed any more
 * @paused: whether they wait for the person instead of starting
 *
 * Adds a download for each link at the end of the list, in order.
 */
void
bobbin_queue_add (BobbinQueue *self, GPtrArray *links, gboolean paused)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new_full (links->len, g_object_unref);

  for (guint i = 0; i < links->len; i++)
    g_ptr_array_add (added, bobbin_download_new (g_ptr_array_index (links, i), self->next_order++));
  self->counts.total += added->len;
  self->counts.paused += added->len;
  for (guint i = 0; i < added->len && !paused; i++)
    go_on (self, g_ptr_array_index (added, i));
  bobbin_list_append (&self->list, added);
  touch (self);
  pump (self);
}

static gboolean
all_removed (GPtrArray *downloads, gboolean removed)
{
  for (guint i = 0; i < downloads->len; i++)
    if (((const BobbinDownload *) g_ptr_array_index (downloads, i))->removed != removed)
      return FALSE;
  return TRUE;
}

/**
 * bobbin_queue_remove:
 * @self: a queue
 * @downloads: (element-type BobbinDownload): some of its downloads
 *
 * Takes downloads out of the list; those under way are held. Nothing on disk is
 * touched, and bobbin_queue_restore() puts them back.
 */
void
bobbin_queue_remove (BobbinQueue *self, GPtrArray *downloads)
{
  g_autoptr (GPtrArray) sorted = bobbin_list_sort (downloads);

  g_return_if_fail (all_removed (sorted, FALSE));
  for (guint i = 0; i < sorted->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (sorted, i);

      download->resume_on_restore = is_under_way (download);
      if (download->resume_on_restore)
        hold (self, download);
      count_not_held (self, download);
      (*bobbin_counts_of (&self->counts, download->state))--;
      self->counts.total--;
      download->removed = TRUE;
    }
  bobbin_list_remove (&self->list, sorted);
  touch (self);
  pump (self);
}

/**
 * bobbin_queue_restore:
 * @self: a queue
 * @downloads: (element-type BobbinDownload): what was removed from it
 *
 * Puts removed downloads back in their old places; those that were under way
 * go on.
 */
void
bobbin_queue_restore (BobbinQueue *self, GPtrArray *downloads)
{
  g_autoptr (GPtrArray) sorted = bobbin_list_sort (downloads);

  g_return_if_fail (all_removed (sorted, TRUE));
  for (guint i = 0; i < sorted->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (sorted, i);

      download->removed = FALSE;
      (*bobbin_counts_of (&self->counts, download->state))++;
      self->counts.total++;
      if (download->resume_on_restore && download->state == BOBBIN_STATE_PAUSED)
        go_on (self, download);
    }
  bobbin_list_restore (&self->list, sorted);
  touch (self);
  pump (self);
}

/**
 * bobbin_queue_get_place_in_line:
 * @self: a queue
 * @download: one of its downloads
 *
 * Returns: 1 for the waiting download that goes next, 2 for the one after it,
 *   and so on; 0 for a download that does not wait
 */
guint
bobbin_queue_get_place_in_line (BobbinQueue *self, BobbinDownload *download)
{
  guint n_ahead = 0;
  GSequenceIter *place;

  if (download->state != BOBBIN_STATE_WAITING)
    return 0;
  for (guint i = 0; i < self->active->len; i++)
    {
      const BobbinDownload *other = g_ptr_array_index (self->active, i);

      n_ahead += other->state == BOBBIN_STATE_WAITING;
      if (other == download)
        return n_ahead;
    }
  place = g_sequence_lookup (self->waiting, download, bobbin_list_compare_order, NULL);
  return n_ahead + (guint) g_sequence_iter_get_position (place) + 1;
}

/**
 * bobbin_queue_has_uri:
 * @self: a queue
 * @uri: a link's URI, as bobbin_link_get_uri() tells it
 *
 * Returns: whether a download of that link is in the list
 */
gboolean
bobbin_queue_has_uri (BobbinQueue *self, const char *uri)
{
  return bobbin_list_has_uri (&self->list, uri);
}

/**
 * bobbin_queue_get_counts:
 * @self: a queue
 *
 * Returns: (transfer none): how many downloads are in which state
 */
const BobbinCounts *
bobbin_queue_get_counts (BobbinQueue *self)
{
  return &self->counts;
}

/**
 * bobbin_queue_get_run:
 * @self: a queue
 *
 * Returns: (transfer none): the run under way, or the last one
 */
const BobbinRun *
bobbin_queue_get_run (BobbinQueue *self)
{
  return &self->run;
}

/**
 * bobbin_queue_get_run_total:
 * @self: a queue
 *
 * Returns: how many downloads the run has: those that ended in it, those that
 *   are active and those in line
 */
guint
bobbin_queue_get_run_total (BobbinQueue *self)
{
  guint ended = self->run.finished + self->run.failed;

  if (!bobbin_run_is_running (&self->run))
    return ended;
  return ended + self->counts.active + self->counts.waiting;
}

/**
 * bobbin_queue_get_rate:
 * @self: a queue
 *
 * Returns: bytes a second of all together: over the last three seconds while
 *   running, on average over the run once it is over
 */
double
bobbin_queue_get_rate (BobbinQueue *self)
{
  gint64 elapsed = bobbin_run_get_elapsed (&self->run, 0);

  if (bobbin_run_is_running (&self->run))
    return bobbin_rate_get (&self->rate);
  return elapsed > 0 ? (double) self->run.bytes * G_USEC_PER_SEC / (double) elapsed : 0.0;
}

/**
 * bobbin_queue_get_at_once:
 * @self: a queue
 *
 * Returns: how many downloads run at once
 */
guint
bobbin_queue_get_at_once (BobbinQueue *self)
{
  return self->at_once;
}

/**
 * bobbin_queue_set_at_once:
 * @self: a queue
 * @at_once: 1 to #BOBBIN_QUEUE_MAX_AT_ONCE; 1 is one after another
 *
 * Sets how many downloads run at once. More start now; fewer let the running
 * ones end.
 */
void
bobbin_queue_set_at_once (BobbinQueue *self, guint at_once)
{
  at_once = CLAMP (at_once, 1, BOBBIN_QUEUE_MAX_AT_ONCE);
  if (at_once == self->at_once)
    return;
  self->at_once = at_once;
  if (self->pool != NULL)
    bobbin_pool_set_n_workers (self->pool, at_once);
  pump (self);
  touch (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AT_ONCE]);
}

/**
 * bobbin_queue_set_timeout:
 * @self: a queue
 * @seconds: of silence after which a try fails, at least 1
 *
 * Holds for the connections that are made from now on.
 */
void
bobbin_queue_set_timeout (BobbinQueue *self, guint seconds)
{
  self->timeout = MAX (seconds, 1);
}

/**
 * bobbin_queue_stop:
 * @self: a queue
 *
 * Holds all that is active, waits for the workers to let go, which takes a
 * moment, and applies their last reports. Nothing starts any more. For the end
 * of the program.
 */
void
bobbin_queue_stop (BobbinQueue *self)
{
  BobbinPool *pool = g_steal_pointer (&self->pool);

  if (pool == NULL)
    return;
  for (guint i = self->active->len; i > 0; i--)
    {
      BobbinDownload *download = g_ptr_array_index (self->active, i - 1);

      if (is_under_way (download))
        hold (self, download);
    }
  bobbin_pool_free (pool);
  bobbin_mailbox_empty (self->mailbox);
}

BobbinQueue *
bobbin_queue_new (void)
{
  return g_object_new (BOBBIN_TYPE_QUEUE, NULL);
}

static void
bobbin_queue_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_AT_ONCE)
    g_value_set_uint (value, bobbin_queue_get_at_once (BOBBIN_QUEUE (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bobbin_queue_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_AT_ONCE)
    bobbin_queue_set_at_once (BOBBIN_QUEUE (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bobbin_queue_dispose (GObject *object)
{
  BobbinQueue *self = BOBBIN_QUEUE (object);

  bobbin_queue_stop (self);
  g_clear_pointer (&self->mailbox, bobbin_mailbox_free);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->changed_id, g_source_remove);
  G_OBJECT_CLASS (bobbin_queue_parent_class)->dispose (object);
}

static void
bobbin_queue_finalize (GObject *object)
{
  BobbinQueue *self = BOBBIN_QUEUE (object);

  g_sequence_free (self->waiting);
  g_ptr_array_unref (self->active);
  bobbin_list_clear (&self->list);
  G_OBJECT_CLASS (bobbin_queue_parent_class)->finalize (object);
}

static void
bobbin_queue_class_init (BobbinQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bobbin_queue_get_property;
  object_class->set_property = bobbin_queue_set_property;
  object_class->dispose = bobbin_queue_dispose;
  object_class->finalize = bobbin_queue_finalize;

  props[PROP_AT_ONCE]
      = g_param_spec_uint ("at-once", NULL, NULL, 1, BOBBIN_QUEUE_MAX_AT_ONCE, DEFAULT_AT_ONCE,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[CHANGED]
      = g_signal_new ("changed", BOBBIN_TYPE_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", BOBBIN_TYPE_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, BOBBIN_TYPE_DOWNLOAD);
  signals[RUN_FINISHED] = g_signal_new ("run-finished", BOBBIN_TYPE_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
}

static void
bobbin_queue_init (BobbinQueue *self)
{
  bobbin_list_init (&self->list, G_LIST_MODEL (self));
  self->waiting = g_sequence_new (NULL);
  self->active = g_ptr_array_new_with_free_func (g_object_unref);
  self->at_once = DEFAULT_AT_ONCE;
  self->timeout = DEFAULT_TIMEOUT;
  self->mailbox = bobbin_mailbox_new (g_main_context_default (), on_report, self);
  self->pool = bobbin_pool_new (self->at_once, self->mailbox);
}
