/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fault-server.h"
#include "bobbin-test.h"
#include "bobbin-transfer.h"

#include <glib/gstdio.h>
#include <string.h>

#define BODY "Many hands make light work."
#define LENGTH "27"

typedef struct
{
  char *folder;
  BobbinFaultServer *server;
  BobbinQueue *queue;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = bobbin_test_make_folder ();
  fixture->server = bobbin_fault_server_new ();
  fixture->queue = bobbin_queue_new ();
  bobbin_test_set_patience (fixture->queue, 2, 1);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->queue);
  bobbin_fault_server_free (fixture->server);
  bobbin_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static BobbinDownload *
download (Fixture *fixture, const char *path)
{
  g_autofree char *uri = bobbin_fault_server_dup_uri (fixture->server, path);
  BobbinDownload *added = bobbin_test_add (fixture->queue, fixture->folder, uri);

  bobbin_test_wait_for_run (fixture->queue);
  return added;
}

static void
assert_names (Fixture *fixture, const char *expected)
{
  g_auto (GStrv) names = bobbin_test_list_folder (fixture->folder);
  g_autofree char *found = g_strjoinv (" | ", names);

  g_assert_cmpstr (found, ==, expected);
}

/* One answer, and what has to come of it. */
typedef struct
{
  const char *name;
  const char *head;
  const char *body;
  BobbinFaultEnd end;
  const char *file; /* NULL: the download fails, and nothing has a final name */
  int code;         /* of BOBBIN_ERROR; -1: of any other domain */
  guint status;
} Row;

