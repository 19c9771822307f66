/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-incoming.h"
#include "bobbin-test.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

typedef struct
{
  char *folder;
  GListStore *files;
  GAsyncResult *result;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = bobbin_test_make_folder ();
  self->files = g_list_store_new (G_TYPE_FILE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  bobbin_test_remove_folder (self->folder);
  g_free (self->folder);
  g_object_unref (self->files);
  g_clear_object (&self->result);
}

static char *
add_path (Fixture *self, const char *name)
{
  char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_list_store_append (self->files, file);
  return path;
}

static void
add_file (Fixture *self, const char *name, const char *contents, gssize length)
{
  g_autofree char *path = add_path (self, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, length, &error);
  g_assert_no_error (error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *self = data;

  self->result = g_object_ref (result);
}

static gboolean
is_read (gpointer data)
{
  Fixture *self = data;

  return self->result != NULL;
}

static char *
read_files (Fixture *self, GError **error)
{
  bobbin_incoming_read_files_async (G_LIST_MODEL (self->files), NULL, on_read, self);
  bobbin_test_wait (is_read, self);
  return bobbin_incoming_read_files_finish (self->result, error);
}

static void
assert_text (Fixture *self, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_files (self, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_refused (Fixture *self, int code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_files (self, &error);

  g_assert_error (error, G_IO_ERROR, code);
  g_assert_cmpstr (error->message, ==, words);
  g_assert_null (text);
}

static void
test_several (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) link = g_file_new_for_uri ("https://h/c?x=1#y");

  add_file (self, "one", "http://h/a", -1);
  add_file (self, "none", "", -1);
  add_file (self, "two", "http://h/b\n", -1);
  g_list_store_append (self->files, link);
  assert_text (self, "http://h/a\nhttp://h/b\nhttps://h/c?x=1#y");
}

static void
test_utf8 (Fixture *self, gconstpointer data)
{
  add_file (self, "list", "\xef\xbb\xbfhttp://h/hafen-\xc3\xa4", -1);
  assert_text (self, "http://h/hafen-ä");
}

static void
test_utf16 (Fixture *self, gconstpointer data)
{
  add_file (self, "little", "\xff\xfeh\0t\0t\0p\0:\0/\0/\0h\0/\0\xe4\0\n\0", 24);
  add_file (self, "big", "\xfe\xff\0h\0t\0t\0p\0:\0/\0/\0h\0/\0\xe4", 22);
  assert_text (self, "http://h/ä\nhttp://h/ä");
}

static void
test_latin (Fixture *self, gconstpointer data)
{
  add_file (self, "list", "http://h/hafen-\xe4", -1);
  assert_text (self, "http://h/hafen-ä");
}

/* Clipboards are not always what their type says. */
static void
test_broken_link (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) broken = g_file_new_for_uri ("http://h/hafen-\xe4");
  g_autoptr (GFile) good = g_file_new_for_uri ("http://h/b");

  g_list_store_append (self->files, broken);
  g_list_store_append (self->files, good);
  assert_text (self, "http://h/hafen-ä\nhttp://h/b");
}

static void
assert_lines (const char *lines, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  bobbin_incoming_append_lines (text, lines, strlen (lines));
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_long_line_with_spaces (void)
{
  g_autofree char *words = g_strnfill (4090, 'x');
  g_autofree char *lines = g_strdup_printf ("short\r\n%s  #2 http://h/a.bin\n\nlast", words);
  g_autofree char *expected = g_strdup_printf ("short\r\n%s  #2\nhttp://h/a.bin\n\nlast", words);

  assert_lines (lines, expected);
}

/* No piece of a link may look like a link of its own. */
static void
test_long_line_without_spaces (void)
{
  g_autofree char *path = g_strnfill (5000, 'x');
  g_autofree char *markup = g_strnfill (3000 * 1000, '<');
  g_autofree char *lines
      = g_strdup_printf ("<a href=\"http://h/%s\">%s<a>http://h/b</a>\nhttp://h/c", path, markup);
  g_autofree char *expected = g_strdup_printf ("<a\nhttp://h/%s\nhttp://h/b\nhttp://h/c", path);

  assert_lines (lines, expected);
}

static void
test_long_comment (void)
{
  g_autofree char *words = g_strnfill (5000, 'x');
  g_autofree char *lines = g_strdup_printf ("# %s http://h/a\nhttp://h/b", words);

  assert_lines (lines, "\nhttp://h/b");
}

static void
test_no_text (Fixture *self, gconstpointer data)
{
  add_file (self, "photo.jpg", "\xff\xd8\xff\xe0\0\x10JFIF", 10);
  assert_refused (self, G_IO_ERROR_INVALID_DATA, "“photo.jpg” is not a list of links");
}

static void
test_missing (Fixture *self, gconstpointer data)
{
  g_autofree char *path = add_path (self, "gone.txt");

  assert_refused (self, G_IO_ERROR_NOT_FOUND, "“gone.txt” is not there any more");
}

static void
test_folder (Fixture *self, gconstpointer data)
{
  g_autofree char *path = add_path (self, "Pictures");

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_refused (self, G_IO_ERROR_IS_DIRECTORY, "“Pictures” is a folder");
}

/* Nobody writes into the pipe, so reading it would never end. */
static void
test_pipe (Fixture *self, gconstpointer data)
{
  g_autofree char *path = add_path (self, "pipe");

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_refused (self, G_IO_ERROR_NOT_REGULAR_FILE, "“pipe” cannot be read");
}

static void
test_too_large (Fixture *self, gconstpointer data)
{
  g_autofree char *path = add_path (self, "large.txt");

  g_assert_true (g_file_set_contents (path, "http://h/a\n", -1, NULL));
  g_assert_cmpint (truncate (path, 100 * 1000 * 1000 + 1), ==, 0);
  assert_refused (self, G_IO_ERROR_MESSAGE_TOO_LARGE, "“large.txt” is too large for a list of links");
}

static void
add_test (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add_test ("/incoming/several", test_several);
  add_test ("/incoming/utf8", test_utf8);
  add_test ("/incoming/utf16", test_utf16);
  add_test ("/incoming/latin", test_latin);
  add_test ("/incoming/broken-link", test_broken_link);
  add_test ("/incoming/no-text", test_no_text);
  add_test ("/incoming/missing", test_missing);
  add_test ("/incoming/folder", test_folder);
  add_test ("/incoming/pipe", test_pipe);
  add_test ("/incoming/too-large", test_too_large);
  g_test_add_func ("/incoming/long-line/with-spaces", test_long_line_with_spaces);
  g_test_add_func ("/incoming/long-line/without-spaces", test_long_line_without_spaces);
  g_test_add_func ("/incoming/long-line/comment", test_long_comment);

  return g_test_run ();
}
