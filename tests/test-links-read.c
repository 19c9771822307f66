/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-test.h"
#include "bobbin-test-links.h"

#include <string.h>

/* What holds for all shapes: which is which, patterns, limits, progress, end. */

static const struct
{
  const char *text;
  const char *file_name;
  const char *media_type;
  BobbinShape shape;
} rows[] = {
  { "", NULL, NULL, BOBBIN_SHAPE_TEXT },
  { "https://example.org/a", NULL, NULL, BOBBIN_SHAPE_TEXT },
  { "<https://example.org/a>", NULL, NULL, BOBBIN_SHAPE_TEXT },
  { "<a href='x'>", NULL, NULL, BOBBIN_SHAPE_HTML },
  { "  \n<!DOCTYPE HTML PUBLIC \"x\">", NULL, NULL, BOBBIN_SHAPE_HTML },
  { "\xef\xbb\xbf<html>", NULL, NULL, BOBBIN_SHAPE_HTML },
  { "<!-- c --><p>", NULL, NULL, BOBBIN_SHAPE_HTML },
  { "words", "a.html", NULL, BOBBIN_SHAPE_HTML },
  { "words", "a.HTM", NULL, BOBBIN_SHAPE_HTML },
  { "words", NULL, "text/html;charset=utf-8", BOBBIN_SHAPE_HTML },
  { "words", NULL, "TEXT/HTML", BOBBIN_SHAPE_HTML },
  { "words", "html", "text/htmlx", BOBBIN_SHAPE_TEXT },
  { "<?xml version='1.0'?><!-- x --><metalink>", "a.html", "text/html", BOBBIN_SHAPE_METALINK },
  { "<m:metalink xmlns:m='x'>", NULL, NULL, BOBBIN_SHAPE_METALINK },
  { "<?xml version='1.0'?><!DOCTYPE plist PUBLIC 'x' 'y'><plist>", NULL, NULL, BOBBIN_SHAPE_WEBLOC },
  { "bplist00x", "a.txt", NULL, BOBBIN_SHAPE_WEBLOC },
  { "<?xml version='1.0'?><rss>", NULL, NULL, BOBBIN_SHAPE_FEED },
  { "<feed xmlns='x'>", NULL, NULL, BOBBIN_SHAPE_FEED },
  { "<rdf:RDF>", NULL, NULL, BOBBIN_SHAPE_FEED },
  { "<urlset><url><loc>https://example.org/</loc></url></urlset>", NULL, NULL, BOBBIN_SHAPE_TEXT },
  { "[InternetShortcut]\nURL=x", NULL, NULL, BOBBIN_SHAPE_URL_FILE },
  { "[internetshortcut]\nURL=x", "a.txt", NULL, BOBBIN_SHAPE_URL_FILE },
  { "# c\n\n[Desktop Entry]\n", NULL, NULL, BOBBIN_SHAPE_DESKTOP_FILE },
  { "[playlist]\n", NULL, NULL, BOBBIN_SHAPE_PLS },
  { "[text](https://example.org/)\n", NULL, NULL, BOBBIN_SHAPE_TEXT },
  { "#EXTM3U\n", NULL, NULL, BOBBIN_SHAPE_M3U },
  { "https://example.org/a", "a.m3u8", NULL, BOBBIN_SHAPE_M3U },
  { "https://example.org/a", NULL, "text/uri-list", BOBBIN_SHAPE_URI_LIST },
  { "d8:announce3:abc4:infod", NULL, NULL, BOBBIN_SHAPE_TORRENT },
  { "d4:infod6:lengthi1e", "a.txt", NULL, BOBBIN_SHAPE_TORRENT },
  { "d20 https://example.org/", "a.torrent", NULL, BOBBIN_SHAPE_TEXT },
  { "curl https://example.org/", NULL, NULL, BOBBIN_SHAPE_CURL },
  { "C:\\>curl", NULL, NULL, BOBBIN_SHAPE_TEXT },
  { "curly https://example.org/", NULL, NULL, BOBBIN_SHAPE_TEXT },
  { "curl is a program: https://curl.example/", NULL, NULL, BOBBIN_SHAPE_CURL },
  { "url=https://example.org/a", NULL, NULL, BOBBIN_SHAPE_TEXT },
  { "url: https://example.org/a, and more", NULL, NULL, BOBBIN_SHAPE_TEXT },
  { "url = \"https://example.org/a\"", NULL, NULL, BOBBIN_SHAPE_CURL_CONFIG },
  { "url = https://example.org/a\noutput = b", NULL, NULL, BOBBIN_SHAPE_CURL_CONFIG },
  { "url = \"https://example.org/a\"\nand words, too", NULL, NULL, BOBBIN_SHAPE_TEXT },
  { "https://example.org/a\n  out=b", NULL, NULL, BOBBIN_SHAPE_ARIA2 },
  { "https://example.org/a\n  and words", NULL, NULL, BOBBIN_SHAPE_TEXT },
  { "\x7f"
    "ELF\x02\x01\x01",
    NULL, NULL, BOBBIN_SHAPE_OTHER },
};

