/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-test.h"
#include "bobbin-test-links.h"

#include <string.h>

static const struct
{
  const char *html;
  const char *uris;
} rows[] = {
  { "<a href='https://example.org/a'>x</a><a href=\"https://example.org/b\">y</a>",
    "https://example.org/a https://example.org/b" },
  { "<A HREF=https://example.org/a>x", "https://example.org/a" },
  { "<p>x</p></b></i><a href='https://example.org/a'>y</a>", "https://example.org/a" },
  { "</p></b><a href='https://example.org/a'>y</a>", "https://example.org/a" },
  { "<html><body><a href='https://example.org/a'>y</a></body></html><a href='https://example.org/b'>",
    "https://example.org/a https://example.org/b" },
  { "<!DOCTYPE html><title>t</title><area href='//example.org/a'><base href='https://base.example/x/'>"
    "<a href='b?c=1&amp;d=2#e'><a href='../f'><a href='/g'><a href='//h.example/i'><a href='?j'>",
    "https://base.example/x/b?c=1&d=2 https://base.example/f https://base.example/g https://h.example/i "
    "https://base.example/x/?j" },
  { "<base href='https://one.example/'><base href='https://two.example/'><a href=a>",
    "https://one.example/a" },
  /* pictures, sound, video */
  { "<p><img src='https://example.org/a.png' srcset='https://example.org/a.png 1x, https://example.org/b.png "
    "2x'>",
    "https://example.org/a.png https://example.org/b.png" },
  { "<p><img srcset='https://example.org/a,b.png 100w,https://example.org/c.png 200w, "
    "https://example.org/d.png,'>",
    "https://example.org/a,b.png https://example.org/c.png https://example.org/d.png" },
  { "<video src='https://example.org/v' poster='https://example.org/p'><source "
    "src='https://example.org/s'></video>",
    "https://example.org/v https://example.org/p https://example.org/s" },
  { "<picture><source srcset='https://example.org/a'><img src='https://example.org/b'></picture>"
    "<audio src='https://example.org/c'></audio>",
    "https://example.org/a https://example.org/b https://example.org/c" },
  /* slips that browsers forgive */
  { "<a href='  https://example.org/a\n b  '>", "https://example.org/a%20b" },
  { "<a href='https:\\\\example.org\\a?b\\c'>", "https://example.org/a?b%5Cc" },
  { "<a href='https://example.org/&#x61;&eacute;&nosuch;'>", "https://example.org/a%C3%A9&nosuch;" },
  { "<a href='https://example.org/caf\xc3\xa9'>", "https://example.org/caf%C3%A9" },
  /* nothing to download */
  { "<a href='https://example.org/x'><a href='#top'><a href='javascript:x()'><a href=' MAILTO:a@b.example'>"
    "<img src='data:image/png;base64,AA=='><a href=''><a><script>'<a href=https://example.org/s>'</script>"
    "<style>@import url(https://example.org/c)</style><!-- <a href='https://example.org/n'> -->"
    "<link rel=stylesheet href=https://example.org/l>",
    "https://example.org/x" },
  /* patterns are only for people */
  { "<a href='https://example.org/[1-3]{a,b}'>", "https://example.org/%5B1-3%5D%7Ba,b%7D" },
  /* saved pages and bookmarks */
  { "<!DOCTYPE html>\n<!-- saved from url=(0025)https://example.org/a/b.html -->\n<html><a href='c'>",
    "https://example.org/a/c" },
  { "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; "
    "charset=UTF-8\">\n"
    "<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n<DT><H3>Folder</H3>\n<DL><p>\n"
    "<DT><A HREF=\"https://example.org/1\" ADD_DATE=\"1\" "
    "ICON=\"data:image/png;base64,AA==\">One</A>\n</DL><p>\n"
    "<DT><A HREF=\"https://example.org/2\">Two</A>\n<DT><A HREF=\"place:sort=8\">P</A></DL><p>",
    "https://example.org/1 https://example.org/2" },
  /* a piece of a page that is nothing but words */
  { "<span>see <b>https://example.org/a</b>, or "
    "https://example.org/b.</span><script>https://example.org/c</script>",
    "https://example.org/a https://example.org/b" },
};

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BobbinLinks) links = bobbin_test_read (rows[i].html);

      bobbin_test_message (rows[i].html);
      /* what begins with an end tag is HTML only if somebody says so */
      if (g_str_has_prefix (rows[i].html, "</"))
        {
          const BobbinLinksOptions options = { .media_type = "text/html; charset=utf-8" };

          g_clear_pointer (&links, bobbin_links_free);
          links = bobbin_test_read_bytes (rows[i].html, strlen (rows[i].html), &options);
        }
      g_assert_cmpint (bobbin_links_get_shape (links), ==, BOBBIN_SHAPE_HTML);
      bobbin_test_assert_uris (links, rows[i].uris);
    }
}

