/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-server.h"
#include "bobbin-list-model.h"
#include "bobbin-test.h"

typedef struct
{
  char *folder;
  BobbinDemoServer *server;
  BobbinQueue *queue;
  BobbinListModel *model;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = bobbin_test_make_folder ();
  fixture->server = bobbin_demo_server_new (&error);
  g_assert_no_error (error);
  fixture->queue = bobbin_queue_new ();
  fixture->model = bobbin_list_model_new (fixture->queue);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  bobbin_list_model_free (fixture->model);
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

static void
assert_rows (Fixture *fixture, guint n, BobbinDownload *const *downloads)
{
  GListModel *rows = bobbin_list_model_get_rows (fixture->model);

  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BobbinDownload) row = g_list_model_get_item (rows, i);

      g_assert_true (row == downloads[i]);
    }
}

/* As the results of map() and of as_completed(). */
static void
test_orders (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *slow = add (fixture, "/sleep/0.6");
  BobbinDownload *failed = add (fixture, "/nothing");
  BobbinDownload *quick = add (fixture, "/sleep/0.3");

  bobbin_test_wait_for_run (fixture->queue);
  assert_rows (fixture, 3, (BobbinDownload *[]){ slow, failed, quick });
  bobbin_list_model_set_order (fixture->model, BOBBIN_ORDER_FINISHED);
  assert_rows (fixture, 3, (BobbinDownload *[]){ failed, quick, slow });
  bobbin_list_model_set_order (fixture->model, BOBBIN_ORDER_ADDED);
  assert_rows (fixture, 3, (BobbinDownload *[]){ slow, failed, quick });
}

/* Ended first, then active, then those in line; a row moves when it ends. */
static void
test_moves (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *first, *second, *third;

  bobbin_list_model_set_order (fixture->model, BOBBIN_ORDER_FINISHED);
  bobbin_queue_set_at_once (fixture->queue, 2);
  first = add (fixture, "/sleep/30");
  second = add (fixture, "/sleep/0.3");
  third = add (fixture, "/sleep/30");
  bobbin_test_wait_for_state (first, BOBBIN_STATE_CONNECTING);
  bobbin_list_model_states_changed (fixture->model);
  assert_rows (fixture, 3, (BobbinDownload *[]){ first, second, third });
  bobbin_test_wait_for_state (second, BOBBIN_STATE_FINISHED);
  bobbin_test_wait_for_state (third, BOBBIN_STATE_CONNECTING);
  bobbin_list_model_states_changed (fixture->model);
  assert_rows (fixture, 3, (BobbinDownload *[]){ second, first, third });
  bobbin_queue_pause (fixture->queue, first);
  bobbin_list_model_states_changed (fixture->model);
  assert_rows (fixture, 3, (BobbinDownload *[]){ second, third, first });
  bobbin_queue_stop (fixture->queue);
}

/* Numbers by their value, and whatever the case. */
static void
test_by_name (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *ten, *two, *larch, *Birch;

  ten = add (fixture, "/img10.jpg");
  larch = add (fixture, "/larch.jpg");
  two = add (fixture, "/img2.jpg");
  Birch = add (fixture, "/Birch.jpg");
  bobbin_list_model_set_order (fixture->model, BOBBIN_ORDER_NAME);
  assert_rows (fixture, 4, (BobbinDownload *[]){ Birch, two, ten, larch });
  bobbin_queue_stop (fixture->queue);
}

static void
test_by_size (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *small, *large, *unknown;

  small = add (fixture, "/bytes/100");
  unknown = add (fixture, "/nothing");
  large = add (fixture, "/bytes/2000");
  bobbin_test_wait_for_run (fixture->queue);
  bobbin_list_model_set_order (fixture->model, BOBBIN_ORDER_SIZE);
  assert_rows (fixture, 3, (BobbinDownload *[]){ large, small, unknown });
}

static void
test_by_state (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *finished, *failed, *active, *waiting, *paused;

  bobbin_list_model_set_order (fixture->model, BOBBIN_ORDER_STATE);
  bobbin_queue_set_at_once (fixture->queue, 1);
  finished = add (fixture, "/sleep/0");
  failed = add (fixture, "/nothing");
  bobbin_test_wait_for_run (fixture->queue);
  active = add (fixture, "/sleep/30");
  paused = add (fixture, "/sleep/32");
  bobbin_queue_pause (fixture->queue, paused);
  waiting = add (fixture, "/sleep/31");
  bobbin_test_wait_for_state (active, BOBBIN_STATE_CONNECTING);
  bobbin_list_model_states_changed (fixture->model);
  assert_rows (fixture, 5, (BobbinDownload *[]){ active, waiting, paused, failed, finished });
  bobbin_queue_stop (fixture->queue);
}

