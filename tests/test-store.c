/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-error.h"
#include "bobbin-store.h"
#include "bobbin-test.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define LEAF "store.db"
#define NOBODY 65534

typedef struct
{
  char *folder;
  char *path;
} Fixture;

/* What the C library's own are asked for, counted and now and then refused. */
static int n_data_syncs;
static int n_syncs;
static int n_whole_syncs;
static int data_sync_error;
static char *watched_path; /* a database looked into at each sync of data */
static int n_claims_before_sync;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = bobbin_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, LEAF, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  bobbin_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static gint64
ask (const char *path, const char *text)
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

/* The database syncs its own files with these, too. */
static gboolean
is_part (int fd)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = g_file_read_link (link, NULL);

  return path != NULL && g_str_has_suffix (path, ".part");
}

int
fdatasync (int fd)
{
  if (!is_part (fd))
    return (int) syscall (SYS_fdatasync, fd);
  g_atomic_int_inc (&n_data_syncs);
  if (watched_path != NULL
      && ask (watched_path, "SELECT count(*) FROM downloads WHERE ranges IS NOT NULL") > 0)
    n_claims_before_sync++;
  if (data_sync_error != 0)
    {
      errno = data_sync_error;
      return -1;
    }
  return (int) syscall (SYS_fdatasync, fd);
}

int
fsync (int fd)
{
  g_atomic_int_inc (&n_syncs);
  return (int) syscall (SYS_fsync, fd);
}

int
syncfs (int fd)
{
  g_atomic_int_inc (&n_whole_syncs);
  return 0;
}

static BobbinStore *
open_store (Fixture *fixture, BobbinStoreNotice notice)
{
  BobbinStore *store = bobbin_store_open (fixture->path);

  g_assert_no_error (bobbin_store_get_error (store));
  g_assert_cmpint (bobbin_store_get_notice (store), ==, notice);
  return store;
}

static void
flush (BobbinStore *store)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (bobbin_store_flush (store, &error));
  g_assert_no_error (error);
}

static void
close_store (BobbinStore *store)
{
  bobbin_store_close (store);
  g_assert_no_error (bobbin_store_get_error (store));
  bobbin_store_unref (store);
}

static GPtrArray *
load (BobbinStore *store, const char *folder)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records = bobbin_store_load (store, folder, &error);

  g_assert_no_error (error);
  g_assert_nonnull (records);
  return records;
}

static BobbinRecord *
new_record (guint64 id, const char *uri)
{
  BobbinRecord *record = bobbin_record_new ();

  record->id = id;
  record->order = id;
  record->uri = g_strdup (uri);
  record->folder = g_strdup ("/folder");
  return record;
}

static void
set_ranges (BobbinRecord *record, goffset end)
{
  record->ranges = bobbin_range_list_new ();
  bobbin_range_list_add (record->ranges, 0, end);
  record->received = end;
}

static BobbinRecord *
new_full_record (void)
{
  static const char *const headers[] = { "User-Agent", "a b", "Accept", "*/*", NULL };
  BobbinRecord *record = new_record (G_GUINT64_CONSTANT (0x0000123400000001), "https://example.org/a?b=c");

  record->order = 7;
  record->end_order = 3;
  record->state = BOBBIN_STATE_FAILED;
  record->given_name = g_strdup ("given \xff\n'name'");
  record->headers = g_strdupv ((char **) headers);
  record->digest = g_strdup ("sha-256=abc");
  record->name = g_strdup ("name\t\"x\"");
  record->validator = g_strdup ("\"etag\"");
  record->identity = (BobbinPartIdentity){ .device = 66, .inode = G_MAXUINT64 - 1, .birth = G_MAXINT64 };
  set_ranges (record, 10);
  bobbin_range_list_add (record->ranges, 20, G_MAXOFFSET);
  record->received = 1234;
  record->total = G_MAXOFFSET;
  record->own_time = 5;
  record->tries = 4;
  record->ended = 1700000000000000;
  record->modified = 1600000000000000001;
  record->synced = TRUE;
  record->error = bobbin_error_new_status (503);
  return record;
}

static void
assert_same_ranges (const GArray *a, const GArray *b)
{
  g_assert_cmpint (a != NULL ? (int) a->len : -1, ==, b != NULL ? (int) b->len : -1);
  if (a != NULL)
    g_assert_cmpmem (a->data, a->len * sizeof (BobbinRange), b->data, b->len * sizeof (BobbinRange));
}

static void
assert_same_strings (const BobbinRecord *a, const BobbinRecord *b)
{
  g_assert_cmpstr (a->uri, ==, b->uri);
  g_assert_cmpstr (a->folder, ==, b->folder);
  g_assert_cmpstr (a->given_name, ==, b->given_name);
  g_assert_cmpstr (a->digest, ==, b->digest);
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpstr (a->validator, ==, b->validator);
  if (a->headers != NULL && b->headers != NULL)
    g_assert_cmpstrv (a->headers, b->headers);
  else
    g_assert_true (a->headers == b->headers);
}

