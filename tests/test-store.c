/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-error.h"
#include "bobbin-store-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static BobbinRecord *
new_full_record (void)
{
  static const char *const headers[] = { "User-Agent", "a b", "Accept", "*/*", NULL };
  BobbinRecord *record
      = store_test_new_record (G_GUINT64_CONSTANT (0x0000123400000001), "https://example.org/a?b=c");

  record->order = 7;
  record->end_order = 3;
  record->state = BOBBIN_STATE_FAILED;
  record->given_name = g_strdup ("given \xff\n'name'");
  record->headers = g_strdupv ((char **) headers);
  record->digest = g_strdup ("sha-256=abc");
  record->name = g_strdup ("name\t\"x\"");
  record->validator = g_strdup ("\"etag\"");
  record->identity = (BobbinPartIdentity){ .device = 66, .inode = G_MAXUINT64 - 1, .birth = G_MAXINT64 };
  store_test_set_ranges (record, 10);
  bobbin_range_list_add (record->ranges, 20, G_MAXOFFSET);
  record->received = 1234;
  record->total = G_MAXOFFSET;
  record->own_time = 5;
  record->tries = 4;
  record->ended = 1700000000000000;
  record->modified = 1600000000000000001;
  record->file_digest = g_strdup ("sha-512=def");
  record->verified = TRUE;
  record->unproven = TRUE;
  record->address = 3;
  record->synced = TRUE;
  record->error = bobbin_error_new_status (401);
  bobbin_error_set_origin (record->error, "https://other.example.org:443");
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
  g_assert_cmpstr (a->file_digest, ==, b->file_digest);
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
  g_assert_cmpint (a->verified, ==, b->verified);
  g_assert_cmpint (a->unproven, ==, b->unproven);
  g_assert_cmpuint (a->address, ==, b->address);
  g_assert_cmpint (a->synced, ==, b->synced);
}

static void
assert_same_error (const GError *a, const GError *b)
{
  g_assert_cmpuint (a->domain, ==, b->domain);
  g_assert_cmpint (a->code, ==, b->code);
  g_assert_cmpstr (a->message, ==, b->message);
  g_assert_cmpuint (bobbin_error_get_status (a), ==, bobbin_error_get_status (b));
  g_assert_cmpstr (bobbin_error_get_origin (a), ==, bobbin_error_get_origin (b));
}

static void
test_round_trip (StoreFixture *fixture, gconstpointer data)
{
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);
  g_autoptr (BobbinRecord) full = new_full_record ();
  g_autoptr (BobbinRecord) bare = store_test_new_record (2, "http://example.org/");
  BobbinRecord *other = new_full_record ();
  g_autoptr (GPtrArray) records = NULL;

  /* Each takes the place of one that has nothing in common with it. */
  bobbin_store_put (store, store_test_new_record (full->id, "http://other/"), -1);
  other->id = 2;
  bobbin_store_put (store, other, -1);
  store_test_flush (store);
  bobbin_store_put (store, new_full_record (), -1);
  bobbin_store_put (store, store_test_new_record (2, "http://example.org/"), -1);
  store_test_close (store);

  store = store_test_open (fixture, BOBBIN_STORE_FINE);
  records = store_test_load (store, NULL);
  g_assert_cmpuint (records->len, ==, 2);
  assert_same (store_test_get (records, 0), bare);
  g_assert_null (store_test_get (records, 0)->error);
  assert_same (store_test_get (records, 1), full);
  assert_same_error (store_test_get (records, 1)->error, full->error);
  g_assert_true (store_test_get (records, 1)->same_boot);
  store_test_close (store);
}

/* Any error of ours may say whose doing it is. */
static void
test_error_origin (StoreFixture *fixture, gconstpointer data)
{
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);
  BobbinRecord *record = store_test_new_record (1, "http://example.org/");
  g_autoptr (GError) error = g_error_new_literal (BOBBIN_ERROR, BOBBIN_ERROR_BAD_CERTIFICATE, "Expired");
  g_autoptr (GPtrArray) records = NULL;

  bobbin_error_set_origin (error, "https://other.example.org:443");
  record->error = g_error_copy (error);
  bobbin_store_put (store, record, -1);
  store_test_close (store);

  store = store_test_open (fixture, BOBBIN_STORE_FINE);
  records = store_test_load (store, NULL);
  assert_same_error (store_test_get (records, 0)->error, error);
  store_test_close (store);
}

