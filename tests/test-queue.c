/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-bytes.h"
#include "bobbin-demo-server.h"
#include "bobbin-test.h"

#include <glib/gstdio.h>

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
add (Fixture *fixture, const char *path)
{
  g_autofree char *uri = g_strconcat (bobbin_demo_server_get_uri (fixture->server), path, NULL);

  return bobbin_test_add (fixture->queue, fixture->folder, uri);
}

static GPtrArray *
array_of (BobbinDownload *download)
{
  GPtrArray *array = g_ptr_array_new ();

  g_ptr_array_add (array, download);
  return array;
}

static void
assert_bytes (Fixture *fixture, const char *name, gsize size)
{
  g_autofree guint8 *expected = g_malloc (size);

  bobbin_demo_bytes_fill (expected, size, 0);
  bobbin_test_assert_file (fixture->folder, name, expected, size);
}

static guint
count_state (BobbinQueue *queue, BobbinState state)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (queue)); i++)
    n += bobbin_download_get_state (bobbin_test_get (queue, i)) == state;
  return n;
}

static void
assert_counts (BobbinQueue *queue)
{
  const BobbinCounts *counts = bobbin_queue_get_counts (queue);

  g_assert_cmpuint (counts->total, ==, g_list_model_get_n_items (G_LIST_MODEL (queue)));
  g_assert_cmpuint (counts->waiting, ==, count_state (queue, BOBBIN_STATE_WAITING));
  g_assert_cmpuint (counts->active, ==,
                    count_state (queue, BOBBIN_STATE_CONNECTING)
                        + count_state (queue, BOBBIN_STATE_RECEIVING));
  g_assert_cmpuint (counts->paused, ==, count_state (queue, BOBBIN_STATE_PAUSED));
  g_assert_cmpuint (counts->finished, ==, count_state (queue, BOBBIN_STATE_FINISHED));
  g_assert_cmpuint (counts->failed, ==, count_state (queue, BOBBIN_STATE_FAILED));
}

