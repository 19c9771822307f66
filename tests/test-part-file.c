/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-error.h"
#include "bobbin-part-file.h"
#include "bobbin-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = bobbin_test_make_folder ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  bobbin_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static BobbinPartFile *
create (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  BobbinPartFile *part = bobbin_part_file_create (fixture->folder, name, BOBBIN_CONFLICT_NUMBER, &error);

  g_assert_no_error (error);
  return part;
}

static void
write_text (BobbinPartFile *part, const char *text, goffset offset)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (bobbin_part_file_write (part, text, strlen (text), offset, &error));
  g_assert_no_error (error);
}

static char *
publish (BobbinPartFile *part, goffset size)
{
  g_autoptr (GError) error = NULL;
  char *name = bobbin_part_file_publish (part, size, &error);

  g_assert_no_error (error);
  return name;
}

static void
plant (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_names (Fixture *fixture, const char *expected)
{
  g_auto (GStrv) names = bobbin_test_list_folder (fixture->folder);
  g_autofree char *found = g_strjoinv (" | ", names);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_publish (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinPartFile) part = create (fixture, "a.txt");
  g_autofree char *name = NULL;

  assert_names (fixture, "a.txt.part");
  write_text (part, "lo world", 3);
  write_text (part, "Hel", 0);
  name = publish (part, 11);
  g_assert_cmpstr (name, ==, "a.txt");
  assert_names (fixture, "a.txt");
  bobbin_test_assert_file (fixture->folder, "a.txt", "Hello world", 11);
}

static void
test_missing_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *below = g_build_filename (fixture->folder, "new", "folder", NULL);
  g_autofree char *middle = g_path_get_dirname (below);
  g_autoptr (GError) error = NULL;
  g_autoptr (BobbinPartFile) part = bobbin_part_file_create (below, "a", BOBBIN_CONFLICT_NUMBER, &error);
  g_autofree char *name = NULL;

  g_assert_no_error (error);
  name = publish (part, 0);
  g_assert_cmpstr (name, ==, "a");
  bobbin_test_remove_folder (below);
  bobbin_test_remove_folder (middle);
}

static void
test_name_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinPartFile) part = NULL;
  g_autofree char *name = NULL;

  plant (fixture, "a.tar.gz", "theirs");
  part = create (fixture, "a.tar.gz");
  g_assert_cmpstr (bobbin_part_file_get_name (part), ==, "a (1).tar.gz");
  name = publish (part, 0);
  g_assert_cmpstr (name, ==, "a (1).tar.gz");
  bobbin_test_assert_file (fixture->folder, "a.tar.gz", "theirs", 6);
}

/* A part file that somebody planted is neither followed nor taken up. */
static void
test_part_planted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinPartFile) part = NULL;

  plant (fixture, "a.part", "theirs");
  part = create (fixture, "a");
  g_assert_cmpstr (bobbin_part_file_get_name (part), ==, "a (1)");
  bobbin_test_assert_file (fixture->folder, "a.part", "theirs", 6);
}

/* Links, also dangling ones, count as taken names and are never written
 * through. */
static void
test_links_planted (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);
  g_autofree char *dangling = g_build_filename (fixture->folder, "a", NULL);
  g_autofree char *part_link = g_build_filename (fixture->folder, "a (1).part", NULL);
  g_autoptr (BobbinPartFile) part = NULL;
  g_autofree char *name = NULL;

  plant (fixture, "target", "theirs");
  g_assert_cmpint (symlink ("nowhere", dangling), ==, 0);
  g_assert_cmpint (symlink (target, part_link), ==, 0);
  part = create (fixture, "a");
  write_text (part, "ours", 0);
  name = publish (part, 4);
  g_assert_cmpstr (name, ==, "a (2)");
  bobbin_test_assert_file (fixture->folder, "target", "theirs", 6);
}

static void
test_many_of_one_name (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (BobbinPartFile) part = create (fixture, "page.html");
      g_autofree char *expected = i == 0 ? g_strdup ("page.html") : g_strdup_printf ("page (%u).html", i);
      g_autofree char *name = publish (part, 0);

      g_assert_cmpstr (name, ==, expected);
    }
}

