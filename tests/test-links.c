/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-links.h"
#include "bobbin-test.h"

#include <string.h>

/* A line and the links in it, one after another with a blank between them. */
static const struct
{
  const char *line;
  const char *uris;
} found[] = {
  /* anywhere in a line */
  { "https://example.org/a", "https://example.org/a" },
  { "  \thttps://example.org/a \t", "https://example.org/a" },
  { "HTTPS://Example.Org/A", "https://example.org/A" },
  { "see https://example.org/a and http://example.org/b!", "https://example.org/a http://example.org/b" },
  { "1. https://example.org/a", "https://example.org/a" },
  { "url=https://example.org/a", "https://example.org/a" },
  { "read this.https://example.org/a", "https://example.org/a" },
  { "链接https://example.org/a", "https://example.org/a" },
  { "view-source:https://example.org/a", "https://example.org/a" },
  { "https://example.org", "https://example.org/" },
  { "https://example.org:8443/a?b=c&d=e#f", "https://example.org:8443/a?b=c&d=e" },
  { "http://localhost:8000/a", "http://localhost:8000/a" },
  { "http://[::1]:8000/a", "http://[::1]:8000/a" },
  { "https://me:secret@example.org/a", "https://me:secret@example.org/a" },
  { "ftp://example.org/a https://example.org/b", "https://example.org/b" },
  /* what is set off from prose */
  { "<https://example.org/a>", "https://example.org/a" },
  { "<URL:https://example.org/a>", "https://example.org/a" },
  { "\"https://example.org/a\"", "https://example.org/a" },
  { "'https://example.org/a'", "https://example.org/a" },
  { "'https://example.org/a','https://example.org/b'", "https://example.org/a https://example.org/b" },
  { "`https://example.org/a`", "https://example.org/a" },
  { "“https://example.org/a”", "https://example.org/a" },
  { "«https://example.org/a»", "https://example.org/a" },
  { "‘https://example.org/a’", "https://example.org/a" },
  { "https://example.org/a.", "https://example.org/a" },
  { "https://example.org/a, https://example.org/b; https://example.org/c:",
    "https://example.org/a https://example.org/b https://example.org/c" },
  { "https://example.org/a?!", "https://example.org/a" },
  { "https://example.org/a...", "https://example.org/a" },
  { "https://example.org/a…", "https://example.org/a" },
  { "**https://example.org/a**", "https://example.org/a" },
  { "请看https://example.org/a，谢谢。", "https://example.org/a" },
  { "（https://example.org/a）", "https://example.org/a" },
  { "(https://example.org/a)", "https://example.org/a" },
  { "(see https://example.org/a).", "https://example.org/a" },
  { "[https://example.org/a]", "https://example.org/a" },
  { "[text](https://example.org/a)[more](https://example.org/b)",
    "https://example.org/a https://example.org/b" },
  { "{https://example.org/a}", "https://example.org/a" },
  { "<a href=\"https://example.org/a\">https://example.org/b</a>",
    "https://example.org/a https://example.org/b" },
  { "a,https://example.org/a,https://example.org/b,c", "https://example.org/a https://example.org/b,c" },
  { "https://example.org/a|https://example.org/b", "https://example.org/a https://example.org/b" },
  { "| https://example.org/a |", "https://example.org/a" },
  /* what is the link's own */
  { "https://en.wikipedia.org/wiki/Foo_(bar)", "https://en.wikipedia.org/wiki/Foo_(bar)" },
  { "(https://en.wikipedia.org/wiki/Foo_(bar))", "https://en.wikipedia.org/wiki/Foo_(bar)" },
  { "https://en.wikipedia.org/wiki/Foo_(bar).", "https://en.wikipedia.org/wiki/Foo_(bar)" },
  { "(https://en.wikipedia.org/wiki/Foo_(bar_(baz)))", "https://en.wikipedia.org/wiki/Foo_(bar_(baz))" },
  { "https://en.wikipedia.org/wiki/(a)b", "https://en.wikipedia.org/wiki/(a)b" },
  { "https://example.org/a,b;c:d!e'f*g", "https://example.org/a,b;c:d!e'f*g" },
  { "https://example.org/a_", "https://example.org/a_" },
  { "https://example.org/a-", "https://example.org/a-" },
  { "https://example.org/a/", "https://example.org/a/" },
  { "https://example.org/a=", "https://example.org/a=" },
  { "https://example.org/a.tar.gz", "https://example.org/a.tar.gz" },
  { "https://example.org/caf\xc3\xa9", "https://example.org/caf%C3%A9" },
  { "https://b\xc3\xbc"
    "cher.example/",
    "https://xn--bcher-kva.example/" },
  { "https://web.example/save/https://example.org/a", "https://web.example/save/https://example.org/a" },
  { "https://example.org/?u=https://example.org/b,https://example.org/c",
    "https://example.org/?u=https://example.org/b,https://example.org/c" },
  /* without a scheme, alone on its line */
  { "www.example.org", "https://www.example.org/" },
  { "www.example.org/a", "https://www.example.org/a" },
  { "WWW.example.org.", "https://www.example.org/" },
  { "example.org/path/file.zip", "https://example.org/path/file.zip" },
  { "example.org/", "https://example.org/" },
  { "example.org:8080/a", "https://example.org:8080/a" },
  { "<example.org/a>", "https://example.org/a" },
  { "“example.org/a”", "https://example.org/a" },
  { "b\xc3\xbc"
    "cher.example/a",
    "https://xn--bcher-kva.example/a" },
  { "localhost:8000/x", "http://localhost:8000/x" },
  { "localhost:8000", "http://localhost:8000/" },
  { "localhost/x", "http://localhost/x" },
  { "127.0.0.1:8000/x", "http://127.0.0.1:8000/x" },
  { "127.0.0.1/x", "http://127.0.0.1/x" },
  { "[::1]/x", "http://[::1]/x" },
  { "[::1]:8000", "http://[::1]:8000/" },
};

