/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-store-schema.h"

#include "bobbin-store-sql.h"

/* Counted up whenever the tables change. What an older Bobbin does not know it
 * would leave as it was while the rest changes: it keeps a newer database aside. */
#define VERSION 4

/* Other processes hold the database for one batch at a time; milliseconds. */
#define BUSY_TIMEOUT 10000

/* After a burst, the write-ahead log is cut back to this, in bytes. */
#define WAL_SIZE "4194304"

#define SETTINGS                                                                                             \
  "PRAGMA trusted_schema = OFF;"                                                                             \
  "PRAGMA cell_size_check = ON;"                                                                             \
  "PRAGMA temp_store = MEMORY;"

/* With a write-ahead log, NORMAL keeps the database whole in a power cut and
 * loses no commit when the process is killed; only what the log itself had not
 * synced may be lost, and a record never speaks of bytes that were not. What the
 * person did is synced (bobbin-store-batch.c). */
#define WRITER_SETTINGS                                                                                      \
  "PRAGMA journal_mode = WAL;"                                                                               \
  "PRAGMA synchronous = NORMAL;"                                                                             \
  "PRAGMA journal_size_limit = " WAL_SIZE ";"

#define TABLES                                                                                               \
  "CREATE TABLE downloads ("                                                                                 \
  " id INTEGER PRIMARY KEY,"                                                                                 \
  " place INTEGER NOT NULL,"                                                                                 \
  " end_order INTEGER NOT NULL,"                                                                             \
  " state INTEGER NOT NULL,"                                                                                 \
  " uri TEXT NOT NULL,"                                                                                      \
  " folder TEXT NOT NULL,"                                                                                   \
  " given_name TEXT,"                                                                                        \
  " headers TEXT,"                                                                                           \
  " digest TEXT,"                                                                                            \
  " extras TEXT,"                                                                                            \
  " name TEXT,"                                                                                              \
  " validator TEXT,"                                                                                         \
  " device INTEGER NOT NULL,"                                                                                \
  " inode INTEGER NOT NULL,"                                                                                 \
  " birth INTEGER NOT NULL,"                                                                                 \
  " ranges BLOB,"                                                                                            \
  " received INTEGER NOT NULL,"                                                                              \
  " total INTEGER NOT NULL,"                                                                                 \
  " own_time INTEGER NOT NULL,"                                                                              \
  " tries INTEGER NOT NULL,"                                                                                 \
  " ended INTEGER NOT NULL,"                                                                                 \
  " modified INTEGER NOT NULL,"                                                                              \
  " synced INTEGER NOT NULL,"                                                                                \
  " boot INTEGER NOT NULL,"                                                                                  \
  " error_domain TEXT,"                                                                                      \
  " error_code INTEGER,"                                                                                     \
  " error_status INTEGER,"                                                                                   \
  " error_message TEXT"                                                                                      \
  ") STRICT;"                                                                                                \
  "CREATE INDEX downloads_by_folder ON downloads (folder);"                                                  \
  "CREATE INDEX downloads_unsynced ON downloads (boot) WHERE state = " BOBBIN_STORE_FINISHED                 \
  " AND synced = 0;"                                                                                         \
  "CREATE TABLE runs ("                                                                                      \
  " number INTEGER PRIMARY KEY,"                                                                             \
  " began INTEGER NOT NULL,"                                                                                 \
  " elapsed INTEGER NOT NULL,"                                                                               \
  " one_after_another INTEGER NOT NULL,"                                                                     \
  " at_once INTEGER NOT NULL,"                                                                               \
  " finished INTEGER NOT NULL,"                                                                              \
  " failed INTEGER NOT NULL,"                                                                                \
  " bytes INTEGER NOT NULL"                                                                                  \
  ") STRICT;"                                                                                                \
  "CREATE TABLE sessions (number INTEGER PRIMARY KEY) STRICT;"

/* The steps from each version to the next. A new database takes all of them, so
 * that the tables are the same wherever they come from. */
