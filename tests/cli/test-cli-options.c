/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-test.h"

#include "bobbin-demo-bytes.h"
#include "bobbin-fault-certificate.h"
#include "bobbin-scenario.h"

#include <locale.h>
#include <string.h>

/* What options ask for is what happens, and a value that asks for nothing is
 * refused.
 */

/* Nobody listens there. */
#define LINK "http://127.0.0.1:9/"

#define SHA1_OF_NOTHING "da39a3ee5e6b4b0d3255bfef95601890afd80709"

/* Each of these ends before anything is downloaded. */
static void
test_wrong_usage (CliFixture *fixture, gconstpointer user_data)
{
  const struct
  {
    const char *arguments[4];
    const char *message;
  } cases[] = {
    { { "--colour" }, "Unknown option" },
    { { "-j", "0", LINK }, "--at-once takes a number from 1 to 128, not “0”" },
    { { "-j", "129", LINK }, "--at-once takes" },
    { { "-j", "many", LINK }, "--at-once takes .*, not “many”" },
    { { "-j", "", LINK }, "--at-once takes" },
    { { "-j", "0x10", LINK }, "--at-once takes" },
    { { "-j", " 8", LINK }, "--at-once takes" },
    { { "-j", "+8", LINK }, "--at-once takes" },
    { { "-j", "8.0", LINK }, "--at-once takes" },
    { { "-j", "99999999999999999999", LINK }, "--at-once takes" },
    { { "--per-host=-1", LINK }, "--per-host takes a number from 0 to 128, not “-1”" },
    { { "--parts=0", LINK }, "--parts takes a number from 1 to 32, not “0”" },
    { { "-p", "33", LINK }, "--parts takes" },
    { { "--part-size=1K", LINK }, "--part-size takes bytes, .* at least 65536, not “1K”" },
    { { "--part-size=", LINK }, "--part-size takes bytes" },
    { { "--limit-rate=fast", LINK }, "--limit-rate takes bytes, such as 500K, .* not “fast”" },
    { { "--limit-rate=-1", LINK }, "--limit-rate takes" },
    { { "--limit-rate=1.", LINK }, "--limit-rate takes" },
    { { "--limit-rate=1T", LINK }, "--limit-rate takes" },
    { { "--limit-rate=1KB", LINK }, "--limit-rate takes" },
    { { "--limit-rate=1e9", LINK }, "--limit-rate takes" },
    { { "--limit-rate=inf", LINK }, "--limit-rate takes" },
    { { "--limit-rate=9999999999G", LINK }, "--limit-rate takes" },
    { { "--tries=0", LINK }, "--tries takes a number from 1 to 1000, not “0”" },
    { { "--timeout", "0", LINK }, "--timeout takes a number from 1 to 86400" },
    { { "--order=random", LINK }, "--order takes one of finished, added, not “random”" },
    { { "--on-conflict=ask", LINK }, "--on-conflict takes one of number, skip, overwrite, not “ask”" },
    { { "--folders=size", LINK }, "--folders takes one of none, kind, host, not “size”" },
    { { "--name-template=", LINK }, "--name-template: Without {name} or {index}" },
    { { "--name-template={host}", LINK }, "--name-template: Without {name} or {index}" },
    { { "--name-template={title}", LINK }, "--name-template: There are {name}, {host}, {date} and {index}" },
    { { "--name-template={name", LINK }, "--name-template: A brace has no other half" },
    { { "--name-template={host}/{name}", LINK }, "--name-template: A name has no slash" },
    { { "--name-template={name}", "-o", "a", LINK }, "--output and --name-template exclude each other" },
    { { "--base=page.html", LINK }, "--base takes an address" },
    { { "--checksum=sha-256=abc", LINK }, "--checksum takes one of sha-256, sha-512, sha-1 and md5, “=”" },
    { { "--checksum=" SHA1_OF_NOTHING, LINK }, "--checksum takes" },
    { { "--checksum=sha-256=" SHA1_OF_NOTHING, LINK }, "--checksum takes" },
    { { "--checksum=crc32=00000000", LINK }, "--checksum takes" },
    { { "--checksum=sha-1=" SHA1_OF_NOTHING, LINK, LINK }, "--checksum is for a single link" },
    { { "-d", "", LINK }, "--directory takes the name of a folder" },
    { { "-d", "/dev/null", LINK }, "--directory takes a folder, and “/dev/null” is none" },
    { { "-d", "/dev/null/below", LINK }, "--directory takes a folder, and “/dev/null/below” is none" },
    { { "--user=", LINK }, "--user takes a name alone" },
    { { "--user=me:hunter2", LINK }, "--user takes a name alone" },
    { { "--user=me", "--password-file=missing", LINK }, "missing: No such file or directory" },
    { { "--user=me", "--password-file=/dev/null", LINK }, "/dev/null: no password was given" },
    { { "--password-file=/dev/null", LINK }, "--password-file is for --user" },
    { { "--user=me", LINK, "https://127.0.0.1:9/" }, "--user is for links of one server" },
    { { "--user=me", LINK, "http://127.0.0.1:10/" }, "--user is for links of one server" },
    { { "--netrc", LINK }, "\\.netrc.*No such file or directory" },
    { { "--proxy=proxy.example.org:3128", LINK }, "--proxy takes an address" },
    { { "--proxy=ftp://user:hunter2@example.org", LINK }, "--proxy takes an address" },
    { { "--proxy=http://", LINK }, "--proxy takes an address" },
    { { "--ca-file=missing", LINK }, "--ca-file takes a file of certificates: .*missing" },
    { { "--ca-file=/dev/null", LINK }, "--ca-file takes a file of certificates: .*/dev/null" },
    { { "-o", "a/b", LINK }, "--output takes a name without a folder" },
    { { "-o", "", LINK }, "--output takes a name" },
    { { "-o", "..", LINK }, "--output takes a name" },
    { { "--output=x", LINK "a", LINK "b" }, "--output is for a single link" },
    { { "-q", "-v", LINK }, "exclude each other" },
    { { "-H", "no colon", LINK }, "--header takes a line" },
    { { "-H", ": empty", LINK }, "--header takes a line" },
    { { "-H", "X: a\r\nEvil: b", LINK }, "--header takes a line" },
    { { "-H", "Range: bytes=0-1", LINK }, "--header takes a line" },
    { { "--user-agent=a\nb", LINK }, "--user-agent takes a text in one line" },
    { { "--referer=xx", LINK }, "--referer takes an address" },
    { { "--referer=a\nb", LINK }, "--referer takes an address" },
    { { "--referer=ftp://user:hunter2@example.org/", LINK }, "--referer takes an address" },
    { { "no-such-file.txt" }, "“no-such-file.txt” is neither a link nor a file" },
    { { "no such/file" }, "“no such/file” is neither a link nor a file" },
    { { "http://" }, "“http://” is neither a link nor a file" },
    { { "http://user:hunter2@/" }, "“http:///” is neither a link nor a file" },
    { { "-i", "no-such-file.txt" }, "no-such-file.txt: No such file or directory" },
    { { "." }, "\\.: Is a directory" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const *arguments = cases[i].arguments;
      g_autoptr (CliResult) result
          = cli_test_run (fixture, NULL, arguments[0], arguments[1], arguments[2], arguments[3], NULL);

      bobbin_test_message (cases[i].message);
      g_assert_cmpint (result->status, ==, 2);
      g_assert_cmpstr (result->output, ==, "");
      cli_test_assert_match (result->errors, cases[i].message);
      cli_test_assert_match (result->errors, "^bobbin-cli: ");
      cli_test_assert_match (result->errors, "^Try “bobbin-cli --help”\\.$");
      cli_test_assert_no_match (result->errors, "hunter2|Evil");
    }
  cli_test_assert_names (fixture, "");
}

/* Values of short options may be attached to them, and groups of options be one argument; what is a value or
 * comes after "--" stays as it is.
 */
static void
test_attached_values (CliFixture *fixture, gconstpointer user_data)
{
  const char *link = "http://example.org/a";
  g_autoptr (CliResult) attached
      = cli_test_run (fixture, NULL, "-j16", "-dx", "-oname", "--list", link, NULL);
  g_autoptr (CliResult) grouped = cli_test_run (fixture, NULL, "-qj", "16", "-qoname", "--list", link, NULL);
  g_autoptr (CliResult) value = cli_test_run (fixture, NULL, "-d", "-j0", "-o", "-j0", "--list", link, NULL);
  g_autoptr (CliResult) long_value
      = cli_test_run (fixture, NULL, "--directory", "-j0", "--output", "-j0", "--list", link, NULL);
  g_autoptr (CliResult) wrong = cli_test_run (fixture, NULL, "-j0", "--list", link, NULL);
  g_autoptr (CliResult) missing = cli_test_run (fixture, NULL, "--list", link, "-j", NULL);
  g_autoptr (CliResult) argument = cli_test_run (fixture, NULL, "--list", "--", "-j16", NULL);

  g_assert_cmpstr (attached->output, ==, "name\thttp://example.org/a\n");
  g_assert_cmpstr (grouped->output, ==, "name\thttp://example.org/a\n");
  g_assert_cmpstr (value->output, ==, "-j0\thttp://example.org/a\n");
  g_assert_cmpstr (long_value->output, ==, "-j0\thttp://example.org/a\n");
  cli_test_assert_match (wrong->errors, "not “0”$");
  cli_test_assert_match (missing->errors, "-j$");
  cli_test_assert_match (argument->errors, "“-j16” is neither");
}

/* Returns: (transfer full): the names of the long options, as --help tells them */
static char **
dup_options (CliFixture *fixture)
{
  g_autoptr (CliResult) help = cli_test_run (fixture, NULL, "--help", NULL);
  g_autoptr (GRegex) regex = g_regex_new ("--([a-z-]+)", 0, 0, NULL);
  g_autoptr (GStrvBuilder) options = g_strv_builder_new ();
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (regex, help->output, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *option = g_match_info_fetch (match, 1);

      g_strv_builder_add (options, option);
    }
  return g_strv_builder_end (options);
}

static char *
read_data_file (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("BOBBIN_DATA"), name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
test_documented (CliFixture *fixture, gconstpointer user_data)
{
  g_auto (GStrv) options = dup_options (fixture);
  g_autofree char *manual = read_data_file ("bobbin-cli.1");
  g_autofree char *bash = read_data_file ("completions/bobbin-cli.bash");
  g_autofree char *zsh = read_data_file ("completions/_bobbin-cli");
  g_autofree char *fish = read_data_file ("completions/bobbin-cli.fish");

  g_assert_cmpuint (g_strv_length (options), >, 25);
  for (char **option = options; *option != NULL; option++)
    {
      g_autofree char *in_manual = g_strdup_printf ("^\\.It .*Fl Fl %s( |$)", *option);
      g_autofree char *in_bash = g_strdup_printf ("(^| )--%s([ =']|$)", *option);
      g_autofree char *in_zsh = g_strdup_printf ("--%s[=\\[}']", *option);
      g_autofree char *in_fish = g_strdup_printf (" -l %s( |$)", *option);

      cli_test_assert_match (manual, in_manual);
      cli_test_assert_match (bash, in_bash);
      cli_test_assert_match (zsh, in_zsh);
      cli_test_assert_match (fish, in_fish);
    }
}

/* As bash calls it. Returns: (transfer full): what it offers, with spaces between */
static char *
complete (CliFixture *fixture, const char *words)
{
  g_autofree char *path = g_build_filename (g_getenv ("BOBBIN_DATA"), "completions", "bobbin-cli.bash", NULL);
  g_autofree char *script
      = g_strdup_printf (". '%s'; COMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE='%s'; "
                         "_bobbin_cli; echo ${COMPREPLY[*]}",
                         path, words, words);
  g_autoptr (GSubprocessLauncher) launcher
      = cli_test_create_launcher (fixture, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) bash = NULL;
  g_autoptr (CliResult) result = NULL;

  bash = g_subprocess_launcher_spawn (launcher, NULL, "bash", "--norc", "-c", script, NULL);
  result = cli_test_finish (bash, NULL);
  g_assert_cmpstr (result->errors, ==, "");
  return g_strchomp (g_steal_pointer (&result->output));
}

static void
test_completion (CliFixture *fixture, gconstpointer user_data)
{
  const char *const cases[][2] = {
    { "bobbin-cli --par", "--parts= --part-size=" },
    { "bobbin-cli --on", "--on-conflict=" },
    { "bobbin-cli --on-conflict = ''", "number skip overwrite" },
    { "bobbin-cli --on-conflict = sk", "skip" },
    { "bobbin-cli --folders = k", "kind" },
    { "bobbin-cli --order added --j", "--json" },
    { "bobbin-cli --order a", "added" },
    { "bobbin-cli --proxy = n", "none" },
    { "bobbin-cli --checksum = sha-5", "sha-512=" },
    { "bobbin-cli li", "links.txt" },
    { "bobbin-cli -d f", "folder" },
    { "bobbin-cli --user m", "" },
  };
  g_autofree char *bash = g_find_program_in_path ("bash");
  g_autofree char *folder = cli_test_dup_path (fixture, "folder");

  if (bash == NULL)
    {
      g_test_skip ("needs bash");
      return;
    }
  cli_test_write (fixture, "links.txt", "");
  cli_test_write (fixture, "fine.txt", "");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *offered = complete (fixture, cases[i][0]);

      bobbin_test_message (cases[i][0]);
      g_assert_cmpstr (offered, ==, cases[i][1]);
    }
}

static void
test_timeout (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/10?delay=50");
  gint64 start = g_get_monotonic_time ();
  g_autoptr (CliResult) result = cli_test_run (fixture, NULL, "--timeout=1", "--tries=1", uri, NULL);

  g_assert_cmpint (result->status, ==, 1);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
  cli_test_assert_match (result->output, "^10 · The server does not answer$");
}

static void
test_headers (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/page");
  g_autofree char *request = NULL;
  g_autoptr (CliResult) result = NULL;

  bobbin_fault_server_answer (server, "/page", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", "ok",
                              BOBBIN_FAULT_CLOSE);
  result = cli_test_run (fixture, NULL, "-H", "Accept-Language: en, ml;q=0.5", "--header=X-Grüße:  hello  ",
                         "--header=X-Empty:", "--user-agent=Wool/1.0 (loom)",
                         "--referer=http://example.org/from?a=b", uri, NULL);
  g_assert_cmpint (result->status, ==, 2);
  g_clear_pointer (&result, cli_result_free);

  result = cli_test_run (fixture, NULL, "-H", "Accept-Language: en, ml;q=0.5",
                         "--header=X-Greeting:  hello  ", "--header=X-Empty:", "--user-agent=Wool/1.0 (loom)",
                         "--referer=http://user:hunter2@example.org/from?a=b#c", uri, NULL);
  g_assert_cmpint (result->status, ==, 0);
  request = bobbin_fault_server_dup_request (server, 0);
  cli_test_assert_match (request, "^Accept-Language: en, ml;q=0\\.5\r$");
  cli_test_assert_match (request, "^X-Greeting: hello\r$");
  cli_test_assert_match (request, "^X-Empty: *\r$");
  cli_test_assert_match (request, "^User-Agent: Wool/1\\.0 \\(loom\\)\r$");
  cli_test_assert_match (request, "^Referer: http://example\\.org/from\\?a=b\r$");
}

/* Returns: (transfer full): a server with /0, /1 and so on, all the same file */
static BobbinFaultServer *
serve (const BobbinFaultFile *file)
{
  const BobbinFaultRule rule = { .request = "*", .file = file };
  BobbinFaultServer *server = bobbin_fault_server_new ();

  bobbin_fault_server_add_rule (server, &rule);
  return server;
}

/* This machine is no host to be polite to, unless somebody asks for it. */
static void
test_per_host (CliFixture *fixture, gconstpointer user_data)
{
  const BobbinFaultFile file = { .size = 60000, .rate = 200000 };
  const char *const options[] = { "--per-host=2", "--per-host=0", "-q" };
  g_autoptr (GString) links = g_string_new (NULL);
  guint most[G_N_ELEMENTS (options)];

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autoptr (BobbinFaultServer) server = serve (&file);
      g_autoptr (CliResult) result = NULL;

      g_string_truncate (links, 0);
      for (guint n = 0; n < 8; n++)
        {
          g_autofree char *path = g_strdup_printf ("/%u", n);
          g_autofree char *uri = bobbin_fault_server_dup_uri (server, path);

          g_string_append_printf (links, "%s\n", uri);
        }
      result = cli_test_run (fixture, links->str, options[i], "-j8", "-p1", "-", NULL);
      g_assert_cmpint (result->status, ==, 0);
      most[i] = bobbin_fault_server_get_most_answers (server);
    }
  /* An answer may still be counted when the next one has begun. */
  g_assert_cmpuint (most[0], <=, 3);
  g_assert_cmpuint (most[1], >, 3);
  g_assert_cmpuint (most[2], >, 3);
}

