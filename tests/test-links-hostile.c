/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-test.h"
#include "bobbin-test-links.h"

#include <string.h>

/* Input that nobody writes but to do harm. Nothing may crash, hang, fill the
 * memory or lead out of the folder; bobbin_test_assert_sound() looks at all that
 * comes out.
 */

#define METALINK                                                                                             \
  "<?xml version='1.0' encoding='UTF-8'?><metalink xmlns='urn:ietf:params:xml:ns:metalink'><file "           \
  "name='a/b.iso'>"                                                                                          \
  "<size>2</size><hash type='sha-1'>86f7e437faa5a7fce15d1ddcb9eaeaea377667b8</hash><pieces length='1' "      \
  "type='md5'>"                                                                                              \
  "<hash>0cc175b9c0f1b6a831c399e269772661</hash><hash>0cc175b9c0f1b6a831c399e269772661</hash></pieces>"      \
  "<url priority='1' "                                                                                       \
  "location='de'>https://example.org/a</url><url>http://b.example/a</url></file></metalink>"

/* One of each shape, with most of what a reader knows. */
static const struct
{
  const char *text;
  gsize length; /* 0: up to the NUL */
} samples[] = {
  { "see https://example.org/a_(b), www.example.org and <http://[::1]:8000/[1-9]{a,b}>\n# "
    "no\nexample.org/x\n",
    0 },
  { METALINK, 0 },
  { "<metalink version='3.0' xmlns='http://www.metalinker.org/'><files><file name='a'><verification><hash "
    "type='md5'>"
    "0cc175b9c0f1b6a831c399e269772661</hash><pieces length='9' type='sha1'><hash piece='0'>"
    "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8</hash></pieces></verification><resources><url type='http' "
    "preference='9'>http://a.example/a</url></resources></file></files></metalink>",
    0 },
  { "<!DOCTYPE html><!-- saved from url=(0014)https://h.example/ --><base href='/x/'><a href='a' "
    "download='b.txt'>"
    "<img src='c' srcset='d 1x, e 2x'><video poster='f'><source "
    "src='g'></video><script>'</b>'</script>&amp;&#x41;",
    0 },
  { "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><A HREF=\"https://example.org/1\">One</A></DL><p>", 0 },
  { "<rss xmlns:media='http://search.yahoo.com/mrss/'><item><enclosure url='https://example.org/1' "
    "type='audio/x'/>"
    "<media:content url='https://example.org/2' medium='video'/></item></rss>",
    0 },
  { "[InternetShortcut]\r\nURL=https://example.org/a\r\n", 0 },
  { "[Desktop Entry]\nType=Link\nName=a\\sb\nName[de]=c\nURL=https://example.org/a.iso\n", 0 },
  { "<?xml version='1.0'?><plist><dict><key>URL</key><string>https://example.org/a</string></dict></plist>",
    0 },
  { "bplist00\xd1\x01\x02SURL_\x10\x15https://example.org/"
    "a\x08\x0b\x0f\0\0\0\0\0\0\x01\x01\0\0\0\0\0\0\0\x03\0\0\0\0\0\0"
    "\0\0\0\0\0\0\0\0\0\x27",
    74 },
  { "https://a.example/x\thttps://b.example/x\n  out=a/b\n  dir=c\n  "
    "checksum=md5=0cc175b9c0f1b6a831c399e269772661\n"
    "  header=A: b\n  http-user=u\n  http-passwd=p\n  referer=*\n  split=1\nmagnet:?xt=1\n",
    0 },
  { "curl 'https://example.org/[1-3]' \\\n -H 'a: b' -b c=d -u e:f -o '#1' --output-dir g "
    "$'\\x41\\u00e9\\101' \"h\\\"i\" "
    "> j; curl -G -d k=l --data-urlencode m=n https://example.org/ --next -XPOST https://example.org/2\n",
    0 },
  { "curl ^\"https://example.org/^%^41^\" ^\r\n  -H ^\"a: ^\\^\"b^\\^\"^\" ^\r\n  --compressed\r\n", 0 },
  { "url = \"https://example.org/{a,b}\"\noutput = \"#1 \\\"x\\\"\"\n-H \"c: "
    "d\"\nnext\n--url=https://example.org/2\n",
    0 },
  { "#EXTM3U\n#EXTINF:1,a\nhttps://example.org/a\n../b\n", 0 },
  { "[playlist]\nFile1=https://example.org/a\nTitle1=b\nNumberOfEntries=1\n", 0 },
  { "d8:announce20:http://t.example/ann4:infod6:lengthi1eee", 0 },
  { "\xff\xfeh\0t\0t\0p\0:\0/\0/\0h\0/\0\x3d\xd8\x00\xde\n\0", 26 },
};

