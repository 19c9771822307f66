/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-store-writer.h"

#include "bobbin-store-job.h"

/* Two threads: one writes what was put, in batches; a second one, started when
 * there is something to sync and joined by the first, waits for the disk
 * meanwhile, so that a new download or a finished one is in the database soon
 * even if a large part takes seconds to sync. What is put of a download that is
 * being synced waits until that is written, so that each download's records
 * are written in their order.
 */

/* Microseconds that puts are gathered for. */
#define GATHERING (100 * G_TIME_SPAN_MILLISECOND)

/* Microseconds that finished files are gathered for before they are synced. */
#define SYNC_GATHERING (2 * G_TIME_SPAN_SECOND)

/* After an error, microseconds until the next try; doubled up to the second. */
#define FIRST_BACK_OFF G_TIME_SPAN_SECOND
#define LAST_BACK_OFF G_TIME_SPAN_MINUTE

#define NEVER G_MAXINT64

struct _BobbinStoreWriter
{
  /* immutable after construction; the database is the first thread's */
  BobbinStoreSession *session;

  /* whoever closes */
  GThread *thread;

  /* the first thread */
  GHashTable *lost; /* id → BobbinPartIdentity: files that could not be synced */
  gint64 back_off;
  gint64 sync_due; /* monotonic time to sync finished files */

  /* protected by mutex */
  GMutex mutex;
  GCond wake;          /* for the first thread */
  GCond written;       /* for those who flush */
  GHashTable *pending; /* id → BobbinStoreEntry */
  GArray *runs;
  GPtrArray *timelines; /* of BobbinTimelineRecord */
  guint64 serial;       /* of the last put */
  guint64 oldest;       /* serial of what is being written, G_MAXUINT64 if nothing is */
  BobbinStoreJob *job;  /* NULL if nothing is being synced; changed by the first thread */
  gint64 due;           /* monotonic time to write what is pending */
  guint64 failures;     /* tries to write that failed */
  gboolean closing;
  GError *error;          /* what keeps us from writing */
  GPtrArray *past_errors; /* somebody may still look at them */
};

/* What is to be synced goes to the second thread, and stays where it is if
 * that is busy, as does all that comes after it. */
static void
take_pending (BobbinStoreWriter *self, BobbinStoreBatch *batch)
{
  g_autoptr (GPtrArray) to_sync = bobbin_store_entries_new ();
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      BobbinStoreEntry *entry = item;
      gboolean sync = bobbin_store_entry_is_to_be_synced (entry);

      if (self->job != NULL && (sync || bobbin_store_job_has (self->job, entry->id)))
        continue;
      g_hash_table_iter_steal (&iter);
      g_ptr_array_add (sync ? to_sync : batch->entries, entry);
    }
  g_array_append_vals (batch->runs, self->runs->data, self->runs->len);
  g_array_set_size (self->runs, 0);
  g_ptr_array_extend_and_steal (batch->timelines, g_steal_pointer (&self->timelines));
  self->timelines = bobbin_store_timelines_new ();
  self->due = NEVER;
  if (to_sync->len > 0)
    self->job = bobbin_store_job_start (g_steal_pointer (&to_sync), NULL, &self->mutex, &self->wake);
}

static void
take_batch (BobbinStoreWriter *self, BobbinStoreBatch *batch)
{
  gboolean job_done = self->job != NULL && bobbin_store_job_is_done (self->job);

  if (job_done)
    bobbin_store_job_end (g_steal_pointer (&self->job), batch);
  if (job_done || self->closing || g_get_monotonic_time () >= self->due)
    take_pending (self, batch);
}

static guint64
find_oldest (const BobbinStoreBatch *batch)
{
  guint64 oldest = batch->runs->len > 0 || batch->timelines->len > 0 ? 0 : G_MAXUINT64;

  for (guint i = 0; i < batch->entries->len; i++)
    oldest = MIN (oldest, ((BobbinStoreEntry *) g_ptr_array_index (batch->entries, i))->serial);
  return oldest;
}

static void
settle (BobbinStoreWriter *self, const BobbinStoreBatch *batch)
{
  bobbin_store_batch_settle (batch, self->session->log);
  if (self->sync_due == NEVER && bobbin_store_batch_has_finished (batch))
    self->sync_due = g_get_monotonic_time () + SYNC_GATHERING;
  self->back_off = FIRST_BACK_OFF;
}

static void
clear_error (BobbinStoreWriter *self)
{
  if (self->error != NULL)
    g_ptr_array_add (self->past_errors, g_steal_pointer (&self->error));
}

/* What was put meanwhile is newer than what could not be written. */
static void
put_back (BobbinStoreWriter *self, BobbinStoreBatch *batch)
{
  while (batch->entries->len > 0)
    {
      BobbinStoreEntry *entry = g_ptr_array_steal_index (batch->entries, batch->entries->len - 1);
      BobbinStoreEntry *newer = g_hash_table_lookup (self->pending, &entry->id);

      if (newer == NULL)
        {
          g_hash_table_insert (self->pending, &entry->id, entry);
          continue;
        }
      bobbin_store_entry_replace (newer, entry);
      bobbin_store_entry_free (entry);
    }
  g_array_prepend_vals (self->runs, batch->runs->data, batch->runs->len);
  while (batch->timelines->len > 0)
    g_ptr_array_insert (self->timelines, 0,
                        g_ptr_array_steal_index (batch->timelines, batch->timelines->len - 1));
}