static void
test_parts (CliFixture *fixture, gconstpointer user_data)
{
  const BobbinFaultFile file = { .size = 1024 * 1024, .etag = "\"a\"", .until = 3, .patience = 5000 };
  const BobbinFaultFile late = { .size = 1024 * 1024, .etag = "\"a\"", .until = 9, .patience = 1000 };
  g_autoptr (BobbinFaultServer) server = serve (&file);
  g_autoptr (BobbinFaultServer) late_server = serve (&late);
  g_autofree char *in_parts = bobbin_fault_server_dup_uri (server, "/parts");
  g_autofree char *whole = bobbin_fault_server_dup_uri (late_server, "/whole");
  g_autofree char *small = bobbin_fault_server_dup_uri (late_server, "/small");
  g_autoptr (CliResult) three = cli_test_run (fixture, NULL, "-p", "3", "--part-size=64K", in_parts, NULL);
  g_autoptr (CliResult) one = cli_test_run (fixture, NULL, "--parts=1", "--part-size=64K", whole, NULL);
  g_autoptr (CliResult) too_small = cli_test_run (fixture, NULL, "-p4", "--part-size=0.5G", small, NULL);

  g_assert_cmpint (three->status, ==, 0);
  g_assert_cmpuint (bobbin_fault_server_count_requests (server, "Range"), >=, 2);
  g_assert_cmpint (one->status, ==, 0);
  g_assert_cmpint (too_small->status, ==, 0);
  g_assert_cmpuint (bobbin_fault_server_get_n_requests (late_server), ==, 2);
  cli_test_assert_bytes (fixture, "parts", 1024 * 1024);
  cli_test_assert_bytes (fixture, "whole", 1024 * 1024);
}