/* Two downloads of one name at the same moment get two names, whoever is done
 * first. */
static void
test_two_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinPartFile) first = create (fixture, "a.iso");
  g_autoptr (BobbinPartFile) second = create (fixture, "a.iso");
  g_autofree char *second_name = publish (second, 0);
  g_autofree char *first_name = publish (first, 0);

  g_assert_cmpstr (first_name, ==, "a.iso");
  g_assert_cmpstr (second_name, ==, "a (1).iso");
}

/* A file that turned up under the final name meanwhile is left alone. */
static void
test_name_taken_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinPartFile) part = create (fixture, "a.iso");
  g_autofree char *name = NULL;

  plant (fixture, "a.iso", "theirs");
  write_text (part, "ours", 0);
  name = publish (part, 4);
  g_assert_cmpstr (name, ==, "a (1).iso");
  bobbin_test_assert_file (fixture->folder, "a.iso", "theirs", 6);
  bobbin_test_assert_file (fixture->folder, "a (1).iso", "ours", 4);
}

static void
test_mode (Fixture *fixture, gconstpointer data)
{
  mode_t old = umask (027);
  g_autoptr (BobbinPartFile) part = create (fixture, "run.sh");
  g_autofree char *name = publish (part, 0);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  struct stat info;

  umask (old);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0640);
}

static void
test_reopen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinPartFile) part = create (fixture, "a");
  g_autoptr (BobbinPartFile) again = NULL;
  g_autoptr (GError) error = NULL;
  BobbinPartIdentity identity = bobbin_part_file_get_identity (part);
  g_autofree char *name = NULL;

  write_text (part, "Hello", 0);
  g_clear_pointer (&part, bobbin_part_file_free);
  again = bobbin_part_file_reopen (fixture->folder, "a", &identity, 5, &error);
  g_assert_no_error (error);
  write_text (again, "!", 5);
  name = publish (again, 6);
  bobbin_test_assert_file (fixture->folder, "a", "Hello!", 6);
}

static void
assert_lost (Fixture *fixture, const BobbinPartIdentity *identity, goffset held)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BobbinPartFile) part = bobbin_part_file_reopen (fixture->folder, "a", identity, held, &error);

  g_assert_null (part);
  g_assert_error (error, BOBBIN_ERROR, BOBBIN_ERROR_PART_LOST);
}

/* Gone, shorter, replaced or turned into a link: all of it is noticed. */
static void
test_reopen_lost (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinPartFile) part = create (fixture, "a");
  BobbinPartIdentity identity = bobbin_part_file_get_identity (part);
  g_autofree char *path = g_build_filename (fixture->folder, "a.part", NULL);
  g_autofree char *moved = g_build_filename (fixture->folder, "moved", NULL);

  write_text (part, "Hello", 0);
  assert_lost (fixture, &identity, 6);
  g_assert_cmpint (g_rename (path, moved), ==, 0);
  assert_lost (fixture, &identity, 5);
  plant (fixture, "a.part", "Hello");
  assert_lost (fixture, &identity, 5);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (symlink (moved, path), ==, 0);
  assert_lost (fixture, &identity, 5);
}

/* What is not ours or not whole never gets the final name. */
static void
test_publish_lost (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinPartFile) part = create (fixture, "a");
  g_autofree char *path = g_build_filename (fixture->folder, "a.part", NULL);
  g_autoptr (GError) short_error = NULL;
  g_autoptr (GError) error = NULL;

  write_text (part, "Hello", 0);
  g_assert_null (bobbin_part_file_publish (part, 6, &short_error));
  g_assert_error (short_error, BOBBIN_ERROR, BOBBIN_ERROR_PART_LOST);

  g_assert_cmpint (g_unlink (path), ==, 0);
  plant (fixture, "a.part", "other");
  g_assert_null (bobbin_part_file_publish (part, 5, &error));
  g_assert_error (error, BOBBIN_ERROR, BOBBIN_ERROR_PART_LOST);
  assert_names (fixture, "a.part");
}

