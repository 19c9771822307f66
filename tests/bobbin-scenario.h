/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-fault-request.h"
#include "bobbin-fault-server.h"
#include "bobbin-settings.h"
#include "bobbin-test.h"

G_BEGIN_DECLS

/* Cases as data: what a server sends, and what has to come of it when a queue
 * downloads from there as it does for a person. */

/**
 * BOBBIN_SCENARIO_SIZE:
 *
 * Bytes of a file where a case says nothing else.
 */
#define BOBBIN_SCENARIO_SIZE 3000

/**
 * BOBBIN_SCENARIO_PART_SIZE:
 *
 * Bytes that a part of a file has at least where a case says nothing else.
 */
#define BOBBIN_SCENARIO_PART_SIZE (64 * 1024)

/**
 * BobbinScenarioEnd:
 * @BOBBIN_SCENARIO_DONE: finished, the file whole and right under its name
 * @BOBBIN_SCENARIO_FAILED: failed, with an error, and nothing under that name
 * @BOBBIN_SCENARIO_EITHER: one of these two
 * @BOBBIN_SCENARIO_PAUSED: paused, and nothing under that name
 * @BOBBIN_SCENARIO_NOT_DONE: failed or paused
 * @BOBBIN_SCENARIO_OPEN: not looked at, but never a wrong file
 *
 * How a download may end.
 */
typedef enum
{
  BOBBIN_SCENARIO_DONE,
  BOBBIN_SCENARIO_FAILED,
  BOBBIN_SCENARIO_EITHER,
  BOBBIN_SCENARIO_PAUSED,
  BOBBIN_SCENARIO_NOT_DONE,
  BOBBIN_SCENARIO_OPEN,
} BobbinScenarioEnd;

/**
 * BobbinScenarioPart:
 *
 * Whether a download that is not done leaves a part file.
 */
typedef enum
{
  BOBBIN_SCENARIO_PART_ANY,
  BOBBIN_SCENARIO_PART_KEPT,
  BOBBIN_SCENARIO_PART_NONE,
} BobbinScenarioPart;

typedef struct
{
  GQuark (*domain) (void);
  int code;
} BobbinScenarioError;

typedef struct _BobbinScenario BobbinScenario;

/**
 * BobbinScenarioRun:
 *
 * A case that is under way.
 */
typedef struct
{
  const BobbinScenario *scenario;
  BobbinFaultServer *server;
  BobbinFaultServer *other;
  BobbinQueue *queue;
  BobbinSettings *settings;
  char *folder;
  char *own_folder; /* of the case, not of the downloads */
  BobbinDownload *download;
  BobbinDownload *also;
  gint64 began;
  gint64 retry_at; /* the latest moment that a next try was told for, monotonic, 0 if none */
  gboolean failed;
} BobbinScenarioRun;

typedef void (*BobbinScenarioFunc) (BobbinScenarioRun *run);
typedef gboolean (*BobbinScenarioIsFunc) (BobbinScenarioRun *run);

