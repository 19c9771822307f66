/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-store-database.h"

#include "bobbin-store-schema.h"
#include "bobbin-store-sql.h"

#define SAME_FILE "device = excluded.device AND inode = excluded.inode AND birth = excluded.birth"

/* A finished file stays synced, or doubtful since a boot of old, however often
 * its record is written, unless the record says that it is synced. */
#define STILL_FINISHED                                                                                       \
  "state = " BOBBIN_STORE_FINISHED " AND excluded.state = " BOBBIN_STORE_FINISHED                            \
  " AND excluded.synced = 0 AND " SAME_FILE

/* Bytes of another file or version are no substitute for bytes that could not
 * be synced. */
#define OLD_RANGES_HOLD "validator IS excluded.validator AND " SAME_FILE

typedef enum
{
  STATEMENT_BEGIN,
  STATEMENT_COMMIT,
  STATEMENT_PUT,
  STATEMENT_PUT_WITHOUT_RANGES,
  STATEMENT_PUT_TRIES,
  STATEMENT_REMOVE,
  STATEMENT_PUT_RUN,
  STATEMENT_PUT_TIMELINE,
  STATEMENT_TRIM_TIMELINES,
  STATEMENT_PUT_CREATED,
  STATEMENT_SET_SYNCED,
  STATEMENT_LIST_UNSYNCED,
  STATEMENT_IS_SAME_BOOT,
  STATEMENT_LIST_SESSIONS,
  STATEMENT_NEXT_SESSION,
  STATEMENT_ADD_SESSION,
  STATEMENT_END_SESSION,
  N_STATEMENTS,
} Statement;

#define PUT                                                                                                  \
  "INSERT INTO downloads (" BOBBIN_STORE_COLUMNS ")"                                                         \
  " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"                              \
  " ON CONFLICT (id) DO UPDATE SET place = excluded.place, end_order = excluded.end_order,"                  \
  " state = excluded.state, uri = excluded.uri, folder = excluded.folder,"                                   \
  " given_name = excluded.given_name, headers = excluded.headers, digest = excluded.digest, extras = "       \
  "excluded.extras,"                                                                                         \
  " name = excluded.name, validator = excluded.validator, device = excluded.device,"                         \
  " inode = excluded.inode, birth = excluded.birth, total = excluded.total,"                                 \
  " own_time = excluded.own_time, tries = excluded.tries, ended = excluded.ended,"                           \
  " modified = excluded.modified, error_domain = excluded.error_domain,"                                     \
  " error_code = excluded.error_code, error_status = excluded.error_status,"                                 \
  " error_message = excluded.error_message, file_digest = excluded.file_digest,"                             \
  " verified = excluded.verified, unproven = excluded.unproven, address = excluded.address,"                 \
  " error_origin = excluded.error_origin,"                                                                   \
  " synced = CASE WHEN " STILL_FINISHED " THEN synced ELSE excluded.synced END,"                             \
  " boot = CASE WHEN " STILL_FINISHED " THEN boot ELSE excluded.boot END,"

/* Runs that can be looked at again; of older ones only the figures stay. */
#define MAX_TIMELINES "100"