/* The tables as the first Bobbin made them, never to be changed. */
static const char first_tables[] = "CREATE TABLE downloads ("
                                   " id INTEGER PRIMARY KEY,"
                                   " place INTEGER NOT NULL,"
                                   " end_order INTEGER NOT NULL,"
                                   " state INTEGER NOT NULL,"
                                   " uri TEXT NOT NULL,"
                                   " folder TEXT NOT NULL,"
                                   " given_name TEXT,"
                                   " headers TEXT,"
                                   " digest TEXT,"
                                   " extras TEXT,"
                                   " name TEXT,"
                                   " validator TEXT,"
                                   " device INTEGER NOT NULL,"
                                   " inode INTEGER NOT NULL,"
                                   " birth INTEGER NOT NULL,"
                                   " ranges BLOB,"
                                   " received INTEGER NOT NULL,"
                                   " total INTEGER NOT NULL,"
                                   " own_time INTEGER NOT NULL,"
                                   " tries INTEGER NOT NULL,"
                                   " ended INTEGER NOT NULL,"
                                   " modified INTEGER NOT NULL,"
                                   " synced INTEGER NOT NULL,"
                                   " boot INTEGER NOT NULL,"
                                   " error_domain TEXT,"
                                   " error_code INTEGER,"
                                   " error_status INTEGER,"
                                   " error_message TEXT"
                                   ") STRICT;"
                                   "CREATE INDEX downloads_by_folder ON downloads (folder);"
                                   "CREATE INDEX downloads_unsynced ON downloads (boot) WHERE state = 4"
                                   " AND synced = 0;"
                                   "CREATE TABLE runs ("
                                   " number INTEGER PRIMARY KEY,"
                                   " began INTEGER NOT NULL,"
                                   " elapsed INTEGER NOT NULL,"
                                   " one_after_another INTEGER NOT NULL,"
                                   " at_once INTEGER NOT NULL,"
                                   " finished INTEGER NOT NULL,"
                                   " failed INTEGER NOT NULL,"
                                   " bytes INTEGER NOT NULL"
                                   ") STRICT;"
                                   "CREATE TABLE sessions (number INTEGER PRIMARY KEY) STRICT;"
                                   "PRAGMA user_version = 1;";

/* What an older Bobbin kept is taken over as it is. */
static void
test_older (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinRecord) full = new_full_record ();
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GArray) runs = NULL;
  BobbinStore *store;

  store_test_run (fixture->path, first_tables);
  store_test_run (
      fixture->path,
      "PRAGMA journal_mode = WAL;"
      "INSERT INTO runs VALUES (1, 2, 3, 4, 5, 6, 7, 8);"
      "INSERT INTO downloads VALUES (7, 1, 2, 4, 'http://a/', '/f', 'given', NULL, 'md5=00', NULL,"
      " 'name', 'v', 8, 9, 10, NULL, 50, 50, 6, 3, 11, 12, 1, 13, NULL, NULL, NULL, NULL)");
  store = store_test_open (fixture, BOBBIN_STORE_FINE);
  g_assert_null (bobbin_store_get_kept_aside (store));
  bobbin_store_put (store, new_full_record (), -1);
  store_test_flush (store);
  records = store_test_load (store, NULL);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpuint (store_test_get (records, 0)->id, ==, 7);
  g_assert_cmpint (store_test_get (records, 0)->state, ==, BOBBIN_STATE_FINISHED);
  g_assert_cmpstr (store_test_get (records, 0)->name, ==, "name");
  g_assert_cmpint (store_test_get (records, 0)->received, ==, 50);
  g_assert_true (store_test_get (records, 0)->synced);
  g_assert_false (store_test_get (records, 0)->verified);
  g_assert_false (store_test_get (records, 0)->unproven);
  g_assert_null (store_test_get (records, 0)->file_digest);
  assert_same (store_test_get (records, 1), full);
  runs = bobbin_store_load_runs (store, NULL);
  g_assert_cmpuint (runs->len, ==, 1);
  store_test_close (store);
  store_test_close (store_test_open (fixture, BOBBIN_STORE_FINE));
}

static void
test_errors (StoreFixture *fixture, gconstpointer data)
{
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);
  g_autoptr (GPtrArray) records = NULL;
  BobbinRecord *record = store_test_new_record (1, "http://a/");
  BobbinRecord *other = store_test_new_record (2, "http://a/");

  record->error = g_error_new_literal (BOBBIN_ERROR, BOBBIN_ERROR_TOO_SLOW, "Slow");
  other->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "Full");
  bobbin_store_put (store, record, -1);
  bobbin_store_put (store, other, -1);
  store_test_flush (store);
  records = store_test_load (store, NULL);
  g_assert_error (store_test_get (records, 0)->error, BOBBIN_ERROR, BOBBIN_ERROR_TOO_SLOW);
  g_assert_cmpint (bobbin_error_get_retry_after (store_test_get (records, 0)->error), ==, -1);
  g_assert_error (store_test_get (records, 1)->error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  store_test_close (store);
}