static const char *const bits[] = {
  "<",
  ">",
  "</",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "&",
  "&#0;",
  "&#38;",
  "&lt;",
  "'",
  "\"",
  "\\",
  "^",
  "$'",
  "`",
  "\n",
  "\r\n",
  "\t",
  " ",
  "[",
  "]",
  "{",
  "}",
  ",",
  "[1-9]",
  "[0-999999999999999999]",
  "{a,b}",
  "..",
  "../",
  "/",
  "~/",
  "C:\\",
  "=",
  "https://",
  "http://h/",
  "ftp://h/",
  "magnet:?",
  "#",
  "@",
  ":",
  "%00",
  "%2e%2e",
  "\xff",
  "\xc3",
  "\xe2\x80\xae",
  "\xf0\x9f\x98\x80",
  "-1",
  "99999999999999999999",
  "<file name='",
  "<url>",
  "<!DOCTYPE x [<!ENTITY y 'z'>]>",
  "&y;",
  "<a href=",
  "<b>",
  "curl ",
  "-o ",
  "\xef\xbb\xbf",
  "\xff\xfe",
};

static guint
pick (guint n)
{
  return (guint) g_test_rand_int_range (0, (gint) MAX (n, 1));
}

/* Changes a text in one of the ways that break parsers. */
static void
mutate (GString *text)
{
  gsize position = pick ((guint) text->len + 1);
  gsize rest = text->len - position;
  gsize wanted = pick (40);
  gsize length = MIN (rest, wanted);
  const char *bit = bits[pick (G_N_ELEMENTS (bits))];
  g_autofree char *piece = g_memdup2 (text->str + position, length + 1);

  switch (pick (7))
    {
    case 0:
      g_string_truncate (text, position);
      break;
    case 1:
      g_string_erase (text, (gssize) position, (gssize) length);
      break;
    case 2:
      g_string_insert_len (text, (gssize) pick ((guint) text->len + 1), piece, (gssize) length);
      break;
    case 3:
      if (rest > 0)
        text->str[position] = (char) pick (256);
      break;
    case 4:
      if (rest > 0)
        text->str[position] = '\0';
      break;
    default:
      g_string_insert (text, (gssize) position, bit);
      break;
    }
}

static void
test_mutations (void)
{
  const guint n = g_test_thorough () ? 400000 : 6000;
  const BobbinLinksOptions options = { .max_expanded = 100, .base_uri = "https://base.example/x/" };

  for (guint i = 0; i < n; i++)
    {
      guint sample = i % G_N_ELEMENTS (samples);
      gsize length = samples[sample].length > 0 ? samples[sample].length : strlen (samples[sample].text);
      g_autoptr (GString) text = g_string_new_len (samples[sample].text, (gssize) length);
      g_autoptr (BobbinLinks) links = NULL;

      for (guint j = pick (6); j > 0; j--)
        mutate (text);
      links = bobbin_test_read_bytes (text->str, text->len, &options);
    }
}

/* Cut off anywhere, each sample is read up to there. */
static void
test_truncated (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      gsize length = samples[i].length > 0 ? samples[i].length : strlen (samples[i].text);

      for (gsize cut = 0; cut <= length; cut++)
        {
          g_autoptr (BobbinLinks) links = bobbin_test_read_bytes (samples[i].text, cut, NULL);

          if (cut == length && i != 16)
            g_assert_cmpuint (bobbin_links_get_n_links (links), >, 0);
        }
    }
}

