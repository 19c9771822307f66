/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-cli-options.h"
#include "bobbin-cli-output.h"
#include "bobbin-cli-results.h"

G_BEGIN_DECLS

/**
 * BobbinCliEnd:
 * @BOBBIN_CLI_END_DONE: all downloads ended
 * @BOBBIN_CLI_END_STOPPED: a signal asked to stop
 * @BOBBIN_CLI_END_UNREAD: nobody reads standard output any more
 *
 * Why a run is over.
 */
typedef enum
{
  BOBBIN_CLI_END_DONE,
  BOBBIN_CLI_END_STOPPED,
  BOBBIN_CLI_END_UNREAD,
} BobbinCliEnd;

BobbinCliEnd bobbin_cli_run (const BobbinCliOptions *options,
                             GPtrArray *links,
                             BobbinSettings *settings,
                             BobbinCliResults *results,
                             BobbinCliOutput *output);

G_END_DECLS