static void
test_latest_wins (StoreFixture *fixture, gconstpointer data)
{
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);
  guint64 gone[] = { 1, 2, 77 };
  BobbinRecord *again = store_test_new_record (2, "http://again/");
  g_autoptr (GPtrArray) records = NULL;

  for (guint i = 0; i < 1000; i++)
    for (guint64 id = 1; id <= 3; id++)
      {
        BobbinRecord *record = store_test_new_record (id, "http://a/");

        record->order = 10 - id;
        record->tries = i;
        bobbin_store_put (store, record, -1);
      }
  bobbin_store_remove (store, gone, G_N_ELEMENTS (gone));
  again->order = 100;
  bobbin_store_put (store, again, -1);
  store_test_flush (store);
  records = store_test_load (store, NULL);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpuint (store_test_get (records, 0)->id, ==, 3);
  g_assert_cmpuint (store_test_get (records, 0)->tries, ==, 999);
  g_assert_cmpstr (store_test_get (records, 1)->uri, ==, "http://again/");
  store_test_close (store);
}

static void
test_folder (StoreFixture *fixture, gconstpointer data)
{
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);
  BobbinRecord *other = store_test_new_record (1, "http://a/");
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) none = NULL;

  g_free (other->folder);
  other->folder = g_strdup ("/other\xff\n");
  bobbin_store_put (store, other, -1);
  bobbin_store_put (store, store_test_new_record (2, "http://a/"), -1);
  store_test_flush (store);
  records = store_test_load (store, "/other\xff\n");
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpuint (store_test_get (records, 0)->id, ==, 1);
  none = store_test_load (store, "/none");
  g_assert_cmpuint (none->len, ==, 0);
  store_test_close (store);
}

static void
test_runs (StoreFixture *fixture, gconstpointer data)
{
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);
  BobbinRunRecord one = { 1, 2, 3, 4, 5, 6, G_MAXOFFSET };
  BobbinRunRecord two = { .began = 9 };
  g_autoptr (GArray) runs = NULL;
  const BobbinRunRecord *found;

  bobbin_store_put_run (store, &one);
  bobbin_store_put_run (store, &two);
  store_test_flush (store);
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
  store_test_close (store);
}

static void
put_timeline (BobbinStore *store, gint64 began, gint64 measured, const char *text)
{
  g_autoptr (GBytes) timeline = g_bytes_new_static (text, strlen (text));

  bobbin_store_put_timeline (store, began, measured, timeline);
}

static void
assert_timeline (BobbinStore *store, gint64 began, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) timeline = bobbin_store_load_timeline (store, began, &error);

  if (text == NULL)
    {
      g_assert_null (timeline);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (timeline, NULL), g_bytes_get_size (timeline), text, strlen (text));
}

/* One for each run, the newest of them, and the runs know of it. */
static void
test_timelines (StoreFixture *fixture, gconstpointer data)
{
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);
  g_autoptr (GArray) runs = NULL;

  for (gint64 began = 1; began <= 3; began++)
    bobbin_store_put_run (store, &(BobbinRunRecord){ .began = began });
  put_timeline (store, 2, 0, "first");
  put_timeline (store, 2, 77, "second");
  put_timeline (store, 3, 0, "third");
  store_test_flush (store);
  assert_timeline (store, 1, NULL);
  assert_timeline (store, 2, "second");
  assert_timeline (store, 3, "third");
  runs = bobbin_store_load_runs (store, NULL);
  g_assert_cmpuint (runs->len, ==, 3);
  g_assert_false (g_array_index (runs, BobbinRunRecord, 0).has_timeline);
  g_assert_true (g_array_index (runs, BobbinRunRecord, 1).has_timeline);
  g_assert_cmpint (g_array_index (runs, BobbinRunRecord, 1).measured, ==, 77);

  for (gint64 began = 1000; began < 1100; began++)
    put_timeline (store, began, 0, "more");
  store_test_flush (store);
  assert_timeline (store, 3, NULL);
  assert_timeline (store, 1000, "more");
  assert_timeline (store, 1099, "more");
  store_test_close (store);
}

