/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-cli-input.h"
#include "bobbin-cli-lines.h"
#include "bobbin-cli-output.h"
#include "bobbin-queue.h"

G_BEGIN_DECLS

/**
 * BobbinCliResults:
 *
 * What is said about each link and, at the end, about the run: as lines for a
 * person or as JSON events, as they come or in the order given. Main thread.
 */
typedef struct _BobbinCliResults BobbinCliResults;

BobbinCliResults *bobbin_cli_results_new (const BobbinCliOptions *options, BobbinCliOutput *output)
    G_GNUC_WARN_UNUSED_RESULT;
void bobbin_cli_results_free (BobbinCliResults *self);

void bobbin_cli_results_tell_complaints (BobbinCliResults *self, GPtrArray *complaints);
void bobbin_cli_results_tell_input (BobbinCliResults *self, const BobbinCliInput *input);
void bobbin_cli_results_tell_nothing (BobbinCliResults *self);
void bobbin_cli_results_tell_list (BobbinCliResults *self, GPtrArray *links);
void bobbin_cli_results_begin (BobbinCliResults *self,
                               GPtrArray *links,
                               GPtrArray *plan,
                               GListModel *downloads);
void bobbin_cli_results_changed (BobbinCliResults *self, BobbinDownload *download);
void bobbin_cli_results_ended (BobbinCliResults *self, BobbinDownload *download);
void bobbin_cli_results_tell_run (BobbinCliResults *self, const BobbinRun *run);
void bobbin_cli_results_tell_stopped (BobbinCliResults *self, const BobbinRun *run, gboolean kept);

const BobbinCliTally *bobbin_cli_results_get_tally (BobbinCliResults *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinCliResults, bobbin_cli_results_free)

G_END_DECLS
