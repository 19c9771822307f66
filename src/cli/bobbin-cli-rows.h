/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-cli-lines.h"
#include "bobbin-queue.h"

G_BEGIN_DECLS

GPtrArray *bobbin_cli_rows_create (BobbinQueue *queue,
                                   const BobbinCliTally *tally,
                                   GPtrArray *shown,
                                   guint columns,
                                   guint rows) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
