/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-store-test.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What the C library's own are asked for, counted and now and then refused. */
static int n_data_syncs;
static int n_syncs;
static int n_whole_syncs;
static int data_sync_error;
static char *watched_path; /* a database looked into at each sync of data */
static int n_claims_before_sync;

/* The database syncs its own files with these, too. */
static gboolean
is_part (int fd)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = g_file_read_link (link, NULL);

  return path != NULL && g_str_has_suffix (path, ".part");
}

/* What was synced since somebody wanted to know, NULL before. */
static GHashTable *synced; /* of paths */
static GMutex synced_mutex;

static void
note_synced (int fd)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);

  g_mutex_lock (&synced_mutex);
  if (synced != NULL)
    g_hash_table_add (synced, g_file_read_link (link, NULL));
  g_mutex_unlock (&synced_mutex);
}

static gboolean
was_synced (const char *path)
{
  gboolean was;

  g_mutex_lock (&synced_mutex);
  was = g_hash_table_contains (synced, path);
  g_mutex_unlock (&synced_mutex);
  return was;
}

static void
watch_syncs (void)
{
  g_mutex_lock (&synced_mutex);
  g_clear_pointer (&synced, g_hash_table_unref);
  synced = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_mutex_unlock (&synced_mutex);
}

int
fdatasync (int fd)
{
  note_synced (fd);
  if (!is_part (fd))
    return (int) syscall (SYS_fdatasync, fd);
  g_atomic_int_inc (&n_data_syncs);
  if (watched_path != NULL
      && store_test_ask (watched_path, "SELECT count(*) FROM downloads WHERE ranges IS NOT NULL") > 0)
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
  note_synced (fd);
  g_atomic_int_inc (&n_syncs);
  return (int) syscall (SYS_fsync, fd);
}

int
syncfs (int fd)
{
  g_atomic_int_inc (&n_whole_syncs);
  return 0;
}

/* Bytes are synced before the database speaks of them. */
static void
test_sync_first (StoreFixture *fixture, gconstpointer data)
{
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);
  g_autoptr (GPtrArray) records = NULL;

  n_data_syncs = 0;
  n_claims_before_sync = 0;
  watched_path = fixture->path;
  bobbin_store_put (store, store_test_new_holding_record (1, 10), store_test_make_part (fixture));
  /* A newer record without a file does not get round the sync. */
  bobbin_store_put (store, store_test_new_holding_record (1, 10), -1);
  bobbin_store_put (store, store_test_new_record (2, "http://a/"), store_test_make_part (fixture));
  store_test_flush (store);
  watched_path = NULL;
  g_assert_cmpint (n_data_syncs, ==, 1);
  g_assert_cmpint (n_claims_before_sync, ==, 0);
  records = store_test_load (store, NULL);
  g_assert_cmpint (store_test_get (records, 0)->received, ==, 100);
  store_test_close (store);
}

static BobbinRecord *
new_longer_record (guint64 id, ino_t inode, const char *validator)
{
  BobbinRecord *record = store_test_new_holding_record (id, inode);

  bobbin_range_list_add (record->ranges, 100, 500);
  record->received = 500;
  g_free (record->validator);
  record->validator = g_strdup (validator);
  return record;
}

static void
assert_received (BobbinStore *store, guint i, goffset received)
{
  g_autoptr (GPtrArray) records = store_test_load (store, NULL);
  GArray *ranges = store_test_get (records, i)->ranges;

  g_assert_cmpint (store_test_get (records, i)->received, ==, received);
  g_assert_cmpint (ranges != NULL ? bobbin_range_list_count (ranges) : 0, ==, received);
}

static void
test_sync_fails (StoreFixture *fixture, gconstpointer data)
{
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);

  bobbin_store_put (store, store_test_new_holding_record (1, 10), -1);
  bobbin_store_put (store, store_test_new_holding_record (2, 20), -1);
  store_test_flush (store);
  data_sync_error = EIO;
  bobbin_store_put (store, new_longer_record (1, 10, "\"v\""), store_test_make_part (fixture));
  bobbin_store_put (store, new_longer_record (2, 20, "\"other\""), store_test_make_part (fixture));
  bobbin_store_put (store, new_longer_record (3, 30, "\"v\""), store_test_make_part (fixture));
  store_test_flush (store);
  data_sync_error = 0;
  assert_received (store, 0, 100);
  assert_received (store, 1, 0);
  assert_received (store, 2, 0);
  /* The next sync of the same file goes well, but the bytes are gone. */
  bobbin_store_put (store, new_longer_record (1, 10, "\"v\""), store_test_make_part (fixture));
  bobbin_store_put (store, new_longer_record (3, 31, "\"v\""), store_test_make_part (fixture));
  store_test_flush (store);
  assert_received (store, 0, 100);
  assert_received (store, 2, 500);
  store_test_close (store);
}

