/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-store-batch.h"

G_BEGIN_DECLS

/**
 * BobbinStoreJob:
 *
 * Something to sync, and the thread that waits for the disk to do so.
 */
typedef struct _BobbinStoreJob BobbinStoreJob;

BobbinStoreJob *bobbin_store_job_start (GPtrArray *entries, GPtrArray *files, GMutex *mutex, GCond *wake)
    G_GNUC_WARN_UNUSED_RESULT;
void bobbin_store_job_end (BobbinStoreJob *self, BobbinStoreBatch *batch);

gboolean bobbin_store_job_is_done (const BobbinStoreJob *self);
gboolean bobbin_store_job_has (const BobbinStoreJob *self, guint64 id);
gboolean bobbin_store_job_has_older (const BobbinStoreJob *self, guint64 serial);

G_END_DECLS
