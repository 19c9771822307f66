/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-scenario.h"

/* How a body's end is told, and where it is told wrongly. */

#define OK "200 OK\nContent-Length: "
#define PLAIN(text_, ...) RULES ({ "/file", 0, SCRIPT (HEAD (text_), ##__VA_ARGS__) })
#define BAD_LENGTH(name_, text_)                                                                             \
  {                                                                                                          \
    .name = name_, PLAIN ("200 OK\n" text_, BYTES (0, 3000), FIN), .end = BOBBIN_SCENARIO_FAILED,            \
    ERRORS (OWN (BAD_ANSWER)), .part = BOBBIN_SCENARIO_PART_NONE, .most = 3                                  \
  }

/* A connection that was told the end of one answer knows where the next begins. */
static void
check_one_after_another (BobbinScenarioRun *run)
{
  bobbin_scenario_expect_count (run, run->server, "/file", 1, 1);
  bobbin_scenario_expect_count (run, run->server, "/also", 1, 1);
}

static void
check_unproven (BobbinScenarioRun *run)
{
  bobbin_scenario_expect (run, bobbin_download_is_unproven (run->download), "Called whole without proof");
}

static void
check_proven (BobbinScenarioRun *run)
{
  bobbin_scenario_expect (run, !bobbin_download_is_unproven (run->download), "Doubted without need");
}

static const BobbinFaultFile file = { .size = 3000, .etag = "\"a\"" };