static void
test_laughs (void)
{
  g_autoptr (GString) text
      = g_string_new ("<?xml version='1.0'?><!DOCTYPE metalink [<!ENTITY l0 'https://example.org/lol'>");
  g_autoptr (BobbinLinks) links = NULL;

  for (guint i = 1; i < 12; i++)
    {
      g_string_append_printf (text, "<!ENTITY l%u '", i);
      for (guint j = 0; j < 10; j++)
        g_string_append_printf (text, "&l%u;", i - 1);
      g_string_append (text, "'>");
    }
  g_string_append (
      text,
      "]><metalink><file name='a&l11;'><url>https://example.org/a</url><url>&l11;</url></file></metalink>");
  links = bobbin_test_read (text->str);
  for (guint i = 0; i < bobbin_links_get_n_links (links); i++)
    g_assert_null (strstr (bobbin_link_get_uri (bobbin_links_get_link (links, i)), "lol"));
}

/* No file is opened, neither by an entity nor by a document type. */
static void
test_entities (void)
{
  static const char *const heads[] = {
    "<!DOCTYPE metalink [<!ENTITY x SYSTEM '%s'>]>",
    "<!DOCTYPE metalink SYSTEM '%s'>",
    "<!DOCTYPE metalink [<!ENTITY %% p SYSTEM '%s'> %%p;]>",
  };
  g_autofree char *folder = bobbin_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "secret.dtd", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  g_assert_true (
      g_file_set_contents (path, "<!ENTITY x 'https://secret.example/'>https://secret.example/", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GString) text = g_string_new ("<?xml version='1.0'?>");
      g_autoptr (BobbinLinks) links = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_string_append_printf (text, heads[i], uri);
#pragma GCC diagnostic pop
      g_string_append (
          text,
          "<metalink><file name='a'><url>https://example.org/a</url></file><file name='b'><url>&x;</url>"
          "<url>https://example.org/b&x;</url></file></metalink>");
      links = bobbin_test_read (text->str);
      for (guint j = 0; j < bobbin_links_get_n_links (links); j++)
        g_assert_null (strstr (bobbin_link_get_uri (bobbin_links_get_link (links, j)), "secret"));
    }
  bobbin_test_remove_folder (folder);
}

static void
test_deep (void)
{
  static const char *const roots[] = { "<metalink>", "<rss>", "<plist>" };
  static const BobbinReason reasons[]
      = { BOBBIN_REASON_TOO_DEEP, BOBBIN_REASON_TOO_DEEP, BOBBIN_REASON_NO_LINK };

  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    {
      g_autoptr (GString) text = g_string_new (roots[i]);
      g_autoptr (BobbinLinks) links = NULL;

      for (guint j = 0; j < 100000; j++)
        g_string_append (text, "<x>");
      links = bobbin_test_read (text->str);
      g_assert_cmpuint (bobbin_links_get_n_links (links), ==, 0);
      g_assert_cmpuint (bobbin_links_get_n_lines (links), ==, 1);
      bobbin_test_assert_line (links, 0, BOBBIN_VERDICT_REFUSED, reasons[i], 0);
    }
}

static void
test_many_files (void)
{
  g_autoptr (GString) text = g_string_new ("<metalink>");
  g_autoptr (BobbinLinks) links = NULL;

  for (guint i = 0; i < 110000; i++)
    g_string_append (text, "<file/>");
  g_string_append (text, "<file><url>https://example.org/a</url></file></metalink>");
  links = bobbin_test_read (text->str);
  g_assert_true (bobbin_links_is_cut (links));
  g_assert_cmpuint (bobbin_links_get_n_links (links), ==, 0);
  g_assert_cmpuint (bobbin_links_get_n_lines (links), >=, 100000);
}