static void
put_finished (BobbinStore *store, const char *folder, guint from, guint end)
{
  for (guint i = from; i < end; i++)
    {
      BobbinRecord *record = store_test_new_record (i + 1, "http://a/");
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
  for (guint i = 0; i < 600 && store_test_ask (path, text) == 0; i++)
    g_usleep (100 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (store_test_ask (path, text), ==, 1);
}

static void
test_finished (StoreFixture *fixture, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autofree char *below = g_build_filename (fixture->folder, "files", NULL);
  g_autofree char *other = g_build_filename (fixture->folder, "more", NULL);
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);
  g_autofree char *all = g_strdup_printf ("SELECT (SELECT count(*) FROM downloads WHERE synced = 1) = %u", n);

  g_assert_cmpint (g_mkdir (below, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (other, 0700), ==, 0);
  put_finished (store, below, 0, n / 2);
  put_finished (store, other, n / 2, n);
  store_test_flush (store);
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
  store_test_flush (store);
  g_assert_cmpint (store_test_ask (fixture->path, all), ==, 1);
  store_test_close (store);
  bobbin_test_remove_folder (below);
  bobbin_test_remove_folder (other);
}

/* A folder made for a file is found after a power cut, too. */
static void
test_new_folder (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *above = g_build_filename (fixture->folder, "above", NULL);
  g_autofree char *below = g_build_filename (above, "below", NULL);
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);

  g_assert_cmpint (g_mkdir_with_parents (below, 0700), ==, 0);
  watch_syncs ();
  put_finished (store, below, 0, 1);
  store_test_flush (store);
  wait_until (fixture->path, "SELECT (SELECT synced FROM downloads WHERE id = 1)");
  g_assert_true (was_synced (below));
  g_assert_true (was_synced (above));
  g_assert_true (was_synced (fixture->folder));
  store_test_close (store);
  bobbin_test_remove_folder (below);
  g_assert_cmpint (g_rmdir (above), ==, 0);
}

/* What the person has added or removed is for good; how far a download has come
 * is worth no wait. */
static void
test_deeds (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);
  BobbinRecord *record = store_test_new_record (1, "http://a/");
  guint64 id = 1;

  watch_syncs ();
  bobbin_store_put (store, store_test_new_record (1, "http://a/"), -1);
  store_test_flush (store);
  g_assert_true (was_synced (log));

  watch_syncs ();
  record->tries = 1;
  bobbin_store_put (store, record, -1);
  store_test_flush (store);
  g_assert_false (was_synced (log));

  bobbin_store_remove (store, &id, 1);
  store_test_flush (store);
  g_assert_true (was_synced (log));
  store_test_close (store);
}

/* A name that leads elsewhere is not taken for the file's, even if it leads to
 * the file. */
static void
test_finished_replaced (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *below = g_build_filename (fixture->folder, "files", NULL);
  g_autofree char *path = g_build_filename (below, "file 0", NULL);
  g_autofree char *moved = g_build_filename (below, "moved", NULL);
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);

  g_assert_cmpint (g_mkdir (below, 0700), ==, 0);
  put_finished (store, below, 0, 2);
  g_assert_cmpint (g_rename (path, moved), ==, 0);
  g_assert_cmpint (symlink ("moved", path), ==, 0);
  store_test_flush (store);
  wait_until (fixture->path, "SELECT (SELECT synced FROM downloads WHERE id = 2)");
  g_assert_cmpint (store_test_ask (fixture->path, "SELECT synced FROM downloads WHERE id = 1"), ==, 0);
  store_test_close (store);
  bobbin_test_remove_folder (below);
}

static void
test_other_boot (StoreFixture *fixture, gconstpointer data)
{
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);
  BobbinRecord *again = store_test_new_holding_record (1, 10);
  g_autoptr (GPtrArray) records = NULL;

  again->state = BOBBIN_STATE_FINISHED;
  bobbin_store_put (store, again, -1);
  store_test_close (store);
  store_test_ask (fixture->path, "UPDATE downloads SET boot = boot + 1");

  store = store_test_open (fixture, BOBBIN_STORE_FINE);
  g_assert_false (bobbin_store_is_same_boot (store));
  /* Written again, the file is as doubtful as before. */
  again = store_test_new_holding_record (1, 10);
  again->state = BOBBIN_STATE_FINISHED;
  again->tries = 3;
  bobbin_store_put (store, again, -1);
  store_test_flush (store);
  records = store_test_load (store, NULL);
  g_assert_cmpuint (store_test_get (records, 0)->tries, ==, 3);
  g_assert_false (store_test_get (records, 0)->synced);
  g_assert_false (store_test_get (records, 0)->same_boot);
  again = store_test_new_holding_record (1, 10);
  again->state = BOBBIN_STATE_FINISHED;
  again->synced = TRUE;
  bobbin_store_put (store, again, -1);
  store_test_close (store);
  store_test_ask (fixture->path, "UPDATE downloads SET boot = boot + 1");

  store = store_test_open (fixture, BOBBIN_STORE_FINE);
  g_assert_true (bobbin_store_is_same_boot (store));
  store_test_close (store);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  STORE_TEST_ADD ("/store/sync-first", NULL, test_sync_first);
  STORE_TEST_ADD ("/store/sync-fails", NULL, test_sync_fails);
  STORE_TEST_ADD ("/store/finished/few", GUINT_TO_POINTER (3), test_finished);
  STORE_TEST_ADD ("/store/finished/many", GUINT_TO_POINTER (200), test_finished);
  STORE_TEST_ADD ("/store/new-folder", NULL, test_new_folder);
  STORE_TEST_ADD ("/store/deeds", NULL, test_deeds);
  STORE_TEST_ADD ("/store/finished/replaced", NULL, test_finished_replaced);
  STORE_TEST_ADD ("/store/other-boot", NULL, test_other_boot);

  return g_test_run ();
}
