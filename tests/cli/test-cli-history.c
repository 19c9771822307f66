/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-test.h"

#include "bobbin-scenario.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The same command given again: it goes on with what it has begun, and leaves
 * alone what it has finished.
 */

#define SIZE 4000000
#define RATE 1000000

static const BobbinFaultFile slow_file = { .size = SIZE, .etag = "\"a\"", .rate = RATE };
static const BobbinFaultFile fast_file = { .size = SIZE, .etag = "\"a\"" };

/* Serves @first to the first request and @then to all others. */
static BobbinFaultServer *
serve (const BobbinFaultFile *first, const BobbinFaultFile *then)
{
  const BobbinFaultRule first_rule = { .request = "*", .times = 1, .file = first };
  const BobbinFaultRule then_rule = { .request = "*", .file = then };
  BobbinFaultServer *server = bobbin_fault_server_new ();

  bobbin_fault_server_add_rule (server, &first_rule);
  bobbin_fault_server_add_rule (server, &then_rule);
  return server;
}

/* Kills the process when so much has arrived that some of it was noted. */
static void
kill_midway (CliFixture *fixture, GSubprocess *process, const char *part)
{
  cli_test_wait_for_file (fixture, part, SIZE * 3 / 4);
  g_subprocess_send_signal (process, SIGKILL);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_true (g_subprocess_get_if_signaled (process));
}

static goffset
get_range_start (BobbinFaultServer *server, guint index)
{
  g_autofree char *request = bobbin_fault_server_dup_request (server, index);
  goffset first = 0;
  goffset end = 0;

  return bobbin_fault_request_get_range (request, &first, &end) ? first : -1;
}

static void
assert_no_secret (CliFixture *fixture, const char *secret)
{
  g_autofree char *folder = g_build_filename (fixture->home, "bobbin", NULL);
  g_auto (GStrv) names = bobbin_test_list_folder (folder);

  g_assert_cmpuint (g_strv_length (names), >, 0);
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename (folder, *name, NULL);
      g_autofree char *data = NULL;
      gsize size = 0;

      g_assert_true (g_file_get_contents (path, &data, &size, NULL));
      g_assert_null (memmem (data, size, secret, strlen (secret)));
    }
}

/* Only the rest is asked for, and with all that the link had: also what is not
 * written down anywhere.
 */
static void
test_kill (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (BobbinFaultServer) server = serve (&slow_file, &fast_file);
  g_autofree char *uri = bobbin_fault_server_expand (server, "http://me:hunter2@127.0.0.1:@PORT@/wool");
  const char *secret = "X-Token: opensesame";
  g_autoptr (GSubprocess) process = cli_test_start (fixture, "-q", "-p1", "-H", secret, uri, NULL);
  g_autoptr (CliResult) result = NULL;

  kill_midway (fixture, process, "wool.part");
  assert_no_secret (fixture, "opensesame");
  assert_no_secret (fixture, "hunter2");
  cli_test_assert_names (fixture, "wool.part");

  result = cli_test_run (fixture, NULL, "--json", "-p1", "-H", secret, uri, NULL);
  g_assert_cmpint (result->status, ==, 0);
  cli_test_assert_match (result->output, "\"event\":\"finished\",.*\"bytes\":4000000,.*\"tries\":2,");
  cli_test_assert_names (fixture, "wool");
  cli_test_assert_bytes (fixture, "wool", SIZE);
  g_assert_cmpuint (bobbin_fault_server_get_n_requests (server), ==, 2);
  g_assert_cmpint (get_range_start (server, 0), ==, -1);
  g_assert_cmpint (get_range_start (server, 1), >, 0);
  g_assert_cmpuint (bobbin_fault_server_count_requests (server, secret), ==, 2);
  assert_no_secret (fixture, "opensesame");
  assert_no_secret (fixture, "hunter2");
}

/* What is asked for again goes with the link's user and password. */
static void
test_kill_signed_in (CliFixture *fixture, gconstpointer user_data)
{
  const BobbinFaultRule ask
      = { "* | !Authorization", 0,
          SCRIPT (HEAD ("401 Unauthorized\nContent-Length: 0\nWWW-Authenticate: Basic realm=\"x\"")) };
  const BobbinFaultRule first = { .request = "*", .times = 1, .file = &slow_file };
  const BobbinFaultRule then = { .request = "*", .file = &fast_file };
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *uri = bobbin_fault_server_expand (server, "http://me:hunter2@127.0.0.1:@PORT@/wool");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (CliResult) result = NULL;

  bobbin_fault_server_add_rule (server, &ask);
  bobbin_fault_server_add_rule (server, &first);
  bobbin_fault_server_add_rule (server, &then);
  process = cli_test_start (fixture, "-q", "-p1", uri, NULL);
  kill_midway (fixture, process, "wool.part");
  assert_no_secret (fixture, "hunter2");

  result = cli_test_run (fixture, NULL, "-p1", uri, NULL);
  g_assert_cmpint (result->status, ==, 0);
  cli_test_assert_names (fixture, "wool");
  cli_test_assert_bytes (fixture, "wool", SIZE);
  g_assert_cmpuint (bobbin_fault_server_count_requests (server, "Authorization | Range"), ==, 1);
  assert_no_secret (fixture, "hunter2");
}

