/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-test.h"

#include "bobbin-fault-server.h"

#include <locale.h>
#include <string.h>

/* A Metalink from end to end: what its mirrors send is checked by its digests. */

#define BODY "Many hands make light work."
#define WRONG "Many hands spoil the broth!"
#define GOOD "HTTP/1.1 200 OK\nETag: \"a\"\nAccept-Ranges: bytes\nContent-Length: 27"

typedef struct
{
  BobbinFaultServer *first;
  BobbinFaultServer *second;
} Mirrors;

static void
mirrors_init (Mirrors *self)
{
  self->first = bobbin_fault_server_new ();
  self->second = bobbin_fault_server_new ();
}

static void
mirrors_clear (Mirrors *self)
{
  bobbin_fault_server_free (self->first);
  bobbin_fault_server_free (self->second);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mirrors, mirrors_clear)

/* Three pieces of nine bytes. */
static void
append_pieces (GString *metalink)
{
  g_string_append (metalink, "<pieces length=\"9\" type=\"sha-1\">");
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA1, BODY + 9 * i, 9);

      g_string_append_printf (metalink, "<hash>%s</hash>", hex);
    }
  g_string_append (metalink, "</pieces>");
}

/* Writes "wool.meta4": a file with a place on each server, the first first. */
static void
write_metalink (CliFixture *fixture, Mirrors *mirrors, gboolean with_pieces)
{
  g_autoptr (GString) metalink = g_string_new ("<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\">");
  g_autofree char *first = bobbin_fault_server_dup_uri (mirrors->first, "/a");
  g_autofree char *second = bobbin_fault_server_dup_uri (mirrors->second, "/b");
  g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, BODY, -1);

  g_string_append_printf (metalink,
                          "<file name=\"bales/wool\"><size>27</size><hash type=\"sha-256\">%s</hash>", hex);
  if (with_pieces)
    append_pieces (metalink);
  g_string_append_printf (metalink,
                          "<url priority=\"2\">%s</url><url priority=\"1\">%s</url></file></metalink>",
                          second, first);
  cli_test_write (fixture, "wool.meta4", metalink->str);
}

static void
assert_file (CliFixture *fixture, const char *name, const char *wanted)
{
  g_autofree char *path = cli_test_dup_path (fixture, name);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, wanted);
}