static const char *const steps[VERSION] = {
  TABLES,
  "ALTER TABLE downloads ADD COLUMN file_digest TEXT;"
  "ALTER TABLE downloads ADD COLUMN verified INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE downloads ADD COLUMN unproven INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE downloads ADD COLUMN address INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE downloads ADD COLUMN error_origin TEXT;",
  /* Few downloads have a log of tries. It goes with its download. */
  "CREATE TABLE tries (download INTEGER PRIMARY KEY, log BLOB NOT NULL) STRICT;"
  "CREATE TRIGGER tries_go AFTER DELETE ON downloads"
  " BEGIN DELETE FROM tries WHERE download = OLD.id; END;",
  "CREATE TABLE timelines ("
  " began INTEGER PRIMARY KEY,"
  " measured INTEGER NOT NULL,"
  " timeline BLOB NOT NULL"
  ") STRICT;",
};

/* Runs a query that gives one number. */
static gboolean
get_number (sqlite3 *sql, const char *text, gint64 *number, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (sql, text, -1, &statement, NULL);

  if (result == SQLITE_OK)
    result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    *number = sqlite3_column_int64 (statement, 0);
  else
    bobbin_store_sql_set_error (sql, result, error);
  sqlite3_finalize (statement);
  return result == SQLITE_ROW;
}

static gboolean
check_version (sqlite3 *sql, gint64 *version, GError **error)
{
  if (!get_number (sql, "PRAGMA user_version", version, error))
    return FALSE;
  if (*version >= 0 && *version <= VERSION)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "The store has version %" G_GINT64_FORMAT,
               *version);
  return FALSE;
}

/* Reads every page, and so warms the cache for the loading that follows. */
static gboolean
check_integrity (sqlite3 *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (sql, "PRAGMA quick_check (1)", -1, &statement, NULL);
  const char *text = NULL;

  if (result == SQLITE_OK)
    result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    text = (const char *) sqlite3_column_text (statement, 0);
  if (result != SQLITE_ROW)
    bobbin_store_sql_set_error (sql, result, error);
  else if (g_strcmp0 (text, "ok") != 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The store is damaged: %s", text);
  else
    result = SQLITE_OK;
  sqlite3_finalize (statement);
  return result == SQLITE_OK;
}

/* Called in a transaction. */
static gboolean
take_steps (sqlite3 *sql, gint64 version, GError **error)
{
  for (gint64 i = version; i < VERSION; i++)
    if (!bobbin_store_sql_run (sql, steps[i], error))
      return FALSE;
  return bobbin_store_sql_run (sql, "PRAGMA user_version = " G_STRINGIFY (VERSION) "; COMMIT", error);
}

static gboolean
bring_up_to_date (sqlite3 *sql, gint64 version, GError **error)
{
  if (version == VERSION)
    return TRUE;
  if (bobbin_store_sql_run (sql, "BEGIN IMMEDIATE", error) && take_steps (sql, version, error))
    return TRUE;
  sqlite3_exec (sql, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/**
 * bobbin_store_schema_set_up:
 * @sql: a connection that was just opened to write
 * @check: whether to read all of it
 * @error: return location for an error
 *
 * Checks a database, from end to end if @check says so, and makes the tables if it is empty or
 * those of an older Bobbin.
 *
 * Sets %G_IO_ERROR_INVALID_DATA for a database that is damaged or none of ours,
 * %G_IO_ERROR_NOT_SUPPORTED for a newer one, and other %G_IO_ERROR codes.
 *
 * Returns: whether it can be used
 */
gboolean
bobbin_store_schema_set_up (sqlite3 *sql, gboolean check, GError **error)
{
  gint64 version = 0;

  /* A damaged database is not to be touched, not even by moving the log into
   * it when it is closed. */
  sqlite3_db_config (sql, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_busy_timeout (sql, BUSY_TIMEOUT);
  return bobbin_store_sql_run (sql, SETTINGS, error) && check_version (sql, &version, error)
         && (!check || check_integrity (sql, error)) && bobbin_store_sql_run (sql, WRITER_SETTINGS, error)
         && bring_up_to_date (sql, version, error);
}
