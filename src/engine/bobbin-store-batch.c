/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-store-batch.h"

#include <errno.h>
#include <unistd.h>

static gboolean
holds_bytes (const BobbinRecord *record)
{
  return record != NULL && record->ranges != NULL && record->ranges->len > 0;
}

/**
 * bobbin_store_entry_new:
 * @id: the download
 * @record: (transfer full) (nullable): what to write
 * @part_fd: (transfer full): its part file, or -1
 *
 * Returns: (transfer full): an entry
 */
BobbinStoreEntry *
bobbin_store_entry_new (guint64 id, BobbinRecord *record, int part_fd)
{
  BobbinStoreEntry *self = g_new0 (BobbinStoreEntry, 1);

  self->id = id;
  self->record = record;
  self->part_fd = part_fd;
  return self;
}

/**
 * bobbin_store_entry_free:
 * @self: (transfer full): an entry
 *
 * Frees the record and closes the part file.
 */
void
bobbin_store_entry_free (BobbinStoreEntry *self)
{
  bobbin_record_free (self->record);
  if (self->part_fd >= 0)
    close (self->part_fd);
  g_free (self);
}

/**
 * bobbin_store_entry_replace:
 * @self: an entry
 * @older: one of the same download that it makes needless
 *
 * Takes over the part file if @self needs it: bytes that were to be synced
 * before still have to be.
 */
void
bobbin_store_entry_replace (BobbinStoreEntry *self, BobbinStoreEntry *older)
{
  if (self->part_fd >= 0 || !holds_bytes (self->record) || older->record == NULL
      || !bobbin_part_identity_equal (&self->record->identity, &older->record->identity))
    return;
  self->part_fd = older->part_fd;
  self->lost = older->lost;
  older->part_fd = -1;
}

/**
 * bobbin_store_entry_is_to_be_synced:
 * @self: an entry
 *
 * Returns: whether the record speaks of bytes that may not survive yet
 */
gboolean
bobbin_store_entry_is_to_be_synced (const BobbinStoreEntry *self)
{
  return self->part_fd >= 0 && holds_bytes (self->record);
}

/**
 * bobbin_store_entry_sync:
 * @self: an entry that is to be synced
 *
 * Makes the bytes that the record speaks of survive, or notes that they may
 * not. Waits for the disk.
 */
void
bobbin_store_entry_sync (BobbinStoreEntry *self)
{
  int result;

  do
    result = fdatasync (self->part_fd);
  while (result < 0 && errno == EINTR);
  self->lost = result < 0;
  close (self->part_fd);
  self->part_fd = -1;
}

/**
 * bobbin_store_entries_new:
 *
 * Returns: (transfer full): an empty array of entries
 */
GPtrArray *
bobbin_store_entries_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_store_entry_free);
}

/**
 * bobbin_store_timelines_new:
 *
 * Returns: (transfer full): an empty array of timelines
 */
GPtrArray *
bobbin_store_timelines_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_timeline_record_free);
}

/**
 * bobbin_store_batch_init:
 * @self: memory for a batch
 *
 * Makes an empty batch.
 */
void
bobbin_store_batch_init (BobbinStoreBatch *self)
{
  self->entries = bobbin_store_entries_new ();
  self->runs = g_array_new (FALSE, FALSE, sizeof (BobbinRunRecord));
  self->timelines = bobbin_store_timelines_new ();
  self->files = NULL;
}

/**
 * bobbin_store_batch_clear:
 * @self: a batch
 *
 * Frees what it holds.
 */
void
bobbin_store_batch_clear (BobbinStoreBatch *self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->runs, g_array_unref);
  g_clear_pointer (&self->timelines, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
}

/**
 * bobbin_store_batch_is_empty:
 * @self: a batch
 *
 * Returns: whether there is nothing to write
 */
gboolean
bobbin_store_batch_is_empty (const BobbinStoreBatch *self)
{
  return self->entries->len == 0 && self->runs->len == 0 && self->timelines->len == 0 && self->files == NULL;
}

/**
 * bobbin_store_batch_has_finished:
 * @self: a batch
 *
 * Returns: whether it has finished downloads whose files are to be synced
 */
gboolean
bobbin_store_batch_has_finished (const BobbinStoreBatch *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const BobbinRecord *record = ((BobbinStoreEntry *) g_ptr_array_index (self->entries, i))->record;

      if (record != NULL && record->state == BOBBIN_STATE_FINISHED && !record->synced)
        return TRUE;
    }
  return FALSE;
}

