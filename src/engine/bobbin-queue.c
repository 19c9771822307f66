/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-queue-private.h"

#define DEFAULT_AT_ONCE 8

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

/* For the queue: tells of changes; many in one turn of the main loop are told
 * once. */
void
bobbin_queue_touch (BobbinQueue *self)
{
  if (self->changed_id == 0)
    self->changed_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_changed_idle, self, NULL);
}

/* For the queue: changes a download's state and counts it there. */
void
bobbin_queue_set_state (BobbinQueue *self, BobbinDownload *download, BobbinState state)
{
  if (!download->removed)
    {
      (*bobbin_counts_of (&self->counts, download->state))--;
      (*bobbin_counts_of (&self->counts, state))++;
    }
  download->state = state;
  if (!bobbin_download_is_active (download))
    bobbin_queue_keep (self, download);
  bobbin_download_emit_changed (download);
  bobbin_queue_touch (self);
}

/* For the queue: tells that a download finished or failed. */
void
bobbin_queue_emit_ended (BobbinQueue *self, BobbinDownload *download)
{
  g_signal_emit (self, signals[ENDED], 0, download);
}

/* For the queue: tells that a run is over. */
void
bobbin_queue_emit_run_finished (BobbinQueue *self)
{
  g_signal_emit (self, signals[RUN_FINISHED], 0);
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
    {
      guint64 id = self->store != NULL ? bobbin_store_new_id (self->store) : 0;

      g_ptr_array_add (added, bobbin_download_new (g_ptr_array_index (links, i), id, self->next_order++));
    }
  self->counts.total += added->len;
  self->counts.paused += added->len;
  for (guint i = 0; i < added->len; i++)
    if (paused)
      bobbin_queue_keep (self, g_ptr_array_index (added, i));
    else
      bobbin_queue_go_on (self, g_ptr_array_index (added, i));
  bobbin_list_append (&self->list, added);
  bobbin_queue_touch (self);
  bobbin_queue_pump (self);
}

/**
 * bobbin_queue_get_wait:
 * @self: a queue
 * @download: one of its downloads
 *
 * Returns: why it does not move by itself
 */
BobbinWait
bobbin_queue_get_wait (BobbinQueue *self, BobbinDownload *download)
{
  if (download->waits_for_space)
    return BOBBIN_WAIT_SPACE;
  if (download->state != BOBBIN_STATE_WAITING)
    return BOBBIN_WAIT_NONE;
  if (download->waits_for_network)
    return BOBBIN_WAIT_NETWORK;
  if (download->retry_at != 0)
    return BOBBIN_WAIT_RETRY;
  if (download->activity == NULL && download->host != NULL
      && !bobbin_queue_line_has_room (&self->line, download->host))
    return BOBBIN_WAIT_HOST;
  return BOBBIN_WAIT_IN_LINE;
}

/**
 * bobbin_queue_get_place_in_line:
 * @self: a queue
 * @download: one of its downloads
 *
 * Returns: 1 for the waiting download that goes next, 2 for the one after it,
 *   and so on; 0 for a download that is not in line
 */
guint
bobbin_queue_get_place_in_line (BobbinQueue *self, BobbinDownload *download)
{
  guint n_ahead = 0;
  guint place;

  if (download->state != BOBBIN_STATE_WAITING)
    return 0;
  for (guint i = 0; i < self->active->len; i++)
    {
      const BobbinDownload *other = ((BobbinTransfer *) g_ptr_array_index (self->active, i))->owner;

      n_ahead += other->state == BOBBIN_STATE_WAITING;
      if (other == download)
        return n_ahead;
    }
  place = bobbin_queue_line_get_place (&self->line, download);
  return place > 0 ? n_ahead + place : 0;
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
 * bobbin_queue_get_timeline:
 * @self: a queue
 *
 * Returns: (transfer none): what the workers did in the run under way, or in
 *   the last one
 */
const BobbinTimeline *
bobbin_queue_get_timeline (BobbinQueue *self)
{
  return &self->timeline;
}

/**
 * bobbin_queue_set_measured:
 * @self: a queue whose run is over
 * @measured: how long the same links have really taken one after another,
 *   microseconds
 *
 * Replaces the estimate of the last run. Main thread.
 */
void
bobbin_queue_set_measured (BobbinQueue *self, gint64 measured)
{
  self->run.measured = measured;
  bobbin_queue_keep_timeline (self);
  bobbin_queue_touch (self);
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
  bobbin_queue_pump (self);
  bobbin_queue_touch (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AT_ONCE]);
}

/**
 * bobbin_queue_get_settings:
 * @self: a queue
 *
 * Returns: (transfer none): how transfers work; to be copied for a change
 */
BobbinSettings *
bobbin_queue_get_settings (BobbinQueue *self)
{
  return self->settings;
}

/**
 * bobbin_queue_set_settings:
 * @self: a queue
 * @settings: how transfers are to work; not to be changed any more
 *
 * Holds for the transfers that begin from now on, and at once for the limits
 * that the queue itself keeps.
 */
void
bobbin_queue_set_settings (BobbinQueue *self, BobbinSettings *settings)
{
  bobbin_settings_ref (settings);
  bobbin_settings_unref (self->settings);
  self->settings = settings;
  bobbin_queue_line_set_limits (&self->line, settings);
  bobbin_queue_pump (self);
  bobbin_queue_touch (self);
}

/**
 * bobbin_queue_stop:
 * @self: a queue
 *
 * Stops all that is active, waits for the workers to let go, which takes a
 * moment, and applies their last reports; what was under way waits for the next
 * start. Nothing starts any more. For the end of the program.
 */
void
bobbin_queue_stop (BobbinQueue *self)
{
  BobbinPool *pool = g_steal_pointer (&self->pool);

  if (pool == NULL)
    return;
  bobbin_queue_finish_errands (self);
  for (guint i = self->active->len; i > 0; i--)
    if (i <= self->active->len)
      {
        BobbinDownload *download = ((BobbinTransfer *) g_ptr_array_index (self->active, i - 1))->owner;

        if (!download->activity->held_back && bobbin_download_is_under_way (download))
          bobbin_queue_let_go (self, download);
      }
  bobbin_pool_free (pool);
  bobbin_mailbox_empty (self->mailbox);
  bobbin_queue_clear_waiting (self);
  bobbin_queue_keep_all (self);
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

  bobbin_timeline_clear (&self->timeline);
  bobbin_list_clear (&self->list);
  bobbin_queue_line_clear (&self->line);
  g_ptr_array_unref (self->active);
  g_ptr_array_unref (self->no_net);
  g_ptr_array_unref (self->no_space);
  g_ptr_array_unref (self->dirty);
  g_queue_free (self->errands);
  g_clear_pointer (&self->store, bobbin_store_unref);
  bobbin_settings_unref (self->settings);
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
  self->settings = bobbin_settings_new ();
  bobbin_timeline_init (&self->timeline);
  bobbin_queue_line_init (&self->line);
  bobbin_queue_line_set_limits (&self->line, self->settings);
  self->active = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_transfer_unref);
  self->no_net = g_ptr_array_new ();
  self->no_space = g_ptr_array_new ();
  self->dirty = g_ptr_array_new_with_free_func (g_object_unref);
  self->errands = g_queue_new ();
  self->at_once = DEFAULT_AT_ONCE;
  self->mailbox = bobbin_mailbox_new (g_main_context_default (), bobbin_queue_on_report, self);
  self->pool = bobbin_pool_new (self->at_once, self->mailbox);
}