static const char *const not_links[] = {
  "see also the notes from Tuesday",
  "e.g.",
  "i.e./e.g.",
  "file.txt",
  "main.c",
  "src/main.c",
  "main.c/line",
  "today example.org/a",
  "main.py:42",
  "and/or",
  "TCP/IP",
  "3.5/4",
  "1.2.3.4",
  "12.03.2024/x",
  "example.org",
  "localhost",
  "user@example.org",
  "user@example.org/a",
  "/usr/share/doc",
  "~/a.b/c",
  "C:\\dir\\file.txt",
  "www.",
  "www.example",
  "note:this",
  "a.b:c/d",
  "example.org:99999999/a",
  "visit example.org/a today",
  "http",
  "http://",
  "http:// example.org",
  "https://.",
  "https:///a",
  "https://exa..mple/",
  "https://example.org:0/",
  "https://example.org%0d%0a/",
  "https://good.example\\@evil.example/",
  "://",
  "://example.org",
  "1://example.org",
};

static const char *const other_schemes[] = {
  "ftp://example.org/a",
  "<ftp://example.org/a>",
  "get ftp://example.org/a now",
  "sftp://example.org/a",
  "file:///etc/passwd",
  "file:/etc/passwd",
  "magnet:?xt=urn:btih:0123",
  "magnet:?xt=urn:btih:0123&tr=http://tracker.example/",
  "mailto:a@b.example",
  "javascript:alert(1)",
  "javascript:location='https://example.org/'",
  "data:text/html,https://example.org/",
  "git+https://example.org/a.git",
  "ws://example.org/",
};

static BobbinLinks *
parse (const char *text)
{
  return bobbin_links_parse_text (text, -1);
}

static char *
join_uris (const BobbinLinks *links)
{
  GString *uris = g_string_new (NULL);

  for (guint i = 0; i < bobbin_links_get_n_links (links); i++)
    g_string_append_printf (uris, "%s%s", i > 0 ? " " : "",
                            bobbin_link_get_uri (bobbin_links_get_link (links, i)));

  return g_string_free (uris, FALSE);
}

static void
assert_line (const BobbinLinks *links, guint index, BobbinVerdict verdict, guint first_link, guint n_links)
{
  const BobbinLine *line = bobbin_links_get_line (links, index);

  g_assert_cmpint (line->verdict, ==, verdict);
  g_assert_cmpuint (line->first_link, ==, first_link);
  g_assert_cmpuint (line->n_links, ==, n_links);
}

static void
test_found (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autoptr (BobbinLinks) links = parse (found[i].line);
      g_autofree char *uris = join_uris (links);

      bobbin_test_message (found[i].line);
      g_assert_cmpstr (uris, ==, found[i].uris);
      g_assert_cmpuint (bobbin_links_get_n_lines (links), ==, 1);
      assert_line (links, 0, BOBBIN_VERDICT_LINKS, 0, bobbin_links_get_n_links (links));
    }
}

