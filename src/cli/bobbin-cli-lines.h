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

char *bobbin_cli_line_dup_name (BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_line_dup_link (BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;

char *bobbin_cli_line_for_link (const BobbinLink *link) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_line_for_finished (BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_line_for_failed (BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_line_for_run (const BobbinRun *run, guint n_downloads) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_line_for_elapsed (const BobbinRun *run) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
