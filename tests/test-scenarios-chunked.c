/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-scenario.h"

/* Bodies in chunks (RFC 9112, 7.1): only the last chunk says that all is there. */

#define CHUNKED "200 OK\nTransfer-Encoding: chunked"
#define TAGGED CHUNKED "\nETag: \"a\""
#define PLAIN(...) RULES ({ "/file", 0, SCRIPT (HEAD (CHUNKED), ##__VA_ARGS__) })
#define WITH_HEAD(head_, ...) RULES ({ "/file", 0, SCRIPT (HEAD (head_), ##__VA_ARGS__) })

/* However it ends: not as a file. Nothing held is worth keeping without a
 * validator, but it may be kept. */
#define NOT_DONE(...) .end = BOBBIN_SCENARIO_FAILED, .most = 6, ERRORS (__VA_ARGS__)
#define CUT NOT_DONE (OWN (TRUNCATED), OWN (BAD_ANSWER))
#define STUCK .timeout = 1, NOT_DONE (OWN (TRUNCATED), OWN (BAD_ANSWER), IO (TIMED_OUT))

static void
check_one_after_another (BobbinScenarioRun *run)
{
  bobbin_scenario_expect_count (run, run->server, "/file", 1, 1);
  bobbin_scenario_expect_count (run, run->server, "/also", 1, 1);
}

/* Who says two things of the body's end is not asked again on the connection. */
static void
check_connections (BobbinScenarioRun *run)
{
  bobbin_scenario_expect (run, bobbin_fault_server_get_n_connections (run->server) == 2, "%u connections",
                          bobbin_fault_server_get_n_connections (run->server));
}

static void
check_proven (BobbinScenarioRun *run)
{
  bobbin_scenario_expect (run, !bobbin_download_is_unproven (run->download), "Doubted without need");
}

static const BobbinFaultFile file = { .size = 3000, .etag = "\"a\"" };
static const BobbinFaultFile chunked = { .size = 200000, .etag = "\"a\"", .flaws = BOBBIN_FAULT_CHUNKED };
static const BobbinFaultFile chunked_cut = {
  .size = 200000, .etag = "\"a\"", .flaws = BOBBIN_FAULT_CHUNKED, .cut = 16384 * 3, .end = BOBBIN_FAULT_CLOSE
};

