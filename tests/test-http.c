/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fetch.h"
#include "bobbin-script-server.h"
#include "bobbin-test.h"

#include <string.h>

#define OK "HTTP/1.1 200 OK\n"
#define PARTIAL "HTTP/1.1 206 Partial Content\n"
#define CHUNKED OK "Transfer-Encoding: chunked"
#define ETAG "\"a\""

typedef struct
{
  BobbinScriptServer *server;
  BobbinFetch fetch;
  char *uri;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = bobbin_script_server_new (NULL);
  bobbin_fetch_init (&fixture->fetch);
  fixture->uri = bobbin_script_server_dup_uri (fixture->server, "/file?x=1");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  bobbin_fetch_clear (&fixture->fetch);
  bobbin_script_server_free (fixture->server);
  g_free (fixture->uri);
}

/* Answers to a request for the whole file. */
typedef struct
{
  const char *name;
  const char *head;
  const char *body;
  BobbinScriptEnd end;
  const char *file; /* NULL: an error */
  int code;         /* of BOBBIN_ERROR, -1 for one of G_IO_ERROR */
  guint status;
} Row;

static const Row rows[] = {
  { "whole", OK "Content-Length: 5", "Bytes", BOBBIN_SCRIPT_KEEP, "Bytes" },
  { "empty", OK "Content-Length: 0", "", BOBBIN_SCRIPT_KEEP, "" },
  { "until-close", OK "Connection: close", "Bytes", BOBBIN_SCRIPT_CLOSE, "Bytes" },
  { "until-reset", OK "Connection: close", "Bytes\f", BOBBIN_SCRIPT_RESET, NULL, -1 },
  { "same-length-twice", OK "Content-Length: 5\nContent-Length: 5", "Bytes", BOBBIN_SCRIPT_KEEP, "Bytes" },
  { "length-list", OK "Content-Length: 5, 5", "Bytes", BOBBIN_SCRIPT_KEEP, "Bytes" },
  { "surplus", OK "Content-Length: 3", "Bytes", BOBBIN_SCRIPT_KEEP, "Byt" },
  { "created", "HTTP/1.1 201 Created\nContent-Length: 5", "Bytes", BOBBIN_SCRIPT_KEEP, "Bytes" },
  { "whole-as-range", PARTIAL "Content-Range: bytes 0-4/5\nContent-Length: 5", "Bytes", BOBBIN_SCRIPT_KEEP,
    "Bytes" },
  { "early-hints", "HTTP/1.1 103 Early Hints\n\nHTTP/1.1 200 OK\nContent-Length: 5", "Bytes",
    BOBBIN_SCRIPT_KEEP, "Bytes" },

  { "short-close", OK "Content-Length: 9", "Bytes", BOBBIN_SCRIPT_CLOSE, NULL, BOBBIN_ERROR_TRUNCATED },
  { "short-close-announced", OK "Connection: close\nContent-Length: 9", "Bytes", BOBBIN_SCRIPT_CLOSE, NULL,
    BOBBIN_ERROR_TRUNCATED },
  { "short-reset", OK "Content-Length: 9", "Bytes\f", BOBBIN_SCRIPT_RESET, NULL, -1 },
  { "two-lengths", OK "Content-Length: 5\nContent-Length: 3", "Bytes", BOBBIN_SCRIPT_KEEP, NULL,
    BOBBIN_ERROR_BAD_ANSWER },
  { "negative-length", OK "Content-Length: -5", "Bytes", BOBBIN_SCRIPT_CLOSE, NULL, BOBBIN_ERROR_BAD_ANSWER },
  { "letters-in-length", OK "Content-Length: 5abc", "Bytes", BOBBIN_SCRIPT_CLOSE, NULL,
    BOBBIN_ERROR_BAD_ANSWER },
  { "length-of-65-bits", OK "Content-Length: 40000000000000000000", "Bytes", BOBBIN_SCRIPT_CLOSE, NULL,
    BOBBIN_ERROR_BAD_ANSWER },
  { "part-not-asked-for", PARTIAL "Content-Range: bytes 0-4/9\nContent-Length: 5", "Bytes",
    BOBBIN_SCRIPT_KEEP, NULL, BOBBIN_ERROR_BAD_ANSWER },
  { "range-without-total", PARTIAL "Content-Range: bytes 0-4/*\nContent-Length: 5", "Bytes",
    BOBBIN_SCRIPT_KEEP, NULL, BOBBIN_ERROR_BAD_ANSWER },
  { "range-without-field", PARTIAL "Content-Length: 5", "Bytes", BOBBIN_SCRIPT_KEEP, NULL,
    BOBBIN_ERROR_BAD_ANSWER },
  { "several-parts", PARTIAL "Content-Type: multipart/byteranges; boundary=x\nContent-Length: 5", "Bytes",
    BOBBIN_SCRIPT_KEEP, NULL, BOBBIN_ERROR_BAD_ANSWER },
  { "no-content", "HTTP/1.1 204 No Content", "", BOBBIN_SCRIPT_KEEP, NULL, BOBBIN_ERROR_NO_CONTENT },
  { "reset-content", "HTTP/1.1 205 Reset Content\nContent-Length: 0", "", BOBBIN_SCRIPT_KEEP, NULL,
    BOBBIN_ERROR_NO_CONTENT },

  { "chunks", CHUNKED, "5\r\nBytes\r\n6\r\n more \r\n0\r\n\r\n", BOBBIN_SCRIPT_KEEP, "Bytes more " },
  { "chunks-in-packets", CHUNKED, "5\f\r\nBy\ftes\r\f\n6\r\n\f more \r\n\f0\r\f\n\r\f\n", BOBBIN_SCRIPT_KEEP,
    "Bytes more " },
  { "chunks-late-end", CHUNKED, "5\r\nBytes\r\n\f0\r\n\r\n", BOBBIN_SCRIPT_KEEP, "Bytes" },
  { "chunks-close", CHUNKED "\nConnection: close", "5\r\nBytes\r\n0\r\n\r\n", BOBBIN_SCRIPT_CLOSE, "Bytes" },
  { "chunks-and-length", CHUNKED "\nContent-Length: 3", "5\r\nBytes\r\n0\r\n\r\n", BOBBIN_SCRIPT_KEEP,
    "Bytes" },
  { "chunks-none", CHUNKED, "0\r\n\r\n", BOBBIN_SCRIPT_KEEP, "" },
  { "chunks-extended", CHUNKED, "5;a=\"b\"\r\nBytes\r\n0; last\r\n\r\n", BOBBIN_SCRIPT_KEEP, "Bytes" },
  { "chunks-padded", CHUNKED, "0005  \r\nBytes\r\n0  \r\n\r\n", BOBBIN_SCRIPT_KEEP, "Bytes" },
  { "chunks-in-capitals", CHUNKED, "A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n", BOBBIN_SCRIPT_KEEP,
    "01234567890123456789" },
  { "chunks-bare-newlines", CHUNKED, "5\nBytes\n0\n\n", BOBBIN_SCRIPT_KEEP, "Bytes" },
  { "chunks-trailers", CHUNKED, "5\r\nBytes\r\n0\r\nDigest: x\r\nMore: y\r\n\r\n", BOBBIN_SCRIPT_KEEP,
    "Bytes" },
  { "chunks-end-without-line", CHUNKED, "5\r\nBytes\r\n0\r\n", BOBBIN_SCRIPT_CLOSE, "Bytes" },
  { "chunks-named-twice", OK "Transfer-Encoding: chunked\nTransfer-Encoding: chunked",
    "5\r\nBytes\r\n0\r\n\r\n", BOBBIN_SCRIPT_KEEP, "Bytes" },

  { "chunks-cut-between", CHUNKED, "5\r\nBytes\r\n", BOBBIN_SCRIPT_CLOSE, NULL, BOBBIN_ERROR_TRUNCATED },
  { "chunks-cut-at-once", CHUNKED, "", BOBBIN_SCRIPT_CLOSE, NULL, BOBBIN_ERROR_TRUNCATED },
  { "chunks-cut-in-chunk", CHUNKED, "9\r\nBytes", BOBBIN_SCRIPT_CLOSE, NULL, BOBBIN_ERROR_TRUNCATED },
  { "chunks-cut-in-size", CHUNKED, "5\r\nBytes\r\n5", BOBBIN_SCRIPT_CLOSE, NULL, BOBBIN_ERROR_TRUNCATED },
  { "chunks-cut-in-last-size", CHUNKED, "5\r\nBytes\r\n0", BOBBIN_SCRIPT_CLOSE, NULL,
    BOBBIN_ERROR_TRUNCATED },
  { "chunks-cut-announced", CHUNKED "\nConnection: close", "5\r\nBytes\r\n", BOBBIN_SCRIPT_CLOSE, NULL,
    BOBBIN_ERROR_TRUNCATED },
  { "chunks-cut-by-reset", CHUNKED, "5\r\nBytes\r\n\f", BOBBIN_SCRIPT_RESET, NULL, -1 },
  { "chunks-bad-size", CHUNKED, "5\r\nBytes\r\nzz\r\n", BOBBIN_SCRIPT_HOLD, NULL, BOBBIN_ERROR_BAD_ANSWER },
  { "chunks-bad-size-close", CHUNKED, "5\r\nBytes\r\nzz\r\n", BOBBIN_SCRIPT_CLOSE, NULL,
    BOBBIN_ERROR_BAD_ANSWER },
  { "chunks-bad-size-behind", CHUNKED, "5\r\nBytes\r\n5z\r\n", BOBBIN_SCRIPT_HOLD, NULL,
    BOBBIN_ERROR_BAD_ANSWER },
  { "chunks-empty-size", CHUNKED, "5\r\nBytes\r\n\r\n", BOBBIN_SCRIPT_HOLD, NULL, BOBBIN_ERROR_BAD_ANSWER },
  { "chunks-negative-size", CHUNKED, "5\r\nBytes\r\n-5\r\nBytes\r\n", BOBBIN_SCRIPT_HOLD, NULL,
    BOBBIN_ERROR_BAD_ANSWER },
  { "chunks-size-of-65-bits", CHUNKED, "5\r\nBytes\r\n10000000000000000\r\n", BOBBIN_SCRIPT_HOLD, NULL,
    BOBBIN_ERROR_BAD_ANSWER },
  { "chunks-size-of-64-bits", CHUNKED, "5\r\nBytes\r\nffffffffffffffff\r\nBytes", BOBBIN_SCRIPT_HOLD, NULL,
    BOBBIN_ERROR_BAD_ANSWER },
  { "chunks-too-long", CHUNKED, "3\r\nBytes\r\n0\r\n\r\n", BOBBIN_SCRIPT_HOLD, NULL,
    BOBBIN_ERROR_BAD_ANSWER },
  { "chunks-endless-extension", CHUNKED, "5;xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", BOBBIN_SCRIPT_REPEAT,
    NULL, BOBBIN_ERROR_BAD_ANSWER },
  { "chunks-not-last", OK "Transfer-Encoding: chunked, identity", "5\r\nBytes\r\n0\r\n\r\n",
    BOBBIN_SCRIPT_KEEP, NULL, BOBBIN_ERROR_BAD_ANSWER },
  { "chunks-named-twice-in-list", OK "Transfer-Encoding: chunked, chunked", "5\r\nBytes\r\n0\r\n\r\n",
    BOBBIN_SCRIPT_KEEP, "Bytes" },
  { "chunks-and-identity", OK "Transfer-Encoding: identity, chunked", "5\r\nBytes\r\n0\r\n\r\n",
    BOBBIN_SCRIPT_KEEP, "Bytes" },
  { "chunks-compressed", OK "Transfer-Encoding: gzip\nTransfer-Encoding: chunked", "5\r\nBytes\r\n0\r\n\r\n",
    BOBBIN_SCRIPT_KEEP, NULL, BOBBIN_ERROR_BAD_ANSWER },

  { "not-modified", "HTTP/1.1 304 Not Modified", "", BOBBIN_SCRIPT_KEEP, NULL, BOBBIN_ERROR_HTTP_STATUS,
    304 },
  { "not-found", "HTTP/1.1 404 Not Found\nContent-Length: 5", "Bytes", BOBBIN_SCRIPT_KEEP, NULL,
    BOBBIN_ERROR_HTTP_STATUS, 404 },
  { "many-choices", "HTTP/1.1 300 Multiple Choices\nContent-Length: 5", "Bytes", BOBBIN_SCRIPT_KEEP, NULL,
    BOBBIN_ERROR_HTTP_STATUS, 300 },
  { "misdirected-endless", "HTTP/1.1 421 Misdirected Request\nConnection: close", "Bytes",
    BOBBIN_SCRIPT_REPEAT, NULL, BOBBIN_ERROR_HTTP_STATUS, 421 },
  { "sign-in-endless", "HTTP/1.1 401 Who\nWWW-Authenticate: Basic realm=\"x\"\nConnection: close", "Bytes",
    BOBBIN_SCRIPT_REPEAT, NULL, BOBBIN_ERROR_HTTP_STATUS, 401 },
  { "garbage", "This is not HTTP", "Bytes", BOBBIN_SCRIPT_CLOSE, NULL, BOBBIN_ERROR_BAD_ANSWER },
  { "http-0.9", "<html>\n<p>Bytes</p>", "</html>", BOBBIN_SCRIPT_CLOSE, NULL, BOBBIN_ERROR_BAD_ANSWER },
  { "nothing", "", "", BOBBIN_SCRIPT_CLOSE, NULL, BOBBIN_ERROR_BAD_ANSWER },
};

