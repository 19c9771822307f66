/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-scenario.h"

/* Which failures are tried again, when, and how often. */

#define STATUS(text_) SCRIPT (HEAD (text_ "\nContent-Length: 6"), RAW ("Sorry."))
#define ONCE(text_) RULES ({ "/file", 1, STATUS (text_) }, { "/file", 0, .file = &file })
#define ALWAYS(text_) RULES ({ "/file", 0, STATUS (text_) })
#define LIMITED(name_, status_)                                                                              \
  {                                                                                                          \
    .name = name_, RULES ({ "/file", 0, STATUS (#status_ " Sorry") }), .also = TRUE,                         \
    .end = BOBBIN_SCENARIO_FAILED, ERRORS (OWN (HTTP_STATUS)), .status = status_,                            \
    .part = BOBBIN_SCENARIO_PART_NONE, .check = check_three                                                  \
  }
#define FINAL(name_, status_)                                                                                \
  {                                                                                                          \
    .name = name_, RULES ({ "/file", 0, STATUS (#status_ " Sorry") }), .also = TRUE,                         \
    .end = BOBBIN_SCENARIO_FAILED, ERRORS (OWN (HTTP_STATUS)), .status = status_,                            \
    .part = BOBBIN_SCENARIO_PART_NONE, .check = check_one                                                    \
  }
#define AT_ONCE(name_, text_)                                                                                \
  {                                                                                                          \
    .name = name_, ONCE ("503 Sorry\nRetry-After: " text_), .check = check_two                               \
  }

/* The longest wait that nobody is asked about. */
#define LONGEST (10 * 60 * G_TIME_SPAN_SECOND)

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

static void
check_three (BobbinScenarioRun *run)
{
  bobbin_scenario_expect_count (run, run->server, "/file", 3, 3);
}

/* It has waited as long as it was told, and has shown until when. */
static void
check_waited (BobbinScenarioRun *run)
{
  gint64 first;
  gint64 second;

  check_two (run);
  if (bobbin_fault_server_get_n_requests (run->server) < 2)
    return;
  first = bobbin_fault_server_get_request_time (run->server, 0);
  second = bobbin_fault_server_get_request_time (run->server, 1);
  bobbin_scenario_expect (run, second - first >= 990000, "Tried again after %" G_GINT64_FORMAT " us",
                          second - first);
  bobbin_scenario_expect (run, run->retry_at > 0, "It does not tell when it tries again");
}

/* A wait that is out of all proportion: over, for the time being, when nothing
 * is under way. */
static gboolean
is_put_off (BobbinScenarioRun *run)
{
  return bobbin_scenario_nothing_runs (run)
         && (bobbin_download_get_state (run->download) == BOBBIN_STATE_PAUSED
             || bobbin_download_get_error (run->download) != NULL || run->retry_at > 0);
}

static gboolean
is_put_off_or_done (BobbinScenarioRun *run)
{
  return is_put_off (run) || bobbin_download_get_state (run->download) == BOBBIN_STATE_FINISHED;
}

static void
expect_bounded (BobbinScenarioRun *run)
{
  bobbin_scenario_expect (run, run->retry_at <= g_get_monotonic_time () + LONGEST + G_TIME_SPAN_SECOND,
                          "It waits for ages");
}

static const BobbinScenario scenarios[] = {
  /* The server says when. */
  { .name = "busy-for-a-second", ONCE ("503 Sorry\nRetry-After: 1"), .check = check_waited },
  { .name = "busy-until-a-date", ONCE ("503 Sorry\nRetry-After: @SOON@"), .check = check_waited },
  { .name = "too-many-for-a-second", ONCE ("429 Too Many Requests\nRetry-After: 1"), .check = check_waited },
  { .name = "busy-for-ten-years",
    .again = TRUE,
    .is_over = is_put_off,
    .meanwhile = expect_bounded,
    ONCE ("503 Sorry\nRetry-After: 315360000"),
    .check = check_two },
  { .name = "too-many-for-ten-years",
    .again = TRUE,
    .is_over = is_put_off,
    .meanwhile = expect_bounded,
    ONCE ("429 Sorry\nRetry-After: 315360000"),
    .check = check_two },
  { .name = "busy-till-doomsday",
    .again = TRUE,
    .is_over = is_put_off,
    .meanwhile = expect_bounded,
    ONCE ("503 Sorry\nRetry-After: Fri, 31 Dec 9999 23:59:59 GMT"),
    .check = check_two },
  /* Too long to be a number, so that it may be taken for none. */
  { .name = "busy-for-65-bits",
    .is_over = is_put_off_or_done,
    ONCE ("503 Sorry\nRetry-After: 99999999999999999999"),
    .end = BOBBIN_SCENARIO_OPEN,
    .check = expect_bounded },
  AT_ONCE ("busy-for-nothing", "0"),
  AT_ONCE ("busy-until-yesterday", "Sun, 06 Nov 1994 08:49:37 GMT"),
  AT_ONCE ("busy-for-less-than-nothing", "-5"),
  AT_ONCE ("busy-till-soon", "soon"),
  AT_ONCE ("busy-till-never", ""),
  AT_ONCE ("busy-by-halves", "0.5"),

  /* Not worth another try. */
  FINAL ("bad-request", 400),
  FINAL ("sign-in-wanted", 401),
  FINAL ("forbidden", 403),
  FINAL ("not-found", 404),
  FINAL ("not-allowed", 405),
  FINAL ("gone", 410),
  FINAL ("too-long", 414),
  FINAL ("forbidden-by-law", 451),
  { .name = "missing-with-a-date",
    ALWAYS ("404 Sorry\nRetry-After: 1"),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (HTTP_STATUS)),
    .status = 404,
    .check = check_one },

  /* Worth some, but not for ever. */
  LIMITED ("server-error", 500),
  LIMITED ("bad-gateway", 502),
  LIMITED ("busy", 503),
  LIMITED ("gateway-timeout", 504),
  LIMITED ("request-timeout", 408),
  LIMITED ("too-many", 429),
  { .name = "one-try-only",
    .tries = 1,
    ALWAYS ("503 Sorry"),
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (OWN (HTTP_STATUS)),
    .status = 503,
    .check = check_one },
  { .name = "last-try-counts",
    RULES ({ "/file", 2, STATUS ("502 Sorry") }, { "/file", 0, .file = &file }),
    .check = check_three },
  { .name = "again-by-hand",
    .again = TRUE,
    RULES ({ "/file", 3, STATUS ("502 Sorry") }, { "/file", 0, .file = &file }),
    .most = 4 },
  { .name = "again-by-hand-after-missing", .again = TRUE, ONCE ("404 Sorry"), .check = check_two },
  { .name = "no-answer",
    RULES ({ "/file", 0, SCRIPT (FIN) }),
    .also = TRUE,
    .end = BOBBIN_SCENARIO_FAILED,
    .part = BOBBIN_SCENARIO_PART_NONE,
    .most = 6 },
  { .name = "no-answer-but-reset",
    RULES ({ "/file", 0, SCRIPT (RST) }),
    .also = TRUE,
    .end = BOBBIN_SCENARIO_FAILED,
    .part = BOBBIN_SCENARIO_PART_NONE,
    .most = 6 },
  { .name = "no-answer-once",
    RULES ({ "/file", 1, SCRIPT (FIN) }, { "/file", 0, .file = &file }),
    .most = 3 },
  { .name = "closed-between-answers",
    .also = TRUE,
    .at_once = 1,
    .tries = 1,
    RULES ({ "/file", 0, SCRIPT (HEAD ("200 OK\nContent-Length: 3000"), BYTES (0, 3000), FIN) }) },
  { .name = "reset-between-answers",
    .also = TRUE,
    .at_once = 1,
    .tries = 1,
    RULES (
        { "/file", 0, SCRIPT (HEAD ("200 OK\nContent-Length: 3000"), BYTES (0, 3000), PAUSE (50), RST) }) },

  /* Nobody there. */
  { .name = "refused",
    .link = "http://127.0.0.1:1/file",
    .also = TRUE,
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (IO (CONNECTION_REFUSED)),
    .part = BOBBIN_SCENARIO_PART_NONE },
  { .name = "unknown-host",
    .link = "http://nowhere.test/file",
    .also = TRUE,
    .end = BOBBIN_SCENARIO_FAILED,
    ERRORS (RESOLVER (NOT_FOUND), IO (HOST_NOT_FOUND)),
    .part = BOBBIN_SCENARIO_PART_NONE },
};

int
main (int argc, char *argv[])
{
  return bobbin_scenario_main (argc, argv, "retry", scenarios, G_N_ELEMENTS (scenarios));
}
