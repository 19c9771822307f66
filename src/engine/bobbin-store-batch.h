/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-store-database.h"

G_BEGIN_DECLS

/**
 * BobbinStoreEntry:
 * @id: the download
 * @serial: the how-many-th put or removal it is
 * @record: (nullable): what to write, %NULL to remove the download
 * @part_fd: the part file to be synced before, -1 if none
 * @lost: whether that sync failed
 *
 * One thing to write.
 */
typedef struct
{
  guint64 id;
  guint64 serial;
  BobbinRecord *record;
  int part_fd;
  gboolean lost;
} BobbinStoreEntry;

BobbinStoreEntry *bobbin_store_entry_new (guint64 id, BobbinRecord *record, int part_fd)
    G_GNUC_WARN_UNUSED_RESULT;
void bobbin_store_entry_free (BobbinStoreEntry *self);
void bobbin_store_entry_replace (BobbinStoreEntry *self, BobbinStoreEntry *older);
gboolean bobbin_store_entry_is_to_be_synced (const BobbinStoreEntry *self);
void bobbin_store_entry_sync (BobbinStoreEntry *self);

GPtrArray *bobbin_store_entries_new (void) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *bobbin_store_timelines_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * BobbinStoreBatch:
 * @entries: (element-type BobbinStoreEntry): what to write, in order
 * @runs: (element-type BobbinRunRecord): runs to add
 * @timelines: (element-type BobbinTimelineRecord): timelines to put, in order
 * @files: (nullable) (element-type BobbinRecord): finished files, some synced
 *
 * What goes into one transaction.
 */
typedef struct
{
  GPtrArray *entries;
  GArray *runs;
  GPtrArray *timelines;
  GPtrArray *files;
} BobbinStoreBatch;

void bobbin_store_batch_init (BobbinStoreBatch *self);
void bobbin_store_batch_clear (BobbinStoreBatch *self);
gboolean bobbin_store_batch_is_empty (const BobbinStoreBatch *self);
gboolean bobbin_store_batch_has_finished (const BobbinStoreBatch *self);
gboolean bobbin_store_batch_write (const BobbinStoreBatch *self,
                                   BobbinStoreDatabase *database,
                                   GError **error);
void bobbin_store_batch_settle (const BobbinStoreBatch *self, BobbinCreatedLog *log);
void bobbin_store_batch_mark_lost (BobbinStoreBatch *self, GHashTable *lost);

gboolean bobbin_store_is_lost (GHashTable *lost, const BobbinRecord *record);

G_END_DECLS
