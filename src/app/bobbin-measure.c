/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-measure.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define FOLDER ".bobbin-measure-XXXXXX"

struct _BobbinMeasure
{
  GObject parent_instance;

  BobbinQueue *measured; /* whose run it is */
  BobbinQueue *queue;    /* our own; NULL when done */
  char *folder;
  guint n_links;
  guint n_ended;
  guint n_finished_then; /* how many of the links finished in the run */
  gint64 began;          /* that run */
  gint64 time;
  const char *problem;
  guint stop_id;
};

enum
{
  SIGNAL_PROGRESS,
  SIGNAL_DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinMeasure, bobbin_measure, G_TYPE_OBJECT)

static gboolean
has_ended (BobbinDownload *download)
{
  const BobbinState state = bobbin_download_get_state (download);

  return state == BOBBIN_STATE_FINISHED || state == BOBBIN_STATE_FAILED;
}

/* Each download of the run that has ended, once, by its first start. */
static GPtrArray *
list_downloads (BobbinQueue *queue)
{
  const GArray *spans = bobbin_queue_get_timeline (queue)->spans;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) downloads = g_ptr_array_new ();

  for (guint i = 0; i < spans->len; i++)
    {
      BobbinDownload *download = g_array_index (spans, BobbinSpan, i).download;

      if (has_ended (download) && g_hash_table_add (seen, download))
        g_ptr_array_add (downloads, download);
    }
  return g_steal_pointer (&downloads);
}

/**
 * bobbin_measure_count:
 * @queue: a queue whose run is over
 * @bytes: (out): how much there is to fetch
 *
 * Returns: how many links there are to measure
 */
guint
bobbin_measure_count (BobbinQueue *queue, goffset *bytes)
{
  g_autoptr (GPtrArray) downloads = list_downloads (queue);

  *bytes = 0;
  for (guint i = 0; i < downloads->len; i++)
    *bytes += MAX (bobbin_download_get_received (g_ptr_array_index (downloads, i)), 0);
  return downloads->len;
}

static void
remove_entry (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_unlink (path);
}

/* The folder is ours alone, and nothing in it is worth keeping. */
static void
remove_folder (BobbinMeasure *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    remove_entry (self->folder, name);
  g_rmdir (self->folder);
}

static void
end (BobbinMeasure *self)
{
  g_autoptr (BobbinQueue) queue = g_steal_pointer (&self->queue);

  g_clear_handle_id (&self->stop_id, g_source_remove);
  if (queue == NULL)
    return;
  g_signal_handlers_disconnect_by_data (queue, self);
  g_signal_handlers_disconnect_by_data (self->measured, self);
  bobbin_queue_stop (queue);
  remove_folder (self);
}