/* In parts, and with Ctrl+C. */
static void
test_stop (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (BobbinFaultServer) server = serve (&slow_file, &slow_file);
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/wool");
  g_autoptr (GSubprocess) process = cli_test_start (fixture, "-p4", "--part-size=64K", uri, NULL);
  g_autoptr (CliResult) stopped = NULL;
  g_autoptr (CliResult) result = NULL;
  goffset sent;

  cli_test_wait_for_file (fixture, "wool.part", SIZE / 2);
  g_subprocess_send_signal (process, SIGINT);
  stopped = cli_test_finish (process, NULL);
  g_assert_cmpint (stopped->status, ==, 130);
  cli_test_assert_match (stopped->errors, "^bobbin-cli: stopped, 0 of 1 finished; the same command goes on");
  sent = bobbin_fault_server_get_n_sent (server);

  result = cli_test_run (fixture, NULL, "-p4", "--part-size=64K", uri, NULL);
  g_assert_cmpint (result->status, ==, 0);
  cli_test_assert_names (fixture, "wool");
  cli_test_assert_bytes (fixture, "wool", SIZE);
  g_assert_cmpint (bobbin_fault_server_get_n_sent (server) - sent, <, SIZE);
}

/* A file that has changed on the server is not mixed with what was there of it. */
static void
test_changed (CliFixture *fixture, gconstpointer user_data)
{
  const BobbinFaultFile changed = { .size = SIZE - 1000, .etag = "\"b\"" };
  g_autoptr (BobbinFaultServer) server = serve (&slow_file, &changed);
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/wool");
  g_autoptr (GSubprocess) process = cli_test_start (fixture, "-q", "-p1", uri, NULL);
  g_autoptr (CliResult) result = NULL;

  kill_midway (fixture, process, "wool.part");
  result = cli_test_run (fixture, NULL, "-p1", uri, NULL);
  g_assert_cmpint (result->status, ==, 0);
  cli_test_assert_match (result->output, "\\Awool · .* · fetched anew\n");
  cli_test_assert_names (fixture, "wool");
  cli_test_assert_bytes (fixture, "wool", SIZE - 1000);
}

/* What is there is thrown away, and what comes is not kept. */
static void
test_no_resume (CliFixture *fixture, gconstpointer user_data)
{
  const BobbinFaultFile cut = { .size = SIZE, .etag = "\"a\"", .cut = SIZE / 2, .end = BOBBIN_FAULT_CLOSE };
  g_autoptr (BobbinFaultServer) server = serve (&slow_file, &cut);
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/wool");
  g_autoptr (GSubprocess) process = cli_test_start (fixture, "-q", "-p1", uri, NULL);
  g_autoptr (CliResult) result = NULL;

  kill_midway (fixture, process, "wool.part");
  result = cli_test_run (fixture, NULL, "--no-resume", "-p1", "--tries=1", uri, NULL);
  g_assert_cmpint (result->status, ==, 1);
  g_assert_cmpint (get_range_start (server, 1), ==, -1);
  cli_test_assert_names (fixture, "");
}

/* Two at the same time: neither writes into the other's file, and one of them
 * goes on with what was begun.
 */
static void
test_two_at_once (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (BobbinFaultServer) server = serve (&slow_file, &slow_file);
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/wool");
  g_autofree char *other = bobbin_fault_server_dup_uri (server, "/linen");
  g_autoptr (GSubprocess) before = cli_test_start (fixture, "-q", "-p1", uri, NULL);
  g_autoptr (GSubprocess) one = NULL;
  g_autoptr (GSubprocess) two = NULL;
  g_autoptr (CliResult) first = NULL;
  g_autoptr (CliResult) second = NULL;
  g_autoptr (CliResult) third = NULL;

  kill_midway (fixture, before, "wool.part");
  one = cli_test_start (fixture, "-p1", uri, other, NULL);
  cli_test_wait_for_file (fixture, "linen.part", 1000);
  two = cli_test_start (fixture, "-p1", uri, other, NULL);
  first = cli_test_finish (one, NULL);
  second = cli_test_finish (two, NULL);

  g_assert_cmpint (first->status, ==, 0);
  g_assert_cmpint (second->status, ==, 0);
  cli_test_assert_bytes (fixture, "wool", SIZE);
  cli_test_assert_bytes (fixture, "linen", SIZE);
  if (strstr (second->output, "wool (1)") != NULL)
    cli_test_assert_bytes (fixture, "wool (1)", SIZE);
  cli_test_assert_bytes (fixture, "linen (1)", SIZE);

  third = cli_test_run (fixture, NULL, uri, other, NULL);
  cli_test_assert_match (third->output, "^0 of 2 finished · 2 skipped$");
}