static void
assert_same (const BobbinRecord *a, const BobbinRecord *b)
{
  g_assert_cmpuint (a->id, ==, b->id);
  g_assert_cmpuint (a->order, ==, b->order);
  g_assert_cmpuint (a->end_order, ==, b->end_order);
  g_assert_cmpint (a->state, ==, b->state);
  assert_same_strings (a, b);
  g_assert_true (bobbin_part_identity_equal (&a->identity, &b->identity));
  assert_same_ranges (a->ranges, b->ranges);
  g_assert_cmpint (a->received, ==, b->received);
  g_assert_cmpint (a->total, ==, b->total);
  g_assert_cmpint (a->own_time, ==, b->own_time);
  g_assert_cmpuint (a->tries, ==, b->tries);
  g_assert_cmpint (a->ended, ==, b->ended);
  g_assert_cmpint (a->modified, ==, b->modified);
  g_assert_cmpint (a->synced, ==, b->synced);
}

static void
assert_same_error (const GError *a, const GError *b)
{
  g_assert_cmpuint (a->domain, ==, b->domain);
  g_assert_cmpint (a->code, ==, b->code);
  g_assert_cmpstr (a->message, ==, b->message);
  g_assert_cmpuint (bobbin_error_get_status (a), ==, bobbin_error_get_status (b));
}

static BobbinRecord *
get (GPtrArray *records, guint i)
{
  g_assert_cmpuint (i, <, records->len);
  return g_ptr_array_index (records, i);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  BobbinStore *store = open_store (fixture, BOBBIN_STORE_FINE);
  g_autoptr (BobbinRecord) full = new_full_record ();
  g_autoptr (BobbinRecord) bare = new_record (2, "http://example.org/");
  BobbinRecord *other = new_full_record ();
  g_autoptr (GPtrArray) records = NULL;

  /* Each takes the place of one that has nothing in common with it. */
  bobbin_store_put (store, new_record (full->id, "http://other/"), -1);
  other->id = 2;
  bobbin_store_put (store, other, -1);
  flush (store);
  bobbin_store_put (store, new_full_record (), -1);
  bobbin_store_put (store, new_record (2, "http://example.org/"), -1);
  close_store (store);

  store = open_store (fixture, BOBBIN_STORE_FINE);
  records = load (store, NULL);
  g_assert_cmpuint (records->len, ==, 2);
  assert_same (get (records, 0), bare);
  g_assert_null (get (records, 0)->error);
  assert_same (get (records, 1), full);
  assert_same_error (get (records, 1)->error, full->error);
  g_assert_true (get (records, 1)->same_boot);
  close_store (store);
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  BobbinStore *store = open_store (fixture, BOBBIN_STORE_FINE);
  g_autoptr (GPtrArray) records = NULL;
  BobbinRecord *record = new_record (1, "http://a/");
  BobbinRecord *other = new_record (2, "http://a/");

  record->error = g_error_new_literal (BOBBIN_ERROR, BOBBIN_ERROR_TOO_SLOW, "Slow");
  other->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "Full");
  bobbin_store_put (store, record, -1);
  bobbin_store_put (store, other, -1);
  flush (store);
  records = load (store, NULL);
  g_assert_error (get (records, 0)->error, BOBBIN_ERROR, BOBBIN_ERROR_TOO_SLOW);
  g_assert_cmpint (bobbin_error_get_retry_after (get (records, 0)->error), ==, -1);
  g_assert_error (get (records, 1)->error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  close_store (store);
}

static void
test_latest_wins (Fixture *fixture, gconstpointer data)
{
  BobbinStore *store = open_store (fixture, BOBBIN_STORE_FINE);
  guint64 gone[] = { 1, 2, 77 };
  BobbinRecord *again = new_record (2, "http://again/");
  g_autoptr (GPtrArray) records = NULL;

  for (guint i = 0; i < 1000; i++)
    for (guint64 id = 1; id <= 3; id++)
      {
        BobbinRecord *record = new_record (id, "http://a/");

        record->order = 10 - id;
        record->tries = i;
        bobbin_store_put (store, record, -1);
      }
  bobbin_store_remove (store, gone, G_N_ELEMENTS (gone));
  again->order = 100;
  bobbin_store_put (store, again, -1);
  flush (store);
  records = load (store, NULL);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpuint (get (records, 0)->id, ==, 3);
  g_assert_cmpuint (get (records, 0)->tries, ==, 999);
  g_assert_cmpstr (get (records, 1)->uri, ==, "http://again/");
  close_store (store);
}

static void
test_folder (Fixture *fixture, gconstpointer data)
{
  BobbinStore *store = open_store (fixture, BOBBIN_STORE_FINE);
  BobbinRecord *other = new_record (1, "http://a/");
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) none = NULL;

  g_free (other->folder);
  other->folder = g_strdup ("/other\xff\n");
  bobbin_store_put (store, other, -1);
  bobbin_store_put (store, new_record (2, "http://a/"), -1);
  flush (store);
  records = load (store, "/other\xff\n");
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpuint (get (records, 0)->id, ==, 1);
  none = load (store, "/none");
  g_assert_cmpuint (none->len, ==, 0);
  close_store (store);
}