static void
test_order_nicks (void)
{
  for (guint i = 0; i < BOBBIN_N_ORDERS; i++)
    g_assert_cmpint (bobbin_order_for_nick (bobbin_order_get_nick ((BobbinOrder) i)), ==, i);
  g_assert_cmpint (bobbin_order_for_nick ("no such"), ==, BOBBIN_ORDER_ADDED);
}

static gboolean
is_idle (gpointer user_data)
{
  Fixture *fixture = user_data;

  return !bobbin_list_model_is_busy (fixture->model)
         && gtk_sort_list_model_get_pending (
                GTK_SORT_LIST_MODEL (bobbin_list_model_get_rows (fixture->model)))
                == 0;
}

/* A long list is searched and sorted in many turns, and pauses, resumes, goes
 * and comes back in many. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  const guint n = 20000;
  GListModel *rows = bobbin_list_model_get_rows (fixture->model);
  const BobbinCounts *counts = bobbin_queue_get_counts (fixture->queue);
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (BobbinDownload) first = NULL;
  g_autofree char *name = NULL;
  gboolean gone = FALSE;

  bobbin_queue_set_at_once (fixture->queue, 1);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *uri
          = g_strdup_printf ("%s/sleep/30?name=%u", bobbin_demo_server_get_uri (fixture->server), n - i);
      BobbinLink *link = bobbin_link_new (uri, NULL);

      bobbin_link_set_folder (link, fixture->folder);
      bobbin_link_set_name (link, strrchr (uri, '=') + 1);
      g_ptr_array_add (links, link);
    }
  bobbin_queue_add (fixture->queue, links, TRUE);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (all, g_list_model_get_item (G_LIST_MODEL (fixture->queue), i));

  bobbin_queue_resume_all (fixture->queue);
  bobbin_queue_pause_all (fixture->queue); /* after that, and as many turns later */
  bobbin_queue_remove (fixture->queue, all);
  bobbin_queue_restore (fixture->queue, all);
  /* All are there and paused once before they go, too. */
  while (!gone || counts->total < n || counts->paused < n)
    {
      g_assert_cmpuint (counts->total, ==, g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)));
      g_main_context_iteration (NULL, TRUE);
      gone |= counts->total < n;
    }
  for (guint i = 0; i < n; i++)
    g_assert_true (bobbin_test_get (fixture->queue, i) == g_ptr_array_index (all, i));

  bobbin_list_model_set_search (fixture->model, "19");
  g_assert_true (bobbin_list_model_is_busy (fixture->model));
  bobbin_test_wait (is_idle, fixture);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1578);
  bobbin_list_model_set_order (fixture->model, BOBBIN_ORDER_NAME);
  bobbin_test_wait (is_idle, fixture);
  first = g_list_model_get_item (rows, 1);
  name = bobbin_download_dup_name (first);
  g_assert_cmpstr (name, ==, "119");

  /* What has not been done at the end is done then. */
  bobbin_queue_remove (fixture->queue, all);
  bobbin_queue_stop (fixture->queue);
  g_assert_cmpuint (counts->total, ==, 0);
}

/* What is selected stays selected while rows move. */
static void
test_selection (Fixture *fixture, gconstpointer data)
{
  GListModel *rows = bobbin_list_model_get_rows (fixture->model);
  g_autoptr (GtkMultiSelection) selection = gtk_multi_selection_new (g_object_ref (rows));
  GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);
  BobbinDownload *quick;

  bobbin_list_model_set_order (fixture->model, BOBBIN_ORDER_FINISHED);
  add (fixture, "/sleep/0.4");
  quick = add (fixture, "/sleep/0.1");
  gtk_selection_model_select_item (model, 1, TRUE);
  bobbin_test_wait_for_state (quick, BOBBIN_STATE_FINISHED);
  bobbin_list_model_states_changed (fixture->model);
  g_assert_true (gtk_selection_model_is_selected (model, 0));
  g_assert_false (gtk_selection_model_is_selected (model, 1));
}

