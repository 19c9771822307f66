/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-crash-file.h"
#include "bobbin-crash-folder.h"
#include "bobbin-demo-bytes.h"
#include "bobbin-demo-server.h"
#include "bobbin-disk-faults.h"
#include "bobbin-test.h"

#include <errno.h>

/* Each call that asks something of the disk fails, one after another: what it
 * is about ends well or says why not, all else ends well, and once the disk is
 * fine again so does the rest. BOBBIN_CRASH_THOROUGH tries each call with each
 * error, not only a choice. */

#define CHOICE 8

static const struct
{
  int number;
  GIOErrorEnum code;
} errors[] = {
  { ENOSPC, G_IO_ERROR_NO_SPACE },          { EIO, G_IO_ERROR_FAILED },
  { EACCES, G_IO_ERROR_PERMISSION_DENIED }, { EDQUOT, G_IO_ERROR_NO_SPACE },
  { EROFS, G_IO_ERROR_READ_ONLY },          { EMFILE, G_IO_ERROR_TOO_MANY_OPEN_FILES },
};

/* What is downloaded: in parts, in pieces, small, empty. */
static const struct
{
  const char *name;
  gsize size;
  const char *options;
} files[] = {
  { "parts.bin", 700000, "" },
  { "cut.bin", 90000, "&cut=50000" },
  { "small.bin", 5000, "" },
  { "empty.bin", 0, "" },
};

typedef struct
{
  const char *folder; /* "files" or "state" */
  BobbinDiskCall call;
  guint wait; /* milliseconds until the store does it */
} Place;

typedef struct
{
  BobbinDemoServer *server;
  char *root;
  char *files;
  char *state;
  BobbinStore *store;
  BobbinQueue *queue;
} Fixture;

static void
set_up (Fixture *fixture, BobbinDemoServer *server)
{
  fixture->server = server;
  fixture->root = bobbin_crash_folder_new ();
  fixture->files = bobbin_crash_folder_make (fixture->root, "files");
  fixture->state = bobbin_crash_folder_make (fixture->root, "state");
}

static void
tear_down (Fixture *fixture)
{
  bobbin_crash_folder_remove (fixture->root);
  g_free (fixture->root);
  g_free (fixture->files);
  g_free (fixture->state);
}

static void
choose_settings (BobbinQueue *queue, gboolean patient)
{
  g_autoptr (BobbinSettings) settings = bobbin_settings_copy (bobbin_queue_get_settings (queue));

  settings->part_size = 64 * 1024;
  settings->retry_delay = 1000;
  settings->tries = 2;
  settings->patient = patient;
  bobbin_queue_set_settings (queue, settings);
}

static void
start (Fixture *fixture, gboolean patient)
{
  g_autofree char *path = g_build_filename (fixture->state, "downloads.sqlite", NULL);

  fixture->store = bobbin_store_open (path);
  fixture->queue = bobbin_queue_new ();
  choose_settings (fixture->queue, patient);
  bobbin_queue_set_store (fixture->queue, fixture->store);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *uri
          = g_strdup_printf ("%s/bytes/%zu?name=%s%s", bobbin_demo_server_get_uri (fixture->server),
                             files[i].size, files[i].name, files[i].options);

      bobbin_test_add (fixture->queue, fixture->files, uri);
    }
}

static void
stop (Fixture *fixture)
{
  bobbin_queue_stop (fixture->queue);
  g_assert_finalize_object (fixture->queue);
  bobbin_store_close (fixture->store);
  bobbin_store_unref (fixture->store);
}

static BobbinDownload *
get (Fixture *fixture, gsize i)
{
  return bobbin_test_get (fixture->queue, (guint) i);
}

static void
assert_path (const char *path, gsize size)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree guint8 *expected = g_malloc (size + 1);

  bobbin_demo_bytes_fill (expected, size, 0);
  bobbin_test_assert_file (folder, name, expected, size);
}

/* What has a final name has all its bytes. */
static void
assert_names (Fixture *fixture)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (fixture->files, files[i].name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        assert_path (path, files[i].size);
    }
}

