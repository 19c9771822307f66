/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-store-job.h"

#include "bobbin-store-sync.h"

struct _BobbinStoreJob
{
  /* immutable after construction */
  GThread *thread;
  GMutex *mutex;
  GCond *wake;
  GHashTable *ids;
  guint64 oldest; /* serial */

  /* the thread until it is done */
  GPtrArray *entries;
  GPtrArray *files;

  /* protected by mutex */
  gboolean done;
};

static gpointer
run (gpointer data)
{
  BobbinStoreJob *self = data;

  for (guint i = 0; i < self->entries->len; i++)
    bobbin_store_entry_sync (g_ptr_array_index (self->entries, i));
  if (self->files != NULL)
    bobbin_store_sync_files (self->files);

  g_mutex_lock (self->mutex);
  self->done = TRUE;
  g_cond_signal (self->wake);
  g_mutex_unlock (self->mutex);
  return NULL;
}

/**
 * bobbin_store_job_start:
 * @entries: (transfer full) (element-type BobbinStoreEntry): part files to sync
 * @files: (transfer full) (nullable) (element-type BobbinRecord): finished files
 *   to sync, by folder
 * @mutex: protects what the job tells
 * @wake: signalled once all are synced
 *
 * Starts to sync. Call with @mutex held.
 *
 * Returns: (transfer full): the job
 */
BobbinStoreJob *
bobbin_store_job_start (GPtrArray *entries, GPtrArray *files, GMutex *mutex, GCond *wake)
{
  BobbinStoreJob *self = g_new0 (BobbinStoreJob, 1);

  self->mutex = mutex;
  self->wake = wake;
  self->entries = entries;
  self->files = files;
  self->ids = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->oldest = G_MAXUINT64;
  for (guint i = 0; i < entries->len; i++)
    {
      BobbinStoreEntry *entry = g_ptr_array_index (entries, i);

      g_hash_table_add (self->ids, &entry->id);
      self->oldest = MIN (self->oldest, entry->serial);
    }
  self->thread = g_thread_new ("bobbin-sync", run, self);
  return self;
}

/**
 * bobbin_store_job_end:
 * @self: (transfer full): a job
 * @batch: an empty batch
 *
 * Waits for the job if it is not done, and moves what was synced into @batch.
 * Call without the mutex, or when it is done.
 */
void
bobbin_store_job_end (BobbinStoreJob *self, BobbinStoreBatch *batch)
{
  g_thread_join (self->thread);
  g_hash_table_unref (self->ids);
  g_ptr_array_extend_and_steal (batch->entries, self->entries);
  batch->files = self->files;
  g_free (self);
}

/**
 * bobbin_store_job_is_done:
 * @self: a job
 *
 * Call with the mutex held.
 *
 * Returns: whether all is synced
 */
gboolean
bobbin_store_job_is_done (const BobbinStoreJob *self)
{
  return self->done;
}

/**
 * bobbin_store_job_has:
 * @self: a job
 * @id: a download
 *
 * Returns: whether its part file is among those that are synced
 */
gboolean
bobbin_store_job_has (const BobbinStoreJob *self, guint64 id)
{
  return g_hash_table_contains (self->ids, &id);
}

/**
 * bobbin_store_job_has_older:
 * @self: a job
 * @serial: a serial
 *
 * Returns: whether one of its entries was put at that time or before
 */
gboolean
bobbin_store_job_has_older (const BobbinStoreJob *self, guint64 serial)
{
  return self->oldest <= serial;
}