static void
test_filters (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *finished, *failed, *active, *waiting, *paused;

  bobbin_queue_set_at_once (fixture->queue, 1);
  finished = add (fixture, "/sleep/0");
  failed = add (fixture, "/nothing");
  bobbin_test_wait_for_run (fixture->queue);
  active = add (fixture, "/sleep/30");
  waiting = add (fixture, "/sleep/31");
  paused = add (fixture, "/sleep/32");
  bobbin_queue_pause (fixture->queue, paused);
  bobbin_test_wait_for_state (active, BOBBIN_STATE_CONNECTING);

  bobbin_list_model_set_filter (fixture->model, BOBBIN_FILTER_ACTIVE);
  assert_rows (fixture, 1, (BobbinDownload *[]){ active });
  bobbin_list_model_set_filter (fixture->model, BOBBIN_FILTER_WAITING);
  assert_rows (fixture, 2, (BobbinDownload *[]){ waiting, paused });
  bobbin_list_model_set_filter (fixture->model, BOBBIN_FILTER_FINISHED);
  assert_rows (fixture, 1, (BobbinDownload *[]){ finished });
  bobbin_list_model_set_filter (fixture->model, BOBBIN_FILTER_FAILED);
  assert_rows (fixture, 1, (BobbinDownload *[]){ failed });
  bobbin_queue_retry (fixture->queue, failed);
  bobbin_list_model_states_changed (fixture->model);
  assert_rows (fixture, 0, NULL);
  bobbin_list_model_set_filter (fixture->model, BOBBIN_FILTER_ALL);
  assert_rows (fixture, 5, (BobbinDownload *[]){ finished, failed, active, waiting, paused });
  bobbin_queue_stop (fixture->queue);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *birch, *larch;

  bobbin_queue_set_at_once (fixture->queue, 1);
  add (fixture, "/sleep/30");
  birch = add (fixture, "/Birch.jpg");
  larch = add (fixture, "/larch.jpg");
  bobbin_list_model_set_search (fixture->model, "RCH");
  assert_rows (fixture, 2, (BobbinDownload *[]){ birch, larch });
  bobbin_list_model_set_search (fixture->model, "irch");
  assert_rows (fixture, 1, (BobbinDownload *[]){ birch });
  bobbin_list_model_set_search (fixture->model, "127.0.0");
  g_assert_cmpuint (g_list_model_get_n_items (bobbin_list_model_get_rows (fixture->model)), ==, 3);
  bobbin_list_model_set_filter (fixture->model, BOBBIN_FILTER_FAILED);
  assert_rows (fixture, 0, NULL);
  bobbin_list_model_set_filter (fixture->model, BOBBIN_FILTER_ALL);
  bobbin_list_model_set_search (fixture->model, "");
  g_assert_cmpuint (g_list_model_get_n_items (bobbin_list_model_get_rows (fixture->model)), ==, 3);
  bobbin_queue_stop (fixture->queue);
}

static void
test_nicks (void)
{
  for (guint i = 0; i < BOBBIN_N_FILTERS; i++)
    {
      const char *nick = bobbin_filter_get_nick ((BobbinFilter) i);

      g_assert_cmpint (bobbin_filter_for_nick (nick), ==, i);
    }
  g_assert_cmpint (bobbin_filter_for_nick ("no such"), ==, BOBBIN_FILTER_ALL);
  g_assert_cmpint (bobbin_filter_for_nick (NULL), ==, BOBBIN_FILTER_ALL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  bobbin_engine_init ();

  g_test_add ("/list-model/orders", Fixture, NULL, set_up, test_orders, tear_down);
  g_test_add ("/list-model/moves", Fixture, NULL, set_up, test_moves, tear_down);
  g_test_add ("/list-model/selection", Fixture, NULL, set_up, test_selection, tear_down);
  g_test_add ("/list-model/filters", Fixture, NULL, set_up, test_filters, tear_down);
  g_test_add ("/list-model/search", Fixture, NULL, set_up, test_search, tear_down);
  g_test_add ("/list-model/by-name", Fixture, NULL, set_up, test_by_name, tear_down);
  g_test_add ("/list-model/by-size", Fixture, NULL, set_up, test_by_size, tear_down);
  g_test_add ("/list-model/by-state", Fixture, NULL, set_up, test_by_state, tear_down);
  g_test_add ("/list-model/long", Fixture, NULL, set_up, test_long, tear_down);
  g_test_add_func ("/list-model/nicks", test_nicks);
  g_test_add_func ("/list-model/order-nicks", test_order_nicks);
  return g_test_run ();
}