/* All together, so that two take no less than one. */
static void
test_limit_rate (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/300000");
  gint64 start = g_get_monotonic_time ();
  g_autoptr (CliResult) limited = cli_test_run (fixture, NULL, "--limit-rate=300k", uri, uri, NULL);
  gint64 time = g_get_monotonic_time () - start;
  g_autoptr (CliResult) free = cli_test_run (fixture, NULL, "--again", "--limit-rate=0", uri, NULL);

  g_assert_cmpint (limited->status, ==, 0);
  g_assert_cmpint (time, >, 1300 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (free->status, ==, 0);
  cli_test_assert_bytes (fixture, "300000", 300000);
  cli_test_assert_bytes (fixture, "300000 (1)", 300000);
}

static void
test_tries (CliFixture *fixture, gconstpointer user_data)
{
  const BobbinFaultFile file = { .size = 3000 };
  const BobbinFaultRule busy = { "*", 2, SCRIPT (HEAD ("503 Service Unavailable\nContent-Length: 0"), FIN) };
  const BobbinFaultRule then = { .request = "*", .file = &file };
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/wool");
  g_autoptr (CliResult) once = NULL;
  g_autoptr (CliResult) more = NULL;

  bobbin_fault_server_add_rule (server, &busy);
  bobbin_fault_server_add_rule (server, &then);
  once = cli_test_run (fixture, NULL, "-v", "--tries=1", uri, NULL);
  g_assert_cmpint (once->status, ==, 1);
  g_assert_cmpuint (bobbin_fault_server_get_n_requests (server), ==, 1);
  cli_test_assert_no_match (once->errors, "Retry");

  more = cli_test_run (fixture, NULL, "-v", "--tries=2", uri, NULL);
  g_assert_cmpint (more->status, ==, 0);
  g_assert_cmpuint (bobbin_fault_server_get_n_requests (server), ==, 3);
  cli_test_assert_match (more->errors, "^http://[^ ]*/wool: The server is busy \\(503\\) · Retry in [12].s$");
  cli_test_assert_bytes (fixture, "wool", 3000);
}

static void
test_on_conflict (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/100");
  g_autoptr (CliResult) skip = NULL;
  g_autoptr (CliResult) skip_json = NULL;
  g_autoptr (CliResult) number = NULL;
  g_autoptr (CliResult) overwrite = NULL;

  cli_test_write (fixture, "100", "mine");
  skip = cli_test_run (fixture, NULL, "--on-conflict=skip", uri, NULL);
  g_assert_cmpint (skip->status, ==, 0);
  cli_test_assert_match (skip->output, "\\A100 · The name of this file is taken in this folder\n"
                                       "0 of 1 finished · 1 skipped\n");
  skip_json = cli_test_run (fixture, NULL, "--json", "--on-conflict=skip", uri, NULL);
  cli_test_assert_match (skip_json->output, "^{\"event\":\"skipped\",\"id\":1,.*\"reason\":\"name-taken\"}$");
  cli_test_assert_match (skip_json->output, "\"finished\":0,\"failed\":0,\"skipped\":1,");
  cli_test_assert_names (fixture, "100");

  number = cli_test_run (fixture, NULL, "--on-conflict=number", uri, NULL);
  g_assert_cmpint (number->status, ==, 0);
  cli_test_assert_bytes (fixture, "100 (1)", 100);
  bobbin_test_assert_file (fixture->folder, "100", "mine", 4);

  overwrite = cli_test_run (fixture, NULL, "--again", "--on-conflict=overwrite", uri, NULL);
  g_assert_cmpint (overwrite->status, ==, 0);
  cli_test_assert_bytes (fixture, "100", 100);
  cli_test_assert_names (fixture, "100 100 (1)");
}

/* The same on paper and in the folder, and again with nothing left to do. */
static void
test_folders (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/100");
  g_autoptr (CliResult) list = NULL;
  g_autoptr (CliResult) result = NULL;
  g_autoptr (CliResult) again = NULL;

  list = cli_test_run (fixture, NULL, "--list", "--folders=host", "--name-template={index} x{name}",
                       "https://example.org/a.jpg", uri, NULL);
  cli_test_assert_match (list->output, "\\Aexample.org/1 xa.jpg\thttps://example.org/a.jpg\n"
                                       "127.0.0.1/2 x100\thttp://127");
  result = cli_test_run (fixture, NULL, "--folders=host", "--name-template={host}-{index}-{name}", uri, NULL);
  g_assert_cmpint (result->status, ==, 0);
  cli_test_assert_bytes (fixture, "127.0.0.1/127.0.0.1-1-100", 100);

  again = cli_test_run (fixture, NULL, "--folders=host", "--name-template={host}-{index}-{name}", uri, NULL);
  g_assert_cmpint (again->status, ==, 0);
  cli_test_assert_names (fixture, "127.0.0.1");
}

static void
test_checksum (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/100");
  guint8 bytes[100];
  g_autofree char *hex = NULL;
  g_autofree char *fits = NULL;
  g_autoptr (CliResult) wrong = NULL;
  g_autoptr (CliResult) fine = NULL;
  g_autoptr (CliResult) json = NULL;

  bobbin_demo_bytes_fill (bytes, sizeof bytes, 0);
  hex = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, sizeof bytes);
  fits = g_strdup_printf ("--checksum=SHA-256=%s", hex);

  wrong = cli_test_run (fixture, NULL, "--checksum=sha-1=" SHA1_OF_NOTHING, "-o", "wrong", uri, NULL);
  g_assert_cmpint (wrong->status, ==, 1);
  cli_test_assert_match (wrong->output, "^wrong · The file differs from its checksum$");
  fine = cli_test_run (fixture, NULL, fits, uri, NULL);
  g_assert_cmpint (fine->status, ==, 0);
  cli_test_assert_match (fine->output, "\\A100 · .* · verified\n");
  json = cli_test_run (fixture, NULL, "--json", fits, "--again", uri, NULL);
  cli_test_assert_match (
      json->output,
      "\"tries\":1,\"digest\":\"sha-256=[0-9a-f]{64}\",\"verified\":true,\"length_known\":true}");
  cli_test_assert_names (fixture, "100 100 (1) wrong.part");
}

