/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fetch.h"
#include "bobbin-site.h"
#include "bobbin-test-certificate.h"
#include "bobbin-test.h"

#include <glib/gstdio.h>
#include <string.h>

/* Downloads from a real nginx on loopback: what only a real server does. */

#define N_FILES 500
#define SIZE 800000

/* The log has status, path, Range, If-Range, bytes of the body, the user, the transfer
 * encoding and how many connections there are when the request is over. */
#define CONFIGURATION                                                                                        \
  "daemon off;\n"                                                                                            \
  "master_process off;\n"                                                                                    \
  "pid %1$s/pid;\n"                                                                                          \
  "error_log %1$s/errors;\n"                                                                                 \
  "events { worker_connections 64; }\n"                                                                      \
  "http {\n"                                                                                                 \
  "  log_format own escape=none '$status $uri [$http_range] [$http_if_range] $body_bytes_sent "              \
  "[$remote_user] $sent_http_transfer_encoding $connections_active';\n"                                      \
  "  access_log %1$s/log own;\n"                                                                             \
  "  default_type application/octet-stream;\n"                                                               \
  "  client_body_temp_path %1$s/body;\n"                                                                     \
  "  proxy_temp_path %1$s/proxy;\n"                                                                          \
  "  fastcgi_temp_path %1$s/fastcgi;\n"                                                                      \
  "  uwsgi_temp_path %1$s/uwsgi;\n"                                                                          \
  "  scgi_temp_path %1$s/scgi;\n"                                                                            \
  "  limit_conn_zone $server_port zone=few:1m;\n"                                                            \
  "  server {\n"                                                                                             \
  "    listen 127.0.0.1:%2$d;\n"                                                                             \
  "    %4$s\n"                                                                                               \
  "    root %3$s;\n"                                                                                         \
  "    location /slow/ { alias %3$s/; limit_rate 400k; }\n"                                                  \
  "    location /dated/ { alias %3$s/; limit_rate 400k; etag off; }\n"                                       \
  "    location /parts/ { alias %3$s/; limit_rate 100k; }\n"                                                 \
  "    location /two/ { alias %3$s/; limit_rate 100k; limit_conn few 2; }\n"                                 \
  "    location /moved/ { return 302 /$arg_to; }\n"                                                          \
  "    location /chunked/ { alias %3$s/; limit_rate 400k; ssi on; ssi_types *; }\n"                          \
  "    location /packed/ { alias %3$s/; limit_rate 400k; add_header Content-Encoding gzip; }\n"              \
  "    location /static/ { alias %3$s/; gzip_static on; }\n"                                                 \
  "    location /always/ { alias %3$s/; gzip_static always; }\n"                                             \
  "    location /private/ {\n"                                                                               \
  "      alias %3$s/; limit_rate 100k; auth_basic own; auth_basic_user_file %1$s/users;\n"                   \
  "    }\n"                                                                                                  \
  "  }\n"                                                                                                    \
  "}\n"

#define SECURE                                                                                               \
  "listen 127.0.0.1:%2$d ssl; ssl_certificate %1$s/server.crt; ssl_certificate_key %1$s/server.key;"

static const char *const programs[] = { "nginx", NULL };

static void
start_nginx (BobbinSite *site, const char *program, const char *more)
{
  g_autofree char *path = g_build_filename (site->folder, "nginx.conf", NULL);
  g_autofree char *text = g_strdup_printf (CONFIGURATION, site->folder, site->port, site->files, more);
  const char *const command[] = { program, "-p", site->folder, "-c", path, NULL };

  bobbin_site_write (site, "nginx.conf", text);
  bobbin_site_write (site, "users", "alice:{PLAIN}wonderland\n");
  bobbin_site_start (site, command);
}

static void
set_up (BobbinSite *site, gconstpointer data)
{
  g_autofree char *program = bobbin_site_find_program (programs);

  if (program == NULL)
    {
      g_test_skip ("nginx is not installed");
      return;
    }
  bobbin_site_init (site);
  start_nginx (site, program, "");
}

