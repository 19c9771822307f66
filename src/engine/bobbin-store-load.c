/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-store-database.h"

#include "bobbin-store-sql.h"

/* Milliseconds. Readers of a write-ahead log wait for nobody but one who
 * recovers it. */
#define BUSY_TIMEOUT 10000

static sqlite3 *
open_with_flags (const char *name, int flags, int *result)
{
  sqlite3 *sql = NULL;
  gboolean fine;

  *result
      = sqlite3_open_v2 (name, &sql,
                         SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | flags, NULL);
  fine = *result == SQLITE_OK;
  if (fine)
    {
      sqlite3_busy_timeout (sql, BUSY_TIMEOUT);
      *result = sqlite3_exec (sql,
                              "PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;"
                              "SELECT 1 FROM sqlite_schema LIMIT 1",
                              NULL, NULL, NULL);
    }
  return sql;
}

/* Where nothing can be written there can be no index of the write-ahead log
 * either, and the database as it was last checkpointed is better than none. */
static sqlite3 *
open_reader (const char *path, GError **error)
{
  g_autofree char *uri = NULL;
  g_autofree char *name = NULL;
  int result;
  sqlite3 *sql = open_with_flags (path, 0, &result);

  if ((result & 0xff) == SQLITE_CANTOPEN || (result & 0xff) == SQLITE_READONLY)
    {
      sqlite3_close (sql);
      uri = g_filename_to_uri (path, NULL, NULL);
      name = g_strconcat (uri != NULL ? uri : "", "?immutable=1", NULL);
      sql = open_with_flags (name, SQLITE_OPEN_URI, &result);
    }
  if (result == SQLITE_OK)
    return sql;
  bobbin_store_sql_set_error (sql, result, error);
  sqlite3_close (sql);
  return NULL;
}

typedef void (*RowFunc) (sqlite3_stmt *statement, gint64 boot, gpointer list);

static void
add_record (sqlite3_stmt *statement, gint64 boot, gpointer list)
{
  g_ptr_array_add (list, bobbin_store_sql_read_record (statement, boot));
}

static void
add_run (sqlite3_stmt *statement, gint64 boot, gpointer list)
{
  BobbinRunRecord run = bobbin_store_sql_read_run (statement);

  g_array_append_val ((GArray *) list, run);
}

static gboolean
query (const char *path,
       const char *text,
       const char *folder,
       gint64 boot,
       RowFunc add,
       gpointer list,
       GError **error)
{
  sqlite3_stmt *statement = NULL;
  sqlite3 *sql = open_reader (path, error);
  int result;

  if (sql == NULL)
    return FALSE;
  result = sqlite3_prepare_v2 (sql, text, -1, &statement, NULL);
  if (result == SQLITE_OK)
    {
      if (folder != NULL)
        sqlite3_bind_text (statement, 1, folder, -1, SQLITE_STATIC);
      while ((result = sqlite3_step (statement)) == SQLITE_ROW)
        add (statement, boot, list);
    }
  if (result != SQLITE_DONE)
    bobbin_store_sql_set_error (sql, result, error);
  sqlite3_finalize (statement);
  sqlite3_close (sql);
  return result == SQLITE_DONE;
}

/* The log of a record's tries goes to it. */
static void
add_tries (sqlite3_stmt *statement, gint64 boot, gpointer by_id)
{
  guint64 id;
  g_autoptr (GArray) log = bobbin_store_sql_read_tries (statement, &id);
  BobbinRecord *record = g_hash_table_lookup (by_id, &id);

  if (record != NULL && record->log == NULL && log->len > 0)
    record->log = g_steal_pointer (&log);
}

/* Whoever cannot read them, since an older Bobbin made the database and nothing
 * can be written to it, has the downloads without. */
static void
load_tries (const char *path, GPtrArray *records)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < records->len; i++)
    {
      BobbinRecord *record = g_ptr_array_index (records, i);

      g_hash_table_insert (by_id, &record->id, record);
    }
  query (path, "SELECT download, log FROM tries", NULL, 0, add_tries, by_id, NULL);
}

/**
 * bobbin_store_database_load:
 * @path: (type filename): the database's file
 * @folder: (nullable) (type filename): a folder, or %NULL for all
 * @boot: what tells this boot from others
 * @error: return location for an error
 *
 * Reads the downloads of a folder. Any thread.
 *
 * Returns: (transfer full) (nullable) (element-type BobbinRecord): the records
 *   in order
 */
GPtrArray *
bobbin_store_database_load (const char *path, const char *folder, gint64 boot, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_record_free);
  const char *text = folder != NULL ? "SELECT " BOBBIN_STORE_COLUMNS
                                      " FROM downloads WHERE folder = ? ORDER BY place, id"
                                    : "SELECT " BOBBIN_STORE_COLUMNS " FROM downloads ORDER BY place, id";

  if (!query (path, text, folder, boot, add_record, records, error))
    return NULL;
  load_tries (path, records);
  return g_steal_pointer (&records);
}

/**
 * bobbin_store_database_load_runs:
 * @path: (type filename): the database's file
 * @error: return location for an error
 *
 * Reads the runs. Any thread.
 *
 * Returns: (transfer full) (nullable) (element-type BobbinRunRecord): the runs,
 *   oldest first
 */
GArray *
bobbin_store_database_load_runs (const char *path, GError **error)
{
  g_autoptr (GArray) runs = g_array_new (FALSE, FALSE, sizeof (BobbinRunRecord));
  const char *text = "SELECT runs.began, elapsed, one_after_another, at_once, finished, failed, bytes,"
                     " coalesce (measured, 0), timelines.began IS NOT NULL"
                     " FROM runs LEFT JOIN timelines USING (began) ORDER BY number";

  return query (path, text, NULL, 0, add_run, runs, error) ? g_steal_pointer (&runs) : NULL;
}

static void
take_timeline (sqlite3_stmt *statement, gint64 boot, gpointer data)
{
  GBytes **timeline = data;

  g_clear_pointer (timeline, g_bytes_unref);
  *timeline = g_bytes_new (sqlite3_column_blob (statement, 0), (gsize) sqlite3_column_bytes (statement, 0));
}

/**
 * bobbin_store_database_load_timeline:
 * @path: (type filename): the database's file
 * @began: which run
 * @error: return location for an error
 *
 * Reads a timeline. Any thread.
 *
 * Returns: (transfer full) (nullable): it
 */
GBytes *
bobbin_store_database_load_timeline (const char *path, gint64 began, GError **error)
{
  g_autofree char *text
      = g_strdup_printf ("SELECT timeline FROM timelines WHERE began = %" G_GINT64_FORMAT, began);
  GBytes *timeline = NULL;

  if (query (path, text, NULL, 0, take_timeline, &timeline, error) && timeline == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "The store does not have the timeline");
  return timeline;
}