/* Takes the error. */
static void
fail (BobbinStoreWriter *self, BobbinStoreBatch *batch, GError *error)
{
  gint64 later = g_get_monotonic_time () + self->back_off;

  put_back (self, batch);
  if (batch->files != NULL)
    self->sync_due = later;
  self->due = later;
  self->back_off = MIN (2 * self->back_off, LAST_BACK_OFF);
  self->failures++;
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
}

/* Called and returns with the mutex held. */
static gboolean
write_batch (BobbinStoreWriter *self, BobbinStoreBatch *batch)
{
  GError *error = NULL;
  gboolean written;

  self->oldest = find_oldest (batch);
  g_mutex_unlock (&self->mutex);
  bobbin_store_batch_mark_lost (batch, self->lost);
  written = bobbin_store_batch_write (batch, self->session->database, &error);
  if (written)
    settle (self, batch);
  g_mutex_lock (&self->mutex);
  self->oldest = G_MAXUINT64;
  if (written)
    clear_error (self);
  else
    fail (self, batch, error);
  g_cond_broadcast (&self->written);
  return written;
}

/* Called and returns with the mutex held. */
static void
sync_finished (BobbinStoreWriter *self)
{
  GPtrArray *files;

  self->sync_due = NEVER;
  g_mutex_unlock (&self->mutex);
  files = bobbin_store_database_list_unsynced (self->session->database);
  for (guint i = files->len; i > 0; i--)
    if (bobbin_store_is_lost (self->lost, g_ptr_array_index (files, i - 1)))
      g_ptr_array_remove_index (files, i - 1);
  g_mutex_lock (&self->mutex);
  if (files->len > 0)
    self->job = bobbin_store_job_start (bobbin_store_entries_new (), files, &self->mutex, &self->wake);
  else
    g_ptr_array_unref (files);
}

static void
wait_for_work (BobbinStoreWriter *self)
{
  gint64 until = self->job == NULL ? MIN (self->due, self->sync_due) : self->due;

  if (until == NEVER)
    g_cond_wait (&self->wake, &self->mutex);
  else
    g_cond_wait_until (&self->wake, &self->mutex, until);
}

static gboolean
has_work (BobbinStoreWriter *self)
{
  return self->job != NULL || g_hash_table_size (self->pending) > 0 || self->runs->len > 0
         || self->timelines->len > 0;
}

/* One turn. Returns: whether there is another one */
static gboolean
go_on (BobbinStoreWriter *self)
{
  BobbinStoreBatch batch;
  gboolean fine = TRUE;

  bobbin_store_batch_init (&batch);
  take_batch (self, &batch);
  if (!bobbin_store_batch_is_empty (&batch))
    fine = write_batch (self, &batch);
  else if (self->closing && !has_work (self))
    fine = FALSE;
  else if (!self->closing && self->job == NULL && g_get_monotonic_time () >= self->sync_due)
    sync_finished (self);
  else
    wait_for_work (self);
  bobbin_store_batch_clear (&batch);
  return fine || !self->closing;
}

static gpointer
run (gpointer data)
{
  BobbinStoreWriter *self = data;
  BobbinStoreBatch rest;
  gboolean clean;

  g_mutex_lock (&self->mutex);
  while (go_on (self))
    ;
  clean = !has_work (self);
  g_mutex_unlock (&self->mutex);

  if (self->job != NULL)
    {
      bobbin_store_batch_init (&rest);
      bobbin_store_job_end (g_steal_pointer (&self->job), &rest);
      bobbin_store_batch_clear (&rest);
    }
  bobbin_store_session_end (self->session, clean);
  return NULL;
}

/**
 * bobbin_store_writer_new:
 * @session: a session with a database; stays the caller's, has to live longer
 *   than the writer, which ends it when it is closed
 *
 * Starts the thread that writes.
 *
 * Returns: (transfer full): the writer
 */
BobbinStoreWriter *
bobbin_store_writer_new (BobbinStoreSession *session)
{
  BobbinStoreWriter *self = g_new0 (BobbinStoreWriter, 1);

  self->session = session;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  g_cond_init (&self->written);
  self->lost = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->pending
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) bobbin_store_entry_free);
  self->runs = g_array_new (FALSE, FALSE, sizeof (BobbinRunRecord));
  self->timelines = bobbin_store_timelines_new ();
  self->past_errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  self->oldest = G_MAXUINT64;
  self->due = NEVER;
  self->back_off = FIRST_BACK_OFF;
  /* Files that the last session had no time to sync. */
  self->sync_due = g_get_monotonic_time () + SYNC_GATHERING;
  self->thread = g_thread_new ("bobbin-store", run, self);
  return self;
}

