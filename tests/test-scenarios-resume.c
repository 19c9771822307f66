/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-scenario.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is held is taken up if the server still has the same file, and given up
 * if it has not. Seed 0 is the file that is begun, seed 1 another one in its
 * place. */

#define DATE "Mon, 07 Nov 1994 08:49:37 GMT"
#define MODIFIED "Sun, 06 Nov 1994 08:49:37 GMT"

#define FIRST_HEAD(fields_) "200 OK\nContent-Length: 3000" fields_
#define PART_HEAD(range_) "206 Partial Content\nETag: \"a\"\nContent-Range: bytes " range_

/* The first answer: 1000 bytes, and then the end of the connection. */
#define CUT_AFTER(fields_)                                                                                   \
  {                                                                                                          \
    "/file", 1, SCRIPT (HEAD (FIRST_HEAD (fields_)), BYTES (0, 1000), FIN)                                   \
  }
#define CUT CUT_AFTER ("\nETag: \"a\"")

/* The same for those who pause in time. */
#define HELD                                                                                                 \
  {                                                                                                          \
    "/file", 1, SCRIPT (HEAD (FIRST_HEAD ("\nETag: \"a\"")), BYTES (0, 1000), HOLD)                          \
  }

/* One answer to a request for the rest, after which all is well. */
#define THEN(...) RULES (CUT, { "Range", 1, SCRIPT (__VA_ARGS__) }, { "*", 0, .file = &file })
#define THEN_OTHER(...) RULES (CUT, { "Range", 1, SCRIPT (__VA_ARGS__) }, { "*", 0, .file = &other })
#define REST BYTES (1000, 2000)
#define ASKS "Range: bytes=1000-* | If-Range: \"a\""

static const BobbinFaultFile file = { .size = 3000, .etag = "\"a\"" };
static const BobbinFaultFile file_by_date = { .size = 3000, .modified = MODIFIED, .fields = "Date: " DATE };
static const BobbinFaultFile file_without = { .size = 3000 };
static const BobbinFaultFile file_deaf
    = { .size = 3000, .etag = "\"a\"", .flaws = BOBBIN_FAULT_RANGE_IGNORED };
static const BobbinFaultFile file_careful
    = { .size = 3000, .etag = "\"a\"", .flaws = BOBBIN_FAULT_IF_RANGE_FAILS };
static const BobbinFaultFile file_anonymous = { .size = 3000, .flaws = BOBBIN_FAULT_IF_RANGE_IGNORED };
static const BobbinFaultFile file_weak
    = { .size = 3000, .etag = "W/\"a\"", .flaws = BOBBIN_FAULT_IF_RANGE_IGNORED };
static const BobbinFaultFile other = { .size = 3000, .seed = 1, .etag = "\"b\"" };
static const BobbinFaultFile other_careless
    = { .size = 3000, .seed = 1, .etag = "\"b\"", .flaws = BOBBIN_FAULT_IF_RANGE_IGNORED };
static const BobbinFaultFile other_weak
    = { .size = 3000, .seed = 1, .etag = "W/\"a\"", .flaws = BOBBIN_FAULT_IF_RANGE_IGNORED };
static const BobbinFaultFile other_without
    = { .size = 3000, .seed = 1, .flaws = BOBBIN_FAULT_IF_RANGE_IGNORED };
static const BobbinFaultFile other_young = {
  .size = 3000, .seed = 1, .modified = DATE, .fields = "Date: " DATE, .flaws = BOBBIN_FAULT_IF_RANGE_IGNORED
};
static const BobbinFaultFile shorter = { .size = 600, .seed = 1, .etag = "\"b\"" };
static const BobbinFaultFile empty = { .size = 0, .etag = "\"b\"" };
static const BobbinFaultFile longer = { .size = 5000, .seed = 1, .etag = "\"b\"" };
static const BobbinFaultFile cut_again
    = { .size = 3000, .etag = "\"a\"", .cut = 300, .end = BOBBIN_FAULT_CLOSE };

/* Only what was missing was asked for. */
static void
check_rest_only (BobbinScenarioRun *run)
{
  bobbin_scenario_expect_count (run, run->server, "/file | !Range", 1, 1);
}

