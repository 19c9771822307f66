/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fetch.h"
#include "bobbin-script-server.h"
#include "bobbin-sign-in.h"
#include "bobbin-test.h"

#include <libsoup/soup.h>
#include <string.h>

#define OK "HTTP/1.1 200 OK\nContent-Length: 5"
#define WHO "HTTP/1.1 401 Who\nContent-Length: 7\nWWW-Authenticate: "
#define BASIC WHO "Basic realm=\"x\""
#define ALICE "Authorization: Basic YWxpY2U6d29uZGVybGFuZA==\r\n"

typedef struct
{
  BobbinScriptServer *server;
  BobbinScriptServer *other;
  BobbinFetch fetch;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = bobbin_script_server_new (NULL);
  fixture->other = bobbin_script_server_new (NULL);
  bobbin_fetch_init (&fixture->fetch);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  bobbin_fetch_clear (&fixture->fetch);
  bobbin_script_server_free (fixture->server);
  bobbin_script_server_free (fixture->other);
}

static char *
dup_uri (BobbinScriptServer *server, const char *user)
{
  return g_strdup_printf ("http://%s127.0.0.1:%u/file?x=1", user, bobbin_script_server_get_port (server));
}

static void
fetch (Fixture *fixture, const char *user)
{
  g_autofree char *uri = dup_uri (fixture->server, user);

  bobbin_fetch_uri (&fixture->fetch, uri);
}

static void
know (Fixture *fixture, BobbinScriptServer *server, const char *user, const char *password)
{
  g_autofree char *uri = dup_uri (server, "");
  g_autoptr (GUri) origin = g_uri_parse (uri, SOUP_HTTP_URI_FLAGS, NULL);

  bobbin_credentials_set (fixture->fetch.settings->credentials, origin, user, password);
}

static void
answer (Fixture *fixture, const char *head, const char *body)
{
  bobbin_script_server_answer (fixture->server, head, body, BOBBIN_SCRIPT_KEEP);
}

static gboolean
asked_with (BobbinScriptServer *server, guint index, const char *text)
{
  g_autofree char *request = bobbin_script_server_dup_request (server, index);

  return strstr (request, text) != NULL;
}

/* What a server does to check a Digest (RFC 7616, 3.4.1), by itself. */
static void
assert_digest (const char *answer, GChecksumType type, gboolean session)
{
  g_autofree char *who
      = g_compute_checksum_for_string (type, "Mufasa:http-auth@example.org:Circle of Life", -1);
  g_autofree char *what = g_compute_checksum_for_string (type, "GET:/dir/index.html", -1);
  GHashTable *params;
  const char *cnonce;

  g_assert_true (g_str_has_prefix (answer, "Digest "));
  params = soup_header_parse_param_list (answer + strlen ("Digest "));
  cnonce = g_hash_table_lookup (params, "cnonce");
  g_assert_cmpstr (g_hash_table_lookup (params, "uri"), ==, "/dir/index.html");
  g_assert_cmpstr (g_hash_table_lookup (params, "opaque"), ==, "op\"aque");
  g_assert_cmpstr (g_hash_table_lookup (params, "nc"), ==, "00000001");
  if (session)
    {
      g_autofree char *plain = g_strconcat (who, ":no,nce:", cnonce, NULL);

      g_free (who);
      who = g_compute_checksum_for_string (type, plain, -1);
    }
  {
    g_autofree char *all = g_strdup_printf ("%s:no,nce:00000001:%s:auth:%s", who, cnonce, what);
    g_autofree char *expected = g_compute_checksum_for_string (type, all, -1);

    g_assert_cmpstr (g_hash_table_lookup (params, "response"), ==, expected);
  }
  soup_header_free_param_list (params);
}

#define MUFASA                                                                                               \
  "realm=\"http-auth@example.org\", nonce=\"no,nce\", opaque=\"op\\\"aque\", qop=\"auth-int, auth\""