static void
test_ca_file (CliFixture *fixture, gconstpointer user_data)
{
  const BobbinFaultFile file = { .size = 3000 };
  const BobbinFaultRule rule = { .request = "*", .file = &file };
  g_autoptr (GTlsCertificate) certificate = bobbin_fault_certificate_new ();
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new_tls (certificate);
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/wool");
  g_autofree char *path = bobbin_fault_certificate_save (fixture->home);
  g_autofree char *option = g_strdup_printf ("--ca-file=%s", path);
  g_autoptr (CliResult) without = NULL;
  g_autoptr (CliResult) with = NULL;

  bobbin_fault_server_add_rule (server, &rule);
  without = cli_test_run (fixture, NULL, "--json", "--tries=1", uri, NULL);
  g_assert_cmpint (without->status, ==, 1);
  cli_test_assert_match (without->output, "\"error\":\"tls\"");
  with = cli_test_run (fixture, NULL, option, uri, NULL);
  g_assert_cmpint (with->status, ==, 0);
  cli_test_assert_bytes (fixture, "wool", 3000);
}

/* Whose certificate is not valid is told where that is not the link's own site. */
static void
test_untrusted_elsewhere (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GTlsCertificate) certificate = bobbin_fault_certificate_new ();
  g_autoptr (BobbinFaultServer) other = bobbin_fault_server_new_tls (certificate);
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/wool");
  g_autofree char *origin = bobbin_fault_server_dup_uri (other, "");
  g_autofree char *redirect
      = g_strdup_printf ("HTTP/1.1 302 Found\nLocation: %s/wool\nContent-Length: 0", origin);
  g_autofree char *line = g_strdup_printf ("^wool · The server's certificate is not valid · %s$", origin);
  g_autofree char *member = g_strdup_printf ("\"error\":\"tls\",\"origin\":\"%s\"", origin);
  g_autoptr (CliResult) result = NULL;
  g_autoptr (CliResult) json = NULL;

  bobbin_fault_server_answer (server, "/wool", redirect, "", BOBBIN_FAULT_KEEP);
  result = cli_test_run (fixture, NULL, uri, NULL);
  g_assert_cmpint (result->status, ==, 1);
  cli_test_assert_match (result->output, line);
  json = cli_test_run (fixture, NULL, "--json", uri, NULL);
  g_assert_nonnull (strstr (json->output, member));
}

