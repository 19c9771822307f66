/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-bytes.h"
#include "bobbin-demo-pictures.h"
#include "bobbin-demo-server.h"

#include <libsoup/soup.h>
#include <string.h>

typedef struct
{
  BobbinDemoServer *server;
  SoupSession *session;
} Fixture;

/* One answer, read to its end. */
typedef struct
{
  SoupMessage *message;
  GBytes *body;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_object (&answer->message);
  g_clear_pointer (&answer->body, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
fixture_set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = bobbin_demo_server_new (&error);
  g_assert_no_error (error);
  g_assert_nonnull (fixture->server);
  fixture->session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_clear_object (&fixture->session);
  g_clear_pointer (&fixture->server, bobbin_demo_server_free);
}

/* Asks for @path, with the header fields of @fields ("Name: value\r\n…"). */
static void
ask (Fixture *fixture, const char *method, const char *path, const char *fields, Answer *answer)
{
  g_autofree char *uri = g_strconcat (bobbin_demo_server_get_uri (fixture->server), path, NULL);
  g_auto (GStrv) lines = g_strsplit (fields != NULL ? fields : "", "\r\n", -1);
  g_autoptr (GError) error = NULL;

  answer_clear (answer);
  answer->message = soup_message_new (method, uri);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) field = g_strsplit (lines[i], ": ", 2);

      soup_message_headers_append (soup_message_get_request_headers (answer->message), field[0], field[1]);
    }

  answer->body = soup_session_send_and_read (fixture->session, answer->message, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_field (Answer *answer, const char *name, const char *value)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (answer->message);

  g_assert_cmpstr (soup_message_headers_get_one (headers, name), ==, value);
}

static void
assert_text (Answer *answer, guint status, const char *text)
{
  g_assert_cmpuint (soup_message_get_status (answer->message), ==, status);
  assert_field (answer, "Content-Type", "text/plain; charset=utf-8");
  g_assert_cmpmem (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body), text,
                   strlen (text));
}

/* The body is the stream from @start to @end. */
static void
assert_stream (Answer *answer, goffset start, goffset end)
{
  gsize size = (gsize) (end - start);
  g_autofree guint8 *expected = g_malloc (size + 1);

  bobbin_demo_bytes_fill (expected, size, start);
  g_assert_cmpmem (g_bytes_get_data (answer->body, NULL), g_bytes_get_size (answer->body), expected, size);
}

static GSocketConnection *
connect_to_server (Fixture *fixture)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_uri (client, bobbin_demo_server_get_uri (fixture->server), 80, NULL,
                                               &error);
  g_assert_no_error (error);

  return connection;
}

static void
write_text (GSocketConnection *connection, const char *text)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (output, text, strlen (text), NULL, NULL, &error);
  g_assert_no_error (error);
}

/* A client that is no good: it sends a request and does with the answer what the test wants. */
static GSocketConnection *
connect_and_ask (Fixture *fixture, const char *path)
{
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", path);
  GSocketConnection *connection = connect_to_server (fixture);

  write_text (connection, request);

  return connection;
}

static gssize
read_some (GSocketConnection *connection, char *buffer, gsize size)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));

  return g_input_stream_read (input, buffer, size, NULL, NULL);
}

/* Reads until the server closes. Returns: the bytes after the head. */
static gsize
count_body (GSocketConnection *connection)
{
  g_autoptr (GString) all = g_string_new (NULL);
  char buffer[4096];
  const char *body;
  gssize n;

  while ((n = read_some (connection, buffer, sizeof buffer)) > 0)
    g_string_append_len (all, buffer, n);
  g_assert_cmpint (n, ==, 0);

  body = g_strstr_len (all->str, (gssize) all->len, "\r\n\r\n");
  g_assert_nonnull (body);

  return all->len - (gsize) (body + 4 - all->str);
}

static void
test_uri (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GUri) uri = g_uri_parse (bobbin_demo_server_get_uri (fixture->server), G_URI_FLAGS_NONE, NULL);

  g_assert_nonnull (uri);
  g_assert_cmpstr (g_uri_get_scheme (uri), ==, "http");
  g_assert_cmpstr (g_uri_get_host (uri), ==, "127.0.0.1");
  g_assert_cmpint (g_uri_get_port (uri), >, 0);
  g_assert_cmpstr (g_uri_get_path (uri), ==, "");
}