static void
test_digest (void)
{
  static const struct
  {
    const char *challenges;
    GChecksumType type;
    gboolean session;
  } digests[] = {
    { "Digest " MUFASA, G_CHECKSUM_MD5, FALSE },
    { "Digest " MUFASA ", algorithm=MD5", G_CHECKSUM_MD5, FALSE },
    { "digest algorithm=md5-sess, " MUFASA, G_CHECKSUM_MD5, TRUE },
    { "Digest " MUFASA ", algorithm=SHA-256", G_CHECKSUM_SHA256, FALSE },
    { "Digest " MUFASA ", algorithm=SHA-256-sess", G_CHECKSUM_SHA256, TRUE },
    { "Basic realm=\"a, b\", Digest " MUFASA ", Digest algorithm=\"SHA-256\", " MUFASA, G_CHECKSUM_SHA256,
      FALSE },
    { "Negotiate abc==, Digest " MUFASA ", Basic realm=x", G_CHECKSUM_MD5, FALSE },
    { "Digest algorithm=SHA-512-256, " MUFASA ", Digest " MUFASA, G_CHECKSUM_MD5, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (digests); i++)
    {
      g_autofree char *found
          = bobbin_sign_in_answer (digests[i].challenges, "/dir/index.html", "Mufasa", "Circle of Life");

      bobbin_test_message (digests[i].challenges);
      g_assert_nonnull (found);
      assert_digest (found, digests[i].type, digests[i].session);
    }
}

/* The example of RFC 2069, as its erratum has it. */
static void
test_old_digest (void)
{
  g_autofree char *found = bobbin_sign_in_answer (
      "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"x\"",
      "/dir/index.html", "Mufasa", "CircleOfLife");

  g_assert_nonnull (strstr (found, "response=\"1949323746fe6a43ef61f9606e7febea\""));
  g_assert_null (strstr (found, "nc="));
}

/* The example of RFC 7616, 3.9.2, has the hash of another user; this one was
 * computed with sha256sum. */
static void
test_hashed_user (void)
{
  g_autofree char *found = bobbin_sign_in_answer (
      "Digest userhash=true, algorithm=SHA-256, realm=\"r\", nonce=\"n\", qop=\"auth\"", "/", "alice", "p");

  g_assert_nonnull (
      strstr (found, "username=\"b2fce9e71274b544c1103125fadee150f3ed1f8dfc9c3b27e79e477b5c7686b8\""));
  g_assert_nonnull (strstr (found, "userhash=true"));
  g_assert_null (strstr (found, "alice"));
}

static void
test_basic (void)
{
  g_autofree char *found = bobbin_sign_in_answer ("Basic realm=\"x\"", "/", "alice", "wonderland");

  g_assert_cmpstr (found, ==, "Basic YWxpY2U6d29uZGVybGFuZA==");
}

static void
test_no_answer (void)
{
  static const char *const challenges[] = {
    NULL,
    "",
    "Negotiate",
    "Bearer realm=\"x\"",
    "Digest",
    "Digest nonce=\"n\"",
    "Digest realm=\"r\"",
    "Digest realm=\"r\", nonce=\"n\", algorithm=SHA-1",
    "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"",
    "Digest realm=\"r, nonce=\"n\"",
    "realm=\"Basic\"",
    ",,,=,",
    "Digest =",
    /* what would begin another header, or a part of one, if it was sent back */
    "Digest realm=\"r\", nonce=\"n\r\nX-Evil: y\"",
    "Digest realm=\"r\", nonce=\"n\rX-Evil: y\"",
    "Digest realm=\"r\nx\", nonce=\"n\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (challenges); i++)
    {
      g_autofree char *found = bobbin_sign_in_answer (challenges[i], "/", "alice", "wonderland");

      bobbin_test_message (challenges[i]);
      g_assert_null (found);
    }
}

static void
test_stale (void)
{
  g_assert_true (bobbin_sign_in_is_stale ("Digest stale=TRUE, realm=\"r\""));
  g_assert_true (bobbin_sign_in_is_stale ("Basic realm=\"r\", Digest realm=\"r\", stale=\"true\""));
  g_assert_false (bobbin_sign_in_is_stale ("Digest stale=false, realm=\"stale=true\""));
  g_assert_false (bobbin_sign_in_is_stale (NULL));
}

static void
test_user_in_link (Fixture *fixture, gconstpointer data)
{
  answer (fixture, BASIC, "Who? No");
  answer (fixture, OK, "Bytes");
  fetch (fixture, "alice:wonderland@");
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  g_assert_null (strstr (fixture->fetch.answer->uri, "alice"));
  g_assert_false (asked_with (fixture->server, 0, "Authorization"));
  g_assert_true (asked_with (fixture->server, 1, ALICE));
  g_assert_false (asked_with (fixture->server, 1, "alice"));
  g_assert_cmpuint (bobbin_script_server_get_n_connections (fixture->server), ==, 1);
}

static void
test_escaped_user (Fixture *fixture, gconstpointer data)
{
  answer (fixture, BASIC, "Who? No");
  answer (fixture, OK, "Bytes");
  fetch (fixture, "al%69ce:wonder%6cand@");
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  g_assert_true (asked_with (fixture->server, 1, ALICE));
}

static void
test_known_user (Fixture *fixture, gconstpointer data)
{
  know (fixture, fixture->server, "alice", "wonderland");
  answer (fixture, BASIC, "Who? No");
  answer (fixture, OK, "Bytes");
  fetch (fixture, "");
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  g_assert_true (asked_with (fixture->server, 1, ALICE));
}

static void
test_unknown_user (Fixture *fixture, gconstpointer data)
{
  know (fixture, fixture->other, "alice", "wonderland");
  answer (fixture, BASIC, "Who? No");
  fetch (fixture, "");
  bobbin_fetch_assert_status (&fixture->fetch, 401);
  g_assert_cmpuint (bobbin_script_server_get_n_requests (fixture->server), ==, 1);
}

/* A wrong password is shown once, and what the person has said since then is
 * tried as well. */
static void
test_wrong_password (Fixture *fixture, gconstpointer data)
{
  answer (fixture, BASIC, "Who? No");
  answer (fixture, BASIC, "Who? No");
  fetch (fixture, "alice:wrong@");
  bobbin_fetch_assert_status (&fixture->fetch, 401);
  g_assert_cmpuint (bobbin_script_server_get_n_requests (fixture->server), ==, 2);

  know (fixture, fixture->server, "alice", "wonderland");
  answer (fixture, BASIC, "Who? No");
  answer (fixture, BASIC, "Who? No");
  answer (fixture, OK, "Bytes");
  fetch (fixture, "alice:wrong@");
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  g_assert_true (asked_with (fixture->server, 4, ALICE));
}

static void
test_bad_challenge (Fixture *fixture, gconstpointer data)
{
  answer (fixture, WHO "Digest nonce=\"n\"", "Who? No");
  answer (fixture, WHO "Digest realm=\"r\"", "Who? No");
  answer (fixture, "HTTP/1.1 401 Who\nContent-Length: 0", "");
  for (guint i = 0; i < 3; i++)
    {
      fetch (fixture, "alice:wonderland@");
      bobbin_fetch_assert_status (&fixture->fetch, 401);
    }
  g_assert_cmpuint (bobbin_script_server_get_n_requests (fixture->server), ==, 3);
}

static void
test_stale_nonce (Fixture *fixture, gconstpointer data)
{
  answer (fixture, WHO "Digest realm=\"r\", nonce=\"one\", qop=\"auth\"", "Who? No");
  answer (fixture, WHO "Digest realm=\"r\", nonce=\"two\", qop=\"auth\", stale=true", "Who? No");
  answer (fixture, OK, "Bytes");
  fetch (fixture, "alice:wonderland@");
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  g_assert_true (asked_with (fixture->server, 1, "nonce=\"one\""));
  g_assert_true (asked_with (fixture->server, 2, "nonce=\"two\""));
  g_assert_true (asked_with (fixture->server, 2, "uri=\"/file?x=1\""));
}

static void
test_ever_stale_nonce (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 10; i++)
    answer (fixture, WHO "Digest realm=\"r\", nonce=\"n\", stale=true", "Who? No");
  fetch (fixture, "alice:wonderland@");
  bobbin_fetch_assert_status (&fixture->fetch, 401);
  g_assert_cmpuint (bobbin_script_server_get_n_requests (fixture->server), <, 6);
}

/* Another origin gets neither the link's user nor the one of the first, but its
 * own. */
static void
test_redirect (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = dup_uri (fixture->other, "");
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 302 Go\nContent-Length: 0\nLocation: %s", other);

  answer (fixture, BASIC, "Who? No");
  answer (fixture, head, "");
  bobbin_script_server_answer (fixture->other, BASIC, "Who? No", BOBBIN_SCRIPT_KEEP);
  fetch (fixture, "alice:wonderland@");
  bobbin_fetch_assert_status (&fixture->fetch, 401);
  g_assert_true (asked_with (fixture->server, 1, ALICE));
  g_assert_cmpuint (bobbin_script_server_get_n_requests (fixture->other), ==, 1);
  g_assert_false (asked_with (fixture->other, 0, "Authorization"));

  know (fixture, fixture->other, "bob", "builder");
  answer (fixture, BASIC, "Who? No");
  answer (fixture, head, "");
  bobbin_script_server_answer (fixture->other, BASIC, "Who? No", BOBBIN_SCRIPT_KEEP);
  bobbin_script_server_answer (fixture->other, OK, "Bytes", BOBBIN_SCRIPT_KEEP);
  fetch (fixture, "alice:wonderland@");
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  g_assert_true (asked_with (fixture->other, 2, "Authorization: Basic Ym9iOmJ1aWxkZXI=\r\n"));
}

/* Two downloads from one host, one after another on one connection. */
static void
test_two_users (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      answer (fixture, BASIC, "Who? No");
      answer (fixture, OK, "Bytes");
    }
  answer (fixture, BASIC, "Who? No");
  fetch (fixture, "alice:wonderland@");
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  fetch (fixture, "bob:builder@");
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  fetch (fixture, "");
  bobbin_fetch_assert_status (&fixture->fetch, 401);

  g_assert_false (asked_with (fixture->server, 2, "Authorization"));
  g_assert_true (asked_with (fixture->server, 3, "Authorization: Basic Ym9iOmJ1aWxkZXI=\r\n"));
  g_assert_false (asked_with (fixture->server, 4, "Authorization"));
  g_assert_cmpuint (bobbin_script_server_get_n_connections (fixture->server), ==, 1);
}

