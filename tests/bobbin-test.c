/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-test.h"

#include <glib/gstdio.h>

/* Long enough for the slowest machine under a sanitizer: reached only when
 * something hangs. */
#define TOO_LONG_SECONDS 60

/* For main(), in the place of g_test_init(). Warnings are not fatal: libsoup 3.2
 * gives one when a length is negative, and its server one when a client goes
 * away in the wrong moment. */
void
bobbin_test_init (int *argc, char ***argv)
{
  bobbin_engine_init ();
  g_test_init (argc, argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
}

/* Tells which row of a table it is about; any bytes, since those who read the
 * output want UTF-8. */
void
bobbin_test_message (const char *text)
{
  g_autofree char *escaped = g_strescape (text != NULL ? text : "(none)", NULL);

  g_test_message ("%s", escaped);
}

static gboolean
on_too_long (gpointer user_data)
{
  g_error ("Waited for %d s in vain", TOO_LONG_SECONDS);
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until @done says so. */
void
bobbin_test_wait (BobbinTestFunc done, gpointer user_data)
{
  guint id = g_timeout_add_seconds (TOO_LONG_SECONDS, on_too_long, NULL);

  while (!done (user_data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

static gboolean
run_is_over (gpointer user_data)
{
  const BobbinCounts *counts = bobbin_queue_get_counts (user_data);

  return counts->active == 0 && counts->waiting == 0
         && !bobbin_run_is_running (bobbin_queue_get_run (user_data));
}

/* Runs the main loop until nothing runs or waits. */
void
bobbin_test_wait_for_run (BobbinQueue *queue)
{
  bobbin_test_wait (run_is_over, queue);
}

typedef struct
{
  BobbinDownload *download;
  BobbinState state;
} Wanted;

static gboolean
has_state (gpointer user_data)
{
  const Wanted *wanted = user_data;

  return bobbin_download_get_state (wanted->download) == wanted->state;
}

/* Runs the main loop until @download is in @state. */
void
bobbin_test_wait_for_state (BobbinDownload *download, BobbinState state)
{
  Wanted wanted = { download, state };

  bobbin_test_wait (has_state, &wanted);
}

/* Returns: (transfer full): absolute path of a new, empty folder */
char *
bobbin_test_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("bobbin-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

/* Removes a folder and what is directly in it. */
void
bobbin_test_remove_folder (const char *folder)
{
  g_auto (GStrv) names = bobbin_test_list_folder (folder);

  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename (folder, *name, NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* Returns: (transfer full): the names in a folder, sorted */
char **
bobbin_test_list_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* The file has to hold just these bytes. */
void
bobbin_test_assert_file (const char *folder, const char *name, const void *data, gsize size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;
  gsize found_size = 0;

  g_file_get_contents (path, &found, &found_size, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (found, found_size, data, size);
}

/* Sets the seconds of silence that @queue takes and its tries, with next to no
 * wait between them. */
void
bobbin_test_set_patience (BobbinQueue *queue, guint timeout, guint tries)
{
  g_autoptr (BobbinSettings) settings = bobbin_settings_copy (bobbin_queue_get_settings (queue));

  settings->timeout = timeout;
  settings->tries = tries;
  settings->retry_delay = 10 * 1000;
  bobbin_queue_set_settings (queue, settings);
}

/* Adds a link; returns: (transfer none): its download */
BobbinDownload *
bobbin_test_add (BobbinQueue *queue, const char *folder, const char *uri)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);
  g_autoptr (GError) error = NULL;
  BobbinLink *link = bobbin_link_new (uri, &error);

  g_assert_no_error (error);
  bobbin_link_set_folder (link, folder);
  g_ptr_array_add (links, link);
  bobbin_queue_add (queue, links, FALSE);
  return bobbin_test_get (queue, g_list_model_get_n_items (G_LIST_MODEL (queue)) - 1);
}

/* Returns: (transfer none): the download at a position */
BobbinDownload *
bobbin_test_get (BobbinQueue *queue, guint position)
{
  g_autoptr (BobbinDownload) download = g_list_model_get_item (G_LIST_MODEL (queue), position);

  g_assert_nonnull (download);
  return download;
}
