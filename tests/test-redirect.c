/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fetch.h"
#include "bobbin-redirect.h"
#include "bobbin-script-server.h"
#include "bobbin-test.h"

#include <libsoup/soup.h>
#include <string.h>

#define OK "HTTP/1.1 200 OK\nContent-Length: 5"

/* Two servers, so two origins: the port alone makes the difference. */
typedef struct
{
  BobbinScriptServer *own;
  BobbinScriptServer *other;
  BobbinFetch fetch;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->own = bobbin_script_server_new (NULL);
  fixture->other = bobbin_script_server_new (NULL);
  bobbin_fetch_init (&fixture->fetch);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  bobbin_fetch_clear (&fixture->fetch);
  bobbin_script_server_free (fixture->own);
  bobbin_script_server_free (fixture->other);
}

static void
redirect (BobbinScriptServer *server, guint status, const char *location)
{
  g_autofree char *head
      = g_strdup_printf ("HTTP/1.1 %u Go\nLocation: %s\nContent-Length: 7", status, location);

  bobbin_script_server_answer (server, head, "<html/>", BOBBIN_SCRIPT_KEEP);
}

static void
fetch (Fixture *fixture, const char *path)
{
  g_autofree char *uri = bobbin_script_server_dup_uri (fixture->own, path);

  bobbin_fetch_uri (&fixture->fetch, uri);
}

static void
test_resolve (void)
{
  static const struct
  {
    const char *location;
    const char *to; /* NULL: refused */
  } places[] = {
    { "/b", "https://example.org/b" },
    { "b", "https://example.org/dir/b" },
    { "../b", "https://example.org/b" },
    { "../../../b", "https://example.org/b" },
    { "?b", "https://example.org/dir/a?b" },
    { "//other.example/b", "https://other.example/b" },
    { "http://example.org", "http://example.org/" },
    { "http://example.org:80/b", "http://example.org/b" },
    { "HTTP://EXAMPLE.org/b", "http://EXAMPLE.org/b" },
    { "/with space?and space", "https://example.org/with%20space?and%20space" },
    { "/caf\xc3\xa9", "https://example.org/caf%C3%A9" },
    { "/caf\xe9", "https://example.org/caf%E9" },
    { "/%2e%2e/%41", "https://example.org/A" },
    { "/b\tc\x01", "https://example.org/b%09c%01" },
    { "/b#fragment", "https://example.org/b" },
    { "https://user:secret@example.org/b", "https://example.org/b" },
    { "https://example.org@evil.example/b", "https://evil.example/b" },
    { NULL, NULL },
    { "", NULL },
    { "file:///etc/passwd", NULL },
    { "ftp://example.org/b", NULL },
    { "data:text/plain,b", NULL },
    { "javascript:alert(1)", NULL },
    { "http:///b", NULL },
    { "http://", NULL },
    { "http://example.org:99999/b", NULL },
    { "http://[::1/b", NULL },
  };
  g_autoptr (GUri) from = g_uri_parse ("https://user:secret@example.org/dir/a?q", SOUP_HTTP_URI_FLAGS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GUri) to = bobbin_redirect_resolve (from, places[i].location, &error);
      g_autofree char *found = to != NULL ? g_uri_to_string (to) : NULL;

      bobbin_test_message (places[i].location);
      g_assert_cmpstr (found, ==, places[i].to);
      if (to == NULL)
        g_assert_error (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_REDIRECT);
    }
}

