/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-test.h"
#include "bobbin-test-links.h"

#include <string.h>

#define HEAD4                                                                                                \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\">"
#define FILE4(name, body) HEAD4 "<file name=\"" name "\">" body "</file></metalink>"
#define URL "<url>https://example.org/x</url>"
#define SHA1_A "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"
#define SHA1_B "e9d71f5ee7c92d6dc9e92ffdad17b8bd49418f98"
#define SHA256_A "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
#define MD5_A "0cc175b9c0f1b6a831c399e269772661"

static void
test_four (void)
{
  g_autoptr (BobbinLinks) links = bobbin_test_read (
      HEAD4 "<published>2024-05-01T12:15:02Z</published>"
            "<file name=\"images/dvd/a b.iso\">"
            "  <size> 14471447 </size><identity>Example</identity><version>1.0</version>"
            "  <hash type=\"md5\">" MD5_A "</hash>"
            "  <hash type=\"sha-256\">\n" SHA256_A "\n</hash>"
            "  <hash type=\"sha-1\">" SHA1_A "</hash>"
            "  <pieces length=\"14471446\" type=\"sha-1\"><hash>" SHA1_A "</hash><hash>" SHA1_B
            "</hash></pieces>"
            "  <url priority=\"20\">http://slow.example/a.iso</url>"
            "  <url location=\"DE\" priority=\"1\">https://fast.example/a.iso?x=1&amp;y=2</url>"
            "  <url>http://last.example/a.iso</url>"
            "  <url priority=\"2\">ftp://old.example/a.iso</url>"
            "  <url priority=\"3\" location=\"fr\"><![CDATA[http://second.example/a.iso]]></url>"
            "  <metaurl mediatype=\"torrent\" priority=\"1\">http://example.org/a.torrent</metaurl>"
            "</file>"
            "<file name=\"second.txt\"><url>https://example.org/second</url></file>"
            "<file name=\"third.txt\"><url>https://EXAMPLE.org:443/second</url></file>"
            "</metalink>");
  BobbinLink *link = bobbin_links_get_link (links, 0);

  g_assert_cmpint (bobbin_links_get_shape (links), ==, BOBBIN_SHAPE_METALINK);
  g_assert_false (bobbin_links_has_lines (links));
  bobbin_test_assert_uris (links, "https://fast.example/a.iso?x=1&y=2 https://example.org/second");
  g_assert_cmpstr (bobbin_link_get_name (link), ==, "a b.iso");
  g_assert_cmpstr (bobbin_link_get_subfolder (link), ==, "images/dvd");
  g_assert_cmpint (bobbin_link_get_size (link), ==, 14471447);
  g_assert_cmpint (bobbin_link_get_digest (link)->type, ==, G_CHECKSUM_SHA256);
  g_assert_cmpstr (bobbin_link_get_digest (link)->hex, ==, SHA256_A);
  g_assert_cmpint (bobbin_link_get_pieces (link)->length, ==, 14471446);
  g_assert_cmpuint (bobbin_link_get_pieces (link)->digests->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (bobbin_link_get_pieces (link)->digests, 1), ==, SHA1_B);
  g_assert_cmpuint (bobbin_link_get_n_mirrors (link), ==, 3);
  g_assert_cmpstr (bobbin_link_get_mirror (link, 0)->uri, ==, "http://second.example/a.iso");
  g_assert_cmpstr (bobbin_link_get_mirror (link, 0)->location, ==, "fr");
  g_assert_cmpstr (bobbin_link_get_mirror (link, 1)->uri, ==, "http://slow.example/a.iso");
  g_assert_cmpstr (bobbin_link_get_mirror (link, 2)->uri, ==, "http://last.example/a.iso");
  g_assert_cmpuint (bobbin_link_get_mirror (link, 2)->priority, ==, BOBBIN_MIRROR_LAST);

  g_assert_cmpstr (bobbin_link_get_name (bobbin_links_get_link (links, 1)), ==, "second.txt");
  g_assert_null (bobbin_link_get_subfolder (bobbin_links_get_link (links, 1)));
  g_assert_cmpint (bobbin_link_get_size (bobbin_links_get_link (links, 1)), ==, -1);
  bobbin_test_assert_line (links, 0, BOBBIN_VERDICT_LINKS, BOBBIN_REASON_NONE, 1);
  bobbin_test_assert_line (links, 2, BOBBIN_VERDICT_REPEATED, BOBBIN_REASON_NONE, 0);
}