static void
test_row (Fixture *fixture, gconstpointer data)
{
  const Row *row = data;

  bobbin_script_server_answer (fixture->server, row->head, row->body, row->end);
  bobbin_fetch_uri (&fixture->fetch, fixture->uri);
  if (row->file != NULL)
    {
      bobbin_fetch_assert_body (&fixture->fetch, row->file);
      g_assert_cmpint (fixture->fetch.answer->first, ==, 0);
      return;
    }
  if (row->code < 0)
    g_assert_cmpuint (fixture->fetch.error->domain, ==, G_IO_ERROR);
  else
    bobbin_fetch_assert_error (&fixture->fetch, row->code);
  g_assert_cmpuint (bobbin_error_get_status (fixture->fetch.error), ==, row->status);
}

/* Answers to a request for a part: of 10 bytes with the validator "a". */
typedef struct
{
  const char *name;
  goffset first;
  goffset end;
  goffset total;
  const char *head;
  const char *body;
  const char *file; /* NULL: BOBBIN_ERROR_RANGE_REFUSED */
  goffset found_first;
  goffset found_total;
} PartRow;

static const PartRow part_rows[] = {
  { "rest", 4, -1, 10, PARTIAL "ETag: " ETAG "\nContent-Range: bytes 4-9/10\nContent-Length: 6", "456789",
    "456789", 4, 10 },
  { "middle", 4, 7, 10, PARTIAL "ETag: " ETAG "\nContent-Range: bytes 4-6/10\nContent-Length: 3", "456",
    "456", 4, 10 },
  { "beginning", 0, 3, 10, PARTIAL "Content-Range: bytes 0-2/10\nContent-Length: 3", "012", "012", 0, 10 },
  { "total-learned", 4, -1, -1, PARTIAL "Content-Range: bytes 4-9/10\nContent-Length: 6", "456789", "456789",
    4, 10 },
  { "total-not-told", 4, 7, 10, PARTIAL "Content-Range: bytes 4-6/*\nContent-Length: 3", "456", "456", 4,
    10 },
  { "longer-than-file", 4, 20, -1, PARTIAL "Content-Range: bytes 4-9/10\nContent-Length: 6", "456789",
    "456789", 4, 10 },
  { "chunks", 4, 7, 10, PARTIAL "Content-Range: bytes 4-6/10\nTransfer-Encoding: chunked",
    "3\r\n456\r\n0\r\n\r\n", "456", 4, 10 },
  { "no-length", 4, 7, 10, PARTIAL "Content-Range: bytes 4-6/10\nConnection: close", "456", "456", 4, 10 },
  { "whole-file", 4, 7, 10, OK "ETag: " ETAG "\nContent-Length: 10", "0123456789", "0123456789", 0, 10 },
  { "whole-other-file", 4, 7, 10, OK "ETag: \"b\"\nContent-Length: 3", "new", "new", 0, 3 },
  { "beyond-4-gib", G_GINT64_CONSTANT (5000000000), -1, G_GINT64_CONSTANT (5000000003),
    PARTIAL "Content-Range: bytes 5000000000-5000000002/5000000003\nContent-Length: 3", "end", "end",
    G_GINT64_CONSTANT (5000000000), G_GINT64_CONSTANT (5000000003) },

  { "other-beginning", 4, -1, 10, PARTIAL "Content-Range: bytes 0-9/10\nContent-Length: 10", "0123456789" },
  { "no-range-field", 4, -1, 10, PARTIAL "Content-Length: 6", "456789" },
  { "reversed", 4, -1, 10, PARTIAL "Content-Range: bytes 9-4/10\nContent-Length: 6", "456789" },
  { "beyond-total", 4, -1, 10, PARTIAL "Content-Range: bytes 4-10/10\nContent-Length: 7", "4567890" },
  { "overflow", 4, -1, -1, PARTIAL "Content-Range: bytes 4-99999999999999999999/*\nContent-Length: 6",
    "456789" },
  { "other-total", 4, -1, 10, PARTIAL "Content-Range: bytes 4-11/12\nContent-Length: 8", "456789ab" },
  { "too-early-end", 4, -1, 10, PARTIAL "Content-Range: bytes 4-6/10\nContent-Length: 3", "456" },
  { "too-late-end", 4, 7, 10, PARTIAL "Content-Range: bytes 4-9/10\nContent-Length: 6", "456789" },
  { "end-not-known", 4, -1, -1, PARTIAL "Content-Range: bytes 4-9/*\nContent-Length: 6", "456789" },
  { "other-length", 4, 7, 10, PARTIAL "Content-Range: bytes 4-6/10\nContent-Length: 5", "45678" },
  { "other-validator", 4, 7, 10, PARTIAL "ETag: \"b\"\nContent-Range: bytes 4-6/10\nContent-Length: 3",
    "456" },
  { "weak-validator", 4, 7, 10, PARTIAL "ETag: W/" ETAG "\nContent-Range: bytes 4-6/10\nContent-Length: 3",
    "456" },
  { "encoded", 4, 7, 10, PARTIAL "Content-Encoding: gzip\nContent-Range: bytes 4-6/10\nContent-Length: 3",
    "456" },
  { "several-parts", 4, 7, 10, PARTIAL "Content-Type: multipart/byteranges; boundary=x\nContent-Length: 3",
    "--x" },
  { "several-parts-and-range", 4, 7, 10,
    PARTIAL "Content-Type: Multipart/Byteranges; boundary=x\nContent-Range: bytes 4-6/10\nContent-Length: 3",
    "--x" },
  { "other-unit", 4, 7, 10, PARTIAL "Content-Range: lines 4-6/10\nContent-Length: 3", "456" },
  { "two-ranges", 4, 7, 10,
    PARTIAL "Content-Range: bytes 4-6/10\nContent-Range: bytes 0-2/10\nContent-Length: 3", "456" },
};

