/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-crash-folder.h"
#include "bobbin-demo-bytes.h"
#include "bobbin-demo-server.h"
#include "bobbin-test.h"

/* A person who cannot leave anything alone, and many workers: in the end every
 * file is right. BOBBIN_CRASH_SECONDS tells how long, BOBBIN_CRASH_SEED what is
 * done; to be run under the sanitizer for threads. */

#define DEFAULT_SECONDS 3
#define N_LARGE 6
#define N_SMALL 120

/* Milliseconds between two whims. */
#define PAUSE 4

typedef struct
{
  char *root;
  char *files;
  BobbinDemoServer *server;
  BobbinStore *store;
  BobbinQueue *queue;
  GPtrArray *removed; /* of BobbinDownload */
  GRand *rand;
  gint64 end;
} Fixture;

static gsize
get_size (guint i)
{
  return i < N_LARGE ? 400000 + i * 100000 : i * 331 % 20000;
}

static void
add_links (Fixture *fixture)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);

  for (guint i = 0; i < N_LARGE + N_SMALL; i++)
    {
      const char *options = i < N_LARGE ? "&rate=150000" : i % 10 == 0 ? "&delay=0.3" : "";
      g_autofree char *uri
          = g_strdup_printf ("%s/bytes/%zu?name=%u%s", bobbin_demo_server_get_uri (fixture->server),
                             get_size (i), i, options);
      BobbinLink *link = bobbin_link_new (uri, NULL);

      bobbin_link_set_folder (link, fixture->files);
      g_ptr_array_add (links, link);
    }
  bobbin_queue_add (fixture->queue, links, FALSE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BobbinSettings) settings = NULL;
  g_autofree char *path = NULL;

  fixture->root = bobbin_crash_folder_new ();
  fixture->files = bobbin_crash_folder_make (fixture->root, "files");
  fixture->server = bobbin_demo_server_new (&error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->root, "state", "downloads.sqlite", NULL);
  fixture->store = bobbin_store_open (path);
  fixture->queue = bobbin_queue_new ();
  settings = bobbin_settings_copy (bobbin_queue_get_settings (fixture->queue));
  settings->part_size = 32 * 1024;
  settings->retry_delay = 1000;
  bobbin_queue_set_settings (fixture->queue, settings);
  bobbin_queue_set_at_once (fixture->queue, 16);
  bobbin_queue_set_store (fixture->queue, fixture->store);
  fixture->removed = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->rand = g_rand_new_with_seed (bobbin_crash_get_number ("BOBBIN_CRASH_SEED", 1));
  add_links (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  bobbin_queue_stop (fixture->queue);
  g_ptr_array_unref (fixture->removed);
  g_assert_finalize_object (fixture->queue);
  bobbin_store_close (fixture->store);
  bobbin_store_unref (fixture->store);
  bobbin_demo_server_free (fixture->server);
  bobbin_crash_folder_remove (fixture->root);
  g_rand_free (fixture->rand);
  g_free (fixture->root);
  g_free (fixture->files);
}

static BobbinDownload *
pick (Fixture *fixture)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fixture->queue));

  /* The large ones take their time, so that they are there to be changed. */
  if (g_rand_boolean (fixture->rand))
    n = MIN (n, N_LARGE);
  return bobbin_test_get (fixture->queue, (guint) g_rand_int_range (fixture->rand, 0, (gint32) n));
}

static void
toggle (Fixture *fixture)
{
  BobbinDownload *download = pick (fixture);

  if (bobbin_download_get_state (download) == BOBBIN_STATE_PAUSED)
    bobbin_queue_resume (fixture->queue, download);
  else
    bobbin_queue_pause (fixture->queue, download);
}

static void
remove_one (Fixture *fixture)
{
  g_autoptr (GPtrArray) downloads = g_ptr_array_new ();
  BobbinDownload *download = pick (fixture);

  if (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)) < N_SMALL)
    return;
  g_ptr_array_add (downloads, download);
  g_ptr_array_add (fixture->removed, g_object_ref (download));
  bobbin_queue_remove (fixture->queue, downloads);
}

static void
restore_all (Fixture *fixture)
{
  if (fixture->removed->len > 0)
    bobbin_queue_restore (fixture->queue, fixture->removed);
  g_ptr_array_set_size (fixture->removed, 0);
}

static void
set_limits (Fixture *fixture, gint64 rate, guint parts)
{
  g_autoptr (BobbinSettings) settings = bobbin_settings_copy (bobbin_queue_get_settings (fixture->queue));

  bobbin_rate_limiter_set_rate (settings->limiter, rate);
  settings->parts = parts;
  bobbin_queue_set_settings (fixture->queue, settings);
}

static void
follow_whim (Fixture *fixture)
{
  int whim = g_rand_int_range (fixture->rand, 0, 20);

  if (whim < 10)
    toggle (fixture);
  else if (whim < 12)
    remove_one (fixture);
  else if (whim < 13)
    restore_all (fixture);
  else if (whim < 15)
    bobbin_queue_set_at_once (fixture->queue, (guint) g_rand_int_range (fixture->rand, 1, 17));
  else if (whim < 17)
    set_limits (fixture, g_rand_int_range (fixture->rand, 0, 3) * 500000,
                (guint) g_rand_int_range (fixture->rand, 1, 7));
  else if (whim < 18)
    bobbin_queue_pause_all (fixture->queue);
  else
    bobbin_queue_resume_all (fixture->queue);
}

static gboolean
on_pause (gpointer user_data)
{
  Fixture *fixture = user_data;

  follow_whim (fixture);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_time (gpointer user_data)
{
  const Fixture *fixture = user_data;

  return g_get_monotonic_time () >= fixture->end;
}

static void
assert_all_right (Fixture *fixture)
{
  for (guint i = 0; i < N_LARGE + N_SMALL; i++)
    {
      BobbinDownload *download = bobbin_test_get (fixture->queue, i);
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree guint8 *expected = g_malloc (get_size (i) + 1);

      g_assert_no_error (bobbin_download_get_error (download));
      g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FINISHED);
      bobbin_demo_bytes_fill (expected, get_size (i), 0);
      bobbin_test_assert_file (fixture->files, name, expected, get_size (i));
    }
}

static void
test_whims (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) names = NULL;
  guint id = g_timeout_add (PAUSE, on_pause, fixture);

  fixture->end
      = g_get_monotonic_time ()
        + bobbin_crash_get_number ("BOBBIN_CRASH_SECONDS", DEFAULT_SECONDS) * (gint64) G_USEC_PER_SEC;
  bobbin_test_wait (is_time, fixture);
  g_source_remove (id);

  restore_all (fixture);
  set_limits (fixture, 0, 4);
  bobbin_queue_set_at_once (fixture->queue, 16);
  bobbin_queue_resume_all (fixture->queue);
  bobbin_test_wait_for_run (fixture->queue);
  assert_all_right (fixture);
  names = bobbin_test_list_folder (fixture->files);
  g_assert_cmpuint (g_strv_length (names), ==, N_LARGE + N_SMALL);
}

int
main (int argc, char *argv[])
{
  bobbin_test_init (&argc, &argv);
  g_test_add ("/stress/whims", Fixture, NULL, set_up, test_whims, tear_down);
  return g_test_run ();
}
