/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-reader.h"

/* How long one turn of looking into the list may take, in microseconds. */
#define CHECKING_TIME 4000

struct _BobbinAddReader
{
  GObject parent_instance;

  BobbinQueue *queue;        /* owned */
  GHashTable *choices;       /* owned; what the person selected, over all the texts */
  GCancellable *cancellable; /* owned; of the text that is on the thread, if any */
  BobbinAddFiles *unchecked; /* owned; the files that are being looked up, if any */
  guint checking;            /* idle source */
};

typedef struct
{
  char *text;
  char *folder;
  char *name;
} Reading;

enum
{
  SIGNAL_READ,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinAddReader, bobbin_add_reader, G_TYPE_OBJECT)

static void
reading_free (Reading *reading)
{
  g_free (reading->text);
  g_free (reading->folder);
  g_free (reading->name);
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
  const Reading *reading = data;

  g_task_return_pointer (task, bobbin_add_plan_new (reading->text, reading->folder, reading->name),
                         (GDestroyNotify) bobbin_add_plan_unref);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  BobbinAddReader *self = BOBBIN_ADD_READER (source);
  g_autoptr (BobbinAddPlan) plan = g_task_propagate_pointer (G_TASK (result), NULL);

  if (plan == NULL) /* cancelled: a newer text is on its way, or nobody waits any more */
    return;

  g_clear_object (&self->cancellable);
  self->unchecked = bobbin_add_files_new (plan, self->choices);
  self->checking = g_idle_add (check_some, self);
}

/**
 * bobbin_add_reader_read:
 * @self: a reader
 * @text: (transfer full): UTF-8
 * @folder: absolute path of the folder to save to; need not exist
 * @name: (nullable): the name to save under, for a single link
 *
 * Begins to understand @text, instead of any text given earlier.
 */
void
bobbin_add_reader_read (BobbinAddReader *self, char *text, const char *folder, const char *name)
{
  g_autoptr (GTask) task = NULL;
  Reading *reading = g_new0 (Reading, 1);

  bobbin_add_reader_cancel (self);
  reading->text = text;
  reading->folder = g_strdup (folder);
  reading->name = g_strdup (name);

  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, on_read, NULL);
  g_task_set_source_tag (task, bobbin_add_reader_read);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * bobbin_add_reader_cancel:
 * @self: a reader
 *
 * Gives up the text that is being read, if any; "read" is not emitted for it.
 */
void
bobbin_add_reader_cancel (BobbinAddReader *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->checking, g_source_remove);
  g_clear_object (&self->unchecked);
}
