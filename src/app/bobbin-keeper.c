/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-keeper.h"

#include "bobbin-demo.h"

/* The list comes back in slices, so that no turn of the main loop is longer than
 * this; in microseconds. */
#define TIME_PER_SLICE 6000
#define FIRST_SLICE 200
#define LEAST_SLICE 50

/* A window that nobody sees may have no frame for a long time; in ms. */
#define LONGEST_WAIT_FOR_FRAME 1000

struct _BobbinKeeper
{
  GObject parent_instance;

  BobbinQueue *queue;
  BobbinStore *store;  /* NULL before it was opened */
  GError *error;       /* of the loading */
  gboolean is_loading; /* whether the thread is under way */
  gboolean is_open;
  gboolean is_closed;
  guint n_recovered;

  BobbinRecord **records; /* those from @next on are owned */
  gsize n_records;
  gsize next;
  gsize slice;
  guint slice_id;

  GdkFrameClock *clock; /* until the first frame */
  guint frame_id;
};

/* What the thread hands over. */
typedef struct
{
  BobbinStore *store;
  GPtrArray *records; /* NULL with @error set */
  GError *error;
  guint n_recovered;
} Loaded;

enum
{
  SIGNAL_OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinKeeper, bobbin_keeper, G_TYPE_OBJECT)

static void
loaded_free (gpointer data)
{
  Loaded *self = data;

  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->store, bobbin_store_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
is_under_way (const BobbinRecord *record)
{
  return record->state == BOBBIN_STATE_WAITING || record->state == BOBBIN_STATE_PAUSED;
}

/* The server of a demo is gone with the demo, so its pictures do not come back. */
static void
forget_demos (Loaded *loaded)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint kept = 0;

  for (guint i = 0; i < loaded->records->len; i++)
    {
      BobbinRecord *record = g_ptr_array_index (loaded->records, i);

      if (bobbin_demo_has_folder (record->folder))
        {
          g_array_append_val (ids, record->id);
          bobbin_record_free (record);
          continue;
        }
      loaded->records->pdata[kept++] = record;
      loaded->n_recovered += is_under_way (record);
    }
  g_ptr_array_set_free_func (loaded->records, NULL);
  g_ptr_array_set_size (loaded->records, (int) kept);
  g_ptr_array_set_free_func (loaded->records, (GDestroyNotify) bobbin_record_free);
  if (ids->len > 0)
    bobbin_store_remove (loaded->store, (const guint64 *) (gconstpointer) ids->data, ids->len);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "bobbin", "downloads.sqlite", NULL);
  Loaded *loaded = g_new0 (Loaded, 1);

  loaded->store = bobbin_store_open (path);
  loaded->records = bobbin_store_load (loaded->store, NULL, &loaded->error);
  if (loaded->records != NULL)
    forget_demos (loaded);
  g_task_return_pointer (task, loaded, loaded_free);
}

static void
finish_opening (BobbinKeeper *self)
{
  g_clear_pointer (&self->records, g_free);
  self->n_records = 0;
  self->is_open = TRUE;
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

/* Hands over the next records, and frees them. */
static void
load_slice (BobbinKeeper *self, gsize n)
{
  g_autoptr (GPtrArray) slice = g_ptr_array_new_full ((guint) n, (GDestroyNotify) bobbin_record_free);

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (slice, self->records[self->next++]);
  bobbin_queue_load (self->queue, slice);
}

static gboolean
slice_cb (gpointer user_data)
{
  BobbinKeeper *self = user_data;
  const gint64 start = g_get_monotonic_time ();
  const gsize n = MIN (self->slice, self->n_records - self->next);
  gint64 spent;

  load_slice (self, n);
  spent = MAX (g_get_monotonic_time () - start, 1);
  /* At most twice as many as before: the first ones may have been quick by chance. */
  self->slice = MAX (MIN ((gsize) ((gint64) n * TIME_PER_SLICE / spent), 2 * self->slice), LEAST_SLICE);
  if (self->next < self->n_records)
    return G_SOURCE_CONTINUE;
  self->slice_id = 0;
  finish_opening (self);
  return G_SOURCE_REMOVE;
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BobbinKeeper *self = BOBBIN_KEEPER (object);
  Loaded *loaded = g_task_propagate_pointer (G_TASK (result), NULL);

  self->is_loading = FALSE;
  self->store = g_steal_pointer (&loaded->store);
  self->error = g_steal_pointer (&loaded->error);
  self->n_recovered = loaded->n_recovered;
  /* A list that cannot be read must not be written over either. */
  if (loaded->records != NULL && !self->is_closed)
    {
      bobbin_queue_set_store (self->queue, self->store);
      self->records = (BobbinRecord **) g_ptr_array_steal (loaded->records, &self->n_records);
    }
  loaded_free (loaded);
  if (self->is_closed)
    return;
  if (self->n_records > 0)
    self->slice_id = g_idle_add (slice_cb, self);
  else
    finish_opening (self);
}

static void
stop_waiting_for_frame (BobbinKeeper *self)
{
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);
  g_clear_handle_id (&self->frame_id, g_source_remove);
}

/**
 * bobbin_keeper_open:
 * @self: a keeper
 *
 * Begins to bring the list back. The queue has to be empty until "opened".
 */