static void
test_three (void)
{
  g_autoptr (BobbinLinks) links = bobbin_test_read (
      "<?xml version='1.0'?><metalink version='3.0' "
      "xmlns='http://www.metalinker.org/'><publisher><name>E</name>"
      "<url>http://publisher.example/</url></publisher><files><file name='a.iso'><size>3</size>"
      "<verification><hash type='sha1'>" SHA1_A "</hash>"
      "<pieces length='2' type='sha1'><hash piece='0'>" SHA1_A "</hash><hash piece='1'>" SHA1_B
      "</hash></pieces>"
      "</verification><resources>"
      "<url type='bittorrent' preference='100'>http://example.org/a.torrent</url>"
      "<url type='http' preference='50' location='jp'>http://b.example/a.iso</url>"
      "<url type='http' preference='99'>http://a.example/a.iso</url>"
      "<url type='ftp' preference='100'>ftp://c.example/a.iso</url>"
      "</resources></file></files></metalink>");
  BobbinLink *link = bobbin_links_get_link (links, 0);

  bobbin_test_assert_uris (links, "http://a.example/a.iso");
  g_assert_cmpstr (bobbin_link_get_digest (link)->hex, ==, SHA1_A);
  g_assert_cmpuint (bobbin_link_get_n_mirrors (link), ==, 1);
  g_assert_cmpuint (bobbin_link_get_mirror (link, 0)->priority, ==, 51);
  g_assert_cmpuint (bobbin_link_get_pieces (link)->digests->len, ==, 2);
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    const char *subfolder;
    const char *leaf; /* NULL: refused */
  } rows[] = {
    { "a.iso", NULL, "a.iso" },
    { "a/b.iso", "a", "b.iso" },
    { "a/./b//c.iso", "a/b", "c.iso" },
    { "./a.iso", NULL, "a.iso" },
    { ".bashrc", NULL, "bashrc" },
    { ".config/x.desktop", "config", "x.desktop.download" },
    { "a:b/c?d", "a_b", "c_d" },
    { "a&amp;b&#38;c&amp;#38;&lt;", NULL, "a&b&c&#38;_" },
    { "con/aux.txt", "_con", "_aux.txt" },
    { "a/b\\c", "a", "b_c" },
    { "\xe2\x80\xaetxt.exe", NULL, "_txt.exe" },
    { "../a.iso", NULL, NULL },
    { "a/../../b.iso", NULL, NULL },
    { "a/..", NULL, NULL },
    { "..", NULL, NULL },
    { "..\\a.iso", NULL, NULL },
    { "a\\..\\b", NULL, NULL },
    { "/etc/passwd", NULL, NULL },
    { "//host/share", NULL, NULL },
    { "\\\\host\\share", NULL, NULL },
    { "C:/a.iso", NULL, NULL },
    { "c:\\a.iso", NULL, NULL },
    { "~/a.iso", NULL, NULL },
    { "~root/a.iso", NULL, NULL },
    { "a/", NULL, NULL },
    { ".", NULL, NULL },
    { "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21/22/23/24/25/26/27/28/29/30/31/32/33/x", NULL,
      NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf (FILE4 ("%s", URL), rows[i].name);
      g_autoptr (BobbinLinks) links = bobbin_test_read (text);

      bobbin_test_message (rows[i].name);
      if (rows[i].leaf == NULL)
        {
          g_assert_cmpuint (bobbin_links_get_n_links (links), ==, 0);
          bobbin_test_assert_line (links, 0, BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_LEAVES_FOLDER, 0);
          g_assert_cmpuint (bobbin_links_get_n_notes (links), ==, 1);
          continue;
        }
      g_assert_cmpstr (bobbin_link_get_name (bobbin_links_get_link (links, 0)), ==, rows[i].leaf);
      g_assert_cmpstr (bobbin_link_get_subfolder (bobbin_links_get_link (links, 0)), ==, rows[i].subfolder);
    }
}

static void
assert_refused (const char *text, BobbinVerdict verdict, BobbinReason reason)
{
  g_autoptr (BobbinLinks) links = bobbin_test_read (text);

  g_assert_cmpuint (bobbin_links_get_n_links (links), ==, 0);
  bobbin_test_assert_line (links, 0, verdict, reason, 0);
}