static const BobbinScenario scenarios[] = {
  { .name = "whole", PLAIN (OK "3000", BYTES (0, 3000)), REQUESTS ("!Range") },
  { .name = "in-single-bytes", PLAIN (OK "300", DRIP (0, 300, 1, 1)), .size = 300 },
  { .name = "empty", PLAIN (OK "0"), .text = "", REQUESTS ("*") },
  { .name = "blanks-around-length", PLAIN (OK "  3000 \t", BYTES (0, 3000)) },
  { .name = "zeros-before-length", PLAIN (OK "0003000", BYTES (0, 3000)) },
  { .name = "with-content-range", PLAIN (OK "3000\nContent-Range: bytes 0-9/10", BYTES (0, 3000)) },

  /* The end came too soon. */
  { .name = "cut-once",
    RULES ({ "/file", 1, SCRIPT (HEAD (OK "3000\nETag: \"a\""), BYTES (0, 1000), FIN) },
           { "/file", 0, .file = &file }),
    REQUESTS ("!Range | !If-Range", "Range: bytes=1000-* | If-Range: \"a\"") },
  { .name = "reset-once",
    RULES ({ "/file", 1, SCRIPT (HEAD (OK "3000\nETag: \"a\""), BYTES (0, 1000), RST) },
           { "/file", 0, .file = &file }),
    REQUESTS ("!Range | !If-Range", "Range: bytes=1000-* | If-Range: \"a\"") },
  { .name = "cut-each-time",
    RULES ({ "Range", 0,
             SCRIPT (HEAD ("206 Partial Content\nETag: \"a\"\nContent-Range: bytes 1000-2999/3000\n"
                           "Content-Length: 2000"),
                     FIN) },
           { "/file", 0, SCRIPT (HEAD (OK "3000\nETag: \"a\""), BYTES (0, 1000), FIN) }),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (TRUNCATED)),
    .part = BOBBIN_SCENARIO_PART_KEPT,
    .most = 4 },
  { .name = "reset-each-time",
    PLAIN (OK "6000", BYTES (0, 3000), RST),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (IO (CONNECTION_CLOSED), OWN (TRUNCATED)),
    .most = 4 },
  { .name = "cut-before-body",
    PLAIN (OK "3000", FIN),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (TRUNCATED)),
    .part = BOBBIN_SCENARIO_PART_NONE,
    .most = 3 },
  { .name = "cut-at-last-byte",
    PLAIN (OK "3000", BYTES (0, 2999), FIN),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (TRUNCATED)),
    .most = 4 },

  /* More than was announced. */
  { .name = "surplus", PLAIN (OK "1500", BYTES (0, 3000)), .size = 1500 },
  { .name = "surplus-that-looks-like-an-answer",
    .also = TRUE,
    .at_once = 1,
    .text = "good",
    /* In one piece: what comes later cannot be told from the next answer. */
    PLAIN (OK "4", RAW ("goodHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")),
    .check = check_one_after_another },
  { .name = "body-of-empty", PLAIN (OK "0", BYTES (0, 3000)), .text = "" },

  /* Ended by the end of the connection. */
  { .name = "until-close",
    PLAIN ("200 OK\nConnection: close", BYTES (0, 3000), FIN),
    .check = check_unproven },
  { .name = "until-close-unsaid",
    PLAIN ("200 OK\nServer: none", BYTES (0, 3000), FIN),
    .check = check_unproven },
  { .name = "until-close-empty", PLAIN ("200 OK\nConnection: close", FIN), .text = "" },
  { .name = "until-close-old",
    RULES ({ "/file", 0, SCRIPT (RAW ("HTTP/1.0 200 OK\r\nServer: none\r\n\r\n"), BYTES (0, 3000), FIN) }) },
  { .name = "until-reset",
    PLAIN ("200 OK\nConnection: close", BYTES (0, 3000), RST),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (IO (CONNECTION_CLOSED), OWN (TRUNCATED)),
    .most = 4 },
  { .name = "until-close-of-known-size",
    RULES ({ "/file", 1, SCRIPT (HEAD (OK "3000\nETag: \"a\""), BYTES (0, 1000), FIN) },
           { "/file", 0, SCRIPT (HEAD ("200 OK\nConnection: close\nETag: \"a\""), BYTES (0, 3000), FIN) }),
    .check = check_proven },
  { .name = "known-and-closed",
    PLAIN (OK "3000\nConnection: close", BYTES (0, 3000), FIN),
    .check = check_proven },
  { .name = "until-close-short-of-known-size",
    RULES ({ "/file", 1, SCRIPT (HEAD (OK "3000\nETag: \"a\""), BYTES (0, 1000), FIN) },
           { "/file", 0, SCRIPT (HEAD ("200 OK\nConnection: close\nETag: \"a\""), BYTES (0, 2000), FIN) }),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (TRUNCATED)),
    .most = 8 },

  /* Lengths that are none. */
  BAD_LENGTH ("negative-length", "Content-Length: -5"),
  BAD_LENGTH ("letters-in-length", "Content-Length: 12abc"),
  BAD_LENGTH ("hexadecimal-length", "Content-Length: 0xbb8"),
  BAD_LENGTH ("plus-before-length", "Content-Length: +3000"),
  BAD_LENGTH ("blank-in-length", "Content-Length: 30 00"),
  BAD_LENGTH ("fraction-of-length", "Content-Length: 3000.0"),
  BAD_LENGTH ("no-digits-in-length", "Content-Length: "),
  BAD_LENGTH ("comma-in-length", "Content-Length: 3000,10"),
  BAD_LENGTH ("two-lengths", "Content-Length: 3000\nContent-Length: 10"),
  BAD_LENGTH ("two-lengths-shorter-first", "Content-Length: 10\nContent-Length: 3000"),
  { .name = "same-length-twice", PLAIN (OK "3000\nContent-Length: 3000", BYTES (0, 3000)) },
  { .name = "same-length-in-a-list",
    .also = TRUE,
    .at_once = 1,
    PLAIN (OK "3000, 3000", BYTES (0, 3000)),
    .check = check_one_after_another },
  { .name = "same-length-in-lists", PLAIN (OK "3000 ,3000\nContent-Length: 03000", BYTES (0, 3000)) },
  BAD_LENGTH ("lengths-in-lists-that-differ", "Content-Length: 3000, 3000\nContent-Length: 3000, 10"),
  BAD_LENGTH ("negative-lengths-in-a-list", "Content-Length: -5, -5"),
  BAD_LENGTH ("list-of-one-length", "Content-Length: 3000,"),
  { .name = "same-length-in-a-list-after-1xx",
    RULES ({ "/file", 0,
             SCRIPT (HEAD ("103 Early Hints\nContent-Length: 10, 10"),
                     HEAD (OK "3000, 3000"),
                     BYTES (0, 3000)) }) },
  { .name = "length-of-65-bits",
    PLAIN (OK "40000000000000000000", BYTES (0, 3000), FIN),
    .end = BOBBIN_SCENARIO_EITHER },
  { .name = "length-of-63-bits",
    PLAIN (OK "9223372036854775807", BYTES (0, 3000), FIN),
    .end = BOBBIN_SCENARIO_NOT_DONE },
  { .name = "length-of-64-bits",
    PLAIN (OK "18446744073709551615", BYTES (0, 3000), FIN),
    .end = BOBBIN_SCENARIO_EITHER },

  /* More than any disk has. */
  { .name = "no-room",
    .also = TRUE,
    .timeout = 1,
    PLAIN (OK "10995116277760000", BYTES (0, 3000), HOLD),
    .end = BOBBIN_SCENARIO_NOT_DONE,
    ERRORS (IO (NO_SPACE)),
    .most = 1 },

  /* Nothing to save. */
  { .name = "no-content",
    PLAIN ("204 No Content"),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (NO_CONTENT)),
    .part = BOBBIN_SCENARIO_PART_NONE,
    REQUESTS ("*") },
  { .name = "reset-content",
    PLAIN ("205 Reset Content\nContent-Length: 0"),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (NO_CONTENT)),
    .part = BOBBIN_SCENARIO_PART_NONE,
    REQUESTS ("*") },

  /* A part where the whole was asked for. */
  { .name = "part-that-is-whole",
    PLAIN ("206 Partial Content\nContent-Range: bytes 0-2999/3000\nContent-Length: 3000", BYTES (0, 3000)),
    .end = BOBBIN_SCENARIO_EITHER },
  { .name = "part-unasked-for",
    PLAIN ("206 Partial Content\nContent-Range: bytes 0-999/3000\nContent-Length: 1000", BYTES (0, 1000)),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (BAD_ANSWER), OWN (RANGE_REFUSED)),
    .part = BOBBIN_SCENARIO_PART_NONE,
    .most = 3 },
};

int
main (int argc, char *argv[])
{
  return bobbin_scenario_main (argc, argv, "length", scenarios, G_N_ELEMENTS (scenarios));
}
