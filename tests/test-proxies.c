/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fetch.h"
#include "bobbin-proxies.h"
#include "bobbin-script-server.h"
#include "bobbin-test-certificate.h"
#include "bobbin-test.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>

#define OK "HTTP/1.1 200 OK\nContent-Length: 5"

/* Reached only when a program does not start. */
#define START_SECONDS 30

/* A helper for squid: who may use it. */
static const char door[] = "#!/bin/sh\n"
                           "while read -r user password\n"
                           "do\n"
                           "  if [ \"$user $password\" = 'alice wonder%20land' ]\n"
                           "  then echo OK\n"
                           "  else echo ERR\n"
                           "  fi\n"
                           "done\n";

typedef struct
{
  char *folder;
  BobbinScriptServer *site;
  BobbinScriptServer *secure_site; /* NULL: nothing to make a certificate with */
  BobbinFetch fetch;
  GSubprocess *program; /* NULL: it is not installed */
  guint16 port;
} Fixture;

static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);
  return port;
}

static void
wait_for_port (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_enable_proxy (client, FALSE);
  for (guint i = 0; i < START_SECONDS * 20; i++)
    {
      g_autoptr (GSocketConnection) connection
          = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);

      if (connection != NULL)
        return;
      g_usleep (50 * 1000);
    }
  g_error ("Nobody listens on port %u", port);
}