static void
count_signal (gpointer object, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_downloads (Fixture *fixture, gconstpointer data)
{
  guint n_runs = 0;

  g_signal_connect (fixture->queue, "run-finished", G_CALLBACK (count_signal), &n_runs);
  add (fixture, "/bytes/100000");
  add (fixture, "/bytes/0");
  add (fixture, "/bytes/3000000?name=three");
  add (fixture, "/bytes/5?status=404");
  assert_counts (fixture->queue);
  bobbin_test_wait_for_run (fixture->queue);

  assert_counts (fixture->queue);
  assert_bytes (fixture, "100000", 100000);
  assert_bytes (fixture, "0", 0);
  assert_bytes (fixture, "three", 3000000);
  g_assert_cmpuint (n_runs, ==, 1);
  g_assert_cmpuint (bobbin_queue_get_run (fixture->queue)->finished, ==, 3);
  g_assert_cmpuint (bobbin_queue_get_run (fixture->queue)->failed, ==, 1);
  g_assert_cmpuint (bobbin_queue_get_run_total (fixture->queue), ==, 4);
  g_assert_cmpint (bobbin_queue_get_run (fixture->queue)->bytes, ==, 3100000);
}

/* With one worker the links run one after another, in order. */
static void
test_one_at_a_time (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *downloads[5];

  bobbin_queue_set_at_once (fixture->queue, 1);
  for (guint i = 0; i < G_N_ELEMENTS (downloads); i++)
    downloads[i] = add (fixture, "/sleep/0.05");
  bobbin_test_wait_for_run (fixture->queue);
  for (guint i = 0; i < G_N_ELEMENTS (downloads); i++)
    g_assert_cmpuint (bobbin_download_get_end_order (downloads[i]), ==, i + 1);
  g_assert_cmpuint (bobbin_queue_get_run (fixture->queue)->most_at_once, ==, 1);
}

static gboolean
three_active (gpointer user_data)
{
  return bobbin_queue_get_counts (user_data)->active == 3;
}

static gboolean
one_active (gpointer user_data)
{
  return bobbin_queue_get_counts (user_data)->active == 1;
}

/* More workers start at once; fewer let the running ones end. */
static void
test_at_once_changes (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *first;

  bobbin_queue_set_at_once (fixture->queue, 1);
  first = add (fixture, "/sleep/0.4?1");
  for (guint i = 0; i < 5; i++)
    add (fixture, "/sleep/0.4?2");
  bobbin_test_wait (one_active, fixture->queue);
  bobbin_queue_set_at_once (fixture->queue, 3);
  bobbin_test_wait (three_active, fixture->queue);
  g_assert_cmpint (bobbin_download_get_state (first), ==, BOBBIN_STATE_CONNECTING);

  bobbin_queue_set_at_once (fixture->queue, 1);
  bobbin_test_wait (one_active, fixture->queue);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpuint (bobbin_queue_get_counts (fixture->queue)->finished, ==, 6);
  g_assert_cmpuint (bobbin_queue_get_run (fixture->queue)->most_at_once, ==, 3);
}

/* Threads that idle since a run of many do not make one at a time two. */
static void
test_at_once_lowered_when_idle (Fixture *fixture, gconstpointer data)
{
  bobbin_queue_set_at_once (fixture->queue, 8);
  for (guint i = 0; i < 8; i++)
    add (fixture, "/sleep/0.1");
  bobbin_test_wait_for_run (fixture->queue);
  bobbin_queue_set_at_once (fixture->queue, 1);
  for (guint i = 0; i < 6; i++)
    add (fixture, "/sleep/0.05");
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpuint (bobbin_queue_get_run (fixture->queue)->finished, ==, 6);
  g_assert_cmpuint (bobbin_queue_get_run (fixture->queue)->most_at_once, ==, 1);
}

static gboolean
has_received_some (gpointer user_data)
{
  return bobbin_download_get_received (user_data) > 20000;
}

static gboolean
nothing_runs (gpointer user_data)
{
  return !bobbin_run_is_running (bobbin_queue_get_run (user_data));
}

static void
test_pause_resume (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download = add (fixture, "/bytes/400000?rate=400000");
  goffset held;

  bobbin_test_wait (has_received_some, download);
  bobbin_queue_pause (fixture->queue, download);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_PAUSED);
  bobbin_test_wait (nothing_runs, fixture->queue);
  held = bobbin_download_get_received (download);
  g_assert_cmpint (held, <, 400000);

  bobbin_queue_resume (fixture->queue, download);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_no_error (bobbin_download_get_error (download));
  assert_bytes (fixture, "400000", 400000);
  /* What was held was not fetched again. */
  g_assert_cmpint (bobbin_queue_get_run (fixture->queue)->bytes, ==, 400000 - held);
}

/* Paused and resumed again and again, without waiting for the worker. */
static void
test_pause_resume_at_once (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download = add (fixture, "/bytes/200000?rate=400000");

  for (guint i = 0; i < 20; i++)
    {
      gint64 until = g_get_monotonic_time () + g_test_rand_int_range (0, 20000);

      bobbin_queue_pause (fixture->queue, download);
      bobbin_queue_pause (fixture->queue, download);
      bobbin_queue_resume (fixture->queue, download);
      while (g_get_monotonic_time () < until)
        g_main_context_iteration (NULL, FALSE);
    }
  bobbin_test_wait_for_run (fixture->queue);
  assert_counts (fixture->queue);
  assert_bytes (fixture, "200000", 200000);
}

/* What a worker told before it was stopped does not count any more. */
static void
test_pause_resume_before_told (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download = add (fixture, "/bytes/1000?delay=0.1");

  /* Time for the worker to take it, while the main loop hears nothing. */
  g_usleep (50000);
  bobbin_queue_pause (fixture->queue, download);
  bobbin_queue_resume (fixture->queue, download);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_WAITING);
  bobbin_test_wait_for_run (fixture->queue);
  assert_counts (fixture->queue);
  g_assert_no_error (bobbin_download_get_error (download));
  assert_bytes (fixture, "1000", 1000);
}

/* Those that wait for a worker can be paused as well, and go by their place
 * when they are resumed. */
