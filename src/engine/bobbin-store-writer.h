/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-store-batch.h"
#include "bobbin-store-session.h"

G_BEGIN_DECLS

/**
 * BobbinStoreWriter:
 *
 * The thread that writes what was put into a store.
 */
typedef struct _BobbinStoreWriter BobbinStoreWriter;

BobbinStoreWriter *bobbin_store_writer_new (BobbinStoreSession *session) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_store_writer_free (BobbinStoreWriter *self);
void bobbin_store_writer_close (BobbinStoreWriter *self);

const GError *bobbin_store_writer_get_error (BobbinStoreWriter *self);

void bobbin_store_writer_put (BobbinStoreWriter *self, GPtrArray *entries);
void bobbin_store_writer_put_run (BobbinStoreWriter *self, const BobbinRunRecord *run);
void bobbin_store_writer_put_timeline (BobbinStoreWriter *self, BobbinTimelineRecord *record);
gboolean bobbin_store_writer_flush (BobbinStoreWriter *self, GError **error);

G_END_DECLS