static void
test_skipped (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *one = cli_test_dup_uri (fixture, "/bytes/1000");
  g_autofree char *two = cli_test_dup_uri (fixture, "/bytes/2000");
  g_autofree char *three = cli_test_dup_uri (fixture, "/bytes/3000");
  g_autofree char *path = cli_test_dup_path (fixture, "2000");
  g_autofree char *event = g_strdup_printf (
      "{\"event\":\"skipped\",\"id\":2,\"url\":\"%s\",\"reason\":\"already-here\",\"file\":\"%s\"}\n", two,
      path);
  g_autoptr (CliResult) before = cli_test_run (fixture, NULL, one, two, NULL);
  g_autoptr (CliResult) same = cli_test_run (fixture, NULL, one, two, NULL);
  g_autoptr (CliResult) more = cli_test_run (fixture, NULL, "--order=added", one, three, two, NULL);
  g_autoptr (CliResult) json = cli_test_run (fixture, NULL, "--json", one, two, NULL);
  g_autoptr (CliResult) quiet = cli_test_run (fixture, NULL, "-q", one, two, NULL);
  g_autoptr (CliResult) twice = cli_test_run (fixture, NULL, "--order=added", one, one, NULL);

  g_assert_cmpint (before->status, ==, 0);
  g_assert_cmpint (same->status, ==, 0);
  g_assert_cmpstr (same->output, ==,
                   "1000 · Already here\n2000 · Already here\n0 of 2 finished · 2 skipped\n"
                   "Finished in 0.00 seconds\n");
  cli_test_assert_match (more->output, "\\A1000 · Already here\n3000 · 3\\.0.kB · .*\n2000 · Already here\n"
                                       "1 of 3 finished · 2 skipped\n");
  g_assert_cmpint (json->status, ==, 0);
  g_assert_nonnull (strstr (json->output, event));
  cli_test_assert_match (json->output, "^{\"event\":\"run\",\"elapsed\":0.000,.*\"skipped\":2,");
  g_assert_cmpstr (quiet->output, ==, "");
  g_assert_cmpstr (quiet->errors, ==, "");
  cli_test_assert_match (twice->output, "\\A1000 · Already here\n1000 \\(1\\) · 1\\.0.kB");
  cli_test_assert_names (fixture, "1000 1000 (1) 2000 3000");
}

/* What is not the file that was finished is no reason to skip. */
static void
test_not_skipped (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/1000");
  g_autofree char *path = cli_test_dup_path (fixture, "1000");
  g_autoptr (CliResult) before = cli_test_run (fixture, NULL, uri, NULL);
  g_autoptr (CliResult) elsewhere = cli_test_run (fixture, NULL, "-d", "folder", uri, NULL);
  g_autoptr (CliResult) named = cli_test_run (fixture, NULL, "-o", "named", uri, NULL);
  g_autoptr (CliResult) again = cli_test_run (fixture, NULL, "--again", uri, NULL);
  g_autoptr (CliResult) removed = NULL;
  g_autoptr (CliResult) touched = NULL;
  g_autoptr (CliResult) shorter = NULL;

  g_assert_cmpint (before->status, ==, 0);
  cli_test_assert_match (elsewhere->output, "\\A1000 · 1\\.0.kB");
  cli_test_assert_match (named->output, "\\Anamed · 1\\.0.kB");
  cli_test_assert_match (again->output, "\\A1000 \\(1\\) · 1\\.0.kB");
  cli_test_assert_names (fixture, "1000 1000 (1) folder named");

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_clear_pointer (&path, g_free);
  path = cli_test_dup_path (fixture, "1000 (1)");
  g_assert_cmpint (g_unlink (path), ==, 0);
  removed = cli_test_run (fixture, NULL, uri, NULL);
  cli_test_assert_match (removed->output, "\\A1000 · 1\\.0.kB");

  g_free (path);
  path = cli_test_dup_path (fixture, "1000");
  g_assert_cmpint (utimensat (AT_FDCWD, path, NULL, 0), ==, 0);
  touched = cli_test_run (fixture, NULL, uri, NULL);
  cli_test_assert_match (touched->output, "\\A1000 \\(1\\) · 1\\.0.kB");

  cli_test_write (fixture, "1000 (1)", "mine");
  shorter = cli_test_run (fixture, NULL, uri, NULL);
  cli_test_assert_match (shorter->output, "\\A1000 \\(2\\) · 1\\.0.kB");
  bobbin_test_assert_file (fixture->folder, "1000 (1)", "mine", 4);
}

