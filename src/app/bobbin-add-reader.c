/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-reader.h"

/* How long one turn of looking into the list may take, in microseconds. */
#define CHECKING_TIME 4000

/* How often the progress is told, in milliseconds, and from when on. */
#define PROGRESS_TIME 100
#define PROGRESS_AFTER 4

struct _BobbinAddReader
{
  GObject parent_instance;

  BobbinQueue *queue;        /* owned */
  GHashTable *choices;       /* owned; what the person selected, over all the texts */
  GCancellable *cancellable; /* owned; of the text that is on the thread, if any */
  BobbinAddFiles *unchecked; /* owned; the files that are being looked up, if any */
  guint checking;            /* idle source */
  GTask *task;               /* owned; the one on the thread, if any */
  guint progress_timer;      /* source; while something is on the thread */
  guint n_progress;          /* how often it came up */
};

/* Made on the main thread, then the thread's own but for @permille. */
typedef struct
{
  char *text;
  GPtrArray *sources; /* (nullable) */
  char *folder;
  char *name;
  BobbinNaming *naming; /* (nullable) */
  guint max_expanded;
  int permille; /* atomic */
} Reading;

enum
{
  SIGNAL_READ,
  SIGNAL_PROGRESS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinAddReader, bobbin_add_reader, G_TYPE_OBJECT)

static void
reading_free (Reading *reading)
{
  g_free (reading->text);
  g_clear_pointer (&reading->sources, g_ptr_array_unref);
  g_free (reading->folder);
  g_free (reading->name);
  g_clear_pointer (&reading->naming, bobbin_naming_unref);
  g_free (reading);
}

static void
bobbin_add_reader_dispose (GObject *object)
{
  BobbinAddReader *self = BOBBIN_ADD_READER (object);

  bobbin_add_reader_cancel (self);
  g_clear_pointer (&self->choices, g_hash_table_unref);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (bobbin_add_reader_parent_class)->dispose (object);
}

static void
bobbin_add_reader_class_init (BobbinAddReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bobbin_add_reader_dispose;

  signals[SIGNAL_READ] = g_signal_new ("read", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, BOBBIN_TYPE_ADD_FILES);
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
bobbin_add_reader_init (BobbinAddReader *self)
{
  self->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * bobbin_add_reader_new:
 * @queue: the list of downloads
 *
 * Returns: (transfer full): a reader
 */
BobbinAddReader *
bobbin_add_reader_new (BobbinQueue *queue)
{
  BobbinAddReader *self = g_object_new (BOBBIN_TYPE_ADD_READER, NULL);

  self->queue = g_object_ref (queue);
  return self;
}

static gboolean
check_some (gpointer data)
{
  BobbinAddReader *self = data;
  g_autoptr (BobbinAddFiles) files = NULL;

  if (!bobbin_add_files_check (self->unchecked, self->queue, g_get_monotonic_time () + CHECKING_TIME))
    return G_SOURCE_CONTINUE;

  self->checking = 0;
  files = g_steal_pointer (&self->unchecked);
  g_signal_emit (self, signals[SIGNAL_READ], 0, files);
  return G_SOURCE_REMOVE;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Reading *reading = data;
  const BobbinAddRequest request = { .text = reading->text,
                                     .max_expanded = reading->max_expanded,
                                     .sources = reading->sources,
                                     .folder = reading->folder,
                                     .name = reading->name,
                                     .naming = reading->naming,
                                     .permille = &reading->permille };

  g_task_return_pointer (task, bobbin_add_plan_new (&request, cancellable),
                         (GDestroyNotify) bobbin_add_plan_let_go);
}

static void
stop_waiting (BobbinAddReader *self)
{
  g_clear_handle_id (&self->progress_timer, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->task);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  BobbinAddReader *self = BOBBIN_ADD_READER (source);
  g_autoptr (BobbinAddPlan) plan = g_task_propagate_pointer (G_TASK (result), NULL);

  if (plan == NULL) /* cancelled: a newer text is on its way, or nobody waits any more */
    return;

  stop_waiting (self);
  self->unchecked = bobbin_add_files_new (plan, self->choices);
  self->checking = g_idle_add (check_some, self);
}

static gboolean
on_progress_timer (gpointer data)
{
  BobbinAddReader *self = data;
  Reading *reading = g_task_get_task_data (self->task);

  if (++self->n_progress >= PROGRESS_AFTER)
    g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, g_atomic_int_get (&reading->permille));
  return G_SOURCE_CONTINUE;
}

/**
 * bobbin_add_reader_read:
 * @self: a reader
 * @request: what is to be understood; copied
 *
 * Begins to understand it, instead of anything given earlier.
 */
void
bobbin_add_reader_read (BobbinAddReader *self, const BobbinAddRequest *request)
{
  Reading *reading = g_new0 (Reading, 1);

  bobbin_add_reader_cancel (self);
  reading->text = g_strdup (request->text);
  reading->sources = bobbin_add_source_copy_all (request->sources);
  reading->folder = g_strdup (request->folder);
  reading->name = g_strdup (request->name);
  reading->naming = request->naming != NULL ? bobbin_naming_ref (request->naming) : NULL;
  reading->max_expanded = request->max_expanded;

  self->cancellable = g_cancellable_new ();
  self->task = g_task_new (self, self->cancellable, on_read, NULL);
  g_task_set_source_tag (self->task, bobbin_add_reader_read);
  g_task_set_task_data (self->task, reading, (GDestroyNotify) reading_free);
  g_task_run_in_thread (self->task, read_in_thread);
  self->n_progress = 0;
  self->progress_timer = g_timeout_add (PROGRESS_TIME, on_progress_timer, self);
}

/**
 * bobbin_add_reader_cancel:
 * @self: a reader
 *
 * Gives up what is being read, if anything; "read" is not emitted for it.
 */
void
bobbin_add_reader_cancel (BobbinAddReader *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  stop_waiting (self);
  g_clear_handle_id (&self->checking, g_source_remove);
  g_clear_object (&self->unchecked);
}