static const Row rows[] = {
  { "whole", "HTTP/1.1 200 OK\nContent-Length: " LENGTH, BODY, BOBBIN_FAULT_KEEP, BODY, 0, 0 },
  { "empty", "HTTP/1.1 200 OK\nContent-Length: 0", "", BOBBIN_FAULT_KEEP, "", 0, 0 },
  { "until-close", "HTTP/1.1 200 OK\nConnection: close", BODY, BOBBIN_FAULT_CLOSE, BODY, 0, 0 },
  { "chunked", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked", "5\r\nMany \r\n6\r\nhands \r\n0\r\n\r\n",
    BOBBIN_FAULT_KEEP, "Many hands ", 0, 0 },
  { "length-twice-the-same", "HTTP/1.1 200 OK\nContent-Length: " LENGTH "\nContent-Length: " LENGTH, BODY,
    BOBBIN_FAULT_KEEP, BODY, 0, 0 },
  { "surplus", "HTTP/1.1 200 OK\nContent-Length: 4", BODY, BOBBIN_FAULT_KEEP, "Many", 0, 0 },
  { "encoded", "HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: 4", "\x1f\x8b\x08\x01",
    BOBBIN_FAULT_KEEP, "\x1f\x8b\x08\x01", 0, 0 },

  { "short-closed", "HTTP/1.1 200 OK\nContent-Length: 100", BODY, BOBBIN_FAULT_CLOSE, NULL,
    BOBBIN_ERROR_TRUNCATED, 0 },
  { "short-reset", "HTTP/1.1 200 OK\nContent-Length: 100", BODY, BOBBIN_FAULT_RESET, NULL, -1, 0 },
  { "silent", "HTTP/1.1 200 OK\nContent-Length: 100", BODY, BOBBIN_FAULT_HOLD, NULL, -1, 0 },
  { "chunk-cut", "HTTP/1.1 200 OK\nTransfer-Encoding: chunked", "100\r\nMany", BOBBIN_FAULT_CLOSE, NULL,
    BOBBIN_ERROR_TRUNCATED, 0 },
  { "two-lengths", "HTTP/1.1 200 OK\nContent-Length: " LENGTH "\nContent-Length: 10", BODY,
    BOBBIN_FAULT_CLOSE, NULL, BOBBIN_ERROR_BAD_ANSWER, 0 },
  { "negative-length", "HTTP/1.1 200 OK\nContent-Length: -5", BODY, BOBBIN_FAULT_CLOSE, NULL,
    BOBBIN_ERROR_BAD_ANSWER, 0 },
  { "letters-in-length", "HTTP/1.1 200 OK\nContent-Length: 12abc", BODY, BOBBIN_FAULT_CLOSE, NULL,
    BOBBIN_ERROR_BAD_ANSWER, 0 },
  { "huge-length", "HTTP/1.1 200 OK\nContent-Length: 40000000000000000000", BODY, BOBBIN_FAULT_CLOSE, NULL,
    BOBBIN_ERROR_BAD_ANSWER, 0 },
  { "garbage", "This is not HTTP", BODY, BOBBIN_FAULT_CLOSE, NULL, BOBBIN_ERROR_BAD_ANSWER, 0 },
  { "not-found", "HTTP/1.1 404 Not Found\nContent-Length: 4", "none", BOBBIN_FAULT_KEEP, NULL,
    BOBBIN_ERROR_HTTP_STATUS, 404 },
  { "busy", "HTTP/1.1 503 Busy\nContent-Length: 4", "busy", BOBBIN_FAULT_KEEP, NULL, BOBBIN_ERROR_HTTP_STATUS,
    503 },
  { "sign-in", "HTTP/1.1 401 Who\nWWW-Authenticate: Basic realm=\"x\"\nContent-Length: 3", "who",
    BOBBIN_FAULT_KEEP, NULL, BOBBIN_ERROR_HTTP_STATUS, 401 },
  { "not-modified", "HTTP/1.1 304 Not Modified", "", BOBBIN_FAULT_CLOSE, NULL, BOBBIN_ERROR_HTTP_STATUS,
    304 },
  { "no-content", "HTTP/1.1 204 No Content", "", BOBBIN_FAULT_KEEP, NULL, BOBBIN_ERROR_NO_CONTENT, 0 },
  { "range-not-asked-for", "HTTP/1.1 206 Partial\nContent-Range: bytes 0-3/9\nContent-Length: 4", "Many",
    BOBBIN_FAULT_KEEP, NULL, BOBBIN_ERROR_BAD_ANSWER, 0 },
  { "redirect-to-nowhere", "HTTP/1.1 302 Found\nContent-Length: 4", "body", BOBBIN_FAULT_KEEP, NULL,
    BOBBIN_ERROR_BAD_REDIRECT, 0 },
  { "redirect-to-file", "HTTP/1.1 302 Found\nLocation: file:///etc/passwd\nContent-Length: 0", "",
    BOBBIN_FAULT_KEEP, NULL, BOBBIN_ERROR_BAD_REDIRECT, 0 },
  { "redirect-to-ftp", "HTTP/1.1 302 Found\nLocation: ftp://127.0.0.1/a\nContent-Length: 0", "",
    BOBBIN_FAULT_KEEP, NULL, BOBBIN_ERROR_BAD_REDIRECT, 0 },
  { "redirect-to-itself", "HTTP/1.1 302 Found\nLocation: /redirect-to-itself\nContent-Length: 0", "",
    BOBBIN_FAULT_KEEP, NULL, BOBBIN_ERROR_TOO_MANY_REDIRECTS, 0 },
};

/* One rule ends each: the file has its final name and the right bytes, or the
 * download has visibly failed and no final name is there. */
