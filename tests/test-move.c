/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-server.h"
#include "bobbin-test.h"

/* Five downloads, one worker that is busy with the first. */
typedef struct
{
  char *folder;
  char *state;
  BobbinDemoServer *server;
  BobbinStore *store;
  BobbinQueue *queue;
  BobbinDownload *downloads[5];
} Fixture;

static void
start (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->state, "downloads.sqlite", NULL);
  g_autoptr (GPtrArray) records = NULL;

  fixture->store = bobbin_store_open (path);
  records = bobbin_store_load (fixture->store, NULL, NULL);
  fixture->queue = bobbin_queue_new ();
  bobbin_queue_set_store (fixture->queue, fixture->store);
  bobbin_queue_set_at_once (fixture->queue, 1);
  bobbin_queue_load (fixture->queue, records);
}

static void
end (Fixture *fixture)
{
  bobbin_queue_stop (fixture->queue);
  g_assert_finalize_object (fixture->queue);
  bobbin_store_close (fixture->store);
  bobbin_store_unref (fixture->store);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = bobbin_test_make_folder ();
  fixture->state = bobbin_test_make_folder ();
  fixture->server = bobbin_demo_server_new (&error);
  g_assert_no_error (error);
  start (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->downloads); i++)
    {
      g_autofree char *uri = g_strdup_printf ("%s/bytes/100000?rate=1000&name=%u",
                                              bobbin_demo_server_get_uri (fixture->server), i);

      fixture->downloads[i] = bobbin_test_add (fixture->queue, fixture->folder, uri);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  end (fixture);
  bobbin_demo_server_free (fixture->server);
  bobbin_test_remove_folder (fixture->folder);
  bobbin_test_remove_folder (fixture->state);
  g_free (fixture->folder);
  g_free (fixture->state);
}

/* "24": the third and the fifth download */
static GPtrArray *
get_some (Fixture *fixture, const char *numbers)
{
  GPtrArray *some = g_ptr_array_new ();

  for (; *numbers != '\0'; numbers++)
    g_ptr_array_add (some, fixture->downloads[*numbers - '0']);
  return some;
}

/* Those in line stand there as in the list. */
static void
assert_line (Fixture *fixture, guint n)
{
  guint place = 0;

  for (guint i = 0; i < n; i++)
    {
      BobbinDownload *download = bobbin_test_get (fixture->queue, i);

      if (bobbin_download_get_state (download) == BOBBIN_STATE_WAITING
          && bobbin_queue_get_wait (fixture->queue, download) != BOBBIN_WAIT_RETRY)
        g_assert_cmpuint (bobbin_queue_get_place_in_line (fixture->queue, download), ==, ++place);
    }
}

static void
assert_order (Fixture *fixture, const char *numbers)
{
  const guint n = (guint) strlen (numbers);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, n);
  for (guint i = 0; i < n; i++)
    {
      BobbinDownload *download = bobbin_test_get (fixture->queue, i);

      g_assert_true (download == fixture->downloads[numbers[i] - '0']);
      if (i > 0)
        g_assert_cmpint (bobbin_download_get_order (bobbin_test_get (fixture->queue, i - 1)), <,
                         bobbin_download_get_order (download));
    }
}

static void
pause_all (Fixture *fixture)
{
  bobbin_queue_pause_all (fixture->queue);
}

static void
test_steps (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    void (*move) (BobbinQueue *queue, GPtrArray *downloads);
    const char *downloads;
    const char *order;
  } moves[] = {
    { bobbin_queue_move_up, "3", "01324" },    { bobbin_queue_move_up, "13", "13024" },
    { bobbin_queue_move_up, "1", "13024" },    { bobbin_queue_move_up, "132", "13204" },
    { bobbin_queue_move_down, "1", "31204" },  { bobbin_queue_move_down, "04", "31204" },
    { bobbin_queue_move_down, "31", "23104" }, { bobbin_queue_move_down, "23104", "23104" },
    { bobbin_queue_move_down, "4", "23104" },  { bobbin_queue_move_up, "24", "23140" },
  };

  pause_all (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autoptr (GPtrArray) some = get_some (fixture, moves[i].downloads);

      moves[i].move (fixture->queue, some);
      assert_order (fixture, moves[i].order);
    }
}

static void
test_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) one = get_some (fixture, "3");
  g_autoptr (GPtrArray) two = get_some (fixture, "42");
  g_autoptr (GPtrArray) all = get_some (fixture, "01234");

  pause_all (fixture);
  bobbin_queue_move_first (fixture->queue, one);
  assert_order (fixture, "30124");
  bobbin_queue_move_first (fixture->queue, two);
  assert_order (fixture, "24301");
  bobbin_queue_move_first (fixture->queue, two);
  assert_order (fixture, "24301");
  bobbin_queue_move_first (fixture->queue, all);
  assert_order (fixture, "24301");
}

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, GString *changes)
{
  g_string_append_printf (changes, "%u %u %u;", position, removed, added);
}

/* As one change that has the moved ones in it, so that they stay selected. */
static void
test_signals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (GPtrArray) some = get_some (fixture, "13");

  pause_all (fixture);
  g_signal_connect (fixture->queue, "items-changed", G_CALLBACK (changed_cb), changes);
  bobbin_queue_move_up (fixture->queue, some);
  bobbin_queue_move_first (fixture->queue, some);
  g_assert_cmpstr (changes->str, ==, "0 4 4;0 3 3;");
}

