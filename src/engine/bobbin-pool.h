/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-mailbox.h"
#include "bobbin-transfer.h"

G_BEGIN_DECLS

/**
 * BobbinPool:
 *
 * The workers: a #GThreadPool whose threads run transfers, each with an HTTP
 * side and a buffer that are its own while it works. Main thread.
 */
typedef struct _BobbinPool BobbinPool;

BobbinPool *bobbin_pool_new (guint n_workers, BobbinMailbox *mailbox) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_pool_free (BobbinPool *self);

void bobbin_pool_set_n_workers (BobbinPool *self, guint n_workers);
void bobbin_pool_push (BobbinPool *self, BobbinTransfer *transfer);
void bobbin_pool_trim (BobbinPool *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinPool, bobbin_pool_free)

G_END_DECLS