static void
test_no_links (void)
{
  assert_refused (FILE4 ("a", ""), BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_NO_LINK);
  assert_refused (FILE4 ("a", "<url></url>"), BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_NO_LINK);
  assert_refused (FILE4 ("a", "<url>/a</url>"), BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_NO_LINK);
  assert_refused (FILE4 ("a", "<url>ftp://example.org/a</url>"), BOBBIN_VERDICT_UNSUPPORTED_SCHEME,
                  BOBBIN_REASON_SCHEME);
  assert_refused (FILE4 ("a", "<metaurl mediatype='torrent'>http://example.org/a.torrent</metaurl>"),
                  BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_TORRENT);
  /* elements of somebody else's are not looked at */
  assert_refused (FILE4 ("a", "<url xmlns='urn:other'>https://example.org/a</url>"), BOBBIN_VERDICT_REFUSED,
                  BOBBIN_REASON_NO_LINK);
}

static void
test_checksums (void)
{
  static const struct
  {
    const char *body;
    const char *hex;
    gboolean pieces;
    BobbinReason reason;
  } rows[] = {
    { "<hash type='SHA-1'>86F7E437FAA5A7FCE15D1DDCB9EAEAEA377667B8</hash>", SHA1_A, FALSE,
      BOBBIN_REASON_NONE },
    { "<hash type='sha-1'>" MD5_A "</hash>", NULL, FALSE, BOBBIN_REASON_CHECKSUM },
    { "<hash type='sha-1'>86f7e437faa5a7fce15d1ddcb9eaeaea377667bx</hash>", NULL, FALSE,
      BOBBIN_REASON_CHECKSUM },
    { "<hash type='crc32'>00000000</hash>", NULL, FALSE, BOBBIN_REASON_CHECKSUM },
    { "<hash type='crc32'>00000000</hash><hash type='md5'>" MD5_A "</hash>", MD5_A, FALSE,
      BOBBIN_REASON_NONE },
    { "<hash>" MD5_A "</hash>", NULL, FALSE, BOBBIN_REASON_NONE },
    /* the strongest pieces count, and must fit the size */
    { "<pieces type='md5' length='1'><hash>" MD5_A "</hash></pieces>", NULL, TRUE, BOBBIN_REASON_NONE },
    { "<size>1</size><pieces type='md5' length='1'><hash>" MD5_A "</hash></pieces>", NULL, TRUE,
      BOBBIN_REASON_NONE },
    { "<size>2</size><pieces type='md5' length='1'><hash>" MD5_A "</hash></pieces>", NULL, FALSE,
      BOBBIN_REASON_CHECKSUM },
    { "<pieces type='md5' length='0'><hash>" MD5_A "</hash></pieces>", NULL, FALSE, BOBBIN_REASON_CHECKSUM },
    { "<pieces type='md5' length='-1'><hash>" MD5_A "</hash></pieces>", NULL, FALSE, BOBBIN_REASON_CHECKSUM },
    { "<pieces type='md5'><hash>" MD5_A "</hash></pieces>", NULL, FALSE, BOBBIN_REASON_CHECKSUM },
    { "<pieces type='md5' length='1'></pieces>", NULL, FALSE, BOBBIN_REASON_CHECKSUM },
    { "<pieces type='md5' length='1'><hash>" MD5_A "</hash><hash>x</hash></pieces>", NULL, FALSE,
      BOBBIN_REASON_CHECKSUM },
    { "<pieces type='md5' length='1'><hash piece='1'>" MD5_A "</hash></pieces>", NULL, FALSE,
      BOBBIN_REASON_CHECKSUM },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf (FILE4 ("a", "%s" URL), rows[i].body);
      g_autoptr (BobbinLinks) links = bobbin_test_read (text);
      BobbinLink *link = bobbin_links_get_link (links, 0);
      const BobbinDigest *digest = bobbin_link_get_digest (link);

      bobbin_test_message (rows[i].body);
      g_assert_cmpstr (digest != NULL ? digest->hex : NULL, ==, rows[i].hex);
      g_assert_cmpint (bobbin_link_get_pieces (link) != NULL, ==, rows[i].pieces);
      bobbin_test_assert_line (links, 0, BOBBIN_VERDICT_LINKS, rows[i].reason, 1);
    }
}