static void
test_runs (Fixture *fixture, gconstpointer data)
{
  BobbinStore *store = open_store (fixture, BOBBIN_STORE_FINE);
  BobbinRunRecord one = { 1, 2, 3, 4, 5, 6, G_MAXOFFSET };
  BobbinRunRecord two = { .began = 9 };
  g_autoptr (GArray) runs = NULL;
  const BobbinRunRecord *found;

  bobbin_store_put_run (store, &one);
  bobbin_store_put_run (store, &two);
  flush (store);
  runs = bobbin_store_load_runs (store, NULL);
  g_assert_cmpuint (runs->len, ==, 2);
  found = &g_array_index (runs, BobbinRunRecord, 0);
  g_assert_cmpint (found->began, ==, 1);
  g_assert_cmpint (found->elapsed, ==, 2);
  g_assert_cmpint (found->one_after_another, ==, 3);
  g_assert_cmpuint (found->at_once, ==, 4);
  g_assert_cmpuint (found->finished, ==, 5);
  g_assert_cmpuint (found->failed, ==, 6);
  g_assert_cmpint (found->bytes, ==, G_MAXOFFSET);
  g_assert_cmpint (g_array_index (runs, BobbinRunRecord, 1).began, ==, 9);
  close_store (store);
}

static void
put_many (BobbinStore *store, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *uri = g_strdup_printf ("https://example.org/some/path/to/a/file-%06u.tar.gz", i);
      BobbinRecord *record = new_record (i + 1, uri);

      record->order = n - i;
      record->name = g_strdup_printf ("file-%06u.tar.gz", i);
      record->state = i % 2 == 0 ? BOBBIN_STATE_FINISHED : BOBBIN_STATE_WAITING;
      record->synced = TRUE;
      if (i % 2 != 0)
        set_ranges (record, i);
      bobbin_store_put (store, record, -1);
    }
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  guint n = 100000;
  BobbinStore *store = open_store (fixture, BOBBIN_STORE_FINE);
  g_autoptr (GPtrArray) records = NULL;
  gint64 start = g_get_monotonic_time ();

  put_many (store, n);
  g_test_message ("put: %.3f s", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  flush (store);
  g_test_message ("written: %.3f s", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  close_store (store);

  start = g_get_monotonic_time ();
  store = open_store (fixture, BOBBIN_STORE_FINE);
  g_test_message ("opened: %.3f s", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  records = load (store, NULL);
  g_test_message ("loaded: %.3f s", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  g_assert_cmpuint (records->len, ==, n);
  g_assert_cmpuint (get (records, 0)->id, ==, n);
  g_assert_cmpuint (get (records, n - 1)->id, ==, 1);
  g_assert_cmpint (get (records, 0)->received, ==, n - 1);
  close_store (store);
}

static guint
get_mode (const char *path)
{
  struct stat info;

  g_assert_cmpint (lstat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

static void
test_permissions (Fixture *fixture, gconstpointer data)
{
  g_autofree char *below = g_build_filename (fixture->folder, "new", NULL);
  g_autofree char *path = g_build_filename (below, LEAF, NULL);
  mode_t before = umask ((mode_t) GPOINTER_TO_UINT (data));
  BobbinPartIdentity identity = { 1, 2, 3 };
  BobbinStore *store = bobbin_store_open (path);
  g_auto (GStrv) names = NULL;

  bobbin_store_put (store, new_record (1, "http://a/"), -1);
  flush (store);
  bobbin_store_note_created (store, 1, "http://a/", "/", "n", &identity);
  names = bobbin_test_list_folder (below);
  g_assert_cmpuint (g_strv_length (names), ==, 4);
  g_assert_cmpuint (get_mode (below), ==, 0700);
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *file = g_build_filename (below, *name, NULL);

      g_assert_cmpuint (get_mode (file), ==, 0600);
    }
  close_store (store);
  umask (before);
  bobbin_test_remove_folder (below);
}

/* A database that others could read is closed to them. */
static void
test_too_open (Fixture *fixture, gconstpointer data)
{
  close_store (open_store (fixture, BOBBIN_STORE_FINE));
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  close_store (open_store (fixture, BOBBIN_STORE_FINE));
  g_assert_cmpuint (get_mode (fixture->path), ==, 0600);
}

static void
make_store (Fixture *fixture, guint n)
{
  BobbinStore *store = open_store (fixture, BOBBIN_STORE_FINE);

  put_many (store, n);
  close_store (store);
}

/* The store has to begin anew, and the old file has to be there unchanged. */
static void
assert_kept_aside (Fixture *fixture, BobbinStoreNotice notice, const char *why)
{
  g_autofree char *bytes = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GPtrArray) records = NULL;
  gsize size;
  gsize kept_size;
  BobbinStore *store;

  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  store = open_store (fixture, notice);
  g_assert_nonnull (bobbin_store_get_kept_aside (store));
  g_assert_nonnull (strstr (bobbin_store_get_kept_aside (store), why));
  g_assert_true (g_file_get_contents (bobbin_store_get_kept_aside (store), &kept, &kept_size, NULL));
  g_assert_cmpmem (bytes, size, kept, kept_size);
  records = load (store, NULL);
  g_assert_cmpuint (records->len, ==, 0);
  bobbin_store_put (store, new_record (1, "http://a/"), -1);
  flush (store);
  close_store (store);
}

static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) names = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "This is no database, not at all.", -1, NULL));
  assert_kept_aside (fixture, BOBBIN_STORE_DAMAGED, LEAF ".damaged-2");
  /* The second one in the same second gets a number. */
  g_assert_true (g_file_set_contents (fixture->path, "This is no database, not at all.", -1, NULL));
  assert_kept_aside (fixture, BOBBIN_STORE_DAMAGED, LEAF ".damaged-2");
  names = bobbin_test_list_folder (fixture->folder);
  g_assert_cmpuint (g_strv_length (names), ==, 3);
}

