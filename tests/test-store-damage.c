/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-store-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define NOBODY 65534

/* The store has to begin anew, and the old file has to be there unchanged. */
static void
assert_kept_aside (StoreFixture *fixture, BobbinStoreNotice notice, const char *why)
{
  g_autofree char *bytes = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GPtrArray) records = NULL;
  gsize size;
  gsize kept_size;
  BobbinStore *store;

  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  store = store_test_open (fixture, notice);
  g_assert_nonnull (bobbin_store_get_kept_aside (store));
  g_assert_nonnull (strstr (bobbin_store_get_kept_aside (store), why));
  g_assert_true (g_file_get_contents (bobbin_store_get_kept_aside (store), &kept, &kept_size, NULL));
  g_assert_cmpmem (bytes, size, kept, kept_size);
  records = store_test_load (store, NULL);
  g_assert_cmpuint (records->len, ==, 0);
  bobbin_store_put (store, store_test_new_record (1, "http://a/"), -1);
  store_test_flush (store);
  store_test_close (store);
}

static void
test_garbage (StoreFixture *fixture, gconstpointer data)
{
  g_auto (GStrv) names = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "This is no database, not at all.", -1, NULL));
  assert_kept_aside (fixture, BOBBIN_STORE_DAMAGED, STORE_TEST_LEAF ".damaged-2");
  /* The second one in the same second gets a number. */
  g_assert_true (g_file_set_contents (fixture->path, "This is no database, not at all.", -1, NULL));
  assert_kept_aside (fixture, BOBBIN_STORE_DAMAGED, STORE_TEST_LEAF ".damaged-2");
  names = bobbin_test_list_folder (fixture->folder);
  g_assert_cmpuint (g_strv_length (names), ==, 3);
}

static void
test_truncated (StoreFixture *fixture, gconstpointer data)
{
  struct stat info;

  store_test_make (fixture, 1000);
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (truncate (fixture->path, info.st_size / 2), ==, 0);
  assert_kept_aside (fixture, BOBBIN_STORE_DAMAGED, STORE_TEST_LEAF ".damaged-2");
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
test_lost_page (StoreFixture *fixture, gconstpointer data)
{
  store_test_make (fixture, 1000);
  overwrite (fixture->path, 20 * 4096, 0x5a, 4096);
  assert_kept_aside (fixture, BOBBIN_STORE_DAMAGED, STORE_TEST_LEAF ".damaged-2");
}

/* What is in the write-ahead log belongs to the damaged database, too. */
static void
test_damaged_with_log (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *kept = NULL;
  BobbinStore *store;

  g_assert_true (g_file_set_contents (fixture->path, "This is no database, not at all.", -1, NULL));
  g_assert_true (g_file_set_contents (log, "log", -1, NULL));
  store = store_test_open (fixture, BOBBIN_STORE_DAMAGED);
  kept = g_strconcat (bobbin_store_get_kept_aside (store), "-wal", NULL);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  store_test_close (store);
}

/* Wherever a byte is flipped: no crash, and either it is found or the store is
 * of use. */
static void
test_flipped (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize size;
  guint n_found = 0;

  store_test_make (fixture, 200);
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
      bobbin_store_put (store, store_test_new_record (1, "http://a/"), -1);
      bobbin_store_unref (store);
      if (aside != NULL)
        g_unlink (aside);
    }
  g_assert_cmpuint (n_found, >, 0);
}

