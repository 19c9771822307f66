/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-test.h"

#include "bobbin-test.h"

#include <locale.h>
#include <string.h>

/* A number of seconds with two decimals, alone in the last line. */
#define LAST_LINE "^Finished in [0-9]+\\.[0-9][0-9] seconds\n\\z"

static void
test_help_and_version (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (CliResult) help = cli_test_run (fixture, NULL, "--help", NULL);
  g_autoptr (CliResult) short_help = cli_test_run (fixture, NULL, "-h", NULL);
  g_autoptr (CliResult) version = cli_test_run (fixture, NULL, "--version", NULL);

  g_assert_cmpint (help->status, ==, 0);
  cli_test_assert_match (help->output, "^  -j, --at-once=N ");
  cli_test_assert_match (help->output, "^Exit status: 0 all finished");
  g_assert_cmpstr (short_help->output, ==, help->output);
  g_assert_cmpint (version->status, ==, 0);
  g_assert_cmpstr (version->output, ==, "bobbin-cli " BOBBIN_VERSION "\n");
}

static void
test_nothing_to_do (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (CliResult) nothing = cli_test_run (fixture, NULL, NULL);
  g_autoptr (CliResult) empty = cli_test_run (fixture, "", "-i", "-", NULL);
  g_autoptr (CliResult) comments = cli_test_run (fixture, "# only\n\n# comments\n", "-", NULL);
  g_autoptr (CliResult) prose = cli_test_run (fixture, "nothing here\n", "-i", "-", "-d", "new", NULL);

  g_assert_cmpint (nothing->status, ==, 3);
  g_assert_cmpstr (nothing->errors, ==, "bobbin-cli: there is nothing to download\n");
  g_assert_cmpint (empty->status, ==, 3);
  g_assert_cmpint (comments->status, ==, 3);
  g_assert_cmpint (prose->status, ==, 3);
  cli_test_assert_match (prose->errors, "^bobbin-cli: standard input:1: This is not a link$");
  cli_test_assert_names (fixture, "");
}

static void
test_single (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/300000");
  g_autoptr (CliResult) result = cli_test_run (fixture, NULL, uri, NULL);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpstr (result->errors, ==, "");
  cli_test_assert_match (result->output, "\\A300000 · 300\\.0.kB · [0-9.]+.m?s at [0-9.]+.[kMG]B/s\n");
  cli_test_assert_match (result->output, "^1 of 1 finished\n" LAST_LINE);
  cli_test_assert_names (fixture, "300000");
  cli_test_assert_bytes (fixture, "300000", 300000);
}

static void
test_at_once (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/sleep/0.5");
  g_autoptr (CliResult) result = cli_test_run (fixture, NULL, "-j", "4", uri, uri, uri, uri, NULL);

  g_assert_cmpint (result->status, ==, 0);
  cli_test_assert_match (result->output, "^4 of 4 finished · one after another about [0-9]+\\.[0-9] seconds"
                                         " · [0-9]+\\.[0-9] times faster\n" LAST_LINE);
}

/* In order, and with nothing to compare. */
static void
test_one_after_another (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *slow = cli_test_dup_uri (fixture, "/bytes/10?delay=0.3&name=slow");
  g_autofree char *fast = cli_test_dup_uri (fixture, "/bytes/10?name=fast");
  g_autoptr (CliResult) result = cli_test_run (fixture, NULL, "--at-once=1", slow, fast, NULL);

  g_assert_cmpint (result->status, ==, 0);
  cli_test_assert_match (result->output, "\\Aslow .*\nfast .*\n2 of 2 finished\n" LAST_LINE);
}