static void
assert_verdict (const char *text, BobbinVerdict verdict)
{
  g_autoptr (BobbinLinks) links = parse (text);

  bobbin_test_message (text);
  g_assert_cmpuint (bobbin_links_get_n_links (links), ==, 0);
  g_assert_cmpuint (bobbin_links_get_n_lines (links), ==, 1);
  assert_line (links, 0, verdict, 0, 0);
}

static void
test_not_links (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (not_links); i++)
    assert_verdict (not_links[i], BOBBIN_VERDICT_NOT_A_LINK);
}

static void
test_other_schemes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (other_schemes); i++)
    assert_verdict (other_schemes[i], BOBBIN_VERDICT_UNSUPPORTED_SCHEME);
}

static void
test_empty (void)
{
  g_autoptr (BobbinLinks) none = parse ("");
  g_autoptr (GBytes) bytes = g_bytes_new (NULL, 0);
  g_autoptr (BobbinLinks) no_bytes = bobbin_links_parse (bytes);

  g_assert_cmpuint (bobbin_links_get_n_lines (none), ==, 0);
  g_assert_cmpuint (bobbin_links_get_n_lines (no_bytes), ==, 0);
  assert_verdict (" \t ", BOBBIN_VERDICT_EMPTY);
  assert_verdict ("\n", BOBBIN_VERDICT_EMPTY);
  assert_verdict ("# https://example.org/a", BOBBIN_VERDICT_EMPTY);
  assert_verdict ("  #", BOBBIN_VERDICT_EMPTY);
}

static void
test_lines (void)
{
  g_autoptr (BobbinLinks) links = parse ("# a comment\r\n"
                                         "https://example.org/1\r\n"
                                         "\r\n"
                                         "words\n"
                                         "https://example.org/2 https://example.org/1 https://example.org/3\r"
                                         "https://EXAMPLE.org:443/2#x\r"
                                         "\r"
                                         "ftp://example.org/\n"
                                         "ftp://example.org/ https://example.org/1\n"
                                         "https://example.org/4");
  g_autofree char *uris = join_uris (links);

  g_assert_cmpstr (uris, ==,
                   "https://example.org/1 https://example.org/2 https://example.org/3 https://example.org/4");
  g_assert_cmpuint (bobbin_links_get_n_lines (links), ==, 10);
  assert_line (links, 0, BOBBIN_VERDICT_EMPTY, 0, 0);
  assert_line (links, 1, BOBBIN_VERDICT_LINKS, 0, 1);
  assert_line (links, 2, BOBBIN_VERDICT_EMPTY, 1, 0);
  assert_line (links, 3, BOBBIN_VERDICT_NOT_A_LINK, 1, 0);
  assert_line (links, 4, BOBBIN_VERDICT_LINKS, 1, 2);
  assert_line (links, 5, BOBBIN_VERDICT_REPEATED, 3, 0);
  assert_line (links, 6, BOBBIN_VERDICT_EMPTY, 3, 0);
  assert_line (links, 7, BOBBIN_VERDICT_UNSUPPORTED_SCHEME, 3, 0);
  assert_line (links, 8, BOBBIN_VERDICT_REPEATED, 3, 0);
  assert_line (links, 9, BOBBIN_VERDICT_LINKS, 3, 1);
}

static void
test_shared (void)
{
  g_autoptr (BobbinLinks) links = parse ("https://example.org/1\n");
  g_autoptr (BobbinLink) link = bobbin_link_ref (bobbin_links_get_link (links, 0));

  g_clear_pointer (&links, bobbin_links_free);
  g_assert_cmpstr (bobbin_link_get_uri (link), ==, "https://example.org/1");
}

static void
assert_bytes (const char *bytes, gsize length, const char *expected)
{
  g_autoptr (GBytes) data = g_bytes_new_static (bytes, length);
  g_autoptr (BobbinLinks) links = bobbin_links_parse (data);
  g_autofree char *uris = join_uris (links);

  g_assert_cmpstr (uris, ==, expected);
}