static void
test_shapes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const BobbinLinksOptions options = { .file_name = rows[i].file_name, .media_type = rows[i].media_type };
      g_autoptr (BobbinLinks) links = bobbin_test_read_bytes (rows[i].text, strlen (rows[i].text), &options);

      bobbin_test_message (rows[i].text);
      g_assert_cmpint (bobbin_links_get_shape (links), ==, rows[i].shape);
    }
}

static void
test_refused (void)
{
  g_autoptr (BobbinLinks) torrent = bobbin_test_read ("d8:announce3:abc4:infod");
  g_autoptr (BobbinLinks) binary = bobbin_test_read_bytes ("MZ\0\0\3", 5, NULL);
  g_autoptr (BobbinLinks) magnet = bobbin_test_read ("magnet:?xt=urn:btih:0\nftp://example.org/\nMAGNET:?x");

  bobbin_test_assert_line (torrent, 0, BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_TORRENT, 0);
  bobbin_test_assert_line (binary, 0, BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_NOT_TEXT, 0);
  bobbin_test_assert_line (magnet, 0, BOBBIN_VERDICT_UNSUPPORTED_SCHEME, BOBBIN_REASON_MAGNET, 0);
  bobbin_test_assert_line (magnet, 1, BOBBIN_VERDICT_UNSUPPORTED_SCHEME, BOBBIN_REASON_SCHEME, 0);
  bobbin_test_assert_line (magnet, 2, BOBBIN_VERDICT_UNSUPPORTED_SCHEME, BOBBIN_REASON_MAGNET, 0);
}

static void
test_patterns (void)
{
  static const char text[]
      = "https://example.org/img[08-10].jpg, http://[::1]/{a,b}\n"
        "(see example.org/[1-2])\nexample.org/\\[1\\][a-b]\n"
        "https://example.org/[1-1000]\nhttps://example.org/[1-999999].zip\nhttps://example.org/[1-1000001]\n"
        "ftp://example.org/[1-3]\n";
  g_autoptr (BobbinLinks) links = bobbin_test_read (text);
  BobbinLinksOptions options = { .max_expanded = BOBBIN_PATTERN_MAX };
  g_autoptr (BobbinLinks) all = NULL;
  g_autoptr (BobbinLinks) plain = bobbin_test_read_bytes (text, strlen (text), NULL);

  bobbin_test_assert_uris (
      links, "https://example.org/img08.jpg https://example.org/img09.jpg https://example.org/img10.jpg "
             "http://[::1]/a http://[::1]/b https://example.org/%5B1%5Da https://example.org/%5B1%5Db");
  bobbin_test_assert_line (links, 0, BOBBIN_VERDICT_LINKS, BOBBIN_REASON_NONE, 5);
  bobbin_test_assert_line (links, 3, BOBBIN_VERDICT_ASK, BOBBIN_REASON_PATTERN_MANY, 0);
  bobbin_test_assert_line (links, 4, BOBBIN_VERDICT_ASK, BOBBIN_REASON_PATTERN_MANY, 0);
  bobbin_test_assert_line (links, 5, BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_PATTERN_TOO_MANY, 0);
  bobbin_test_assert_line (links, 6, BOBBIN_VERDICT_UNSUPPORTED_SCHEME, BOBBIN_REASON_SCHEME, 0);
  g_assert_cmpuint (bobbin_links_get_n_pending (links), ==, 1000 + 999999);
  g_assert_cmpuint (bobbin_links_get_n_links (plain), ==, 5);

  options.max_expanded = 2000;
  all = bobbin_test_read_bytes (text, strlen (text), &options);
  bobbin_test_assert_line (all, 3, BOBBIN_VERDICT_LINKS, BOBBIN_REASON_NONE, 1000);
  g_assert_cmpuint (bobbin_links_get_n_pending (all), ==, 999999);
}