static void
test_sleep (Fixture *fixture, gconstpointer user_data)
{
  gint64 start = g_get_monotonic_time ();
  g_auto (Answer) answer = { NULL };

  ask (fixture, "GET", "/sleep/0.2", NULL, &answer);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 200 * G_TIME_SPAN_MILLISECOND);
  assert_text (&answer, SOUP_STATUS_OK, "Done sleeping 0.2 second(s)");

  ask (fixture, "GET", "/sleep/0", NULL, &answer);
  assert_text (&answer, SOUP_STATUS_OK, "Done sleeping 0 second(s)");
}

/* The head comes after the sleep, not before it. */
static void
test_sleep_head (Fixture *fixture, gconstpointer user_data)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GSocketConnection) connection = connect_and_ask (fixture, "/sleep/0.2");
  char byte;

  g_assert_cmpint (read_some (connection, &byte, 1), ==, 1);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 200 * G_TIME_SPAN_MILLISECOND);
}

/* One after another they would take 10 s. */
static void
test_sleep_at_once (Fixture *fixture, gconstpointer user_data)
{
  gint64 start = g_get_monotonic_time ();
  GSocketConnection *connections[10];

  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    connections[i] = connect_and_ask (fixture, "/sleep/1");
  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    {
      char buffer[512];
      gssize n = read_some (connections[i], buffer, sizeof buffer);

      g_assert_cmpint (n, >, 0);
      g_assert_true (g_str_has_prefix (buffer, "HTTP/1.1 200 OK\r\n"));
      g_object_unref (connections[i]);
    }

  g_assert_cmpint (g_get_monotonic_time () - start, >=, G_TIME_SPAN_SECOND);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_TIME_SPAN_SECOND);
}

static void
test_not_found (Fixture *fixture, gconstpointer user_data)
{
  static const char *paths[] = {
    "/",
    "/sleep",
    "/sleep/",
    "/sleep/-1",
    "/sleep/1e1",
    "/sleep/inf",
    "/sleep/.",
    "/sleep/1.",
    "/sleep/1.5.",
    "/sleep/1s",
    "/bytes/",
    "/bytes/-1",
    "/bytes/1099511627777",
    "/bytes/99999999999999999999999",
    "/pictures/",
    "/pictures/21-fig.jpg",
    "/pictures/01-birch.png",
    "/redirect/0/sleep/0",
    "/redirect/101/sleep/0",
    "/redirect/1",
    "/redirect/1//example.org/",
    "/redirect//sleep/0",
    "/..%2f",
  };
  g_auto (Answer) answer = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_test_message ("%s", paths[i]);
      ask (fixture, "GET", paths[i], NULL, &answer);
      assert_text (&answer, SOUP_STATUS_NOT_FOUND, "No such thing here\n");
    }
}

static void
test_method (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Answer) answer = { NULL };

  ask (fixture, "DELETE", "/bytes/1", NULL, &answer);
  assert_text (&answer, SOUP_STATUS_METHOD_NOT_ALLOWED, "GET and HEAD only\n");
  assert_field (&answer, "Allow", "GET, HEAD");
}

static void
test_bytes_whole (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Answer) answer = { NULL };

  ask (fixture, "GET", "/bytes/1000003", NULL, &answer);
  g_assert_cmpuint (soup_message_get_status (answer.message), ==, SOUP_STATUS_OK);
  assert_field (&answer, "Content-Type", "application/octet-stream");
  assert_field (&answer, "Content-Length", "1000003");
  assert_field (&answer, "Accept-Ranges", "bytes");
  assert_field (&answer, "ETag", "\"bytes-1000003\"");
  assert_field (&answer, "Last-Modified", "Sat, 01 Jan 2022 00:00:00 GMT");
  assert_field (&answer, "Content-Disposition", NULL);
  assert_stream (&answer, 0, 1000003);

  ask (fixture, "GET", "/bytes/0", NULL, &answer);
  g_assert_cmpuint (soup_message_get_status (answer.message), ==, SOUP_STATUS_OK);
  assert_field (&answer, "Content-Length", "0");
  assert_stream (&answer, 0, 0);
}

