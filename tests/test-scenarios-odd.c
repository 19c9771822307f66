/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-scenario.h"

/* What no server should say, and some do. */

#define OK "200 OK\nContent-Length: 3000"
#define ANSWER(...) RULES ({ "/file", 0, SCRIPT (__VA_ARGS__) })
#define WHOLE(head_) ANSWER (HEAD (head_), BYTES (0, 3000))
#define LED(to_)                                                                                             \
  RULES ({ "/start", 0, SCRIPT (HEAD ("302 Found\nContent-Length: 0\nLocation: " to_)) },                    \
         { "/file*", 0, .file = &file })
#define NO_FILE(...) .end = BOBBIN_SCENARIO_FAILED, .part = BOBBIN_SCENARIO_PART_NONE, ERRORS (__VA_ARGS__)
#define STATUS(status_) NO_FILE (OWN (HTTP_STATUS)), .status = status_
#define BUSY_FOR(text_)                                                                                      \
  RULES ({ "/file", 1, SCRIPT (HEAD ("503 Busy\nContent-Length: 4\nRetry-After: " text_), RAW ("busy")) },   \
         { "/file", 0, .file = &file })
/* The first 1000 bytes of a file, and then the given answer to whoever wants the rest. */
#define CUT_THEN(tag_, ...)                                                                                  \
  RULES ({ "/file", 1, SCRIPT (HEAD (OK "\nETag: " tag_), BYTES (0, 1000), FIN) },                           \
         { "Range", 1, SCRIPT (__VA_ARGS__) }, { "/file", 0, .file = &file })

static const BobbinFaultFile file = { .size = 3000, .etag = "\"a\"" };

static void
check_plain (BobbinScenarioRun *run)
{
  bobbin_scenario_expect_count (run, run->server, "Authorization", 0, 0);
}

static void
check_unproven (BobbinScenarioRun *run)
{
  bobbin_scenario_expect (run, bobbin_download_is_unproven (run->download), "Called whole without proof");
}