static void
set_up_secure (BobbinSite *site, gconstpointer data)
{
  g_autofree char *program = bobbin_site_find_program (programs);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autofree char *more = NULL;

  if (program == NULL)
    {
      g_test_skip ("nginx is not installed");
      return;
    }
  bobbin_site_init (site);
  certificate = bobbin_test_certificate_new (site->folder, "server", "127.0.0.1", 2049);
  if (certificate == NULL)
    return;
  more = g_strdup_printf (SECURE, site->folder, site->secure_port);
  start_nginx (site, program, more);
}

static void
tear_down (BobbinSite *site, gconstpointer data)
{
  bobbin_site_clear (site);
}

static gsize
size_of (guint index)
{
  return index % 7 == 0 ? 0 : (gsize) index * 97;
}

static void
test_five_hundred (BobbinSite *site, gconstpointer data)
{
  const BobbinRun *run;

  if (site->server == NULL)
    return;
  run = bobbin_queue_get_run (site->queue);
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("file-%03u.bin", i);

      bobbin_site_make_file (site, name, size_of (i), i);
      bobbin_site_add (site, name);
    }
  bobbin_site_add (site, "missing.bin");
  bobbin_test_wait_for_run (site->queue);

  g_assert_cmpuint (run->finished, ==, N_FILES);
  g_assert_cmpuint (run->failed, ==, 1);
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("file-%03u.bin", i);

      bobbin_site_assert_file (site, name, size_of (i), i);
    }
}

static void
test_redirect (BobbinSite *site, gconstpointer data)
{
  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "there.bin", 1000, 2);
  bobbin_site_add (site, "moved/here?to=there.bin");
  bobbin_test_wait_for_run (site->queue);
  bobbin_site_assert_file (site, "there.bin", 1000, 2);
}

static void
on_changed (BobbinQueue *queue, guint *most)
{
  *most = MAX (*most, bobbin_download_get_n_parts (bobbin_test_get (queue, 0)));
}

/* Adds a download and waits for its good end.
 * Returns: how many workers there were for it at once */
static guint
download_in_parts (BobbinSite *site, const char *path)
{
  guint most = 0;

  bobbin_site_use_parts (site, 4, 50000);
  g_signal_connect (site->queue, "changed", G_CALLBACK (on_changed), &most);
  bobbin_site_add (site, path);
  bobbin_test_wait_for_run (site->queue);
  g_signal_handlers_disconnect_by_func (site->queue, on_changed, &most);
  g_assert_no_error (bobbin_download_get_error (bobbin_test_get (site->queue, 0)));
  return most;
}

/* When the first of the parts is there, the other three are still coming. */
static void
test_parts (BobbinSite *site, gconstpointer data)
{
  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "large.bin", SIZE, 1);
  g_assert_cmpuint (download_in_parts (site, "parts/large.bin"), ==, 4);
  bobbin_site_assert_file (site, "large.bin", SIZE, 1);
  bobbin_site_assert_logged (site, "200 /parts/large.bin [] [] *", 1, 1);
  bobbin_site_assert_logged (site, "206 /parts/large.bin [bytes=*] [\"*\"] *", 3, 40);
  bobbin_site_assert_logged (site, "* 4", 1, 41);
  bobbin_site_assert_logged (site, "4*", 0, 0);
  bobbin_site_assert_logged (site, "5*", 0, 0);
}

/* A host that takes two connections only gets the file through these. */
static void
test_few_connections (BobbinSite *site, gconstpointer data)
{
  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "large.bin", SIZE / 2, 1);
  g_assert_cmpuint (download_in_parts (site, "two/large.bin"), <=, 2);
  bobbin_site_assert_file (site, "large.bin", SIZE / 2, 1);
  bobbin_site_assert_logged (site, "503 *", 1, 8);
  g_assert_cmpuint (bobbin_queue_get_run (site->queue)->finished, ==, 1);
}

