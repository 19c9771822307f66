/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-demo-server.h"

G_BEGIN_DECLS

/* What the tests of bobbin-cli share: the program as a process in a folder of
 * its own, beside the demo server.
 */

typedef struct
{
  BobbinDemoServer *server;
  char *folder; /* the process's current folder */
  char *home;   /* its home, with what it remembers */
} CliFixture;

typedef struct
{
  int status; /* exit status, minus the signal if it was killed by one */
  char *output;
  char *errors;
} CliResult;

typedef void (*CliTestFunc) (CliFixture *fixture, gconstpointer user_data);

void cli_test_add (const char *path, CliTestFunc test, gconstpointer user_data);

char *cli_test_dup_uri (CliFixture *fixture, const char *path) G_GNUC_WARN_UNUSED_RESULT;
char *cli_test_dup_path (CliFixture *fixture, const char *name) G_GNUC_WARN_UNUSED_RESULT;
void cli_test_write (CliFixture *fixture, const char *name, const char *text);
void cli_test_wait_for_file (CliFixture *fixture, const char *name, goffset size);
void cli_test_assert_bytes (CliFixture *fixture, const char *name, gsize size);
void cli_test_assert_names (CliFixture *fixture, const char *names);

const char *cli_test_get_program (void);
GSubprocessLauncher *cli_test_create_launcher (CliFixture *fixture, GSubprocessFlags flags)
    G_GNUC_WARN_UNUSED_RESULT;
GSubprocess *cli_test_start (CliFixture *fixture, ...) G_GNUC_WARN_UNUSED_RESULT G_GNUC_NULL_TERMINATED;
CliResult *cli_test_finish (GSubprocess *process, const char *input) G_GNUC_WARN_UNUSED_RESULT;
CliResult *cli_test_run (CliFixture *fixture, const char *input, ...)
    G_GNUC_WARN_UNUSED_RESULT G_GNUC_NULL_TERMINATED;
void cli_result_free (CliResult *result);

void cli_test_assert_match (const char *text, const char *pattern);
void cli_test_assert_no_match (const char *text, const char *pattern);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliResult, cli_result_free)

G_END_DECLS