static void
test_answer (Fixture *fixture, gconstpointer data)
{
  const Row *row = data;
  g_autofree char *path = g_strconcat ("/", row->name, NULL);
  BobbinDownload *added;
  const GError *error;

  bobbin_fault_server_answer (fixture->server, path, row->head, row->body, row->end);
  added = download (fixture, path);
  error = bobbin_download_get_error (added);

  if (row->file != NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpint (bobbin_download_get_state (added), ==, BOBBIN_STATE_FINISHED);
      bobbin_test_assert_file (fixture->folder, row->name, row->file, strlen (row->file));
      assert_names (fixture, row->name);
      g_assert_cmpint (bobbin_download_get_received (added), ==, strlen (row->file));
      return;
    }

  g_assert_cmpint (bobbin_download_get_state (added), ==, BOBBIN_STATE_FAILED);
  g_assert_nonnull (error);
  if (row->code >= 0)
    g_assert_error (error, BOBBIN_ERROR, row->code);
  else
    g_assert_true (error->domain != BOBBIN_ERROR);
  g_assert_cmpuint (bobbin_error_get_status (error), ==, row->status);
  g_assert_cmpuint (bobbin_queue_get_counts (fixture->queue)->failed, ==, 1);
  {
    g_autofree char *file = g_build_filename (fixture->folder, row->name, NULL);

    g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  }
}

static void
test_twenty_hops (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *path = g_strdup_printf ("/%u", i);
      g_autofree char *head = g_strdup_printf ("HTTP/1.1 %u Moved\nLocation: /%u\nContent-Length: 0",
                                               i % 2 == 0 ? 301 : 307, i + 1);

      bobbin_fault_server_answer (fixture->server, path, head, "", BOBBIN_FAULT_KEEP);
    }
  bobbin_fault_server_answer (fixture->server, "/20", "HTTP/1.1 200 OK\nContent-Length: " LENGTH, BODY,
                              BOBBIN_FAULT_KEEP);

  g_assert_cmpint (bobbin_download_get_state (download (fixture, "/0")), ==, BOBBIN_STATE_FINISHED);
  /* The name comes from where the answer came from. */
  bobbin_test_assert_file (fixture->folder, "20", BODY, strlen (BODY));
}

static gboolean
has_header (BobbinFaultServer *server, guint index, const char *header)
{
  g_autofree char *request = bobbin_fault_server_dup_request (server, index);

  return strstr (request, header) != NULL;
}

