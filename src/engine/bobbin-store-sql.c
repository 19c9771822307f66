/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-store-sql.h"

#include "bobbin-error.h"

#include <errno.h>

/* Parameters count from 1, results from 0. */
enum
{
  COLUMN_ID,
  COLUMN_PLACE,
  COLUMN_END_ORDER,
  COLUMN_STATE,
  COLUMN_URI,
  COLUMN_FOLDER,
  COLUMN_GIVEN_NAME,
  COLUMN_HEADERS,
  COLUMN_DIGEST,
  COLUMN_EXTRAS,
  COLUMN_NAME,
  COLUMN_VALIDATOR,
  COLUMN_DEVICE,
  COLUMN_INODE,
  COLUMN_BIRTH,
  COLUMN_RANGES,
  COLUMN_RECEIVED,
  COLUMN_TOTAL,
  COLUMN_OWN_TIME,
  COLUMN_TRIES,
  COLUMN_ENDED,
  COLUMN_MODIFIED,
  COLUMN_SYNCED,
  COLUMN_BOOT,
  COLUMN_ERROR_DOMAIN,
  COLUMN_ERROR_CODE,
  COLUMN_ERROR_STATUS,
  COLUMN_ERROR_MESSAGE,
  COLUMN_FILE_DIGEST,
  COLUMN_VERIFIED,
  COLUMN_UNPROVEN,
  COLUMN_ADDRESS,
  COLUMN_ERROR_ORIGIN,
};

/* Between the parts of a header list; no field can hold it. */
#define SEPARATOR "\n"

static GIOErrorEnum
get_code (sqlite3 *sql, int result)
{
  int number;

  switch (result & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    /* Tables that are missing or not what we made. */
    case SQLITE_ERROR:
    case SQLITE_SCHEMA:
      return G_IO_ERROR_INVALID_DATA;
    case SQLITE_FULL:
      return G_IO_ERROR_NO_SPACE;
    case SQLITE_READONLY:
      return G_IO_ERROR_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return G_IO_ERROR_BUSY;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      number = sql != NULL ? sqlite3_system_errno (sql) : 0;
      return number == EDQUOT ? G_IO_ERROR_NO_SPACE : g_io_error_from_errno (number);
    default:
      return G_IO_ERROR_FAILED;
    }
}

/**
 * bobbin_store_sql_set_error:
 * @sql: (nullable): the connection
 * @result: what SQLite returned
 * @error: return location for an error
 *
 * Turns a result of SQLite into a %G_IO_ERROR.
 *
 * Returns: %FALSE
 */
gboolean
bobbin_store_sql_set_error (sqlite3 *sql, int result, GError **error)
{
  g_set_error (error, G_IO_ERROR, (gint) get_code (sql, result), "The store: %s (%d)",
               sql != NULL ? sqlite3_errmsg (sql) : sqlite3_errstr (result), result);
  return FALSE;
}

/**
 * bobbin_store_sql_run:
 * @sql: the connection
 * @text: statements
 * @error: return location for an error
 *
 * Runs statements whose results nobody wants.
 *
 * Returns: whether all went well
 */
gboolean
bobbin_store_sql_run (sqlite3 *sql, const char *text, GError **error)
{
  int result = sqlite3_exec (sql, text, NULL, NULL, NULL);

  return result == SQLITE_OK || bobbin_store_sql_set_error (sql, result, error);
}

/**
 * bobbin_store_sql_step:
 * @statement: a statement without results, its parameters bound
 * @error: return location for an error
 *
 * Runs a prepared statement and makes it ready for the next time.
 *
 * Returns: whether all went well
 */
gboolean
bobbin_store_sql_step (sqlite3_stmt *statement, GError **error)
{
  int result = sqlite3_step (statement);
  gboolean done = result == SQLITE_DONE;

  if (!done)
    bobbin_store_sql_set_error (sqlite3_db_handle (statement), result, error);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return done;
}

static void
bind_number (sqlite3_stmt *statement, int column, gint64 number)
{
  sqlite3_bind_int64 (statement, column + 1, number);
}

/* @text has to live until the statement is reset. */
static void
bind_text (sqlite3_stmt *statement, int column, const char *text)
{
  sqlite3_bind_text (statement, column + 1, text, -1, SQLITE_STATIC);
}