static void
check_no_condition (BobbinScenarioRun *run)
{
  bobbin_scenario_expect_count (run, run->server, "If-Range", 0, 0);
}

/* A server that says that no more is to be had has said that all is there. */
static void
check_416_believed (BobbinScenarioRun *run)
{
  if (bobbin_fault_server_count_requests (run->server, "Range: bytes=3000-*") > 0)
    check_rest_only (run);
}

static void
shorten_part (BobbinScenarioRun *run)
{
  g_autofree char *path = bobbin_scenario_dup_part_path (run);

  g_assert_cmpint (truncate (path, 500), ==, 0);
}

static void
lengthen_part (BobbinScenarioRun *run)
{
  g_autofree char *path = bobbin_scenario_dup_part_path (run);

  g_assert_cmpint (truncate (path, 9000), ==, 0);
}

static void
write_into_part (BobbinScenarioRun *run, const char *text, goffset offset)
{
  g_autofree char *path = bobbin_scenario_dup_part_path (run);
  int fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, text, strlen (text), offset), ==, strlen (text));
  g_close (fd, NULL);
}

/* Nobody else is as quick as a test; file systems tell times in steps of some
 * milliseconds. */
static void
let_time_pass (void)
{
  g_usleep (20000);
}

/* The same size as before, but other bytes. */
static void
edit_part (BobbinScenarioRun *run)
{
  let_time_pass ();
  write_into_part (run, "theirs", 100);
}