static void
test_bytes_head (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Answer) answer = { NULL };

  /* Ranges are for GET alone (RFC 9110, section 14.2). */
  ask (fixture, "HEAD", "/bytes/1099511627776", "Range: bytes=0-1", &answer);
  g_assert_cmpuint (soup_message_get_status (answer.message), ==, SOUP_STATUS_OK);
  assert_field (&answer, "Content-Length", "1099511627776");
  assert_field (&answer, "Accept-Ranges", "bytes");
  g_assert_cmpuint (g_bytes_get_size (answer.body), ==, 0);

  /* The connection is good for another request. */
  ask (fixture, "GET", "/bytes/3", NULL, &answer);
  assert_stream (&answer, 0, 3);
}

static void
test_bytes_range (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Answer) answer = { NULL };

  ask (fixture, "GET", "/bytes/1000", "Range: bytes=13-300", &answer);
  g_assert_cmpuint (soup_message_get_status (answer.message), ==, SOUP_STATUS_PARTIAL_CONTENT);
  assert_field (&answer, "Content-Range", "bytes 13-300/1000");
  assert_field (&answer, "Content-Length", "288");
  assert_field (&answer, "ETag", "\"bytes-1000\"");
  assert_stream (&answer, 13, 301);

  ask (fixture, "GET", "/bytes/1099511627776", "Range: bytes=-300001", &answer);
  g_assert_cmpuint (soup_message_get_status (answer.message), ==, SOUP_STATUS_PARTIAL_CONTENT);
  assert_field (&answer, "Content-Range", "bytes 1099511327775-1099511627775/1099511627776");
  assert_stream (&answer, 1099511327775, 1099511627776);

  ask (fixture, "GET", "/bytes/1000", "Range: bytes=0-1,5-6", &answer);
  g_assert_cmpuint (soup_message_get_status (answer.message), ==, SOUP_STATUS_OK);
  assert_field (&answer, "Content-Range", NULL);
  assert_stream (&answer, 0, 1000);

  ask (fixture, "GET", "/bytes/1000", "Range: bytes=1000-", &answer);
  g_assert_cmpuint (soup_message_get_status (answer.message), ==,
                    SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE);
  assert_field (&answer, "Content-Range", "bytes */1000");
  g_assert_cmpuint (g_bytes_get_size (answer.body), ==, 0);
}

static void
test_bytes_if_range (Fixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    const char *validator;
    gboolean holds;
  } cases[] = {
    { "\"bytes-1000\"", TRUE },
    { "W/\"bytes-1000\"", FALSE },
    { "\"bytes-1001\"", FALSE },
    { "bytes-1000", FALSE },
    { "Sat, 01 Jan 2022 00:00:00 GMT", TRUE },
    { "Sun, 02 Jan 2022 00:00:00 GMT", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *fields = g_strdup_printf ("Range: bytes=990-\r\nIf-Range: %s", cases[i].validator);
      g_auto (Answer) answer = { NULL };

      g_test_message ("%s", cases[i].validator);
      ask (fixture, "GET", "/bytes/1000", fields, &answer);
      g_assert_cmpuint (soup_message_get_status (answer.message), ==, cases[i].holds ? 206 : 200);
      assert_stream (&answer, cases[i].holds ? 990 : 0, 1000);
    }
}

static void
test_delay_and_rate (Fixture *fixture, gconstpointer user_data)
{
  gint64 start = g_get_monotonic_time ();
  g_auto (Answer) answer = { NULL };

  ask (fixture, "GET", "/bytes/100001?rate=1000000&delay=0.1", NULL, &answer);
  assert_stream (&answer, 0, 100001);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 200 * G_TIME_SPAN_MILLISECOND);

  /* A rate holds for what is sent, not for what there is. */
  ask (fixture, "GET", "/bytes/1099511627776?rate=100", "Range: bytes=7-16", &answer);
  assert_stream (&answer, 7, 17);

  /* More than a chunk in a tick. */
  ask (fixture, "GET", "/bytes/3000000?rate=1000000000", NULL, &answer);
  assert_stream (&answer, 0, 3000000);
}