static void
test_pause_waiting (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *downloads[6];

  bobbin_queue_set_at_once (fixture->queue, 1);
  /* The first one takes long enough for what is asked meanwhile. */
  for (guint i = 0; i < G_N_ELEMENTS (downloads); i++)
    downloads[i] = add (fixture, i == 0 ? "/sleep/3" : "/sleep/0.1");
  bobbin_test_wait_for_state (downloads[0], BOBBIN_STATE_CONNECTING);
  g_assert_cmpuint (bobbin_queue_get_place_in_line (fixture->queue, downloads[0]), ==, 0);
  for (guint i = 1; i < G_N_ELEMENTS (downloads); i++)
    g_assert_cmpuint (bobbin_queue_get_place_in_line (fixture->queue, downloads[i]), ==, i);

  bobbin_queue_pause (fixture->queue, downloads[1]);
  bobbin_queue_pause (fixture->queue, downloads[3]);
  assert_counts (fixture->queue);
  g_assert_cmpuint (bobbin_queue_get_place_in_line (fixture->queue, downloads[2]), ==, 1);
  g_assert_cmpuint (bobbin_queue_get_place_in_line (fixture->queue, downloads[4]), ==, 2);

  bobbin_queue_resume (fixture->queue, downloads[3]);
  g_assert_cmpuint (bobbin_queue_get_place_in_line (fixture->queue, downloads[3]), ==, 2);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpint (bobbin_download_get_state (downloads[1]), ==, BOBBIN_STATE_PAUSED);
  g_assert_cmpuint (bobbin_download_get_end_order (downloads[2]), ==, 2);
  g_assert_cmpuint (bobbin_download_get_end_order (downloads[3]), ==, 3);
}

static void
test_pause_all (Fixture *fixture, gconstpointer data)
{
  /* Long enough that none ends before all are paused. */
  bobbin_queue_set_at_once (fixture->queue, 30);
  for (guint i = 0; i < 50; i++)
    add (fixture, "/sleep/2");
  bobbin_test_wait_for_state (bobbin_test_get (fixture->queue, 0), BOBBIN_STATE_CONNECTING);
  bobbin_queue_pause_all (fixture->queue);
  assert_counts (fixture->queue);
  g_assert_cmpuint (bobbin_queue_get_counts (fixture->queue)->paused, ==, 50);
  bobbin_test_wait (nothing_runs, fixture->queue);
  bobbin_queue_resume_all (fixture->queue);
  assert_counts (fixture->queue);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpuint (bobbin_queue_get_counts (fixture->queue)->finished, ==, 50);
}

/* A list model whose every change is told right: a copy that follows the
 * signals stays the same as the list. */
static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  GPtrArray *copy = user_data;

  if (removed > 0)
    g_ptr_array_remove_range (copy, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (copy, (gint) (position + i), bobbin_test_get (BOBBIN_QUEUE (model), position + i));
  g_assert_cmpuint (copy->len, ==, g_list_model_get_n_items (model));
  for (guint i = 0; i < copy->len; i++)
    g_assert_true (g_ptr_array_index (copy, i) == bobbin_test_get (BOBBIN_QUEUE (model), i));
}

static void
test_remove_restore (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) copy = g_ptr_array_new ();
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);

  g_signal_connect (fixture->queue, "items-changed", G_CALLBACK (on_items_changed), copy);
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:1/%u", i);

      g_ptr_array_add (links, bobbin_link_new (uri, NULL));
    }
  bobbin_queue_add (fixture->queue, links, TRUE);

  for (guint round = 0; round < 30; round++)
    {
      guint one_in = (guint) g_test_rand_int_range (1, 100);
      g_autoptr (GPtrArray) some = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = copy->len; i > 0; i--)
        if (g_test_rand_int_range (0, (gint) one_in) == 0)
          g_ptr_array_add (some, g_object_ref (g_ptr_array_index (copy, i - 1)));
      bobbin_queue_remove (fixture->queue, some);
      assert_counts (fixture->queue);
      g_assert_cmpuint (copy->len, ==, 500 - some->len);
      bobbin_queue_restore (fixture->queue, some);
      assert_counts (fixture->queue);
      for (guint i = 0; i < copy->len; i++)
        g_assert_cmpuint (bobbin_download_get_order (g_ptr_array_index (copy, i)), ==, i);
    }
}