static gboolean
write_entries (const BobbinStoreBatch *self, BobbinStoreDatabase *database, GError **error)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const BobbinStoreEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->record == NULL ? !bobbin_store_database_remove (database, entry->id, error)
                                : !bobbin_store_database_put (database, entry->record, entry->lost, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_others (const BobbinStoreBatch *self, BobbinStoreDatabase *database, GError **error)
{
  for (guint i = 0; i < self->runs->len; i++)
    if (!bobbin_store_database_put_run (database, &g_array_index (self->runs, BobbinRunRecord, i), error))
      return FALSE;
  for (guint i = 0; i < self->timelines->len; i++)
    if (!bobbin_store_database_put_timeline (database, g_ptr_array_index (self->timelines, i), error))
      return FALSE;
  for (guint i = 0; self->files != NULL && i < self->files->len; i++)
    {
      const BobbinRecord *record = g_ptr_array_index (self->files, i);

      if (record->synced && !bobbin_store_database_set_synced (database, record, error))
        return FALSE;
    }
  return TRUE;
}

/* What the person did: added it, or removed it. What came of it since can be
 * found out again; what was added and is gone, or removed and is back, cannot. */
static gboolean
is_deed (const BobbinStoreEntry *entry)
{
  return entry->record == NULL || (entry->record->tries == 0 && entry->record->ended == 0);
}

static gboolean
has_deeds (const BobbinStoreBatch *self)
{
  gboolean has = FALSE;

  for (guint i = 0; i < self->entries->len && !has; i++)
    has = is_deed (g_ptr_array_index (self->entries, i));
  return has;
}

/**
 * bobbin_store_batch_write:
 * @self: a batch
 * @database: where to write it
 * @error: return location for an error
 *
 * Writes all of it, or nothing. With what the person added or removed among it,
 * it survives a power cut, too. Waits for the disk.
 *
 * Returns: whether it is written
 */
gboolean
bobbin_store_batch_write (const BobbinStoreBatch *self, BobbinStoreDatabase *database, GError **error)
{
  if (bobbin_store_database_begin (database, has_deeds (self), error) && write_entries (self, database, error)
      && write_others (self, database, error) && bobbin_store_database_commit (database, error))
    return TRUE;
  bobbin_store_database_roll_back (database);
  return FALSE;
}

/**
 * bobbin_store_batch_settle:
 * @self: a batch that is written
 * @log: the log of part files
 *
 * Tells the log which part files the database knows of now.
 */
void
bobbin_store_batch_settle (const BobbinStoreBatch *self, BobbinCreatedLog *log)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const BobbinStoreEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->record != NULL)
        bobbin_created_log_settle (log, entry->id, &entry->record->identity);
    }
}

/**
 * bobbin_store_is_lost:
 * @lost: (element-type guint64 BobbinPartIdentity): what
 *   bobbin_store_batch_mark_lost() has noted
 * @record: a record
 *
 * Returns: whether the record's file could not be synced some time
 */
gboolean
bobbin_store_is_lost (GHashTable *lost, const BobbinRecord *record)
{
  const BobbinPartIdentity *identity = g_hash_table_lookup (lost, &record->id);

  return identity != NULL && bobbin_part_identity_equal (identity, &record->identity);
}

static void
add_lost (GHashTable *lost, const BobbinRecord *record)
{
  g_hash_table_replace (lost, g_memdup2 (&record->id, sizeof record->id),
                        g_memdup2 (&record->identity, sizeof record->identity));
}

/**
 * bobbin_store_batch_mark_lost:
 * @self: a batch that comes from syncing
 * @lost: (element-type guint64 BobbinPartIdentity): files that could not be
 *   synced
 *
 * Adds to @lost, and marks what the batch has of files that are in it. The
 * kernel tells of bytes that it could not write only once, and the next sync
 * goes well without them: such a file is not trusted any more.
 */
void
bobbin_store_batch_mark_lost (BobbinStoreBatch *self, GHashTable *lost)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      BobbinStoreEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->lost)
        add_lost (lost, entry->record);
      else if (entry->record != NULL)
        entry->lost = bobbin_store_is_lost (lost, entry->record);
    }
  for (guint i = 0; self->files != NULL && i < self->files->len; i++)
    {
      const BobbinRecord *record = g_ptr_array_index (self->files, i);

      if (!record->synced)
        add_lost (lost, record);
    }
}
