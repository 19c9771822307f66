/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fetch.h"
#include "bobbin-script-server.h"
#include "bobbin-test-certificate.h"
#include "bobbin-test.h"

#include <string.h>

#define OK "HTTP/1.1 200 OK\nContent-Length: 5"
#define CHUNKED "HTTP/1.1 200 OK\nTransfer-Encoding: chunked"

typedef struct
{
  char *folder;
  BobbinScriptServer *server; /* NULL: nothing to test with */
  BobbinScriptServer *plain;
  BobbinFetch fetch;
  char *uri;
} Fixture;

typedef struct
{
  const char *host;
  int last_year;
} Certificate;

static const Certificate good = { "127.0.0.1", 2049 };
static const Certificate other_host = { "127.0.0.2", 2049 };
static const Certificate expired = { "127.0.0.1", 2021 };

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const Certificate *wanted = data;
  g_autoptr (GTlsCertificate) certificate = NULL;

  fixture->folder = bobbin_test_make_folder ();
  bobbin_fetch_init (&fixture->fetch);
  fixture->plain = bobbin_script_server_new (NULL);
  certificate = bobbin_test_certificate_new (fixture->folder, "server", wanted->host, wanted->last_year);
  if (certificate == NULL)
    return;
  fixture->server = bobbin_script_server_new (certificate);
  fixture->uri = bobbin_script_server_dup_uri (fixture->server, "/file");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  bobbin_fetch_clear (&fixture->fetch);
  g_clear_pointer (&fixture->server, bobbin_script_server_free);
  bobbin_script_server_free (fixture->plain);
  bobbin_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->uri);
}

/* Settings are never changed once they are shared, so each has its own. */
static void
use_settings (Fixture *fixture, const char *ca_name, const char *trusted)
{
  BobbinSettings *settings = bobbin_settings_copy (fixture->fetch.settings);

  g_clear_pointer (&settings->ca_file, g_free);
  g_clear_pointer (&settings->trusted_hosts, g_strfreev);
  if (ca_name != NULL)
    settings->ca_file = g_build_filename (fixture->folder, ca_name, NULL);
  if (trusted != NULL)
    settings->trusted_hosts = g_strsplit (trusted, " ", -1);
  bobbin_settings_unref (fixture->fetch.settings);
  fixture->fetch.settings = settings;
}

static char *
dup_authority (Fixture *fixture)
{
  return g_strdup_printf ("127.0.0.1:%u", bobbin_script_server_get_port (fixture->server));
}

static void
assert_trusted (Fixture *fixture, gboolean trusted)
{
  bobbin_script_server_answer (fixture->server, OK, "Bytes", BOBBIN_SCRIPT_KEEP);
  bobbin_fetch_uri (&fixture->fetch, fixture->uri);
  if (trusted)
    bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  else
    g_assert_error (fixture->fetch.error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_CERTIFICATE);
}

static void
test_unknown_authority (Fixture *fixture, gconstpointer data)
{
  if (fixture->server != NULL)
    assert_trusted (fixture, FALSE);
}

static void
test_own_authority (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTlsCertificate) other = NULL;

  if (fixture->server == NULL)
    return;
  other = bobbin_test_certificate_new (fixture->folder, "other", "127.0.0.1", 2049);
  use_settings (fixture, "other.pem", NULL);
  assert_trusted (fixture, FALSE);
  use_settings (fixture, "missing.pem", NULL);
  assert_trusted (fixture, FALSE);
  use_settings (fixture, "server.pem", NULL);
  assert_trusted (fixture, TRUE);
}

static void
test_bad_certificate (Fixture *fixture, gconstpointer data)
{
  if (fixture->server == NULL)
    return;
  use_settings (fixture, "server.pem", NULL);
  assert_trusted (fixture, FALSE);
}

/* An exception is for one host and port, whatever its certificate is like, and
 * ends at once when it is taken back. */