typedef struct
{
  guint n_calls;
  gsize done;
  GCancellable *cancellable;
} Watch;

static void
on_progress (gsize done, gsize total, guint n_links, gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_cmpuint (done, >, watch->done);
  g_assert_cmpuint (done, <=, total);
  watch->done = done;
  if (++watch->n_calls == 2 && watch->cancellable != NULL)
    g_cancellable_cancel (watch->cancellable);
}

static void
watch_reading (const char *head, const char *unit)
{
  g_autoptr (GString) text = g_string_new (head);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) data = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch = { 0 };
  BobbinLinksOptions options
      = { .progress = on_progress, .progress_data = &watch, .cancellable = cancellable };
  g_autoptr (BobbinLinks) whole = NULL;
  g_autoptr (BobbinLinks) none = NULL;

  while (text->len < 800000)
    g_string_append (text, unit);
  data = g_bytes_new (text->str, text->len);
  whole = bobbin_links_read (data, &options, &error);
  g_assert_no_error (error);
  g_assert_nonnull (whole);
  g_assert_cmpuint (watch.n_calls, >=, 2);
  g_assert_cmpuint (watch.n_calls, <=, 4);

  watch = (Watch){ .cancellable = cancellable };
  none = bobbin_links_read (data, &options, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (none);
  g_assert_cmpuint (watch.n_calls, ==, 2);
}

/* Few links in many bytes. */
#define A20 "aaaaaaaaaaaaaaaaaaaa"
#define LONG_LINK "https://example.org/" A20 A20 A20 A20 A20 A20 A20 A20 A20 A20

static void
test_progress (void)
{
  watch_reading ("", LONG_LINK "\n");
  watch_reading ("<html>", "<a href='" LONG_LINK "'>x</a>");
  watch_reading ("<metalink>", "<file name='a'><url>" LONG_LINK "</url></file>");
  watch_reading ("<rss>", "<enclosure url='" LONG_LINK "'/>");
  watch_reading ("", LONG_LINK "\n out=b\n");
  watch_reading ("", "curl " LONG_LINK "\n");
  watch_reading ("", "url=\"" LONG_LINK "\"\n");
  watch_reading ("#EXTM3U\n", LONG_LINK "\n");
  watch_reading ("[playlist]\n", "File1=" LONG_LINK "\n");
}

static void
test_limits (void)
{
  g_autoptr (GBytes) data
      = g_bytes_new_take (g_malloc0 (BOBBIN_LINKS_MAX_SIZE + 1), BOBBIN_LINKS_MAX_SIZE + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BobbinLinks) none = bobbin_links_read (data, NULL, &error);
  g_autoptr (GString) text = g_string_new (NULL);
  BobbinLinksOptions options = { .max_expanded = BOBBIN_PATTERN_MAX };
  g_autoptr (BobbinLinks) many = NULL;

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
  g_assert_null (none);

  if (!g_test_thorough ())
    return;
  g_string_append (text,
                   "https://example.org/first\nhttps://example.org/[1-1000000]\nhttps://example.org/last\n");
  many = bobbin_test_read_bytes (text->str, text->len, &options);
  g_assert_cmpuint (bobbin_links_get_n_links (many), ==, BOBBIN_LINKS_MAX);
  g_assert_true (bobbin_links_is_cut (many));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/links-read/shapes", test_shapes);
  g_test_add_func ("/links-read/refused", test_refused);
  g_test_add_func ("/links-read/patterns", test_patterns);
  g_test_add_func ("/links-read/progress", test_progress);
  g_test_add_func ("/links-read/limits", test_limits);

  return g_test_run ();
}
