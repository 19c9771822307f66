/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-error.h"
#include "bobbin-fault-server.h"
#include "bobbin-test.h"

#include <string.h>

/* What is remembered of the tries, over the end of the program, and downloads
 * that get another address. */
typedef struct
{
  char *folder;
  char *state;
  char *path;
  BobbinFaultServer *first;
  BobbinFaultServer *second;
  BobbinStore *store;
  BobbinQueue *queue;
} Fixture;

#define BODY "Many hands make light work."
#define OTHER "Many hands spoil the broth!"
#define GOOD "HTTP/1.1 200 OK\nETag: \"a\"\nAccept-Ranges: bytes\nContent-Length: 27"
#define GONE "HTTP/1.1 410 Gone\nContent-Length: 0"

static void
start (Fixture *fixture)
{
  g_autoptr (GPtrArray) records = NULL;

  fixture->store = bobbin_store_open (fixture->path);
  records = bobbin_store_load (fixture->store, NULL, NULL);
  g_assert_nonnull (records);
  fixture->queue = bobbin_queue_new ();
  bobbin_queue_set_store (fixture->queue, fixture->store);
  bobbin_test_set_patience (fixture->queue, 2, 1);
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
  fixture->folder = bobbin_test_make_folder ();
  fixture->state = bobbin_test_make_folder ();
  fixture->path = g_build_filename (fixture->state, "downloads.sqlite", NULL);
  fixture->first = bobbin_fault_server_new ();
  fixture->second = bobbin_fault_server_new ();
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  end (fixture);
  bobbin_fault_server_free (fixture->first);
  bobbin_fault_server_free (fixture->second);
  bobbin_test_remove_folder (fixture->folder);
  bobbin_test_remove_folder (fixture->state);
  g_free (fixture->folder);
  g_free (fixture->state);
  g_free (fixture->path);
}

static void
answer (BobbinFaultServer *server, const char *head, const char *body, BobbinFaultEnd how)
{
  bobbin_fault_server_answer (server, "/file", head, body, how);
}

static BobbinDownload *
run (Fixture *fixture)
{
  g_autofree char *uri = bobbin_fault_server_dup_uri (fixture->first, "/file");
  BobbinDownload *download = bobbin_test_add (fixture->queue, fixture->folder, uri);

  bobbin_test_wait_for_run (fixture->queue);
  return download;
}

/* Four bytes, and then the link is no good any more. */
static BobbinDownload *
run_until_expired (Fixture *fixture)
{
  BobbinDownload *download;

  answer (fixture->first, GOOD, "Many", BOBBIN_FAULT_CLOSE);
  answer (fixture->first, GONE, "", BOBBIN_FAULT_KEEP);
  bobbin_test_set_patience (fixture->queue, 2, 2);
  download = run (fixture);
  g_assert_error (bobbin_download_get_error (download), BOBBIN_ERROR, BOBBIN_ERROR_HTTP_STATUS);
  g_assert_cmpint (bobbin_download_get_received (download), ==, 4);
  return download;
}

static void
move (Fixture *fixture, BobbinDownload *download)
{
  g_autofree char *uri = bobbin_fault_server_dup_uri (fixture->second, "/file");
  g_autoptr (GError) error = NULL;

  g_assert_true (bobbin_queue_change_address (fixture->queue, download, uri, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (bobbin_link_get_uri (bobbin_download_get_link (download)), ==, uri);
  bobbin_test_wait_for_run (fixture->queue);
}

static void
assert_whole (Fixture *fixture, BobbinDownload *download, const char *body)
{
  g_assert_no_error (bobbin_download_get_error (download));
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FINISHED);
  bobbin_test_assert_file (fixture->folder, "file", body, strlen (body));
}

static const BobbinTry *
get_try (const GArray *tries, guint index)
{
  g_assert_cmpuint (index, <, tries->len);
  return &g_array_index (tries, BobbinTry, index);
}

/* One try that goes well has its line without being written down. */
static void
test_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) tries = NULL;
  BobbinDownload *download;
  gint64 before = g_get_real_time ();

  answer (fixture->first, GOOD, BODY, BOBBIN_FAULT_KEEP);
  download = run (fixture);
  assert_whole (fixture, download, BODY);
  tries = bobbin_download_dup_tries (download);
  g_assert_cmpuint (tries->len, ==, 1);
  g_assert_cmpint (get_try (tries, 0)->how, ==, BOBBIN_TRY_FINISHED);
  g_assert_cmpint (get_try (tries, 0)->bytes, ==, 27);
  g_assert_cmpint (get_try (tries, 0)->began, >=, before - G_USEC_PER_SEC);
  g_assert_cmpint (get_try (tries, 0)->time, >, 0);
}

