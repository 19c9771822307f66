/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-scenario.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* Answers without measure, and such that are none. */

/* Two files as gzip packs them, both one line long. */
#define PACKED                                                                                               \
  "\037\213\010\000\000\000\000\000\002\377\363\115\314\253\124\310\110\314\113\051\126\310\115\314"         \
  "\116\125\310\311\114\317\050\121\050\317\057\312\326\343\002\000\051\277\175\020\034\000\000\000"
#define PACKED_TOO                                                                                           \
  "\037\213\010\000\000\000\000\000\002\377\013\311\317\127\310\115\314\253\124\110\316\317\317\056"         \
  "\126\050\056\310\317\314\121\050\311\110\125\110\052\312\057\311\320\343\002\000\152\355\307\261"         \
  "\040\000\000\000"
#define PACKED_SIZE ((goffset) sizeof PACKED - 1)
#define BOTH_SIZE ((goffset) sizeof (PACKED PACKED_TOO) - 1)

#define ANSWER(...) RULES ({ "*", 0, SCRIPT (__VA_ARGS__) })
#define NO_ANSWER .end = BOBBIN_SCENARIO_FAILED, .part = BOBBIN_SCENARIO_PART_NONE, .most = 6
#define NOT_HTTP(name_, text_)                                                                               \
  {                                                                                                          \
    .name = name_, .timeout = 1, .tries = 1, .also = TRUE,                                                   \
    RULES ({ "/file", 0, SCRIPT (RAW (text_), BYTES (0, 3000), FIN) }), NO_ANSWER                            \
  }

/* More bytes than 32 bits can count, of which only some are ever there. */
#define HUGE_SIZE G_GINT64_CONSTANT (12000000000)
#define SOME 65536

static const BobbinFaultFile file = { .size = 3000, .etag = "\"a\"" };

static gboolean
has_far_bytes (BobbinScenarioRun *run)
{
  return bobbin_download_get_state (run->download) == BOBBIN_STATE_FAILED
         || bobbin_download_get_received (run->download) >= 4096 + SOME;
}

static goffset
far_offset (BobbinScenarioRun *run)
{
  goffset first = 0;
  goffset end;

  for (guint i = 0; i < bobbin_fault_server_get_n_requests (run->server); i++)
    {
      g_autofree char *head = bobbin_fault_server_dup_request (run->server, i);

      if (bobbin_fault_request_get_range (head, &first, &end))
        break;
    }
  return first;
}

