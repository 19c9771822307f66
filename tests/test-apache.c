/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-error.h"
#include "bobbin-site.h"
#include "bobbin-test.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* Downloads from a real Apache on loopback: what only a real server does. */

#define SIZE 800000

#define SLOW(rate) "  SetOutputFilter RATE_LIMIT\n  SetEnv rate-limit " #rate "\n"

/* Some distributions have the first of these built in. The log has status, path,
 * Range, If-Range, bytes of the body and the user. */
#define CONFIGURATION                                                                                        \
  "ServerRoot %1$s\n"                                                                                        \
  "ServerName 127.0.0.1\n"                                                                                   \
  "Listen 127.0.0.1:%2$d\n"                                                                                  \
  "PidFile %1$s/pid\n"                                                                                       \
  "ErrorLog %1$s/errors\n"                                                                                   \
  "DefaultRuntimeDir %1$s\n"                                                                                 \
  "<IfModule !unixd_module>\n  LoadModule unixd_module %4$s/mod_unixd.so\n</IfModule>\n"                     \
  "<IfModule !log_config_module>\n"                                                                          \
  "  LoadModule log_config_module %4$s/mod_log_config.so\n"                                                  \
  "</IfModule>\n"                                                                                            \
  "LoadModule mpm_event_module %4$s/mod_mpm_event.so\n"                                                      \
  "LoadModule authn_core_module %4$s/mod_authn_core.so\n"                                                    \
  "LoadModule authn_file_module %4$s/mod_authn_file.so\n"                                                    \
  "LoadModule authz_core_module %4$s/mod_authz_core.so\n"                                                    \
  "LoadModule authz_user_module %4$s/mod_authz_user.so\n"                                                    \
  "LoadModule auth_basic_module %4$s/mod_auth_basic.so\n"                                                    \
  "LoadModule auth_digest_module %4$s/mod_auth_digest.so\n"                                                  \
  "LoadModule alias_module %4$s/mod_alias.so\n"                                                              \
  "LoadModule env_module %4$s/mod_env.so\n"                                                                  \
  "LoadModule filter_module %4$s/mod_filter.so\n"                                                            \
  "LoadModule deflate_module %4$s/mod_deflate.so\n"                                                          \
  "LoadModule ratelimit_module %4$s/mod_ratelimit.so\n"                                                      \
  "LoadModule cgi_module %4$s/mod_cgi.so\n"                                                                  \
  "%5$s"                                                                                                     \
  "StartServers 1\n"                                                                                         \
  "ServerLimit 1\n"                                                                                          \
  "ThreadsPerChild 25\n"                                                                                     \
  "MaxRequestWorkers 25\n"                                                                                   \
  "LogFormat \"%%>s %%U [%%{Range}i] [%%{If-Range}i] %%B [%%u]\" own\n"                                      \
  "CustomLog %1$s/log own\n"                                                                                 \
  "DeflateCompressionLevel 1\n"                                                                              \
  "DocumentRoot %3$s\n"                                                                                      \
  "Alias /slow %3$s\n"                                                                                       \
  "Alias /deflated %3$s\n"                                                                                   \
  "Alias /squeezed %3$s\n"                                                                                   \
  "Alias /basic %3$s\n"                                                                                      \
  "Alias /digest %3$s\n"                                                                                     \
  "ScriptAlias /script/ %1$s/script/\n"                                                                      \
  "Redirect 301 /forever /small.bin\n"                                                                       \
  "Redirect 302 /for-now /forever\n"                                                                         \
  "Redirect 307 /for-once /for-now\n"                                                                        \
  "Redirect 308 /for-good /for-once\n"                                                                       \
  "Redirect 301 /around /around\n"                                                                           \
  "Redirect gone /gone\n"                                                                                    \
  "<Location /slow>\n" SLOW (                                                                                \
      400) "</Location>\n"                                                                                   \
           "<Location /deflated>\n  SetOutputFilter DEFLATE\n</Location>\n"                                  \
           "<Location /squeezed>\n"                                                                          \
           "  SetOutputFilter DEFLATE;RATE_LIMIT\n  SetEnv rate-limit 400\n  SetEnv force-gzip 1\n"          \
           "</Location>\n"                                                                                   \
           "<Location /basic>\n" SLOW (                                                                      \
               100) "  AuthType Basic\n  AuthName own\n  AuthUserFile %1$s/users\n  Require valid-user\n"    \
                    "</Location>\n"                                                                          \
                    "<Location /digest>\n" SLOW (100) "  AuthType Digest\n  AuthName own\n  AuthUserFile "   \
                                                      "%1$s/digests\n  Require valid-user\n"                 \
                                                      "</Location>\n"