static void
test_part_row (Fixture *fixture, gconstpointer data)
{
  const PartRow *row = data;

  bobbin_script_server_answer (fixture->server, row->head, row->body, BOBBIN_SCRIPT_CLOSE);
  bobbin_fetch_part (&fixture->fetch, fixture->uri, row->first, row->end, row->total, ETAG);
  if (row->file == NULL)
    {
      bobbin_fetch_assert_error (&fixture->fetch, BOBBIN_ERROR_RANGE_REFUSED);
      return;
    }
  bobbin_fetch_assert_body (&fixture->fetch, row->file);
  g_assert_cmpint (fixture->fetch.answer->first, ==, row->found_first);
  g_assert_cmpint (fixture->fetch.answer->total, ==, row->found_total);
}

static void
assert_asked (Fixture *fixture, const char *line)
{
  guint last = bobbin_script_server_get_n_requests (fixture->server) - 1;
  g_autofree char *request = bobbin_script_server_dup_request (fixture->server, last);

  g_assert_nonnull (strstr (request, line));
}

static void
assert_not_asked (Fixture *fixture, const char *text)
{
  guint last = bobbin_script_server_get_n_requests (fixture->server) - 1;
  g_autofree char *request = bobbin_script_server_dup_request (fixture->server, last);

  g_assert_null (strstr (request, text));
}

