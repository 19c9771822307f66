/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-bytes.h"
#include "bobbin-demo-server.h"
#include "bobbin-error.h"
#include "bobbin-fault-server.h"
#include "bobbin-test.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>

/* The queue and its store over the end of the program. */
typedef struct
{
  char *folder;
  char *state;
  char *path;
  BobbinDemoServer *server;
  BobbinStore *store;
  BobbinQueue *queue;
} Fixture;

static void
start (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;

  fixture->store = bobbin_store_open (fixture->path);
  records = bobbin_store_load (fixture->store, NULL, &error);
  g_assert_no_error (error);
  fixture->queue = bobbin_queue_new ();
  bobbin_queue_set_store (fixture->queue, fixture->store);
  bobbin_test_set_patience (fixture->queue, 5, 1);
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
  fixture->path = g_build_filename (fixture->state, "downloads.sqlite", NULL);
  fixture->server = bobbin_demo_server_new (&error);
  g_assert_no_error (error);
  start (fixture);
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
  g_free (fixture->path);
}

static BobbinDownload *
add (Fixture *fixture, const char *path)
{
  g_autofree char *uri = g_strconcat (bobbin_demo_server_get_uri (fixture->server), path, NULL);

  return bobbin_test_add (fixture->queue, fixture->folder, uri);
}

static void
assert_bytes (Fixture *fixture, const char *name, gsize size)
{
  g_autofree guint8 *expected = g_malloc (size);

  bobbin_demo_bytes_fill (expected, size, 0);
  bobbin_test_assert_file (fixture->folder, name, expected, size);
}

static void
assert_names (Fixture *fixture, const char *expected)
{
  g_auto (GStrv) names = bobbin_test_list_folder (fixture->folder);
  g_autofree char *joined = g_strjoinv (" | ", names);

  g_assert_cmpstr (joined, ==, expected);
}

static gboolean
has_some (gpointer user_data)
{
  return bobbin_download_get_received (user_data) > 100 * 1000;
}

/* Each state comes back, in its place. */
static void
test_list (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *finished = add (fixture, "/bytes/5000?name=a.bin");
  BobbinDownload *failed = add (fixture, "/bytes/10?status=404");
  BobbinDownload *paused;

  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpint (bobbin_download_get_state (finished), ==, BOBBIN_STATE_FINISHED);
  g_assert_cmpint (bobbin_download_get_state (failed), ==, BOBBIN_STATE_FAILED);
  paused = add (fixture, "/bytes/7000?name=c.bin&delay=1");
  bobbin_queue_pause (fixture->queue, paused);
  end (fixture);
  start (fixture);

  g_assert_cmpint (bobbin_store_get_notice (fixture->store), ==, BOBBIN_STORE_FINE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 3);
  finished = bobbin_test_get (fixture->queue, 0);
  failed = bobbin_test_get (fixture->queue, 1);
  paused = bobbin_test_get (fixture->queue, 2);
  g_assert_cmpint (bobbin_download_get_state (finished), ==, BOBBIN_STATE_FINISHED);
  g_assert_cmpint (bobbin_download_get_received (finished), ==, 5000);
  g_assert_cmpint (bobbin_download_get_state (failed), ==, BOBBIN_STATE_FAILED);
  g_assert_cmpuint (bobbin_error_get_status (bobbin_download_get_error (failed)), ==, 404);
  g_assert_cmpint (bobbin_download_get_state (paused), ==, BOBBIN_STATE_PAUSED);

  bobbin_queue_resume (fixture->queue, paused);
  bobbin_test_wait_for_run (fixture->queue);
  assert_bytes (fixture, "a.bin", 5000);
  assert_bytes (fixture, "c.bin", 7000);
}

