/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-cli-options.h"
#include "bobbin-record.h"
#include "bobbin-store.h"

G_BEGIN_DECLS

/**
 * BobbinCliHistory:
 *
 * What earlier commands did, and others do at this moment, in the folder that
 * this one saves to. Main thread.
 */
typedef struct _BobbinCliHistory BobbinCliHistory;

BobbinCliHistory *bobbin_cli_history_open (void) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_cli_history_free (BobbinCliHistory *self);

BobbinStore *bobbin_cli_history_get_store (BobbinCliHistory *self);
GPtrArray *bobbin_cli_history_plan (BobbinCliHistory *self, const BobbinCliOptions *options, GPtrArray *links)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinCliHistory, bobbin_cli_history_free)

G_END_DECLS