/**
 * BobbinScenario:
 * @name: the case's own
 * @link: (nullable): path of the file, or a link with "@SELF@"; "/file" if %NULL
 * @rules: what the server answers, ended by an empty rule
 * @other: (nullable): what another one answers
 * @secure: whether the server speaks TLS, with a certificate that is trusted
 * @secure_unknown: the same, with one that is not
 * @trusted: whether the person trusts it all the same
 * @also: whether a second file of the server is downloaded, which has to come
 * @timeout: seconds, 0 for 10
 * @tries: 0 for 3
 * @parts: 0 for 4
 * @part_size: 0 for #BOBBIN_SCENARIO_PART_SIZE
 * @at_once: workers, 0 for 4
 * @per_host: connections, 0 for 6
 * @low_speed: bytes a second, 0 for no limit
 * @low_speed_time: seconds, 0 for 1
 * @sign_in: (nullable): "user:password" for the server's origin
 * @sign_in_host: (nullable): "host user password", as .netrc has it
 * @proxy: (nullable): the proxy's URI
 * @fields: (nullable): the link's own headers, name and value in turn
 * @pause_at: pauses when so many bytes are there, and resumes; 0 for never
 * @again: tries once more by hand when the download is over and not done
 * @meanwhile: (nullable): called before it goes on then
 * @is_over: (nullable): tells when it is over, if not when nothing is left to do
 * @end: how it ends
 * @errors: one of these if it fails; any if there are none
 * @status: the HTTP status that the error tells of, if it tells of one; 0 for any
 * @file: (nullable): the file's name, "file" if %NULL
 * @or_file: (nullable): a name that is right as well
 * @text: (nullable): what it holds
 * @text_size: bytes of @text, 0 if it is a string
 * @size: or its bytes, 0 for #BOBBIN_SCENARIO_SIZE,
 * @seed: and which
 * @or_seed: another content that is right as well, if not 0
 * @part: the part file, if it is not done
 * @names: (nullable): the names in the folder at the end, with " | " between
 * @requests: (nullable): patterns of the server's requests, in order; "..." at
 *   the end for any more
 * @others: (nullable): the same of the other server
 * @most: most requests to the server, 0 for 100
 * @check: (nullable): what else has to be
 *
 * A case.
 */
struct _BobbinScenario
{
  const char *name;
  const char *link;
  const BobbinFaultRule *rules;
  const BobbinFaultRule *other;
  gboolean secure;
  gboolean secure_unknown;
  gboolean trusted;
  gboolean also;

  guint timeout;
  guint tries;
  guint parts;
  goffset part_size;
  guint at_once;
  guint per_host;
  guint low_speed;
  guint low_speed_time;
  const char *sign_in;
  const char *sign_in_host;
  const char *proxy;
  const char *const *fields;

  goffset pause_at;
  gboolean again;
  BobbinScenarioFunc meanwhile;
  BobbinScenarioIsFunc is_over;

  BobbinScenarioEnd end;
  BobbinScenarioError errors[4];
  guint status;
  const char *file;
  const char *or_file;
  const char *text;
  goffset text_size;
  goffset size;
  guint seed;
  guint or_seed;
  BobbinScenarioPart part;
  const char *names;
  const char *const *requests;
  const char *const *others;
  guint most;
  BobbinScenarioFunc check;
};

/* For the tables. */
#define RULES(...)                                                                                           \
  .rules = (const BobbinFaultRule[])                                                                         \
  {                                                                                                          \
    __VA_ARGS__,                                                                                             \
    {                                                                                                        \
      NULL                                                                                                   \
    }                                                                                                        \
  }
#define OTHER(...)                                                                                           \
  .other = (const BobbinFaultRule[])                                                                         \
  {                                                                                                          \
    __VA_ARGS__,                                                                                             \
    {                                                                                                        \
      NULL                                                                                                   \
    }                                                                                                        \
  }
#define SERVE(...)                                                                                           \
  .file = &(const BobbinFaultFile)                                                                           \
  {                                                                                                          \
    __VA_ARGS__                                                                                              \
  }
#define SCRIPT(...)                                                                                          \
  .steps = (const BobbinFaultStep[])                                                                         \
  {                                                                                                          \
    __VA_ARGS__,                                                                                             \
    {                                                                                                        \
      BOBBIN_FAULT_STEP_NONE                                                                                 \
    }                                                                                                        \
  }
#define REQUESTS(...)                                                                                        \
  .requests = (const char *const[])                                                                          \
  {                                                                                                          \
    __VA_ARGS__, NULL                                                                                        \
  }
#define OTHERS(...)                                                                                          \
  .others = (const char *const[])                                                                            \
  {                                                                                                          \
    __VA_ARGS__, NULL                                                                                        \
  }
#define FIELDS(...)                                                                                          \
  .fields = (const char *const[])                                                                            \
  {                                                                                                          \
    __VA_ARGS__, NULL                                                                                        \
  }