static void
test_wrong_bytes (CliFixture *fixture, gconstpointer user_data)
{
  g_auto (Mirrors) mirrors = { NULL };
  g_autoptr (CliResult) result = NULL;

  mirrors_init (&mirrors);
  write_metalink (fixture, &mirrors, FALSE);
  bobbin_fault_server_answer (mirrors.first, "/a", GOOD, WRONG, BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (mirrors.second, "/b", GOOD, BODY, BOBBIN_FAULT_KEEP);
  result = cli_test_run (fixture, NULL, "--tries=2", "wool.meta4", NULL);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpstr (result->errors, ==, "");
  cli_test_assert_match (result->output, "\\Awool · 27.bytes · .* · verified\n1 of 1 finished");
  g_assert_cmpuint (bobbin_fault_server_get_n_requests (mirrors.first), ==, 1);
  assert_file (fixture, "bales/wool", BODY);
  cli_test_assert_names (fixture, "bales wool.meta4");
}

/* Only the bad piece is fetched again. */
static void
test_pieces (CliFixture *fixture, gconstpointer user_data)
{
  g_auto (Mirrors) mirrors = { NULL };
  g_autoptr (CliResult) result = NULL;
  g_autofree char *request = NULL;

  mirrors_init (&mirrors);
  write_metalink (fixture, &mirrors, TRUE);
  bobbin_fault_server_answer (mirrors.first, "/a", GOOD, "Many handX make light work.", BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (
      mirrors.second, "/b", "HTTP/1.1 206 Rest\nETag: \"b\"\nContent-Range: bytes 9-17/27\nContent-Length: 9",
      "s make li", BOBBIN_FAULT_KEEP);
  result = cli_test_run (fixture, NULL, "--json", "wool.meta4", NULL);
  request = bobbin_fault_server_dup_request (mirrors.second, 0);

  g_assert_cmpint (result->status, ==, 0);
  cli_test_assert_match (result->output,
                         "\"event\":\"added\",.*\"folder\":\"bales\",\"mirrors\":\\[\"http://");
  cli_test_assert_match (result->output,
                         "\"event\":\"finished\",.*/bales/wool\",.*\"verified\":true,\"length_known\":true}");
  cli_test_assert_match (request, "^Range: bytes=9-17\r?$");
  assert_file (fixture, "bales/wool", BODY);
}

/* No mirror has the right bytes: they are kept to look at, but not as the file. */
static void
test_mismatch (CliFixture *fixture, gconstpointer user_data)
{
  g_auto (Mirrors) mirrors = { NULL };
  g_autofree char *path = cli_test_dup_path (fixture, "bales/wool");
  g_autoptr (CliResult) result = NULL;

  mirrors_init (&mirrors);
  write_metalink (fixture, &mirrors, FALSE);
  for (guint i = 0; i < 4; i++)
    {
      bobbin_fault_server_answer (mirrors.first, "/a", GOOD, WRONG, BOBBIN_FAULT_KEEP);
      bobbin_fault_server_answer (mirrors.second, "/b", GOOD, WRONG, BOBBIN_FAULT_KEEP);
    }
  result = cli_test_run (fixture, NULL, "--tries=2", "--json", "wool.meta4", NULL);

  g_assert_cmpint (result->status, ==, 1);
  cli_test_assert_match (result->output, "\"event\":\"failed\",\"id\":1,\"url\":\"http://.*\",\"error\":"
                                         "\"checksum\",\"message\":\"The file differs from its checksum\"}");
  assert_file (fixture, "bales/wool.part", WRONG);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Stopped in the middle, the same command goes on with all that the file says. */
static void
test_goes_on (CliFixture *fixture, gconstpointer user_data)
{
  g_auto (Mirrors) mirrors = { NULL };
  g_autoptr (CliResult) first = NULL;
  g_autoptr (CliResult) second = NULL;
  g_autofree char *request = NULL;

  mirrors_init (&mirrors);
  write_metalink (fixture, &mirrors, FALSE);
  bobbin_fault_server_answer (mirrors.first, "/a", GOOD, "Many", BOBBIN_FAULT_CLOSE);
  bobbin_fault_server_answer (mirrors.second, "/b", "HTTP/1.1 404 Gone\nContent-Length: 0", "",
                              BOBBIN_FAULT_KEEP);
  first = cli_test_run (fixture, NULL, "--tries=1", "wool.meta4", NULL);
  g_assert_cmpint (first->status, ==, 1);
  assert_file (fixture, "bales/wool.part", "Many");

  bobbin_fault_server_answer (mirrors.first, "/a", "HTTP/1.1 404 Gone\nContent-Length: 0", "",
                              BOBBIN_FAULT_KEEP);
  bobbin_fault_server_answer (
      mirrors.second, "/b",
      "HTTP/1.1 206 Rest\nETag: \"b\"\nContent-Range: bytes 4-26/27\nContent-Length: 23", BODY + 4,
      BOBBIN_FAULT_KEEP);
  second = cli_test_run (fixture, NULL, "--tries=2", "wool.meta4", NULL);
  request = bobbin_fault_server_dup_request (mirrors.second,
                                             bobbin_fault_server_get_n_requests (mirrors.second) - 1);

  g_assert_cmpint (second->status, ==, 0);
  cli_test_assert_match (second->output, "^wool .* · verified$");
  cli_test_assert_match (request, "^Range: bytes=4-");
  assert_file (fixture, "bales/wool", BODY);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  cli_test_add ("/cli/mirrors/wrong-bytes", test_wrong_bytes, NULL);
  cli_test_add ("/cli/mirrors/pieces", test_pieces, NULL);
  cli_test_add ("/cli/mirrors/mismatch", test_mismatch, NULL);
  cli_test_add ("/cli/mirrors/goes-on", test_goes_on, NULL);

  return g_test_run ();
}