void
bobbin_keeper_open (BobbinKeeper *self)
{
  g_autoptr (GTask) task = NULL;

  stop_waiting_for_frame (self);
  if (self->is_loading || self->is_open || self->store != NULL)
    return;
  self->is_loading = TRUE;
  task = g_task_new (self, NULL, loaded_cb, NULL);
  g_task_set_source_tag (task, bobbin_keeper_open);
  g_task_run_in_thread (task, load_in_thread);
}

static void
waited_cb (gpointer user_data)
{
  BobbinKeeper *self = user_data;

  self->frame_id = 0;
  bobbin_keeper_open (self);
}

static void
realized_cb (BobbinKeeper *self, GtkWidget *window)
{
  if (self->is_loading || self->is_open || self->clock != NULL)
    return;
  self->clock = g_object_ref (gtk_widget_get_frame_clock (window));
  g_signal_connect_object (self->clock, "after-paint", G_CALLBACK (bobbin_keeper_open), self,
                           G_CONNECT_SWAPPED);
  self->frame_id = g_timeout_add_once (LONGEST_WAIT_FOR_FRAME, waited_cb, self);
}

/**
 * bobbin_keeper_open_after_frame:
 * @self: a keeper
 * @window: a window that is not shown yet
 *
 * As bobbin_keeper_open(), once the window has drawn its first frame.
 */
void
bobbin_keeper_open_after_frame (BobbinKeeper *self, GtkWidget *window)
{
  g_signal_connect_object (window, "realize", G_CALLBACK (realized_cb), self, G_CONNECT_SWAPPED);
}

static void
free_records (BobbinKeeper *self)
{
  g_clear_handle_id (&self->slice_id, g_source_remove);
  while (self->next < self->n_records)
    bobbin_record_free (self->records[self->next++]);
  g_clear_pointer (&self->records, g_free);
}

/**
 * bobbin_keeper_close:
 * @self: a keeper
 *
 * Lets the store write what it has and closes it. To be called when the queue
 * has stopped, for the end of the program. Waits for the disk.
 */
void
bobbin_keeper_close (BobbinKeeper *self)
{
  self->is_closed = TRUE;
  stop_waiting_for_frame (self);
  while (self->is_loading)
    g_main_context_iteration (NULL, TRUE);
  free_records (self);
  if (self->store != NULL)
    bobbin_store_close (self->store);
}

static void
bobbin_keeper_finalize (GObject *object)
{
  BobbinKeeper *self = BOBBIN_KEEPER (object);

  free_records (self);
  stop_waiting_for_frame (self);
  g_clear_pointer (&self->store, bobbin_store_unref);
  g_clear_error (&self->error);
  g_object_unref (self->queue);
  G_OBJECT_CLASS (bobbin_keeper_parent_class)->finalize (object);
}

static void
bobbin_keeper_class_init (BobbinKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bobbin_keeper_finalize;
  signals[SIGNAL_OPENED]
      = g_signal_new ("opened", BOBBIN_TYPE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bobbin_keeper_init (BobbinKeeper *self)
{
  self->slice = FIRST_SLICE;
}

/**
 * bobbin_keeper_new:
 * @queue: a queue without downloads
 *
 * Returns: (transfer full): a keeper that has not begun
 */
BobbinKeeper *
bobbin_keeper_new (BobbinQueue *queue)
{
  BobbinKeeper *self = g_object_new (BOBBIN_TYPE_KEEPER, NULL);

  self->queue = g_object_ref (queue);
  return self;
}

/**
 * bobbin_keeper_is_open:
 * @self: a keeper
 *
 * Returns: whether the whole list is back
 */
gboolean
bobbin_keeper_is_open (BobbinKeeper *self)
{
  return self->is_open;
}

/**
 * bobbin_keeper_get_notice:
 * @self: a keeper that is open
 *
 * Returns: how the list was found
 */
BobbinStoreNotice
bobbin_keeper_get_notice (BobbinKeeper *self)
{
  if (self->store == NULL || self->error != NULL)
    return BOBBIN_STORE_UNAVAILABLE;
  return bobbin_store_get_notice (self->store);
}

/**
 * bobbin_keeper_get_n_recovered:
 * @self: a keeper that is open
 *
 * Returns: how many downloads came back that had not ended
 */
guint
bobbin_keeper_get_n_recovered (BobbinKeeper *self)
{
  return self->n_recovered;
}

/**
 * bobbin_keeper_get_kept_aside:
 * @self: a keeper that is open
 *
 * Returns: (nullable) (type filename): path of a list that could not be used
 */
const char *
bobbin_keeper_get_kept_aside (BobbinKeeper *self)
{
  return self->store != NULL ? bobbin_store_get_kept_aside (self->store) : NULL;
}

/**
 * bobbin_keeper_get_store:
 * @self: a keeper
 *
 * Returns: (transfer none) (nullable): where the list and the runs are kept,
 *   %NULL before it was opened
 */
BobbinStore *
bobbin_keeper_get_store (BobbinKeeper *self)
{
  return self->store;
}

/**
 * bobbin_keeper_get_error:
 * @self: a keeper that is open
 *
 * Returns: (nullable): why nothing is kept
 */
const GError *
bobbin_keeper_get_error (BobbinKeeper *self)
{
  if (self->error != NULL)
    return self->error;
  return self->store != NULL ? bobbin_store_get_error (self->store) : NULL;
}