/* What was found out about a file at its end is known after the next start. */
static void
test_proofs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *first = bobbin_fault_server_dup_uri (server, "/first");
  g_autofree char *second = bobbin_fault_server_dup_uri (server, "/second");
  g_autofree char *digest = NULL;

  /* SHA-256 of "Bytes" */
  bobbin_fault_server_answer (server, "/first",
                              "HTTP/1.1 200 OK\nRepr-Digest: "
                              "sha-256=:TYAAMB/M3t4GeSI5j2uF1kxJo8QHuLpJgRlv3ScQVis=:\nContent-Length: 5",
                              "Bytes", BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (server, "/second", "HTTP/1.1 200 OK\nConnection: close", "Bytes",
                              BOBBIN_FAULT_CLOSE);
  bobbin_test_add (fixture->queue, fixture->folder, first);
  bobbin_test_add (fixture->queue, fixture->folder, second);
  bobbin_test_wait_for_run (fixture->queue);
  for (guint i = 0; i < 2; i++)
    {
      BobbinDownload *one = bobbin_test_get (fixture->queue, 0);
      BobbinDownload *two = bobbin_test_get (fixture->queue, 1);

      g_assert_true (bobbin_download_is_verified (one));
      g_assert_false (bobbin_download_is_unproven (one));
      g_clear_pointer (&digest, g_free);
      digest = bobbin_digest_to_string (bobbin_download_get_digest (one));
      g_assert_cmpstr (digest, ==,
                       "sha-256=4d8000301fccdede067922398f6b85d64c49a3c407b8ba4981196fdd2710562b");
      g_assert_false (bobbin_download_is_verified (two));
      g_assert_true (bobbin_download_is_unproven (two));
      g_assert_null (bobbin_download_get_digest (two));
      end (fixture);
      start (fixture);
    }
}

static char *
edit (const char *path, const char *text)
{
  char *bytes = NULL;
  FILE *file = fopen (path, "r+");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs (text, file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
  g_assert_true (g_file_get_contents (path, &bytes, NULL, NULL));
  return bytes;
}

static void
forget_boot (Fixture *fixture)
{
  sqlite3 *sql = NULL;

  g_assert_cmpint (sqlite3_open (fixture->path, &sql), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (sql, "UPDATE downloads SET boot = boot + 1, synced = 0", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (sql), ==, SQLITE_OK);
}

/* After a power cut a file that was not synced is fetched again, but not over
 * what the person has written into it since. */
static void
test_edited (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a.bin", NULL);
  g_autofree char *edited = NULL;

  add (fixture, "/bytes/5000?name=a.bin");
  add (fixture, "/bytes/6000?name=b.bin");
  bobbin_test_wait_for_run (fixture->queue);
  end (fixture);
  forget_boot (fixture);
  edited = edit (path, "Mine!");
  start (fixture);
  bobbin_test_wait_for_run (fixture->queue);
  assert_names (fixture, "a (1).bin | a.bin | b.bin");
  bobbin_test_assert_file (fixture->folder, "a.bin", edited, 5000);
  assert_bytes (fixture, "a (1).bin", 5000);
  assert_bytes (fixture, "b.bin", 6000);
}

/* What is under way goes on at the next start, with the bytes that it held. */
static void
test_goes_on (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download = add (fixture, "/bytes/2000000?name=big.bin&rate=400000");
  goffset held;

  bobbin_test_wait (has_some, download);
  bobbin_queue_stop (fixture->queue);
  held = bobbin_download_get_received (download);
  g_assert_cmpint (held, >, 100 * 1000);
  end (fixture);
  assert_names (fixture, "big.bin.part");
  start (fixture);

  download = bobbin_test_get (fixture->queue, 0);
  g_assert_cmpint (bobbin_download_get_received (download), ==, held);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FINISHED);
  g_assert_false (bobbin_download_is_anew (download));
  g_assert_cmpint (bobbin_queue_get_run (fixture->queue)->bytes, ==, 2000000 - held);
  assert_names (fixture, "big.bin");
  assert_bytes (fixture, "big.bin", 2000000);
}

/* Removed is removed, and what was restored is back. */
static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) both = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) second = g_ptr_array_new ();

  g_ptr_array_add (both, g_object_ref (add (fixture, "/bytes/10?name=a")));
  g_ptr_array_add (both, g_object_ref (add (fixture, "/bytes/20?name=b")));
  g_ptr_array_add (second, g_ptr_array_index (both, 1));
  bobbin_test_wait_for_run (fixture->queue);
  bobbin_queue_remove (fixture->queue, both);
  bobbin_queue_restore (fixture->queue, second);
  g_ptr_array_set_size (both, 0);
  end (fixture);
  start (fixture);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 1);
  g_assert_cmpint (bobbin_download_get_total (bobbin_test_get (fixture->queue, 0)), ==, 20);
}

