/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-download.h"
#include "bobbin-run.h"

G_BEGIN_DECLS

/**
 * BOBBIN_CLI_SEPARATOR:
 *
 * Stands between the parts of a line.
 */
#define BOBBIN_CLI_SEPARATOR " · "

/**
 * BobbinCliTally:
 * @links: how many links there are to download
 * @finished: how many of them finished
 * @failed: how many failed
 * @skipped: how many were not downloaded, since their file or their name is
 *   there already
 * @no_links: how much of what was given is no link to download
 *
 * What came of the links until now.
 */
typedef struct
{
  guint links;
  guint finished;
  guint failed;
  guint skipped;
  guint no_links;
} BobbinCliTally;

char *bobbin_cli_line_dup_name (BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_line_dup_link (BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;

char *bobbin_cli_line_for_link (const BobbinLink *link) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_line_for_finished (BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_line_for_failed (BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_line_for_retry (BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_line_for_skipped (const char *name, const char *reason) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_line_for_n_skipped (guint n) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_line_for_tally (const BobbinCliTally *tally) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_line_for_run (const BobbinRun *run, const BobbinCliTally *tally) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_line_for_elapsed (const BobbinRun *run) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
