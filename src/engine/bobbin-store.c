/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-store.h"

#include "bobbin-store-writer.h"

struct _BobbinStore
{
  gatomicrefcount ref_count;

  /* immutable after construction; the database is the writer's */
  BobbinStoreSession session;
  BobbinStoreWriter *writer; /* NULL when nothing can be written */

  /* atomic */
  gint last_id;
};

/**
 * bobbin_store_open:
 * @path: (type filename): absolute path of the database
 *
 * Opens a store; folder and database are made if they are missing, for nobody
 * but the user to read. A database that is damaged or a newer Bobbin's is moved
 * aside, never deleted, and a new one begun. When nothing can be written, the
 * store is opened nevertheless and keeps nothing. bobbin_store_get_notice()
 * tells how it went. Waits for the disk, and for other processes that open the
 * same store.
 *
 * Returns: (transfer full): the store, to be closed with bobbin_store_close()
 */
BobbinStore *
bobbin_store_open (const char *path)
{
  BobbinStore *self = g_new0 (BobbinStore, 1);

  g_atomic_ref_count_init (&self->ref_count);
  bobbin_store_session_begin (&self->session, path);
  if (self->session.database != NULL)
    self->writer = bobbin_store_writer_new (&self->session);
  return self;
}

/**
 * bobbin_store_ref:
 * @self: a store
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
BobbinStore *
bobbin_store_ref (BobbinStore *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * bobbin_store_unref:
 * @self: (transfer full): a store
 *
 * Drops a reference; with the last one the store is closed and freed. Any
 * thread.
 */
void
bobbin_store_unref (BobbinStore *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  bobbin_store_close (self);
  bobbin_store_writer_free (self->writer);
  bobbin_store_session_clear (&self->session);
  g_free (self);
}

/**
 * bobbin_store_close:
 * @self: a store
 *
 * Writes what is left and ends the thread. Part files are synced for it,
 * finished ones are not: the next session sees to those. What is put from now
 * on is dropped. The thread that opened it; may be called again.
 */
void
bobbin_store_close (BobbinStore *self)
{
  if (self->writer != NULL)
    bobbin_store_writer_close (self->writer);
}

/**
 * bobbin_store_get_notice:
 * @self: a store
 *
 * Any thread.
 *
 * Returns: how the store was found when it was opened
 */
BobbinStoreNotice
bobbin_store_get_notice (BobbinStore *self)
{
  return self->session.notice;
}

/**
 * bobbin_store_get_kept_aside:
 * @self: a store
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable) (type filename): where the database went
 *   that could not be used, %NULL if there was none
 */
const char *
bobbin_store_get_kept_aside (BobbinStore *self)
{
  return self->session.kept_aside;
}

/**
 * bobbin_store_get_error:
 * @self: a store
 *
 * What keeps the store from writing: a %G_IO_ERROR. What was put meanwhile is
 * in memory, and tried again from time to time, unless nothing could be written
 * from the beginning. Any thread.
 *
 * Returns: (transfer none) (nullable): the error, valid as long as @self is;
 *   %NULL if all is well
 */
const GError *
bobbin_store_get_error (BobbinStore *self)
{
  return self->writer != NULL ? bobbin_store_writer_get_error (self->writer) : self->session.error;
}

/**
 * bobbin_store_is_same_boot:
 * @self: a store
 *
 * Tells whether a power cut can have taken something away: whether, when the
 * store was opened, there was no finished file that was neither synced nor
 * written since the machine was started. Each record that was loaded tells it
 * of itself. Any thread.
 *
 * Returns: whether all finished files are as they were written
 */
gboolean
bobbin_store_is_same_boot (BobbinStore *self)
{
  return self->session.same_boot;
}

