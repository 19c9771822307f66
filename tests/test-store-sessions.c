/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-store-test.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

static void
test_killed (StoreFixture *fixture, gconstpointer data)
{
  gboolean flushed = GPOINTER_TO_INT (data);
  g_autoptr (GPtrArray) records = NULL;
  pid_t child = fork ();
  BobbinStore *store;

  if (child == 0)
    {
      store = bobbin_store_open (fixture->path);
      bobbin_store_put (store, store_test_new_record (1, "http://a/"), -1);
      if (flushed)
        bobbin_store_flush (store, NULL);
      kill (getpid (), SIGKILL);
    }
  store_test_wait_for_child (child);
  store = store_test_open (fixture, BOBBIN_STORE_RECOVERED);
  records = store_test_load (store, NULL);
  /* What was not flushed may be there or not. */
  if (flushed)
    g_assert_cmpuint (records->len, ==, 1);
  store_test_close (store);
  store_test_close (store_test_open (fixture, BOBBIN_STORE_FINE));
}

static void
test_exit_without_close (StoreFixture *fixture, gconstpointer data)
{
  pid_t child = fork ();

  if (child == 0)
    {
      BobbinStore *store = bobbin_store_open (fixture->path);

      _exit (bobbin_store_get_notice (store) == BOBBIN_STORE_FINE ? 0 : 1);
    }
  store_test_wait_for_child (child);
  store_test_close (store_test_open (fixture, BOBBIN_STORE_RECOVERED));
}

static void
make_and_die (const char *path)
{
  BobbinStore *store = bobbin_store_open (path);
  BobbinRecord *finished = store_test_new_holding_record (5, 50);
  guint64 gone = 4;

  finished->state = BOBBIN_STATE_FINISHED;
  finished->synced = TRUE;
  bobbin_store_put (store, store_test_new_holding_record (1, 10), -1);
  bobbin_store_put (store, store_test_new_holding_record (2, 20), -1);
  bobbin_store_put (store, finished, -1);
  bobbin_store_flush (store, NULL);
  store_test_note (store, 1, "first", 10);
  store_test_note (store, 1, "new\n+\tname", 11);
  store_test_note (store, 2, "old", 20);
  store_test_note (store, 3, "never put", 30);
  store_test_note (store, 4, "removed", 40);
  store_test_note (store, 5, "not its file", 51);
  bobbin_store_remove (store, &gone, 1);
  bobbin_store_flush (store, NULL);
  kill (getpid (), SIGKILL);
}

static void
test_created (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;
  g_auto (GStrv) names = NULL;
  pid_t child = fork ();
  BobbinStore *store;

  if (child == 0)
    make_and_die (fixture->path);
  store_test_wait_for_child (child);

  store = store_test_open (fixture, BOBBIN_STORE_RECOVERED);
  records = store_test_load (store, NULL);
  g_assert_cmpuint (records->len, ==, 4);
  /* A part file that the record did not know of: nothing of it is held. */
  g_assert_cmpstr (store_test_get (records, 0)->name, ==, "new\n+\tname");
  g_assert_cmpuint (store_test_get (records, 0)->identity.inode, ==, 11);
  g_assert_cmpint (store_test_get (records, 0)->identity.birth, ==, 42);
  g_assert_null (store_test_get (records, 0)->ranges);
  g_assert_null (store_test_get (records, 0)->validator);
  g_assert_cmpint (store_test_get (records, 0)->received, ==, 0);
  /* One that it did know of. */
  g_assert_cmpint (store_test_get (records, 1)->received, ==, 100);
  g_assert_nonnull (store_test_get (records, 1)->ranges);
  /* One that has its file. */
  g_assert_cmpint (store_test_get (records, 2)->state, ==, BOBBIN_STATE_FINISHED);
  g_assert_cmpstr (store_test_get (records, 2)->name, ==, "old");
  /* One whose record never came. */
  g_assert_cmpuint (store_test_get (records, 3)->id, ==, 3);
  g_assert_cmpint (store_test_get (records, 3)->state, ==, BOBBIN_STATE_WAITING);
  g_assert_cmpstr (store_test_get (records, 3)->uri, ==, "http://a/b c");
  g_assert_cmpstr (store_test_get (records, 3)->folder, ==, "/fol\nder\t\xff");
  g_assert_cmpstr (store_test_get (records, 3)->name, ==, "never put");
  store_test_close (store);

  names = bobbin_test_list_folder (fixture->folder);
  g_assert_cmpuint (g_strv_length (names), ==, 1);
}

/* Once the database knows of all part files, the log is empty. */
static void
test_log_settles (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-created-1", NULL);
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);
  struct stat info;

  store_test_note (store, 1, "old", 10);
  store_test_note (store, 2, "old", 20);
  bobbin_store_put (store, store_test_new_holding_record (1, 10), -1);
  store_test_flush (store);
  g_assert_cmpint (stat (log, &info), ==, 0);
  g_assert_cmpint (info.st_size, >, 0);
  bobbin_store_put (store, store_test_new_holding_record (2, 20), -1);
  store_test_flush (store);
  g_assert_cmpint (stat (log, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, 0);
  store_test_close (store);
}