static const BobbinScenario scenarios[] = {
  /* Before the answer. */
  { .name = "hints-many-times",
    ANSWER (HEAD ("103 Early Hints\nLink: </a>"),
            HEAD ("103 Early Hints\nLink: </b>"),
            HEAD ("102 Processing"),
            HEAD ("103 Early Hints\nContent-Length: 7"),
            HEAD (OK),
            BYTES (0, 3000)) },
  { .name = "continue-unasked", ANSWER (HEAD ("100 Continue"), HEAD (OK), BYTES (0, 3000)) },
  { .name = "hint-with-chunks",
    ANSWER (HEAD ("103 Early Hints\nTransfer-Encoding: chunked"), HEAD (OK), BYTES (0, 3000)) },
  { .name = "empty-lines-before",
    ANSWER (RAW ("\r\n\r\n"), HEAD (OK), BYTES (0, 3000)),
    .end = BOBBIN_SCENARIO_EITHER,
    .most = 6 },

  /* Heads. */
  { .name = "folded-name",
    WHOLE (OK "\nContent-Disposition: attachment;\n filename=\"folded.bin\""),
    .file = "folded.bin",
    .or_file = "file" },
  { .name = "zero-in-name",
    ANSWER (DATA ("HTTP/1.1 200 OK\r\nContent-Length: 3000\r\nContent-Disposition: attachment; "
                  "filename=a\0b\r\n\r\n",
                  85),
            BYTES (0, 3000)),
    .end = BOBBIN_SCENARIO_OPEN },
  { .name = "no-reason", WHOLE ("200\nContent-Length: 3000") },
  { .name = "long-reason", WHOLE ("200 Found it after all\nContent-Length: 3000") },
  { .name = "field-without-value",
    WHOLE (OK "\nETag:\nLast-Modified:\nContent-Disposition:\nContent-Type:") },
  { .name = "fields-twice", WHOLE (OK "\nETag: \"a\"\nETag: \"b\"\nContent-Type: a/b\nContent-Type: c/d") },
  { .name = "etag-without-quotes", WHOLE (OK "\nETag: a") },
  { .name = "dates-that-are-none", WHOLE (OK "\nDate: now\nLast-Modified: Sun, 99 Nov 1994 08:49:37 GMT") },
  { .name = "date-of-old", WHOLE (OK "\nLast-Modified: Mon, 01 Jan 0001 00:00:00 GMT") },
  { .name = "date-far-ahead", WHOLE (OK "\nLast-Modified: Fri, 31 Dec 9999 23:59:59 GMT") },
  { .name = "digest-that-is-none",
    WHOLE (OK "\nRepr-Digest: sha-256=:!!:\nContent-MD5: x\nDigest: sha-256=") },
  { .name = "digest-of-unknown-kind", WHOLE (OK "\nRepr-Digest: crc32c=:AAAAAA==:") },
  { .name = "digest-that-differs",
    WHOLE (OK "\nRepr-Digest: sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (CHECKSUM)),
    .part = BOBBIN_SCENARIO_PART_KEPT },
  { .name = "upgrade-offered", WHOLE (OK "\nUpgrade: h2c\nConnection: Upgrade") },
  { .name = "switched",
    ANSWER (HEAD ("101 Switching Protocols\nUpgrade: x\nConnection: Upgrade"), BYTES (0, 3000), FIN),
    .timeout = 1,
    .end = BOBBIN_SCENARIO_FAILED,
    .most = 6 },
  { .name = "newer-protocol",
    ANSWER (RAW ("HTTP/1.9 200 OK\r\nContent-Length: 3000\r\n\r\n"), BYTES (0, 3000)),
    .end = BOBBIN_SCENARIO_EITHER,
    .most = 6 },

  /* Statuses. */
  { .name = "not-modified-unasked", ANSWER (HEAD ("304 Not Modified\nETag: \"a\"")), STATUS (304) },
  { .name = "not-modified-with-length",
    ANSWER (HEAD ("304 Not Modified\nContent-Length: 3000")),
    STATUS (304) },
  { .name = "no-content-with-body",
    .also = TRUE,
    ANSWER (HEAD ("204 No Content\nContent-Length: 3000"), BYTES (0, 3000), FIN),
    NO_FILE (OWN (NO_CONTENT), OWN (BAD_ANSWER)) },
  { .name = "part-unasked-of-another-unit",
    ANSWER (HEAD ("206 Partial Content\nContent-Length: 3000\nContent-Range: lines 0-2999/3000"),
            BYTES (0, 3000)),
    NO_FILE (OWN (BAD_ANSWER), OWN (RANGE_REFUSED)) },
  { .name = "parts-unasked",
    ANSWER (HEAD (
                "206 Partial Content\nContent-Type: multipart/byteranges; boundary=x\nContent-Length: 3000"),
            BYTES (0, 3000)),
    NO_FILE (OWN (BAD_ANSWER), OWN (RANGE_REFUSED)) },
  { .name = "unsatisfiable-unasked",
    ANSWER (HEAD ("416 Range Not Satisfiable\nContent-Range: bytes */3000\nContent-Length: 0")),
    STATUS (416) },
  { .name = "unknown-success", WHOLE ("299 Fine\nContent-Length: 3000"), .end = BOBBIN_SCENARIO_EITHER },
  { .name = "unknown-failure", ANSWER (HEAD ("799 No\nContent-Length: 0")), .end = BOBBIN_SCENARIO_FAILED },
  { .name = "status-of-two-digits",
    ANSWER (RAW ("HTTP/1.1 20 OK\r\nContent-Length: 3000\r\n\r\n"), BYTES (0, 3000), FIN),
    .end = BOBBIN_SCENARIO_FAILED,
    .most = 6 },

  /* Waits. */
  { .name = "busy-with-body-negative", BUSY_FOR ("-5"), .most = 2 },
  { .name = "busy-in-words", BUSY_FOR ("soon"), .most = 2 },
  { .name = "busy-until-a-date-in-the-past", BUSY_FOR ("Sun, 06 Nov 1994 08:49:37 GMT"), .most = 2 },
  { .name = "busy-for-a-fraction", BUSY_FOR ("0.5"), .most = 2 },
  { .name = "busy-twice-told", BUSY_FOR ("0\nRetry-After: 0"), .most = 2 },

  /* Ways. */
  { .name = "to-a-fragment", .link = "/start", LED ("/file#part?x"), REQUESTS ("/start", "/file") },
  { .name = "to-a-user",
    .link = "/start",
    LED ("http://me:opensesame@127.0.0.1:@PORT@/file"),
    .check = check_plain },
  { .name = "to-a-script", .link = "/start", LED ("javascript:alert(1)"), NO_FILE (OWN (BAD_REDIRECT)) },
  { .name = "to-a-blank", .link = "/start", LED (" /file "), .end = BOBBIN_SCENARIO_EITHER },
  { .name = "to-another-scheme-in-capitals",
    .link = "/start",
    LED ("FILE:///etc/passwd"),
    NO_FILE (OWN (BAD_REDIRECT)) },
  { .name = "to-no-host", .link = "/start", LED ("http:///file"), NO_FILE (OWN (BAD_REDIRECT)) },
  { .name = "to-port-zero",
    .link = "/start",
    LED ("http://127.0.0.1:0/file"),
    .end = BOBBIN_SCENARIO_FAILED },
  { .name = "to-two-places",
    .link = "/start",
    LED ("/file\nLocation: http://127.0.0.1:1/other"),
    .end = BOBBIN_SCENARIO_EITHER },

  /* The rest of a file. */
  { .name = "rest-in-another-unit",
    CUT_THEN (
        "\"a\"",
        HEAD ("206 Partial Content\nETag: \"a\"\nContent-Range: items 1000-2999/3000\nContent-Length: 2000"),
        BYTES_OF (1, 0, 2000)) },
  { .name = "rest-with-weak-etag",
    CUT_THEN (
        "\"a\"",
        HEAD (
            "206 Partial Content\nETag: W/\"a\"\nContent-Range: bytes 1000-2999/3000\nContent-Length: 2000"),
        BYTES_OF (1, 1000, 2000)) },
  { .name = "whole-with-range-told",
    CUT_THEN ("\"a\"",
              HEAD ("200 OK\nETag: \"a\"\nContent-Range: bytes 1000-2999/3000\nContent-Length: 3000"),
              BYTES (0, 3000)) },
  { .name = "rest-as-whole-of-the-rest",
    CUT_THEN ("\"a\"", HEAD ("200 OK\nETag: \"a\"\nContent-Length: 2000"), BYTES (1000, 2000)),
    .end = BOBBIN_SCENARIO_OPEN },
  { .name = "rest-is-no-content",
    CUT_THEN ("\"a\"", HEAD ("204 No Content")),
    .end = BOBBIN_SCENARIO_EITHER,
    .part = BOBBIN_SCENARIO_PART_ANY },

  /* Ends. */
  { .name = "reset-after-the-last-byte", ANSWER (HEAD (OK), BYTES (0, 3000), RST) },
  { .name = "closed-early-though-kept",
    ANSWER (HEAD (OK "\nConnection: keep-alive"), BYTES (0, 2999), FIN),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (TRUNCATED)),
    .most = 6 },
  /* libsoup asks no server for a goodbye, since too many give none; so whoever
   * tells no length either gets a mark. */
  { .name = "secure-cut-without-goodbye",
    .secure = TRUE,
    ANSWER (HEAD ("200 OK\nConnection: close"), BYTES (0, 3000), RST),
    .check = check_unproven },
  { .name = "secure-length-known-cut",
    .secure = TRUE,
    ANSWER (HEAD (OK), BYTES (0, 1000), RST),
    .end = BOBBIN_SCENARIO_FAILED,
    .most = 6 },
  { .name = "chunks-with-huge-extension",
    ANSWER (HEAD ("200 OK\nTransfer-Encoding: chunked"),
            RAW ("bb8;"),
            REPEAT ("x", 15000, 0),
            RAW ("\r\n"),
            BYTES (0, 3000),
            RAW ("\r\n0\r\n\r\n")) },
  { .name = "chunks-with-too-huge-extension",
    ANSWER (HEAD ("200 OK\nTransfer-Encoding: chunked"),
            RAW ("bb8;"),
            REPEAT ("x", 20000, 0),
            RAW ("\r\n"),
            BYTES (0, 3000),
            RAW ("\r\n0\r\n\r\n"),
            FIN),
    .end = BOBBIN_SCENARIO_FAILED,
    .most = 6 },
};

int
main (int argc, char *argv[])
{
  return bobbin_scenario_main (argc, argv, "odd", scenarios, G_N_ELEMENTS (scenarios));
}