/* Returns: how many have failed; it has to be for the reason that there was */
static guint
assert_ends (Fixture *fixture, GIOErrorEnum code)
{
  guint n_failed = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      BobbinDownload *download = get (fixture, i);
      g_autofree char *path = bobbin_download_dup_path (download);

      if (bobbin_download_get_state (download) == BOBBIN_STATE_FINISHED)
        {
          assert_path (path, files[i].size);
          continue;
        }
      g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FAILED);
      g_assert_error (bobbin_download_get_error (download), G_IO_ERROR, (int) code);
      n_failed++;
    }
  assert_names (fixture);
  return n_failed;
}

static void
retry_all (Fixture *fixture)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (bobbin_download_get_state (get (fixture, i)) == BOBBIN_STATE_FAILED)
      bobbin_queue_retry (fixture->queue, get (fixture, i));
  bobbin_test_wait_for_run (fixture->queue);
}

static void
assert_all_finished (Fixture *fixture)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = bobbin_download_dup_path (get (fixture, i));

      g_assert_no_error (bobbin_download_get_error (get (fixture, i)));
      g_assert_cmpint (bobbin_download_get_state (get (fixture, i)), ==, BOBBIN_STATE_FINISHED);
      assert_path (path, files[i].size);
    }
}

/* Nothing is left over, and nothing got another name than it should have. */
static void
assert_tidy (Fixture *fixture)
{
  g_auto (GStrv) names = bobbin_test_list_folder (fixture->files);
  g_autofree char *joined = g_strjoinv (" ", names);

  g_assert_cmpstr (joined, ==, "cut.bin empty.bin parts.bin small.bin");
}

/* What the store knows at the next start. */
static void
assert_kept (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->state, "downloads.sqlite", NULL);
  g_autoptr (BobbinStore) store = bobbin_store_open (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = bobbin_store_load (store, NULL, &error);
  g_autofree char *wrong = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (bobbin_store_get_notice (store), ==, BOBBIN_STORE_FINE);
  g_assert_cmpuint (records->len, ==, G_N_ELEMENTS (files));
  wrong = bobbin_crash_find_unfinished (records);
  g_assert_cmpstr (wrong, ==, NULL);
  bobbin_store_close (store);
}