static void
assert_utf16 (const char *text, const char *charset, const char *mark, const char *expected)
{
  gsize length = 0;
  g_autofree char *converted = g_convert (text, -1, charset, "UTF-8", NULL, &length, NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_assert_nonnull (converted);
  g_byte_array_append (bytes, (const guint8 *) mark, 2);
  g_byte_array_append (bytes, (const guint8 *) converted, (guint) length);
  assert_bytes ((const char *) bytes->data, bytes->len, expected);
}

static void
test_encodings (void)
{
  static const char text[] = "é https://example.org/é\r\n😀 https://example.org/😀";
  static const char uris[] = "https://example.org/%C3%A9 https://example.org/%F0%9F%98%80";
  static const char with_mark[] = "\xef\xbb\xbfhttps://example.org/a";
  static const char mark_and_comment[] = "\xef\xbb\xbf# https://example.org/a";
  static const char lone_high[] = "\xff\xfeh\0t\0t\0p\0:\0/\0/\0h\0/\0\0\xd8"
                                  "a\0";
  static const char lone_low[] = "\xfe\xff\0h\0t\0t\0p\0:\0/\0/\0h\0/\xdc\0\0a";
  static const char cut_short[] = "\xff\xfeh\0t\0t\0p\0:\0/\0/\0h\0/\0a";
  static const char latin[] = "caf\xe9 https://example.org/caf\xe9\nhttps://example.org/\x80";
  static const char mixed[] = "https://example.org/\xe9\nhttps://example.org/\xc3\xa9";
  static const char nuls[] = "\0https://example.org/a\0https://example.org/b\0\n\0";

  assert_bytes (text, sizeof text - 1, uris);
  assert_bytes (with_mark, sizeof with_mark - 1, "https://example.org/a");
  assert_utf16 (text, "UTF-16LE", "\xff\xfe", uris);
  assert_utf16 (text, "UTF-16BE", "\xfe\xff", uris);
  assert_bytes (latin, sizeof latin - 1, "https://example.org/caf%C3%A9 https://example.org/%E2%82%AC");
  assert_bytes (mixed, sizeof mixed - 1, "https://example.org/%C3%A9");
  assert_bytes (nuls, sizeof nuls - 1, "https://example.org/a https://example.org/b");
  assert_bytes (mark_and_comment, sizeof mark_and_comment - 1, "");
  assert_bytes (lone_high, sizeof lone_high - 1, "http://h/%EF%BF%BDa");
  assert_bytes (lone_low, sizeof lone_low - 1, "http://h/%EF%BF%BDa");
  assert_bytes (cut_short, sizeof cut_short - 1, "http://h/%EF%BF%BD");
  /* lone surrogates, half a unit at the end, and nothing but a mark */
  assert_bytes ("\xff\xfe\x00\xd8h\x00", 6, "");
  assert_bytes ("\xff\xfe\x00\xdch", 5, "");
  assert_bytes ("\xff\xfe", 2, "");
  assert_bytes ("\xfe", 1, "");
  assert_bytes ("\xef\xbb\xbf", 3, "");
}

/* Bytes beyond the end are not looked at. */
static void
test_length (void)
{
  g_autoptr (BobbinLinks) links = bobbin_links_parse_text ("https://example.org/ab", 21);

  g_assert_cmpstr (bobbin_link_get_uri (bobbin_links_get_link (links, 0)), ==, "https://example.org/a");
}

static void
test_many (void)
{
  const guint n = g_test_thorough () ? 1000000 : 10000;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (BobbinLinks) links = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "https://files.example.org/pictures/%u/photo-%u.jpg\n", i % 100, i);
  g_string_append (text, "https://files.example.org/pictures/0/photo-0.jpg\n");

  links = bobbin_links_parse_text (text->str, (gssize) text->len);
  g_assert_cmpuint (bobbin_links_get_n_links (links), ==, n);
  g_assert_cmpuint (bobbin_links_get_n_lines (links), ==, n + 1);
  assert_line (links, n, BOBBIN_VERDICT_REPEATED, n, 0);
}

static gint64
time_line (const char *unit, gsize length)
{
  g_autoptr (GString) text = g_string_sized_new (length + 64);
  g_autoptr (BobbinLinks) links = NULL;
  gint64 start = 0;

  while (text->len < length)
    g_string_append (text, unit);
  start = g_get_monotonic_time ();
  links = bobbin_links_parse_text (text->str, (gssize) text->len);
  g_assert_cmpuint (bobbin_links_get_n_lines (links), >, 0);

  return g_get_monotonic_time () - start;
}

/* One long line of what would send a careless search back and forth. In linear
 * time each takes some milliseconds, in quadratic time hours. Where every piece
 * makes a link, a shorter line does.
 */