static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  struct stat info;

  make_store (fixture, 1000);
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (truncate (fixture->path, info.st_size / 2), ==, 0);
  assert_kept_aside (fixture, BOBBIN_STORE_DAMAGED, LEAF ".damaged-2");
}

static void
overwrite (const char *path, goffset offset, int value, gsize size)
{
  g_autofree guint8 *bytes = g_malloc (size);
  int fd = open (path, O_RDWR | O_CLOEXEC);

  memset (bytes, value, size);
  g_assert_cmpint (pwrite (fd, bytes, size, offset), ==, (gssize) size);
  close (fd);
}

static void
test_lost_page (Fixture *fixture, gconstpointer data)
{
  make_store (fixture, 1000);
  overwrite (fixture->path, 20 * 4096, 0x5a, 4096);
  assert_kept_aside (fixture, BOBBIN_STORE_DAMAGED, LEAF ".damaged-2");
}

/* What is in the write-ahead log belongs to the damaged database, too. */
static void
test_damaged_with_log (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *kept = NULL;
  BobbinStore *store;

  g_assert_true (g_file_set_contents (fixture->path, "This is no database, not at all.", -1, NULL));
  g_assert_true (g_file_set_contents (log, "log", -1, NULL));
  store = open_store (fixture, BOBBIN_STORE_DAMAGED);
  kept = g_strconcat (bobbin_store_get_kept_aside (store), "-wal", NULL);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  close_store (store);
}

/* Wherever a byte is flipped: no crash, and either it is found or the store is
 * of use. */
static void
test_flipped (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize size;
  guint n_found = 0;

  make_store (fixture, 200);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  for (gsize offset = 0; offset < size; offset += size / 150)
    {
      g_autoptr (GPtrArray) records = NULL;
      g_autofree char *aside = NULL;
      BobbinStore *store;

      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size, NULL));
      overwrite (fixture->path, (goffset) offset, ~bytes[offset], 1);
      store = bobbin_store_open (fixture->path);
      g_assert_no_error (bobbin_store_get_error (store));
      records = bobbin_store_load (store, NULL, NULL);
      g_assert_cmpint (bobbin_store_get_notice (store), !=, BOBBIN_STORE_UNAVAILABLE);
      aside = g_strdup (bobbin_store_get_kept_aside (store));
      n_found += aside != NULL ? 1 : 0;
      bobbin_store_put (store, new_record (1, "http://a/"), -1);
      bobbin_store_unref (store);
      if (aside != NULL)
        g_unlink (aside);
    }
  g_assert_cmpuint (n_found, >, 0);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  make_store (fixture, 10);
  ask (fixture->path, "PRAGMA user_version = 99");
  assert_kept_aside (fixture, BOBBIN_STORE_NEWER, LEAF ".newer-2");
}

static void
test_not_ours (Fixture *fixture, gconstpointer data)
{
  make_store (fixture, 10);
  ask (fixture->path, "ALTER TABLE downloads RENAME COLUMN uri TO address");
  assert_kept_aside (fixture, BOBBIN_STORE_DAMAGED, LEAF ".damaged-2");
}

static void
wait_for_child (pid_t child)
{
  int status;

  g_assert_cmpint (child, >, 0);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true ((WIFEXITED (status) && WEXITSTATUS (status) == 0)
                 || (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL));
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  gboolean flushed = GPOINTER_TO_INT (data);
  g_autoptr (GPtrArray) records = NULL;
  pid_t child = fork ();
  BobbinStore *store;

  if (child == 0)
    {
      store = bobbin_store_open (fixture->path);
      bobbin_store_put (store, new_record (1, "http://a/"), -1);
      if (flushed)
        bobbin_store_flush (store, NULL);
      kill (getpid (), SIGKILL);
    }
  wait_for_child (child);
  store = open_store (fixture, BOBBIN_STORE_RECOVERED);
  records = load (store, NULL);
  /* What was not flushed may be there or not. */
  if (flushed)
    g_assert_cmpuint (records->len, ==, 1);
  close_store (store);
  close_store (open_store (fixture, BOBBIN_STORE_FINE));
}

static void
test_exit_without_close (Fixture *fixture, gconstpointer data)
{
  pid_t child = fork ();

  if (child == 0)
    {
      BobbinStore *store = bobbin_store_open (fixture->path);

      _exit (bobbin_store_get_notice (store) == BOBBIN_STORE_FINE ? 0 : 1);
    }
  wait_for_child (child);
  close_store (open_store (fixture, BOBBIN_STORE_RECOVERED));
}

static void
note (BobbinStore *store, guint64 id, const char *name, ino_t inode)
{
  BobbinPartIdentity identity = { .device = 8, .inode = inode, .birth = 42 };

  bobbin_store_note_created (store, id, "http://user:sesame@a/b c", "/fol\nder\t\xff", name, &identity);
}

static BobbinRecord *
new_holding_record (guint64 id, ino_t inode)
{
  BobbinRecord *record = new_record (id, "http://kept/");

  record->name = g_strdup ("old");
  record->identity = (BobbinPartIdentity){ .device = 8, .inode = inode, .birth = 42 };
  record->validator = g_strdup ("\"v\"");
  set_ranges (record, 100);
  return record;
}