static void
assert_two_tries (BobbinDownload *download)
{
  g_autoptr (GArray) tries = bobbin_download_dup_tries (download);

  g_assert_cmpuint (tries->len, ==, 2);
  g_assert_cmpuint (get_try (tries, 0)->number, ==, 1);
  g_assert_cmpint (get_try (tries, 0)->how, ==, BOBBIN_TRY_FAILED);
  g_assert_cmpint (get_try (tries, 0)->bytes, ==, 4);
  g_assert_error (get_try (tries, 0)->error, BOBBIN_ERROR, BOBBIN_ERROR_TRUNCATED);
  g_assert_cmpuint (get_try (tries, 1)->number, ==, 2);
  g_assert_cmpint (get_try (tries, 1)->held, ==, 4);
  g_assert_cmpuint (bobbin_error_get_status (get_try (tries, 1)->error), ==, 410);
}

/* The log outlives the program, and is gone with its download. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  assert_two_tries (run_until_expired (fixture));
  end (fixture);
  start (fixture);
  assert_two_tries (bobbin_test_get (fixture->queue, 0));

  g_ptr_array_add (all, bobbin_test_get (fixture->queue, 0));
  bobbin_queue_remove (fixture->queue, all);
  end (fixture);
  start (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 0);
}

/* The bytes are taken up where the new server has the same file. */
static void
test_same_file (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download = run_until_expired (fixture);
  g_autoptr (GArray) tries = NULL;
  g_autofree char *request = NULL;

  answer (fixture->second, "HTTP/1.1 206 Rest\nETag: \"a\"\nContent-Range: bytes 4-26/27\nContent-Length: 23",
          BODY + 4, BOBBIN_FAULT_KEEP);
  move (fixture, download);
  assert_whole (fixture, download, BODY);
  g_assert_false (bobbin_download_is_anew (download));
  request = bobbin_fault_server_dup_request (fixture->second, 0);
  g_assert_nonnull (strstr (request, "Range: bytes=4-"));
  g_assert_nonnull (strstr (request, "If-Range: \"a\""));

  tries = bobbin_download_dup_tries (download);
  g_assert_cmpuint (tries->len, ==, 4);
  g_assert_cmpint (get_try (tries, 2)->how, ==, BOBBIN_TRY_MOVED);
  g_assert_cmpint (get_try (tries, 3)->how, ==, BOBBIN_TRY_FINISHED);
  g_assert_cmpint (get_try (tries, 3)->bytes, ==, 23);
}

/* A server that has another file sends it whole, and says so by its name for it. */
static void
test_other_file (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download = run_until_expired (fixture);
  g_autoptr (GArray) tries = NULL;

  answer (fixture->second, "HTTP/1.1 200 OK\nETag: \"b\"\nContent-Length: 27", OTHER, BOBBIN_FAULT_KEEP);
  move (fixture, download);
  assert_whole (fixture, download, OTHER);
  g_assert_true (bobbin_download_is_anew (download));
  tries = bobbin_download_dup_tries (download);
  g_assert_true (get_try (tries, tries->len - 1)->anew);
}

/* One that cannot name its file may have any file of that size: it is asked for
 * all of it. At the old address that would have done. */
static void
test_nameless_file (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download = run_until_expired (fixture);

  answer (fixture->second, "HTTP/1.1 206 Rest\nContent-Range: bytes 4-26/27\nContent-Length: 23", OTHER + 4,
          BOBBIN_FAULT_KEEP);
  answer (fixture->second, "HTTP/1.1 200 OK\nContent-Length: 27", OTHER, BOBBIN_FAULT_KEEP);
  move (fixture, download);
  assert_whole (fixture, download, OTHER);
  g_assert_true (bobbin_download_is_anew (download));
}

/* A part of a longer file is none of this one. */
static void
test_other_size (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download = run_until_expired (fixture);

  answer (fixture->second, "HTTP/1.1 206 Rest\nETag: \"a\"\nContent-Range: bytes 4-30/31\nContent-Length: 27",
          "x" OTHER, BOBBIN_FAULT_KEEP);
  answer (fixture->second, "HTTP/1.1 200 OK\nETag: \"a\"\nContent-Length: 27", OTHER, BOBBIN_FAULT_KEEP);
  move (fixture, download);
  assert_whole (fixture, download, OTHER);
  g_assert_true (bobbin_download_is_anew (download));
}

/* A new address that is not there either takes nothing away: the right one may
 * come yet. */