/* Removing holds a running download; Undo lets it go on where it was. */
static void
test_remove_running (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinDownload) download = g_object_ref (add (fixture, "/bytes/200000?rate=400000"));
  g_autoptr (GPtrArray) array = array_of (download);

  bobbin_test_wait (has_received_some, download);
  g_assert_true (
      bobbin_queue_has_uri (fixture->queue, bobbin_link_get_uri (bobbin_download_get_link (download))));
  bobbin_queue_remove (fixture->queue, array);
  g_assert_false (
      bobbin_queue_has_uri (fixture->queue, bobbin_link_get_uri (bobbin_download_get_link (download))));
  assert_counts (fixture->queue);
  bobbin_test_wait (nothing_runs, fixture->queue);
  bobbin_queue_restore (fixture->queue, array);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_WAITING);
  bobbin_test_wait_for_run (fixture->queue);
  assert_counts (fixture->queue);
  assert_bytes (fixture, "200000", 200000);
}

/* A run knows whether it has left something behind that was paused in it. */
static void
test_held (Fixture *fixture, gconstpointer data)
{
  const BobbinRun *run = bobbin_queue_get_run (fixture->queue);
  BobbinDownload *slow = add (fixture, "/bytes/300000?rate=400000");
  BobbinDownload *quick = add (fixture, "/bytes/10");

  bobbin_test_wait (has_received_some, slow);
  bobbin_test_wait_for_state (quick, BOBBIN_STATE_FINISHED);
  bobbin_queue_pause (fixture->queue, slow);
  bobbin_test_wait (nothing_runs, fixture->queue);
  g_assert_cmpuint (run->held, ==, 1);
  g_assert_cmpuint (run->finished, ==, 1);

  /* Another run is not concerned, and neither is one that takes it up again. */
  add (fixture, "/bytes/20");
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpuint (run->held, ==, 0);
  bobbin_queue_resume (fixture->queue, slow);
  bobbin_test_wait_for_state (slow, BOBBIN_STATE_RECEIVING);
  bobbin_queue_pause (fixture->queue, slow);
  bobbin_queue_resume (fixture->queue, slow);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpuint (run->held, ==, 0);
  g_assert_cmpuint (run->finished, ==, 1);
}

/* What was removed does not count in the figures. */
static void
test_removed_left_out (Fixture *fixture, gconstpointer data)
{
  const BobbinRun *run = bobbin_queue_get_run (fixture->queue);
  g_autoptr (BobbinDownload) removed = g_object_ref (add (fixture, "/bytes/300000?rate=400000"));
  g_autoptr (GPtrArray) array = array_of (removed);
  BobbinDownload *kept = add (fixture, "/bytes/200000?rate=400000");

  bobbin_test_wait (has_received_some, removed);
  bobbin_queue_remove (fixture->queue, array);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpint (run->bytes, ==, 200000);
  g_assert_cmpint (run->ended_time, ==, bobbin_download_get_own_time (kept));
  g_assert_cmpuint (run->held, ==, 0);
}

static gboolean
has (Fixture *fixture, const char *path)
{
  g_autofree char *uri = g_strconcat (bobbin_demo_server_get_uri (fixture->server), path, NULL);

  return bobbin_queue_has_uri (fixture->queue, uri);
}

/* What is in the list is known through all its changes, also when the same
 * link is there twice. */
static void
test_has_uri (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinDownload) first = NULL;
  g_autoptr (GPtrArray) array = NULL;

  g_assert_false (has (fixture, "/bytes/1"));
  first = g_object_ref (add (fixture, "/bytes/1"));
  array = array_of (first);
  g_assert_true (has (fixture, "/bytes/1"));
  add (fixture, "/bytes/2");
  add (fixture, "/bytes/1");
  g_assert_true (has (fixture, "/bytes/2"));

  bobbin_queue_remove (fixture->queue, array);
  g_assert_true (has (fixture, "/bytes/1"));
  g_ptr_array_index (array, 0) = bobbin_test_get (fixture->queue, 1);
  bobbin_queue_remove (fixture->queue, array);
  g_assert_false (has (fixture, "/bytes/1"));
  g_ptr_array_index (array, 0) = first;
  bobbin_queue_restore (fixture->queue, array);
  g_assert_true (has (fixture, "/bytes/1"));
  bobbin_test_wait_for_run (fixture->queue);
}

