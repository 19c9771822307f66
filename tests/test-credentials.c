/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-credentials.h"
#include "bobbin-test.h"

#include <libsoup/soup.h>

static GUri *
parse (const char *uri)
{
  g_autoptr (GError) error = NULL;
  GUri *parsed = g_uri_parse (uri, SOUP_HTTP_URI_FLAGS, &error);

  g_assert_no_error (error);
  return parsed;
}

static void
set (BobbinCredentials *credentials, const char *uri, const char *user, const char *password)
{
  g_autoptr (GUri) origin = parse (uri);

  bobbin_credentials_set (credentials, origin, user, password);
}

/* @expected: user and password with a colon in between, NULL for none */
static void
assert_found (BobbinCredentials *credentials, const char *uri, const char *expected)
{
  g_autoptr (GUri) origin = parse (uri);
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  g_autofree char *found = NULL;

  bobbin_test_message (uri);
  g_assert_cmpint (bobbin_credentials_lookup (credentials, origin, &user, &password), ==, expected != NULL);
  if (user != NULL)
    found = g_strconcat (user, ":", password, NULL);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_origin (void)
{
  g_autoptr (BobbinCredentials) credentials = bobbin_credentials_new ();

  set (credentials, "https://a.example/some/file?x", "alice", "one");
  assert_found (credentials, "https://a.example/other", "alice:one");
  assert_found (credentials, "https://A.EXAMPLE:443", "alice:one");
  assert_found (credentials, "http://a.example/", NULL);
  assert_found (credentials, "https://a.example:8443/", NULL);
  assert_found (credentials, "https://b.a.example/", NULL);
  assert_found (credentials, "https://example/", NULL);
  assert_found (credentials, "https://a.example.evil/", NULL);
  assert_found (credentials, "https://a.example./", NULL);

  set (credentials, "https://a.example:443", "bob", "two:three");
  assert_found (credentials, "https://a.example/", "bob:two:three");
  set (credentials, "http://[::1]:8080/", "carol", "");
  assert_found (credentials, "http://[::1]:8080/x", "carol:");
  assert_found (credentials, "http://[::1]/x", NULL);
}

static void
test_host (void)
{
  g_autoptr (BobbinCredentials) credentials = bobbin_credentials_new ();

  bobbin_credentials_set_host (credentials, "A.example", "alice", "one");
  assert_found (credentials, "https://a.example/", "alice:one");
  assert_found (credentials, "http://a.example:8080/", "alice:one");
  assert_found (credentials, "http://b.a.example/", NULL);

  set (credentials, "http://a.example:8080/", "bob", "two");
  assert_found (credentials, "http://a.example:8080/", "bob:two");
  assert_found (credentials, "http://a.example/", "alice:one");
}

static gpointer
change (gpointer data)
{
  for (guint i = 0; i < 1000; i++)
    set (data, "http://a.example/", i % 2 == 0 ? "alice" : "bob", i % 2 == 0 ? "one" : "two");
  bobbin_credentials_unref (data);
  return NULL;
}

/* A user is never found with the password of another. */
static void
test_threads (void)
{
  g_autoptr (BobbinCredentials) credentials = bobbin_credentials_new ();
  g_autoptr (GUri) origin = parse ("http://a.example/");
  GThread *thread;

  set (credentials, "http://a.example/", "alice", "one");
  thread = g_thread_new ("change", change, bobbin_credentials_ref (credentials));
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *user = NULL;
      g_autofree char *password = NULL;

      g_assert_true (bobbin_credentials_lookup (credentials, origin, &user, &password));
      g_assert_cmpstr (password, ==, g_str_equal (user, "alice") ? "one" : "two");
    }
  g_thread_join (thread);
}

int
main (int argc, char **argv)
{
  bobbin_test_init (&argc, &argv);
  g_test_add_func ("/credentials/origin", test_origin);
  g_test_add_func ("/credentials/host", test_host);
  g_test_add_func ("/credentials/threads", test_threads);
  return g_test_run ();
}