static void
test_verdicts (void)
{
  g_autoptr (BobbinLinks) links
      = bobbin_test_read ("<p><a href='x/y'><a href='ftp://example.org/'>"
                          "<a href='magnet:?xt=urn:btih:0'><a href='https://example.org/a'>"
                          "<a href='https://EXAMPLE.org/a'><a href='https://'>");
  g_autoptr (BobbinLinks) none = bobbin_test_read ("<p>nothing</p>");

  g_assert_cmpuint (bobbin_links_get_n_lines (links), ==, 6);
  bobbin_test_assert_line (links, 0, BOBBIN_VERDICT_NOT_A_LINK, BOBBIN_REASON_RELATIVE, 0);
  bobbin_test_assert_line (links, 1, BOBBIN_VERDICT_UNSUPPORTED_SCHEME, BOBBIN_REASON_SCHEME, 0);
  bobbin_test_assert_line (links, 2, BOBBIN_VERDICT_UNSUPPORTED_SCHEME, BOBBIN_REASON_MAGNET, 0);
  bobbin_test_assert_line (links, 3, BOBBIN_VERDICT_LINKS, BOBBIN_REASON_NONE, 1);
  bobbin_test_assert_line (links, 4, BOBBIN_VERDICT_REPEATED, BOBBIN_REASON_NONE, 0);
  bobbin_test_assert_line (links, 5, BOBBIN_VERDICT_NOT_A_LINK, BOBBIN_REASON_NONE, 0);
  g_assert_cmpuint (bobbin_links_get_n_lines (none), ==, 1);
  bobbin_test_assert_line (none, 0, BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_NO_LINK, 0);
}

static void
test_kinds (void)
{
  static const char html[]
      = "<a href='/a'><img src='/b'><video><source src='/c'></video><audio><source src='/d'></audio>"
        "<source src='/e'><audio src='/f'>";
  static const BobbinLinkKind kinds[]
      = { BOBBIN_LINK_KIND_UNKNOWN, BOBBIN_LINK_KIND_PICTURE, BOBBIN_LINK_KIND_VIDEO,
          BOBBIN_LINK_KIND_SOUND,   BOBBIN_LINK_KIND_UNKNOWN, BOBBIN_LINK_KIND_SOUND };
  const BobbinLinksOptions options = { .base_uri = "https://example.org/x/y" };
  g_autoptr (BobbinLinks) links = bobbin_test_read_bytes (html, strlen (html), &options);

  g_assert_cmpuint (bobbin_links_get_n_links (links), ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_assert_cmpint (bobbin_links_get_kind (links, i), ==, kinds[i]);
}

static void
test_names (void)
{
  g_autoptr (BobbinLinks) links = bobbin_test_read (
      "<a download='../a b.txt' href='https://example.org/1'><a download href='https://example.org/2'>");

  g_assert_cmpstr (bobbin_link_get_name (bobbin_links_get_link (links, 0)), ==, "_a b.txt");
  g_assert_null (bobbin_link_get_name (bobbin_links_get_link (links, 1)));
}

static void
test_encodings (void)
{
  static const char utf16[] = "\xff\xfe<\0a\0 \0h\0r\0e\0f\0=\0h\0t\0t\0p\0:\0/\0/\0h\0/\0\xe9\0>\0";
  static const char nuls[] = "<a href='https://example.org/a'>\0\0<a href='https://example.org/b'>";
  g_autoptr (BobbinLinks) wide = bobbin_test_read_bytes (utf16, sizeof utf16 - 1, NULL);
  g_autoptr (BobbinLinks) with_nuls = bobbin_test_read_bytes (nuls, sizeof nuls - 1, NULL);
  g_autoptr (BobbinLinks) cyrillic
      = bobbin_test_read ("<meta charset=windows-1251><a href='https://example.org/\xe4\xe0'>");
  g_autoptr (BobbinLinks) latin = bobbin_test_read ("<p><a href='https://example.org/\xe4\x80'>");

  bobbin_test_assert_uris (wide, "http://h/%C3%A9");
  bobbin_test_assert_uris (with_nuls, "https://example.org/a https://example.org/b");
  bobbin_test_assert_uris (cyrillic, "https://example.org/%D0%B4%D0%B0");
  bobbin_test_assert_uris (latin, "https://example.org/%C3%A4%E2%82%AC");
}

/* Elements left open, far more than any parser likes, hide nothing and cost
 * nothing.
 */
static void
test_deep (void)
{
  static const char *const units[] = { "<b>", "<div>x</i>", "<table><tr><td>", "<ul><li><a>", "<p><font>" };
  const guint n = g_test_thorough () ? 1000000 : 30000;

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) html = g_string_new ("<html><a href='https://example.org/first'>");
      g_autoptr (BobbinLinks) links = NULL;

      for (guint j = 0; j < n; j++)
        {
          g_string_append (html, units[i]);
          if (j == n / 2)
            g_string_append (html, "<a href='https://example.org/middle'>");
        }
      g_string_append (html, "<a href='https://example.org/last'>");
      links = bobbin_test_read (html->str);
      bobbin_test_assert_uris (
          links, "https://example.org/first https://example.org/middle https://example.org/last");
    }
}