static void
test_order (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *slow = cli_test_dup_uri (fixture, "/bytes/10?delay=1&name=slow");
  g_autofree char *middle = cli_test_dup_uri (fixture, "/bytes/10?status=404&name=middle");
  g_autofree char *fast = cli_test_dup_uri (fixture, "/bytes/10?name=fast");
  g_autoptr (CliResult) added
      = cli_test_run (fixture, NULL, "--order=added", "-d", "a", slow, middle, fast, NULL);
  g_autoptr (CliResult) finished = cli_test_run (fixture, NULL, "-d", "b", slow, fast, NULL);
  g_autoptr (CliResult) json
      = cli_test_run (fixture, NULL, "--order=added", "--json", "-d", "c", slow, fast, NULL);

  cli_test_assert_match (added->output, "\\Aslow .*\n10 · The server has no such file \\(404\\)\nfast .*\n");
  cli_test_assert_match (finished->output, "\\Afast .*\nslow .*\n");
  cli_test_assert_match (json->output, "\"finished\",\"id\":1,.*\n.*\"finished\",\"id\":2,");
}

static void
test_failures (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *fine = cli_test_dup_uri (fixture, "/bytes/10");
  g_autofree char *missing = cli_test_dup_uri (fixture, "/missing.pdf");
  g_autofree char *busy = cli_test_dup_uri (fixture, "/bytes/20?status=503");
  g_autofree char *cut = cli_test_dup_uri (fixture, "/bytes/30?cut=20");
  g_autoptr (CliResult) result = cli_test_run (fixture, NULL, "--tries=1", "-p1", fine, missing, busy, cut,
                                               "http://127.0.0.1:9/refused", NULL);

  g_assert_cmpint (result->status, ==, 1);
  cli_test_assert_match (result->output, "^missing\\.pdf · The server has no such file \\(404\\)$");
  cli_test_assert_match (result->output, "^20 · The server is busy \\(503\\)$");
  cli_test_assert_match (result->output, "^30 · The file ended too soon$");
  cli_test_assert_match (result->output, "^refused · The server refuses connections$");
  cli_test_assert_match (result->output, "^1 of 5 finished · 4 failed\n" LAST_LINE);
  cli_test_assert_names (fixture, "10 30.part");
}

static void
test_output (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/100?name=other.bin");
  g_autoptr (CliResult) result = cli_test_run (fixture, NULL, "-o", "mine.bin", uri, NULL);

  g_assert_cmpint (result->status, ==, 0);
  cli_test_assert_match (result->output, "\\Amine\\.bin · 100 bytes · ");
  cli_test_assert_names (fixture, "mine.bin");
}

static void
test_directory (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/100");
  g_autofree char *path = cli_test_dup_path (fixture, "here");
  g_autoptr (CliResult) nested = cli_test_run (fixture, NULL, "--directory=a/b c", uri, NULL);
  g_autoptr (CliResult) absolute = cli_test_run (fixture, NULL, "-d", path, uri, NULL);
  g_autoptr (CliResult) again = cli_test_run (fixture, NULL, "--again", "-d", path, uri, NULL);
  g_autoptr (CliResult) refused = cli_test_run (fixture, NULL, "-d", "here/100", uri, NULL);

  g_assert_cmpint (nested->status, ==, 0);
  g_assert_cmpint (absolute->status, ==, 0);
  g_assert_cmpint (again->status, ==, 0);
  cli_test_assert_bytes (fixture, "a/b c/100", 100);
  cli_test_assert_bytes (fixture, "here/100", 100);
  cli_test_assert_match (again->output, "\\A100 \\(1\\) · ");
  cli_test_assert_bytes (fixture, "here/100 (1)", 100);
  g_assert_cmpint (refused->status, ==, 2);
  cli_test_assert_match (refused->errors,
                         "^bobbin-cli: --directory takes a folder, and “.*/here/100” is none$");
}

/* Files of links by option, by argument and by pipe; --input first. */
static void
test_inputs (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/");
  g_autofree char *text = g_strdup_printf ("%s1\n  <%s2> # second\n", uri, uri);
  g_autofree char *list = g_strdup_printf ("# comment\r\n%s3\r\n", uri);
  g_autofree char *input = g_strdup_printf ("%s4\n%s4\n", uri, uri);
  g_autofree char *link = g_strdup_printf ("%s5", uri);
  const char *without_scheme = strstr (link, "127.");
  g_autoptr (CliResult) result = NULL;

  cli_test_write (fixture, "links.txt", text);
  cli_test_write (fixture, "list.uri", list);
  result = cli_test_run (fixture, input, "--order=added", "-d", "d", without_scheme, "list.uri", "-i",
                         "links.txt", "--input=-", "--", link, NULL);

  g_assert_cmpint (result->status, ==, 0);
  cli_test_assert_match (result->output, "\\A1 .*\n2 .*\n4 .*\n5 .*\n3 .*\n5.* .*\n6 of 6 finished");
  g_assert_cmpstr (result->errors, ==, "bobbin-cli: 1 repeated line left out\n");
}

