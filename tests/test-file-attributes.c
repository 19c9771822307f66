/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-file-attributes.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define ORIGIN "user.xdg.origin.url"

typedef struct
{
  char *path;
  int fd;
} Fixture;

/* In the build folder: the one for temporary files may be in memory, and have no
 * attributes. */
static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->path = g_test_build_filename (G_TEST_BUILT, "test-file-attributes-XXXXXX", NULL);
  fixture->fd = g_mkstemp (fixture->path);
  g_assert_cmpint (fixture->fd, >=, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_close (fixture->fd, NULL);
  g_free (fixture->path);
}

static struct stat
get_stat (Fixture *fixture)
{
  struct stat st;

  g_assert_cmpint (fstat (fixture->fd, &st), ==, 0);
  return st;
}

static void
test_time (Fixture *fixture, gconstpointer user_data)
{
  static const gint64 times[] = { 315532800, 784111777, 1700000000 };
  struct timespec access = { .tv_sec = 1600000000, .tv_nsec = 5 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (futimens (fixture->fd, (struct timespec[]){ access, { .tv_nsec = UTIME_NOW } }), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      gboolean set = bobbin_file_attributes_set_time (fixture->fd, times[i], &error);

      g_assert_no_error (error);
      g_assert_true (set);
      g_assert_cmpint (get_stat (fixture).st_mtim.tv_sec, ==, times[i]);
      g_assert_cmpint (get_stat (fixture).st_mtim.tv_nsec, ==, 0);
    }
  g_assert_cmpint (get_stat (fixture).st_atim.tv_sec, ==, access.tv_sec);
  g_assert_cmpint (get_stat (fixture).st_atim.tv_nsec, ==, access.tv_nsec);
}

static void
test_senseless_time (Fixture *fixture, gconstpointer user_data)
{
  gint64 tomorrow = g_get_real_time () / G_USEC_PER_SEC + 24 * 60 * 60;
  gint64 times[] = { G_MININT64, -1, 0, 1, 315532799, tomorrow, G_MAXINT64 };
  struct stat before = get_stat (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (bobbin_file_attributes_set_time (fixture->fd, times[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_cmpint (get_stat (fixture).st_mtim.tv_sec, ==, before.st_mtim.tv_sec);
      g_assert_cmpint (get_stat (fixture).st_mtim.tv_nsec, ==, before.st_mtim.tv_nsec);
    }
}

static void
test_bad_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (bobbin_file_attributes_set_time (-1, 1700000000, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (error->domain, ==, G_IO_ERROR);
  g_assert_false (bobbin_file_attributes_set_origin (-1, "http://example.org/"));
}

static gboolean
has_attributes (Fixture *fixture)
{
  if (fsetxattr (fixture->fd, "user.bobbin.test", "1", 1, 0) == 0)
    return TRUE;
  g_assert_cmpint (errno, ==, ENOTSUP);
  g_test_skip ("The file system of the build folder has no user attributes");
  return FALSE;
}

static char *
dup_origin (Fixture *fixture)
{
  char value[4096] = "";
  gssize length = fgetxattr (fixture->fd, ORIGIN, value, sizeof value);

  return length < 0 ? NULL : g_strndup (value, (gsize) length);
}

static void
test_origin (Fixture *fixture, gconstpointer user_data)
{
  static const struct
  {
    const char *uri;
    const char *origin; /* NULL: none */
  } rows[] = {
    { "http://example.org/a/b.iso", "http://example.org/a/b.iso" },
    { "https://user:SECRET@example.org:8443/a%20b%2Fc", "https://example.org:8443/a%20b%2Fc" },
    { "https://SECRET@example.org/", "https://example.org/" },
    { "https://example.org/a?token=SECRET&x=1", "https://example.org/a" },
    { "https://example.org/a#SECRET", "https://example.org/a" },
    { "https://us%40er:SEC%3aRET@[::1]:80/a?SECRET#SECRET", "https://[::1]:80/a" },
    { "https://example.org?SECRET", "https://example.org" },
    { "https:///SECRET", NULL },
    { "SECRET", NULL },
    { "", NULL },
  };

  if (!has_attributes (fixture))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gboolean set = bobbin_file_attributes_set_origin (fixture->fd, rows[i].uri);
      g_autofree char *origin = dup_origin (fixture);

      g_test_message ("%s", rows[i].uri);
      g_assert_cmpint (set, ==, rows[i].origin != NULL);
      g_assert_cmpstr (origin, ==, rows[i].origin);
      if (origin != NULL)
        g_assert_cmpint (fremovexattr (fixture->fd, ORIGIN), ==, 0);
    }
}

static void
test_long_origin (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = g_strnfill (100000, 'a');
  g_autofree char *uri = g_strconcat ("http://example.org/", path, NULL);

  g_assert_false (bobbin_file_attributes_set_origin (fixture->fd, uri));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/file-attributes/time", test_time);
  ADD ("/file-attributes/senseless-time", test_senseless_time);
  g_test_add_func ("/file-attributes/bad-file", test_bad_file);
  ADD ("/file-attributes/origin", test_origin);
  ADD ("/file-attributes/long-origin", test_long_origin);
  return g_test_run ();
}