static void
make_and_die (const char *path)
{
  BobbinStore *store = bobbin_store_open (path);
  BobbinRecord *finished = new_holding_record (5, 50);
  guint64 gone = 4;

  finished->state = BOBBIN_STATE_FINISHED;
  finished->synced = TRUE;
  bobbin_store_put (store, new_holding_record (1, 10), -1);
  bobbin_store_put (store, new_holding_record (2, 20), -1);
  bobbin_store_put (store, finished, -1);
  bobbin_store_flush (store, NULL);
  note (store, 1, "first", 10);
  note (store, 1, "new\n+\tname", 11);
  note (store, 2, "old", 20);
  note (store, 3, "never put", 30);
  note (store, 4, "removed", 40);
  note (store, 5, "not its file", 51);
  bobbin_store_remove (store, &gone, 1);
  bobbin_store_flush (store, NULL);
  kill (getpid (), SIGKILL);
}

static void
test_created (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;
  g_auto (GStrv) names = NULL;
  pid_t child = fork ();
  BobbinStore *store;

  if (child == 0)
    make_and_die (fixture->path);
  wait_for_child (child);

  store = open_store (fixture, BOBBIN_STORE_RECOVERED);
  records = load (store, NULL);
  g_assert_cmpuint (records->len, ==, 4);
  /* A part file that the record did not know of: nothing of it is held. */
  g_assert_cmpstr (get (records, 0)->name, ==, "new\n+\tname");
  g_assert_cmpuint (get (records, 0)->identity.inode, ==, 11);
  g_assert_cmpint (get (records, 0)->identity.birth, ==, 42);
  g_assert_null (get (records, 0)->ranges);
  g_assert_null (get (records, 0)->validator);
  g_assert_cmpint (get (records, 0)->received, ==, 0);
  /* One that it did know of. */
  g_assert_cmpint (get (records, 1)->received, ==, 100);
  g_assert_nonnull (get (records, 1)->ranges);
  /* One that has its file. */
  g_assert_cmpint (get (records, 2)->state, ==, BOBBIN_STATE_FINISHED);
  g_assert_cmpstr (get (records, 2)->name, ==, "old");
  /* One whose record never came. */
  g_assert_cmpuint (get (records, 3)->id, ==, 3);
  g_assert_cmpint (get (records, 3)->state, ==, BOBBIN_STATE_WAITING);
  g_assert_cmpstr (get (records, 3)->uri, ==, "http://a/b c");
  g_assert_cmpstr (get (records, 3)->folder, ==, "/fol\nder\t\xff");
  g_assert_cmpstr (get (records, 3)->name, ==, "never put");
  close_store (store);

  names = bobbin_test_list_folder (fixture->folder);
  g_assert_cmpuint (g_strv_length (names), ==, 1);
}

/* Once the database knows of all part files, the log is empty. */
static void
test_log_settles (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-created-1", NULL);
  BobbinStore *store = open_store (fixture, BOBBIN_STORE_FINE);
  struct stat info;

  note (store, 1, "old", 10);
  note (store, 2, "old", 20);
  bobbin_store_put (store, new_holding_record (1, 10), -1);
  flush (store);
  g_assert_cmpint (stat (log, &info), ==, 0);
  g_assert_cmpint (info.st_size, >, 0);
  bobbin_store_put (store, new_holding_record (2, 20), -1);
  flush (store);
  g_assert_cmpint (stat (log, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, 0);
  close_store (store);
}

static void
test_torn_log (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-created-9", NULL);
  g_autoptr (GPtrArray) records = NULL;
  BobbinStore *store;

  g_assert_true (g_file_set_contents (log,
                                      "\n+\t1\thttp://a/\t/f\tcut"
                                      "\n+\t2\thttp://a/\t/f\twhole\t1\t2\t3\t.\n"
                                      "\n?\t3\t.\n\n-\t7\t.\n\n.\n\n+\t4\thttp://a/\t/f\tcut\t1\t2\t3\t",
                                      -1, NULL));
  store = open_store (fixture, BOBBIN_STORE_FINE);
  records = load (store, NULL);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpstr (get (records, 0)->name, ==, "whole");
  close_store (store);
}

static void
put_some_and_close (const char *path)
{
  BobbinStore *store = bobbin_store_open (path);

  for (guint i = 0; i < 500; i++)
    {
      bobbin_store_put (store, new_record (bobbin_store_new_id (store), "http://a/"), -1);
      if (i % 50 == 0)
        bobbin_store_flush (store, NULL);
    }
  bobbin_store_close (store);
  _exit (bobbin_store_get_notice (store) == BOBBIN_STORE_FINE && bobbin_store_get_error (store) == NULL ? 0
                                                                                                        : 1);
}

static void
test_processes (Fixture *fixture, gconstpointer data)
{
  pid_t children[4];
  g_autoptr (GPtrArray) records = NULL;
  BobbinStore *store;

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = fork ();
      if (children[i] == 0)
        put_some_and_close (fixture->path);
    }
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    wait_for_child (children[i]);
  store = open_store (fixture, BOBBIN_STORE_FINE);
  records = load (store, NULL);
  g_assert_cmpuint (records->len, ==, 500 * G_N_ELEMENTS (children));
  close_store (store);
}