static gboolean
is_let_go (gpointer user_data)
{
  return bobbin_download_get_n_parts (user_data) == 0;
}

static guint
count_files (Fixture *fixture)
{
  g_auto (GStrv) names = bobbin_test_list_folder (fixture->folder);

  return g_strv_length (names);
}

/* What is discarded leaves nothing behind: not what a worker still has, not
 * what was held, and not at the end of the program. */
static void
test_discard (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *held = add (fixture, "/bytes/100000000?rate=1000000&name=held");
  BobbinDownload *active = add (fixture, "/bytes/100000001?rate=1000000&name=active");
  BobbinDownload *last = add (fixture, "/bytes/100000002?rate=1000000&name=last");
  g_autoptr (GPtrArray) both = array_of (held);
  g_autoptr (GPtrArray) one = array_of (last);

  g_ptr_array_add (both, active);
  bobbin_test_wait (has_received_some, held);
  bobbin_test_wait (has_received_some, active);
  bobbin_test_wait (has_received_some, last);
  bobbin_queue_pause (fixture->queue, held);
  bobbin_test_wait (is_let_go, held);
  g_assert_cmpuint (count_files (fixture), ==, 3);
  bobbin_queue_discard (fixture->queue, both);
  while (count_files (fixture) > 1)
    g_main_context_iteration (NULL, FALSE);
  bobbin_queue_discard (fixture->queue, one);
  bobbin_queue_stop (fixture->queue);
  g_assert_cmpuint (count_files (fixture), ==, 0);
  g_assert_cmpuint (bobbin_queue_get_counts (fixture->queue)->total, ==, 0);
}

/* Somebody else's file in its place stays. */
static void
test_discard_ours_only (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download = add (fixture, "/bytes/100000000?rate=1000000&name=own");
  g_autofree char *part = g_build_filename (fixture->folder, "own.part", NULL);
  g_autofree char *aside = g_build_filename (fixture->folder, "aside", NULL);
  g_autoptr (GPtrArray) one = array_of (download);

  bobbin_test_wait (has_received_some, download);
  bobbin_queue_pause (fixture->queue, download);
  bobbin_test_wait (is_let_go, download);
  g_assert_cmpint (g_rename (part, aside), ==, 0);
  g_assert_true (g_file_set_contents (part, "mine", -1, NULL));
  bobbin_queue_discard (fixture->queue, one);
  bobbin_queue_stop (fixture->queue);
  bobbin_test_assert_file (fixture->folder, "own.part", "mine", 4);
}

static void
test_retry (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download = add (fixture, "/bytes/5?status=404");

  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FAILED);
  bobbin_queue_retry (fixture->queue, download);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_WAITING);
  g_assert_no_error (bobbin_download_get_error (download));
  assert_counts (fixture->queue);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FAILED);
  g_assert_cmpuint (bobbin_queue_get_counts (fixture->queue)->failed, ==, 1);
}

/* At the end of the program: nothing hangs, and nothing incomplete stands
 * under a final name. */
static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < 4; i++)
    add (fixture, "/bytes/100000000?rate=1000000");
  for (guint i = 0; i < 20; i++)
    add (fixture, "/sleep/60");
  bobbin_test_wait (has_received_some, bobbin_test_get (fixture->queue, 0));
  bobbin_queue_stop (fixture->queue);
  bobbin_queue_stop (fixture->queue);

  assert_counts (fixture->queue);
  g_assert_cmpuint (bobbin_queue_get_counts (fixture->queue)->active, ==, 0);
  g_assert_false (bobbin_run_is_running (bobbin_queue_get_run (fixture->queue)));
  names = bobbin_test_list_folder (fixture->folder);
  g_assert_cmpuint (g_strv_length (names), >, 0);
  for (char **name = names; *name != NULL; name++)
    g_assert_true (g_str_has_suffix (*name, ".part"));
}

static void
free_queue (BobbinQueue *queue, gpointer user_data)
{
  g_clear_object ((BobbinQueue **) user_data);
}

