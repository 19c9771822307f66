/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-server.h"
#include "bobbin-test.h"

/* The lesson that Bobbin comes from, line by line: what was shown there with
 * threads, join, arguments and pools holds for downloads. Lower bounds of times
 * are exact, since nobody sleeps shorter than asked; that it went at once is told
 * by how many ran at one moment, not by how fast a machine is. */

#define SECONDS(n) ((gint64) ((n) *G_USEC_PER_SEC))

typedef struct
{
  char *folder;
  BobbinDemoServer *server;
  BobbinQueue *queue;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = bobbin_test_make_folder ();
  fixture->server = bobbin_demo_server_new (&error);
  g_assert_no_error (error);
  fixture->queue = bobbin_queue_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->queue);
  bobbin_demo_server_free (fixture->server);
  bobbin_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static BobbinDownload *
add_sleep (Fixture *fixture, const char *seconds)
{
  g_autofree char *uri = g_strconcat (bobbin_demo_server_get_uri (fixture->server), "/sleep/", seconds, NULL);

  return bobbin_test_add (fixture->queue, fixture->folder, uri);
}

static gint64
run (Fixture *fixture, guint at_once, guint n, const char *seconds)
{
  bobbin_queue_set_at_once (fixture->queue, at_once);
  for (guint i = 0; i < n; i++)
    add_sleep (fixture, seconds);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpuint (bobbin_queue_get_run (fixture->queue)->finished, ==, n);
  return bobbin_run_get_elapsed (bobbin_queue_get_run (fixture->queue), 0);
}

static void
test_one_after_another (Fixture *fixture, gconstpointer data)
{
  gint64 elapsed = run (fixture, 1, 2, "1");

  g_test_message ("two of 1 s, one after another: %.3f s", (double) elapsed / SECONDS (1));
  g_assert_cmpint (elapsed, >=, SECONDS (2));
  g_assert_cmpuint (bobbin_queue_get_run (fixture->queue)->most_at_once, ==, 1);
}

static void
test_two_at_once (Fixture *fixture, gconstpointer data)
{
  gint64 elapsed = run (fixture, 2, 2, "1");

  g_test_message ("two of 1 s at once: %.3f s", (double) elapsed / SECONDS (1));
  g_assert_cmpint (elapsed, >=, SECONDS (1));
  g_assert_cmpuint (bobbin_queue_get_run (fixture->queue)->most_at_once, ==, 2);
  g_assert_cmpint (bobbin_run_get_one_after_another (bobbin_queue_get_run (fixture->queue), 0), >=,
                   SECONDS (2));
}

static void
test_ten_at_once (Fixture *fixture, gconstpointer data)
{
  gint64 elapsed = run (fixture, 10, 10, "1");

  g_test_message ("ten of 1 s at once: %.3f s", (double) elapsed / SECONDS (1));
  g_assert_cmpint (elapsed, >=, SECONDS (1));
  g_assert_cmpuint (bobbin_queue_get_run (fixture->queue)->most_at_once, ==, 10);
}

static void
assert_done_sleeping (BobbinDownload *download, const char *seconds)
{
  g_autofree char *path = bobbin_download_dup_path (download);
  g_autofree char *expected = g_strdup_printf ("Done sleeping %s second(s)", seconds);
  g_autofree char *found = NULL;

  g_assert_nonnull (path);
  g_assert_true (g_file_get_contents (path, &found, NULL, NULL));
  g_assert_cmpstr (g_strchomp (found), ==, expected);
}

/* What the run says when it says that it is over. */
static void
on_run_finished (BobbinQueue *queue, gpointer user_data)
{
  guint *n_finished = user_data;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (queue)); i++)
    *n_finished += bobbin_download_get_state (bobbin_test_get (queue, i)) == BOBBIN_STATE_FINISHED;
}

/* Threads that are started but not joined report 0.0 s. Here the run's end
 * never comes before the last job's end was applied, however late that is. */
static void
test_joined (Fixture *fixture, gconstpointer data)
{
  const BobbinRun *the_run = bobbin_queue_get_run (fixture->queue);
  guint n_finished = 0;
  BobbinDownload *late;

  g_signal_connect (fixture->queue, "run-finished", G_CALLBACK (on_run_finished), &n_finished);
  for (guint i = 0; i < 5; i++)
    add_sleep (fixture, "0.05");
  late = add_sleep (fixture, "0.7");
  while (n_finished == 0)
    {
      g_assert_cmpint (the_run->end, ==, 0);
      g_main_context_iteration (NULL, TRUE);
    }

  g_assert_cmpuint (n_finished, ==, 6);
  assert_done_sleeping (late, "0.7");
  g_assert_cmpint (bobbin_run_get_elapsed (the_run, 0), >=, SECONDS (0.7));
}