static void
test_bad_lines (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/10");
  g_autofree char *text = g_strdup_printf ("see the notes\n%s\nftp://example.org/x\n", uri);
  g_autoptr (GString) prose = g_string_new (uri);
  g_autoptr (CliResult) few = NULL;
  g_autoptr (CliResult) many = NULL;
  g_autoptr (CliResult) argument = NULL;

  for (int i = 0; i < 1000; i++)
    g_string_append (prose, "\nneither here nor there");
  cli_test_write (fixture, "links.txt", text);
  cli_test_write (fixture, "prose.txt", prose->str);

  few = cli_test_run (fixture, NULL, "links.txt", NULL);
  g_assert_cmpint (few->status, ==, 1);
  g_assert_cmpstr (few->errors, ==,
                   "bobbin-cli: links.txt:1: This is not a link\n"
                   "bobbin-cli: links.txt:3: Only http and https links can be downloaded\n");
  cli_test_assert_match (few->output, "\\A10 · .*\n1 of 1 finished\n");

  many = cli_test_run (fixture, NULL, "prose.txt", NULL);
  g_assert_cmpint (many->status, ==, 1);
  cli_test_assert_match (
      many->errors, "prose.txt:6: This is not a link\nbobbin-cli: prose.txt: 995 more lines like this\n\\z");

  argument = cli_test_run (fixture, NULL, "ftp://user:hunter2@example.org/x", NULL);
  g_assert_cmpint (argument->status, ==, 1);
  cli_test_assert_match (argument->errors, "^bobbin-cli: ftp://example.org/x: Only http and https");
}

static void
test_list (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (CliResult) list
      = cli_test_run (fixture,
                      "http://example.org/a%20b.txt\nnothing\nhttps://user:hunter2@example.org/photo?id=3\n",
                      "--list", "-d", "new", "-", NULL);
  g_autoptr (CliResult) none = cli_test_run (fixture, "nothing\n", "--list", "-", NULL);
  g_autoptr (CliResult) named
      = cli_test_run (fixture, NULL, "--list", "-o", "mine", "http://example.org/a", NULL);

  g_assert_cmpint (list->status, ==, 0);
  g_assert_cmpstr (list->output, ==,
                   "a b.txt\thttp://example.org/a%20b.txt\n"
                   "photo\thttps://example.org/photo?id=3\n");
  g_assert_cmpstr (list->errors, ==, "bobbin-cli: standard input:2: This is not a link\n");
  g_assert_cmpint (none->status, ==, 3);
  g_assert_cmpstr (named->output, ==, "mine\thttp://example.org/a\n");
  cli_test_assert_names (fixture, "");
}

static void
test_quiet (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *fine = cli_test_dup_uri (fixture, "/bytes/10");
  g_autofree char *missing = cli_test_dup_uri (fixture, "/missing");
  g_autofree char *error = g_strdup_printf ("bobbin-cli: %s: The server has no such file (404)\n", missing);
  g_autoptr (CliResult) silent = cli_test_run (fixture, NULL, "-q", fine, NULL);
  g_autoptr (CliResult) failing = cli_test_run (fixture, NULL, "--quiet", fine, missing, NULL);

  g_assert_cmpint (silent->status, ==, 0);
  g_assert_cmpstr (silent->output, ==, "");
  g_assert_cmpstr (silent->errors, ==, "");
  g_assert_cmpint (failing->status, ==, 1);
  g_assert_cmpstr (failing->output, ==, "");
  g_assert_cmpstr (failing->errors, ==, error);
}