/* Only what we made is ever removed. */
static void
test_discard (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinPartFile) ours = create (fixture, "a");
  g_autoptr (BobbinPartFile) replaced = create (fixture, "b");
  g_autofree char *path = g_build_filename (fixture->folder, "b.part", NULL);

  bobbin_part_file_discard (ours);
  g_assert_cmpint (g_unlink (path), ==, 0);
  plant (fixture, "b.part", "theirs");
  bobbin_part_file_discard (replaced);
  assert_names (fixture, "b.part");
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "file", NULL);
  g_autoptr (GError) error = NULL;

  plant (fixture, "file", "");
  g_assert_null (bobbin_part_file_create (file, "a", BOBBIN_CONFLICT_NUMBER, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
}

/* Nobody sees a file without a name until it gets it, and nothing is left of one
 * that does not. */
static void
test_unnamed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinPartFile) part
      = bobbin_part_file_create_unnamed (fixture->folder, "a.txt", BOBBIN_CONFLICT_NUMBER);
  g_autofree char *text = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "a.txt", NULL);
  struct stat info;

  if (part == NULL)
    {
      g_test_skip ("The file system has no files without a name");
      return;
    }
  g_assert_false (bobbin_part_file_is_named (part));
  write_text (part, "hello", 0);
  bobbin_part_file_discard (part);
  assert_names (fixture, "");

  g_assert_true (bobbin_part_file_link (part));
  assert_names (fixture, "a.txt");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "hello");
  g_assert_cmpint (lstat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_ino, ==, bobbin_part_file_get_identity (part).inode);
  g_assert_cmpuint (info.st_nlink, ==, 1);
}

/* Neither a file nor a link that leads elsewhere is replaced or followed, and
 * somebody's part file keeps its name for him. */
static void
test_unnamed_name_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BobbinPartFile) part
      = bobbin_part_file_create_unnamed (fixture->folder, "a.txt", BOBBIN_CONFLICT_NUMBER);
  g_autoptr (BobbinPartFile) copy = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "a.txt", NULL);
  g_autofree char *name = NULL;

  if (part == NULL)
    {
      g_test_skip ("The file system has no files without a name");
      return;
    }
  write_text (part, "hello", 0);
  g_assert_cmpint (symlink ("/nowhere/at/all", path), ==, 0);
  g_assert_false (bobbin_part_file_link (part));

  copy = create (fixture, "a.txt");
  g_assert_null (bobbin_part_file_create_unnamed (fixture->folder, "a (1).txt", BOBBIN_CONFLICT_NUMBER));
  g_assert_true (bobbin_part_file_copy (copy, part, 5, &error));
  g_assert_no_error (error);
  name = publish (copy, 5);
  g_assert_cmpstr (name, ==, "a (1).txt");
  g_assert_null (bobbin_part_file_create_unnamed (fixture->folder, "a.txt", BOBBIN_CONFLICT_OVERWRITE));
  g_assert_null (bobbin_part_file_create_unnamed (fixture->folder, "a.txt", BOBBIN_CONFLICT_SKIP));
}

#define ADD(name, function) g_test_add ("/part-file/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("publish", test_publish);
  ADD ("missing-folder", test_missing_folder);
  ADD ("name-taken", test_name_taken);
  ADD ("part-planted", test_part_planted);
  ADD ("links-planted", test_links_planted);
  ADD ("many-of-one-name", test_many_of_one_name);
  ADD ("two-at-once", test_two_at_once);
  ADD ("name-taken-meanwhile", test_name_taken_meanwhile);
  ADD ("mode", test_mode);
  ADD ("reopen", test_reopen);
  ADD ("reopen-lost", test_reopen_lost);
  ADD ("publish-lost", test_publish_lost);
  ADD ("discard", test_discard);
  ADD ("errors", test_errors);
  ADD ("unnamed", test_unnamed);
  ADD ("unnamed-name-taken", test_unnamed_name_taken);
  return g_test_run ();
}