/**
 * bobbin_store_load:
 * @self: a store
 * @folder: (nullable) (type filename): a folder, or %NULL for all
 * @error: return location for an error
 *
 * Reads the downloads that are in the database; what was put and is not
 * written yet is not among them. A finished one that is neither @synced nor of
 * the same boot may have lost bytes. Waits for the disk. Any thread.
 *
 * Sets %G_IO_ERROR codes.
 *
 * Returns: (transfer full) (nullable) (element-type BobbinRecord): the records
 *   in order; empty when the store is not available
 */
GPtrArray *
bobbin_store_load (BobbinStore *self, const char *folder, GError **error)
{
  g_autoptr (GError) reason = NULL;
  GPtrArray *records = bobbin_store_database_load (self->session.path, folder, self->session.boot, &reason);

  /* Damage that came unseen; the next start is to find it and keep it aside. */
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    g_atomic_int_set (&self->session.damaged, TRUE);
  if (records == NULL && self->session.notice == BOBBIN_STORE_UNAVAILABLE)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_record_free);
  if (records == NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  return records;
}

/**
 * bobbin_store_load_runs:
 * @self: a store
 * @error: return location for an error
 *
 * Reads the runs that are in the database. Waits for the disk. Any thread.
 *
 * Sets %G_IO_ERROR codes.
 *
 * Returns: (transfer full) (nullable) (element-type BobbinRunRecord): the runs,
 *   oldest first; empty when the store is not available
 */