static void
test_status (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Answer) answer = { NULL };

  ask (fixture, "GET", "/bytes/5?status=404", "Range: bytes=0-1", &answer);
  assert_text (&answer, SOUP_STATUS_NOT_FOUND, "Not Found");
  assert_field (&answer, "ETag", NULL);

  ask (fixture, "GET", "/pictures/01-birch.jpg?status=503&delay=0", NULL, &answer);
  assert_text (&answer, SOUP_STATUS_SERVICE_UNAVAILABLE, "Service Unavailable");

  ask (fixture, "GET", "/bytes/5?status=204", NULL, &answer);
  g_assert_cmpuint (soup_message_get_status (answer.message), ==, SOUP_STATUS_NO_CONTENT);
  g_assert_cmpuint (g_bytes_get_size (answer.body), ==, 0);

  ask (fixture, "GET", "/bytes/5", NULL, &answer);
  assert_stream (&answer, 0, 5);
}

static void
test_names (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Answer) answer = { NULL };

  ask (fixture, "GET", "/bytes/5?name=a%20%22b%22.txt&type=text/html", NULL, &answer);
  assert_field (&answer, "Content-Disposition", "attachment; filename=\"a \\\"b\\\".txt\"");
  assert_field (&answer, "Content-Type", "text/html");
  assert_stream (&answer, 0, 5);

  ask (fixture, "GET", "/bytes/5?name=%C3%A4'.txt", NULL, &answer);
  assert_field (&answer, "Content-Disposition", "attachment; filename*=UTF-8''%C3%A4%27.txt");
}

static void
test_bad_query (Fixture *fixture, gconstpointer user_data)
{
  static const char *queries[] = {
    "rate=0",     "rate=-1", "rate=x", "rate",         "delay=",   "delay=1e9",
    "status=199", "cut=-1",  "name=",  "name=a%0d%0a", "status=x", "type=a%0Ab:c",
  };
  g_auto (Answer) answer = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *path = g_strconcat ("/bytes/5?", queries[i], NULL);

      g_test_message ("%s", path);
      ask (fixture, "GET", path, NULL, &answer);
      assert_text (&answer, SOUP_STATUS_BAD_REQUEST, "Not understood: the query\n");
    }
}

static void
test_cut (Fixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    const char *path;
    gsize size;
  } cases[] = {
    { "/bytes/1000000?cut=300000", 300000 },
    { "/bytes/1000000?cut=0", 0 },
    { "/bytes/1000?cut=999&rate=10000", 999 },
    { "/pictures/01-birch.jpg?fast&cut=100", 100 },
  };
  g_auto (Answer) answer = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GSocketConnection) connection = connect_and_ask (fixture, cases[i].path);

      g_assert_cmpuint (count_body (connection), ==, cases[i].size);
    }

  ask (fixture, "GET", "/bytes/5?cut=5", NULL, &answer);
  assert_stream (&answer, 0, 5);
}

static void
test_redirect (Fixture *fixture, gconstpointer user_data)
{
  g_auto (Answer) answer = { NULL };
  g_autofree char *uri = NULL;

  ask (fixture, "GET", "/redirect/3/bytes/5?name=a%20b&rate=1000", NULL, &answer);
  uri = g_uri_to_string (soup_message_get_uri (answer.message));
  g_assert_true (g_str_has_prefix (uri, bobbin_demo_server_get_uri (fixture->server)));
  g_assert_true (g_str_has_suffix (uri, "/bytes/5?name=a%20b&rate=1000"));
  assert_stream (&answer, 0, 5);
}

static void
test_redirect_hop (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = g_strconcat (bobbin_demo_server_get_uri (fixture->server), "/redirect/2/a/b", NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  g_autoptr (GBytes) body = NULL;

  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  body = soup_session_send_and_read (fixture->session, message, NULL, NULL);
  g_assert_nonnull (body);
  g_assert_cmpuint (soup_message_get_status (message), ==, SOUP_STATUS_FOUND);
  g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_response_headers (message), "Location"), ==,
                   "/redirect/1/a/b");
}