static void
test_range_fields (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinLink) link = bobbin_link_new (fixture->uri, NULL);
  BobbinRequest wanted = { .first = 4, .end = -1, .total = 10, .validator = ETAG, .unconditional = TRUE };

  for (guint i = 0; i < 4; i++)
    bobbin_script_server_answer (fixture->server, OK "Content-Length: 0", "", BOBBIN_SCRIPT_KEEP);
  bobbin_fetch_uri (&fixture->fetch, fixture->uri);
  assert_asked (fixture, "GET /file?x=1 HTTP/1.1\r\n");
  assert_asked (fixture, "\r\nAccept-Encoding: identity\r\n");
  assert_not_asked (fixture, "Range");
  bobbin_fetch_part (&fixture->fetch, fixture->uri, 4, -1, 10, ETAG);
  assert_asked (fixture, "\r\nRange: bytes=4-\r\n");
  assert_asked (fixture, "\r\nIf-Range: \"a\"\r\n");
  bobbin_fetch_part (&fixture->fetch, fixture->uri, 0, 8, 10, NULL);
  assert_asked (fixture, "\r\nRange: bytes=0-7\r\n");
  assert_not_asked (fixture, "If-Range");
  bobbin_fetch_link (&fixture->fetch, link, &wanted);
  assert_asked (fixture, "\r\nRange: bytes=4-\r\n");
  assert_not_asked (fixture, "If-Range");
}