static void
bind_taken_text (sqlite3_stmt *statement, int column, char *text)
{
  sqlite3_bind_text (statement, column + 1, text, -1, g_free);
}

/* Nothing secret gets past here, whoever the caller. */
static void
bind_link (sqlite3_stmt *statement, const BobbinRecord *record)
{
  g_auto (GStrv) headers = bobbin_record_keep_headers ((const char *const *) record->headers);

  bind_taken_text (statement, COLUMN_URI, bobbin_record_strip_uri (record->uri));
  if (headers != NULL)
    bind_taken_text (statement, COLUMN_HEADERS, g_strjoinv (SEPARATOR, headers));
}

static void
bind_ranges (sqlite3_stmt *statement, const GArray *ranges, goffset received)
{
  g_autoptr (GBytes) bytes = NULL;
  const void *data;
  gsize size;

  bind_number (statement, COLUMN_RECEIVED, received);
  if (ranges == NULL || ranges->len == 0)
    return;
  bytes = bobbin_range_list_to_bytes (ranges);
  data = g_bytes_get_data (bytes, &size);
  sqlite3_bind_blob64 (statement, COLUMN_RANGES + 1, data, size, SQLITE_TRANSIENT);
}

static void
bind_error (sqlite3_stmt *statement, const GError *error)
{
  if (error == NULL)
    return;
  bind_text (statement, COLUMN_ERROR_DOMAIN, g_quark_to_string (error->domain));
  bind_number (statement, COLUMN_ERROR_CODE, error->code);
  bind_number (statement, COLUMN_ERROR_STATUS, bobbin_error_get_status (error));
  bind_text (statement, COLUMN_ERROR_MESSAGE, error->message);
  bind_text (statement, COLUMN_ERROR_ORIGIN, bobbin_error_get_origin (error));
}

/**
 * bobbin_store_sql_bind_record:
 * @statement: a statement with a parameter for each of #BOBBIN_STORE_COLUMNS
 * @record: a record; has to live until the statement is reset
 * @with_ranges: whether to bind what it holds, too
 * @boot: what tells this boot from others
 *
 * Binds a record, its URI without user and password, its headers without
 * secret ones.
 */
void
bobbin_store_sql_bind_record (sqlite3_stmt *statement,
                              const BobbinRecord *record,
                              gboolean with_ranges,
                              gint64 boot)
{
  bind_number (statement, COLUMN_ID, (gint64) record->id);
  bind_number (statement, COLUMN_PLACE, record->order);
  bind_number (statement, COLUMN_END_ORDER, (gint64) record->end_order);
  bind_number (statement, COLUMN_STATE, record->state);
  bind_link (statement, record);
  bind_text (statement, COLUMN_FOLDER, record->folder);
  bind_text (statement, COLUMN_GIVEN_NAME, record->given_name);
  bind_text (statement, COLUMN_DIGEST, record->digest);
  bind_text (statement, COLUMN_EXTRAS, record->extras);
  bind_text (statement, COLUMN_NAME, record->name);
  bind_text (statement, COLUMN_VALIDATOR, record->validator);
  bind_number (statement, COLUMN_DEVICE, (gint64) record->identity.device);
  bind_number (statement, COLUMN_INODE, (gint64) record->identity.inode);
  bind_number (statement, COLUMN_BIRTH, record->identity.birth);
  bind_ranges (statement, with_ranges ? record->ranges : NULL, with_ranges ? record->received : 0);
  bind_number (statement, COLUMN_TOTAL, record->total);
  bind_number (statement, COLUMN_OWN_TIME, record->own_time);
  bind_number (statement, COLUMN_TRIES, record->tries);
  bind_number (statement, COLUMN_ENDED, record->ended);
  bind_number (statement, COLUMN_MODIFIED, record->modified);
  bind_number (statement, COLUMN_SYNCED, record->synced ? 1 : 0);
  bind_number (statement, COLUMN_BOOT, boot);
  bind_text (statement, COLUMN_FILE_DIGEST, record->file_digest);
  bind_number (statement, COLUMN_VERIFIED, record->verified ? 1 : 0);
  bind_number (statement, COLUMN_UNPROVEN, record->unproven ? 1 : 0);
  bind_number (statement, COLUMN_ADDRESS, record->address);
  bind_error (statement, record->error);
}