/* Two files from there at once, one of which is refused before it has begun. */
static void
test_few_files (BobbinSite *site, gconstpointer data)
{
  if (site->server == NULL)
    return;
  bobbin_site_use_parts (site, 1, SIZE);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.bin", i);
      g_autofree char *path = g_strconcat ("two/", name, NULL);

      bobbin_site_make_file (site, name, SIZE / 20, i);
      bobbin_site_add (site, path);
    }
  bobbin_test_wait_for_run (site->queue);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.bin", i);

      bobbin_site_assert_file (site, name, SIZE / 20, i);
    }
  bobbin_site_assert_logged (site, "503 *", 1, 20);
}

/* nginx's own ETag and ranges: what was held is taken up. */
static void
test_resume (BobbinSite *site, gconstpointer data)
{
  g_autofree char *rest = NULL;
  BobbinDownload *download;
  goffset held;

  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "large.bin", SIZE, 1);
  bobbin_site_use_parts (site, 1, SIZE);
  download = bobbin_site_add (site, "slow/large.bin");
  held = bobbin_site_pause_at (site, download, SIZE / 4);
  bobbin_site_go_on (site, download);

  bobbin_site_assert_file (site, "large.bin", SIZE, 1);
  g_assert_cmpint (bobbin_queue_get_run (site->queue)->bytes, ==, SIZE - held);
  g_assert_false (bobbin_download_is_anew (download));
  rest
      = g_strdup_printf ("206 /slow/large.bin [bytes=%" G_GOFFSET_FORMAT "-] [\"*\"] %" G_GOFFSET_FORMAT " *",
                         held, SIZE - held);
  bobbin_site_assert_logged (site, rest, 1, 1);
  bobbin_site_assert_logged (site, "??? *", 2, 2);
}

/* The same where only the date tells, which is an old one. */
static void
test_resume_by_date (BobbinSite *site, gconstpointer data)
{
  BobbinDownload *download;

  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "large.bin", SIZE, 1);
  download = bobbin_site_add (site, "dated/large.bin");
  bobbin_site_pause_at (site, download, SIZE / 4);
  bobbin_site_go_on (site, download);
  bobbin_site_assert_file (site, "large.bin", SIZE, 1);
  bobbin_site_assert_logged (site, "206 /dated/large.bin [bytes=*] [???, * GMT] *", 1, 1);
}

static void
assert_begins_anew (BobbinSite *site, const char *path, goffset size, guint seed)
{
  BobbinDownload *download;

  bobbin_site_make_file (site, "large.bin", SIZE, 1);
  download = bobbin_site_add (site, path);
  bobbin_site_pause_at (site, download, SIZE / 2);
  bobbin_site_make_file (site, "large.bin", (gsize) size, seed);
  bobbin_site_go_on (site, download);
  g_assert_true (bobbin_download_is_anew (download));
  bobbin_site_assert_file (site, "large.bin", (gsize) size, seed);
}

static void
test_changed (BobbinSite *site, gconstpointer data)
{
  if (site->server == NULL)
    return;
  assert_begins_anew (site, "slow/large.bin", SIZE, 2);
  bobbin_site_assert_logged (site, "200 /slow/large.bin [bytes=*] [\"*\"] *", 1, 1);
}

/* Shorter than what is held, but of the same date: there is no such range. */
static void
test_no_such_range (BobbinSite *site, gconstpointer data)
{
  if (site->server == NULL)
    return;
  assert_begins_anew (site, "dated/large.bin", SIZE / 4, 1);
  bobbin_site_assert_logged (site, "416 /dated/large.bin [bytes=*] [*GMT] *", 1, 1);
}

static void
test_status_416 (BobbinSite *site, gconstpointer data)
{
  g_autofree char *uri = NULL;
  g_autofree char *validator = NULL;
  BobbinFetch fetch;

  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "small.bin", 1000, 1);
  uri = bobbin_site_dup_uri (site, "small.bin");
  bobbin_fetch_init (&fetch);
  bobbin_fetch_uri (&fetch, uri);
  g_assert_no_error (fetch.error);
  validator = g_strdup (fetch.answer->validator);
  g_assert_nonnull (validator);
  bobbin_fetch_part (&fetch, uri, 1000, -1, 1000, validator);
  bobbin_fetch_assert_status (&fetch, 416);
  g_assert_cmpint (bobbin_error_get_total (fetch.error), ==, 1000);
  bobbin_fetch_clear (&fetch);
}