/* One endless line, tag, word or value in every shape. In linear time each takes
 * a fraction of a second; the bound is for those who wait, not for the clock.
 */
static void
test_long (void)
{
  static const struct
  {
    const char *head;
    const char *unit;
  } texts[] = {
    { "<a ", "b='c' " },
    { "<a ", "b" },
    { "<a href='", "b" },
    { "<p>", "&" },
    { "<p>", "</b>" },
    { "<p>", "<" },
    { "<!--", "-" },
    { "<script>", "<" },
    { "<img srcset='", "a," },
    { "<img srcset='", "https://h/a 1x," },
    { "<metalink>", "<" },
    { "<metalink ", "a='b' " },
    { "<metalink><file name='", "../" },
    { "<metalink><file name='", "&amp;" },
    { "<metalink><file><url>", "a" },
    { "<metalink><file><url>http://h/</url>", "<url>http://h/</url>" },
    { "<metalink><!DOCTYPE ", "x" },
    { "<rss>", "<a/>" },
    { "<rss><enclosure url='", "a" },
    { "[InternetShortcut]\nURL=", "a" },
    { "[InternetShortcut]\n", "[" },
    { "[Desktop Entry]\nType=Link\n", "Name[de]=a\n" },
    { "[", "\n" },
    { "https://h/a\n ", "a=" },
    { "https://h/a\n a=b\n", " a=b\n" },
    { "https://h/a\t", "https://h/a\t" },
    { "curl ", "'" },
    { "curl ", "\\" },
    { "curl ", "\\\n" },
    { "curl -", "s" },
    { "curl $'", "\\x" },
    { "curl ^\n", "^" },
    { "curl https://h/", "[1-1]" },
    { "curl -o '", "#1" },
    { "curl ", "-H a:b " },
    { "curl ", "https://h/ " },
    { "url=\"", "a" },
    { "url=\"a\"\n", "-H\"b: c\"\n" },
    { "#EXTM3U\n", "a" },
    { "#EXTM3U\n", "a\n" },
    { "[playlist]\nFile", "1" },
    { "d4:info", "d" },
    { "https://h/", "[1-1]" },
    { "https://h/", "{a,b}" },
    { "\xff\xfe", "a" },
    { "<?xml encoding=", "a" },
  };
  const gsize length = g_test_thorough () ? 50000000 : 200000;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) text = g_string_new (texts[i].head);
      g_autoptr (BobbinLinks) links = NULL;
      gint64 start = 0;

      while (text->len < length)
        g_string_append (text, texts[i].unit);
      start = g_get_monotonic_time ();
      links = bobbin_test_read_bytes (text->str, text->len, NULL);
      bobbin_test_message (texts[i].head);
      g_test_message ("%s: %" G_GINT64_FORMAT " ms", texts[i].unit, (g_get_monotonic_time () - start) / 1000);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 100 * G_USEC_PER_SEC);
    }
}

/* The parser compares each attribute of a tag with all before it. */
static void
test_attributes (void)
{
  static const char *const heads[] = { "<a", "<metalink><file", "<rss><enclosure" };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GString) text = g_string_new (heads[i]);
      g_autoptr (BobbinLinks) links = NULL;

      for (guint j = 0; j < 60000; j++)
        g_string_append_printf (text, " a%u='b'", j);
      g_string_append (text, "><a href='https://example.org/last'>");
      links = bobbin_test_read (text->str);
      if (i == 0)
        bobbin_test_assert_uris (links, "https://example.org/last");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/links-hostile/mutations", test_mutations);
  g_test_add_func ("/links-hostile/truncated", test_truncated);
  g_test_add_func ("/links-hostile/laughs", test_laughs);
  g_test_add_func ("/links-hostile/entities", test_entities);
  g_test_add_func ("/links-hostile/deep", test_deep);
  g_test_add_func ("/links-hostile/many-files", test_many_files);
  g_test_add_func ("/links-hostile/long", test_long);
  g_test_add_func ("/links-hostile/attributes", test_attributes);

  return g_test_run ();
}
