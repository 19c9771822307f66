/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-cli-lines.h"
#include "bobbin-cli-output.h"
#include "bobbin-queue.h"

G_BEGIN_DECLS

/**
 * BobbinCliProgress:
 *
 * The lines at the bottom of a terminal, on standard error: one for each active
 * download, one for each that waits for its next try, and one for the whole. Main thread.
 */
typedef struct _BobbinCliProgress BobbinCliProgress;

gboolean bobbin_cli_progress_is_possible (void);

BobbinCliProgress *bobbin_cli_progress_new (BobbinQueue *queue,
                                            const BobbinCliTally *tally,
                                            BobbinCliOutput *output) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_cli_progress_free (BobbinCliProgress *self);

void bobbin_cli_progress_changed (BobbinCliProgress *self, BobbinDownload *download);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinCliProgress, bobbin_cli_progress_free)

G_END_DECLS