static void
remove_part (BobbinScenarioRun *run)
{
  g_autofree char *path = bobbin_scenario_dup_part_path (run);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
replace_part (BobbinScenarioRun *run)
{
  g_autofree char *path = bobbin_scenario_dup_part_path (run);

  let_time_pass ();
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_true (g_file_set_contents (path, "theirs", -1, NULL));
}

static void
link_part (BobbinScenarioRun *run)
{
  g_autofree char *path = bobbin_scenario_dup_part_path (run);
  g_autofree char *away = g_strconcat (path, ".away", NULL);

  g_assert_cmpint (g_rename (path, away), ==, 0);
  g_assert_cmpint (symlink (away, path), ==, 0);
}

static void
take_name (BobbinScenarioRun *run)
{
  g_autofree char *path = g_build_filename (run->folder, "file", NULL);

  g_assert_true (g_file_set_contents (path, "theirs", -1, NULL));
}

static void
check_theirs (BobbinScenarioRun *run)
{
  bobbin_test_assert_file (run->folder, "file", "theirs", 6);
}

static void
check_their_part (BobbinScenarioRun *run)
{
  bobbin_test_assert_file (run->folder, "file.part", "theirs", 6);
}

static const BobbinScenario scenarios[] = {
  /* All is as it was. */
  { .name = "goes-on", RULES (CUT, { "*", 0, .file = &file }), REQUESTS ("!Range | !If-Range", ASKS) },
  { .name = "goes-on-after-pause",
    .pause_at = 1000,
    RULES (HELD, { "*", 0, .file = &file }),
    REQUESTS ("!Range | !If-Range", ASKS) },
  { .name = "goes-on-by-date",
    RULES (CUT_AFTER ("\nLast-Modified: " MODIFIED "\nDate: " DATE), { "*", 0, .file = &file_by_date }),
    REQUESTS ("!Range", "Range: bytes=1000-* | If-Range: " MODIFIED) },
  { .name = "goes-on-without-total-told",
    THEN (HEAD (PART_HEAD ("1000-2999/*\nContent-Length: 2000")), REST) },
  { .name = "goes-on-without-length-told",
    THEN (HEAD (PART_HEAD ("1000-2999/3000")), REST, FIN),
    .check = check_rest_only },
  { .name = "goes-on-in-chunks",
    THEN (HEAD (PART_HEAD ("1000-2999/3000\nTransfer-Encoding: chunked")),
          CHUNK (1000, 500),
          CHUNK (1500, 1500),
          LAST_CHUNK),
    .check = check_rest_only },
  { .name = "goes-on-without-etag-told",
    THEN (HEAD ("206 Partial Content\nContent-Range: bytes 1000-2999/3000\nContent-Length: 2000"), REST),
    .check = check_rest_only },
  { .name = "goes-on-after-hints",
    THEN (RAW ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n"),
          HEAD (PART_HEAD ("1000-2999/3000\nContent-Length: 2000")),
          REST),
    .check = check_rest_only },
  { .name = "goes-on-in-line-feeds",
    THEN (RAW ("HTTP/1.1 206 Partial\nETag: \"a\"\nContent-Range: bytes 1000-2999/3000\nContent-Length: "
               "2000\n\n"),
          REST) },
  { .name = "cut-again-and-again",
    .tries = 2,
    RULES (CUT, { "*", 0, .file = &cut_again }),
    .most = 10,
    .check = check_rest_only },
  { .name = "cut-with-nothing-new",
    THEN (HEAD (PART_HEAD ("1000-2999/3000\nContent-Length: 2000")), FIN),
    REQUESTS ("!Range", ASKS, ASKS) },

  /* The server does not do it. */
  { .name = "range-ignored", RULES (CUT, { "*", 0, .file = &file_deaf }), .most = 3 },
  { .name = "condition-misread",
    RULES (CUT,
           { "Range | If-Range", 1, .file = &file_careful },
           { "Range | !If-Range", 1, .file = &file },
           { "*", 0, .file = &file }) },
  { .name = "wrong-start", THEN (HEAD (PART_HEAD ("0-2999/3000\nContent-Length: 3000")), BYTES (0, 3000)) },
  { .name = "wrong-start-unlike-its-bytes",
    THEN (HEAD (PART_HEAD ("500-2999/3000\nContent-Length: 2500")), BYTES (500, 2500)) },
  { .name = "later-start",
    THEN (HEAD (PART_HEAD ("2000-2999/3000\nContent-Length: 1000")), BYTES (2000, 1000)) },
  { .name = "no-range-told", THEN (HEAD ("206 Partial Content\nETag: \"a\"\nContent-Length: 2000"), REST) },
  { .name = "no-range-told-nor-sent",
    THEN (HEAD ("206 Partial Content\nETag: \"a\"\nContent-Length: 3000"), BYTES (0, 3000)) },
  { .name = "backward-range", THEN (HEAD (PART_HEAD ("2999-1000/3000\nContent-Length: 2000")), REST) },
  { .name = "range-beyond-total", THEN (HEAD (PART_HEAD ("1000-2999/10\nContent-Length: 2000")), REST) },
  { .name = "range-of-65-bits",
    THEN (HEAD (PART_HEAD ("1000-99999999999999999999/99999999999999999999\nContent-Length: 2000")), REST) },
  { .name = "negative-range", THEN (HEAD (PART_HEAD ("-1000-2999/3000\nContent-Length: 2000")), REST) },
  { .name = "range-with-plus", THEN (HEAD (PART_HEAD ("+1000-2999/3000\nContent-Length: 2000")), REST) },
  { .name = "range-with-blanks", THEN (HEAD (PART_HEAD ("1000 - 2999 / 3000\nContent-Length: 2000")), REST) },
  { .name = "range-in-another-unit",
    THEN (HEAD (
              "206 Partial Content\nETag: \"a\"\nContent-Range: lines 1000-2999/3000\nContent-Length: 2000"),
          REST) },
  { .name = "two-ranges-told",
    THEN (HEAD (PART_HEAD ("1000-2999/3000\nContent-Range: bytes 0-2999/3000\nContent-Length: 2000")),
          REST) },
  { .name = "range-longer-than-body",
    THEN (HEAD (PART_HEAD ("1000-2999/3000\nContent-Length: 1500")), BYTES (1000, 1500)) },
  { .name = "body-longer-than-range",
    THEN (HEAD (PART_HEAD ("1000-1499/3000\nContent-Length: 2000")), BYTES_OF (5, 1000, 2000)) },
  { .name = "only-some-of-it",
    THEN (HEAD (PART_HEAD ("1000-1499/3000\nContent-Length: 500")), BYTES (1000, 500)) },
  { .name = "more-than-told-in-chunks",
    THEN (HEAD (PART_HEAD ("1000-2999/3000\nTransfer-Encoding: chunked")),
          CHUNK (1000, 2000),
          RAW ("5\r\nwrong\r\n0\r\n\r\n")) },
  { .name = "several-ranges-in-one",
    THEN (HEAD ("206 Partial Content\nETag: \"a\"\nContent-Type: multipart/byteranges; boundary=xx\n"
                "Content-Length: 2080"),
          RAW ("--xx\r\nContent-Range: bytes 1000-2999/3000\r\n\r\n"),
          REST,
          RAW ("\r\n--xx--\r\n")) },
  { .name = "coded",
    THEN (HEAD (PART_HEAD ("1000-2999/3000\nContent-Encoding: gzip\nContent-Length: 2000")),
          BYTES_OF (5, 1000, 2000)) },
  { .name = "refused-at-end",
    RULES ({ "/file | !Range", 1,
             SCRIPT (HEAD ("200 OK\nETag: \"a\"\nTransfer-Encoding: chunked"), CHUNK (0, 3000), FIN) },
           { "/file | !Range", 0,
             SCRIPT (HEAD ("200 OK\nETag: \"a\"\nTransfer-Encoding: chunked"), CHUNK (0, 3000), LAST_CHUNK) },
           { "Range", 0,
             SCRIPT (HEAD ("416 Range Not Satisfiable\nContent-Range: bytes */3000\nContent-Length: 0")) }),
    .check = check_416_believed },
  { .name = "refused-without-total", THEN (HEAD ("416 Range Not Satisfiable\nContent-Length: 0")) },
  { .name = "precondition-failed", THEN (HEAD ("412 Precondition Failed\nContent-Length: 0")) },
  { .name = "not-modified", THEN (HEAD ("304 Not Modified\nETag: \"a\"")), .check = check_rest_only },
  { .name = "busy",
    THEN (HEAD ("503 Service Unavailable\nContent-Length: 0")),
    REQUESTS ("!Range", ASKS, ASKS) },
  { .name = "no-http", THEN (RAW ("This is not HTTP\r\n\r\n"), FIN) },
  { .name = "nothing-said", .timeout = 1, THEN (HOLD), .check = check_rest_only },
  { .name = "gone",
    RULES (CUT, { "*", 0, SCRIPT (HEAD ("404 Not Found\nContent-Length: 0")) }),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (HTTP_STATUS)),
    .status = 404,
    .part = BOBBIN_SCENARIO_PART_KEPT,
    .most = 3 },

  /* The file is another one by now. */
  { .name = "changed", RULES (CUT, { "*", 0, .file = &other }), .seed = 1 },
  { .name = "changed-after-pause", .pause_at = 1000, RULES (HELD, { "*", 0, .file = &other }), .seed = 1 },
  { .name = "changed-and-condition-ignored", RULES (CUT, { "*", 0, .file = &other_careless }), .seed = 1 },
  { .name = "changed-to-longer", RULES (CUT, { "*", 0, .file = &longer }), .seed = 1, .size = 5000 },
  { .name = "changed-to-shorter", RULES (CUT, { "*", 0, .file = &shorter }), .seed = 1, .size = 600 },
  { .name = "changed-to-empty", RULES (CUT, { "*", 0, .file = &empty }), .text = "" },
  { .name = "shorter-and-refused",
    THEN_OTHER (HEAD ("416 Range Not Satisfiable\nContent-Range: bytes */600\nContent-Length: 0")),
    .seed = 1 },
  { .name = "total-changed",
    THEN_OTHER (HEAD (PART_HEAD ("1000-3999/4000\nContent-Length: 3000")), BYTES_OF (1, 1000, 3000)),
    .seed = 1 },
  { .name = "weak-etag",
    RULES (CUT_AFTER ("\nETag: W/\"a\""), { "*", 0, .file = &other_weak }),
    .seed = 1,
    .check = check_no_condition },
  { .name = "weak-etag-and-unchanged",
    RULES (CUT_AFTER ("\nETag: W/\"a\""), { "*", 0, .file = &file_weak }),
    .check = check_no_condition },
  { .name = "no-validator",
    RULES (CUT_AFTER (""), { "*", 0, .file = &other_without }),
    .seed = 1,
    .check = check_no_condition },
  { .name = "no-validator-and-unchanged",
    RULES (CUT_AFTER (""), { "*", 0, .file = &file_anonymous }),
    .check = check_no_condition },
  { .name = "weak-date",
    RULES (CUT_AFTER ("\nLast-Modified: " DATE "\nDate: " DATE), { "*", 0, .file = &other_young }),
    .seed = 1 },
  { .name = "etag-appears",
    RULES (CUT_AFTER (""), { "*", 0, .file = &other_careless }),
    .seed = 1,
    .check = check_no_condition },
  { .name = "etag-disappears", RULES (CUT, { "*", 0, SERVE (.size = 3000, .seed = 1) }), .seed = 1 },
  { .name = "etag-disappears-and-unchanged", RULES (CUT, { "*", 0, .file = &file_without }) },
  { .name = "changed-twice",
    RULES (CUT,
           { "*", 1, SCRIPT (HEAD (FIRST_HEAD ("\nETag: \"b\"")), BYTES_OF (1, 0, 2000), FIN) },
           { "*", 0, SERVE (.size = 3000, .seed = 2, .etag = "\"c\"") }),
    .seed = 2 },

  /* Through redirects. */
  { .name = "redirected",
    .link = "/start",
    RULES ({ "/start", 0, SCRIPT (HEAD ("302 Found\nLocation: /file\nContent-Length: 0")) },
           CUT,
           { "/file", 0, .file = &file }),
    REQUESTS ("/start", "/file | !Range", "/start", "/file | " ASKS) },
  { .name = "redirected-elsewhere",
    .link = "/start",
    RULES ({ "/start", 0, SCRIPT (HEAD ("302 Found\nLocation: @OTHER@/file\nContent-Length: 0")) }),
    OTHER (CUT, { "/file", 0, .file = &file }),
    OTHERS ("/file | !Range", "/file | " ASKS) },
  { .name = "redirected-by-then",
    RULES (CUT,
           { "/file", 0, SCRIPT (HEAD ("302 Found\nLocation: /moved\nContent-Length: 0")) },
           { "/moved", 0, .file = &file }) },
  { .name = "redirected-to-a-page",
    .link = "/start",
    .or_file = "page",
    RULES ({ "/start", 1, SCRIPT (HEAD ("302 Found\nLocation: /file\nContent-Length: 0")) },
           { "/start", 0, SCRIPT (HEAD ("302 Found\nLocation: /page\nContent-Length: 0")) },
           CUT,
           { "/page", 0, SERVE (.size = 1500, .seed = 1, .flaws = BOBBIN_FAULT_NO_RANGES) }),
    .size = 1500,
    .seed = 1 },

  /* Somebody else was at the part file. */
  { .name = "part-shortened",
    .pause_at = 1000,
    .meanwhile = shorten_part,
    RULES (HELD, { "*", 0, .file = &file }),
    .or_file = "file (1)" },
  { .name = "part-lengthened",
    .pause_at = 1000,
    .meanwhile = lengthen_part,
    RULES (HELD, { "*", 0, .file = &file }),
    .or_file = "file (1)" },
  { .name = "part-edited",
    .pause_at = 1000,
    .meanwhile = edit_part,
    RULES (HELD, { "*", 0, .file = &file }),
    .or_file = "file (1)" },
  { .name = "part-removed",
    .pause_at = 1000,
    .meanwhile = remove_part,
    RULES (HELD, { "*", 0, .file = &file }) },
  { .name = "part-replaced",
    .pause_at = 1000,
    .meanwhile = replace_part,
    RULES (HELD, { "*", 0, .file = &file }),
    .file = "file (1)",
    .names = "file (1) | file.part",
    .check = check_their_part },
  { .name = "part-is-a-link",
    .pause_at = 1000,
    .meanwhile = link_part,
    RULES (HELD, { "*", 0, .file = &file }),
    .file = "file (1)",
    .names = "file (1) | file.part | file.part.away" },
  { .name = "name-taken",
    .pause_at = 1000,
    .meanwhile = take_name,
    RULES (HELD, { "*", 0, .file = &file }),
    .file = "file (1)",
    .names = "file | file (1)",
    .check = check_theirs },
};

int
main (int argc, char *argv[])
{
  return bobbin_scenario_main (argc, argv, "resume", scenarios, G_N_ELEMENTS (scenarios));
}