static void
test_unsatisfied_range (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *field;
    goffset total;
  } ranges[] = { { "\nContent-Range: bytes */10", 10 },
                 { "\nContent-Range: bytes */-1", -1 },
                 { "\nContent-Range: bytes 0-3/10", -1 },
                 { "", -1 } };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      g_autofree char *head = g_strconcat ("HTTP/1.1 416 No\nContent-Length: 0", ranges[i].field, NULL);

      bobbin_script_server_answer (fixture->server, head, "", BOBBIN_SCRIPT_KEEP);
      bobbin_fetch_part (&fixture->fetch, fixture->uri, 10, -1, 10, ETAG);
      bobbin_fetch_assert_status (&fixture->fetch, 416);
      g_assert_cmpint (bobbin_error_get_total (fixture->fetch.error), ==, ranges[i].total);
    }
}

static void
test_date_as_validator (Fixture *fixture, gconstpointer data)
{
  const char *date = "Sun, 06 Nov 1994 08:49:37 GMT";

  bobbin_script_server_answer (fixture->server,
                               PARTIAL "ETag: \"new\"\nContent-Range: bytes 4-6/10\nContent-Length: 3", "456",
                               BOBBIN_SCRIPT_KEEP);
  bobbin_script_server_answer (
      fixture->server,
      PARTIAL "Last-Modified: Sun, 06 Nov 1994 08:49:38 GMT\nContent-Range: bytes 4-6/10\nContent-Length: 3",
      "456", BOBBIN_SCRIPT_KEEP);
  bobbin_fetch_part (&fixture->fetch, fixture->uri, 4, 7, 10, date);
  bobbin_fetch_assert_body (&fixture->fetch, "456");
  assert_asked (fixture, "\r\nIf-Range: Sun, 06 Nov 1994 08:49:37 GMT\r\n");
  bobbin_fetch_part (&fixture->fetch, fixture->uri, 4, 7, 10, date);
  bobbin_fetch_assert_error (&fixture->fetch, BOBBIN_ERROR_RANGE_REFUSED);
}