/* As if the machine had been started since, and nothing been synced. */
static void
pretend_power_cut (CliFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->home, "bobbin", "terminal.sqlite", NULL);
  sqlite3 *sql = NULL;

  g_assert_cmpint (sqlite3_open (path, &sql), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (sql, "UPDATE downloads SET boot = 1, synced = 0", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (sql), >, 0);
  sqlite3_close (sql);
}

/* A file that has kept its size and time but lost bytes is fetched again, in
 * its place.
 */
static void
test_power_cut (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/300000");
  g_autofree char *path = cli_test_dup_path (fixture, "300000");
  g_autoptr (CliResult) before = cli_test_run (fixture, NULL, uri, NULL);
  g_autoptr (CliResult) whole = NULL;
  g_autoptr (CliResult) lost = NULL;
  struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, { 0 } };
  GStatBuf info;

  g_assert_cmpint (before->status, ==, 0);
  pretend_power_cut (fixture);
  whole = cli_test_run (fixture, NULL, uri, NULL);
  cli_test_assert_match (whole->output, "\\A300000 · Already here\n");

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  times[1] = info.st_mtim;
  g_assert_cmpint (truncate (path, 0), ==, 0);
  g_assert_cmpint (truncate (path, 300000), ==, 0);
  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
  pretend_power_cut (fixture);
  lost = cli_test_run (fixture, NULL, uri, NULL);
  g_assert_cmpint (lost->status, ==, 0);
  cli_test_assert_match (lost->output, "\\A300000 · 300\\.0.kB");
  cli_test_assert_names (fixture, "300000");
  cli_test_assert_bytes (fixture, "300000", 300000);
}

/* A history that cannot be read is kept, and one that cannot be written keeps
 * nobody from downloading.
 */
static void
test_damaged (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/1000");
  g_autofree char *folder = g_build_filename (fixture->home, "bobbin", NULL);
  g_autofree char *path = g_build_filename (folder, "terminal.sqlite", NULL);
  g_autoptr (CliResult) damaged = NULL;
  g_autoptr (CliResult) after = NULL;
  g_autoptr (CliResult) no_folder = NULL;
  g_autoptr (CliResult) verbose = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path,
                                      "This is no database, and longer than a header of one would be: wool, "
                                      "linen, hemp, silk, cotton, jute, sisal",
                                      -1, NULL));
  damaged = cli_test_run (fixture, NULL, uri, NULL);
  g_assert_cmpint (damaged->status, ==, 0);
  cli_test_assert_match (
      damaged->errors,
      "^bobbin-cli: the history cannot be used, and was kept as .*/terminal\\.sqlite\\.damaged-.*$");
  after = cli_test_run (fixture, NULL, uri, NULL);
  g_assert_cmpstr (after->errors, ==, "");
  cli_test_assert_match (after->output, "\\A1000 · Already here\n");

  g_unlink (path);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  no_folder = cli_test_run (fixture, NULL, uri, NULL);
  g_assert_cmpint (no_folder->status, ==, 0);
  g_assert_cmpstr (no_folder->errors, ==, "");
  verbose = cli_test_run (fixture, NULL, "-v", uri, NULL);
  cli_test_assert_match (verbose->errors, "^bobbin-cli: the history cannot be written: ");
  cli_test_assert_names (fixture, "1000 1000 (1) 1000 (2)");
}

/* Neither for what is only listed nor for the demo, whose links are never the
 * same.
 */
static void
test_without (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (CliResult) list = cli_test_run (fixture, NULL, "--list", "http://example.org/a", NULL);
  g_autoptr (CliResult) demo = cli_test_run (fixture, NULL, "--demo", "-d", "pictures", NULL);
  g_auto (GStrv) names = bobbin_test_list_folder (fixture->home);

  g_assert_cmpint (list->status, ==, 0);
  g_assert_cmpint (demo->status, ==, 0);
  g_assert_cmpuint (g_strv_length (names), ==, 0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  cli_test_add ("/cli/history/kill", test_kill, NULL);
  cli_test_add ("/cli/history/kill-signed-in", test_kill_signed_in, NULL);
  cli_test_add ("/cli/history/stop", test_stop, NULL);
  cli_test_add ("/cli/history/changed", test_changed, NULL);
  cli_test_add ("/cli/history/no-resume", test_no_resume, NULL);
  cli_test_add ("/cli/history/two-at-once", test_two_at_once, NULL);
  cli_test_add ("/cli/history/skipped", test_skipped, NULL);
  cli_test_add ("/cli/history/not-skipped", test_not_skipped, NULL);
  cli_test_add ("/cli/history/power-cut", test_power_cut, NULL);
  cli_test_add ("/cli/history/damaged", test_damaged, NULL);
  cli_test_add ("/cli/history/without", test_without, NULL);

  return g_test_run ();
}
