/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-store-test.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

void
store_test_set_up (StoreFixture *fixture, gconstpointer data)
{
  fixture->folder = bobbin_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, STORE_TEST_LEAF, NULL);
}

void
store_test_tear_down (StoreFixture *fixture, gconstpointer data)
{
  bobbin_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* Runs a query on a database. Returns: the first number of its first row, 0 for
 * none */
gint64
store_test_ask (const char *path, const char *text)
{
  sqlite3 *sql = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 answer;

  g_assert_cmpint (sqlite3_open_v2 (path, &sql, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (sql, 10000);
  g_assert_cmpint (sqlite3_prepare_v2 (sql, text, -1, &statement, NULL), ==, SQLITE_OK);
  answer = sqlite3_step (statement) == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
  sqlite3_finalize (statement);
  g_assert_cmpint (sqlite3_close (sql), ==, SQLITE_OK);
  return answer;
}

/* Runs statements on a database, which is made if it is missing. */
void
store_test_run (const char *path, const char *text)
{
  sqlite3 *sql = NULL;

  g_assert_cmpint (sqlite3_open (path, &sql), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (sql, text, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (sql), ==, SQLITE_OK);
}

/* Opens the store of the fixture, which has to be found like that. */
BobbinStore *
store_test_open (StoreFixture *fixture, BobbinStoreNotice notice)
{
  BobbinStore *store = bobbin_store_open (fixture->path);

  g_assert_no_error (bobbin_store_get_error (store));
  g_assert_cmpint (bobbin_store_get_notice (store), ==, notice);
  return store;
}

void
store_test_flush (BobbinStore *store)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (bobbin_store_flush (store, &error));
  g_assert_no_error (error);
}

void
store_test_close (BobbinStore *store)
{
  bobbin_store_close (store);
  g_assert_no_error (bobbin_store_get_error (store));
  bobbin_store_unref (store);
}

GPtrArray *
store_test_load (BobbinStore *store, const char *folder)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records = bobbin_store_load (store, folder, &error);

  g_assert_no_error (error);
  g_assert_nonnull (records);
  return records;
}

BobbinRecord *
store_test_new_record (guint64 id, const char *uri)
{
  BobbinRecord *record = bobbin_record_new ();

  record->id = id;
  record->order = id;
  record->uri = g_strdup (uri);
  record->folder = g_strdup ("/folder");
  return record;
}

void
store_test_set_ranges (BobbinRecord *record, goffset end)
{
  record->ranges = bobbin_range_list_new ();
  bobbin_range_list_add (record->ranges, 0, end);
  record->received = end;
}

BobbinRecord *
store_test_get (GPtrArray *records, guint i)
{
  g_assert_cmpuint (i, <, records->len);
  return g_ptr_array_index (records, i);
}

void
store_test_put_many (BobbinStore *store, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *uri = g_strdup_printf ("https://example.org/some/path/to/a/file-%06u.tar.gz", i);
      BobbinRecord *record = store_test_new_record (i + 1, uri);

      record->order = n - i;
      record->name = g_strdup_printf ("file-%06u.tar.gz", i);
      record->state = i % 2 == 0 ? BOBBIN_STATE_FINISHED : BOBBIN_STATE_WAITING;
      record->synced = TRUE;
      if (i % 2 != 0)
        store_test_set_ranges (record, i);
      bobbin_store_put (store, record, -1);
    }
}

/* Makes a store with so many downloads. */
void
store_test_make (StoreFixture *fixture, guint n)
{
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);

  store_test_put_many (store, n);
  store_test_close (store);
}

/* Waits for a child that ends well or is killed. */
void
store_test_wait_for_child (pid_t child)
{
  int status;

  g_assert_cmpint (child, >, 0);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true ((WIFEXITED (status) && WEXITSTATUS (status) == 0)
                 || (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL));
}

/* Notes a part file that was made for a download. */
void
store_test_note (BobbinStore *store, guint64 id, const char *name, ino_t inode)
{
  BobbinPartIdentity identity = { .device = 8, .inode = inode, .birth = 42 };

  bobbin_store_note_created (store, id, "http://user:sesame@a/b c", "/fol\nder\t\xff", name, &identity);
}

/* A record that holds 100 bytes. */
BobbinRecord *
store_test_new_holding_record (guint64 id, ino_t inode)
{
  BobbinRecord *record = store_test_new_record (id, "http://kept/");

  record->name = g_strdup ("old");
  record->identity = (BobbinPartIdentity){ .device = 8, .inode = inode, .birth = 42 };
  record->validator = g_strdup ("\"v\"");
  store_test_set_ranges (record, 100);
  return record;
}

/* Returns: a descriptor of a part file, for bobbin_store_put() */
int
store_test_make_part (StoreFixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a.part", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}