static const BobbinScenario scenarios[] = {
  { .name = "whole", PLAIN (CHUNK (0, 1000), CHUNK (1000, 2000), LAST_CHUNK), REQUESTS ("*") },
  { .name = "one-chunk", PLAIN (CHUNK (0, 3000), LAST_CHUNK), REQUESTS ("*") },
  { .name = "empty", PLAIN (LAST_CHUNK), .text = "", REQUESTS ("*") },
  { .name = "many-chunks", RULES ({ "/file", 0, .file = &chunked }), .size = 200000, REQUESTS ("*") },
  { .name = "chunks-of-one-byte",
    PLAIN (CHUNK (0, 1), CHUNK (1, 1), CHUNK (2, 1), CHUNK (3, 1), CHUNK (4, 1), LAST_CHUNK),
    .size = 5 },
  { .name = "then-closed",
    WITH_HEAD (CHUNKED "\nConnection: close", CHUNK (0, 1500), CHUNK (1500, 1500), LAST_CHUNK, FIN),
    .check = check_proven },
  { .name = "then-closed-unsaid", PLAIN (CHUNK (0, 1500), CHUNK (1500, 1500), LAST_CHUNK, FIN) },
  { .name = "in-pieces",
    PLAIN (RAW ("b"),
           PAUSE (20),
           RAW ("b8\r"),
           PAUSE (20),
           RAW ("\n"),
           DRIP (0, 3000, 700, 10),
           RAW ("\r"),
           PAUSE (20),
           RAW ("\n0\r\n\r"),
           PAUSE (20),
           RAW ("\n")) },
  { .name = "with-extensions",
    PLAIN (RAW ("bb8;name=\"a;b\";x\r\n"), BYTES (0, 3000), RAW ("\r\n0;last\r\n\r\n")) },
  { .name = "capitals-and-zeros", PLAIN (RAW ("0000BB8\r\n"), BYTES (0, 3000), RAW ("\r\n000\r\n\r\n")) },
  { .name = "blank-after-size",
    PLAIN (RAW ("bb8 \r\n"), BYTES (0, 3000), RAW ("\r\n0\r\n\r\n")),
    .end = BOBBIN_SCENARIO_EITHER },
  { .name = "line-feeds-alone",
    PLAIN (RAW ("bb8\n"), BYTES (0, 3000), RAW ("\n0\n\n"), FIN),
    .end = BOBBIN_SCENARIO_EITHER },

  /* What comes after the last chunk. */
  { .name = "trailers",
    .also = TRUE,
    .at_once = 1,
    PLAIN (CHUNK (0, 3000), RAW ("0\r\nFoo: 1\r\nServer-Timing: total;dur=12\r\n\r\n")),
    .check = check_one_after_another },
  { .name = "trailers-that-lie",
    .also = TRUE,
    .at_once = 1,
    PLAIN (CHUNK (0, 3000),
           RAW ("0\r\nContent-Length: 10\r\nETag: \"b\"\r\nContent-Disposition: attachment; "
                "filename=evil\r\n\r\n")),
    .check = check_one_after_another },
  { .name = "trailers-unfinished",
    PLAIN (CHUNK (0, 3000), RAW ("0\r\nFoo: 1\r\n"), FIN),
    .end = BOBBIN_SCENARIO_EITHER,
    .most = 6 },
  { .name = "final-line-missing",
    PLAIN (CHUNK (0, 3000), RAW ("0\r\n"), FIN),
    .end = BOBBIN_SCENARIO_EITHER,
    .most = 6 },
  { .name = "surplus-after-last-chunk",
    .also = TRUE,
    .at_once = 1,
    PLAIN (CHUNK (0, 3000), LAST_CHUNK, RAW ("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")) },

  /* Cut. */
  { .name = "cut-between-chunks", PLAIN (CHUNK (0, 3000), FIN), CUT },
  { .name = "cut-between-many-chunks", PLAIN (CHUNK (0, 1000), CHUNK (1000, 1000), PAUSE (20), FIN), CUT },
  { .name = "cut-after-size", PLAIN (CHUNK (0, 1000), RAW ("3e8\r\n"), FIN), CUT },
  { .name = "cut-in-size", PLAIN (CHUNK (0, 1000), RAW ("3e"), FIN), CUT },
  { .name = "cut-after-zero",
    PLAIN (CHUNK (0, 1000), RAW ("0"), FIN),
    .size = 1000,
    .end = BOBBIN_SCENARIO_EITHER,
    .most = 6 },
  { .name = "cut-in-chunk", PLAIN (RAW ("800\r\n"), BYTES (0, 1000), FIN), CUT },
  { .name = "cut-before-line-end", PLAIN (RAW ("3e8\r\n"), BYTES (0, 1000), FIN), CUT },
  { .name = "cut-before-first-chunk", PLAIN (FIN), CUT },
  { .name = "reset-between-chunks",
    PLAIN (CHUNK (0, 3000), RST),
    NOT_DONE (IO (CONNECTION_CLOSED), OWN (TRUNCATED)) },
  { .name = "cut-and-taken-up",
    RULES ({ "/file", 1, SCRIPT (HEAD (TAGGED), CHUNK (0, 1000), FIN) }, { "/file", 0, .file = &file }) },
  { .name = "cut-and-chunked-again",
    RULES ({ "/file", 1, .file = &chunked_cut }, { "/file", 0, .file = &chunked }),
    .size = 200000 },

  /* Sizes that are none. */
  { .name = "letters-for-size", PLAIN (CHUNK (0, 1000), RAW ("zz\r\n"), BYTES (1000, 1000), FIN), CUT },
  { .name = "letters-for-size-kept-open", PLAIN (CHUNK (0, 1000), RAW ("zz\r\n")), STUCK },
  { .name = "letters-for-first-size", PLAIN (RAW ("zz\r\n"), BYTES (0, 1000), FIN), CUT },
  { .name = "letters-after-size",
    PLAIN (CHUNK (0, 1000), RAW ("3e8zz\r\n"), BYTES (1000, 1000), RAW ("\r\n"), FIN),
    CUT },
  { .name = "negative-size", PLAIN (CHUNK (0, 1000), RAW ("-5\r\n"), BYTES (1000, 1000), FIN), CUT },
  { .name = "negative-zero", PLAIN (CHUNK (0, 1000), RAW ("-0\r\n\r\n")), CUT },
  { .name = "size-with-prefix", PLAIN (CHUNK (0, 1000), RAW ("0x0\r\n\r\n")), CUT },
  { .name = "blank-before-size",
    PLAIN (CHUNK (0, 1000), RAW (" 0\r\n\r\n")),
    .size = 1000,
    .end = BOBBIN_SCENARIO_EITHER,
    .most = 6 },
  { .name = "size-of-65-bits",
    PLAIN (CHUNK (0, 1000), RAW ("10000000000000000\r\n"), BYTES (1000, 1000), FIN),
    CUT },
  { .name = "size-of-64-bits",
    PLAIN (CHUNK (0, 1000), RAW ("ffffffffffffffff\r\n"), BYTES (1000, 1000), FIN),
    CUT },
  { .name = "size-of-63-bits",
    PLAIN (CHUNK (0, 1000), RAW ("7fffffffffffffff\r\n"), BYTES (1000, 1000), FIN),
    CUT },
  { .name = "size-missing", PLAIN (CHUNK (0, 1000), RAW ("\r\n"), BYTES (1000, 1000), FIN), CUT },
  { .name = "size-too-long",
    PLAIN (REPEAT ("0", 100000, 0), RAW ("\r\n\r\n"), FIN),
    .text = "",
    .end = BOBBIN_SCENARIO_EITHER,
    .most = 6 },
  { .name = "chunk-longer-than-size",
    PLAIN (RAW ("3e8\r\n"), BYTES (0, 1100), RAW ("\r\n0\r\n\r\n"), FIN),
    CUT },
  { .name = "no-line-end-after-chunk", PLAIN (RAW ("3e8\r\n"), BYTES (0, 1000), RAW ("0\r\n\r\n")), STUCK },

  /* What else the head says. */
  { .name = "with-length",
    .also = TRUE,
    .at_once = 1,
    WITH_HEAD (CHUNKED "\nContent-Length: 10", CHUNK (0, 3000), LAST_CHUNK),
    .check = check_connections },
  { .name = "length-first",
    WITH_HEAD ("200 OK\nContent-Length: 10\nTransfer-Encoding: chunked", CHUNK (0, 3000), LAST_CHUNK) },
  { .name = "capitals", WITH_HEAD ("200 OK\nTransfer-Encoding: Chunked", CHUNK (0, 3000), LAST_CHUNK) },
  { .name = "chunked-twice",
    WITH_HEAD (CHUNKED "\nTransfer-Encoding: chunked", CHUNK (0, 3000), LAST_CHUNK) },
  { .name = "chunked-twice-in-a-list", WITH_HEAD (CHUNKED " ,chunked", CHUNK (0, 3000), LAST_CHUNK) },
  { .name = "identity-first",
    .also = TRUE,
    .at_once = 1,
    WITH_HEAD ("200 OK\nTransfer-Encoding: identity, Chunked", CHUNK (0, 3000), LAST_CHUNK),
    .check = check_one_after_another },
  { .name = "identity-first-cut",
    WITH_HEAD ("200 OK\nTransfer-Encoding: identity, chunked", CHUNK (0, 3000), FIN),
    CUT },
  { .name = "identity-first-with-length",
    WITH_HEAD ("200 OK\nContent-Length: 10\nTransfer-Encoding: identity, chunked",
               CHUNK (0, 3000),
               LAST_CHUNK) },
  { .name = "identity-in-a-field-of-its-own",
    WITH_HEAD ("200 OK\nTransfer-Encoding: identity\nTransfer-Encoding: chunked",
               CHUNK (0, 3000),
               LAST_CHUNK) },
  { .name = "identity-last-in-a-field-of-its-own",
    WITH_HEAD (CHUNKED "\nTransfer-Encoding: identity", CHUNK (0, 3000), LAST_CHUNK, FIN),
    NOT_DONE (OWN (BAD_ANSWER), OWN (TRUNCATED)) },
  { .name = "gzip-in-a-field-of-its-own",
    WITH_HEAD ("200 OK\nTransfer-Encoding: gzip\nTransfer-Encoding: chunked",
               CHUNK (0, 3000),
               LAST_CHUNK,
               FIN),
    NOT_DONE (OWN (BAD_ANSWER), OWN (TRUNCATED)) },
  { .name = "chunked-in-quotes",
    WITH_HEAD ("200 OK\nTransfer-Encoding: \"chunked\"", CHUNK (0, 3000), LAST_CHUNK, FIN),
    NOT_DONE (OWN (BAD_ANSWER), OWN (TRUNCATED)) },
  { .name = "chunked-with-parameter",
    WITH_HEAD (CHUNKED ";q=1", CHUNK (0, 3000), LAST_CHUNK, FIN),
    NOT_DONE (OWN (BAD_ANSWER), OWN (TRUNCATED)) },
  { .name = "identity-last",
    WITH_HEAD (CHUNKED ", identity", CHUNK (0, 3000), LAST_CHUNK, FIN),
    NOT_DONE (OWN (BAD_ANSWER), OWN (TRUNCATED)) },
  { .name = "gzip-first",
    WITH_HEAD ("200 OK\nTransfer-Encoding: gzip, chunked", CHUNK (0, 3000), LAST_CHUNK, FIN),
    NOT_DONE (OWN (BAD_ANSWER), OWN (TRUNCATED)) },
  { .name = "in-the-old-protocol",
    RULES ({ "/file", 0,
             SCRIPT (RAW ("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
                     CHUNK (0, 3000),
                     LAST_CHUNK,
                     FIN) }),
    .end = BOBBIN_SCENARIO_EITHER,
    .most = 6 },
};

int
main (int argc, char *argv[])
{
  return bobbin_scenario_main (argc, argv, "chunked", scenarios, G_N_ELEMENTS (scenarios));
}