/* Whoever hears that the run is over may be the one who is done with the
 * queue. */
static void
test_free_when_finished (Fixture *fixture, gconstpointer data)
{
  BobbinQueue *queue = fixture->queue;

  fixture->queue = bobbin_queue_new ();
  g_signal_connect (queue, "run-finished", G_CALLBACK (free_queue), &queue);
  {
    g_autofree char *uri = g_strconcat (bobbin_demo_server_get_uri (fixture->server), "/bytes/10", NULL);

    bobbin_test_add (queue, fixture->folder, uri);
  }
  while (queue != NULL)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Nothing wakes up while nothing happens. */
static void
test_idle (Fixture *fixture, gconstpointer data)
{
  guint n_changed = 0;
  gint64 until;

  add (fixture, "/bytes/10");
  bobbin_test_wait_for_run (fixture->queue);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_signal_connect (fixture->queue, "changed", G_CALLBACK (count_signal), &n_changed);
  until = g_get_monotonic_time () + 300000;
  while (g_get_monotonic_time () < until)
    g_assert_false (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpuint (n_changed, ==, 0);
}

/* What the workers are doing now, and what they did then. */
static void
test_timeline (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *slow = add (fixture, "/bytes/40000?rate=80000&name=slow.bin");
  BobbinDownload *missing = add (fixture, "/nothing-here");
  const BobbinTimeline *timeline = bobbin_queue_get_timeline (fixture->queue);
  g_autoptr (GArray) running = NULL;
  g_autoptr (GArray) none = NULL;
  guint n_failed = 0;

  bobbin_test_wait_for_state (slow, BOBBIN_STATE_RECEIVING);
  running = bobbin_queue_dup_running (fixture->queue);
  g_assert_cmpuint (running->len, >=, 1);
  for (guint i = 0; i < running->len; i++)
    {
      const BobbinSpan *span = &g_array_index (running, BobbinSpan, i);

      g_assert_cmpint (span->end, ==, 0);
      g_assert_cmpint (span->how, ==, BOBBIN_SPAN_RUNNING);
      g_assert_cmpint (span->start, >=, timeline->start);
    }
  bobbin_test_wait_for_run (fixture->queue);
  none = bobbin_queue_dup_running (fixture->queue);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (timeline->spans->len, ==, 2);
  for (guint i = 0; i < timeline->spans->len; i++)
    {
      const BobbinSpan *span = &g_array_index (timeline->spans, BobbinSpan, i);

      g_assert_cmpint (span->end, >=, span->start);
      n_failed += span->how == BOBBIN_SPAN_FAILED;
      if (span->download == missing)
        g_assert_nonnull (span->error);
      else
        g_assert_cmpint (span->head, >=, span->start);
    }
  g_assert_cmpuint (n_failed, ==, 1);
  g_assert_cmpint (ABS (bobbin_queue_get_run (fixture->queue)->began - g_get_real_time ()), <,
                   60 * G_USEC_PER_SEC);
}

#define ADD(name, function) g_test_add ("/queue/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  bobbin_test_init (&argc, &argv);
  ADD ("downloads", test_downloads);
  ADD ("one-at-a-time", test_one_at_a_time);
  ADD ("at-once-changes", test_at_once_changes);
  ADD ("at-once-lowered-when-idle", test_at_once_lowered_when_idle);
  ADD ("pause-resume", test_pause_resume);
  ADD ("pause-resume-at-once", test_pause_resume_at_once);
  ADD ("pause-resume-before-told", test_pause_resume_before_told);
  ADD ("pause-waiting", test_pause_waiting);
  ADD ("pause-all", test_pause_all);
  ADD ("remove-restore", test_remove_restore);
  ADD ("remove-running", test_remove_running);
  ADD ("held", test_held);
  ADD ("removed-left-out", test_removed_left_out);
  ADD ("has-uri", test_has_uri);
  ADD ("discard", test_discard);
  ADD ("discard-ours-only", test_discard_ours_only);
  ADD ("retry", test_retry);
  ADD ("stop", test_stop);
  ADD ("free-when-finished", test_free_when_finished);
  ADD ("idle", test_idle);
  ADD ("timeline", test_timeline);
  return g_test_run ();
}
