/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-scenario.h"

/* Servers that take their time. No case is about how long exactly: each ends at
 * all, or does not end too early. */

#define HEAD_3000 "200 OK\nETag: \"a\"\nContent-Length: 3000"
#define HEAD_MILLION "200 OK\nETag: \"a\"\nContent-Length: 1000000"
#define GIVEN_UP                                                                                             \
  .end = BOBBIN_SCENARIO_FAILED, ERRORS (IO (TIMED_OUT), OWN (TOO_SLOW)), .part = BOBBIN_SCENARIO_PART_NONE
#define TWICE .timeout = 1, .tries = 2, .also = TRUE, .check = check_two
#define ONCE .timeout = 1, .tries = 1, .also = TRUE, .check = check_one

static const BobbinFaultFile file = { .size = 3000, .etag = "\"a\"" };

static void
check_one (BobbinScenarioRun *run)
{
  bobbin_scenario_expect_count (run, run->server, "/file", 1, 1);
}

static void
check_two (BobbinScenarioRun *run)
{
  bobbin_scenario_expect_count (run, run->server, "/file", 2, 2);
}

/* Given up, or tried again for what is missing: not left to drip. */
static gboolean
is_not_left_alone (BobbinScenarioRun *run)
{
  return bobbin_download_get_state (run->download) == BOBBIN_STATE_FAILED
         || bobbin_fault_server_count_requests (run->server, "/file") > 1;
}

static void
check_taken_up (BobbinScenarioRun *run)
{
  guint n = bobbin_fault_server_count_requests (run->server, "/file");

  bobbin_scenario_expect_count (run, run->server, "Range | If-Range: \"a\"", n - 1, n - 1);
  bobbin_scenario_expect (run, bobbin_download_get_state (run->also) == BOBBIN_STATE_FINISHED,
                          "Another download had to wait");
}

static const BobbinScenario scenarios[] = {
  /* Nothing comes. */
  { .name = "no-head", TWICE, RULES ({ "/file", 0, SCRIPT (HOLD) }), GIVEN_UP },
  { .name = "half-a-head",
    TWICE,
    RULES ({ "/file", 0, SCRIPT (RAW ("HTTP/1.1 200 OK\r\nContent-Le"), HOLD) }),
    GIVEN_UP },
  { .name = "no-body",
    TWICE,
    RULES ({ "/file", 0, SCRIPT (HEAD (HEAD_3000), HOLD) }),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (IO (TIMED_OUT), OWN (TOO_SLOW)) },
  { .name = "half-a-body",
    .timeout = 1,
    RULES ({ "/file", 1, SCRIPT (HEAD (HEAD_3000), BYTES (0, 1500), HOLD) }, { "/file", 0, .file = &file }),
    REQUESTS ("!Range", "Range: bytes=1500-* | If-Range: \"a\"") },
  { .name = "half-a-body-each-time",
    .timeout = 1,
    .tries = 2,
    RULES ({ "!Range", 0, SCRIPT (HEAD (HEAD_3000), BYTES (0, 1500), HOLD) }, { "Range", 0, SCRIPT (HOLD) }),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (IO (TIMED_OUT), OWN (TOO_SLOW)),
    .part = BOBBIN_SCENARIO_PART_KEPT,
    .most = 3 },
  { .name = "no-last-chunk",
    .timeout = 1,
    .tries = 1,
    RULES ({ "/file", 0, SCRIPT (HEAD ("200 OK\nTransfer-Encoding: chunked"), CHUNK (0, 3000), HOLD) }),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (IO (TIMED_OUT), OWN (TOO_SLOW)) },
  { .name = "nothing-after-redirect",
    TWICE,
    .link = "/start",
    RULES ({ "/start", 0, SCRIPT (HEAD ("302 Found\nLocation: /file\nContent-Length: 0")) },
           { "/file", 0, SCRIPT (HOLD) }),
    GIVEN_UP },

  /* It drips, so that no wait is ever long. */
  { .name = "head-drips",
    ONCE,
    RULES ({ "/file", 0, SCRIPT (RAW ("HTTP/1.1 200 OK\r\nX: "), REPEAT ("x", 1000, 200)) }),
    GIVEN_UP },
  { .name = "head-drips-in-lines",
    ONCE,
    RULES ({ "/file", 0, SCRIPT (RAW ("HTTP/1.1 200 OK\r\n"), REPEAT ("X: y\r\n", 1000, 200)) }),
    GIVEN_UP },
  { .name = "hints-drip",
    ONCE,
    RULES ({ "/file", 0, SCRIPT (REPEAT ("HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n", 1000, 200)) }),
    GIVEN_UP },
  { .name = "body-drips",
    .low_speed = 2000,
    .also = TRUE,
    .is_over = is_not_left_alone,
    RULES ({ "/file | !Range", 0, SCRIPT (HEAD (HEAD_MILLION), DRIP (0, 1000000, 10, 100)) },
           { "/file", 0, SCRIPT (HEAD ("503 Sorry\nContent-Length: 0")) }),
    .end = BOBBIN_SCENARIO_OPEN,
    .check = check_taken_up },
  { .name = "body-drips-with-nothing-new",
    .low_speed = 2000,
    .tries = 2,
    .also = TRUE,
    RULES ({ "/file | !Range", 0, SCRIPT (HEAD (HEAD_MILLION), DRIP (0, 1000000, 10, 100)) },
           { "/file", 0, SCRIPT (HEAD ("503 Sorry\nContent-Length: 0")) }),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (HTTP_STATUS)),
    .status = 503,
    .part = BOBBIN_SCENARIO_PART_KEPT,
    .most = 4 },
  { .name = "refusal-drips",
    ONCE,
    RULES ({ "/file", 0, SCRIPT (HEAD ("404 Not Found\nContent-Length: 100000"), REPEAT ("x", 1000, 200)) }),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (HTTP_STATUS)),
    .status = 404 },
  { .name = "trailer-drips",
    .timeout = 1,
    .tries = 1,
    .low_speed = 100,
    RULES ({ "/file", 0,
             SCRIPT (HEAD ("200 OK\nTransfer-Encoding: chunked"),
                     CHUNK (0, 3000),
                     RAW ("0\r\n"),
                     REPEAT ("X: y\r\n", 1000, 200)) }),
    .end = BOBBIN_SCENARIO_EITHER },

  /* Slow, but alive: not to be given up. */
  { .name = "slow-but-alive",
    .timeout = 2,
    .check = check_one,
    RULES ({ "/file", 0, SCRIPT (PAUSE (500), HEAD (HEAD_3000), DRIP (0, 3000, 600, 600)) }) },
  { .name = "fast-enough",
    .timeout = 2,
    .low_speed = 100,
    .low_speed_time = 2,
    .check = check_one,
    RULES ({ "/file", 0, SCRIPT (HEAD (HEAD_3000), DRIP (0, 3000, 100, 100)) }) },
  { .name = "over-but-open",
    .timeout = 100,
    .check = check_one,
    RULES ({ "/file", 0, SCRIPT (HEAD (HEAD_3000), BYTES (0, 3000), HOLD) }) },
};

int
main (int argc, char *argv[])
{
  return bobbin_scenario_main (argc, argv, "stalls", scenarios, G_N_ELEMENTS (scenarios));
}