static void
test_retry_after (Fixture *fixture, gconstpointer data)
{
  bobbin_script_server_answer (fixture->server, "HTTP/1.1 503 Busy\nRetry-After: 120\nContent-Length: 4",
                               "busy", BOBBIN_SCRIPT_KEEP);
  bobbin_script_server_answer (
      fixture->server, "HTTP/1.1 429 Slow\nRetry-After: Sun, 06 Nov 1994 08:49:37 GMT\nContent-Length: 0", "",
      BOBBIN_SCRIPT_KEEP);
  bobbin_script_server_answer (fixture->server, "HTTP/1.1 503 Busy\nContent-Length: 0", "",
                               BOBBIN_SCRIPT_KEEP);

  bobbin_fetch_uri (&fixture->fetch, fixture->uri);
  bobbin_fetch_assert_status (&fixture->fetch, 503);
  g_assert_cmpint (bobbin_error_get_retry_after (fixture->fetch.error), ==, 120);
  bobbin_fetch_uri (&fixture->fetch, fixture->uri);
  bobbin_fetch_assert_status (&fixture->fetch, 429);
  g_assert_cmpint (bobbin_error_get_retry_after (fixture->fetch.error), ==, 0);
  bobbin_fetch_uri (&fixture->fetch, fixture->uri);
  bobbin_fetch_assert_status (&fixture->fetch, 503);
  g_assert_cmpint (bobbin_error_get_retry_after (fixture->fetch.error), ==, -1);
}