static void
test_many (StoreFixture *fixture, gconstpointer data)
{
  guint n = 100000;
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);
  g_autoptr (GPtrArray) records = NULL;
  gint64 start = g_get_monotonic_time ();

  store_test_put_many (store, n);
  g_test_message ("put: %.3f s", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  store_test_flush (store);
  g_test_message ("written: %.3f s", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  store_test_close (store);

  start = g_get_monotonic_time ();
  store = store_test_open (fixture, BOBBIN_STORE_FINE);
  g_test_message ("opened: %.3f s", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  records = store_test_load (store, NULL);
  g_test_message ("loaded: %.3f s", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  g_assert_cmpuint (records->len, ==, n);
  g_assert_cmpuint (store_test_get (records, 0)->id, ==, n);
  g_assert_cmpuint (store_test_get (records, n - 1)->id, ==, 1);
  g_assert_cmpint (store_test_get (records, 0)->received, ==, n - 1);
  store_test_close (store);
}

static guint
get_mode (const char *path)
{
  struct stat info;

  g_assert_cmpint (lstat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

static void
test_permissions (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *below = g_build_filename (fixture->folder, "new", NULL);
  g_autofree char *path = g_build_filename (below, STORE_TEST_LEAF, NULL);
  mode_t before = umask ((mode_t) GPOINTER_TO_UINT (data));
  BobbinPartIdentity identity = { 1, 2, 3 };
  BobbinStore *store = bobbin_store_open (path);
  g_auto (GStrv) names = NULL;

  bobbin_store_put (store, store_test_new_record (1, "http://a/"), -1);
  store_test_flush (store);
  bobbin_store_note_created (store, 1, "http://a/", "/", "n", &identity);
  names = bobbin_test_list_folder (below);
  g_assert_cmpuint (g_strv_length (names), ==, 4);
  g_assert_cmpuint (get_mode (below), ==, 0700);
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *file = g_build_filename (below, *name, NULL);

      g_assert_cmpuint (get_mode (file), ==, 0600);
    }
  store_test_close (store);
  umask (before);
  bobbin_test_remove_folder (below);
}

/* A database that others could read is closed to them. */
static void
test_too_open (StoreFixture *fixture, gconstpointer data)
{
  store_test_close (store_test_open (fixture, BOBBIN_STORE_FINE));
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  store_test_close (store_test_open (fixture, BOBBIN_STORE_FINE));
  g_assert_cmpuint (get_mode (fixture->path), ==, 0600);
}

static void
assert_nowhere (StoreFixture *fixture, const char *secret)
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
test_no_secrets (StoreFixture *fixture, gconstpointer data)
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
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);
  BobbinRecord *record = store_test_new_record (1, "https://user:sesame@a/p@q");
  g_autoptr (GPtrArray) records = NULL;
  static const char *const kept[] = { "Referer", "https://r/p", "accept-language", "visible", NULL };

  record->headers = g_strdupv ((char **) headers);
  store_test_note (store, 1, "n", 3);
  bobbin_store_put (store, record, -1);
  store_test_flush (store);
  assert_nowhere (fixture, "sesame");
  records = store_test_load (store, NULL);
  g_assert_cmpstr (store_test_get (records, 0)->uri, ==, "https://a/p@q");
  g_assert_cmpstrv (store_test_get (records, 0)->headers, kept);
  store_test_close (store);
}

static gpointer
put_from_thread (gpointer data)
{
  BobbinStore *store = data;

  for (guint i = 0; i < 500; i++)
    {
      guint64 id = bobbin_store_new_id (store);

      store_test_note (store, id, "n", 3);
      bobbin_store_put (store, store_test_new_record (id, "http://a/"), -1);
      if (i % 100 == 0)
        bobbin_store_flush (store, NULL);
      if (i % 10 == 0)
        bobbin_store_remove (store, &id, 1);
    }
  return NULL;
}

static void
test_threads (StoreFixture *fixture, gconstpointer data)
{
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);
  GThread *threads[4];
  g_autoptr (GPtrArray) records = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("test", put_from_thread, store);
  bobbin_store_put (store, store_test_new_holding_record (1, 10), store_test_make_part (fixture));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  store_test_flush (store);
  records = store_test_load (store, NULL);
  g_assert_cmpuint (records->len, ==, 450 * G_N_ELEMENTS (threads) + 1);
  store_test_close (store);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  STORE_TEST_ADD ("/store/round-trip", NULL, test_round_trip);
  STORE_TEST_ADD ("/store/error-origin", NULL, test_error_origin);
  STORE_TEST_ADD ("/store/older", NULL, test_older);
  STORE_TEST_ADD ("/store/errors", NULL, test_errors);
  STORE_TEST_ADD ("/store/latest-wins", NULL, test_latest_wins);
  STORE_TEST_ADD ("/store/folder", NULL, test_folder);
  STORE_TEST_ADD ("/store/runs", NULL, test_runs);
  STORE_TEST_ADD ("/store/timelines", NULL, test_timelines);
  STORE_TEST_ADD ("/store/many", NULL, test_many);
  STORE_TEST_ADD ("/store/permissions/000", GUINT_TO_POINTER (0), test_permissions);
  STORE_TEST_ADD ("/store/permissions/077", GUINT_TO_POINTER (077), test_permissions);
  STORE_TEST_ADD ("/store/too-open", NULL, test_too_open);
  STORE_TEST_ADD ("/store/no-secrets", NULL, test_no_secrets);
  STORE_TEST_ADD ("/store/threads", NULL, test_threads);

  return g_test_run ();
}