static void
test_authority (void)
{
  static const char *const authorities[][2] = {
    { "http://a.example/b", "a.example:80" },
    { "https://user@a.example/b", "a.example:443" },
    { "https://[::1]:8443/b", "[::1]:8443" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (authorities); i++)
    {
      g_autoptr (GUri) uri = g_uri_parse (authorities[i][0], SOUP_HTTP_URI_FLAGS, NULL);
      g_autofree char *found = bobbin_redirect_dup_authority (uri);

      g_assert_cmpstr (found, ==, authorities[i][1]);
    }
}

static void
test_origin (void)
{
  static const struct
  {
    const char *a;
    const char *b;
    gboolean same;
  } pairs[] = {
    { "http://a.example/x", "http://a.example:80/y?z", TRUE },
    { "https://A.example/", "https://a.example:443/", TRUE },
    { "http://a.example/", "https://a.example/", FALSE },
    { "http://a.example/", "http://a.example:8080/", FALSE },
    { "http://a.example/", "http://b.a.example/", FALSE },
    { "http://a.example/", "http://a.example./", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GUri) a = g_uri_parse (pairs[i].a, SOUP_HTTP_URI_FLAGS, NULL);
      g_autoptr (GUri) b = g_uri_parse (pairs[i].b, SOUP_HTTP_URI_FLAGS, NULL);

      bobbin_test_message (pairs[i].b);
      g_assert_cmpint (bobbin_redirect_is_same_origin (a, b), ==, pairs[i].same);
    }
}

static void
test_header (void)
{
  static const struct
  {
    const char *to;
    const char *name;
    const char *value;
    const char *sent;
  } headers[] = {
    { "https://a.example/b", "Cookie", "c", "c" },
    { "https://a.example/b", "Referer", "https://a.example/p?q", "https://a.example/p?q" },
    { "https://b.example/", "User-Agent", "u", "u" },
    { "https://b.example/", "accept", "*/*", "*/*" },
    { "https://b.example/", "Accept-Language", "eo", "eo" },
    { "https://b.example/", "Referer", "https://user:secret@c.example:8443/p?q#f",
      "https://c.example:8443/" },
    { "http://b.example/", "Referer", "http://c.example/p?q", "http://c.example/" },
    { "http://b.example/", "Referer", "https://c.example/p?q", NULL },
    { "https://b.example/", "referer", "no address", NULL },
    { "https://b.example/", "Authorization", "s", NULL },
    { "https://b.example/", "Proxy-Authorization", "s", NULL },
    { "https://b.example/", "Cookie", "s", NULL },
    { "https://b.example/", "X-Api-Key", "s", NULL },
    { "https://a.example:8443/", "Cookie", "s", NULL },
    { "http://a.example/", "Cookie", "s", NULL },
  };
  g_autoptr (GUri) origin = g_uri_parse ("https://a.example/a", SOUP_HTTP_URI_FLAGS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (GUri) to = g_uri_parse (headers[i].to, SOUP_HTTP_URI_FLAGS, NULL);
      g_autofree char *sent = bobbin_redirect_dup_header (origin, to, headers[i].name, headers[i].value);

      g_assert_cmpstr (sent, ==, headers[i].sent);
    }
}

static void
test_secrets (void)
{
  static const char *const harmless[] = { "user-agent", "u", "Accept", "a", "Referer", "r", NULL };
  static const char *const secret[] = { "User-Agent", "u", "X-Token", "t", NULL };

  g_assert_false (bobbin_redirect_has_secrets (NULL));
  g_assert_false (bobbin_redirect_has_secrets (harmless));
  g_assert_true (bobbin_redirect_has_secrets (secret));
}

static void
test_follow (Fixture *fixture, gconstpointer data)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };
  g_autofree char *end = bobbin_script_server_dup_uri (fixture->own, "/end?x");

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *request = NULL;

      redirect (fixture->own, statuses[i], "/middle");
      redirect (fixture->own, statuses[i], "end?x#fragment");
      bobbin_script_server_answer (fixture->own, OK, "Bytes", BOBBIN_SCRIPT_KEEP);
      fetch (fixture, "/start");
      bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
      g_assert_cmpstr (fixture->fetch.answer->uri, ==, end);
      request = bobbin_script_server_dup_request (fixture->own, i * 3 + 2);
      g_assert_true (g_str_has_prefix (request, "GET /end?x HTTP/1.1\r\n"));
    }
  g_assert_cmpuint (bobbin_script_server_get_n_connections (fixture->own), ==, 1);
}

static void
test_endless (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i <= BOBBIN_HTTP_MAX_HOPS; i++)
    redirect (fixture->own, 302, "/start");
  fetch (fixture, "/start");
  bobbin_fetch_assert_error (&fixture->fetch, BOBBIN_ERROR_TOO_MANY_REDIRECTS);
  g_assert_cmpuint (bobbin_script_server_get_n_requests (fixture->own), ==, BOBBIN_HTTP_MAX_HOPS + 1);
}

static void
test_bad (Fixture *fixture, gconstpointer data)
{
  bobbin_script_server_answer (fixture->own, "HTTP/1.1 302 Found\nContent-Length: 5", "Bytes",
                               BOBBIN_SCRIPT_KEEP);
  fetch (fixture, "/nowhere");
  bobbin_fetch_assert_error (&fixture->fetch, BOBBIN_ERROR_BAD_REDIRECT);
  redirect (fixture->own, 302, "file:///etc/passwd");
  fetch (fixture, "/file");
  bobbin_fetch_assert_error (&fixture->fetch, BOBBIN_ERROR_BAD_REDIRECT);
}

/* The pages of redirects end when they must. */
static void
test_endless_page (Fixture *fixture, gconstpointer data)
{
  bobbin_script_server_answer (fixture->own, "HTTP/1.1 302 Found\nLocation: /end\nConnection: close", "page",
                               BOBBIN_SCRIPT_REPEAT);
  bobbin_script_server_answer (fixture->own, OK, "Bytes", BOBBIN_SCRIPT_KEEP);
  fetch (fixture, "/start");
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
}

