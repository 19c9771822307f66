/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-test.h"

#include "bobbin-scenario.h"

#include <json-glib/json-glib.h>
#include <locale.h>
#include <string.h>

/* Of the 3000 bytes that the servers send. */
#define DIGEST_HEX "10f6cf7788b3029b92093867ba3c97a2fb1b363e48099dd790283cf330c371c7"
#define DIGEST_BASE64 "EPbPd4izApuSCThnujyXovsbNj5ICZ3XkCg88zDDccc="

/* All objects of the output, one a line and nothing between them. */
static GPtrArray *
parse_events (const char *output)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  guint n_lines = g_strv_length (lines);

  g_assert_cmpuint (n_lines, >, 0);
  g_assert_cmpstr (lines[n_lines - 1], ==, "");
  for (guint i = 0; i + 1 < n_lines; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = json_from_string (lines[i], &error);

      g_assert_no_error (error);
      g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
      g_ptr_array_add (events, json_node_dup_object (node));
    }
  return events;
}

static JsonObject *
get_event (GPtrArray *events, guint index)
{
  g_assert_cmpuint (index, <, events->len);
  return g_ptr_array_index (events, index);
}

/* The members of an object in their order, with a space between. */
static void
assert_members (JsonObject *event, const char *members)
{
  g_autoptr (GList) names = json_object_get_members (event);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (GList *name = names; name != NULL; name = name->next)
    g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", (const char *) name->data);
  g_assert_cmpstr (joined->str, ==, members);
}

static void
assert_event (JsonObject *event, const char *name, gint64 id)
{
  g_assert_cmpstr (json_object_get_string_member (event, "event"), ==, name);
  g_assert_cmpint (json_object_get_int_member_with_default (event, "id", 0), ==, id);
}

static guint
count_events (GPtrArray *events, const char *name)
{
  guint n = 0;

  for (guint i = 0; i < events->len; i++)
    n += g_str_equal (json_object_get_string_member (get_event (events, i), "event"), name);
  return n;
}