/**
 * bobbin_store_sql_dup_text:
 * @statement: a statement that has given a row
 * @column: a column, from 0
 *
 * Returns: (transfer full) (nullable): the text
 */
char *
bobbin_store_sql_dup_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

static char **
read_headers (sqlite3_stmt *statement)
{
  const char *text = (const char *) sqlite3_column_text (statement, COLUMN_HEADERS);
  g_auto (GStrv) headers = text != NULL ? g_strsplit (text, SEPARATOR, -1) : NULL;

  return bobbin_record_keep_headers ((const char *const *) headers);
}

static GArray *
read_ranges (sqlite3_stmt *statement)
{
  const void *data = sqlite3_column_blob (statement, COLUMN_RANGES);
  int size = sqlite3_column_bytes (statement, COLUMN_RANGES);
  g_autoptr (GBytes) bytes = NULL;

  if (data == NULL || size <= 0)
    return NULL;
  bytes = g_bytes_new (data, (gsize) size);
  return bobbin_range_list_from_bytes (bytes);
}

static GError *
read_error (sqlite3_stmt *statement)
{
  const char *domain = (const char *) sqlite3_column_text (statement, COLUMN_ERROR_DOMAIN);
  int code = sqlite3_column_int (statement, COLUMN_ERROR_CODE);
  int status = sqlite3_column_int (statement, COLUMN_ERROR_STATUS);
  const char *message = (const char *) sqlite3_column_text (statement, COLUMN_ERROR_MESSAGE);
  GError *error = bobbin_error_restore (domain, code, (guint) MAX (status, 0), message);

  if (error != NULL && error->domain == BOBBIN_ERROR)
    bobbin_error_set_origin (error, (const char *) sqlite3_column_text (statement, COLUMN_ERROR_ORIGIN));
  return error;
}

static BobbinState
read_state (sqlite3_stmt *statement)
{
  int state = sqlite3_column_int (statement, COLUMN_STATE);

  if (state == BOBBIN_STATE_PAUSED || state == BOBBIN_STATE_FINISHED || state == BOBBIN_STATE_FAILED)
    return (BobbinState) state;
  return BOBBIN_STATE_WAITING;
}

/* What cannot be is taken for unknown. */
static void
read_progress (sqlite3_stmt *statement, BobbinRecord *record)
{
  record->identity.device = (dev_t) sqlite3_column_int64 (statement, COLUMN_DEVICE);
  record->identity.inode = (ino_t) sqlite3_column_int64 (statement, COLUMN_INODE);
  record->identity.birth = sqlite3_column_int64 (statement, COLUMN_BIRTH);
  record->ranges = read_ranges (statement);
  record->received = MAX (sqlite3_column_int64 (statement, COLUMN_RECEIVED), 0);
  record->total = MAX (sqlite3_column_int64 (statement, COLUMN_TOTAL), -1);
  record->own_time = MAX (sqlite3_column_int64 (statement, COLUMN_OWN_TIME), 0);
  record->tries = (guint) MAX (sqlite3_column_int (statement, COLUMN_TRIES), 0);
  record->ended = sqlite3_column_int64 (statement, COLUMN_ENDED);
  record->modified = sqlite3_column_int64 (statement, COLUMN_MODIFIED);
  record->address = (guint) MAX (sqlite3_column_int (statement, COLUMN_ADDRESS), 0);
}

/**
 * bobbin_store_sql_read_record:
 * @statement: a statement that has given a row of #BOBBIN_STORE_COLUMNS
 * @boot: what tells this boot from others
 *
 * Returns: (transfer full): the record
 */