/* A disk need not hold more than one file. */
static void
ended_cb (BobbinMeasure *self, BobbinDownload *download)
{
  g_autofree char *path = bobbin_download_dup_path (download);

  if (path != NULL && bobbin_download_get_state (download) == BOBBIN_STATE_FINISHED)
    g_unlink (path);
  self->n_ended++;
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

static void
run_finished_cb (BobbinMeasure *self)
{
  g_autoptr (BobbinMeasure) kept = g_object_ref (self);
  const BobbinRun *run = bobbin_queue_get_run (self->queue);

  if (run->finished >= self->n_finished_then)
    self->time = bobbin_run_get_elapsed (run, run->end);
  else
    self->problem = _ ("Not measured: not all of the links could be downloaded again");
  end (self);
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

static void
stop_cb (gpointer user_data)
{
  BobbinMeasure *self = user_data;

  self->stop_id = 0;
  self->problem = _ ("Not measured: another download has begun");
  bobbin_measure_stop (self);
}

/* What runs beside it would make it slower. */
static void
measured_changed_cb (BobbinMeasure *self)
{
  if (self->stop_id == 0 && bobbin_queue_get_run (self->measured)->began != self->began)
    self->stop_id = g_idle_add_once (stop_cb, self);
}

static void
bobbin_measure_dispose (GObject *object)
{
  BobbinMeasure *self = BOBBIN_MEASURE (object);

  end (self);
  g_clear_object (&self->measured);
  G_OBJECT_CLASS (bobbin_measure_parent_class)->dispose (object);
}

static void
bobbin_measure_finalize (GObject *object)
{
  g_free (BOBBIN_MEASURE (object)->folder);
  G_OBJECT_CLASS (bobbin_measure_parent_class)->finalize (object);
}

static void
bobbin_measure_class_init (BobbinMeasureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bobbin_measure_dispose;
  object_class->finalize = bobbin_measure_finalize;
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", BOBBIN_TYPE_MEASURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DONE]
      = g_signal_new ("done", BOBBIN_TYPE_MEASURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bobbin_measure_init (BobbinMeasure *self)
{
}

/* On the disk that the run wrote to, so that the same is measured. */
static char *
make_folder (GPtrArray *downloads, GError **error)
{
  const char *place
      = downloads->len > 0 ? bobbin_download_get_folder (g_ptr_array_index (downloads, 0)) : NULL;
  g_autofree char *path = place != NULL ? g_build_filename (place, FOLDER, NULL) : NULL;

  if (path != NULL && g_mkdtemp (path) != NULL)
    return g_steal_pointer (&path);
  return g_dir_make_tmp (FOLDER, error);
}

static void
make_queue (BobbinMeasure *self)
{
  g_autoptr (BobbinSettings) settings = bobbin_settings_copy (bobbin_queue_get_settings (self->measured));

  settings->conflict = BOBBIN_CONFLICT_NUMBER;
  settings->keep_origin = FALSE;
  settings->patient = FALSE;
  self->queue = bobbin_queue_new ();
  bobbin_queue_set_settings (self->queue, settings);
  bobbin_queue_set_at_once (self->queue, 1);
}

static void
add_links (BobbinMeasure *self, GPtrArray *downloads)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);

  for (guint i = 0; i < downloads->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (downloads, i);
      BobbinLink *link = bobbin_link_copy (bobbin_download_get_link (download));

      bobbin_link_set_folder (link, self->folder);
      bobbin_link_set_subfolder (link, NULL);
      g_ptr_array_add (links, link);
      self->n_finished_then += bobbin_download_get_state (download) == BOBBIN_STATE_FINISHED;
    }
  self->n_links = links->len;
  bobbin_queue_add (self->queue, links, FALSE);
}

/**
 * bobbin_measure_start:
 * @queue: a queue whose run is over; its settings count
 * @error: return location for an error of G_FILE_ERROR
 *
 * Begins to download the links of the run. Dropping the last reference stops
 * it, too.
 *
 * Returns: (transfer full): it, or %NULL if there is no folder to use
 */
BobbinMeasure *
bobbin_measure_start (BobbinQueue *queue, GError **error)
{
  g_autoptr (GPtrArray) downloads = list_downloads (queue);
  g_autofree char *folder = make_folder (downloads, error);
  BobbinMeasure *self;

  if (folder == NULL)
    return NULL;
  self = g_object_new (BOBBIN_TYPE_MEASURE, NULL);
  self->folder = g_steal_pointer (&folder);
  self->measured = g_object_ref (queue);
  self->began = bobbin_queue_get_run (queue)->began;
  make_queue (self);
  g_signal_connect_swapped (queue, "changed", G_CALLBACK (measured_changed_cb), self);
  g_signal_connect_swapped (self->queue, "ended", G_CALLBACK (ended_cb), self);
  g_signal_connect_swapped (self->queue, "run-finished", G_CALLBACK (run_finished_cb), self);
  add_links (self, downloads);
  return self;
}

/**
 * bobbin_measure_stop:
 * @self: a measurement
 *
 * Gives it up at once; nothing is known then.
 */
void
bobbin_measure_stop (BobbinMeasure *self)
{
  g_autoptr (BobbinMeasure) kept = g_object_ref (self);

  if (self->queue == NULL)
    return;
  end (self);
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

/**
 * bobbin_measure_get_n_links:
 * @self: a measurement
 *
 * Returns: how many links are downloaded
 */
guint
bobbin_measure_get_n_links (BobbinMeasure *self)
{
  return self->n_links;
}

/**
 * bobbin_measure_get_n_ended:
 * @self: a measurement
 *
 * Returns: how many of them have ended
 */
guint
bobbin_measure_get_n_ended (BobbinMeasure *self)
{
  return self->n_ended;
}

/**
 * bobbin_measure_get_folder:
 * @self: a measurement
 *
 * Returns: (transfer none): where it downloads to, until it is done
 */
const char *
bobbin_measure_get_folder (BobbinMeasure *self)
{
  return self->folder;
}

/**
 * bobbin_measure_get_time:
 * @self: a measurement
 *
 * Returns: how long all took one after another, in microseconds; 0 as long as
 *   that is not known
 */
gint64
bobbin_measure_get_time (BobbinMeasure *self)
{
  return self->time;
}

/**
 * bobbin_measure_get_problem:
 * @self: a measurement that is done
 *
 * Returns: (transfer none) (nullable): why nothing is known, in words; %NULL if
 *   somebody wanted it so
 */
const char *
bobbin_measure_get_problem (BobbinMeasure *self)
{
  return self->problem;
}
