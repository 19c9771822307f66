/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-scenario.h"

/* One file over several connections. Seed 0 is the file that is begun, seed 1
 * another one in its place. The whole file is held back until others have asked
 * for parts of it, so that there is always time for them. */

#define SIZE (1024 * 1024)
#define PART BOBBIN_SCENARIO_PART_SIZE

/* The file as the first one gets it. */
#define WHOLE(until_, ...)                                                                                   \
  {                                                                                                          \
    "/file | !Range", 0,                                                                                     \
        SERVE (.size = SIZE, .etag = "\"a\"", .until = until_, .patience = 5000, ##__VA_ARGS__)              \
  }
#define PARTS(...)                                                                                           \
  {                                                                                                          \
    "/file | Range", 0, SERVE (.size = SIZE, .etag = "\"a\"", ##__VA_ARGS__)                                 \
  }
#define SOME_PARTS(times_, ...)                                                                              \
  {                                                                                                          \
    "/file | Range", times_, SERVE (.size = SIZE, .etag = "\"a\"", ##__VA_ARGS__)                            \
  }
#define PARTS_SAY(...)                                                                                       \
  {                                                                                                          \
    "/file | Range", 0, SCRIPT (__VA_ARGS__)                                                                 \
  }
#define SOME_PARTS_SAY(times_, ...)                                                                          \
  {                                                                                                          \
    "/file | Range", times_, SCRIPT (__VA_ARGS__)                                                            \
  }
#define STATUS(text_) HEAD (text_ "\nContent-Length: 0")

/* What is asked in vain costs some requests, but not many. */
#define IN_VAIN .size = SIZE, .most = 16, .check = check_one_stream

static void
check_parts (BobbinScenarioRun *run)
{
  bobbin_scenario_expect_count (run, run->server, "/file | !Range", 1, 1);
  bobbin_scenario_expect_count (run, run->server, "/file | Range | If-Range: \"a\"", 3, 60);
}

static void
check_some_parts (BobbinScenarioRun *run)
{
  bobbin_scenario_expect_count (run, run->server, "/file | !Range", 1, 1);
  bobbin_scenario_expect_count (run, run->server, "/file | Range", 1, 60);
}

static void
check_one_stream (BobbinScenarioRun *run)
{
  bobbin_scenario_expect_count (run, run->server, "/file | !Range", 1, 1);
}

static void
check_no_parts (BobbinScenarioRun *run)
{
  bobbin_scenario_expect_count (run, run->server, "Range", 0, 0);
}

static void
check_elsewhere (BobbinScenarioRun *run)
{
  check_one_stream (run);
  bobbin_scenario_expect_count (run, run->other, "Range", 1, 60);
}

static void
check_three_at_most (BobbinScenarioRun *run)
{
  guint n = bobbin_fault_server_get_most_answers (run->server);

  /* One more is one that was given up, and the server does not know yet. */
  bobbin_scenario_expect (run, n <= 4, "%u answers at once", n);
}

static const BobbinScenario scenarios[] = {
  { .name = "in-parts", RULES (WHOLE (4), PARTS ()), .size = SIZE, .check = check_parts },
  { .name = "by-date",
    RULES ({ "!Range", 0,
             SERVE (.size = SIZE,
                    .modified = "Sun, 06 Nov 1994 08:49:37 GMT",
                    .fields = "Date: Mon, 07 Nov 1994 08:49:37 GMT",
                    .until = 4,
                    .patience = 5000) },
           { "Range", 0,
             SERVE (.size = SIZE,
                    .modified = "Sun, 06 Nov 1994 08:49:37 GMT",
                    .fields = "Date: Mon, 07 Nov 1994 08:49:37 GMT") }),
    .size = SIZE,
    .check = check_some_parts },
  { .name = "one-part",
    .parts = 1,
    RULES ({ "*", 0, SERVE (.size = SIZE, .etag = "\"a\"") }),
    .size = SIZE,
    .check = check_no_parts },
  { .name = "many-small-parts",
    .parts = 16,
    .at_once = 16,
    .per_host = 16,
    .part_size = 4096,
    RULES (WHOLE (16, .rate = 2000000), PARTS (.rate = 500000)),
    .size = SIZE,
    .most = 300,
    .check = check_some_parts },
  { .name = "no-etag-in-parts",
    RULES (WHOLE (4), { "Range", 0, SERVE (.size = SIZE, .flaws = BOBBIN_FAULT_IF_RANGE_IGNORED) }),
    .size = SIZE,
    .check = check_some_parts },
  { .name = "ranges-unsaid",
    RULES (
        { "*", 0,
          SERVE (.size = SIZE, .etag = "\"a\"", .flaws = BOBBIN_FAULT_QUIET, .until = 2, .patience = 300) }),
    .size = SIZE },
  { .name = "parts-without-total",
    RULES (WHOLE (4), PARTS (.flaws = BOBBIN_FAULT_NO_TOTAL)),
    .size = SIZE,
    .check = check_one_stream },
  { .name = "parts-in-chunks",
    RULES (WHOLE (4), PARTS (.flaws = BOBBIN_FAULT_CHUNKED)),
    .size = SIZE,
    .check = check_some_parts },
  { .name = "parts-until-close",
    RULES (WHOLE (4), PARTS (.flaws = BOBBIN_FAULT_UNTIL_CLOSE)),
    .size = SIZE,
    .check = check_some_parts },
  { .name = "total-unknown",
    RULES ({ "*", 0,
             SERVE (.size = SIZE,
                    .etag = "\"a\"",
                    .flaws = BOBBIN_FAULT_CHUNKED,
                    .until = 2,
                    .patience = 300) }),
    .size = SIZE,
    .check = check_one_stream },

  /* Sizes at the edge. */
  { .name = "three-bytes-for-eight",
    .parts = 8,
    .at_once = 8,
    .per_host = 8,
    .part_size = 1,
    RULES ({ "!Range", 0,
             SCRIPT (HEAD ("200 OK\nETag: \"a\"\nAccept-Ranges: bytes\nContent-Length: 3"),
                     BYTES (0, 1),
                     PAUSE (200),
                     BYTES (1, 2)) },
           { "Range", 0, SERVE (.size = 3, .etag = "\"a\"") }),
    .size = 3 },
  { .name = "one-byte",
    .parts = 8,
    .part_size = 1,
    RULES ({ "*", 0, SERVE (.size = 1, .etag = "\"a\"") }),
    .size = 1,
    .check = check_no_parts },
  { .name = "no-bytes",
    .parts = 8,
    .part_size = 1,
    RULES ({ "*", 0, SERVE (.size = 0, .etag = "\"a\"") }),
    .text = "",
    .check = check_no_parts },
#define EDGE(name_, size_)                                                                                   \
  {                                                                                                          \
    .name = name_,                                                                                           \
    RULES ({ "!Range", 0, SERVE (.size = size_, .etag = "\"a\"", .until = 2, .patience = 200) },             \
           { "Range", 0, SERVE (.size = size_, .etag = "\"a\"") }),                                          \
    .size = size_, .check = check_one_stream                                                                 \
  }
  EDGE ("part-size-less-one", PART - 1),
  EDGE ("part-size", PART),
  EDGE ("part-size-and-one", PART + 1),
  EDGE ("two-parts-less-one", 2 * PART - 1),
  EDGE ("two-parts", 2 * PART),
  EDGE ("two-parts-and-one", 2 * PART + 1),
  EDGE ("four-parts-less-one", 4 * PART - 1),
  EDGE ("four-parts", 4 * PART),
  EDGE ("four-parts-and-one", 4 * PART + 1),

  /* Servers that do not do it. */
  { .name = "ranges-not-served",
    RULES ({ "*", 0,
             SERVE (.size = SIZE,
                    .etag = "\"a\"",
                    .flaws = BOBBIN_FAULT_NO_RANGES,
                    .until = 2,
                    .patience = 300) }),
    .size = SIZE,
    REQUESTS ("!Range") },
  { .name = "range-ignored", RULES (WHOLE (2), PARTS (.flaws = BOBBIN_FAULT_RANGE_IGNORED)), IN_VAIN },
  { .name = "condition-misread", RULES (WHOLE (2), PARTS (.flaws = BOBBIN_FAULT_IF_RANGE_FAILS)), IN_VAIN },
  { .name = "bad-request", RULES (WHOLE (2), PARTS_SAY (STATUS ("400 Bad Request"))), IN_VAIN },
  { .name = "forbidden", RULES (WHOLE (2), PARTS_SAY (STATUS ("403 Forbidden"))), IN_VAIN },
  { .name = "not-found", RULES (WHOLE (2), PARTS_SAY (STATUS ("404 Not Found"))), IN_VAIN },
  { .name = "precondition-failed",
    RULES (WHOLE (2), PARTS_SAY (STATUS ("412 Precondition Failed"))),
    IN_VAIN },
  { .name = "not-satisfiable", RULES (WHOLE (2), PARTS_SAY (STATUS ("416 Range Not Satisfiable"))), IN_VAIN },
  { .name = "not-satisfiable-of-less",
    RULES (WHOLE (2), PARTS_SAY (STATUS ("416 Range Not Satisfiable\nContent-Range: bytes */100"))),
    IN_VAIN },
  { .name = "not-modified", RULES (WHOLE (2), PARTS_SAY (HEAD ("304 Not Modified\nETag: \"a\""))), IN_VAIN },
  { .name = "server-error", RULES (WHOLE (2), PARTS_SAY (STATUS ("500 Internal Server Error"))), IN_VAIN },
  { .name = "no-http", RULES (WHOLE (2), PARTS_SAY (RAW ("This is not HTTP\r\n\r\n"), FIN)), IN_VAIN },
  { .name = "closed", RULES (WHOLE (2), PARTS_SAY (FIN)), IN_VAIN },
  { .name = "reset", RULES (WHOLE (2), PARTS_SAY (RST)), IN_VAIN },
  { .name = "silent", .timeout = 1, RULES (WHOLE (2), PARTS_SAY (HOLD)), IN_VAIN },
  { .name = "sign-in-wanted",
    RULES (WHOLE (2), PARTS_SAY (STATUS ("401 Unauthorized\nWWW-Authenticate: Basic realm=\"x\""))),
    IN_VAIN },
  { .name = "redirect-loop",
    RULES (WHOLE (4), PARTS_SAY (STATUS ("302 Found\nLocation: /file"))),
    .size = SIZE,
    .check = check_one_stream },

  /* Parts that are wrong. */
  { .name = "other-range-told",
    RULES (WHOLE (2), PARTS (.content_range = "bytes 0-1048575/1048576")),
    IN_VAIN },
  { .name = "no-range-told", RULES (WHOLE (2), PARTS (.content_range = "")), IN_VAIN },
  { .name = "other-total-told",
    RULES (WHOLE (2), PARTS (.content_range = "bytes 524288-1048575/2000000")),
    IN_VAIN },
  { .name = "several-ranges-in-one",
    RULES (WHOLE (2),
           PARTS (.content_range = "", .fields = "Content-Type: multipart/byteranges; boundary=x")),
    IN_VAIN },
  { .name = "coded",
    RULES (WHOLE (2),
           { "Range", 0,
             SERVE (.size = SIZE, .seed = 5, .etag = "\"a\"", .fields = "Content-Encoding: gzip") }),
    IN_VAIN },
  { .name = "to-the-end",
    RULES (WHOLE (4), PARTS (.flaws = BOBBIN_FAULT_TO_THE_END)),
    .size = SIZE,
    .check = check_one_stream },
  { .name = "surplus",
    RULES (WHOLE (4), PARTS (.flaws = BOBBIN_FAULT_SURPLUS)),
    .size = SIZE,
    .check = check_one_stream },
  { .name = "longer-than-told",
    RULES (WHOLE (2), PARTS (.flaws = BOBBIN_FAULT_LONGER)),
    .size = SIZE,
    .check = check_one_stream },
  { .name = "less-than-asked",
    RULES (WHOLE (4), PARTS (.flaws = BOBBIN_FAULT_SHORTER)),
    .size = SIZE,
    .check = check_one_stream },

  /* Parts that break. */
  { .name = "parts-cut",
    RULES (WHOLE (4), SOME_PARTS (3, .cut = 10000, .end = BOBBIN_FAULT_CLOSE), PARTS ()),
    .size = SIZE,
    .check = check_some_parts },
  { .name = "parts-reset",
    RULES (WHOLE (4), SOME_PARTS (3, .cut = 10000, .end = BOBBIN_FAULT_RESET), PARTS ()),
    .size = SIZE,
    .check = check_some_parts },
  { .name = "parts-stuck",
    .timeout = 1,
    RULES (WHOLE (4), SOME_PARTS (3, .cut = 10000, .end = BOBBIN_FAULT_HOLD), PARTS ()),
    .size = SIZE,
    .check = check_some_parts },
  { .name = "first-cut",
    RULES (WHOLE (4, .cut = 8192, .end = BOBBIN_FAULT_CLOSE), PARTS ()),
    .size = SIZE,
    .check = check_parts },
  { .name = "first-reset",
    RULES (WHOLE (4, .cut = 8192, .end = BOBBIN_FAULT_RESET), PARTS ()),
    .size = SIZE,
    .check = check_parts },
  { .name = "all-cut",
    RULES (WHOLE (4, .cut = 8192, .end = BOBBIN_FAULT_CLOSE),
           PARTS (.cut = 50000, .end = BOBBIN_FAULT_CLOSE)),
    .size = SIZE,
    .tries = 2,
    .check = check_some_parts },
  { .name = "slow-part",
    RULES (WHOLE (4, .rate = 4000000), SOME_PARTS (1, .rate = 65536), PARTS (.rate = 4000000)),
    .size = SIZE,
    .check = check_parts },
  { .name = "slow-first",
    RULES (WHOLE (4, .rate = 65536), PARTS (.rate = 4000000)),
    .size = SIZE,
    .check = check_parts },
  { .name = "busy-part",
    RULES (WHOLE (3), SOME_PARTS_SAY (3, STATUS ("503 Service Unavailable")), PARTS ()),
    .size = SIZE,
    .check = check_some_parts },
  { .name = "busy-part-that-says-when",
    RULES (WHOLE (4), SOME_PARTS_SAY (1, STATUS ("503 Service Unavailable\nRetry-After: 1")), PARTS ()),
    .size = SIZE,
    .check = check_some_parts },
  { .name = "too-many-for-part",
    RULES (WHOLE (3), SOME_PARTS_SAY (1, STATUS ("429 Too Many Requests")), PARTS ()),
    .size = SIZE,
    .check = check_some_parts },
  { .name = "two-connections-only",
    RULES (
        { "!Range", 0,
          SERVE (.size = SIZE, .etag = "\"a\"", .until = 4, .patience = 1000, .rate = 2000000, .most = 2) },
        PARTS (.rate = 2000000, .most = 2)),
    .size = SIZE,
    .most = 24,
    .check = check_one_stream },
  { .name = "one-connection-only",
    RULES (
        { "!Range", 0,
          SERVE (.size = SIZE, .etag = "\"a\"", .until = 4, .patience = 1000, .rate = 2000000, .most = 1) },
        PARTS (.rate = 2000000, .most = 1)),
    .size = SIZE,
    .most = 24,
    .check = check_one_stream },
  { .name = "own-limit",
    .per_host = 3,
    .parts = 8,
    .at_once = 8,
    RULES (WHOLE (3), PARTS (.rate = 1000000)),
    .size = SIZE,
    .check = check_three_at_most },

  /* The file changes meanwhile. */
  { .name = "changed",
    RULES ({ "!Range", 1, SERVE (.size = SIZE, .etag = "\"a\"", .until = 2, .patience = 5000) },
           { "*", 0, SERVE (.size = SIZE, .seed = 1, .etag = "\"b\"") }),
    .size = SIZE,
    .or_seed = 1 },
  { .name = "changed-and-condition-ignored",
    RULES ({ "!Range", 1, SERVE (.size = SIZE, .etag = "\"a\"", .until = 2, .patience = 5000) },
           { "*", 0,
             SERVE (.size = SIZE, .seed = 1, .etag = "\"b\"", .flaws = BOBBIN_FAULT_IF_RANGE_IGNORED) }),
    .size = SIZE,
    .or_seed = 1 },
  { .name = "changed-after-some-parts",
    RULES ({ "!Range", 1,
             SERVE (.size = SIZE,
                    .etag = "\"a\"",
                    .until = 3,
                    .patience = 5000,
                    .cut = 8192,
                    .end = BOBBIN_FAULT_CLOSE) },
           SOME_PARTS (2, .cut = 20000, .end = BOBBIN_FAULT_CLOSE),
           { "*", 0, SERVE (.size = SIZE, .seed = 1, .etag = "\"b\"") }),
    .size = SIZE,
    .seed = 1 },
  { .name = "changed-after-some-parts-and-condition-ignored",
    RULES ({ "!Range", 1,
             SERVE (.size = SIZE,
                    .etag = "\"a\"",
                    .until = 3,
                    .patience = 5000,
                    .cut = 8192,
                    .end = BOBBIN_FAULT_CLOSE) },
           SOME_PARTS (2, .cut = 20000, .end = BOBBIN_FAULT_CLOSE),
           { "*", 0,
             SERVE (.size = SIZE, .seed = 1, .etag = "\"b\"", .flaws = BOBBIN_FAULT_IF_RANGE_IGNORED) }),
    .size = SIZE,
    .seed = 1 },
  { .name = "shrunk-after-some-parts",
    RULES ({ "!Range", 1,
             SERVE (.size = SIZE,
                    .etag = "\"a\"",
                    .until = 3,
                    .patience = 5000,
                    .cut = 8192,
                    .end = BOBBIN_FAULT_CLOSE) },
           SOME_PARTS (2, .cut = 20000, .end = BOBBIN_FAULT_CLOSE),
           { "*", 0, SERVE (.size = 5000, .seed = 1, .etag = "\"b\"") }),
    .size = 5000,
    .seed = 1 },
  { .name = "no-validator",
    RULES ({ "!Range", 1, SERVE (.size = SIZE, .until = 2, .patience = 300) },
           { "*", 0, SERVE (.size = SIZE, .seed = 1, .flaws = BOBBIN_FAULT_IF_RANGE_IGNORED) }),
    .size = SIZE,
    .or_seed = 1 },
  { .name = "weak-validator",
    RULES ({ "!Range", 1, SERVE (.size = SIZE, .etag = "W/\"a\"", .until = 2, .patience = 300) },
           { "*", 0,
             SERVE (.size = SIZE, .seed = 1, .etag = "W/\"a\"", .flaws = BOBBIN_FAULT_IF_RANGE_IGNORED) }),
    .size = SIZE,
    .or_seed = 1 },

  /* Other ways to the parts. */
  { .name = "parts-redirected",
    RULES (WHOLE (4), PARTS_SAY (STATUS ("302 Found\nLocation: @OTHER@/file"))),
    OTHER ({ "*", 0, SERVE (.size = SIZE, .etag = "\"a\"") }),
    .size = SIZE,
    .check = check_elsewhere },
  { .name = "parts-redirected-to-another-file",
    RULES (WHOLE (2), PARTS_SAY (STATUS ("302 Found\nLocation: @OTHER@/file"))),
    OTHER (
        { "*", 0, SERVE (.size = SIZE, .seed = 1, .etag = "\"b\"", .flaws = BOBBIN_FAULT_IF_RANGE_IGNORED) }),
    .size = SIZE,
    .check = check_one_stream },
  { .name = "all-redirected",
    .link = "/start",
    RULES ({ "/start", 0, SCRIPT (STATUS ("302 Found\nLocation: @OTHER@/file")) }),
    OTHER ({ "!Range", 0, SERVE (.size = SIZE, .etag = "\"a\"", .until = 4, .patience = 5000) },
           { "Range", 0, SERVE (.size = SIZE, .etag = "\"a\"") }),
    .size = SIZE },

  /* Paused in the middle of it. */
  { .name = "paused",
    .pause_at = SIZE / 4,
    RULES (WHOLE (4, .rate = 200000), SOME_PARTS (3, .rate = 400000), PARTS ()),
    .size = SIZE,
    .check = check_parts },
  { .name = "paused-and-changed",
    .pause_at = SIZE / 4,
    RULES ({ "!Range", 1,
             SERVE (.size = SIZE, .etag = "\"a\"", .until = 4, .patience = 5000, .rate = 200000) },
           SOME_PARTS (3, .rate = 400000),
           { "*", 0, SERVE (.size = SIZE, .seed = 1, .etag = "\"b\"") }),
    .size = SIZE,
    .seed = 1 },
  { .name = "paused-and-no-ranges-any-more",
    .pause_at = SIZE / 4,
    RULES ({ "!Range", 1,
             SERVE (.size = SIZE, .etag = "\"a\"", .until = 4, .patience = 5000, .rate = 200000) },
           SOME_PARTS (3, .rate = 400000),
           { "*", 0, SERVE (.size = SIZE, .etag = "\"a\"", .flaws = BOBBIN_FAULT_NO_RANGES) }),
    .size = SIZE },
};

int
main (int argc, char *argv[])
{
  return bobbin_scenario_main (argc, argv, "segments", scenarios, G_N_ELEMENTS (scenarios));
}
