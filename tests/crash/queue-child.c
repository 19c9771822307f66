/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-disk-faults.h"
#include "bobbin-disk-power.h"
#include "bobbin-engine.h"
#include "bobbin-store.h"

#include <stdlib.h>

/* Downloads links with queue and store, takes up what an earlier start left, and
 * is killed or has its power cut meanwhile. */

/* Without any more calls the power would never be cut; milliseconds. */
#define MUCH_LATER 300

typedef struct
{
  BobbinQueue *queue;
  GMainLoop *loop;
  GRand *rand;
  gboolean over;
} Session;

static BobbinRecord *
find_record (GPtrArray *records, const char *uri)
{
  for (guint i = 0; i < records->len; i++)
    {
      BobbinRecord *record = g_ptr_array_index (records, i);

      if (g_str_equal (record->uri, uri))
        return record;
    }
  return NULL;
}

static void
add (Session *self, const char *uri, const char *folder)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);
  BobbinLink *link = bobbin_link_new (uri, NULL);

  bobbin_link_set_folder (link, folder);
  g_ptr_array_add (links, link);
  bobbin_queue_add (self->queue, links, FALSE);
}

/* Everything goes on, also what was paused or had failed. */
static void
load (Session *self, BobbinRecord *record)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  if (record->state != BOBBIN_STATE_FINISHED)
    record->state = BOBBIN_STATE_WAITING;
  g_ptr_array_add (records, record);
  bobbin_queue_load (self->queue, records);
}

static void
fill (Session *self, BobbinStore *store, const char *folder, char **links)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = bobbin_store_load (store, NULL, &error);

  g_assert_no_error (error);
  for (; *links != NULL; links++)
    {
      BobbinRecord *record = find_record (records, *links);

      if (record != NULL)
        load (self, record);
      else
        add (self, *links, folder);
    }
}

static void
on_run_finished (BobbinQueue *queue, gpointer user_data)
{
  Session *self = user_data;

  if (self->rand == NULL)
    g_main_loop_quit (self->loop);
}

static gboolean
on_whim (gpointer user_data)
{
  Session *self = user_data;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->queue));
  g_autoptr (BobbinDownload) download
      = g_list_model_get_item (G_LIST_MODEL (self->queue),
                               (guint) g_rand_int_range (self->rand, 0, (gint32) n));

  if (bobbin_download_get_state (download) == BOBBIN_STATE_PAUSED)
    bobbin_queue_resume (self->queue, download);
  else
    bobbin_queue_pause (self->queue, download);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_time (gpointer user_data)
{
  bobbin_disk_power_cut ();
  return G_SOURCE_REMOVE;
}

static void
choose_settings (BobbinQueue *queue)
{
  g_autoptr (BobbinSettings) settings = bobbin_settings_copy (bobbin_queue_get_settings (queue));

  settings->part_size = 64 * 1024;
  settings->retry_delay = 10 * 1000;
  bobbin_queue_set_settings (queue, settings);
  bobbin_queue_set_at_once (queue, 8);
}

/* Without TRASH the process is killed by its Nth call, with it the power is cut
 * after N milliseconds. */
static void
prepare_the_end (Session *self, char **arguments)
{
  const char *root = arguments[1];
  const char *trash = arguments[2];
  guint32 seed = (guint32) g_ascii_strtoull (arguments[3], NULL, 10);
  guint n = (guint) g_ascii_strtoull (arguments[4], NULL, 10);
  const BobbinDiskFault fault = { .call = BOBBIN_DISK_N_CALLS, .nth = n, .times = 1 };
  g_autofree char *limbo = g_build_filename (trash, "limbo", NULL);
  g_autofree char *boot = g_build_filename (trash, "boot_id", NULL);

  if (*trash == '\0')
    {
      bobbin_disk_break (root, &fault);
      return;
    }
  self->rand = g_rand_new_with_seed (seed);
  bobbin_disk_replace_boot_id (boot);
  bobbin_disk_power_begin (root, limbo, seed);
  bobbin_disk_power_cut_after (n * G_GINT64_CONSTANT (1000), (guint) g_rand_int_range (self->rand, 0, 30));
  g_timeout_add ((guint) g_rand_int_range (self->rand, 100, 800), on_whim, self);
  g_timeout_add (n + MUCH_LATER, on_time, self);
}

int
main (int argc, char *argv[])
{
  Session self = { .loop = g_main_loop_new (NULL, FALSE) };
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  BobbinStore *store;

  if (argc < 6)
    g_error ("Usage: %s FOLDER TRASH SEED N LINK…", argv[0]);
  bobbin_engine_init ();
  folder = g_build_filename (argv[1], "files", NULL);
  path = g_build_filename (argv[1], "state", "downloads.sqlite", NULL);
  prepare_the_end (&self, argv);

  store = bobbin_store_open (path);
  g_assert_no_error (bobbin_store_get_error (store));
  self.queue = bobbin_queue_new ();
  choose_settings (self.queue);
  bobbin_queue_set_store (self.queue, store);
  g_signal_connect (self.queue, "run-finished", G_CALLBACK (on_run_finished), &self);
  fill (&self, store, folder, argv + 5);
  if (bobbin_queue_get_counts (self.queue)->waiting > 0 || self.rand != NULL)
    g_main_loop_run (self.loop);

  bobbin_queue_stop (self.queue);
  g_object_unref (self.queue);
  bobbin_store_close (store);
  bobbin_store_unref (store);
  g_main_loop_unref (self.loop);
  return EXIT_SUCCESS;
}