/* System folders are not in everybody's path. */
static char *
find_program (const char *name)
{
  g_autofree char *path = g_strconcat (g_getenv ("PATH"), ":/usr/sbin:/sbin", NULL);
  g_auto (GStrv) folders = g_strsplit (path, ":", -1);

  for (char **folder = folders; *folder != NULL; folder++)
    {
      g_autofree char *program = g_build_filename (*folder, name, NULL);

      if (g_file_test (program, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&program);
    }
  return NULL;
}

static void
start (Fixture *fixture, const char *const *command)
{
  g_autofree char *program = find_program (command[0]);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;

  if (program == NULL)
    {
      g_autofree char *reason = g_strdup_printf ("%s is not installed", command[0]);

      g_test_skip (reason);
      return;
    }
  g_strv_builder_add (builder, program);
  g_strv_builder_addv (builder, (const char **) command + 1);
  arguments = g_strv_builder_end (builder);
  fixture->program
      = g_subprocess_newv ((const char *const *) arguments,
                           G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  wait_for_port (fixture->port);
}

static void
set_up (Fixture *fixture)
{
  g_autoptr (GTlsCertificate) certificate = NULL;

  fixture->folder = bobbin_test_make_folder ();
  fixture->port = find_free_port ();
  fixture->site = bobbin_script_server_new (NULL);
  certificate = bobbin_test_certificate_new (fixture->folder, "site", "127.0.0.1", 2049);
  if (certificate != NULL)
    fixture->secure_site = bobbin_script_server_new (certificate);
  bobbin_fetch_init (&fixture->fetch);
  fixture->fetch.settings->ca_file = g_build_filename (fixture->folder, "site.pem", NULL);
}

static char *
write_file (Fixture *fixture, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0755, &error);
  g_assert_no_error (error);
  return path;
}

static void
set_up_squid (Fixture *fixture, gconstpointer data)
{
  g_autofree char *helper = NULL;
  g_autofree char *config = NULL;
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  const char *command[] = { "squid", "-N", "-n", NULL, "-f", NULL, NULL };

  set_up (fixture);
  helper = write_file (fixture, "door", door);
  config = g_strdup_printf ("http_port 127.0.0.1:%u\n"
                            "pid_filename none\n"
                            "cache_log /dev/null\n"
                            "access_log none\n"
                            "netdb_filename none\n"
                            "pinger_enable off\n"
                            "cache deny all\n"
                            "coredump_dir %s\n"
                            "auth_param basic program /bin/sh %s\n"
                            "auth_param basic children 1 startup=1 idle=1\n"
                            "acl known proxy_auth REQUIRED\n"
                            "http_access allow known\n"
                            "http_access deny all\n"
                            "shutdown_lifetime 0 seconds\n",
                            fixture->port, fixture->folder, helper);
  path = write_file (fixture, "squid.conf", config);
  /* squid gives root away, and its helper has to be found by whoever it is then. */
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
  /* Its shared memory goes by the name. */
  name = g_strdup_printf ("bobbin%u", fixture->port);
  command[3] = name;
  command[5] = path;
  start (fixture, command);
}

static void
set_up_microsocks (Fixture *fixture, gconstpointer data)
{
  g_autofree char *port = NULL;
  const char *command[]
      = { "microsocks", "-i", "127.0.0.1", "-p", NULL, "-u", "alice", "-P", "wonder land", NULL };

  set_up (fixture);
  port = g_strdup_printf ("%u", fixture->port);
  command[4] = port;
  start (fixture, command);
}

static void
set_up_alone (Fixture *fixture, gconstpointer data)
{
  set_up (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  bobbin_fetch_clear (&fixture->fetch);
  if (fixture->program != NULL)
    {
      g_subprocess_send_signal (fixture->program, SIGTERM);
      g_subprocess_wait (fixture->program, NULL, NULL);
      g_object_unref (fixture->program);
    }
  g_clear_pointer (&fixture->secure_site, bobbin_script_server_free);
  bobbin_script_server_free (fixture->site);
  bobbin_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

/* Settings are never changed once they are shared, so each has its own. */
static void
use_proxy (Fixture *fixture, const char *scheme, const char *user, guint16 port)
{
  BobbinSettings *settings = bobbin_settings_copy (fixture->fetch.settings);

  g_free (settings->proxy);
  settings->proxy = g_strdup_printf ("%s://%s127.0.0.1:%u", scheme, user, port);
  bobbin_settings_unref (fixture->fetch.settings);
  fixture->fetch.settings = settings;
}

static void
fetch (Fixture *fixture, BobbinScriptServer *site, const char *user)
{
  g_autofree char *uri
      = g_strdup_printf ("http%s://%s127.0.0.1:%u/file?x=1", site == fixture->secure_site ? "s" : "", user,
                         bobbin_script_server_get_port (site));

  bobbin_fetch_uri (&fixture->fetch, uri);
}

/* The request that came last has come this way. */
static void
assert_last_request (BobbinScriptServer *site, const char *first_line, const char *text, gboolean has_text)
{
  guint last = bobbin_script_server_get_n_requests (site) - 1;
  g_autofree char *request = bobbin_script_server_dup_request (site, last);

  g_assert_true (g_str_has_prefix (request, first_line));
  g_assert_cmpint (strstr (request, text) != NULL, ==, has_text);
}

/* A site answers through the proxy, and learns nothing of its user. */
static void
assert_way (Fixture *fixture, BobbinScriptServer *site)
{
  bobbin_script_server_answer (site, OK, "Bytes", BOBBIN_SCRIPT_KEEP);
  fetch (fixture, site, "");
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  assert_last_request (site, "GET /file?x=1 HTTP/1.1\r\n", "Authorization", FALSE);
}

static void
assert_no_way (Fixture *fixture, BobbinScriptServer *site)
{
  guint n = bobbin_script_server_get_n_requests (site);

  fetch (fixture, site, "");
  bobbin_fetch_assert_status (&fixture->fetch, 407);
  g_assert_cmpuint (bobbin_script_server_get_n_requests (site), ==, n);
}

static void
know_proxy (Fixture *fixture, const char *scheme, const char *user, const char *password)
{
  g_autofree char *uri = g_strdup_printf ("%s://127.0.0.1:%u", scheme, fixture->port);
  g_autoptr (GUri) proxy = g_uri_parse (uri, SOUP_HTTP_URI_FLAGS, NULL);

  bobbin_credentials_set (fixture->fetch.settings->credentials, proxy, user, password);
}

static void
check_squid (Fixture *fixture, BobbinScriptServer *site)
{
  use_proxy (fixture, "http", "alice:wonder%20land@", fixture->port);
  assert_way (fixture, site);
  assert_way (fixture, site);
  use_proxy (fixture, "http", "alice:wrong@", fixture->port);
  assert_no_way (fixture, site);
  use_proxy (fixture, "http", "", fixture->port);
  assert_no_way (fixture, site);
  know_proxy (fixture, "http", "alice", "wrong");
  assert_no_way (fixture, site);
  know_proxy (fixture, "http", "alice", "wonder land");
  assert_way (fixture, site);
}

static void
test_squid (Fixture *fixture, gconstpointer data)
{
  if (fixture->program != NULL)
    check_squid (fixture, fixture->site);
}

static void
test_squid_tunnel (Fixture *fixture, gconstpointer data)
{
  if (fixture->program != NULL && fixture->secure_site != NULL)
    check_squid (fixture, fixture->secure_site);
}

/* Site and proxy both want to know who it is. */
static void
test_squid_and_site (Fixture *fixture, gconstpointer data)
{
  BobbinScriptServer *sites[] = { fixture->site, fixture->secure_site };

  if (fixture->program == NULL)
    return;
  use_proxy (fixture, "http", "alice:wonder%20land@", fixture->port);
  for (guint i = 0; i < G_N_ELEMENTS (sites) && sites[i] != NULL; i++)
    {
      bobbin_script_server_answer (sites[i],
                                   "HTTP/1.1 401 Who\nWWW-Authenticate: Basic realm=\"x\"\nContent-Length: 0",
                                   "", BOBBIN_SCRIPT_KEEP);
      bobbin_script_server_answer (sites[i], OK, "Bytes", BOBBIN_SCRIPT_KEEP);
      fetch (fixture, sites[i], "bob:builder@");
      bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
      assert_last_request (sites[i], "GET ", "\r\nAuthorization: Basic Ym9iOmJ1aWxkZXI=\r\n", TRUE);
      assert_last_request (sites[i], "GET ", "Proxy-Authorization", FALSE);
    }
}

static void
test_microsocks (Fixture *fixture, gconstpointer data)
{
  if (fixture->program == NULL)
    return;
  use_proxy (fixture, "socks5", "alice:wonder%20land@", fixture->port);
  assert_way (fixture, fixture->site);
  if (fixture->secure_site != NULL)
    assert_way (fixture, fixture->secure_site);
  use_proxy (fixture, "socks5h", "alice:wonder%20land@", fixture->port);
  assert_way (fixture, fixture->site);

  use_proxy (fixture, "socks5", "", fixture->port);
  fetch (fixture, fixture->site, "");
  g_assert_error (fixture->fetch.error, G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH);
  use_proxy (fixture, "socks5", "alice:wrong@", fixture->port);
  fetch (fixture, fixture->site, "");
  g_assert_error (fixture->fetch.error, G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED);

  use_proxy (fixture, "socks5", "", fixture->port);
  know_proxy (fixture, "socks5", "alice", "wonder land");
  bobbin_script_server_answer (fixture->site, OK, "Bytes", BOBBIN_SCRIPT_KEEP);
  fetch (fixture, fixture->site, "");
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
}

/* What a proxy is told, by one that only listens. */
static void
test_requests (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = g_strdup_printf ("GET http://127.0.0.1:%u/file?x=1 HTTP/1.1\r\n",
                                           bobbin_script_server_get_port (fixture->site));
  g_autoptr (BobbinScriptServer) proxy = bobbin_script_server_new (NULL);

  use_proxy (fixture, "http", "alice:wonderland@", bobbin_script_server_get_port (proxy));
  bobbin_script_server_answer (proxy,
                               "HTTP/1.1 407 Who\nProxy-Authenticate: Digest realm=\"r\", nonce=\"n\"\n"
                               "Content-Length: 7",
                               "Who? No", BOBBIN_SCRIPT_KEEP);
  bobbin_script_server_answer (proxy, OK, "Bytes", BOBBIN_SCRIPT_KEEP);
  fetch (fixture, fixture->site, "bob:builder@");
  bobbin_fetch_assert_body (&fixture->fetch, "Bytes");
  assert_last_request (proxy, line, "\r\nAuthorization", FALSE);
  assert_last_request (proxy, line, "\r\nProxy-Authorization: Digest ", TRUE);
  g_assert_cmpuint (bobbin_script_server_get_n_requests (fixture->site), ==, 0);

  use_proxy (fixture, "http", "alice:wonderland@", 1);
  fetch (fixture, fixture->site, "");
  g_assert_error (fixture->fetch.error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static void
test_none (Fixture *fixture, gconstpointer data)
{
  BobbinSettings *settings = bobbin_settings_copy (fixture->fetch.settings);

  settings->proxy = g_strdup ("");
  bobbin_settings_unref (fixture->fetch.settings);
  fixture->fetch.settings = settings;
  assert_way (fixture, fixture->site);
}

/* What is no proxy is not taken for none: somebody may need one to be safe. */
static void
test_unknown_kinds (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "gopher", "1", "what is this", "" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      use_proxy (fixture, kinds[i], "", fixture->port);
      fetch (fixture, fixture->site, "");
      g_assert_cmpuint (fixture->fetch.error->domain, ==, G_IO_ERROR);
      g_assert_cmpuint (bobbin_script_server_get_n_requests (fixture->site), ==, 0);
    }
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *proxy;
    const char *found;
  } addresses[] = {
    { "http://proxy.example:3128", "http://proxy.example:3128" },
    { "http://proxy.example", "http://proxy.example:80" },
    { "http://a:b@proxy.example:3128/", "http://proxy.example:3128" },
    { "https://a:b@proxy.example:3128", "https://a:b@proxy.example:3128" },
    { "socks5h://a%3a:b%40@proxy.example:1080", "socks5://a%3A:b%40@proxy.example:1080" },
    { "socks4://[::1]:1080", "socks4://[::1]:1080" },
    { "socks5://known.example:1080", "socks5://alice:wonder%20land@known.example:1080" },
    { "socks://proxy.example:1080", "socks5://proxy.example:1080" },
    { "direct://", "direct://" },
    { "no address", "no address" },
  };
  g_autoptr (BobbinSettings) settings = bobbin_settings_new ();
  g_autoptr (GUri) known = g_uri_parse ("socks5://known.example:1080", SOUP_HTTP_URI_FLAGS, NULL);

  bobbin_credentials_set (settings->credentials, known, "alice", "wonder land");
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (BobbinSettings) own = bobbin_settings_copy (settings);
      g_autoptr (BobbinProxies) proxies = NULL;
      g_auto (GStrv) found = NULL;
      g_autoptr (GError) error = NULL;

      own->proxy = g_strdup (addresses[i].proxy);
      proxies = bobbin_proxies_new (own);
      found = g_proxy_resolver_lookup (G_PROXY_RESOLVER (proxies), "http://site.example/", NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_strv_length (found), ==, 1);
      g_assert_cmpstr (found[0], ==, addresses[i].found);
    }
}

int
main (int argc, char **argv)
{
  bobbin_test_init (&argc, &argv);
  g_test_add_func ("/proxies/addresses", test_addresses);
  g_test_add ("/proxies/requests", Fixture, NULL, set_up_alone, test_requests, tear_down);
  g_test_add ("/proxies/none", Fixture, NULL, set_up_alone, test_none, tear_down);
  g_test_add ("/proxies/unknown-kinds", Fixture, NULL, set_up_alone, test_unknown_kinds, tear_down);
  g_test_add ("/proxies/squid", Fixture, NULL, set_up_squid, test_squid, tear_down);
  g_test_add ("/proxies/squid-tunnel", Fixture, NULL, set_up_squid, test_squid_tunnel, tear_down);
  g_test_add ("/proxies/squid-and-site", Fixture, NULL, set_up_squid, test_squid_and_site, tear_down);
  g_test_add ("/proxies/microsocks", Fixture, NULL, set_up_microsocks, test_microsocks, tear_down);
  return g_test_run ();
}