/* A session that still lives is none that ended badly. */
static void
test_other_alive (Fixture *fixture, gconstpointer data)
{
  BobbinStore *one = open_store (fixture, BOBBIN_STORE_FINE);
  BobbinStore *two = open_store (fixture, BOBBIN_STORE_FINE);

  g_assert_cmpuint (bobbin_store_new_id (one), !=, bobbin_store_new_id (two));
  bobbin_store_put (one, new_record (bobbin_store_new_id (one), "http://a/"), -1);
  close_store (one);
  close_store (two);
  close_store (open_store (fixture, BOBBIN_STORE_FINE));
}

static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  struct rlimit before;
  struct rlimit limit;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;
  BobbinStore *store = open_store (fixture, BOBBIN_STORE_FINE);

  signal (SIGXFSZ, SIG_IGN);
  bobbin_store_put (store, new_record (9999, "http://first/"), -1);
  flush (store);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 65536;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  put_many (store, 2000);
  g_assert_false (bobbin_store_flush (store, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (bobbin_store_get_error (store));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  flush (store);
  g_assert_no_error (bobbin_store_get_error (store));
  records = load (store, NULL);
  g_assert_cmpuint (records->len, ==, 2001);
  close_store (store);
}

static void
give_up_root (void)
{
  if (geteuid () == 0 && (setgid (NOBODY) < 0 || setuid (NOBODY) < 0))
    _exit (2);
}

static void
read_and_exit (const char *path)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  BobbinStore *store;
  gboolean fine;

  give_up_root ();
  store = bobbin_store_open (path);
  fine
      = bobbin_store_get_notice (store) == BOBBIN_STORE_UNAVAILABLE && bobbin_store_get_error (store) != NULL;
  bobbin_store_put (store, new_record (77, "http://a/"), -1);
  fine = fine && !bobbin_store_flush (store, &error) && error != NULL;
  records = bobbin_store_load (store, NULL, NULL);
  fine = fine && records != NULL && records->len == 10;
  bobbin_store_unref (store);
  _exit (fine ? 0 : 1);
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  pid_t child;

  make_store (fixture, 10);
  g_assert_cmpint (g_chmod (fixture->path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  child = fork ();
  if (child == 0)
    read_and_exit (fixture->path);
  wait_for_child (child);
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "below", LEAF, NULL);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  BobbinPartIdentity identity = { 1, 2, 3 };
  BobbinRunRecord ran = { 0 };
  guint64 id = 1;
  BobbinStore *store;

  g_assert_true (g_file_set_contents (fixture->path, "A file", -1, NULL));
  store = bobbin_store_open (path);
  g_assert_cmpint (bobbin_store_get_notice (store), ==, BOBBIN_STORE_UNAVAILABLE);
  g_assert_error (bobbin_store_get_error (store), G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
  bobbin_store_put (store, new_record (bobbin_store_new_id (store), "http://a/"), dup (1));
  bobbin_store_remove (store, &id, 1);
  bobbin_store_put_run (store, &ran);
  bobbin_store_note_created (store, 1, "http://a/", "/", "n", &identity);
  g_assert_false (bobbin_store_flush (store, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
  records = load (store, NULL);
  g_assert_cmpuint (records->len, ==, 0);
  bobbin_store_unref (store);
}

static void
assert_nowhere (Fixture *fixture, const char *secret)
{
  g_auto (GStrv) names = bobbin_test_list_folder (fixture->folder);

  g_assert_cmpuint (g_strv_length (names), ==, 4);
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, *name, NULL);
      g_autofree char *bytes = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
      g_assert_null (memmem (bytes, size, secret, strlen (secret)));
    }
}

static void
test_no_secrets (Fixture *fixture, gconstpointer data)
{
  static const char *const headers[] = { "Authorization",
                                         "sesame",
                                         "Cookie",
                                         "sesame",
                                         "Referer",
                                         "https://sesame@r/p?sesame#sesame",
                                         "x-auth-token",
                                         "sesame",
                                         "Accept",
                                         "fine\nCookie\nsesame",
                                         "accept-language",
                                         "visible",
                                         NULL };
  BobbinStore *store = open_store (fixture, BOBBIN_STORE_FINE);
  BobbinRecord *record = new_record (1, "https://user:sesame@a/p@q");
  g_autoptr (GPtrArray) records = NULL;
  static const char *const kept[] = { "Referer", "https://r/p", "accept-language", "visible", NULL };

  record->headers = g_strdupv ((char **) headers);
  note (store, 1, "n", 3);
  bobbin_store_put (store, record, -1);
  flush (store);
  assert_nowhere (fixture, "sesame");
  records = load (store, NULL);
  g_assert_cmpstr (get (records, 0)->uri, ==, "https://a/p@q");
  g_assert_cmpstrv (get (records, 0)->headers, kept);
  close_store (store);
}

static int
make_part (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a.part", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

/* Bytes are synced before the database speaks of them. */
static void
test_sync_first (Fixture *fixture, gconstpointer data)
{
  BobbinStore *store = open_store (fixture, BOBBIN_STORE_FINE);
  g_autoptr (GPtrArray) records = NULL;

  n_data_syncs = 0;
  n_claims_before_sync = 0;
  watched_path = fixture->path;
  bobbin_store_put (store, new_holding_record (1, 10), make_part (fixture));
  /* A newer record without a file does not get round the sync. */
  bobbin_store_put (store, new_holding_record (1, 10), -1);
  bobbin_store_put (store, new_record (2, "http://a/"), make_part (fixture));
  flush (store);
  watched_path = NULL;
  g_assert_cmpint (n_data_syncs, ==, 1);
  g_assert_cmpint (n_claims_before_sync, ==, 0);
  records = load (store, NULL);
  g_assert_cmpint (get (records, 0)->received, ==, 100);
  close_store (store);
}

static BobbinRecord *
new_longer_record (guint64 id, ino_t inode, const char *validator)
{
  BobbinRecord *record = new_holding_record (id, inode);

  bobbin_range_list_add (record->ranges, 100, 500);
  record->received = 500;
  g_free (record->validator);
  record->validator = g_strdup (validator);
  return record;
}

static void
assert_received (BobbinStore *store, guint i, goffset received)
{
  g_autoptr (GPtrArray) records = load (store, NULL);
  GArray *ranges = get (records, i)->ranges;

  g_assert_cmpint (get (records, i)->received, ==, received);
  g_assert_cmpint (ranges != NULL ? bobbin_range_list_count (ranges) : 0, ==, received);
}

static void
test_sync_fails (Fixture *fixture, gconstpointer data)
{
  BobbinStore *store = open_store (fixture, BOBBIN_STORE_FINE);

  bobbin_store_put (store, new_holding_record (1, 10), -1);
  bobbin_store_put (store, new_holding_record (2, 20), -1);
  flush (store);
  data_sync_error = EIO;
  bobbin_store_put (store, new_longer_record (1, 10, "\"v\""), make_part (fixture));
  bobbin_store_put (store, new_longer_record (2, 20, "\"other\""), make_part (fixture));
  bobbin_store_put (store, new_longer_record (3, 30, "\"v\""), make_part (fixture));
  flush (store);
  data_sync_error = 0;
  assert_received (store, 0, 100);
  assert_received (store, 1, 0);
  assert_received (store, 2, 0);
  /* The next sync of the same file goes well, but the bytes are gone. */
  bobbin_store_put (store, new_longer_record (1, 10, "\"v\""), make_part (fixture));
  bobbin_store_put (store, new_longer_record (3, 31, "\"v\""), make_part (fixture));
  flush (store);
  assert_received (store, 0, 100);
  assert_received (store, 2, 500);
  close_store (store);
}

static void
put_finished (BobbinStore *store, const char *folder, guint from, guint end)
{
  for (guint i = from; i < end; i++)
    {
      BobbinRecord *record = new_record (i + 1, "http://a/");
      g_autofree char *path = NULL;
      struct stat info;
      int fd;

      record->name = g_strdup_printf ("file %u", i);
      g_free (record->folder);
      record->folder = g_strdup (folder);
      path = g_build_filename (folder, record->name, NULL);
      fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
      g_assert_cmpint (fstat (fd, &info), ==, 0);
      close (fd);
      record->identity = (BobbinPartIdentity){ .device = info.st_dev, .inode = info.st_ino };
      record->state = BOBBIN_STATE_FINISHED;
      bobbin_store_put (store, record, -1);
    }
}

static void
wait_until (const char *path, const char *text)
{
  for (guint i = 0; i < 600 && ask (path, text) == 0; i++)
    g_usleep (100 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (ask (path, text), ==, 1);
}

static void
test_finished (Fixture *fixture, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autofree char *below = g_build_filename (fixture->folder, "files", NULL);
  g_autofree char *other = g_build_filename (fixture->folder, "more", NULL);
  BobbinStore *store = open_store (fixture, BOBBIN_STORE_FINE);
  g_autofree char *all = g_strdup_printf ("SELECT (SELECT count(*) FROM downloads WHERE synced = 1) = %u", n);

  g_assert_cmpint (g_mkdir (below, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (other, 0700), ==, 0);
  put_finished (store, below, 0, n / 2);
  put_finished (store, other, n / 2, n);
  flush (store);
  n_syncs = 0;
  n_whole_syncs = 0;
  wait_until (fixture->path, all);
  if (n > 8)
    {
      g_assert_cmpint (n_whole_syncs, ==, 1);
    }
  else
    {
      g_assert_cmpint (n_whole_syncs, ==, 0);
      g_assert_cmpint (n_syncs, >=, (int) n + 2);
    }
  /* Writing the record again does not make the file doubtful. */
  put_finished (store, below, 0, n / 2);
  flush (store);
  g_assert_cmpint (ask (fixture->path, all), ==, 1);
  close_store (store);
  bobbin_test_remove_folder (below);
  bobbin_test_remove_folder (other);
}

/* A name that leads elsewhere is not taken for the file's, even if it leads to
 * the file. */
static void
test_finished_replaced (Fixture *fixture, gconstpointer data)
{
  g_autofree char *below = g_build_filename (fixture->folder, "files", NULL);
  g_autofree char *path = g_build_filename (below, "file 0", NULL);
  g_autofree char *moved = g_build_filename (below, "moved", NULL);
  BobbinStore *store = open_store (fixture, BOBBIN_STORE_FINE);

  g_assert_cmpint (g_mkdir (below, 0700), ==, 0);
  put_finished (store, below, 0, 2);
  g_assert_cmpint (g_rename (path, moved), ==, 0);
  g_assert_cmpint (symlink ("moved", path), ==, 0);
  flush (store);
  wait_until (fixture->path, "SELECT (SELECT synced FROM downloads WHERE id = 2)");
  g_assert_cmpint (ask (fixture->path, "SELECT synced FROM downloads WHERE id = 1"), ==, 0);
  close_store (store);
  bobbin_test_remove_folder (below);
}

static void
test_other_boot (Fixture *fixture, gconstpointer data)
{
  BobbinStore *store = open_store (fixture, BOBBIN_STORE_FINE);
  BobbinRecord *again = new_holding_record (1, 10);
  g_autoptr (GPtrArray) records = NULL;

  again->state = BOBBIN_STATE_FINISHED;
  bobbin_store_put (store, again, -1);
  close_store (store);
  ask (fixture->path, "UPDATE downloads SET boot = boot + 1");

  store = open_store (fixture, BOBBIN_STORE_FINE);
  g_assert_false (bobbin_store_is_same_boot (store));
  /* Written again, the file is as doubtful as before. */
  again = new_holding_record (1, 10);
  again->state = BOBBIN_STATE_FINISHED;
  again->tries = 3;
  bobbin_store_put (store, again, -1);
  flush (store);
  records = load (store, NULL);
  g_assert_cmpuint (get (records, 0)->tries, ==, 3);
  g_assert_false (get (records, 0)->synced);
  g_assert_false (get (records, 0)->same_boot);
  again = new_holding_record (1, 10);
  again->state = BOBBIN_STATE_FINISHED;
  again->synced = TRUE;
  bobbin_store_put (store, again, -1);
  close_store (store);
  ask (fixture->path, "UPDATE downloads SET boot = boot + 1");

  store = open_store (fixture, BOBBIN_STORE_FINE);
  g_assert_true (bobbin_store_is_same_boot (store));
  close_store (store);
}

static gpointer
put_from_thread (gpointer data)
{
  BobbinStore *store = data;

  for (guint i = 0; i < 500; i++)
    {
      guint64 id = bobbin_store_new_id (store);

      note (store, id, "n", 3);
      bobbin_store_put (store, new_record (id, "http://a/"), -1);
      if (i % 100 == 0)
        bobbin_store_flush (store, NULL);
      if (i % 10 == 0)
        bobbin_store_remove (store, &id, 1);
    }
  return NULL;
}

static void
test_threads (Fixture *fixture, gconstpointer data)
{
  BobbinStore *store = open_store (fixture, BOBBIN_STORE_FINE);
  GThread *threads[4];
  g_autoptr (GPtrArray) records = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("test", put_from_thread, store);
  bobbin_store_put (store, new_holding_record (1, 10), make_part (fixture));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  flush (store);
  records = load (store, NULL);
  g_assert_cmpuint (records->len, ==, 450 * G_N_ELEMENTS (threads) + 1);
  close_store (store);
}

#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)

static void
add_damage_tests (void)
{
  ADD ("/store/garbage", NULL, test_garbage);
  ADD ("/store/truncated", NULL, test_truncated);
  ADD ("/store/lost-page", NULL, test_lost_page);
  ADD ("/store/damaged-with-log", NULL, test_damaged_with_log);
  ADD ("/store/flipped", NULL, test_flipped);
  ADD ("/store/newer", NULL, test_newer);
  ADD ("/store/not-ours", NULL, test_not_ours);
  ADD ("/store/full-disk", NULL, test_full_disk);
  ADD ("/store/read-only", NULL, test_read_only);
  ADD ("/store/no-folder", NULL, test_no_folder);
}

static void
add_process_tests (void)
{
  ADD ("/store/killed/flushed", GINT_TO_POINTER (TRUE), test_killed);
  ADD ("/store/killed/not-flushed", GINT_TO_POINTER (FALSE), test_killed);
  ADD ("/store/exit-without-close", NULL, test_exit_without_close);
  ADD ("/store/created", NULL, test_created);
  ADD ("/store/log-settles", NULL, test_log_settles);
  ADD ("/store/torn-log", NULL, test_torn_log);
  ADD ("/store/processes", NULL, test_processes);
  ADD ("/store/other-alive", NULL, test_other_alive);
}

static void
add_sync_tests (void)
{
  ADD ("/store/sync-first", NULL, test_sync_first);
  ADD ("/store/sync-fails", NULL, test_sync_fails);
  ADD ("/store/finished/few", GUINT_TO_POINTER (3), test_finished);
  ADD ("/store/finished/many", GUINT_TO_POINTER (200), test_finished);
  ADD ("/store/finished/replaced", NULL, test_finished_replaced);
  ADD ("/store/other-boot", NULL, test_other_boot);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/store/round-trip", NULL, test_round_trip);
  ADD ("/store/errors", NULL, test_errors);
  ADD ("/store/latest-wins", NULL, test_latest_wins);
  ADD ("/store/folder", NULL, test_folder);
  ADD ("/store/runs", NULL, test_runs);
  ADD ("/store/many", NULL, test_many);
  ADD ("/store/permissions/000", GUINT_TO_POINTER (0), test_permissions);
  ADD ("/store/permissions/077", GUINT_TO_POINTER (077), test_permissions);
  ADD ("/store/too-open", NULL, test_too_open);
  ADD ("/store/no-secrets", NULL, test_no_secrets);
  ADD ("/store/threads", NULL, test_threads);
  add_damage_tests ();
  add_process_tests ();
  add_sync_tests ();

  return g_test_run ();
}