static void
test_fields (Fixture *fixture, gconstpointer data)
{
  const BobbinAnswer *answer;

  bobbin_script_server_answer (
      fixture->server,
      OK
      "ETag: \"v\"\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\nAccept-Ranges: bytes\nContent-Length: 5\n"
      "Content-Type: Image/PNG; charset=x\nContent-Disposition: attachment; filename=a\n"
      "Repr-Digest: md5=:tocBfMnOYKmMYGBgOqTPYA==:",
      "Bytes", BOBBIN_SCRIPT_KEEP);
  bobbin_fetch_uri (&fixture->fetch, fixture->uri);
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  answer = fixture->fetch.answer;
  g_assert_cmpstr (answer->uri, ==, fixture->uri);
  g_assert_cmpstr (answer->validator, ==, "\"v\"");
  g_assert_cmpstr (answer->disposition, ==, "attachment; filename=a");
  g_assert_cmpint (g_ascii_strcasecmp (answer->media_type, "image/png"), ==, 0);
  g_assert_cmpint (answer->modified, ==, 784111777);
  g_assert_cmpint (answer->total, ==, 5);
  g_assert_true (answer->ranges);
  g_assert_false (answer->downgraded);
  g_assert_nonnull (answer->digest);
}

/* What speaks of the content is not about the file when that is a part. */
static void
test_digest_of_part (Fixture *fixture, gconstpointer data)
{
  const char *fields = "Content-MD5: tocBfMnOYKmMYGBgOqTPYA==\nContent-Length: 5";
  g_autofree char *whole = g_strconcat (OK, fields, NULL);
  g_autofree char *part = g_strconcat (PARTIAL "Content-Range: bytes 5-9/10\n", fields, NULL);

  bobbin_script_server_answer (fixture->server, whole, "Bytes", BOBBIN_SCRIPT_KEEP);
  bobbin_script_server_answer (fixture->server, part, "Bytes", BOBBIN_SCRIPT_KEEP);
  bobbin_fetch_uri (&fixture->fetch, fixture->uri);
  g_assert_nonnull (fixture->fetch.answer->digest);
  bobbin_fetch_part (&fixture->fetch, fixture->uri, 5, -1, 10, ETAG);
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  g_assert_null (fixture->fetch.answer->digest);
}

static void
test_ranges_told (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *head;
    const char *body;
    gboolean ranges;
  } answers[] = {
    { OK "Accept-Ranges: bytes\nContent-Length: 5", "Bytes", TRUE },
    { OK "Accept-Ranges: Bytes, lines\nContent-Length: 5", "Bytes", TRUE },
    { PARTIAL "Content-Range: bytes 0-4/5\nContent-Length: 5", "Bytes", TRUE },
    { OK "Accept-Ranges: none\nContent-Length: 5", "Bytes", FALSE },
    { OK "Content-Length: 5", "Bytes", FALSE },
    { OK "Accept-Ranges: bytes\nTransfer-Encoding: chunked", "5\r\nBytes\r\n0\r\n\r\n", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      bobbin_script_server_answer (fixture->server, answers[i].head, answers[i].body, BOBBIN_SCRIPT_KEEP);
      bobbin_fetch_uri (&fixture->fetch, fixture->uri);
      bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
      g_assert_cmpint (fixture->fetch.answer->ranges, ==, answers[i].ranges);
    }
}

/* What came before must not be taken for the next answer, and a connection
 * that is at the end of an answer is used again. */