static void
test_moved_twice (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *download = run_until_expired (fixture);

  answer (fixture->second, "HTTP/1.1 404 Not here\nContent-Length: 0", "", BOBBIN_FAULT_KEEP);
  answer (fixture->second, "HTTP/1.1 206 Rest\nETag: \"a\"\nContent-Range: bytes 4-26/27\nContent-Length: 23",
          BODY + 4, BOBBIN_FAULT_KEEP);
  move (fixture, download);
  g_assert_cmpuint (bobbin_error_get_status (bobbin_download_get_error (download)), ==, 404);
  g_assert_cmpint (bobbin_download_get_received (download), ==, 4);
  move (fixture, download);
  assert_whole (fixture, download, BODY);
  g_assert_false (bobbin_download_is_anew (download));
}

static gboolean
is_receiving (gpointer download)
{
  return bobbin_download_get_received (download) >= 4;
}

/* One under way goes on at the new address as soon as its worker has let go. */
static void
test_under_way (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = bobbin_fault_server_dup_uri (fixture->first, "/file");
  g_autofree char *other = bobbin_fault_server_dup_uri (fixture->second, "/file");
  BobbinDownload *download;

  answer (fixture->first, GOOD, "Many", BOBBIN_FAULT_HOLD);
  answer (fixture->second, "HTTP/1.1 206 Rest\nETag: \"a\"\nContent-Range: bytes 4-26/27\nContent-Length: 23",
          BODY + 4, BOBBIN_FAULT_KEEP);
  download = bobbin_test_add (fixture->queue, fixture->folder, uri);
  bobbin_test_wait (is_receiving, download);
  g_assert_true (bobbin_queue_has_uri (fixture->queue, uri));
  g_assert_true (bobbin_queue_change_address (fixture->queue, download, other, NULL));
  bobbin_test_wait_for_run (fixture->queue);
  assert_whole (fixture, download, BODY);
  g_assert_cmpstr (bobbin_link_get_uri (bobbin_download_get_link (download)), ==, other);
  g_assert_false (bobbin_queue_has_uri (fixture->queue, uri));
  g_assert_true (bobbin_queue_has_uri (fixture->queue, other));
}

/* A paused one waits for the person, and what is no link changes nothing. */
static void
test_paused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = bobbin_fault_server_dup_uri (fixture->first, "/file");
  g_autofree char *other = bobbin_fault_server_dup_uri (fixture->second, "/file");
  g_autoptr (GError) error = NULL;
  BobbinDownload *download;

  download = bobbin_test_add (fixture->queue, fixture->folder, uri);
  bobbin_queue_pause (fixture->queue, download);
  g_assert_false (bobbin_queue_change_address (fixture->queue, download, "gopher://example.org/", &error));
  g_assert_error (error, BOBBIN_ERROR, BOBBIN_ERROR_UNSUPPORTED_SCHEME);
  g_assert_cmpstr (bobbin_link_get_uri (bobbin_download_get_link (download)), ==, uri);
  g_assert_true (bobbin_queue_change_address (fixture->queue, download, other, NULL));
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_PAUSED);
  answer (fixture->second, GOOD, BODY, BOBBIN_FAULT_KEEP);
  bobbin_queue_resume (fixture->queue, download);
  bobbin_test_wait_for_run (fixture->queue);
  assert_whole (fixture, download, BODY);
}

/* Secrets stay with the site that they are for. */
static void
test_secrets (void)
{
  g_autoptr (BobbinLink) link = bobbin_link_new ("https://anna:sesame@example.org/old", NULL);
  g_autoptr (BobbinLink) same = NULL;
  g_autoptr (BobbinLink) other = NULL;

  bobbin_link_set_name (link, "my.bin");
  bobbin_link_set_size (link, 27);
  g_assert_true (bobbin_link_add_header (link, "X-Key", "secret", NULL));
  g_assert_true (bobbin_link_add_header (link, "Accept", "*/*", NULL));
  same = bobbin_link_copy_to (link, "https://example.org/new?token=1", NULL);
  g_assert_cmpstr (bobbin_link_get_uri (same), ==, "https://anna:sesame@example.org/new?token=1");
  g_assert_cmpuint (g_strv_length ((char **) bobbin_link_get_headers (same)), ==, 4);
  other = bobbin_link_copy_to (link, "https://example.com/new", NULL);
  g_assert_cmpstr (bobbin_link_get_uri (other), ==, "https://example.com/new");
  g_assert_cmpuint (g_strv_length ((char **) bobbin_link_get_headers (other)), ==, 2);
  g_assert_cmpstr (bobbin_link_get_headers (other)[0], ==, "Accept");
  g_assert_cmpstr (bobbin_link_get_name (other), ==, "my.bin");
  g_assert_cmpint (bobbin_link_get_size (other), ==, 27);
  g_assert_null (bobbin_link_copy_to (link, "nowhere", NULL));
}