/* Another file takes its place while it comes: those who help then are told
 * another ETag, and leave it to the first. */
static void
test_replaced (BobbinSite *site, gconstpointer data)
{
  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "large.bin", SIZE / 2, 1);
  bobbin_site_use_parts (site, 4, 50000);
  bobbin_queue_set_at_once (site->queue, 1);
  bobbin_test_wait_for_state (bobbin_site_add (site, "parts/large.bin"), BOBBIN_STATE_RECEIVING);
  bobbin_site_make_file (site, "large.bin", SIZE / 2, 2);
  bobbin_queue_set_at_once (site->queue, 4);
  bobbin_test_wait_for_run (site->queue);
  bobbin_site_assert_file (site, "large.bin", SIZE / 2, 1);
  bobbin_site_assert_logged (site, "200 /parts/large.bin [bytes=*] [\"*\"] *", 1, 20);
  bobbin_site_assert_logged (site, "206 *", 0, 0);
}

/* Who labels an archive as encoded means the same bytes: they are saved. */
static void
test_packed (BobbinSite *site, gconstpointer data)
{
  BobbinDownload *download;

  if (site->server == NULL)
    return;
  bobbin_site_make_gzip (site, "large.tar.gz", SIZE, 1);
  bobbin_site_use_parts (site, 4, 50000);
  download = bobbin_site_add (site, "packed/large.tar.gz");
  bobbin_site_pause_at (site, download, SIZE / 4);
  bobbin_site_go_on (site, download);
  bobbin_site_assert_served (site, "large.tar.gz");
  bobbin_site_assert_gzip (site, "large.tar.gz", SIZE, 1);
}

/* A server that has both forms sends the one that was asked for, and one that
 * only has the packed one sends that. */
static void
test_packed_twin (BobbinSite *site, gconstpointer data)
{
  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "plain.bin", 5000, 1);
  bobbin_site_make_gzip (site, "plain.bin.gz", 5000, 1);
  bobbin_site_make_gzip (site, "packed.bin.gz", 6000, 2);
  bobbin_site_add (site, "static/plain.bin");
  bobbin_site_add (site, "always/packed.bin");
  bobbin_test_wait_for_run (site->queue);
  bobbin_site_assert_file (site, "plain.bin", 5000, 1);
  bobbin_site_assert_gzip (site, "packed.bin", 6000, 2);
}

static void
test_chunked (BobbinSite *site, gconstpointer data)
{
  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "large.bin", SIZE, 1);
  g_assert_cmpuint (download_in_parts (site, "chunked/large.bin"), ==, 1);
  bobbin_site_assert_file (site, "large.bin", SIZE, 1);
  bobbin_site_assert_logged (site, "200 * chunked ?", 1, 1);
  bobbin_site_assert_logged (site, "2*", 1, 1);
}

static void
assert_refused (BobbinSite *site, BobbinDownload *download, guint status)
{
  bobbin_test_wait_for_run (site->queue);
  g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FAILED);
  g_assert_cmpuint (bobbin_error_get_status (bobbin_download_get_error (download)), ==, status);
  bobbin_site_assert_nothing (site);
}

/* The person is asked, errs, and is asked again. */
static void
test_sign_in (BobbinSite *site, gconstpointer data)
{
  BobbinDownload *download;

  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "large.bin", SIZE / 2, 1);
  bobbin_site_use_parts (site, 4, 50000);
  download = bobbin_site_add (site, "private/large.bin");
  assert_refused (site, download, 401);
  bobbin_site_sign_in (site, "alice", "looking-glass");
  bobbin_queue_retry (site->queue, download);
  assert_refused (site, download, 401);
  bobbin_site_sign_in (site, "alice", "wonderland");
  bobbin_queue_retry (site->queue, download);
  bobbin_test_wait_for_run (site->queue);
  g_assert_no_error (bobbin_download_get_error (download));
  bobbin_site_assert_file (site, "large.bin", SIZE / 2, 1);
  bobbin_site_assert_logged (site, "206 * [alice] *", 3, 40);
}