static gint64
read_boot (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *digits = NULL;

  g_assert_true (g_file_get_contents ("/proc/sys/kernel/random/boot_id", &text, NULL, NULL));
  parts = g_strsplit (g_strstrip (text), "-", -1);
  digits = g_strjoinv (NULL, parts);
  digits[16] = '\0';
  return (gint64) g_ascii_strtoull (digits, NULL, 16);
}

/* What was written after that may be lost: a removed download stays removed, and
 * one that is there learns of its part file. */
static void
test_log_of_another_boot (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-created-9", NULL);
  g_autoptr (GPtrArray) records = NULL;
  BobbinStore *store = store_test_open (fixture, BOBBIN_STORE_FINE);

  bobbin_store_put (store, store_test_new_record (2, "http://a/"), -1);
  store_test_close (store);
  g_assert_true (g_file_set_contents (log,
                                      "\n+\t1\thttp://a/\t/f\tremoved\t1\t2\t3\t4\t.\n"
                                      "\n+\t2\thttp://a/\t/f\tthere\t1\t3\t3\t4\t.\n",
                                      -1, NULL));
  store = store_test_open (fixture, BOBBIN_STORE_FINE);
  records = store_test_load (store, NULL);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpuint (store_test_get (records, 0)->id, ==, 2);
  g_assert_cmpstr (store_test_get (records, 0)->name, ==, "there");
  store_test_close (store);
}

static void
test_torn_log (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-created-9", NULL);
  g_autofree char *text
      = g_strdup_printf ("\n+\t1\thttp://a/\t/f\tcut"
                         "\n+\t2\thttp://a/\t/f\twhole\t1\t2\t3\t%" G_GINT64_FORMAT "\t.\n"
                         "\n?\t3\t.\n\n-\t7\t.\n\n.\n\n+\t4\thttp://a/\t/f\tcut\t1\t2\t3\t4\t",
                         read_boot ());
  g_autoptr (GPtrArray) records = NULL;
  BobbinStore *store;

  g_assert_true (g_file_set_contents (log, text, -1, NULL));
  store = store_test_open (fixture, BOBBIN_STORE_FINE);
  records = store_test_load (store, NULL);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpstr (store_test_get (records, 0)->name, ==, "whole");
  store_test_close (store);
}

static void
put_some_and_close (const char *path)
{
  BobbinStore *store = bobbin_store_open (path);

  for (guint i = 0; i < 500; i++)
    {
      bobbin_store_put (store, store_test_new_record (bobbin_store_new_id (store), "http://a/"), -1);
      if (i % 50 == 0)
        bobbin_store_flush (store, NULL);
    }
  bobbin_store_close (store);
  _exit (bobbin_store_get_notice (store) == BOBBIN_STORE_FINE && bobbin_store_get_error (store) == NULL ? 0
                                                                                                        : 1);
}

static void
test_processes (StoreFixture *fixture, gconstpointer data)
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
    store_test_wait_for_child (children[i]);
  store = store_test_open (fixture, BOBBIN_STORE_FINE);
  records = store_test_load (store, NULL);
  g_assert_cmpuint (records->len, ==, 500 * G_N_ELEMENTS (children));
  store_test_close (store);
}

/* A session that still lives is none that ended badly. */
static void
test_other_alive (StoreFixture *fixture, gconstpointer data)
{
  BobbinStore *one = store_test_open (fixture, BOBBIN_STORE_FINE);
  BobbinStore *two = store_test_open (fixture, BOBBIN_STORE_FINE);

  g_assert_cmpuint (bobbin_store_new_id (one), !=, bobbin_store_new_id (two));
  bobbin_store_put (one, store_test_new_record (bobbin_store_new_id (one), "http://a/"), -1);
  store_test_close (one);
  store_test_close (two);
  store_test_close (store_test_open (fixture, BOBBIN_STORE_FINE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  STORE_TEST_ADD ("/store/killed/flushed", GINT_TO_POINTER (TRUE), test_killed);
  STORE_TEST_ADD ("/store/killed/not-flushed", GINT_TO_POINTER (FALSE), test_killed);
  STORE_TEST_ADD ("/store/exit-without-close", NULL, test_exit_without_close);
  STORE_TEST_ADD ("/store/created", NULL, test_created);
  STORE_TEST_ADD ("/store/log-settles", NULL, test_log_settles);
  STORE_TEST_ADD ("/store/torn-log", NULL, test_torn_log);
  STORE_TEST_ADD ("/store/log-of-another-boot", NULL, test_log_of_another_boot);
  STORE_TEST_ADD ("/store/processes", NULL, test_processes);
  STORE_TEST_ADD ("/store/other-alive", NULL, test_other_alive);

  return g_test_run ();
}