static void
restore_time (const char *path, const struct stat *info)
{
  struct timespec times[2] = { info->st_atim, info->st_mtim };

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

/* Returns: where a page after the first quarter begins that holds @text */
static goffset
find_page (const char *path, const char *text)
{
  g_autofree char *bytes = NULL;
  gsize size;
  const char *found;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  found = memmem (bytes + size / 4, size - size / 4, text, strlen (text));
  g_assert_nonnull (found);
  return (found - bytes) / 4096 * 4096;
}

/* One that was left in good order is not read from end to end: damage that
 * leaves no trace is found by whoever comes across it, and kept aside then. */
static void
test_sealed (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info;
  BobbinStore *store;

  store_test_make (fixture, 1000);
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  if (getxattr (fixture->path, "user.bobbin.seal", NULL, 0) <= 0)
    {
      g_test_skip ("No attributes here");
      return;
    }
  overwrite (fixture->path, find_page (fixture->path, "https://"), 0x5a, 4096);
  restore_time (fixture->path, &info);
  store = store_test_open (fixture, BOBBIN_STORE_FINE);
  records = bobbin_store_load (store, NULL, &error);
  g_assert_null (records);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  bobbin_store_unref (store);
  assert_kept_aside (fixture, BOBBIN_STORE_DAMAGED, STORE_TEST_LEAF ".damaged-2");
}

/* After a kill it is read. */
static void
test_not_sealed (StoreFixture *fixture, gconstpointer data)
{
  BobbinStore *store;
  pid_t child;

  store_test_make (fixture, 1000);
  child = fork ();
  if (child == 0)
    {
      store = bobbin_store_open (fixture->path);
      bobbin_store_put (store, store_test_new_record (5000, "http://a/"), -1);
      bobbin_store_flush (store, NULL);
      kill (getpid (), SIGKILL);
    }
  store_test_wait_for_child (child);
  overwrite (fixture->path, 20 * 4096, 0x5a, 4096);
  store = store_test_open (fixture, BOBBIN_STORE_DAMAGED);
  store_test_close (store);
}

static void
test_newer (StoreFixture *fixture, gconstpointer data)
{
  store_test_make (fixture, 10);
  store_test_ask (fixture->path, "PRAGMA user_version = 99");
  assert_kept_aside (fixture, BOBBIN_STORE_NEWER, STORE_TEST_LEAF ".newer-2");
}

static void
test_not_ours (StoreFixture *fixture, gconstpointer data)
{
  store_test_make (fixture, 10);
  store_test_run (fixture->path, "ALTER TABLE downloads RENAME COLUMN uri TO unknown");
  assert_kept_aside (fixture, BOBBIN_STORE_DAMAGED, STORE_TEST_LEAF ".damaged-2");
}

static void
test_full_disk (StoreFixture *fixture, gconstpointer data)
{
  struct rlimit before;
  struct rlimit limit;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);

  signal (SIGXFSZ, SIG_IGN);
  bobbin_store_put (store, store_test_new_record (9999, "http://first/"), -1);
  store_test_flush (store);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 65536;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  store_test_put_many (store, 2000);
  g_assert_false (bobbin_store_flush (store, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (bobbin_store_get_error (store));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  store_test_flush (store);
  g_assert_no_error (bobbin_store_get_error (store));
  records = store_test_load (store, NULL);
  g_assert_cmpuint (records->len, ==, 2001);
  store_test_close (store);
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
  bobbin_store_put (store, store_test_new_record (77, "http://a/"), -1);
  fine = fine && !bobbin_store_flush (store, &error) && error != NULL;
  records = bobbin_store_load (store, NULL, NULL);
  fine = fine && records != NULL && records->len == 10;
  bobbin_store_unref (store);
  _exit (fine ? 0 : 1);
}

static void
test_read_only (StoreFixture *fixture, gconstpointer data)
{
  pid_t child;

  store_test_make (fixture, 10);
  g_assert_cmpint (g_chmod (fixture->path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  child = fork ();
  if (child == 0)
    read_and_exit (fixture->path);
  store_test_wait_for_child (child);
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
}

static void
test_no_folder (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "below", STORE_TEST_LEAF, NULL);
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
  bobbin_store_put (store, store_test_new_record (bobbin_store_new_id (store), "http://a/"), dup (1));
  bobbin_store_remove (store, &id, 1);
  bobbin_store_put_run (store, &ran);
  bobbin_store_note_created (store, 1, "http://a/", "/", "n", &identity);
  g_assert_false (bobbin_store_flush (store, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
  records = store_test_load (store, NULL);
  g_assert_cmpuint (records->len, ==, 0);
  bobbin_store_unref (store);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  STORE_TEST_ADD ("/store/garbage", NULL, test_garbage);
  STORE_TEST_ADD ("/store/truncated", NULL, test_truncated);
  STORE_TEST_ADD ("/store/lost-page", NULL, test_lost_page);
  STORE_TEST_ADD ("/store/damaged-with-log", NULL, test_damaged_with_log);
  STORE_TEST_ADD ("/store/flipped", NULL, test_flipped);
  STORE_TEST_ADD ("/store/sealed", NULL, test_sealed);
  STORE_TEST_ADD ("/store/not-sealed", NULL, test_not_sealed);
  STORE_TEST_ADD ("/store/newer", NULL, test_newer);
  STORE_TEST_ADD ("/store/not-ours", NULL, test_not_ours);
  STORE_TEST_ADD ("/store/full-disk", NULL, test_full_disk);
  STORE_TEST_ADD ("/store/read-only", NULL, test_read_only);
  STORE_TEST_ADD ("/store/no-folder", NULL, test_no_folder);

  return g_test_run ();
}