/* The first byte comes late. */
#define SCRIPT                                                                                               \
  "#!/bin/sh\n"                                                                                              \
  "sleep 2\n"                                                                                                \
  "printf 'Content-Type: application/octet-stream\\r\\n\\r\\n'\n"                                            \
  "sleep 1\n"                                                                                                \
  "cat %s/large.bin\n"

/* Root's Apache serves as somebody else, who has to exist. */
#define NOBODY "User nobody\nGroup #65534\n"

static const char *const programs[] = { "apache2", "httpd", NULL };

static const char *const module_folders[] = {
  "/usr/lib/apache2/modules",
  "/usr/lib64/httpd/modules",
  "/usr/lib/httpd/modules",
};

static const char *const modules[]
    = { "mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "auth_digest",
        "alias",     "env",        "filter",     "deflate",    "ratelimit",  "cgi" };

static const char *
find_module_folder (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (module_folders); i++)
    if (g_file_test (module_folders[i], G_FILE_TEST_IS_DIR))
      return module_folders[i];
  return NULL;
}

/* Returns: (transfer full) (nullable): what is missing on this machine */
static char *
find_what_is_missing (const char *program, const char *folder)
{
  if (program == NULL || folder == NULL)
    return g_strdup ("Apache is not installed");
  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/mod_%s.so", folder, modules[i]);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_strdup_printf ("Apache has no mod_%s", modules[i]);
    }
  return NULL;
}

static void
write_users (BobbinSite *site)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_MD5, "alice:own:wonderland", -1);
  g_autofree char *digests = g_strdup_printf ("alice:own:%s\n", digest);

  /* The SHA-1 of "wonderland", in base64. */
  bobbin_site_write (site, "users", "alice:{SHA}tiY7sUhYKUwI5L3866kDY+ENcrQ=\n");
  bobbin_site_write (site, "digests", digests);
}

static void
write_script (BobbinSite *site)
{
  g_autofree char *text = g_strdup_printf (SCRIPT, site->files);
  g_autofree char *folder = g_build_filename (site->folder, "script", NULL);
  g_autofree char *path = g_build_filename (folder, "late.bin", NULL);

  g_assert_cmpint (g_mkdir (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0755, NULL));
}

static void
start_apache (BobbinSite *site, const char *program, const char *folder)
{
  g_autofree char *path = g_build_filename (site->folder, "apache.conf", NULL);
  const char *user = geteuid () == 0 ? NOBODY : "";
  g_autofree char *text
      = g_strdup_printf (CONFIGURATION, site->folder, site->port, site->files, folder, user);
  const char *const command[] = { program, "-D", "FOREGROUND", "-f", path, NULL };

  bobbin_site_write (site, "apache.conf", text);
  write_users (site);
  write_script (site);
  bobbin_site_start (site, command);
}

static void
set_up (BobbinSite *site, gconstpointer data)
{
  g_autofree char *program = bobbin_site_find_program (programs);
  const char *folder = find_module_folder ();
  g_autofree char *missing = find_what_is_missing (program, folder);

  if (missing != NULL)
    {
      g_test_skip (missing);
      return;
    }
  bobbin_site_init (site);
  start_apache (site, program, folder);
}

static void
tear_down (BobbinSite *site, gconstpointer data)
{
  bobbin_site_clear (site);
}