GArray *
bobbin_store_load_runs (BobbinStore *self, GError **error)
{
  g_autoptr (GError) reason = NULL;
  GArray *runs = bobbin_store_database_load_runs (self->session.path, &reason);

  if (runs == NULL && self->session.notice == BOBBIN_STORE_UNAVAILABLE)
    return g_array_new (FALSE, FALSE, sizeof (BobbinRunRecord));
  if (runs == NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  return runs;
}

/**
 * bobbin_store_load_timeline:
 * @self: a store
 * @began: when the run began, microseconds of the epoch
 * @error: return location for an error
 *
 * Reads what the workers did in a run. Waits for the disk. Any thread.
 *
 * Sets %G_IO_ERROR codes; %G_IO_ERROR_NOT_FOUND if that is not known any more.
 *
 * Returns: (transfer full) (nullable): what bobbin_timeline_keep() gave
 */
GBytes *
bobbin_store_load_timeline (BobbinStore *self, gint64 began, GError **error)
{
  return bobbin_store_database_load_timeline (self->session.path, began, error);
}

/**
 * bobbin_store_new_id:
 * @self: a store
 *
 * Any thread.
 *
 * Returns: an id that no download of the store has, in whatever process
 */
guint64
bobbin_store_new_id (BobbinStore *self)
{
  return (self->session.number << 32) | (guint) (g_atomic_int_add (&self->last_id, 1) + 1);
}

/* Takes the entries. */
static void
put (BobbinStore *self, GPtrArray *entries)
{
  if (self->writer != NULL)
    bobbin_store_writer_put (self->writer, entries);
  else
    g_ptr_array_unref (entries);
}

/**
 * bobbin_store_put:
 * @self: a store
 * @record: (transfer full): what to keep of a download, in the place of what
 *   was kept of it before
 * @part_fd: (transfer full): a descriptor of the part file if @record speaks of
 *   bytes that may not survive yet, else -1
 *
 * Keeps a record. It is written soon, and after the part file's bytes are
 * synced: take its ranges before the call. Should that sync fail, the ranges
 * that were kept before stay. Of a finished file that is not @synced the store
 * itself sees to that, later. Does not wait for the disk. Any thread.
 */
void
bobbin_store_put (BobbinStore *self, BobbinRecord *record, int part_fd)
{
  GPtrArray *entries = bobbin_store_entries_new ();

  g_ptr_array_add (entries, bobbin_store_entry_new (record->id, record, part_fd));
  put (self, entries);
}

/**
 * bobbin_store_remove:
 * @self: a store
 * @ids: (array length=n_ids): downloads
 * @n_ids: how many
 *
 * Forgets downloads. Does not wait for the disk. Any thread.
 */
void
bobbin_store_remove (BobbinStore *self, const guint64 *ids, gsize n_ids)
{
  GPtrArray *entries = bobbin_store_entries_new ();

  for (gsize i = 0; i < n_ids; i++)
    g_ptr_array_add (entries, bobbin_store_entry_new (ids[i], NULL, -1));
  put (self, entries);
  if (self->session.log != NULL)
    bobbin_created_log_forget (self->session.log, ids, n_ids);
}

/**
 * bobbin_store_put_run:
 * @self: a store
 * @run: a run that has ended
 *
 * Keeps a run. Does not wait for the disk. Any thread.
 */
void
bobbin_store_put_run (BobbinStore *self, const BobbinRunRecord *run)
{
  if (self->writer != NULL)
    bobbin_store_writer_put_run (self->writer, run);
}

/**
 * bobbin_store_put_timeline:
 * @self: a store
 * @began: when the run began, microseconds of the epoch
 * @measured: what its links have really taken one after another, microseconds,
 *   or 0
 * @timeline: what bobbin_timeline_keep() gave
 *
 * Keeps what the workers did in a run, in the place of what was kept of the
 * same run before. Does not wait for the disk. Any thread.
 */
void
bobbin_store_put_timeline (BobbinStore *self, gint64 began, gint64 measured, GBytes *timeline)
{
  if (self->writer != NULL)
    bobbin_store_writer_put_timeline (self->writer, bobbin_timeline_record_new (began, measured, timeline));
}

/**
 * bobbin_store_note_created:
 * @self: a store
 * @id: the download that the part file belongs to
 * @uri: its link
 * @folder: (type filename): absolute path of the folder
 * @name: (type filename): leaf name, without the part file's suffix
 * @identity: tells the part file from others
 *
 * Tells at once, in some microseconds, of a part file that was just made, so
 * that it is known as ours even if the process is killed before its record is
 * written. The next session finds it in the download's record, without any
 * bytes held. Does not wait for the disk. Any thread.
 */
void
bobbin_store_note_created (BobbinStore *self,
                           guint64 id,
                           const char *uri,
                           const char *folder,
                           const char *name,
                           const BobbinPartIdentity *identity)
{
  g_autofree char *plain = NULL;

  if (self->session.log == NULL)
    return;
  plain = bobbin_record_strip_uri (uri);
  bobbin_created_log_note (self->session.log, id, plain, folder, name, identity);
}

/**
 * bobbin_store_note_planned:
 * @self: a store
 * @id: a download
 * @uri: its link
 * @folder: absolute path of the folder
 * @name: leaf name, without the part file's suffix
 *
 * Notes that a part file is about to be made, so that a kill between its making
 * and bobbin_store_note_created() leaves none behind. Costs microseconds. Worker.
 */
void
bobbin_store_note_planned (
    BobbinStore *self, guint64 id, const char *uri, const char *folder, const char *name)
{
  BobbinPartIdentity identity = { .birth = g_get_real_time () * 1000 };

  bobbin_store_note_created (self, id, uri, folder, name, &identity);
}

/**
 * bobbin_store_note_failed:
 * @self: a store
 * @id: a download
 *
 * Notes that the part file that was about to be made was not. Worker.
 */
void
bobbin_store_note_failed (BobbinStore *self, guint64 id)
{
  if (self->session.log != NULL)
    bobbin_created_log_forget (self->session.log, &id, 1);
}

/**
 * bobbin_store_flush:
 * @self: a store
 * @error: return location for an error
 *
 * Waits until all that was put before is in the database, where a killed
 * process cannot take it away; part files are synced for it, finished ones are
 * not. Any thread.
 *
 * Sets the %G_IO_ERROR that keeps the store from writing.
 *
 * Returns: whether all is written
 */
gboolean
bobbin_store_flush (BobbinStore *self, GError **error)
{
  if (self->writer != NULL)
    return bobbin_store_writer_flush (self->writer, error);
  g_propagate_error (error, g_error_copy (self->session.error));
  return FALSE;
}