static const char *const statements[N_STATEMENTS] = {
  [STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
  [STATEMENT_COMMIT] = "COMMIT",
  [STATEMENT_PUT] = PUT " ranges = excluded.ranges, received = excluded.received",
  [STATEMENT_PUT_WITHOUT_RANGES] = PUT " ranges = iif (" OLD_RANGES_HOLD ", ranges, NULL),"
                                       " received = iif (" OLD_RANGES_HOLD ", received, 0)",
  [STATEMENT_PUT_TRIES]
  = "INSERT INTO tries (download, log) VALUES (?,?) ON CONFLICT (download) DO UPDATE SET log = excluded.log",
  [STATEMENT_REMOVE] = "DELETE FROM downloads WHERE id = ?",
  [STATEMENT_PUT_RUN]
  = "INSERT INTO runs (began, elapsed, one_after_another, at_once, finished, failed, bytes)"
    " VALUES (?,?,?,?,?,?,?)",
  [STATEMENT_PUT_TIMELINE]
  = "INSERT INTO timelines (began, measured, timeline) VALUES (?,?,?)"
    " ON CONFLICT (began) DO UPDATE SET measured = excluded.measured, timeline = excluded.timeline",
  [STATEMENT_TRIM_TIMELINES] = "DELETE FROM timelines WHERE began <= (SELECT began FROM timelines"
                               " ORDER BY began DESC LIMIT 1 OFFSET " MAX_TIMELINES ")",
  [STATEMENT_PUT_CREATED]
  = "INSERT INTO downloads (id, place, end_order, state, uri, folder, name, device, inode, birth, received,"
    " total, own_time, tries, ended, modified, synced, boot)"
    " SELECT ?1, (SELECT coalesce (max (place), 0) + 1 FROM downloads),"
    " 0, 0, ?2, ?3, ?4, ?5, ?6, ?7, 0, -1, 0, 0, 0, 0, 0, ?8"
    " WHERE ?9 OR EXISTS (SELECT 1 FROM downloads WHERE id = ?1)"
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, device = excluded.device,"
    " inode = excluded.inode, birth = excluded.birth, validator = NULL, ranges = NULL, received = 0"
    " WHERE state <> " BOBBIN_STORE_FINISHED " AND NOT (" SAME_FILE ")",
  [STATEMENT_SET_SYNCED]
  = "UPDATE downloads SET synced = 1"
    " WHERE id = ? AND state = " BOBBIN_STORE_FINISHED " AND device = ? AND inode = ? AND birth = ?",
  [STATEMENT_LIST_UNSYNCED]
  = "SELECT " BOBBIN_STORE_COLUMNS " FROM downloads"
    " WHERE state = " BOBBIN_STORE_FINISHED " AND synced = 0 AND boot = ? ORDER BY folder",
  [STATEMENT_IS_SAME_BOOT] = "SELECT NOT EXISTS (SELECT 1 FROM downloads"
                             " WHERE state = " BOBBIN_STORE_FINISHED " AND synced = 0 AND boot <> ?)",
  [STATEMENT_LIST_SESSIONS] = "SELECT number FROM sessions",
  [STATEMENT_NEXT_SESSION] = "SELECT 1 + max (coalesce ((SELECT max (number) FROM sessions), 0),"
                             " coalesce ((SELECT max (id) FROM downloads) >> 32, 0))",
  [STATEMENT_ADD_SESSION] = "INSERT INTO sessions (number) VALUES (?)",
  [STATEMENT_END_SESSION] = "DELETE FROM sessions WHERE number = ?",
};

struct _BobbinStoreDatabase
{
  sqlite3 *sql;
  gint64 boot;
  gboolean for_good; /* whether commits are synced */
  sqlite3_stmt *statements[N_STATEMENTS];
};

static gboolean
prepare (BobbinStoreDatabase *self, GError **error)
{
  for (int i = 0; i < N_STATEMENTS; i++)
    {
      int result = sqlite3_prepare_v3 (self->sql, statements[i], -1, SQLITE_PREPARE_PERSISTENT,
                                       &self->statements[i], NULL);

      if (result != SQLITE_OK)
        return bobbin_store_sql_set_error (self->sql, result, error);
    }
  return TRUE;
}

/**
 * bobbin_store_database_open:
 * @path: (type filename): the database's file, which may be empty
 * @boot: what tells this boot from others
 * @check: whether to check it from end to end
 * @error: return location for an error
 *
 * Opens a database to write, checks it, and makes the tables if it is empty.
 * One process at a time, for the change to a write-ahead log cannot wait for
 * others.
 *
 * Returns: (transfer full) (nullable): the database
 */
BobbinStoreDatabase *
bobbin_store_database_open (const char *path, gint64 boot, gboolean check, GError **error)
{
  g_autoptr (BobbinStoreDatabase) self = g_new0 (BobbinStoreDatabase, 1);
  int result = sqlite3_open_v2 (path, &self->sql,
                                SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

  self->boot = boot;
  if (result != SQLITE_OK)
    {
      bobbin_store_sql_set_error (self->sql, result, error);
      return NULL;
    }
  if (!bobbin_store_schema_set_up (self->sql, check, error) || !prepare (self, error))
    return NULL;
  sqlite3_db_config (self->sql, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  return g_steal_pointer (&self);
}

/**
 * bobbin_store_database_close:
 * @self: (transfer full) (nullable): a database
 *
 * Closes the connection; the last one of all processes moves the write-ahead
 * log into the database, and waits for the disk to do so.
 */
void
bobbin_store_database_close (BobbinStoreDatabase *self)
{
  if (self == NULL)
    return;
  for (int i = 0; i < N_STATEMENTS; i++)
    sqlite3_finalize (self->statements[i]);
  sqlite3_close (self->sql);
  g_free (self);
}

/**
 * bobbin_store_database_begin:
 * @self: a database
 * @for_good: whether the commit is to survive a power cut, for which it waits
 *   for the disk
 * @error: return location for an error
 *
 * Begins a transaction. The first error is the time to roll it back.
 *
 * Returns: whether it has begun
 */
gboolean
bobbin_store_database_begin (BobbinStoreDatabase *self, gboolean for_good, GError **error)
{
  const char *text = for_good ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL";

  if (for_good != self->for_good && !bobbin_store_sql_run (self->sql, text, error))
    return FALSE;
  self->for_good = for_good;
  return bobbin_store_sql_step (self->statements[STATEMENT_BEGIN], error);
}

/**
 * bobbin_store_database_commit:
 * @self: a database in a transaction
 * @error: return location for an error
 *
 * Returns: whether all of the transaction is written
 */
gboolean
bobbin_store_database_commit (BobbinStoreDatabase *self, GError **error)
{
  return bobbin_store_sql_step (self->statements[STATEMENT_COMMIT], error);
}

/**
 * bobbin_store_database_roll_back:
 * @self: a database
 *
 * Undoes the transaction, if there still is one: some errors end it.
 */
void
bobbin_store_database_roll_back (BobbinStoreDatabase *self)
{
  if (sqlite3_get_autocommit (self->sql) == 0)
    sqlite3_exec (self->sql, "ROLLBACK", NULL, NULL, NULL);
}

static gboolean
put_tries (BobbinStoreDatabase *self, const BobbinRecord *record, GError **error)
{
  bobbin_store_sql_bind_tries (self->statements[STATEMENT_PUT_TRIES], record);
  return bobbin_store_sql_step (self->statements[STATEMENT_PUT_TRIES], error);
}

/**
 * bobbin_store_database_put:
 * @self: a database in a transaction
 * @record: a record
 * @keep_ranges: whether what the record holds could not be synced, so that
 *   what the database knows of the same bytes is to stay
 * @error: return location for an error
 *
 * Writes a record in the place of the one with its id.
 *
 * Returns: whether it went well
 */
gboolean
bobbin_store_database_put (BobbinStoreDatabase *self,
                           const BobbinRecord *record,
                           gboolean keep_ranges,
                           GError **error)
{
  sqlite3_stmt *statement = self->statements[keep_ranges ? STATEMENT_PUT_WITHOUT_RANGES : STATEMENT_PUT];

  bobbin_store_sql_bind_record (statement, record, !keep_ranges, self->boot);
  return bobbin_store_sql_step (statement, error) && (record->log == NULL || put_tries (self, record, error));
}

/**
 * bobbin_store_database_remove:
 * @self: a database in a transaction
 * @id: a download
 * @error: return location for an error
 *
 * Removes a record, if there is one.
 *
 * Returns: whether it went well
 */
gboolean
bobbin_store_database_remove (BobbinStoreDatabase *self, guint64 id, GError **error)
{
  sqlite3_bind_int64 (self->statements[STATEMENT_REMOVE], 1, (gint64) id);
  return bobbin_store_sql_step (self->statements[STATEMENT_REMOVE], error);
}

/**
 * bobbin_store_database_put_run:
 * @self: a database in a transaction
 * @run: a run
 * @error: return location for an error
 *
 * Adds a run.
 *
 * Returns: whether it went well
 */
gboolean
bobbin_store_database_put_run (BobbinStoreDatabase *self, const BobbinRunRecord *run, GError **error)
{
  bobbin_store_sql_bind_run (self->statements[STATEMENT_PUT_RUN], run);
  return bobbin_store_sql_step (self->statements[STATEMENT_PUT_RUN], error);
}

/**
 * bobbin_store_database_put_timeline:
 * @self: a database in a transaction
 * @record: a timeline
 * @error: return location for an error
 *
 * Adds a timeline, or replaces that of the same run, and drops the oldest.
 *
 * Returns: whether it went well
 */
gboolean
bobbin_store_database_put_timeline (BobbinStoreDatabase *self,
                                    const BobbinTimelineRecord *record,
                                    GError **error)
{
  bobbin_store_sql_bind_timeline (self->statements[STATEMENT_PUT_TIMELINE], record);
  return bobbin_store_sql_step (self->statements[STATEMENT_PUT_TIMELINE], error)
         && bobbin_store_sql_step (self->statements[STATEMENT_TRIM_TIMELINES], error);
}

/**
 * bobbin_store_database_put_created:
 * @self: a database in a transaction
 * @created: a part file from the log of a process that is gone
 * @error: return location for an error
 *
 * Notes a part file that the database may not know of. No byte of it is known
 * to be there. A download whose record never got here is added at the end; but
 * not after a power cut, in which the log may have lost that it was removed.
 *
 * Returns: whether it went well
 */
gboolean
bobbin_store_database_put_created (BobbinStoreDatabase *self, const BobbinCreated *created, GError **error)
{
  sqlite3_stmt *statement = self->statements[STATEMENT_PUT_CREATED];

  sqlite3_bind_int64 (statement, 1, (gint64) created->id);
  sqlite3_bind_text (statement, 2, created->uri, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, created->folder, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, created->name, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 5, (gint64) created->identity.device);
  sqlite3_bind_int64 (statement, 6, (gint64) created->identity.inode);
  sqlite3_bind_int64 (statement, 7, created->identity.birth);
  sqlite3_bind_int64 (statement, 8, self->boot);
  sqlite3_bind_int (statement, 9, created->boot == self->boot);
  return bobbin_store_sql_step (statement, error);
}

/**
 * bobbin_store_database_set_synced:
 * @self: a database in a transaction
 * @record: a finished download whose file survives a power cut
 * @error: return location for an error
 *
 * Notes so, if the download still has the same file.
 *
 * Returns: whether it went well
 */
gboolean
bobbin_store_database_set_synced (BobbinStoreDatabase *self, const BobbinRecord *record, GError **error)
{
  sqlite3_stmt *statement = self->statements[STATEMENT_SET_SYNCED];

  sqlite3_bind_int64 (statement, 1, (gint64) record->id);
  sqlite3_bind_int64 (statement, 2, (gint64) record->identity.device);
  sqlite3_bind_int64 (statement, 3, (gint64) record->identity.inode);
  sqlite3_bind_int64 (statement, 4, record->identity.birth);
  return bobbin_store_sql_step (statement, error);
}

/* Steps through @statement to its end. Returns: what the last step gave */
static int
collect_records (sqlite3_stmt *statement, gint64 boot, GPtrArray *records)
{
  int result;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (records, bobbin_store_sql_read_record (statement, boot));
  return result;
}

/**
 * bobbin_store_database_list_unsynced:
 * @self: a database
 *
 * Returns: (transfer full) (element-type BobbinRecord): the finished files of
 *   this boot that may not survive a power cut, by folder
 */
GPtrArray *
bobbin_store_database_list_unsynced (BobbinStoreDatabase *self)
{
  sqlite3_stmt *statement = self->statements[STATEMENT_LIST_UNSYNCED];
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_record_free);

  sqlite3_bind_int64 (statement, 1, self->boot);
  collect_records (statement, self->boot, records);
  sqlite3_reset (statement);
  return records;
}

/**
 * bobbin_store_database_is_same_boot:
 * @self: a database
 *
 * Returns: whether all finished files that are not synced are of this boot
 */
gboolean
bobbin_store_database_is_same_boot (BobbinStoreDatabase *self)
{
  sqlite3_stmt *statement = self->statements[STATEMENT_IS_SAME_BOOT];
  gboolean same;

  sqlite3_bind_int64 (statement, 1, self->boot);
  same = sqlite3_step (statement) == SQLITE_ROW && sqlite3_column_int (statement, 0) != 0;
  sqlite3_reset (statement);
  return same;
}

/**
 * bobbin_store_database_list_sessions:
 * @self: a database
 *
 * Returns: (transfer full) (element-type guint64): the sessions that have not
 *   ended cleanly, or not yet
 */
GArray *
bobbin_store_database_list_sessions (BobbinStoreDatabase *self)
{
  sqlite3_stmt *statement = self->statements[STATEMENT_LIST_SESSIONS];
  GArray *sessions = g_array_new (FALSE, FALSE, sizeof (guint64));

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      guint64 session = (guint64) sqlite3_column_int64 (statement, 0);

      g_array_append_val (sessions, session);
    }
  sqlite3_reset (statement);
  return sessions;
}

/**
 * bobbin_store_database_get_next_session:
 * @self: a database in a transaction
 *
 * Returns: a number that no session has, and whose downloads' ids are free
 */
guint64
bobbin_store_database_get_next_session (BobbinStoreDatabase *self)
{
  sqlite3_stmt *statement = self->statements[STATEMENT_NEXT_SESSION];
  guint64 session = 1;

  if (sqlite3_step (statement) == SQLITE_ROW)
    session = (guint64) sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return session;
}

/**
 * bobbin_store_database_add_session:
 * @self: a database in a transaction
 * @session: its number
 * @error: return location for an error
 *
 * Notes that a session has begun.
 *
 * Returns: whether it went well
 */
gboolean
bobbin_store_database_add_session (BobbinStoreDatabase *self, guint64 session, GError **error)
{
  sqlite3_bind_int64 (self->statements[STATEMENT_ADD_SESSION], 1, (gint64) session);
  return bobbin_store_sql_step (self->statements[STATEMENT_ADD_SESSION], error);
}

/**
 * bobbin_store_database_end_session:
 * @self: a database
 * @session: its number
 * @error: return location for an error
 *
 * Notes that a session has ended.
 *
 * Returns: whether it went well
 */
gboolean
bobbin_store_database_end_session (BobbinStoreDatabase *self, guint64 session, GError **error)
{
  sqlite3_bind_int64 (self->statements[STATEMENT_END_SESSION], 1, (gint64) session);
  return bobbin_store_sql_step (self->statements[STATEMENT_END_SESSION], error);
}