/* A picture of well-formed XML, with a name in it that XML would trip over. */
static void
test_timeline (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/5000?name=a%26%3Cb%3E&delay=0.2");
  g_autofree char *path = g_build_filename (fixture->home, "run.svg", NULL);
  g_autofree char *option = g_strdup_printf ("--timeline=%s", path);
  g_autofree char *svg = NULL;
  g_autoptr (CliResult) drawn = cli_test_run (fixture, NULL, option, uri, NULL);
  g_autoptr (CliResult) nowhere = NULL;
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&(GMarkupParser){ NULL }, 0, NULL, NULL);

  g_assert_cmpint (drawn->status, ==, 0);
  g_assert_true (g_file_get_contents (path, &svg, NULL, NULL));
  g_assert_true (g_markup_parse_context_parse (context, svg, -1, NULL));
  g_assert_true (g_markup_parse_context_end_parse (context, NULL));
  cli_test_assert_match (svg, "Worker 1");
  cli_test_assert_match (svg, "class=\"wait\"");
  cli_test_assert_match (svg, "class=\"receive\"");

  nowhere = cli_test_run (fixture, NULL, "--again", "--timeline=/nowhere/run.svg", uri, NULL);
  g_assert_cmpint (nowhere->status, ==, 0);
  cli_test_assert_match (nowhere->errors, "The timeline cannot be written: .*nowhere");
}

