/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-cli-input.h"
#include "bobbin-cli-lines.h"
#include "bobbin-download.h"
#include "bobbin-record.h"
#include "bobbin-run.h"

G_BEGIN_DECLS

const char *bobbin_cli_event_error_word (const GError *error);

char *bobbin_cli_event_added (guint id, const BobbinLink *link) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_event_started (guint id, BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_event_progress (guint id, BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_event_retry (guint id, BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_event_finished (guint id, BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_event_failed (guint id, BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_event_skipped (guint id, const BobbinLink *link, const char *reason, const char *file)
    G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_event_complaint (const BobbinCliComplaint *complaint) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_event_run (const BobbinRun *run, const BobbinCliTally *tally) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