/* What the disk lost, or somebody changed, while Bobbin was away. */
static void
test_part_gone (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download = add (fixture, "/bytes/600000?name=big.bin&rate=300000");
  g_autofree char *part = g_build_filename (fixture->folder, "big.bin.part", NULL);

  bobbin_test_wait (has_some, download);
  bobbin_queue_pause (fixture->queue, download);
  bobbin_queue_stop (fixture->queue);
  end (fixture);
  g_assert_cmpint (g_unlink (part), ==, 0);
  start (fixture);

  download = bobbin_test_get (fixture->queue, 0);
  bobbin_queue_resume (fixture->queue, download);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_true (bobbin_download_is_anew (download));
  assert_names (fixture, "big.bin");
  assert_bytes (fixture, "big.bin", 600000);
}

/* A crash between the final name and the note that it was given: the file is
 * not finished twice under two names. */
static void
test_named_but_not_noted (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download = add (fixture, "/bytes/600000?name=big.bin&rate=300000");
  g_autofree char *part = g_build_filename (fixture->folder, "big.bin.part", NULL);
  g_autofree char *name = g_build_filename (fixture->folder, "big.bin", NULL);

  bobbin_test_wait (has_some, download);
  bobbin_queue_stop (fixture->queue);
  end (fixture);
  g_assert_cmpint (g_rename (part, name), ==, 0);
  start (fixture);

  bobbin_test_wait_for_run (fixture->queue);
  assert_names (fixture, "big.bin");
  assert_bytes (fixture, "big.bin", 600000);
}

/* What came with a link out of a rich list is still there. */
static void
test_extras (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);
  BobbinLink *link = bobbin_link_new ("http://127.0.0.1:1/a", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_ptr_array_add (digests, g_strdup ("0cc175b9c0f1b6a831c399e269772661"));
  bobbin_link_set_folder (link, fixture->folder);
  bobbin_link_set_size (link, 12345);
  bobbin_link_set_pieces (link, G_CHECKSUM_MD5, 20000, digests);
  g_assert_true (bobbin_link_add_mirror (link, "https://user:opensesame@mirror.test/a", 7, "de", NULL));
  before = bobbin_link_dup_extras (link);
  g_assert_null (strstr (before, "opensesame"));
  g_ptr_array_add (links, link);
  bobbin_queue_add (fixture->queue, links, TRUE);
  end (fixture);
  start (fixture);

  after = bobbin_link_dup_extras (bobbin_download_get_link (bobbin_test_get (fixture->queue, 0)));
  g_assert_cmpstr (after, ==, before);
}

/* What signs in is for this start only. */
static void
test_no_secrets (Fixture *fixture, gconstpointer data)
{
  const char *base = bobbin_demo_server_get_uri (fixture->server);
  g_autofree char *uri
      = g_strdup_printf ("http://user:opensesame@%s/bytes/10?name=a", base + strlen ("http://"));
  g_auto (GStrv) names = NULL;

  bobbin_test_add (fixture->queue, fixture->folder, uri);
  bobbin_test_wait_for_run (fixture->queue);
  end (fixture);
  names = bobbin_test_list_folder (fixture->state);
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename (fixture->state, *name, NULL);
      g_autofree char *contents = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
      g_assert_null (memmem (contents, size, "opensesame", strlen ("opensesame")));
    }
  start (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 1);
}

#define ADD(name, function) g_test_add ("/keep/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  bobbin_test_init (&argc, &argv);
  ADD ("list", test_list);
  ADD ("proofs", test_proofs);
  ADD ("edited", test_edited);
  ADD ("goes-on", test_goes_on);
  ADD ("removed", test_removed);
  ADD ("part-gone", test_part_gone);
  ADD ("named-but-not-noted", test_named_but_not_noted);
  ADD ("extras", test_extras);
  ADD ("no-secrets", test_no_secrets);
  return g_test_run ();
}