static void
test_finished (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/3000?name=wool.bin");
  g_autofree char *path = cli_test_dup_path (fixture, "wool.bin");
  g_autoptr (CliResult) result = cli_test_run (fixture, NULL, "--json", uri, NULL);
  g_autoptr (GPtrArray) events = parse_events (result->output);
  JsonObject *added = get_event (events, 0);
  JsonObject *started = get_event (events, 1);
  JsonObject *finished = get_event (events, events->len - 2);
  JsonObject *run = get_event (events, events->len - 1);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpstr (result->errors, ==, "");

  assert_event (added, "added", 1);
  assert_members (added, "event id url name");
  g_assert_cmpstr (json_object_get_string_member (added, "url"), ==, uri);
  g_assert_cmpstr (json_object_get_string_member (added, "name"), ==, "3000");

  assert_event (started, "started", 1);
  assert_members (started, "event id url");

  assert_event (finished, "finished", 1);
  assert_members (finished, "event id url final_url file bytes seconds tries verified length_known");
  g_assert_cmpstr (json_object_get_string_member (finished, "url"), ==, uri);
  g_assert_cmpstr (json_object_get_string_member (finished, "file"), ==, path);
  g_assert_cmpint (json_object_get_int_member (finished, "bytes"), ==, 3000);
  g_assert_cmpfloat (json_object_get_double_member (finished, "seconds"), >, 0);
  g_assert_cmpint (json_object_get_int_member (finished, "tries"), ==, 1);

  assert_event (run, "run", 0);
  assert_members (run, "event elapsed one_after_another finished failed skipped bytes");
  g_assert_cmpint (json_object_get_int_member (run, "finished"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (run, "failed"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (run, "bytes"), ==, 3000);
  g_assert_cmpfloat (json_object_get_double_member (run, "elapsed"), >, 0);
}

static void
test_progress (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/1300000?rate=1000000");
  g_autoptr (CliResult) result = cli_test_run (fixture, NULL, "--json", uri, NULL);
  g_autoptr (GPtrArray) events = parse_events (result->output);
  JsonObject *finished = get_event (events, events->len - 2);
  double seconds = json_object_get_double_member (finished, "seconds");
  gint64 before = -1;

  g_assert_cmpuint (count_events (events, "progress"), >=, 2);
  g_assert_cmpuint (count_events (events, "progress"), <=, (guint) (seconds * 2) + 1);
  for (guint i = 2; i < events->len - 2; i++)
    {
      JsonObject *progress = get_event (events, i);

      assert_event (progress, "progress", 1);
      assert_members (progress, "event id bytes total rate");
      g_assert_cmpint (json_object_get_int_member (progress, "total"), ==, 1300000);
      g_assert_cmpint (json_object_get_int_member (progress, "bytes"), >, before);
      before = json_object_get_int_member (progress, "bytes");
    }
}

/* Where it came from at last, and that it took another try. */
static void
test_retry (CliFixture *fixture, gconstpointer user_data)
{
  const BobbinFaultFile file = { .size = 3000, .fields = "Repr-Digest: sha-256=:" DIGEST_BASE64 ":" };
  const BobbinFaultRule busy
      = { "/there", 1, SCRIPT (HEAD ("503 Service Unavailable\nRetry-After: 1\nContent-Length: 0")) };
  const BobbinFaultRule moved
      = { "/here", 0, SCRIPT (HEAD ("302 Found\nLocation: /there\nContent-Length: 0")) };
  const BobbinFaultRule then = { .request = "/there", .file = &file };
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *uri = bobbin_fault_server_dup_uri (server, "/here");
  g_autofree char *final_uri = bobbin_fault_server_dup_uri (server, "/there");
  g_autoptr (CliResult) result = NULL;
  g_autoptr (GPtrArray) events = NULL;
  JsonObject *retry = NULL;
  JsonObject *finished = NULL;

  bobbin_fault_server_add_rule (server, &busy);
  bobbin_fault_server_add_rule (server, &moved);
  bobbin_fault_server_add_rule (server, &then);
  result = cli_test_run (fixture, NULL, "--json", uri, NULL);
  events = parse_events (result->output);
  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpuint (count_events (events, "started"), ==, 1);
  g_assert_cmpuint (count_events (events, "retry"), ==, 1);

  retry = get_event (events, 2);
  assert_event (retry, "retry", 1);
  assert_members (retry, "event id url after reason status message");
  g_assert_cmpstr (json_object_get_string_member (retry, "url"), ==, uri);
  g_assert_cmpfloat (json_object_get_double_member (retry, "after"), >, 0);
  g_assert_cmpfloat (json_object_get_double_member (retry, "after"), <, 10);
  g_assert_cmpstr (json_object_get_string_member (retry, "reason"), ==, "http-status");
  g_assert_cmpint (json_object_get_int_member (retry, "status"), ==, 503);
  g_assert_cmpstr (json_object_get_string_member (retry, "message"), ==, "The server is busy (503)");

  finished = get_event (events, events->len - 2);
  assert_members (finished, "event id url final_url file bytes seconds tries digest verified length_known");
  g_assert_cmpstr (json_object_get_string_member (finished, "final_url"), ==, final_uri);
  g_assert_cmpint (json_object_get_int_member (finished, "tries"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (finished, "digest"), ==, "sha-256=" DIGEST_HEX);
  g_assert_true (json_object_get_boolean_member (finished, "verified"));
}

/* Numbers as a person would write them. */
static void
test_seconds (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/3000?delay=0.1");
  g_autoptr (CliResult) result = cli_test_run (fixture, NULL, "--json", uri, uri, NULL);

  cli_test_assert_match (result->output, "^{\"event\":\"run\",\"elapsed\":[0-9]+\\.[0-9]{3},"
                                         "\"one_after_another\":[0-9]+\\.[0-9]{3},");
  cli_test_assert_match (result->output, "^{\"event\":\"finished\",.*\"seconds\":[0-9]+\\.[0-9]{3},");
}

static void
assert_failure (JsonObject *event, const char *word, gint64 status, const char *message)
{
  g_assert_cmpstr (json_object_get_string_member (event, "event"), ==, "failed");
  g_assert_cmpstr (json_object_get_string_member (event, "error"), ==, word);
  g_assert_cmpint (json_object_get_int_member_with_default (event, "status", 0), ==, status);
  g_assert_cmpstr (json_object_get_string_member (event, "message"), ==, message);
}

static void
test_failed (CliFixture *fixture, gconstpointer user_data)
{
  const struct
  {
    const char *path;
    const char *word;
    gint64 status;
    const char *message;
  } cases[] = {
    { "/missing", "http-status", 404, "The server has no such file (404)" },
    { "/bytes/10?status=401", "http-status", 401, "The server asks for a sign-in (401)" },
    { "/bytes/10?cut=5", "truncated", 0, "The file ended too soon" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *uri = cli_test_dup_uri (fixture, cases[i].path);
      g_autoptr (CliResult) result = cli_test_run (fixture, NULL, "--json", "--tries=1", "-p1", uri, NULL);
      g_autoptr (GPtrArray) events = parse_events (result->output);
      JsonObject *failed = get_event (events, events->len - 2);

      g_assert_cmpint (result->status, ==, 1);
      g_assert_cmpint (json_object_get_int_member (failed, "id"), ==, 1);
      g_assert_cmpstr (json_object_get_string_member (failed, "url"), ==, uri);
      assert_failure (failed, cases[i].word, cases[i].status, cases[i].message);
      g_assert_cmpint (json_object_get_int_member (get_event (events, events->len - 1), "failed"), ==, 1);
    }
}

/* What is no link has no number; a line has its place instead of a link. */
static void
test_not_a_link (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (CliResult) result = cli_test_run (fixture, "# links\nprose\nftp://example.org/\n", "--json",
                                               "-i", "-", "magnet:?xt=1", NULL);
  g_autoptr (GPtrArray) events = parse_events (result->output);

  g_assert_cmpint (result->status, ==, 1);
  g_assert_cmpstr (result->errors, ==, "");
  g_assert_cmpuint (events->len, ==, 4);

  assert_members (get_event (events, 0), "event error message input line");
  assert_failure (get_event (events, 0), "not-a-link", 0, "This is not a link");
  g_assert_cmpstr (json_object_get_string_member (get_event (events, 0), "input"), ==, "-");
  g_assert_cmpint (json_object_get_int_member (get_event (events, 0), "line"), ==, 2);

  assert_failure (get_event (events, 1), "unsupported-scheme", 0,
                  "Only http and https links can be downloaded");
  g_assert_cmpint (json_object_get_int_member (get_event (events, 1), "line"), ==, 3);

  assert_members (get_event (events, 2), "event url error message");
  g_assert_cmpstr (json_object_get_string_member (get_event (events, 2), "url"), ==, "magnet:?xt=1");

  assert_event (get_event (events, 3), "run", 0);
  g_assert_cmpint (json_object_get_int_member (get_event (events, 3), "failed"), ==, 3);
}

static void
test_list (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (CliResult) result
      = cli_test_run (fixture, "http://example.org/a.txt\nprose\nhttp://example.org/b.txt\n", "--json",
                      "--list", "-", NULL);
  g_autoptr (CliResult) none = cli_test_run (fixture, "prose\n", "--json", "--list", "-", NULL);
  g_autoptr (GPtrArray) events = parse_events (result->output);
  g_autoptr (GPtrArray) no_events = parse_events (none->output);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpuint (events->len, ==, 3);
  g_assert_cmpuint (count_events (events, "added"), ==, 2);
  g_assert_cmpuint (count_events (events, "failed"), ==, 1);
  g_assert_cmpint (none->status, ==, 3);
  g_assert_cmpuint (no_events->len, ==, 1);
  assert_failure (get_event (no_events, 0), "not-a-link", 0, "This is not a link");
}

/* Names that need escaping, and a folder that is no UTF-8. */
static void
test_strange_names (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/10");
  g_autoptr (CliResult) result
      = cli_test_run (fixture, NULL, "--json", "-d", "a\"b\\c\377", "-o", "1\t2\n3", uri, NULL);
  g_autoptr (GPtrArray) events = parse_events (result->output);
  const char *file = json_object_get_string_member (get_event (events, events->len - 2), "file");

  g_assert_cmpint (result->status, ==, 0);
  g_assert_true (g_utf8_validate (file, -1, NULL));
  g_assert_nonnull (strstr (file, "/a\"b\\c\357\277\275/"));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  cli_test_add ("/cli/json/finished", test_finished, NULL);
  cli_test_add ("/cli/json/progress", test_progress, NULL);
  cli_test_add ("/cli/json/retry", test_retry, NULL);
  cli_test_add ("/cli/json/seconds", test_seconds, NULL);
  cli_test_add ("/cli/json/failed", test_failed, NULL);
  cli_test_add ("/cli/json/not-a-link", test_not_a_link, NULL);
  cli_test_add ("/cli/json/list", test_list, NULL);
  cli_test_add ("/cli/json/strange-names", test_strange_names, NULL);

  return g_test_run ();
}