static void
test_sign_in_by_link (BobbinSite *site, gconstpointer data)
{
  g_autofree char *uri = NULL;
  BobbinDownload *download;

  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "small.bin", 1000, 1);
  uri = g_strdup_printf ("http://alice:wonderland@127.0.0.1:%d/private/small.bin", site->port);
  download = bobbin_test_add (site->queue, site->target, uri);
  bobbin_test_wait_for_run (site->queue);
  g_assert_no_error (bobbin_download_get_error (download));
  g_assert_null (strstr (bobbin_download_get_final_uri (download), "wonderland"));
  bobbin_site_assert_file (site, "small.bin", 1000, 1);
  bobbin_site_assert_logged (site, "200 * [alice] *", 1, 1);
}

static BobbinDownload *
add_secure (BobbinSite *site)
{
  g_autofree char *uri = g_strdup_printf ("https://127.0.0.1:%d/small.bin", site->secure_port);

  bobbin_site_make_file (site, "small.bin", 1000, 1);
  return bobbin_test_add (site->queue, site->target, uri);
}

static void
assert_trusted_with (BobbinSite *site, const char *trusted_host, const char *ca_file)
{
  BobbinSettings *settings = bobbin_site_copy_settings (site);
  BobbinDownload *download = add_secure (site);

  bobbin_test_wait_for_run (site->queue);
  g_assert_error (bobbin_download_get_error (download), BOBBIN_ERROR, BOBBIN_ERROR_BAD_CERTIFICATE);
  g_assert_cmpuint (bobbin_download_get_tries (download), ==, 1);
  bobbin_site_assert_nothing (site);

  if (trusted_host != NULL)
    settings->trusted_hosts = g_strsplit (trusted_host, " ", -1);
  settings->ca_file = g_strdup (ca_file);
  bobbin_site_use_settings (site, settings);
  bobbin_queue_retry (site->queue, download);
  bobbin_test_wait_for_run (site->queue);
  g_assert_no_error (bobbin_download_get_error (download));
  bobbin_site_assert_file (site, "small.bin", 1000, 1);
}

static void
test_trusted_host (BobbinSite *site, gconstpointer data)
{
  g_autofree char *host = g_strdup_printf ("127.0.0.1:%d", site->secure_port);

  if (site->server != NULL)
    assert_trusted_with (site, host, NULL);
}

static void
test_ca_file (BobbinSite *site, gconstpointer data)
{
  g_autofree char *path = NULL;

  if (site->server == NULL)
    return;
  path = g_build_filename (site->folder, "server.crt", NULL);
  assert_trusted_with (site, NULL, path);
}

#define ADD_WITH(name, set_up_function, function)                                                            \
  g_test_add ("/nginx/" name, BobbinSite, NULL, set_up_function, function, tear_down)
#define ADD(name, function) ADD_WITH (name, set_up, function)

int
main (int argc, char *argv[])
{
  bobbin_test_init (&argc, &argv);
  ADD ("five-hundred", test_five_hundred);
  ADD ("redirect", test_redirect);
  ADD ("parts", test_parts);
  ADD ("few-connections", test_few_connections);
  ADD ("few-files", test_few_files);
  ADD ("resume", test_resume);
  ADD ("resume-by-date", test_resume_by_date);
  ADD ("changed", test_changed);
  ADD ("no-such-range", test_no_such_range);
  ADD ("status-416", test_status_416);
  ADD ("replaced", test_replaced);
  ADD ("packed", test_packed);
  ADD ("packed-twin", test_packed_twin);
  ADD ("chunked", test_chunked);
  ADD ("sign-in", test_sign_in);
  ADD ("sign-in-by-link", test_sign_in_by_link);
  ADD_WITH ("trusted-host", set_up_secure, test_trusted_host);
  ADD_WITH ("ca-file", set_up_secure, test_ca_file);
  return g_test_run ();
}