static void
test_hostile_lines (void)
{
  static const char *const units[] = {
    "a",
    "://",
    "http://",
    "(",
    "()",
    ")",
    "x://",
    "a:",
    "<",
    "a.",
    "a://.",
    ".",
    "[",
    "[::1]",
    "http:",
    "é",
    "\xff",
    "www.",
    "h+",
    "\xe3\x80\x82",
    "data:",
    "https://a/?,",
    "\xe2\x80\xa6",
  };
  static const char *const link_units[]
      = { "https://a,", "\"http://", "(http://", "'https://a", "; http://a]" };
  const gsize length = g_test_thorough () ? 100000000 : 500000;

  for (gsize i = 0; i < G_N_ELEMENTS (units) + G_N_ELEMENTS (link_units); i++)
    {
      gboolean is_link = i >= G_N_ELEMENTS (units);
      const char *unit = is_link ? link_units[i - G_N_ELEMENTS (units)] : units[i];
      gint64 elapsed = time_line (unit, is_link ? length / 10 : length);

      bobbin_test_message (unit);
      g_test_message ("%" G_GINT64_FORMAT " us", elapsed);
      g_assert_cmpint (elapsed, <, 100 * G_USEC_PER_SEC);
    }
}

static void
check_links (const BobbinLinks *links)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint next = 0;

  for (guint i = 0; i < bobbin_links_get_n_links (links); i++)
    {
      const char *uri = bobbin_link_get_uri (bobbin_links_get_link (links, i));

      g_assert_true (g_str_has_prefix (uri, "http://") || g_str_has_prefix (uri, "https://"));
      g_assert_true (g_hash_table_add (seen, (gpointer) uri));
      for (const char *p = uri; *p != '\0'; p++)
        g_assert_true (g_ascii_isgraph (*p));
    }
  for (guint i = 0; i < bobbin_links_get_n_lines (links); i++)
    {
      const BobbinLine *line = bobbin_links_get_line (links, i);

      g_assert_cmpuint (line->first_link, ==, next);
      g_assert_cmpint (line->verdict == BOBBIN_VERDICT_LINKS, ==, line->n_links > 0);
      next += line->n_links;
    }
  g_assert_cmpuint (next, ==, bobbin_links_get_n_links (links));
}

static void
test_random (void)
{
  static const char *const bits[] = {
    "http://",   "https://",
    "HTTP://",   "ftp://",
    "://",       ":",
    "/",         "//",
    "www.",      "example.org",
    "localhost", "127.0.0.1",
    "[::1]",     ":80",
    "\n",        "\r",
    "\r\n",      " ",
    "\t",        "#",
    "<",         ">",
    "\"",        "'",
    "(",         ")",
    "[",         "]",
    "{",         "}",
    ".",         ",",
    ";",         "!",
    "?",         "@",
    "\\",        "%",
    "%0d",       "\xff\xfe",
    "\xfe\xff",  "\xef\xbb\xbf",
    "é",         "。",
    "“",         "\xc2\x85",
    "\x80",      "magnet:",
    "mailto:",   "a",
    "b.c",       "\xe2\x80\xae",
    "…",         "|",
  };

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GBytes) data = NULL;
      g_autoptr (BobbinLinks) links = NULL;

      for (gint n = g_test_rand_int_range (0, 40); n > 0; n--)
        {
          if (g_test_rand_int_range (0, 10) == 0)
            g_string_append_c (text, (char) g_test_rand_int_range (0, 256));
          else
            g_string_append (text, bits[g_test_rand_int_range (0, G_N_ELEMENTS (bits))]);
        }
      data = g_bytes_new (text->str, text->len);
      links = bobbin_links_parse (data);
      check_links (links);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/links/found", test_found);
  g_test_add_func ("/links/not-links", test_not_links);
  g_test_add_func ("/links/other-schemes", test_other_schemes);
  g_test_add_func ("/links/empty", test_empty);
  g_test_add_func ("/links/lines", test_lines);
  g_test_add_func ("/links/shared", test_shared);
  g_test_add_func ("/links/encodings", test_encodings);
  g_test_add_func ("/links/length", test_length);
  g_test_add_func ("/links/many", test_many);
  g_test_add_func ("/links/hostile-lines", test_hostile_lines);
  g_test_add_func ("/links/random", test_random);

  return g_test_run ();
}
