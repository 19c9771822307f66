/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-server.h"
#include "bobbin-measure.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  BobbinDemoServer *server;
  BobbinQueue *queue;
  guint n_told;
  gboolean done;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("measure-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->server = bobbin_demo_server_new (&error);
  g_assert_no_error (error);
  fixture->queue = bobbin_queue_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)); i++)
    {
      g_autoptr (BobbinDownload) download = g_list_model_get_item (G_LIST_MODEL (fixture->queue), i);
      g_autofree char *path = bobbin_download_dup_path (download);

      if (path != NULL)
        g_unlink (path);
    }
  bobbin_queue_stop (fixture->queue);
  g_assert_finalize_object (fixture->queue);
  bobbin_demo_server_free (fixture->server);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0); /* nothing is left in it */
  g_free (fixture->folder);
}

static void
add (Fixture *fixture, const char *path)
{
  g_autofree char *uri = g_strconcat (bobbin_demo_server_get_uri (fixture->server), path, NULL);
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);
  BobbinLink *link = bobbin_link_new (uri, NULL);

  bobbin_link_set_folder (link, fixture->folder);
  g_ptr_array_add (links, link);
  bobbin_queue_add (fixture->queue, links, FALSE);
}

static void
wait_for_run (Fixture *fixture)
{
  while (bobbin_queue_get_run (fixture->queue)->end == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
progress_cb (Fixture *fixture)
{
  fixture->n_told++;
}

static void
done_cb (Fixture *fixture)
{
  fixture->done = TRUE;
}

static BobbinMeasure *
start (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  BobbinMeasure *measure = bobbin_measure_start (fixture->queue, &error);

  g_assert_no_error (error);
  g_signal_connect_swapped (measure, "progress", G_CALLBACK (progress_cb), fixture);
  g_signal_connect_swapped (measure, "done", G_CALLBACK (done_cb), fixture);
  return measure;
}

static void
wait_for_end (Fixture *fixture)
{
  while (!fixture->done)
    g_main_context_iteration (NULL, TRUE);
}

/* As long as one after another takes, in a folder that goes. */
static void
test_all (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinMeasure) measure = NULL;
  goffset bytes;

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *path = g_strdup_printf ("/bytes/%u?delay=0.2&name=a.bin", 1000 + i);

      add (fixture, path);
    }
  add (fixture, "/nothing-here");
  wait_for_run (fixture);
  g_assert_cmpuint (bobbin_measure_count (fixture->queue, &bytes), ==, 5);
  g_assert_cmpint (bytes, ==, 4006);

  measure = start (fixture);
  g_assert_cmpuint (bobbin_measure_get_n_links (measure), ==, 5);
  g_assert_true (g_file_test (bobbin_measure_get_folder (measure), G_FILE_TEST_IS_DIR));
  wait_for_end (fixture);
  g_assert_cmpuint (fixture->n_told, ==, 5);
  g_assert_cmpuint (bobbin_measure_get_n_ended (measure), ==, 5);
  g_assert_cmpint (bobbin_measure_get_time (measure), >=, 4 * G_USEC_PER_SEC / 5);
  g_assert_null (bobbin_measure_get_problem (measure));
  g_assert_false (g_file_test (bobbin_measure_get_folder (measure), G_FILE_TEST_EXISTS));
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinMeasure) measure = NULL;

  add (fixture, "/bytes/100000?delay=0.2&name=a.bin");
  add (fixture, "/bytes/100001?delay=0.2&name=a.bin");
  wait_for_run (fixture);
  measure = start (fixture);
  bobbin_measure_stop (measure);
  g_assert_true (fixture->done);
  g_assert_cmpint (bobbin_measure_get_time (measure), ==, 0);
  g_assert_null (bobbin_measure_get_problem (measure));
  g_assert_false (g_file_test (bobbin_measure_get_folder (measure), G_FILE_TEST_EXISTS));
}

/* Dropped in the middle, as when the window closes. */
static void
test_drop (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = NULL;
  BobbinMeasure *measure;

  add (fixture, "/bytes/100000?rate=400000&name=a.bin");
  wait_for_run (fixture);
  measure = start (fixture);
  folder = g_strdup (bobbin_measure_get_folder (measure));
  for (guint i = 0; i < 3; i++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (measure);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

/* Another download would make it slower, so it is given up. */
static void
test_disturbed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinMeasure) measure = NULL;

  add (fixture, "/bytes/100000?rate=400000&name=a.bin");
  wait_for_run (fixture);
  measure = start (fixture);
  add (fixture, "/bytes/10?delay=0.5&name=b.bin");
  wait_for_end (fixture);
  g_assert_cmpint (bobbin_measure_get_time (measure), ==, 0);
  g_assert_nonnull (bobbin_measure_get_problem (measure));
  wait_for_run (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/measure/all", Fixture, NULL, set_up, test_all, tear_down);
  g_test_add ("/measure/stop", Fixture, NULL, set_up, test_stop, tear_down);
  g_test_add ("/measure/drop", Fixture, NULL, set_up, test_drop, tear_down);
  g_test_add ("/measure/disturbed", Fixture, NULL, set_up, test_disturbed, tear_down);
  return g_test_run ();
}
