/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-keeper-words.h"
#include "bobbin-test.h"

#include <glib/gstdio.h>

#define MANY 2500

static gboolean
is_open (gpointer keeper)
{
  return bobbin_keeper_is_open (keeper);
}

static char *
get_database (void)
{
  return g_build_filename (g_get_user_state_dir (), "bobbin", "downloads.sqlite", NULL);
}

static void
forget (void)
{
  g_autofree char *database = get_database ();
  g_autofree char *folder = g_path_get_dirname (database);

  bobbin_test_remove_folder (folder);
}

static BobbinKeeper *
open_keeper (BobbinQueue *queue)
{
  BobbinKeeper *keeper = bobbin_keeper_new (queue);

  bobbin_keeper_open (keeper);
  g_assert_false (bobbin_keeper_is_open (keeper));
  bobbin_test_wait (is_open, keeper);
  return keeper;
}

static void
close_keeper (BobbinKeeper *keeper, BobbinQueue *queue)
{
  bobbin_queue_stop (queue);
  bobbin_keeper_close (keeper);
  g_object_unref (keeper);
  g_object_unref (queue);
}

static void
add_paused (BobbinQueue *queue, guint n, const char *folder)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:9/%u.bin", i);
      BobbinLink *link = bobbin_link_new (uri, NULL);

      bobbin_link_set_folder (link, folder);
      g_ptr_array_add (links, link);
    }
  bobbin_queue_add (queue, links, TRUE);
}

/* All of a long list, in its order, over more slices than one. */
static void
test_round_trip (void)
{
  BobbinQueue *queue = bobbin_queue_new ();
  BobbinKeeper *keeper = open_keeper (queue);

  g_assert_cmpint (bobbin_keeper_get_notice (keeper), ==, BOBBIN_STORE_FINE);
  add_paused (queue, MANY, "/nowhere");
  close_keeper (keeper, queue);

  queue = bobbin_queue_new ();
  keeper = open_keeper (queue);
  g_assert_cmpint (bobbin_keeper_get_notice (keeper), ==, BOBBIN_STORE_FINE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, MANY);
  g_assert_cmpuint (bobbin_queue_get_counts (queue)->paused, ==, MANY);
  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (BobbinDownload) download = g_list_model_get_item (G_LIST_MODEL (queue), i);
      g_autofree char *name = bobbin_download_dup_name (download);
      g_autofree char *expected = g_strdup_printf ("%u.bin", i);

      g_assert_cmpstr (name, ==, expected);
    }
  close_keeper (keeper, queue);
  forget ();
}

static void
test_demo (void)
{
  g_autofree char *folder = g_build_filename (g_get_tmp_dir (), "bobbin-demo-ABCDEF", NULL);
  BobbinQueue *queue = bobbin_queue_new ();
  BobbinKeeper *keeper = open_keeper (queue);

  add_paused (queue, 3, folder);
  close_keeper (keeper, queue);
  for (guint start = 0; start < 2; start++)
    {
      queue = bobbin_queue_new ();
      keeper = open_keeper (queue);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 0);
      close_keeper (keeper, queue);
    }
  forget ();
}

/* Closed while the list is still being read. */
static void
test_close_early (void)
{
  BobbinQueue *queue = bobbin_queue_new ();
  BobbinKeeper *keeper = open_keeper (queue);

  add_paused (queue, MANY, "/nowhere");
  close_keeper (keeper, queue);
  queue = bobbin_queue_new ();
  keeper = bobbin_keeper_new (queue);
  bobbin_keeper_open (keeper);
  close_keeper (keeper, queue);

  queue = bobbin_queue_new ();
  keeper = open_keeper (queue);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, MANY);
  close_keeper (keeper, queue);
  forget ();
}

static void
test_damaged (void)
{
  g_autofree char *database = get_database ();
  g_autofree char *folder = g_path_get_dirname (database);
  g_autofree char *rubbish = g_strnfill (8192, 'x');
  BobbinQueue *queue = bobbin_queue_new ();
  BobbinKeeper *keeper;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (database, rubbish, -1, NULL));
  keeper = open_keeper (queue);
  g_assert_cmpint (bobbin_keeper_get_notice (keeper), ==, BOBBIN_STORE_DAMAGED);
  g_assert_nonnull (bobbin_keeper_get_kept_aside (keeper));
  g_assert_true (g_file_test (bobbin_keeper_get_kept_aside (keeper), G_FILE_TEST_IS_REGULAR));
  close_keeper (keeper, queue);
  forget ();
}

static void
test_words (void)
{
  g_autofree char *one = bobbin_keeper_words_for_recovered (1);
  g_autofree char *many = bobbin_keeper_words_for_recovered (12);

  g_assert_cmpstr (one, ==, "Recovered 1 download");
  g_assert_cmpstr (many, ==, "Recovered 12 downloads");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  bobbin_engine_init ();

  g_test_add_func ("/keeper/round-trip", test_round_trip);
  g_test_add_func ("/keeper/demo", test_demo);
  g_test_add_func ("/keeper/close-early", test_close_early);
  g_test_add_func ("/keeper/damaged", test_damaged);
  g_test_add_func ("/keeper/words", test_words);
  return g_test_run ();
}
