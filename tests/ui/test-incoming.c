/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-incoming.h"
#include "bobbin-link-lines.h"
#include "bobbin-test.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

typedef struct
{
  char *folder;
  GString *list; /* text/uri-list */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = bobbin_test_make_folder ();
  self->list = g_string_new (NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  bobbin_test_remove_folder (self->folder);
  g_free (self->folder);
  g_string_free (self->list, TRUE);
}

static char *
add_path (Fixture *self, const char *name)
{
  char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  g_string_append_printf (self->list, "%s\r\n", uri);
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

static BobbinIncoming *
read_list (Fixture *self)
{
  BobbinIncoming *incoming = bobbin_incoming_new ();

  bobbin_incoming_add_uri_list (incoming, self->list->str, NULL);
  return incoming;
}

static void
assert_text (Fixture *self, const char *expected)
{
  g_autoptr (BobbinIncoming) incoming = read_list (self);

  g_assert_null (bobbin_incoming_dup_problem (incoming));
  g_assert_cmpuint (bobbin_incoming_get_sources (incoming)->len, ==, 0);
  g_assert_cmpstr (bobbin_incoming_get_text (incoming), ==, expected);
  g_assert_true (bobbin_incoming_has_links (incoming));
}

static void
assert_refused (Fixture *self, const char *words)
{
  g_autoptr (BobbinIncoming) incoming = read_list (self);
  g_autofree char *problem = bobbin_incoming_dup_problem (incoming);

  g_assert_cmpstr (problem, ==, words);
  g_assert_true (bobbin_incoming_is_empty (incoming));
  g_assert_false (bobbin_incoming_has_links (incoming));
}

static void
test_several (Fixture *self, gconstpointer data)
{
  add_file (self, "one", "http://h/a", -1);
  add_file (self, "none", "", -1);
  add_file (self, "two", "http://h/b\n", -1);
  g_string_append (self->list, "https://h/c?x=1#y\r\n");
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
  g_string_append (self->list, "http://h/hafen-\xe4\r\n# a comment\r\nhttp://h/b\r\n");
  assert_text (self, "http://h/hafen-ä\nhttp://h/b");
}

static void
assert_lines (const char *lines, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  bobbin_link_lines_append (text, lines, strlen (lines));
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
  assert_refused (self, "“photo.jpg” is not a list of links");
}

static void
test_missing (Fixture *self, gconstpointer data)
{
  g_autofree char *path = add_path (self, "gone.txt");

  assert_refused (self, "“gone.txt” is not there any more");
}

static void
test_folder (Fixture *self, gconstpointer data)
{
  g_autofree char *path = add_path (self, "Pictures");

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_refused (self, "“Pictures” is a folder");
}

/* Nobody writes into the pipe, so reading it would never end. */
static void
test_pipe (Fixture *self, gconstpointer data)
{
  g_autofree char *path = add_path (self, "pipe");

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_refused (self, "“pipe” cannot be read");
}

static void
test_too_large (Fixture *self, gconstpointer data)
{
  g_autofree char *path = add_path (self, "large.txt");

  g_assert_true (g_file_set_contents (path, "http://h/a\n", -1, NULL));
  g_assert_cmpint (truncate (path, 100 * 1000 * 1000 + 1), ==, 0);
  assert_refused (self, "“large.txt” is too large for a list of links");
}

static GBytes *
get_bytes (const char *text)
{
  return g_bytes_new_static (text, strlen (text));
}

static const BobbinLinks *
get_links (BobbinIncoming *incoming, guint index)
{
  BobbinAddSource *source = g_ptr_array_index (bobbin_incoming_get_sources (incoming), index);

  g_assert_true (bobbin_add_source_read (source, NULL, NULL, NULL));
  return bobbin_add_source_get_links (source);
}

/* One that is read, one that is not, and one that stands for itself. */
static void
test_shapes (Fixture *self, gconstpointer data)
{
  g_autoptr (BobbinIncoming) incoming = NULL;
  g_autofree char *problem = NULL;

  add_file (self, "plain.txt", "http://h/a", -1);
  add_file (self, "short.url", "[InternetShortcut]\r\nURL=http://h/b\r\n", -1);
  add_file (self, "photo.jpg", "\xff\xd8\xff\xe0\0\x10JFIF", 10);
  add_file (self, "film.torrent", "d8:announce9:http://t/4:infod4:name1:xee", -1);
  g_string_append (self->list, "magnet:?xt=urn:btih:0\r\n");
  incoming = read_list (self);
  problem = bobbin_incoming_dup_problem (incoming);

  g_assert_cmpstr (bobbin_incoming_get_text (incoming), ==, "http://h/a\nmagnet:?xt=urn:btih:0");
  g_assert_cmpstr (problem, ==, "“photo.jpg” is not a list of links");
  g_assert_cmpuint (bobbin_incoming_get_sources (incoming)->len, ==, 2);
  g_assert_cmpint (bobbin_links_get_shape (get_links (incoming, 0)), ==, BOBBIN_SHAPE_URL_FILE);
  g_assert_cmpint (bobbin_links_get_shape (get_links (incoming, 1)), ==, BOBBIN_SHAPE_TORRENT);
}

/* What nobody would edit keeps its bytes, and stands beside the text. */
static void
test_large (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = g_strnfill (5000, 'x');
  g_autofree char *long_line = g_strconcat ("http://h/", path, NULL);
  g_autoptr (BobbinIncoming) incoming = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "http://h/%u\n", i);
  add_file (self, "large", text->str, -1);
  add_file (self, "long", long_line, -1);
  incoming = read_list (self);

  g_assert_cmpstr (bobbin_incoming_get_text (incoming), ==, "");
  g_assert_cmpuint (bobbin_links_get_n_links (get_links (incoming, 0)), ==, 100000);
  g_assert_cmpuint (bobbin_links_get_n_links (get_links (incoming, 1)), ==, 1);
}

static void
assert_copy (const char *text, const char *page, const char *expected_text, guint n_expected_sources)
{
  g_autoptr (GBytes) text_bytes = text != NULL ? get_bytes (text) : NULL;
  g_autoptr (GBytes) page_bytes = page != NULL ? get_bytes (page) : NULL;
  g_autoptr (BobbinIncoming) incoming = bobbin_incoming_new ();

  bobbin_incoming_add_copy (incoming, text_bytes, page_bytes);
  g_assert_cmpstr (bobbin_incoming_get_text (incoming), ==, expected_text);
  g_assert_cmpuint (bobbin_incoming_get_sources (incoming)->len, ==, n_expected_sources);
}

/* What somebody means who copied something in a browser. */
static void
test_copy (void)
{
  static const char page[] = "<p>See <a href=http://h/a.bin>the file</a> or http://h/b.bin</p>";

  assert_copy ("See the file", "<p>See <a href=http://h/a.bin>the file</a></p>", "", 1);
  assert_copy ("See the file or http://h/b.bin", page, "http://h/b.bin", 1);
  assert_copy ("http://h/a.bin\nhttp://h/b.bin", page, "http://h/a.bin\nhttp://h/b.bin", 0);
  assert_copy ("http://h/a.bin in words", "<b>http://h/a.bin in words</b>", "http://h/a.bin in words", 0);
  assert_copy (NULL, page, "", 1);
  assert_copy ("curl -H 'A: b' http://h/a", NULL, "", 1);
}

static void
test_no_links (void)
{
  g_autoptr (BobbinIncoming) words = bobbin_incoming_new ();
  g_autoptr (BobbinIncoming) magnet = bobbin_incoming_new ();
  g_autoptr (GBytes) words_bytes = get_bytes ("nothing of the kind");
  g_autoptr (GBytes) magnet_bytes = get_bytes ("magnet:?xt=urn:btih:0");

  bobbin_incoming_add_copy (words, words_bytes, NULL);
  bobbin_incoming_add_copy (magnet, magnet_bytes, NULL);
  g_assert_false (bobbin_incoming_has_links (words));
  g_assert_true (bobbin_incoming_has_links (magnet));
}

static void
test_merge (void)
{
  g_autoptr (BobbinIncoming) first = bobbin_incoming_new_for_text ("http://h/a");
  g_autoptr (BobbinIncoming) second = bobbin_incoming_new_for_text ("http://h/b\n");
  g_autoptr (GBytes) page = get_bytes ("<a href=http://h/c>c</a>");

  bobbin_incoming_add_copy (second, NULL, page);
  bobbin_incoming_merge (first, second);
  g_assert_cmpstr (bobbin_incoming_get_text (first), ==, "http://h/a\nhttp://h/b\n");
  g_assert_cmpuint (bobbin_incoming_get_sources (first)->len, ==, 1);
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
  add_test ("/incoming/shapes", test_shapes);
  add_test ("/incoming/large", test_large);
  g_test_add_func ("/incoming/copy", test_copy);
  g_test_add_func ("/incoming/no-links", test_no_links);
  g_test_add_func ("/incoming/merge", test_merge);
  g_test_add_func ("/incoming/long-line/with-spaces", test_long_line_with_spaces);
  g_test_add_func ("/incoming/long-line/without-spaces", test_long_line_without_spaces);
  g_test_add_func ("/incoming/long-line/comment", test_long_comment);

  return g_test_run ();
}