/**
 * bobbin_store_writer_free:
 * @self: (transfer full) (nullable): a writer that is closed
 *
 * Frees it.
 */
void
bobbin_store_writer_free (BobbinStoreWriter *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->lost);
  g_hash_table_unref (self->pending);
  g_array_unref (self->runs);
  g_ptr_array_unref (self->timelines);
  g_ptr_array_unref (self->past_errors);
  g_clear_error (&self->error);
  g_cond_clear (&self->wake);
  g_cond_clear (&self->written);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * bobbin_store_writer_close:
 * @self: a writer
 *
 * Writes what is left, ends the thread and the session. What is put from now
 * on is dropped. One thread; may be called again.
 */
void
bobbin_store_writer_close (BobbinStoreWriter *self)
{
  g_mutex_lock (&self->mutex);
  self->closing = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
}

/**
 * bobbin_store_writer_get_error:
 * @self: a writer
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): what keeps it from writing; valid as
 *   long as @self is
 */
const GError *
bobbin_store_writer_get_error (BobbinStoreWriter *self)
{
  const GError *error;

  g_mutex_lock (&self->mutex);
  error = self->error;
  g_mutex_unlock (&self->mutex);
  return error;
}

/* Call with the mutex held. */
static void
wake_after (BobbinStoreWriter *self, gint64 delay)
{
  if (self->due == NEVER || delay == 0)
    {
      self->due = delay > 0 ? g_get_monotonic_time () + delay : 0;
      g_cond_signal (&self->wake);
    }
}

/* Takes the entry. Call with the mutex held. */
static void
add_pending (BobbinStoreWriter *self, BobbinStoreEntry *entry)
{
  BobbinStoreEntry *older = g_hash_table_lookup (self->pending, &entry->id);

  if (older != NULL)
    bobbin_store_entry_replace (entry, older);
  entry->serial = ++self->serial;
  g_hash_table_replace (self->pending, &entry->id, entry);
  wake_after (self, GATHERING);
}

/**
 * bobbin_store_writer_put:
 * @self: a writer
 * @entries: (transfer full) (element-type BobbinStoreEntry): what to write
 *
 * Takes in what to write soon. Any thread.
 */
void
bobbin_store_writer_put (BobbinStoreWriter *self, GPtrArray *entries)
{
  g_mutex_lock (&self->mutex);
  while (!self->closing && entries->len > 0)
    add_pending (self, g_ptr_array_steal_index_fast (entries, 0));
  g_mutex_unlock (&self->mutex);
  g_ptr_array_unref (entries);
}

/**
 * bobbin_store_writer_put_run:
 * @self: a writer
 * @run: a run
 *
 * Takes in a run. Any thread.
 */
void
bobbin_store_writer_put_run (BobbinStoreWriter *self, const BobbinRunRecord *run)
{
  g_mutex_lock (&self->mutex);
  if (!self->closing)
    {
      g_array_append_val (self->runs, *run);
      self->serial++;
      wake_after (self, GATHERING);
    }
  g_mutex_unlock (&self->mutex);
}

/**
 * bobbin_store_writer_put_timeline:
 * @self: a writer
 * @record: (transfer full): a timeline
 *
 * Takes in a timeline. Any thread.
 */
void
bobbin_store_writer_put_timeline (BobbinStoreWriter *self, BobbinTimelineRecord *record)
{
  g_mutex_lock (&self->mutex);
  if (!self->closing)
    {
      g_ptr_array_add (self->timelines, g_steal_pointer (&record));
      self->serial++;
      wake_after (self, GATHERING);
    }
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&record, bobbin_timeline_record_free);
}

static gboolean
has_older_pending (BobbinStoreWriter *self, guint64 serial)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    if (((BobbinStoreEntry *) entry)->serial <= serial)
      return TRUE;
  return FALSE;
}

/* Call with the mutex held. */
static gboolean
is_written (BobbinStoreWriter *self, guint64 serial)
{
  return self->oldest > serial && self->runs->len == 0 && self->timelines->len == 0
         && !has_older_pending (self, serial)
         && (self->job == NULL || !bobbin_store_job_has_older (self->job, serial));
}

/**
 * bobbin_store_writer_flush:
 * @self: a writer
 * @error: return location for an error
 *
 * Waits until what was put before is written, or could not be. Any thread.
 *
 * Returns: whether it is written
 */
gboolean
bobbin_store_writer_flush (BobbinStoreWriter *self, GError **error)
{
  guint64 serial;
  guint64 failures;
  gboolean written;

  g_mutex_lock (&self->mutex);
  serial = self->serial;
  failures = self->failures;
  wake_after (self, 0);
  while (!(written = is_written (self, serial)) && self->failures == failures && !self->closing)
    g_cond_wait (&self->written, &self->mutex);
  if (!written && self->error != NULL)
    g_propagate_error (error, g_error_copy (self->error));
  g_mutex_unlock (&self->mutex);
  return written;
}