static void
test_pictures (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) uris = bobbin_demo_server_dup_picture_uris (fixture->server);
  const char *base = bobbin_demo_server_get_uri (fixture->server);
  g_auto (Answer) answer = { NULL };

  g_assert_cmpuint (uris->len, ==, BOBBIN_DEMO_N_PICTURES);
  for (guint i = 0; i < uris->len; i++)
    {
      const char *uri = g_ptr_array_index (uris, i);
      const char *name = bobbin_demo_picture_get (i)->name;
      g_autofree char *expected = g_strdup_printf ("%s/pictures/%s.jpg", base, name);
      g_autofree char *path = g_strdup_printf ("/pictures/%s%s?fast", name, i % 2 == 0 ? ".jpg" : "");
      g_autoptr (GBytes) file = bobbin_demo_picture_load (bobbin_demo_picture_get (i));

      g_assert_cmpstr (uri, ==, expected);
      ask (fixture, "GET", path, NULL, &answer);
      g_assert_cmpuint (soup_message_get_status (answer.message), ==, SOUP_STATUS_OK);
      assert_field (&answer, "Content-Type", "image/jpeg");
      g_assert_true (g_bytes_equal (answer.body, file));
    }
}

static void
test_picture_range (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) file = bobbin_demo_picture_load (bobbin_demo_picture_find ("08-beech"));
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (file, 400, 1600);
  g_autofree char *fields = NULL;
  g_auto (Answer) answer = { NULL };
  SoupMessageHeaders *headers;

  ask (fixture, "HEAD", "/pictures/08-beech.jpg", NULL, &answer);
  headers = soup_message_get_response_headers (answer.message);
  fields = g_strdup_printf ("Range: bytes=400-1999\r\nIf-Range: %s",
                            soup_message_headers_get_one (headers, "ETag"));

  ask (fixture, "GET", "/pictures/08-beech.jpg?fast", fields, &answer);
  g_assert_cmpuint (soup_message_get_status (answer.message), ==, SOUP_STATUS_PARTIAL_CONTENT);
  g_assert_true (g_bytes_equal (answer.body, part));
}

/* A picture's own delay and rate are kept, and can be left out. Only the lower bounds are sharp. */
static void
test_picture_pace (Fixture *fixture, gconstpointer user_data)
{
  const BobbinDemoPicture *picture = bobbin_demo_picture_find ("04-pine.jpg");
  g_auto (Answer) answer = { NULL };
  gint64 start = g_get_monotonic_time ();

  ask (fixture, "HEAD", "/pictures/04-pine.jpg", NULL, &answer);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, picture->delay * G_TIME_SPAN_MILLISECOND);

  start = g_get_monotonic_time ();
  ask (fixture, "GET", "/pictures/04-pine.jpg", NULL, &answer);
  g_assert_cmpint (g_get_monotonic_time () - start, >=,
                   (picture->delay + picture->duration) * G_TIME_SPAN_MILLISECOND);

  start = g_get_monotonic_time ();
  for (guint i = 0; i < 20; i++)
    ask (fixture, "GET", "/pictures/08-beech.jpg?fast", NULL, &answer);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_TIME_SPAN_SECOND);
}

static void
test_photo (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GBytes) file
      = bobbin_demo_picture_load (bobbin_demo_picture_find ("photo-1516117172878-fd2c41f4a759"));
  g_auto (Answer) answer = { NULL };

  ask (fixture, "GET", "/pictures/photo-1516117172878-fd2c41f4a759?fast", NULL, &answer);
  g_assert_cmpuint (soup_message_get_status (answer.message), ==, SOUP_STATUS_OK);
  assert_field (&answer, "Content-Type", "image/jpeg");
  assert_field (&answer, "Content-Disposition", NULL);
  g_assert_true (g_bytes_equal (answer.body, file));
}

/* Readers that have stopped reading, and others that are still asleep, are in nobody's way: not in that of a
 * new client, and not in that of the server's end. */