static void
test_next_answer (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *head;
    const char *body;
    gboolean reused;
  } answers[] = {
    { OK "Content-Length: 5", "Bytes", TRUE },
    { CHUNKED, "5\r\nBytes\r\n0\r\n\r\n", TRUE },
    { CHUNKED, "5\r\nBytes\r\n0\r\nDigest: x\r\n\r\n", TRUE },
    { CHUNKED, "5\r\nBytes\r\n0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nWrong", FALSE },
    { CHUNKED, "5\r\nBytes\r\n0\r\n\fDigest: x\r\n\r\n", FALSE },
    { OK "Content-Length: 5", "BytesHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nWrong", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      guint n;

      bobbin_script_server_answer (fixture->server, answers[i].head, answers[i].body, BOBBIN_SCRIPT_KEEP);
      bobbin_script_server_answer (fixture->server, OK "Connection: close\nContent-Length: 5", "Right",
                                   BOBBIN_SCRIPT_CLOSE);
      bobbin_fetch_uri (&fixture->fetch, fixture->uri);
      bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
      n = bobbin_script_server_get_n_connections (fixture->server);
      bobbin_fetch_uri (&fixture->fetch, fixture->uri);
      bobbin_fetch_assert_body (&fixture->fetch, "Right");
      g_assert_cmpuint (bobbin_script_server_get_n_connections (fixture->server), ==, n + !answers[i].reused);
    }
}

static void
test_big_head (Fixture *fixture, gconstpointer data)
{
  g_autofree char *big = g_strnfill (200000, 'x');
  g_autofree char *head = g_strconcat (OK "Content-Length: 5\nX-Big: ", big, NULL);

  bobbin_script_server_answer (fixture->server, head, "Bytes", BOBBIN_SCRIPT_CLOSE);
  bobbin_fetch_uri (&fixture->fetch, fixture->uri);
  bobbin_fetch_assert_error (&fixture->fetch, BOBBIN_ERROR_BAD_ANSWER);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (100 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* Heads without end are ended by whoever watches: cancelling works there. */
static void
test_cancel_endless_head (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinLink) link = bobbin_link_new (fixture->uri, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BobbinAnswer) answer = NULL;
  BobbinRequest request = { .link = link, .settings = fixture->fetch.settings, .end = -1, .total = -1 };
  GThread *thread;
  gint64 start;

  bobbin_script_server_answer (fixture->server, "HTTP/1.1 103 Early Hints", data, BOBBIN_SCRIPT_REPEAT);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  start = g_get_monotonic_time ();
  answer = bobbin_http_get (fixture->fetch.http, &request, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (answer);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
  g_thread_join (thread);
}

static void
add_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/http/answer/", rows[i].name, NULL);

      g_test_add (path, Fixture, &rows[i], set_up, test_row, tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (part_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/http/part/", part_rows[i].name, NULL);

      g_test_add (path, Fixture, &part_rows[i], set_up, test_part_row, tear_down);
    }
}

int
main (int argc, char **argv)
{
  bobbin_test_init (&argc, &argv);
  add_rows ();
  g_test_add ("/http/range-fields", Fixture, NULL, set_up, test_range_fields, tear_down);
  g_test_add ("/http/unsatisfied-range", Fixture, NULL, set_up, test_unsatisfied_range, tear_down);
  g_test_add ("/http/date-as-validator", Fixture, NULL, set_up, test_date_as_validator, tear_down);
  g_test_add ("/http/retry-after", Fixture, NULL, set_up, test_retry_after, tear_down);
  g_test_add ("/http/fields", Fixture, NULL, set_up, test_fields, tear_down);
  g_test_add ("/http/digest-of-part", Fixture, NULL, set_up, test_digest_of_part, tear_down);
  g_test_add ("/http/ranges-told", Fixture, NULL, set_up, test_ranges_told, tear_down);
  g_test_add ("/http/next-answer", Fixture, NULL, set_up, test_next_answer, tear_down);
  g_test_add ("/http/big-head", Fixture, NULL, set_up, test_big_head, tear_down);
  g_test_add ("/http/cancel-endless-hints", Fixture, "HTTP/1.1 103 Early Hints\r\n\r\n", set_up,
              test_cancel_endless_head, tear_down);
  g_test_add ("/http/cancel-slow-hints", Fixture, "\fHTTP/1.1 103 Early Hints\r\n\r\n", set_up,
              test_cancel_endless_head, tear_down);
  return g_test_run ();
}