#define ERRORS(...) .errors = { __VA_ARGS__ }
#define OWN(code_)                                                                                           \
  {                                                                                                          \
    bobbin_error_quark, BOBBIN_ERROR_##code_                                                                 \
  }
#define IO(code_)                                                                                            \
  {                                                                                                          \
    g_io_error_quark, G_IO_ERROR_##code_                                                                     \
  }
#define TLS(code_)                                                                                           \
  {                                                                                                          \
    g_tls_error_quark, G_TLS_ERROR_##code_                                                                   \
  }
#define RESOLVER(code_)                                                                                      \
  {                                                                                                          \
    g_resolver_error_quark, G_RESOLVER_ERROR_##code_                                                         \
  }

#define HEAD(text_)                                                                                          \
  {                                                                                                          \
    .kind = BOBBIN_FAULT_STEP_HEAD, .text = text_                                                            \
  }
#define RAW(text_)                                                                                           \
  {                                                                                                          \
    .kind = BOBBIN_FAULT_STEP_RAW, .text = text_                                                             \
  }
#define DATA(text_, n_)                                                                                      \
  {                                                                                                          \
    .kind = BOBBIN_FAULT_STEP_RAW, .text = text_, .n = n_                                                    \
  }
#define REPEAT(text_, n_, wait_)                                                                             \
  {                                                                                                          \
    .kind = BOBBIN_FAULT_STEP_REPEAT, .text = text_, .n = n_, .wait = wait_                                  \
  }
#define BYTES(first_, n_)                                                                                    \
  {                                                                                                          \
    .kind = BOBBIN_FAULT_STEP_BYTES, .first = first_, .n = n_                                                \
  }
#define BYTES_OF(seed_, first_, n_)                                                                          \
  {                                                                                                          \
    .kind = BOBBIN_FAULT_STEP_BYTES, .first = first_, .n = n_, .seed = seed_                                 \
  }
#define DRIP(first_, n_, piece_, wait_)                                                                      \
  {                                                                                                          \
    .kind = BOBBIN_FAULT_STEP_BYTES, .first = first_, .n = n_, .piece = piece_, .wait = wait_                \
  }
#define CHUNK(first_, n_)                                                                                    \
  {                                                                                                          \
    .kind = BOBBIN_FAULT_STEP_CHUNK, .first = first_, .n = n_                                                \
  }
#define LAST_CHUNK RAW ("0\r\n\r\n")
#define PAUSE(wait_)                                                                                         \
  {                                                                                                          \
    .kind = BOBBIN_FAULT_STEP_PAUSE, .wait = wait_                                                           \
  }
#define FIN                                                                                                  \
  {                                                                                                          \
    .kind = BOBBIN_FAULT_STEP_END, .end = BOBBIN_FAULT_CLOSE                                                 \
  }
#define RST                                                                                                  \
  {                                                                                                          \
    .kind = BOBBIN_FAULT_STEP_END, .end = BOBBIN_FAULT_RESET                                                 \
  }
#define HOLD                                                                                                 \
  {                                                                                                          \
    .kind = BOBBIN_FAULT_STEP_END, .end = BOBBIN_FAULT_HOLD                                                  \
  }

int bobbin_scenario_main (
    int argc, char *argv[], const char *area, const BobbinScenario *scenarios, gsize n_scenarios);

/* For the functions of cases. */
gboolean bobbin_scenario_expect (BobbinScenarioRun *run, gboolean is_so, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void bobbin_scenario_expect_count (
    BobbinScenarioRun *run, BobbinFaultServer *server, const char *pattern, guint least, guint most);
void bobbin_scenario_sign_in (BobbinScenarioRun *run, const char *user, const char *password);
char *bobbin_scenario_dup_part_path (BobbinScenarioRun *run) G_GNUC_WARN_UNUSED_RESULT;
gboolean bobbin_scenario_wait (BobbinScenarioRun *run, BobbinScenarioIsFunc is_so, const char *what);
gboolean bobbin_scenario_nothing_runs (BobbinScenarioRun *run);

G_END_DECLS