static void
test_part (Fixture *fixture, gconstpointer data)
{
  g_autofree char *start = bobbin_script_server_dup_uri (fixture->own, "/start");
  g_autofree char *end = bobbin_script_server_dup_uri (fixture->other, "/end");
  g_autofree char *request = NULL;

  redirect (fixture->own, 302, end);
  bobbin_script_server_answer (fixture->other,
                               "HTTP/1.1 206 Partial\nContent-Range: bytes 4-8/9\nContent-Length: 5", "Bytes",
                               BOBBIN_SCRIPT_KEEP);
  bobbin_fetch_part (&fixture->fetch, start, 4, -1, 9, "\"a\"");
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  request = bobbin_script_server_dup_request (fixture->other, 0);
  g_assert_nonnull (strstr (request, "\r\nRange: bytes=4-\r\n"));
  g_assert_nonnull (strstr (request, "\r\nIf-Range: \"a\"\r\n"));

  redirect (fixture->own, 302, end);
  bobbin_script_server_answer (fixture->other, OK, "Other", BOBBIN_SCRIPT_KEEP);
  bobbin_fetch_part (&fixture->fetch, start, 4, -1, 9, "\"a\"");
  bobbin_fetch_assert_body (&fixture->fetch, "Other");
  g_assert_cmpint (fixture->fetch.answer->first, ==, 0);
}

static BobbinLink *
make_secret_link (const char *uri)
{
  g_autoptr (GError) error = NULL;
  BobbinLink *link = bobbin_link_new (uri, &error);

  g_assert_no_error (error);
  bobbin_link_add_header (link, "Authorization", "SECRET", &error);
  g_assert_no_error (error);
  bobbin_link_add_header (link, "Cookie", "SECRET=1", &error);
  g_assert_no_error (error);
  bobbin_link_add_header (link, "X-Api-Key", "SECRET", &error);
  g_assert_no_error (error);
  bobbin_link_add_header (link, "Referer", "http://a.example/page?SECRET", &error);
  g_assert_no_error (error);
  bobbin_link_add_header (link, "User-Agent", "Tester", &error);
  g_assert_no_error (error);
  return link;
}

static void
test_other_origin (Fixture *fixture, gconstpointer data)
{
  g_autofree char *start = bobbin_script_server_dup_uri (fixture->own, "/start");
  g_autofree char *middle = bobbin_script_server_dup_uri (fixture->other, "/middle");
  g_autofree char *back = bobbin_script_server_dup_uri (fixture->own, "/back");
  g_autoptr (BobbinLink) link = make_secret_link (start);
  g_autofree char *own = NULL;
  g_autofree char *other = NULL;

  redirect (fixture->own, 302, middle);
  redirect (fixture->other, 302, back);
  bobbin_script_server_answer (fixture->own, OK, "Bytes", BOBBIN_SCRIPT_KEEP);
  bobbin_fetch_link (&fixture->fetch, link, NULL);
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  other = bobbin_script_server_dup_request (fixture->other, 0);
  g_assert_null (strstr (other, "SECRET"));
  g_assert_nonnull (strstr (other, "\r\nUser-Agent: Tester\r\n"));
  g_assert_nonnull (strstr (other, "\r\nReferer: http://a.example/\r\n"));
  own = bobbin_script_server_dup_request (fixture->own, 1);
  g_assert_nonnull (strstr (own, "\r\nAuthorization: SECRET\r\n"));
  g_assert_nonnull (strstr (own, "\r\nCookie: SECRET=1\r\n"));
}

/* What a server sets, no request takes along. */
static void
test_cookies (Fixture *fixture, gconstpointer data)
{
  g_autofree char *request = NULL;

  bobbin_script_server_answer (fixture->own,
                               "HTTP/1.1 302 Found\nLocation: /end\nSet-Cookie: a=b\nContent-Length: 0", "",
                               BOBBIN_SCRIPT_KEEP);
  bobbin_script_server_answer (fixture->own, OK, "Bytes", BOBBIN_SCRIPT_KEEP);
  fetch (fixture, "/start");
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  request = bobbin_script_server_dup_request (fixture->own, 1);
  g_assert_null (strstr (request, "Cookie"));
}

int
main (int argc, char **argv)
{
  bobbin_test_init (&argc, &argv);
  g_test_add_func ("/redirect/resolve", test_resolve);
  g_test_add_func ("/redirect/authority", test_authority);
  g_test_add_func ("/redirect/origin", test_origin);
  g_test_add_func ("/redirect/header", test_header);
  g_test_add_func ("/redirect/secrets", test_secrets);
  g_test_add ("/redirect/follow", Fixture, NULL, set_up, test_follow, tear_down);
  g_test_add ("/redirect/endless", Fixture, NULL, set_up, test_endless, tear_down);
  g_test_add ("/redirect/bad", Fixture, NULL, set_up, test_bad, tear_down);
  g_test_add ("/redirect/endless-page", Fixture, NULL, set_up, test_endless_page, tear_down);
  g_test_add ("/redirect/part", Fixture, NULL, set_up, test_part, tear_down);
  g_test_add ("/redirect/other-origin", Fixture, NULL, set_up, test_other_origin, tear_down);
  g_test_add ("/redirect/cookies", Fixture, NULL, set_up, test_cookies, tear_down);
  return g_test_run ();
}