/* Each job has arguments of its own: seconds, name, folder. */
static void
test_arguments (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);
  g_autofree char *other_folder = bobbin_test_make_folder ();

  bobbin_queue_set_at_once (fixture->queue, 10);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *uri = g_strconcat (bobbin_demo_server_get_uri (fixture->server), "/sleep/1.5", NULL);
      g_autofree char *name = g_strdup_printf ("job %u.txt", i);
      BobbinLink *link = bobbin_link_new (uri, NULL);

      bobbin_link_set_name (link, name);
      bobbin_link_set_folder (link, i % 2 == 0 ? fixture->folder : other_folder);
      g_ptr_array_add (links, link);
    }
  bobbin_queue_add (fixture->queue, links, FALSE);
  bobbin_test_wait_for_run (fixture->queue);

  for (guint i = 0; i < 10; i++)
    {
      BobbinDownload *download = bobbin_test_get (fixture->queue, i);
      g_autofree char *name = g_strdup_printf ("job %u.txt", i);
      g_autofree char *path = g_build_filename (i % 2 == 0 ? fixture->folder : other_folder, name, NULL);
      g_autofree char *found = bobbin_download_dup_path (download);

      g_assert_cmpstr (found, ==, path);
      assert_done_sleeping (download, "1.5");
    }
  g_assert_cmpint (bobbin_run_get_elapsed (bobbin_queue_get_run (fixture->queue), 0), >=, SECONDS (1.5));
  g_assert_cmpuint (bobbin_queue_get_run (fixture->queue)->most_at_once, ==, 10);
  bobbin_test_remove_folder (other_folder);
}

/* A pool over 5, 4, 3, 2, 1: the list keeps the order of adding, as map()
 * returns; the ends come the other way round, as as_completed() yields. */
static void
test_map_and_as_completed (Fixture *fixture, gconstpointer data)
{
  static const char *const seconds[] = { "1.5", "1.2", "0.9", "0.6", "0.3" };

  bobbin_queue_set_at_once (fixture->queue, 5);
  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    add_sleep (fixture, seconds[i]);
  bobbin_test_wait_for_run (fixture->queue);

  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      BobbinDownload *download = bobbin_test_get (fixture->queue, i);

      assert_done_sleeping (download, seconds[i]);
      g_assert_cmpuint (bobbin_download_get_order (download), ==, i);
      g_assert_cmpuint (bobbin_download_get_end_order (download), ==, G_N_ELEMENTS (seconds) - i);
      g_assert_cmpint (bobbin_download_get_own_time (download), >=,
                       SECONDS (g_ascii_strtod (seconds[i], NULL)));
    }
}

/* Pictures downloaded on the pool, named after the URL's path. */
static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) uris = bobbin_demo_server_dup_picture_uris (fixture->server);
  g_autofree char *photo = g_strconcat (bobbin_demo_server_get_uri (fixture->server),
                                        "/pictures/photo-1516117172878-fd2c41f4a759", NULL);
  const BobbinRun *the_run = bobbin_queue_get_run (fixture->queue);
  g_auto (GStrv) names = NULL;

  bobbin_queue_set_at_once (fixture->queue, 8);
  for (guint i = 0; i < uris->len; i++)
    bobbin_test_add (fixture->queue, fixture->folder, g_ptr_array_index (uris, i));
  bobbin_test_add (fixture->queue, fixture->folder, photo);
  bobbin_test_wait_for_run (fixture->queue);

  g_assert_cmpuint (the_run->finished, ==, 21);
  g_assert_cmpfloat (bobbin_run_get_ratio (the_run, 0), >, 1.0);
  names = bobbin_test_list_folder (fixture->folder);
  g_assert_cmpuint (g_strv_length (names), ==, 21);
  g_assert_cmpstr (names[0], ==, "01-birch.jpg");
  g_assert_cmpstr (names[19], ==, "20-walnut.jpg");
  g_assert_cmpstr (names[20], ==, "photo-1516117172878-fd2c41f4a759.jpg");
}

#define ADD(name, function) g_test_add ("/lesson/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  bobbin_test_init (&argc, &argv);
  ADD ("one-after-another", test_one_after_another);
  ADD ("two-at-once", test_two_at_once);
  ADD ("ten-at-once", test_ten_at_once);
  ADD ("joined", test_joined);
  ADD ("arguments", test_arguments);
  ADD ("map-and-as-completed", test_map_and_as_completed);
  ADD ("pictures", test_pictures);
  return g_test_run ();
}