/* Bytes from beyond 4 GiB are written beyond 4 GiB. */
static void
check_far_bytes (BobbinScenarioRun *run)
{
  g_autofree char *path = bobbin_scenario_dup_part_path (run);
  guint8 found[SOME] = { 0 };
  guint8 expected[SOME];
  goffset first = far_offset (run);
  FILE *stream;

  bobbin_queue_pause (run->queue, run->download);
  bobbin_scenario_wait (run, bobbin_scenario_nothing_runs, "for the pause");
  if (g_error_matches (bobbin_download_get_error (run->download), G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    {
      g_test_skip ("The disk is too small");
      return;
    }
  bobbin_scenario_expect (run, first > G_MAXUINT32, "Asked for bytes from %" G_GOFFSET_FORMAT, first);
  bobbin_fault_bytes_fill (expected, SOME, first, 0);
  stream = g_fopen (path, "re");
  if (!bobbin_scenario_expect (run, stream != NULL, "No part file"))
    return;
  g_assert_cmpint (fseeko (stream, first, SEEK_SET), ==, 0);
  bobbin_scenario_expect (run, fread (found, 1, SOME, stream) == SOME && memcmp (found, expected, SOME) == 0,
                          "Other bytes at %" G_GOFFSET_FORMAT, first);
  fclose (stream);
}

static const BobbinScenario scenarios[] = {
  /* Heads. */
  { .name = "long-line",
    ANSWER (RAW ("HTTP/1.1 200 OK\r\nX: "),
            REPEAT ("0123456789abcdef", 12500, 0),
            RAW ("\r\nContent-Length: 3000\r\n\r\n"),
            BYTES (0, 3000)),
    .tries = 1,
    NO_ANSWER },
  { .name = "many-lines",
    ANSWER (RAW ("HTTP/1.1 200 OK\r\n"),
            REPEAT ("X-Line: 0123456789abcdef\r\n", 10000, 0),
            RAW ("Content-Length: 3000\r\n\r\n"),
            BYTES (0, 3000)),
    .tries = 1,
    NO_ANSWER },
  { .name = "long-status",
    ANSWER (RAW ("HTTP/1.1 200 "),
            REPEAT ("OK", 100000, 0),
            RAW ("\r\nContent-Length: 3000\r\n\r\n"),
            BYTES (0, 3000)),
    .tries = 1,
    NO_ANSWER },
  { .name = "endless-line",
    .timeout = 3,
    .tries = 1,
    ANSWER (RAW ("HTTP/1.1 200 OK\r\nX: "), REPEAT ("0123456789abcdef0123456789abcdef", 10000000, 0)),
    NO_ANSWER },
  { .name = "endless-lines",
    .timeout = 3,
    .tries = 1,
    ANSWER (RAW ("HTTP/1.1 200 OK\r\n"), REPEAT ("X-Line: 0123456789abcdef\r\n", 10000000, 0)),
    NO_ANSWER },
  { .name = "endless-without-any-line",
    .timeout = 3,
    .tries = 1,
    ANSWER (REPEAT ("0123456789abcdef0123456789abcdef", 10000000, 0)),
    NO_ANSWER },
  { .name = "fair-head",
    ANSWER (RAW ("HTTP/1.1 200 OK\r\n"),
            REPEAT ("X-Line: 0123456789abcdef\r\n", 200, 0),
            RAW ("Content-Length: 3000\r\n\r\n"),
            BYTES (0, 3000)) },
  { .name = "line-feeds-alone",
    ANSWER (RAW ("HTTP/1.1 200 OK\nContent-Length: 3000\n\n"), BYTES (0, 3000)),
    .end = BOBBIN_SCENARIO_EITHER },
  { .name = "folded-line",
    ANSWER (HEAD ("200 OK\nX: a\n b\nContent-Length: 3000"), BYTES (0, 3000)),
    .end = BOBBIN_SCENARIO_EITHER },
  { .name = "folded-length",
    .tries = 1,
    ANSWER (HEAD ("200 OK\nContent-Length:\n 3000"), BYTES (0, 3000), FIN),
    .end = BOBBIN_SCENARIO_EITHER },
  { .name = "blank-before-colon",
    .tries = 1,
    ANSWER (HEAD ("200 OK\nContent-Length : 3000"), BYTES (0, 3000), FIN),
    .end = BOBBIN_SCENARIO_EITHER },
  { .name = "line-without-colon",
    .tries = 1,
    ANSWER (HEAD ("200 OK\nNonsense\nContent-Length: 3000"), BYTES (0, 3000)),
    .end = BOBBIN_SCENARIO_EITHER },
  { .name = "zero-in-head",
    .tries = 1,
    ANSWER (DATA ("HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 3000\r\n\r\n", 49), BYTES (0, 3000), FIN),
    .end = BOBBIN_SCENARIO_EITHER },
  { .name = "head-of-no-lines", ANSWER (RAW ("HTTP/1.1 200 OK\r\n\r\n"), BYTES (0, 3000), FIN) },

  /* Hints before the answer. */
  { .name = "some-hints",
    ANSWER (REPEAT ("HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n", 3, 0),
            HEAD ("200 OK\nContent-Length: 3000"),
            BYTES (0, 3000)) },
  { .name = "all-kinds-of-hints",
    ANSWER (RAW ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"),
            RAW ("HTTP/1.1 199 Whatever\r\nContent-Length: 7\r\n\r\n"),
            HEAD ("200 OK\nContent-Length: 3000"),
            BYTES (0, 3000)) },
  { .name = "endless-hints",
    .timeout = 2,
    .tries = 1,
    ANSWER (REPEAT ("HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n", 10000000, 0)),
    NO_ANSWER },
  { .name = "hints-alone",
    .timeout = 1,
    .tries = 1,
    ANSWER (RAW ("HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n"), FIN),
    NO_ANSWER },
  { .name = "other-protocol",
    .timeout = 1,
    .tries = 1,
    ANSWER (RAW ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"), BYTES (0, 3000), FIN),
    NO_ANSWER },

  /* No answers at all. */
  NOT_HTTP ("no-head", ""),
  NOT_HTTP ("no-status", "Hello, here is your file\r\n\r\n"),
  NOT_HTTP ("no-number", "HTTP/1.1 OK\r\nContent-Length: 3000\r\n\r\n"),
  NOT_HTTP ("short-number", "HTTP/1.1 20 OK\r\nContent-Length: 3000\r\n\r\n"),
  NOT_HTTP ("long-number", "HTTP/1.1 2000 OK\r\nContent-Length: 3000\r\n\r\n"),
  NOT_HTTP ("number-of-nobody", "HTTP/1.1 999 OK\r\nContent-Length: 3000\r\n\r\n"),
  NOT_HTTP ("number-zero", "HTTP/1.1 000 OK\r\nContent-Length: 3000\r\n\r\n"),
  /* Radio stations answer so, and libsoup takes it for HTTP/1.0. */
  { .name = "radio",
    .tries = 1,
    ANSWER (RAW ("ICY 200 OK\r\nContent-Length: 3000\r\n\r\n"), BYTES (0, 3000), FIN),
    .end = BOBBIN_SCENARIO_EITHER },
  NOT_HTTP ("mail", "220 mail.example.org ESMTP\r\n"),
  NOT_HTTP ("shell", "SSH-2.0-OpenSSH_9.2\r\n"),
  NOT_HTTP ("request", "GET /file HTTP/1.1\r\nHost: x\r\n\r\n"),

  /* What the server has packed is kept as it is, and whole. */
  { .name = "packed",
    ANSWER (HEAD ("200 OK\nContent-Encoding: gzip\nContent-Length: 3000"), BYTES (0, 3000)) },
  { .name = "packed-and-cut",
    .tries = 2,
    ANSWER (HEAD ("200 OK\nContent-Encoding: gzip\nContent-Length: 48"), DATA (PACKED, 30), FIN),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (TRUNCATED)),
    .most = 6 },
  { .name = "packed-and-cut-in-chunks",
    .tries = 2,
    ANSWER (HEAD ("200 OK\nContent-Encoding: gzip\nTransfer-Encoding: chunked"),
            RAW ("1e\r\n"),
            DATA (PACKED, 30),
            RAW ("\r\n"),
            FIN),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (TRUNCATED), OWN (BAD_ANSWER)),
    .most = 6 },
  { .name = "packed-and-cut-without-length",
    .tries = 2,
    ANSWER (HEAD ("200 OK\nContent-Encoding: gzip\nConnection: close"), DATA (PACKED, 30), FIN),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (TRUNCATED), OWN (BAD_ANSWER)),
    .most = 6 },
  { .name = "packed-twice",
    .text = PACKED PACKED_TOO,
    .text_size = BOTH_SIZE,
    ANSWER (HEAD ("200 OK\nContent-Encoding: gzip\nConnection: close"),
            DATA (PACKED PACKED_TOO, BOTH_SIZE),
            FIN) },
  { .name = "packed-archive",
    .link = "/a.tar.gz",
    .file = "a.tar.gz",
    .text = PACKED,
    .text_size = PACKED_SIZE,
    ANSWER (HEAD ("200 OK\nContent-Type: application/x-gzip\nContent-Encoding: gzip\nConnection: close"),
            DATA (PACKED, PACKED_SIZE),
            FIN) },
  { .name = "packed-archive-of-any-kind",
    .link = "/a.tar.gz",
    .file = "a.tar.gz",
    .text = PACKED,
    .text_size = PACKED_SIZE,
    ANSWER (
        HEAD ("200 OK\nContent-Type: application/octet-stream\nContent-Encoding: x-gzip\nConnection: close"),
        DATA (PACKED, PACKED_SIZE),
        FIN) },
  { .name = "packed-archive-of-tar",
    .link = "/a.tar.gz",
    .file = "a.tar.gz",
    .text = PACKED,
    .text_size = PACKED_SIZE,
    ANSWER (HEAD ("200 OK\nContent-Type: application/x-tar\nContent-Encoding: gzip\nConnection: close"),
            DATA (PACKED, PACKED_SIZE),
            FIN) },

  /* Beyond 32 bits. */
  { .name = "far-bytes",
    .parts = 2,
    .timeout = 20,
    .is_over = has_far_bytes,
    RULES ({ "!Range", 0, SERVE (.size = HUGE_SIZE, .etag = "\"a\"", .cut = 4096, .end = BOBBIN_FAULT_HOLD) },
           { "Range", 0, SERVE (.size = HUGE_SIZE, .etag = "\"a\"", .cut = SOME, .end = BOBBIN_FAULT_HOLD) }),
    .end = BOBBIN_SCENARIO_OPEN,
    .check = check_far_bytes },
  { .name = "head-only-of-more",
    RULES ({ "/file", 1, SCRIPT (HEAD ("200 OK\nContent-Length: 12000000000"), FIN) },
           { "/file", 0, .file = &file }) },
};

int
main (int argc, char *argv[])
{
  return bobbin_scenario_main (argc, argv, "limits", scenarios, G_N_ELEMENTS (scenarios));
}