BobbinRecord *
bobbin_store_sql_read_record (sqlite3_stmt *statement, gint64 boot)
{
  BobbinRecord *record = bobbin_record_new ();

  record->id = (guint64) sqlite3_column_int64 (statement, COLUMN_ID);
  record->order = sqlite3_column_int64 (statement, COLUMN_PLACE);
  record->end_order = (guint64) sqlite3_column_int64 (statement, COLUMN_END_ORDER);
  record->state = read_state (statement);
  record->uri = bobbin_store_sql_dup_text (statement, COLUMN_URI);
  record->folder = bobbin_store_sql_dup_text (statement, COLUMN_FOLDER);
  record->given_name = bobbin_store_sql_dup_text (statement, COLUMN_GIVEN_NAME);
  record->headers = read_headers (statement);
  record->digest = bobbin_store_sql_dup_text (statement, COLUMN_DIGEST);
  record->extras = bobbin_store_sql_dup_text (statement, COLUMN_EXTRAS);
  record->name = bobbin_store_sql_dup_text (statement, COLUMN_NAME);
  record->validator = bobbin_store_sql_dup_text (statement, COLUMN_VALIDATOR);
  read_progress (statement, record);
  record->file_digest = bobbin_store_sql_dup_text (statement, COLUMN_FILE_DIGEST);
  record->verified = sqlite3_column_int (statement, COLUMN_VERIFIED) != 0;
  record->unproven = sqlite3_column_int (statement, COLUMN_UNPROVEN) != 0;
  record->synced = sqlite3_column_int (statement, COLUMN_SYNCED) != 0;
  record->same_boot = sqlite3_column_int64 (statement, COLUMN_BOOT) == boot;
  record->error = read_error (statement);
  return record;
}

/**
 * bobbin_store_sql_bind_tries:
 * @statement: a statement with a parameter for a download and one for its tries
 * @record: a record with tries
 *
 * Binds the log of a download's tries.
 */
void
bobbin_store_sql_bind_tries (sqlite3_stmt *statement, const BobbinRecord *record)
{
  g_autoptr (GBytes) bytes = bobbin_tries_to_bytes (record->log);
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  bind_number (statement, 0, (gint64) record->id);
  sqlite3_bind_blob64 (statement, 2, data, size, SQLITE_TRANSIENT);
}

/**
 * bobbin_store_sql_read_tries:
 * @statement: a statement that has given a row of tries
 * @id: (out): the download that they are of
 *
 * Returns: (transfer full) (element-type BobbinTry): the log
 */
GArray *
bobbin_store_sql_read_tries (sqlite3_stmt *statement, guint64 *id)
{
  const void *data = sqlite3_column_blob (statement, 1);
  int size = sqlite3_column_bytes (statement, 1);
  g_autoptr (GBytes) bytes = g_bytes_new (data, data != NULL ? (gsize) MAX (size, 0) : 0);

  *id = (guint64) sqlite3_column_int64 (statement, 0);
  return bobbin_tries_from_bytes (bytes);
}

/**
 * bobbin_store_sql_bind_run:
 * @statement: a statement with a parameter for each field of a run
 * @run: a run
 *
 * Binds a run.
 */
void
bobbin_store_sql_bind_run (sqlite3_stmt *statement, const BobbinRunRecord *run)
{
  bind_number (statement, 0, run->began);
  bind_number (statement, 1, run->elapsed);
  bind_number (statement, 2, run->one_after_another);
  bind_number (statement, 3, run->at_once);
  bind_number (statement, 4, run->finished);
  bind_number (statement, 5, run->failed);
  bind_number (statement, 6, run->bytes);
}

/**
 * bobbin_store_sql_read_run:
 * @statement: a statement that has given a row of runs
 *
 * Returns: the run
 */
BobbinRunRecord
bobbin_store_sql_read_run (sqlite3_stmt *statement)
{
  return (BobbinRunRecord){
    .began = sqlite3_column_int64 (statement, 0),
    .elapsed = sqlite3_column_int64 (statement, 1),
    .one_after_another = sqlite3_column_int64 (statement, 2),
    .at_once = (guint) sqlite3_column_int (statement, 3),
    .finished = (guint) sqlite3_column_int (statement, 4),
    .failed = (guint) sqlite3_column_int (statement, 5),
    .bytes = sqlite3_column_int64 (statement, 6),
    .measured = sqlite3_column_int64 (statement, 7),
    .has_timeline = sqlite3_column_int (statement, 8) != 0,
  };
}

/**
 * bobbin_store_sql_bind_timeline:
 * @statement: a statement with a parameter for each field of a timeline
 * @record: a timeline; has to stay until the statement has run
 *
 * Binds a timeline.
 */
void
bobbin_store_sql_bind_timeline (sqlite3_stmt *statement, const BobbinTimelineRecord *record)
{
  gsize size;
  gconstpointer bytes = g_bytes_get_data (record->timeline, &size);

  bind_number (statement, 0, record->began);
  bind_number (statement, 1, record->measured);
  sqlite3_bind_blob64 (statement, 3, bytes, size, SQLITE_STATIC);
}