static void
test_parts (BobbinSite *site, gconstpointer data)
{
  BobbinDownload *download;

  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "large.bin", SIZE, 1);
  bobbin_site_use_parts (site, 4, 50000);
  download = bobbin_site_add (site, "slow/large.bin");
  bobbin_test_wait_for_run (site->queue);
  g_assert_no_error (bobbin_download_get_error (download));
  bobbin_site_assert_file (site, "large.bin", SIZE, 1);
  bobbin_site_assert_logged (site, "206 /slow/large.bin [bytes=*] [\\\"*\\\"] *", 3, 40);
  bobbin_site_assert_logged (site, "200 /slow/large.bin [-] [-] *", 1, 1);
  bobbin_site_assert_logged (site, "4*", 0, 0);
}

/* Apache's own ETag: what was held is taken up. */
static void
test_resume (BobbinSite *site, gconstpointer data)
{
  g_autofree char *rest = NULL;
  BobbinDownload *download;
  goffset held;

  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "large.bin", SIZE, 1);
  download = bobbin_site_add (site, "slow/large.bin");
  held = bobbin_site_pause_at (site, download, SIZE / 4);
  bobbin_site_go_on (site, download);

  bobbin_site_assert_file (site, "large.bin", SIZE, 1);
  g_assert_false (bobbin_download_is_anew (download));
  rest = g_strdup_printf ("206 /slow/large.bin [bytes=%" G_GOFFSET_FORMAT "-] [\\\"*\\\"] %" G_GOFFSET_FORMAT
                          " *",
                          held, SIZE - held);
  bobbin_site_assert_logged (site, rest, 1, 1);
}

static void
test_changed (BobbinSite *site, gconstpointer data)
{
  BobbinDownload *download;

  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "large.bin", SIZE, 1);
  download = bobbin_site_add (site, "slow/large.bin");
  bobbin_site_pause_at (site, download, SIZE / 4);
  bobbin_site_make_file (site, "large.bin", SIZE, 2);
  bobbin_site_go_on (site, download);
  g_assert_true (bobbin_download_is_anew (download));
  bobbin_site_assert_file (site, "large.bin", SIZE, 2);
  bobbin_site_assert_logged (site, "200 /slow/large.bin [bytes=*] [\\\"*\\\"] *", 1, 1);
}

/* mod_deflate packs only for those who ask for it, which leaves ranges alone. */
static void
test_deflate (BobbinSite *site, gconstpointer data)
{
  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "large.bin", SIZE, 1);
  bobbin_site_add (site, "deflated/large.bin");
  bobbin_test_wait_for_run (site->queue);
  bobbin_site_assert_file (site, "large.bin", SIZE, 1);
}

/* One that packs for everybody does it on the way, with an ETag that it does not
 * know again, and serves no ranges: that is begun anew, and saved as it is. */
static void
test_deflate_for_all (BobbinSite *site, gconstpointer data)
{
  BobbinDownload *download;

  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "large.bin", 40 * SIZE, 1);
  bobbin_site_use_parts (site, 4, 50000);
  download = bobbin_site_add (site, "squeezed/large.bin");
  bobbin_site_pause_at (site, download, 100000);
  bobbin_site_go_on (site, download);
  g_assert_true (bobbin_download_is_anew (download));
  bobbin_site_assert_logged (site, "200 /squeezed/large.bin [bytes=*] [*-gzip*] *", 1, 1);
  bobbin_site_assert_gzip (site, "large.bin", 40 * SIZE, 1);
}

static void
test_redirects (BobbinSite *site, gconstpointer data)
{
  static const char *const names[] = { "forever", "for-now", "for-once", "for-good" };
  static const char *const saved[] = { "small.bin", "small (1).bin", "small (2).bin", "small (3).bin" };

  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "small.bin", 1000, 1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      bobbin_site_add (site, names[i]);
      bobbin_test_wait_for_run (site->queue);
      bobbin_site_assert_file (site, saved[i], 1000, 1);
    }
  bobbin_site_assert_logged (site, "200 /small.bin *", 4, 4);
  bobbin_site_assert_logged (site, "30? *", 1 + 2 + 3 + 4, 1 + 2 + 3 + 4);
}