static void
test_sizes (void)
{
  static const struct
  {
    const char *text;
    goffset size;
  } rows[] = { { "0", 0 },
               { "9223372036854775807", G_MAXINT64 },
               { "9223372036854775808", -1 },
               { "-1", -1 },
               { "1.5", -1 },
               { "", -1 },
               { "1 GB", -1 },
               { "0x10", -1 },
               { "+1", -1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf (FILE4 ("a", "<size>%s</size>" URL), rows[i].text);
      g_autoptr (BobbinLinks) links = bobbin_test_read (text);

      g_assert_cmpint (bobbin_link_get_size (bobbin_links_get_link (links, 0)), ==, rows[i].size);
    }
}

/* What was whole before the break is there. */
static void
test_broken (void)
{
  g_autoptr (BobbinLinks) links = bobbin_test_read (
      HEAD4 "<file name='a'>" URL "</file><file name='b'><url>https://example.org/y</url>");

  bobbin_test_assert_uris (links, "https://example.org/x");
  bobbin_test_assert_line (links, 1, BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_BROKEN, 0);
}

/* As the mirrors of distributions send them: elements of others between, places
 * that nobody here can fetch, line breaks in the links.
 */
static void
test_mirror_manager (void)
{
  g_autoptr (BobbinLinks) links = bobbin_test_read (
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<metalink version=\"3.0\" "
      "xmlns=\"http://www.metalinker.org/\" type=\"dynamic\" pubdate=\"Wed, 04 Sep 2024 10:22:11 GMT\" "
      "xmlns:mm0=\"http://mirrors.example/mm\">\n <files>\n  <file name=\"repomd.xml\">\n"
      "   <mm0:timestamp>1725445331</mm0:timestamp><size>4417</size>\n   <verification>\n"
      "    <hash type=\"md5\">" MD5_A "</hash><hash type=\"sha256\">" SHA256_A "</hash>\n"
      "    <signature type=\"pgp\" file=\"x.asc\">-----BEGIN PGP SIGNATURE-----</signature>\n"
      "   </verification>\n   <mm0:alternates><mm0:alternate><mm0:size>99</mm0:size><mm0:verification>"
      "<mm0:hash type=\"md5\">0</mm0:hash></mm0:verification></mm0:alternate></mm0:alternates>\n"
      "   <resources maxconnections=\"1\">\n"
      "    <url protocol=\"rsync\" type=\"rsync\" preference=\"100\">rsync://r.example/repomd.xml</url>\n"
      "    <url protocol=\"http\" type=\"http\" location=\"US\" preference=\"9\">\n"
      "      http://us.example/repomd.xml\n    </url>\n"
      "    <url protocol=\"https\" type=\"https\" location=\"DE\" preference=\"100\" "
      ">https://de.example/repomd.xml</url>\n"
      "   </resources>\n  </file>\n </files>\n</metalink>\n");
  BobbinLink *link = bobbin_links_get_link (links, 0);

  bobbin_test_assert_uris (links, "https://de.example/repomd.xml");
  g_assert_cmpuint (bobbin_link_get_n_mirrors (link), ==, 1);
  g_assert_cmpstr (bobbin_link_get_mirror (link, 0)->uri, ==, "http://us.example/repomd.xml");
  g_assert_cmpstr (bobbin_link_get_mirror (link, 0)->location, ==, "us");
  g_assert_cmpstr (bobbin_link_get_name (link), ==, "repomd.xml");
  g_assert_cmpint (bobbin_link_get_size (link), ==, 4417);
  g_assert_cmpstr (bobbin_link_get_digest (link)->hex, ==, SHA256_A);
}

/* The same elements under a prefix, and without any namespace. */
static void
test_namespaces (void)
{
  static const char *const texts[] = {
    "<m:metalink xmlns:m='urn:ietf:params:xml:ns:metalink'><m:file name='a'><m:size>3</m:size>"
    "<m:hash type='md5'>" MD5_A "</m:hash><url>https://no.example/</url><m:url>https://example.org/a</m:url>"
    "</m:file></m:metalink>",
    "<metalink version='3.0'><files><file name='a'><size>3</size><verification><hash type='md5'>" MD5_A
    "</hash></verification><resources><url "
    "type='https'>https://example.org/a</url></resources></file></files>"
    "</metalink>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (BobbinLinks) links = bobbin_test_read (texts[i]);
      BobbinLink *link = bobbin_links_get_link (links, 0);

      bobbin_test_assert_uris (links, "https://example.org/a");
      g_assert_cmpint (bobbin_link_get_size (link), ==, 3);
      g_assert_cmpstr (bobbin_link_get_digest (link)->hex, ==, MD5_A);
    }
}

/* A file may end where nobody expects it: the next one begins afresh. */
static void
test_file_in_pieces (void)
{
  g_autoptr (BobbinLinks) links = bobbin_test_read (
      HEAD4 "<file name='a'>" URL "<pieces length='1' type='md5'><file name='b'></file></pieces></file>"
            "<file name='c'><url>https://example.org/c</url>"
            "<hash type='md5'>0cc175b9c0f1b6a831c399e269772661</hash></file></metalink>");
  BobbinLink *link = bobbin_links_get_link (links, 1);

  bobbin_test_assert_uris (links, "https://example.org/x https://example.org/c");
  g_assert_null (bobbin_link_get_pieces (link));
  g_assert_cmpstr (bobbin_link_get_digest (link)->hex, ==, "0cc175b9c0f1b6a831c399e269772661");
}

static void
test_encodings (void)
{
  static const char latin[]
      = "<?xml version='1.0' encoding='ISO-8859-15'?><metalink "
        "xmlns='urn:ietf:params:xml:ns:metalink'><file name='\xa4\xe9'>" URL "</file></metalink>";
  const char *text
      = "<?xml version='1.0' encoding='UTF-16'?><metalink xmlns='urn:ietf:params:xml:ns:metalink'>"
        "<file name='€é'>" URL "</file></metalink>";
  gsize length = 0;
  g_autofree char *wide = g_convert (text, -1, "UTF-16", "UTF-8", NULL, &length, NULL);
  g_autoptr (BobbinLinks) links = bobbin_test_read (latin);
  g_autoptr (BobbinLinks) wide_links = bobbin_test_read_bytes (wide, length, NULL);

  g_assert_cmpstr (bobbin_link_get_name (bobbin_links_get_link (links, 0)), ==, "€é");
  g_assert_cmpstr (bobbin_link_get_name (bobbin_links_get_link (wide_links, 0)), ==, "€é");
}

/* Wherever the pieces end in which the parser gets it, nothing is lost. */
static void
test_many (void)
{
  const guint n = 5000;
  g_autoptr (GString) text = g_string_new (HEAD4);
  g_autoptr (BobbinLinks) links = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (
        text,
        "<file name=\"it's > %u\"><url location='de' priority=\"1\">https://example.org/%u?a&amp;b</url>"
        "<pieces length='1' type='md5'><hash>%032x</hash><hash>%032x</hash></pieces></file>\n",
        i, i, i, i);
  g_string_append (text, "</metalink>");
  links = bobbin_test_read (text->str);
  g_assert_cmpuint (bobbin_links_get_n_lines (links), ==, n);
  g_assert_cmpuint (bobbin_links_get_n_links (links), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("it's _ %u", i);
      g_autofree char *uri = g_strdup_printf ("https://example.org/%u?a&b", i);
      BobbinLink *link = bobbin_links_get_link (links, i);

      g_assert_cmpstr (bobbin_link_get_name (link), ==, name);
      g_assert_cmpstr (bobbin_link_get_uri (link), ==, uri);
      g_assert_cmpuint (bobbin_link_get_pieces (link)->digests->len, ==, 2);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/links-metalink/four", test_four);
  g_test_add_func ("/links-metalink/three", test_three);
  g_test_add_func ("/links-metalink/names", test_names);
  g_test_add_func ("/links-metalink/no-links", test_no_links);
  g_test_add_func ("/links-metalink/checksums", test_checksums);
  g_test_add_func ("/links-metalink/sizes", test_sizes);
  g_test_add_func ("/links-metalink/broken", test_broken);
  g_test_add_func ("/links-metalink/many", test_many);
  g_test_add_func ("/links-metalink/mirror-manager", test_mirror_manager);
  g_test_add_func ("/links-metalink/namespaces", test_namespaces);
  g_test_add_func ("/links-metalink/file-in-pieces", test_file_in_pieces);
  g_test_add_func ("/links-metalink/encodings", test_encodings);

  return g_test_run ();
}
