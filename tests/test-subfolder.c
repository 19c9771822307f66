/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-subfolder.h"
#include "bobbin-test.h"

#include <glib/gstdio.h>
#include <unistd.h>

typedef struct
{
  char *folder; /* to save to */
  char *other;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = bobbin_test_make_folder ();
  fixture->other = bobbin_test_make_folder ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  bobbin_test_remove_folder (fixture->folder);
  bobbin_test_remove_folder (fixture->other);
  g_free (fixture->folder);
  g_free (fixture->other);
}

static void
remove_folder (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_cmpint (g_rmdir (path), ==, 0);
}

static void
test_make (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = bobbin_subfolder_make (fixture->folder, "a/b", &error);
  g_autofree char *again = bobbin_subfolder_make (fixture->folder, "a/b", &error);
  g_autofree char *wanted = g_build_filename (fixture->folder, "a", "b", NULL);

  g_assert_no_error (error);
  g_assert_cmpstr (path, ==, wanted);
  g_assert_cmpstr (again, ==, wanted);
  g_assert_true (g_file_test (wanted, G_FILE_TEST_IS_DIR));
  remove_folder (fixture, "a/b");
  remove_folder (fixture, "a");
}

static void
assert_refused (Fixture *fixture, const char *subfolder, int code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = bobbin_subfolder_make (fixture->folder, subfolder, &error);

  g_assert_error (error, G_IO_ERROR, code);
  g_assert_null (path);
}

/* Neither at the end nor on the way. */
static void
test_symbolic_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "out", NULL);
  g_auto (GStrv) names = NULL;

  g_assert_cmpint (symlink (fixture->other, link), ==, 0);
  assert_refused (fixture, "out", G_IO_ERROR_NOT_DIRECTORY);
  assert_refused (fixture, "out/a", G_IO_ERROR_NOT_DIRECTORY);
  names = bobbin_test_list_folder (fixture->other);
  g_assert_cmpuint (g_strv_length (names), ==, 0);
}

/* The folder itself may be reached by one. */
static void
test_link_to_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->other, "to", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  g_assert_cmpint (symlink (fixture->folder, link), ==, 0);
  path = bobbin_subfolder_make (link, "a", &error);
  g_assert_no_error (error);
  g_assert_nonnull (path);
  remove_folder (fixture, "a");
}

static void
test_in_the_way (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "file", NULL);

  g_assert_true (g_file_set_contents (file, "mine", -1, NULL));
  assert_refused (fixture, "file", G_IO_ERROR_NOT_DIRECTORY);
  assert_refused (fixture, "file/a", G_IO_ERROR_NOT_DIRECTORY);
  assert_refused (fixture, "..", G_IO_ERROR_INVALID_ARGUMENT);
  assert_refused (fixture, "./a", G_IO_ERROR_INVALID_ARGUMENT);
}

#define ADD(name, function) g_test_add ("/subfolder/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  bobbin_test_init (&argc, &argv);
  ADD ("make", test_make);
  ADD ("symbolic-link", test_symbolic_link);
  ADD ("link-to-folder", test_link_to_folder);
  ADD ("in-the-way", test_in_the_way);
  return g_test_run ();
}