static void
test_exception (Fixture *fixture, gconstpointer data)
{
  g_autofree char *authority = fixture->server != NULL ? dup_authority (fixture) : NULL;
  g_autofree char *others = NULL;
  g_autofree char *all = NULL;

  if (fixture->server == NULL)
    return;
  others = g_strdup_printf ("127.0.0.1:1 127.0.0.1 127.0.0.2:%u %s0 *",
                            bobbin_script_server_get_port (fixture->server), authority);
  all = g_strdup_printf ("127.0.0.1:1 %s", authority);
  use_settings (fixture, NULL, others);
  assert_trusted (fixture, FALSE);
  use_settings (fixture, NULL, all);
  assert_trusted (fixture, TRUE);
  use_settings (fixture, NULL, NULL);
  assert_trusted (fixture, FALSE);
}

static void
trust (Fixture *fixture)
{
  g_autofree char *authority = dup_authority (fixture);

  use_settings (fixture, NULL, authority);
}

/* The same as without TLS, where the socket alone cannot tell. */
static void
test_chunks (Fixture *fixture, gconstpointer data)
{
  if (fixture->server == NULL)
    return;
  trust (fixture);
  bobbin_script_server_answer (fixture->server, CHUNKED, "5\r\nBytes\r\n0\r\n\r\n", BOBBIN_SCRIPT_KEEP);
  bobbin_script_server_answer (fixture->server, CHUNKED, "5\r\nBy\ftes\r\n\f0\r\n\r\n", BOBBIN_SCRIPT_CLOSE);
  for (guint i = 0; i < 2; i++)
    {
      bobbin_fetch_uri (&fixture->fetch, fixture->uri);
      bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
    }
  g_assert_cmpuint (bobbin_script_server_get_n_connections (fixture->server), ==, 1);

  bobbin_script_server_answer (fixture->server, CHUNKED, "5\r\nBytes\r\n", BOBBIN_SCRIPT_CLOSE);
  bobbin_fetch_uri (&fixture->fetch, fixture->uri);
  bobbin_fetch_assert_error (&fixture->fetch, BOBBIN_ERROR_TRUNCATED);
  bobbin_script_server_answer (fixture->server, CHUNKED, "5\r\nBytes\r\nzz\r\n", BOBBIN_SCRIPT_HOLD);
  bobbin_fetch_uri (&fixture->fetch, fixture->uri);
  bobbin_fetch_assert_error (&fixture->fetch, BOBBIN_ERROR_BAD_ANSWER);
}

static void
redirect (BobbinScriptServer *from, BobbinScriptServer *to)
{
  g_autofree char *end = bobbin_script_server_dup_uri (to, "/end");
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 302 Go\nContent-Length: 0\nLocation: %s", end);

  bobbin_script_server_answer (from, head, "", BOBBIN_SCRIPT_KEEP);
}

/* Who has to be trusted is who showed the certificate, and that is enough: also
 * where the link's own server is trusted, or needs no trust. */
static void
test_redirect_to_untrusted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *start = bobbin_script_server_dup_uri (fixture->plain, "/start");
  g_autofree char *authority = fixture->server != NULL ? dup_authority (fixture) : NULL;
  g_autofree char *origin = g_strconcat ("https://", authority, NULL);

  if (fixture->server == NULL)
    return;
  redirect (fixture->plain, fixture->server);
  bobbin_fetch_uri (&fixture->fetch, start);
  bobbin_fetch_assert_error (&fixture->fetch, BOBBIN_ERROR_BAD_CERTIFICATE);
  g_assert_cmpstr (bobbin_error_get_origin (fixture->fetch.error), ==, origin);

  use_settings (fixture, NULL, bobbin_error_get_origin (fixture->fetch.error) + strlen ("https://"));
  redirect (fixture->plain, fixture->server);
  bobbin_script_server_answer (fixture->server, OK, "Bytes", BOBBIN_SCRIPT_KEEP);
  bobbin_fetch_uri (&fixture->fetch, start);
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
}