static void
test_stop_in_the_middle (Fixture *fixture, gconstpointer user_data)
{
  static const char *paths[] = {
    "/bytes/1099511627776",   "/sleep/60", "/bytes/1000000?rate=1000", "/bytes/1000?delay=60",
    "/pictures/08-beech.jpg",
  };
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (Answer) answer = { NULL };

  for (guint i = 0; i < 128; i++)
    g_ptr_array_add (connections, connect_and_ask (fixture, paths[i % G_N_ELEMENTS (paths)]));

  ask (fixture, "GET", "/sleep/0.1", NULL, &answer);
  assert_text (&answer, SOUP_STATUS_OK, "Done sleeping 0.1 second(s)");

  g_clear_pointer (&fixture->server, bobbin_demo_server_free);
  for (guint i = 0; i < connections->len; i++)
    {
      char buffer[65536];
      gssize n;

      /* What was on its way, and then the end. */
      while ((n = read_some (g_ptr_array_index (connections, i), buffer, sizeof buffer)) > 0)
        continue;
    }
}

/* Clients that leave in the middle take nothing with them. */
static void
test_clients_leave (Fixture *fixture, gconstpointer user_data)
{
  static const char *paths[] = { "/bytes/1099511627776", "/sleep/0.05", "/bytes/100000000?rate=10000000" };
  g_auto (Answer) answer = { NULL };

  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (GSocketConnection) connection = connect_and_ask (fixture, paths[i % G_N_ELEMENTS (paths)]);

      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }

  ask (fixture, "GET", "/sleep/0.2", NULL, &answer);
  assert_text (&answer, SOUP_STATUS_OK, "Done sleeping 0.2 second(s)");
}

/* Half a request, and none at all. */
static void
test_stop_before_request (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GSocketConnection) silent = connect_to_server (fixture);
  g_autoptr (GSocketConnection) half = connect_to_server (fixture);
  g_auto (Answer) answer = { NULL };
  char byte;

  write_text (half, "GET /by");
  ask (fixture, "GET", "/bytes/3", NULL, &answer);
  assert_stream (&answer, 0, 3);

  g_clear_pointer (&fixture->server, bobbin_demo_server_free);
  g_assert_cmpint (read_some (silent, &byte, 1), <=, 0);
  g_assert_cmpint (read_some (half, &byte, 1), <=, 0);
}

static void
test_start_and_stop (void)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BobbinDemoServer) server = bobbin_demo_server_new (&error);

      g_assert_no_error (error);
      g_assert_nonnull (server);
    }
}

/* Two servers live beside each other, each on a port of its own. */
static void
test_two_servers (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (BobbinDemoServer) other = bobbin_demo_server_new (NULL);

  g_assert_nonnull (other);
  g_assert_cmpstr (bobbin_demo_server_get_uri (other), !=, bobbin_demo_server_get_uri (fixture->server));
}

#define ADD(path, function)                                                                                  \
  g_test_add ("/demo-server/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/demo-server/start-and-stop", test_start_and_stop);
  ADD ("uri", test_uri);
  ADD ("two-servers", test_two_servers);
  ADD ("sleep/text", test_sleep);
  ADD ("sleep/head", test_sleep_head);
  ADD ("sleep/at-once", test_sleep_at_once);
  ADD ("not-found", test_not_found);
  ADD ("method", test_method);
  ADD ("bytes/whole", test_bytes_whole);
  ADD ("bytes/head", test_bytes_head);
  ADD ("bytes/range", test_bytes_range);
  ADD ("bytes/if-range", test_bytes_if_range);
  ADD ("options/delay-and-rate", test_delay_and_rate);
  ADD ("options/status", test_status);
  ADD ("options/names", test_names);
  ADD ("options/bad", test_bad_query);
  ADD ("options/cut", test_cut);
  ADD ("redirect/all", test_redirect);
  ADD ("redirect/hop", test_redirect_hop);
  ADD ("pictures/all", test_pictures);
  ADD ("pictures/range", test_picture_range);
  ADD ("pictures/pace", test_picture_pace);
  ADD ("pictures/photo", test_photo);
  ADD ("stop/in-the-middle", test_stop_in_the_middle);
  ADD ("stop/before-request", test_stop_before_request);
  ADD ("clients-leave", test_clients_leave);

  return g_test_run ();
}