static gboolean
is_busy (gpointer user_data)
{
  Fixture *fixture = user_data;

  return bobbin_download_get_state (fixture->downloads[0]) == BOBBIN_STATE_RECEIVING;
}

static gboolean
is_third_busy (gpointer user_data)
{
  Fixture *fixture = user_data;

  return bobbin_download_get_state (fixture->downloads[3]) == BOBBIN_STATE_RECEIVING;
}

/* The order of the list is the order in line. */
static void
test_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) one = get_some (fixture, "3");
  g_autoptr (GPtrArray) last = get_some (fixture, "4");

  bobbin_test_wait (is_busy, fixture);
  bobbin_queue_move_first (fixture->queue, one);
  assert_order (fixture, "30124");
  g_assert_cmpint (bobbin_download_get_state (fixture->downloads[0]), ==, BOBBIN_STATE_RECEIVING);
  bobbin_queue_move_up (fixture->queue, last);
  assert_order (fixture, "30142");
  g_assert_cmpuint (bobbin_queue_get_place_in_line (fixture->queue, fixture->downloads[2]), ==, 4);
  g_assert_cmpuint (bobbin_queue_get_place_in_line (fixture->queue, fixture->downloads[4]), ==, 3);
  bobbin_queue_pause (fixture->queue, fixture->downloads[1]); /* the pool may have it already */
  bobbin_queue_pause (fixture->queue, fixture->downloads[0]);
  bobbin_test_wait (is_third_busy, fixture);
  assert_line (fixture, 5);
}

/* What has ended is stepped over, and stays where it is. */
static void
test_ended (Fixture *fixture, gconstpointer data)
{
  const char *server = bobbin_demo_server_get_uri (fixture->server);
  g_autofree char *nothing = g_strconcat (server, "/nothing", NULL);
  g_autofree char *something = g_strconcat (server, "/bytes/9", NULL);
  g_autoptr (GPtrArray) ended = g_ptr_array_new ();
  g_autoptr (GPtrArray) late = g_ptr_array_new ();
  BobbinDownload *failed = bobbin_test_add (fixture->queue, fixture->folder, nothing);

  pause_all (fixture);
  bobbin_queue_resume (fixture->queue, failed);
  bobbin_test_wait_for_state (failed, BOBBIN_STATE_FAILED);
  g_ptr_array_add (ended, failed);
  bobbin_queue_move_up (fixture->queue, ended);
  bobbin_queue_move_first (fixture->queue, ended);
  g_assert_true (bobbin_test_get (fixture->queue, 5) == failed);

  g_ptr_array_add (late, bobbin_test_add (fixture->queue, fixture->folder, something));
  bobbin_queue_pause (fixture->queue, g_ptr_array_index (late, 0));
  bobbin_queue_move_up (fixture->queue, late);
  g_assert_true (bobbin_test_get (fixture->queue, 4) == g_ptr_array_index (late, 0));
  g_assert_true (bobbin_test_get (fixture->queue, 5) == failed);
  g_assert_true (bobbin_test_get (fixture->queue, 6) == fixture->downloads[4]);
}

/* Removed ones come back to where they belong, whatever has moved since. */
static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) removed = get_some (fixture, "2");
  g_autoptr (GPtrArray) last = get_some (fixture, "4");

  pause_all (fixture);
  bobbin_queue_remove (fixture->queue, removed);
  bobbin_queue_move_up (fixture->queue, last);
  bobbin_queue_move_first (fixture->queue, last);
  bobbin_queue_move_first (fixture->queue, removed);
  assert_order (fixture, "4013");
  bobbin_queue_restore (fixture->queue, removed);
  assert_order (fixture, "40123");
}

/* The next start has the same order, and goes on from there. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) first = get_some (fixture, "34");
  g_autoptr (GPtrArray) up = get_some (fixture, "2");

  for (guint round = 0; round < 3; round++)
    {
      pause_all (fixture);
      bobbin_queue_move_first (fixture->queue, first);
      bobbin_queue_move_up (fixture->queue, up);
      assert_order (fixture, "34021");
      bobbin_queue_move_down (fixture->queue, up);
      assert_order (fixture, "34012");
      end (fixture);
      start (fixture);
      for (guint i = 0; i < 5; i++)
        {
          BobbinDownload *download = bobbin_test_get (fixture->queue, i);
          const char *uri = bobbin_link_get_uri (bobbin_download_get_link (download));

          fixture->downloads[uri[strlen (uri) - 1] - '0'] = download;
        }
      for (guint i = 0; i < 2; i++)
        g_ptr_array_index (first, i) = fixture->downloads[3 + i];
      g_ptr_array_index (up, 0) = fixture->downloads[2];
      assert_order (fixture, "34012");
    }
}

#define ADD(name, function) g_test_add ("/move/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  bobbin_test_init (&argc, &argv);
  ADD ("steps", test_steps);
  ADD ("first", test_first);
  ADD ("signals", test_signals);
  ADD ("line", test_line);
  ADD ("ended", test_ended);
  ADD ("removed", test_removed);
  ADD ("kept", test_kept);
  return g_test_run ();
}