static void
test_downgrade (Fixture *fixture, gconstpointer data)
{
  if (fixture->server == NULL)
    return;
  trust (fixture);
  redirect (fixture->server, fixture->plain);
  bobbin_script_server_answer (fixture->plain, OK, "Bytes", BOBBIN_SCRIPT_KEEP);
  bobbin_fetch_uri (&fixture->fetch, fixture->uri);
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  g_assert_true (fixture->fetch.answer->downgraded);
}

static void
test_upgrade (Fixture *fixture, gconstpointer data)
{
  g_autofree char *start = bobbin_script_server_dup_uri (fixture->plain, "/start");

  if (fixture->server == NULL)
    return;
  trust (fixture);
  redirect (fixture->plain, fixture->server);
  bobbin_script_server_answer (fixture->server, OK, "Bytes", BOBBIN_SCRIPT_KEEP);
  bobbin_fetch_uri (&fixture->fetch, start);
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  g_assert_false (fixture->fetch.answer->downgraded);
}

static void
assert_insecure (Fixture *fixture, const char *user, const char *header)
{
  g_autofree char *uri
      = g_strdup_printf ("https://%s127.0.0.1:%u/", user, bobbin_script_server_get_port (fixture->server));
  g_autoptr (BobbinLink) link = bobbin_link_new (uri, NULL);

  if (header != NULL)
    g_assert_true (bobbin_link_add_header (link, header, "value", NULL));
  redirect (fixture->server, fixture->plain);
  bobbin_fetch_link (&fixture->fetch, link, NULL);
  bobbin_fetch_assert_error (&fixture->fetch, BOBBIN_ERROR_INSECURE_REDIRECT);
  g_assert_cmpuint (bobbin_script_server_get_n_requests (fixture->plain), ==, 0);
}

static void
test_downgrade_with_secrets (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GUri) origin = NULL;

  if (fixture->server == NULL)
    return;
  trust (fixture);
  assert_insecure (fixture, "alice:wonderland@", NULL);
  assert_insecure (fixture, "", "Cookie");
  assert_insecure (fixture, "", "X-Token");

  origin = g_uri_parse (fixture->uri, G_URI_FLAGS_NONE, NULL);
  bobbin_credentials_set (fixture->fetch.settings->credentials, origin, "alice", "wonderland");
  bobbin_script_server_answer (fixture->server,
                               "HTTP/1.1 401 Who\nWWW-Authenticate: Basic realm=\"x\"\nContent-Length: 0", "",
                               BOBBIN_SCRIPT_KEEP);
  assert_insecure (fixture, "", NULL);
}

int
main (int argc, char **argv)
{
  bobbin_test_init (&argc, &argv);
  g_test_add ("/trust/unknown-authority", Fixture, &good, set_up, test_unknown_authority, tear_down);
  g_test_add ("/trust/own-authority", Fixture, &good, set_up, test_own_authority, tear_down);
  g_test_add ("/trust/other-host", Fixture, &other_host, set_up, test_bad_certificate, tear_down);
  g_test_add ("/trust/expired", Fixture, &expired, set_up, test_bad_certificate, tear_down);
  g_test_add ("/trust/exception", Fixture, &good, set_up, test_exception, tear_down);
  g_test_add ("/trust/exception-for-other-host", Fixture, &other_host, set_up, test_exception, tear_down);
  g_test_add ("/trust/chunks", Fixture, &good, set_up, test_chunks, tear_down);
  g_test_add ("/trust/redirect-to-untrusted", Fixture, &good, set_up, test_redirect_to_untrusted, tear_down);
  g_test_add ("/trust/downgrade", Fixture, &good, set_up, test_downgrade, tear_down);
  g_test_add ("/trust/downgrade-with-secrets", Fixture, &good, set_up, test_downgrade_with_secrets,
              tear_down);
  g_test_add ("/trust/upgrade", Fixture, &good, set_up, test_upgrade, tear_down);
  return g_test_run ();
}