static gboolean
on_waited (gpointer user_data)
{
  gboolean *over = user_data;

  *over = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for_store (Fixture *fixture, guint milliseconds)
{
  gboolean over = milliseconds == 0;

  if (!over)
    g_timeout_add (milliseconds, on_waited, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* Returns: how many calls of the kind there were */
static guint
run_on_broken_disk (Fixture *fixture, const Place *place, const BobbinDiskFault *fault)
{
  g_autofree char *broken = g_build_filename (fixture->root, place->folder, NULL);

  bobbin_disk_break (broken, fault);
  start (fixture, FALSE);
  bobbin_test_wait_for_run (fixture->queue);
  wait_for_store (fixture, place->wait);
  return bobbin_disk_mend (place->call);
}

static void
assert_stored (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  bobbin_store_flush (fixture->store, &error);
  g_assert_no_error (error);
}

/* Returns: how many calls of the kind there were */
static guint
try_fault (BobbinDemoServer *server, const Place *place, const BobbinDiskFault *fault, GIOErrorEnum code)
{
  gboolean in_files = g_str_equal (place->folder, "files");
  Fixture fixture;
  gboolean available;
  guint n_calls;

  set_up (&fixture, server);
  n_calls = run_on_broken_disk (&fixture, place, fault);
  g_assert_cmpuint (assert_ends (&fixture, code), <=, in_files ? bobbin_disk_get_n_failed () : 0);

  retry_all (&fixture);
  assert_all_finished (&fixture);
  if (fault->call != BOBBIN_DISK_UNLINK)
    assert_tidy (&fixture);
  available = bobbin_store_get_notice (fixture.store) == BOBBIN_STORE_FINE;
  g_assert_true (available || !in_files);
  if (available)
    assert_stored (&fixture);
  stop (&fixture);
  if (available)
    assert_kept (&fixture);
  tear_down (&fixture);
  return n_calls;
}

static void
try_nth (BobbinDemoServer *server, const Place *place, guint nth, gsize error, guint times)
{
  BobbinDiskFault fault = {
    .call = place->call,
    .nth = nth,
    .times = times,
    .number = errors[error].number,
    .half = nth % 2 == 0,
  };

  g_test_message ("%s: call %u fails: %s%s", place->folder, nth, g_strerror (errors[error].number),
                  times > 1 ? ", and all that follow" : "");
  try_fault (server, place, &fault, errors[error].code);
}

static void
test_place (gconstpointer data)
{
  const Place *place = data;
  const BobbinDiskFault none = { .call = place->call };
  g_autoptr (GError) error = NULL;
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (&error);
  gboolean thorough = bobbin_crash_get_number ("BOBBIN_CRASH_THOROUGH", 0) != 0;
  guint n_calls;

  g_assert_no_error (error);
  n_calls = try_fault (server, place, &none, G_IO_ERROR_FAILED);
  g_test_message ("%u calls", n_calls);
  for (guint nth = 1; nth <= n_calls; nth += thorough ? 1 : 1 + n_calls / CHOICE)
    for (gsize i = 0; i < (thorough ? G_N_ELEMENTS (errors) : 1); i++)
      {
        try_nth (server, place, nth, (i + nth) % G_N_ELEMENTS (errors), 1);
        if (thorough || nth % 2 == 1)
          try_nth (server, place, nth, (i + nth) % G_N_ELEMENTS (errors), G_MAXUINT);
      }
}

static gboolean
nothing_moves (gpointer user_data)
{
  const BobbinCounts *counts = bobbin_queue_get_counts (user_data);

  return counts->active == 0 && counts->waiting == 0;
}

static gboolean
all_finished (gpointer user_data)
{
  const BobbinCounts *counts = bobbin_queue_get_counts (user_data);

  return counts->finished == counts->total;
}

/* Whoever is patient waits for room, with what is there kept; what needs none
 * goes on. */
static void
test_full_disk (void)
{
  const BobbinDiskFault full = { .call = BOBBIN_DISK_WRITE, .nth = 2, .times = G_MAXUINT, .number = ENOSPC };
  g_autoptr (GError) error = NULL;
  g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (&error);
  Fixture fixture;
  BobbinDownload *parts;

  g_assert_no_error (error);
  set_up (&fixture, server);
  bobbin_disk_break (fixture.files, &full);
  start (&fixture, TRUE);
  bobbin_test_wait (nothing_moves, fixture.queue);

  parts = get (&fixture, 0);
  g_assert_cmpint (bobbin_download_get_state (parts), ==, BOBBIN_STATE_PAUSED);
  g_assert_cmpint (bobbin_queue_get_wait (fixture.queue, parts), ==, BOBBIN_WAIT_SPACE);
  g_assert_error (bobbin_download_get_error (parts), G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpint (bobbin_download_get_state (get (&fixture, 3)), ==, BOBBIN_STATE_FINISHED);
  bobbin_disk_mend (BOBBIN_DISK_WRITE);
  bobbin_test_wait (all_finished, fixture.queue);
  assert_all_finished (&fixture);
  assert_tidy (&fixture);
  stop (&fixture);
  tear_down (&fixture);
}

static const struct
{
  const char *name;
  Place place;
} places[] = {
  { "files/open", { "files", BOBBIN_DISK_OPEN } },
  { "files/create", { "files", BOBBIN_DISK_CREATE } },
  { "files/write", { "files", BOBBIN_DISK_WRITE } },
  { "files/truncate", { "files", BOBBIN_DISK_TRUNCATE } },
  { "files/rename", { "files", BOBBIN_DISK_RENAME } },
  { "files/unlink", { "files", BOBBIN_DISK_UNLINK } },
  { "files/sync", { "files", BOBBIN_DISK_SYNC, 2500 } },
  { "files/attribute", { "files", BOBBIN_DISK_ATTRIBUTE } },
  { "state/open", { "state", BOBBIN_DISK_OPEN, 250 } },
  { "state/create", { "state", BOBBIN_DISK_CREATE, 250 } },
  { "state/write", { "state", BOBBIN_DISK_WRITE, 250 } },
  { "state/truncate", { "state", BOBBIN_DISK_TRUNCATE, 250 } },
  { "state/unlink", { "state", BOBBIN_DISK_UNLINK, 250 } },
  { "state/sync", { "state", BOBBIN_DISK_SYNC, 250 } },
};

int
main (int argc, char *argv[])
{
  bobbin_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_strconcat ("/failing-calls/", places[i].name, NULL);

      g_test_add_data_func (path, &places[i].place, test_place);
    }
  g_test_add_func ("/failing-calls/full-disk", test_full_disk);
  return g_test_run ();
}