static void
test_verbose (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *fine = cli_test_dup_uri (fixture, "/bytes/10");
  g_autofree char *missing = cli_test_dup_uri (fixture, "/missing");
  g_autofree char *path = cli_test_dup_path (fixture, "10");
  g_autofree char *saved = g_strdup_printf ("%s saved as %s\n", fine, path);
  g_autofree char *starting = g_strdup_printf ("Starting %s\n", missing);
  g_autofree char *why = g_strdup_printf ("%s: The server answered 404\n", missing);
  g_autoptr (CliResult) result = cli_test_run (fixture, NULL, "-v", fine, missing, NULL);

  g_assert_cmpint (result->status, ==, 1);
  g_assert_nonnull (strstr (result->errors, saved));
  g_assert_nonnull (strstr (result->errors, starting));
  g_assert_nonnull (strstr (result->errors, why));
}

static void
test_secrets (CliFixture *fixture, gconstpointer user_data)
{
  const char *const modes[] = { "--verbose", "--json", "--quiet", "--list", "--order=added" };
  const char *host = bobbin_demo_server_get_uri (fixture->server) + strlen ("http://");
  g_autofree char *fine = g_strdup_printf ("http://user:hunter2@%s/bytes/10", host);
  g_autofree char *missing = g_strdup_printf ("http://user:hunter2@%s/missing", host);

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (CliResult) result
          = cli_test_run (fixture, "ftp://user:hunter2@example.org/\nuser:hunter2@\n", modes[i], "-H",
                          "X-Token: hunter2", fine, missing, "-i", "-", NULL);

      g_assert_cmpint (result->status, ==, g_str_equal (modes[i], "--list") ? 0 : 1);
      cli_test_assert_no_match (result->output, "hunter2");
      cli_test_assert_no_match (result->errors, "hunter2");
    }
}

static void
test_demo (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (CliResult) result = cli_test_run (fixture, NULL, "--demo", "-d", "pictures", NULL);
  g_autoptr (CliResult) list = cli_test_run (fixture, NULL, "--demo", "--list", NULL);
  g_autofree char *folder = cli_test_dup_path (fixture, "pictures");
  g_auto (GStrv) names = bobbin_test_list_folder (folder);

  g_assert_cmpint (result->status, ==, 0);
  cli_test_assert_match (result->output, "^20 of 20 finished · one after another about [0-9]+\\.[0-9] seconds"
                                         " · [0-9]+\\.[0-9] times faster\n" LAST_LINE);
  g_assert_cmpuint (g_strv_length (names), ==, 20);
  for (char **name = names; *name != NULL; name++)
    g_assert_true (g_str_has_suffix (*name, ".jpg"));

  g_assert_cmpint (list->status, ==, 0);
  cli_test_assert_match (list->output, "\\A([^\n\t]+\\.jpg\thttp://127\\.0\\.0\\.1:[^\n]+\n){20}\\z");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  cli_test_add ("/cli/help-and-version", test_help_and_version, NULL);
  cli_test_add ("/cli/nothing-to-do", test_nothing_to_do, NULL);
  cli_test_add ("/cli/single", test_single, NULL);
  cli_test_add ("/cli/at-once", test_at_once, NULL);
  cli_test_add ("/cli/one-after-another", test_one_after_another, NULL);
  cli_test_add ("/cli/order", test_order, NULL);
  cli_test_add ("/cli/failures", test_failures, NULL);
  cli_test_add ("/cli/output", test_output, NULL);
  cli_test_add ("/cli/directory", test_directory, NULL);
  cli_test_add ("/cli/inputs", test_inputs, NULL);
  cli_test_add ("/cli/bad-lines", test_bad_lines, NULL);
  cli_test_add ("/cli/list", test_list, NULL);
  cli_test_add ("/cli/quiet", test_quiet, NULL);
  cli_test_add ("/cli/verbose", test_verbose, NULL);
  cli_test_add ("/cli/secrets", test_secrets, NULL);
  cli_test_add ("/cli/demo", test_demo, NULL);

  return g_test_run ();
}