/* What the person gave for one origin is not told to another. */
static void
test_secrets_stay (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinFaultServer) other = bobbin_fault_server_new ();
  g_autofree char *uri = bobbin_fault_server_dup_uri (fixture->server, "/start");
  g_autofree char *there = bobbin_fault_server_dup_uri (other, "/there");
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 302 Found\nLocation: %s\nContent-Length: 0", there);
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);
  BobbinLink *link = bobbin_link_new (uri, NULL);

  bobbin_fault_server_answer (fixture->server, "/start",
                              "HTTP/1.1 302 Found\nLocation: /near\nContent-Length: 0", "",
                              BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (fixture->server, "/near", head, "", BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (other, "/there", "HTTP/1.1 200 OK\nContent-Length: " LENGTH, BODY,
                              BOBBIN_FAULT_KEEP);
  bobbin_link_set_folder (link, fixture->folder);
  g_assert_true (bobbin_link_add_header (link, "X-Secret", "opensesame", NULL));
  g_assert_true (bobbin_link_add_header (link, "Cookie", "id=opensesame", NULL));
  g_assert_true (bobbin_link_add_header (link, "User-Agent", "Somebody/1", NULL));
  g_ptr_array_add (links, link);
  bobbin_queue_add (fixture->queue, links, FALSE);
  bobbin_test_wait_for_run (fixture->queue);

  bobbin_test_assert_file (fixture->folder, "there", BODY, strlen (BODY));
  g_assert_true (has_header (fixture->server, 0, "X-Secret: opensesame"));
  g_assert_true (has_header (fixture->server, 1, "X-Secret: opensesame"));
  g_assert_true (has_header (fixture->server, 0, "Accept-Encoding: identity"));
  g_assert_true (has_header (fixture->server, 0, "User-Agent: Somebody/1"));
  g_assert_true (has_header (other, 0, "User-Agent: Somebody/1"));
  g_assert_false (has_header (other, 0, "opensesame"));
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *added = bobbin_test_add (fixture->queue, fixture->folder, "http://127.0.0.1:1/a");

  bobbin_test_wait_for_run (fixture->queue);
  g_assert_error (bobbin_download_get_error (added), G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  assert_names (fixture, "");
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  bobbin_fault_server_answer (fixture->server, "/photo-1516117172878-fd2c41f4a759",
                              "HTTP/1.1 200 OK\nContent-Type: image/jpeg\nContent-Length: " LENGTH, BODY,
                              BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (
      fixture->server, "/get?id=1",
      "HTTP/1.1 200 OK\nContent-Disposition: attachment; filename=\"../.././x y.txt\"\n"
      "Content-Length: " LENGTH,
      BODY, BOBBIN_FAULT_KEEP);
  download (fixture, "/photo-1516117172878-fd2c41f4a759");
  download (fixture, "/get?id=1");
  assert_names (fixture, "photo-1516117172878-fd2c41f4a759.jpg | x y.txt");
}

/* A name that is taken when the file is there already gets a number, and what
 * stands under it is not touched. */
static void
test_name_taken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a", NULL);

  bobbin_fault_server_answer (fixture->server, "/a", "HTTP/1.1 200 OK\nContent-Length: " LENGTH, BODY,
                              BOBBIN_FAULT_KEEP);
  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  download (fixture, "/a");
  download (fixture, "/a");
  assert_names (fixture, "a | a (1) | a (2)");
  bobbin_test_assert_file (fixture->folder, "a", "mine", 4);
  bobbin_test_assert_file (fixture->folder, "a (1)", BODY, strlen (BODY));
  bobbin_test_assert_file (fixture->folder, "a (2)", BODY, strlen (BODY));
}

/* A folder that is a file: a clear error, and the others go on. */
static void
test_bad_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "file", NULL);
  g_autofree char *uri = bobbin_fault_server_dup_uri (fixture->server, "/a");
  BobbinDownload *bad;
  BobbinDownload *good;

  bobbin_fault_server_answer (fixture->server, "/a", "HTTP/1.1 200 OK\nContent-Length: " LENGTH, BODY,
                              BOBBIN_FAULT_KEEP);
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  bad = bobbin_test_add (fixture->queue, file, uri);
  good = bobbin_test_add (fixture->queue, fixture->folder, uri);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_error (bobbin_download_get_error (bad), G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
  g_assert_cmpint (bobbin_download_get_state (good), ==, BOBBIN_STATE_FINISHED);
}

/* The second try of a download whose first one was cut after 10 bytes. */
typedef struct
{
  const char *name;
  const char *first_head; /* after the status line and the length */
  const char *second_head;
  const char *second_body;
  const char *file;
  gboolean asks_for_rest; /* whether the second request has a Range */
  guint n_requests;
} Second;

#define REST " hands make light work."
#define OTHER "Too many cooks spoil the broth"

static const Second seconds[] = {
  { "goes-on", "ETag: \"a\"", "206 Rest\nETag: \"a\"\nContent-Range: bytes 4-26/27\nContent-Length: 23", REST,
    BODY, TRUE, 2 },
  { "goes-on-by-date", "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\nDate: Mon, 07 Nov 1994 08:49:37 GMT",
    "206 Rest\nContent-Range: bytes 4-26/27\nContent-Length: 23", REST, BODY, TRUE, 2 },
  { "ignores-range", "ETag: \"a\"", "200 OK\nETag: \"a\"\nContent-Length: 27", BODY, BODY, TRUE, 3 },
  { "has-changed", "ETag: \"a\"", "200 OK\nETag: \"b\"\nContent-Length: 30", OTHER, OTHER, TRUE, 2 },
  { "no-validator", "X: y", "200 OK\nContent-Length: 27", BODY, BODY, FALSE, 2 },
  { "weak-validator", "ETag: W/\"a\"", "200 OK\nContent-Length: 27", BODY, BODY, FALSE, 2 },
  { "wrong-start", "ETag: \"a\"", "206 Rest\nContent-Range: bytes 0-26/27\nContent-Length: 27", BODY, BODY,
    TRUE, 3 },
  { "no-range-told", "ETag: \"a\"", "206 Rest\nContent-Length: 23", REST, BODY, TRUE, 3 },
  { "backward-range", "ETag: \"a\"", "206 Rest\nContent-Range: bytes 26-4/27\nContent-Length: 23", REST, BODY,
    TRUE, 3 },
  { "other-total", "ETag: \"a\"", "206 Rest\nContent-Range: bytes 4-27/28\nContent-Length: 24", REST "!",
    BODY, TRUE, 3 },
  { "other-etag", "ETag: \"a\"", "206 Rest\nETag: \"b\"\nContent-Range: bytes 4-26/27\nContent-Length: 23",
    REST, BODY, TRUE, 3 },
  { "range-refused", "ETag: \"a\"", "416 No\nContent-Range: bytes */2\nContent-Length: 0", "", BODY, TRUE,
    3 },
  { "precondition", "ETag: \"a\"", "412 No\nContent-Length: 0", "", BODY, TRUE, 3 },
};

/* What was received is taken up if the server still has the same file, else
 * the download starts anew; the file is right in either case. */
static void
test_second_try (Fixture *fixture, gconstpointer data)
{
  const Second *second = data;
  g_autofree char *first_head
      = g_strconcat ("HTTP/1.1 200 OK\nContent-Length: " LENGTH "\n", second->first_head, NULL);
  g_autofree char *second_head = g_strconcat ("HTTP/1.1 ", second->second_head, NULL);
  BobbinDownload *added;

  bobbin_fault_server_answer (fixture->server, "/file", first_head, "Many", BOBBIN_FAULT_CLOSE);
  bobbin_fault_server_answer (fixture->server, "/file", second_head, second->second_body, BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (fixture->server, "/file", "HTTP/1.1 200 OK\nContent-Length: " LENGTH, BODY,
                              BOBBIN_FAULT_KEEP);
  added = download (fixture, "/file");
  g_assert_error (bobbin_download_get_error (added), BOBBIN_ERROR, BOBBIN_ERROR_TRUNCATED);
  g_assert_cmpint (bobbin_download_get_received (added), ==, 4);
  assert_names (fixture, "file.part");

  bobbin_queue_retry (fixture->queue, added);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_no_error (bobbin_download_get_error (added));
  bobbin_test_assert_file (fixture->folder, "file", second->file, strlen (second->file));
  assert_names (fixture, "file");
  g_assert_cmpint (bobbin_download_get_total (added), ==, strlen (second->file));
  g_assert_cmpuint (bobbin_fault_server_get_n_requests (fixture->server), ==, second->n_requests);
  g_assert_cmpint (has_header (fixture->server, 1, "Range: bytes=4-"), ==, second->asks_for_rest);
  g_assert_cmpint (has_header (fixture->server, 1, "If-Range: "), ==, second->asks_for_rest);
}

/* A part file that was changed behind our back is left alone. */
static void
test_part_replaced (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "file.part", NULL);
  BobbinDownload *added;

  bobbin_fault_server_answer (fixture->server, "/file",
                              "HTTP/1.1 200 OK\nETag: \"a\"\nContent-Length: " LENGTH, "Many",
                              BOBBIN_FAULT_CLOSE);
  bobbin_fault_server_answer (fixture->server, "/file", "HTTP/1.1 200 OK\nContent-Length: " LENGTH, BODY,
                              BOBBIN_FAULT_KEEP);
  added = download (fixture, "/file");
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_true (g_file_set_contents (path, "theirs", -1, NULL));
  bobbin_queue_retry (fixture->queue, added);
  bobbin_test_wait_for_run (fixture->queue);

  g_assert_no_error (bobbin_download_get_error (added));
  bobbin_test_assert_file (fixture->folder, "file.part", "theirs", 6);
  bobbin_test_assert_file (fixture->folder, "file (1)", BODY, strlen (BODY));
}

/* An answer that is none does not cost what is held, whatever comes next. */
static void
test_held_through_garbage (Fixture *fixture, gconstpointer data)
{
  BobbinDownload *added;

  bobbin_fault_server_answer (fixture->server, "/file",
                              "HTTP/1.1 200 OK\nETag: \"a\"\nContent-Length: " LENGTH, "Many",
                              BOBBIN_FAULT_CLOSE);
  bobbin_fault_server_answer (fixture->server, "/file", "This is not HTTP", "", BOBBIN_FAULT_CLOSE);
  bobbin_fault_server_answer (fixture->server, "/file", "HTTP/1.1 503 Busy\nContent-Length: 0", "",
                              BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (
      fixture->server, "/file",
      "HTTP/1.1 206 Rest\nETag: \"a\"\nContent-Range: bytes 4-26/27\nContent-Length: 23", REST,
      BOBBIN_FAULT_KEEP);
  added = download (fixture, "/file");
  bobbin_queue_retry (fixture->queue, added);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_cmpuint (bobbin_error_get_status (bobbin_download_get_error (added)), ==, 503);
  assert_names (fixture, "file.part");

  bobbin_queue_retry (fixture->queue, added);
  bobbin_test_wait_for_run (fixture->queue);
  g_assert_no_error (bobbin_download_get_error (added));
  bobbin_test_assert_file (fixture->folder, "file", BODY, strlen (BODY));
  g_assert_cmpint (bobbin_queue_get_run (fixture->queue)->bytes, ==, strlen (REST));
}

/* The body of an answer that is not the file is not waited for: the timeout is
 * longer than this test may take. */
static void
test_stalled_refusal (Fixture *fixture, gconstpointer data)
{
  bobbin_test_set_patience (fixture->queue, 3600, 1);
  bobbin_fault_server_answer (fixture->server, "/file", "HTTP/1.1 404 Not Found\nContent-Length: 100", "so",
                              BOBBIN_FAULT_HOLD);
  g_assert_cmpuint (bobbin_error_get_status (bobbin_download_get_error (download (fixture, "/file"))), ==,
                    404);
}

/* What one link signs in with is not told for another, whoever worked before. */
static void
test_sign_in_stays (Fixture *fixture, gconstpointer data)
{
  g_autofree char *plain = bobbin_fault_server_dup_uri (fixture->server, "/one");
  g_autofree char *signed_in = g_strdup_printf ("http://user:opensesame@%s", plain + strlen ("http://"));

  bobbin_queue_set_at_once (fixture->queue, 1);
  bobbin_fault_server_answer (fixture->server, "/one",
                              "HTTP/1.1 401 Who\nWWW-Authenticate: Basic realm=\"x\"\nContent-Length: 0", "",
                              BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (fixture->server, "/one", "HTTP/1.1 200 OK\nContent-Length: " LENGTH, BODY,
                              BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (fixture->server, "/two", "HTTP/1.1 200 OK\nContent-Length: " LENGTH, BODY,
                              BOBBIN_FAULT_KEEP);
  bobbin_test_add (fixture->queue, fixture->folder, signed_in);
  download (fixture, "/two");

  assert_names (fixture, "one | two");
  g_assert_true (has_header (fixture->server, 1, "Authorization: Basic"));
  g_assert_false (has_header (fixture->server, 2, "Authorization"));
}

static void
drop_report (BobbinReport *report, gpointer user_data)
{
  bobbin_report_free (report);
}

/* A try at @path of a server that isn't there, by a worker that is this thread. */
static BobbinReport *
run_with_held (Fixture *fixture, const BobbinHeld *held, gboolean cancelled)
{
  g_autoptr (BobbinHttp) http = bobbin_http_new ();
  g_autoptr (BobbinLink) link = bobbin_link_new ("http://127.0.0.1:1/file", NULL);
  g_autoptr (BobbinTarget) target = NULL;
  g_autoptr (BobbinTransfer) transfer = NULL;
  BobbinReport *end;

  bobbin_link_set_folder (link, fixture->folder);
  target = bobbin_target_new (link, 0, held, bobbin_queue_get_settings (fixture->queue), NULL, 0);
  transfer = bobbin_transfer_new (target, NULL);
  g_assert_true (bobbin_transfer_claim (transfer));
  g_assert_false (bobbin_transfer_withdraw (transfer));
  if (cancelled)
    g_cancellable_cancel (transfer->cancellable);
  bobbin_http_enter (http);
  end = bobbin_transfer_run (transfer, http, NULL, drop_report, NULL);
  bobbin_http_leave (http);
  g_assert_true (end->last);
  return end;
}

/* Paused or failed between the last byte and the final name. */
static void
test_all_held (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinPartFile) part
      = bobbin_part_file_create (fixture->folder, "file", BOBBIN_CONFLICT_NUMBER, NULL);
  g_autoptr (GArray) ranges = bobbin_range_list_new ();
  BobbinHeld held = { .name = (char *) "file",
                      .identity = bobbin_part_file_get_identity (part),
                      .ranges = ranges,
                      .total = 27,
                      .validator = (char *) "\"a\"" };
  g_autoptr (BobbinReport) end = NULL;

  bobbin_range_list_add (ranges, 0, 27);
  g_assert_true (bobbin_part_file_write (part, BODY "more", strlen (BODY "more"), 0, NULL));
  g_clear_pointer (&part, bobbin_part_file_free);
  end = run_with_held (fixture, &held, FALSE);

  g_assert_no_error (end->error);
  g_assert_cmpstr (end->name, ==, "file");
  bobbin_test_assert_file (fixture->folder, "file", BODY, strlen (BODY));
}

/* A try that is cancelled before it has done anything keeps what it was given:
 * pausing and resuming quickly must not lose the part file. */
static void
test_cancelled_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) ranges = bobbin_range_list_new ();
  BobbinHeld held = { .name = (char *) "file", .ranges = ranges, .total = 27, .validator = (char *) "\"a\"" };
  g_autoptr (BobbinReport) end = NULL;

  bobbin_range_list_add (ranges, 0, 4);
  end = run_with_held (fixture, &held, TRUE);

  g_assert_error (end->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_nonnull (end->held);
  g_assert_cmpstr (end->held->name, ==, "file");
  g_assert_cmpint (bobbin_range_list_count (end->held->ranges), ==, 4);
  g_assert_cmpstr (end->held->validator, ==, "\"a\"");
}

#define ADD(name, function) g_test_add ("/transfer/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  bobbin_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/transfer/answer/", rows[i].name, NULL);

      g_test_add (path, Fixture, &rows[i], set_up, test_answer, tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      g_autofree char *path = g_strconcat ("/transfer/second-try/", seconds[i].name, NULL);

      g_test_add (path, Fixture, &seconds[i], set_up, test_second_try, tear_down);
    }
  ADD ("twenty-hops", test_twenty_hops);
  ADD ("secrets-stay", test_secrets_stay);
  ADD ("refused", test_refused);
  ADD ("names", test_names);
  ADD ("name-taken", test_name_taken);
  ADD ("bad-folder", test_bad_folder);
  ADD ("part-replaced", test_part_replaced);
  ADD ("held-through-garbage", test_held_through_garbage);
  ADD ("stalled-refusal", test_stalled_refusal);
  ADD ("sign-in-stays", test_sign_in_stays);
  ADD ("all-held", test_all_held);
  ADD ("cancelled-at-once", test_cancelled_at_once);
  return g_test_run ();
}