/* Wherever the pieces end in which the parser gets the page, nothing is lost. */
static void
test_many (void)
{
  static const char *const formats[] = {
    "<p class=\"x > y\">text <a class='link' href=\"https://example.org/%u\">it's %u</a></p>\n",
    "<b title='\"'><a href='https://example.org/%u'>%u",
    "<a title=\"'\" href=https://example.org/%u>%u</a></i><!-- <a href='x'> -->",
  };
  const guint n = g_test_thorough () ? 500000 : 20000;

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GString) html = g_string_new ("<!DOCTYPE html><html><body>");
      g_autoptr (BobbinLinks) links = NULL;

      for (guint j = 0; j < n; j++)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        g_string_append_printf (html, formats[i], j, j);
#pragma GCC diagnostic pop
      links = bobbin_test_read (html->str);
      g_assert_cmpuint (bobbin_links_get_n_links (links), ==, n);
      g_assert_cmpuint (bobbin_links_get_n_lines (links), ==, n);
    }
}

/* As browsers export them: no tag is closed, pictures are within, and some are
 * not for anybody else.
 */
static void
test_bookmarks (void)
{
  const guint n = 3000;
  g_autoptr (GString) text
      = g_string_new ("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<!-- This is an automatically generated file.\n"
                      "     DO NOT EDIT! -->\n<META HTTP-EQUIV=\"Content-Type\" CONTENT=\"text/html; "
                      "charset=UTF-8\">\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks Menu</H1>\n<DL><p>\n"
                      "    <DT><A HREF=\"place:parent=menu&sort=8\" ADD_DATE=\"1\">Recent</A>\n    <HR>"
                      "    <DT><A HREF=\"javascript:location.href='https://no.example/'\">Go</A>\n");
  g_autoptr (BobbinLinks) links = NULL;

  for (guint i = 0; i < n; i++)
    {
      if (i % 100 == 0)
        g_string_append_printf (text, "</DL><p><DT><H3 ADD_DATE=\"1\">Folder %u</H3>\n<DL><p>\n", i);
      g_string_append_printf (text,
                              "        <DT><A HREF=\"https://example.org/%u?a=1&copy=2#x\" ADD_DATE=\"1\" "
                              "ICON_URI=\"https://example.org/favicon.ico\" "
                              "ICON=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAYAAAAf8/9h\" "
                              "TAGS=\"a,b\">One &amp; %u</A>\n<DD>See http://in.text.example/\n",
                              i, i);
    }
  g_string_append (text, "</DL>\n<DT><A HREF=\"chrome://settings/\">S</A></DL><p>\n");
  links = bobbin_test_read (text->str);

  g_assert_cmpint (bobbin_links_get_shape (links), ==, BOBBIN_SHAPE_HTML);
  g_assert_cmpuint (bobbin_links_get_n_links (links), ==, n);
  g_assert_cmpuint (bobbin_links_get_n_notes (links), ==, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *uri = g_strdup_printf ("https://example.org/%u?a=1&copy=2", i);

      g_assert_cmpstr (bobbin_link_get_uri (bobbin_links_get_link (links, i)), ==, uri);
    }
  for (guint i = 0; i < bobbin_links_get_n_lines (links); i++)
    g_assert_cmpint (bobbin_links_get_line (links, i)->verdict, ==, BOBBIN_VERDICT_LINKS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/links-html/rows", test_rows);
  g_test_add_func ("/links-html/verdicts", test_verdicts);
  g_test_add_func ("/links-html/kinds", test_kinds);
  g_test_add_func ("/links-html/names", test_names);
  g_test_add_func ("/links-html/encodings", test_encodings);
  g_test_add_func ("/links-html/deep", test_deep);
  g_test_add_func ("/links-html/many", test_many);
  g_test_add_func ("/links-html/bookmarks", test_bookmarks);

  return g_test_run ();
}