/* A site that takes itself for a proxy is told nothing. */
static void
test_false_proxy (Fixture *fixture, gconstpointer data)
{
  know (fixture, fixture->server, "alice", "wonderland");
  answer (fixture, "HTTP/1.1 407 Who\nContent-Length: 7\nProxy-Authenticate: Basic realm=\"x\"", "Who? No");
  fetch (fixture, "alice:wonderland@");
  bobbin_fetch_assert_status (&fixture->fetch, 407);
  g_assert_cmpuint (bobbin_script_server_get_n_requests (fixture->server), ==, 1);
}

int
main (int argc, char **argv)
{
  bobbin_test_init (&argc, &argv);
  g_test_add_func ("/sign-in/digest", test_digest);
  g_test_add_func ("/sign-in/old-digest", test_old_digest);
  g_test_add_func ("/sign-in/hashed-user", test_hashed_user);
  g_test_add_func ("/sign-in/basic", test_basic);
  g_test_add_func ("/sign-in/no-answer", test_no_answer);
  g_test_add_func ("/sign-in/stale", test_stale);
  g_test_add ("/sign-in/user-in-link", Fixture, NULL, set_up, test_user_in_link, tear_down);
  g_test_add ("/sign-in/escaped-user", Fixture, NULL, set_up, test_escaped_user, tear_down);
  g_test_add ("/sign-in/known-user", Fixture, NULL, set_up, test_known_user, tear_down);
  g_test_add ("/sign-in/unknown-user", Fixture, NULL, set_up, test_unknown_user, tear_down);
  g_test_add ("/sign-in/wrong-password", Fixture, NULL, set_up, test_wrong_password, tear_down);
  g_test_add ("/sign-in/bad-challenge", Fixture, NULL, set_up, test_bad_challenge, tear_down);
  g_test_add ("/sign-in/stale-nonce", Fixture, NULL, set_up, test_stale_nonce, tear_down);
  g_test_add ("/sign-in/ever-stale-nonce", Fixture, NULL, set_up, test_ever_stale_nonce, tear_down);
  g_test_add ("/sign-in/redirect", Fixture, NULL, set_up, test_redirect, tear_down);
  g_test_add ("/sign-in/two-users", Fixture, NULL, set_up, test_two_users, tear_down);
  g_test_add ("/sign-in/false-proxy", Fixture, NULL, set_up, test_false_proxy, tear_down);
  return g_test_run ();
}