/* The proxy is asked for all, and its password goes nowhere else. */
static void
test_proxy (CliFixture *fixture, gconstpointer user_data)
{
  const BobbinFaultFile file = { .size = 3000 };
  const BobbinFaultRule ask = { "http://wool.example/a | !Proxy-Authorization", 0,
                                SCRIPT (HEAD ("407 Proxy Authentication Required\nContent-Length: 0\n"
                                              "Proxy-Authenticate: Basic realm=\"p\"")) };
  const BobbinFaultRule rule = { .request = "http://wool.example/a", .file = &file };
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *proxy = bobbin_fault_server_expand (server, "--proxy=http://me:hunter2@127.0.0.1:@PORT@");
  g_autofree char *direct = cli_test_dup_uri (fixture, "/bytes/10");
  g_autoptr (CliResult) through = NULL;
  g_autoptr (CliResult) none = NULL;

  bobbin_fault_server_add_rule (server, &ask);
  bobbin_fault_server_add_rule (server, &rule);
  through = cli_test_run (fixture, NULL, "-v", proxy, "http://wool.example/a", NULL);
  g_assert_cmpint (through->status, ==, 0);
  cli_test_assert_no_match (through->errors, "hunter2");
  cli_test_assert_bytes (fixture, "a", 3000);
  g_assert_cmpuint (bobbin_fault_server_count_requests (server,
                                                        "Proxy-Authorization: Basic bWU6aHVudGVyMg=="),
                    ==, 1);
  none = cli_test_run (fixture, NULL, "--proxy=none", direct, NULL);
  g_assert_cmpint (none->status, ==, 0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  cli_test_add ("/cli/options/wrong-usage", test_wrong_usage, NULL);
  cli_test_add ("/cli/options/attached-values", test_attached_values, NULL);
  cli_test_add ("/cli/options/documented", test_documented, NULL);
  cli_test_add ("/cli/options/completion", test_completion, NULL);
  cli_test_add ("/cli/options/timeout", test_timeout, NULL);
  cli_test_add ("/cli/options/headers", test_headers, NULL);
  cli_test_add ("/cli/options/per-host", test_per_host, NULL);
  cli_test_add ("/cli/options/parts", test_parts, NULL);
  cli_test_add ("/cli/options/limit-rate", test_limit_rate, NULL);
  cli_test_add ("/cli/options/tries", test_tries, NULL);
  cli_test_add ("/cli/options/on-conflict", test_on_conflict, NULL);
  cli_test_add ("/cli/options/folders", test_folders, NULL);
  cli_test_add ("/cli/options/checksum", test_checksum, NULL);
  cli_test_add ("/cli/options/ca-file", test_ca_file, NULL);
  cli_test_add ("/cli/options/untrusted-elsewhere", test_untrusted_elsewhere, NULL);
  cli_test_add ("/cli/options/timeline", test_timeline, NULL);
  cli_test_add ("/cli/options/proxy", test_proxy, NULL);

  return g_test_run ();
}