static void
test_redirects_to_nowhere (BobbinSite *site, gconstpointer data)
{
  BobbinDownload *around;
  BobbinDownload *gone;

  if (site->server == NULL)
    return;
  around = bobbin_site_add (site, "around");
  gone = bobbin_site_add (site, "gone");
  bobbin_test_wait_for_run (site->queue);
  g_assert_error (bobbin_download_get_error (around), BOBBIN_ERROR, BOBBIN_ERROR_TOO_MANY_REDIRECTS);
  g_assert_cmpuint (bobbin_error_get_status (bobbin_download_get_error (gone)), ==, 410);
  bobbin_site_assert_nothing (site);
}

static void
test_late (BobbinSite *site, gconstpointer data)
{
  if (site->server == NULL)
    return;
  bobbin_site_make_file (site, "large.bin", SIZE, 1);
  bobbin_site_add (site, "script/late.bin");
  bobbin_test_wait_for_run (site->queue);
  bobbin_site_assert_file (site, "late.bin", SIZE, 1);
  bobbin_site_assert_logged (site, "??? *", 1, 1);
}

/* The person is asked, errs, and is asked again. */
static void
assert_signs_in (BobbinSite *site, const char *path)
{
  static const char *const passwords[] = { NULL, "looking-glass" };
  BobbinDownload *download;

  bobbin_site_make_file (site, "large.bin", SIZE / 2, 1);
  bobbin_site_use_parts (site, 4, 50000);
  download = bobbin_site_add (site, path);
  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      if (passwords[i] != NULL)
        bobbin_site_sign_in (site, "alice", passwords[i]);
      bobbin_queue_retry (site->queue, download);
      bobbin_test_wait_for_run (site->queue);
      g_assert_cmpint (bobbin_download_get_state (download), ==, BOBBIN_STATE_FAILED);
      g_assert_cmpuint (bobbin_error_get_status (bobbin_download_get_error (download)), ==, 401);
      bobbin_site_assert_nothing (site);
    }
  bobbin_site_sign_in (site, "alice", "wonderland");
  bobbin_queue_retry (site->queue, download);
  bobbin_test_wait_for_run (site->queue);
  g_assert_no_error (bobbin_download_get_error (download));
  bobbin_site_assert_file (site, "large.bin", SIZE / 2, 1);
  bobbin_site_assert_logged (site, "206 * [alice]", 3, 40);
}

static void
assert_signs_in_by_link (BobbinSite *site, const char *path)
{
  g_autofree char *uri = g_strdup_printf ("http://alice:wonderland@127.0.0.1:%d/%s", site->port, path);
  BobbinDownload *download;

  bobbin_site_make_file (site, "small.bin", 1000, 1);
  download = bobbin_test_add (site->queue, site->target, uri);
  bobbin_test_wait_for_run (site->queue);
  g_assert_no_error (bobbin_download_get_error (download));
  bobbin_site_assert_file (site, "small.bin", 1000, 1);
}

static void
test_basic (BobbinSite *site, gconstpointer data)
{
  if (site->server == NULL)
    return;
  assert_signs_in (site, "basic/large.bin");
  assert_signs_in_by_link (site, "basic/small.bin");
}

static void
test_digest (BobbinSite *site, gconstpointer data)
{
  if (site->server == NULL)
    return;
  assert_signs_in (site, "digest/large.bin");
  assert_signs_in_by_link (site, "digest/small.bin");
}

#define ADD(name, function) g_test_add ("/apache/" name, BobbinSite, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  bobbin_test_init (&argc, &argv);
  ADD ("parts", test_parts);
  ADD ("resume", test_resume);
  ADD ("changed", test_changed);
  ADD ("deflate", test_deflate);
  ADD ("deflate-for-all", test_deflate_for_all);
  ADD ("redirects", test_redirects);
  ADD ("redirects-to-nowhere", test_redirects_to_nowhere);
  ADD ("late", test_late);
  ADD ("basic", test_basic);
  ADD ("digest", test_digest);
  return g_test_run ();
}