/* The last ones count. */
static void
test_bounded (void)
{
  g_autoptr (GArray) tries = bobbin_tries_new ();
  g_autoptr (GArray) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = bobbin_error_new_status (503);

  for (guint i = 1; i <= 3 * BOBBIN_TRIES_MAX; i++)
    bobbin_tries_add (tries,
                      &(BobbinTry){ .number = i, .how = BOBBIN_TRY_FAILED, .bytes = 2 * i, .error = error });
  g_assert_cmpuint (tries->len, ==, BOBBIN_TRIES_MAX);
  g_assert_cmpuint (get_try (tries, tries->len - 1)->number, ==, 3 * BOBBIN_TRIES_MAX);

  bytes = bobbin_tries_to_bytes (tries);
  again = bobbin_tries_from_bytes (bytes);
  g_assert_cmpuint (again->len, ==, tries->len);
  g_assert_cmpint (get_try (again, 0)->bytes, ==, get_try (tries, 0)->bytes);
  g_assert_cmpuint (bobbin_error_get_status (get_try (again, 0)->error), ==, 503);
}

/* A database may hold anything. */
static void
test_garbage (void)
{
  g_autoptr (GArray) tries = bobbin_tries_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize size;
  const guint8 *data;

  bobbin_tries_add (tries, &(BobbinTry){ .number = 1, .how = BOBBIN_TRY_HELD, .bytes = 7 });
  bytes = bobbin_tries_to_bytes (tries);
  data = g_bytes_get_data (bytes, &size);
  for (gsize i = 0; i < size; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) broken = NULL;
      g_autoptr (GArray) read = NULL;

      copy[i] ^= 0xff;
      broken = g_bytes_new (copy, size - i % 3);
      read = bobbin_tries_from_bytes (broken);
      for (guint k = 0; k < read->len; k++)
        {
          g_assert_cmpint (get_try (read, k)->how, <=, BOBBIN_TRY_MOVED);
          g_assert_cmpint (get_try (read, k)->bytes, >=, 0);
        }
    }
}

/* What the way to the file was is known as soon as it is received. */
static void
test_origin (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = bobbin_fault_server_dup_uri (fixture->first, "/start");
  g_autofree char *there = bobbin_fault_server_dup_uri (fixture->second, "/file");
  g_autofree char *redirect = g_strdup_printf ("HTTP/1.1 302 There\nLocation: %s\nContent-Length: 0", there);
  const BobbinOrigin *origin;
  BobbinDownload *download;

  bobbin_fault_server_answer (fixture->first, "/start", redirect, "", BOBBIN_FAULT_KEEP);
  answer (fixture->second, GOOD "\nContent-Type: text/plain; charset=utf-8", BODY, BOBBIN_FAULT_KEEP);
  download = bobbin_test_add (fixture->queue, fixture->folder, uri);
  bobbin_test_wait_for_run (fixture->queue);
  origin = bobbin_download_get_origin (download);
  g_assert_nonnull (origin);
  g_assert_cmpstr (origin->uri, ==, there);
  g_assert_cmpstr (bobbin_download_get_final_uri (download), ==, there);
  g_assert_cmpuint (origin->n_redirects, ==, 1);
  g_assert_cmpstr (origin->media_type, ==, "text/plain");
  g_assert_cmpint (origin->phases.redirects, >=, 0);
  g_assert_cmpint (origin->phases.connect, >=, 0);
  g_assert_cmpint (origin->phases.secure, ==, -1);
  g_assert_cmpint (origin->phases.wait, >=, 0);
  g_assert_cmpint (bobbin_phases_get_total (&origin->phases), >, 0);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  bobbin_test_init (&argc, &argv);
  ADD ("/tries/first", test_first);
  ADD ("/tries/kept", test_kept);
  g_test_add_func ("/tries/bounded", test_bounded);
  g_test_add_func ("/tries/garbage", test_garbage);
  ADD ("/tries/origin", test_origin);
  ADD ("/address/same-file", test_same_file);
  ADD ("/address/other-file", test_other_file);
  ADD ("/address/nameless-file", test_nameless_file);
  ADD ("/address/other-size", test_other_size);
  ADD ("/address/moved-twice", test_moved_twice);
  ADD ("/address/under-way", test_under_way);
  ADD ("/address/paused", test_paused);
  g_test_add_func ("/address/secrets", test_secrets);
  return g_test_run ();
}
