/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-test.h"
#include "bobbin-test-links.h"

#include <string.h>

#define SHA1 "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"

/* Input files of aria2, playlists and feeds. */

static void
test_aria2 (void)
{
  g_autoptr (BobbinLinks) links = bobbin_test_read (
      "# a list\n"
      "https://a.example/x.iso\thttps://b.example/x.iso\tftp://c.example/x.iso\thttp://d.example/x.iso\n"
      "  dir=images/dvd\n"
      "  out=new name.iso\n"
      "\n"
      "  checksum=sha-1=" SHA1 "\n"
      "  header=X-One: 1\n"
      "\theader=X-Two: 2\n"
      "  referer=https://r.example/\n"
      "  user-agent=agent\n"
      "  split=4\n"
      "https://e.example/[1-2].zip\r\n"
      "  dir=/home/me\n"
      "https://e.example/3.zip\n"
      "  out=../../x\n"
      "ftp://f.example/a\n"
      "magnet:?xt=urn:btih:0\n"
      "words\n");
  BobbinLink *link = bobbin_links_get_link (links, 0);

  g_assert_cmpint (bobbin_links_get_shape (links), ==, BOBBIN_SHAPE_ARIA2);
  bobbin_test_assert_uris (links,
                           "https://a.example/x.iso https://e.example/%5B1-2%5D.zip https://e.example/3.zip");
  g_assert_cmpuint (bobbin_link_get_n_mirrors (link), ==, 2);
  g_assert_cmpstr (bobbin_link_get_mirror (link, 1)->uri, ==, "http://d.example/x.iso");
  g_assert_cmpstr (bobbin_link_get_name (link), ==, "new name.iso");
  g_assert_cmpstr (bobbin_link_get_subfolder (link), ==, "images/dvd");
  g_assert_cmpstr (bobbin_link_get_digest (link)->hex, ==, SHA1);
  bobbin_test_assert_headers (link, "X-One: 1|X-Two: 2|Referer: https://r.example/|User-Agent: agent");
  g_assert_null (bobbin_link_get_subfolder (bobbin_links_get_link (links, 1)));
  g_assert_null (bobbin_link_get_name (bobbin_links_get_link (links, 2)));

  g_assert_cmpuint (bobbin_links_get_n_lines (links), ==, 18);
  bobbin_test_assert_line (links, 0, BOBBIN_VERDICT_EMPTY, BOBBIN_REASON_NONE, 0);
  bobbin_test_assert_line (links, 1, BOBBIN_VERDICT_LINKS, BOBBIN_REASON_MIRROR, 1);
  bobbin_test_assert_line (links, 3, BOBBIN_VERDICT_EMPTY, BOBBIN_REASON_NONE, 0);
  bobbin_test_assert_line (links, 10, BOBBIN_VERDICT_EMPTY, BOBBIN_REASON_OPTION, 0);
  bobbin_test_assert_line (links, 11, BOBBIN_VERDICT_LINKS, BOBBIN_REASON_LEAVES_FOLDER, 1);
  bobbin_test_assert_line (links, 13, BOBBIN_VERDICT_LINKS, BOBBIN_REASON_LEAVES_FOLDER, 1);
  bobbin_test_assert_line (links, 15, BOBBIN_VERDICT_UNSUPPORTED_SCHEME, BOBBIN_REASON_SCHEME, 0);
  bobbin_test_assert_line (links, 16, BOBBIN_VERDICT_UNSUPPORTED_SCHEME, BOBBIN_REASON_MAGNET, 0);
  bobbin_test_assert_line (links, 17, BOBBIN_VERDICT_NOT_A_LINK, BOBBIN_REASON_NONE, 0);
  bobbin_test_assert_note (links, 0, 10, BOBBIN_REASON_OPTION, "split");
  bobbin_test_assert_note (links, 1, 11, BOBBIN_REASON_LEAVES_FOLDER, "/home/me");
}

static void
test_aria2_user (void)
{
  g_autoptr (BobbinLinks) links
      = bobbin_test_read ("https://a.example/x\thttps://b.example/x\n http-user=me\n http-passwd=se/cret\n"
                          "  checksum=md5=0\n");
  BobbinLink *link = bobbin_links_get_link (links, 0);

  bobbin_test_assert_uris (links, "https://me:se%2Fcret@a.example/x");
  g_assert_cmpstr (bobbin_link_get_mirror (link, 0)->uri, ==, "https://b.example/x");
  g_assert_null (bobbin_link_get_digest (link));
  bobbin_test_assert_line (links, 0, BOBBIN_VERDICT_LINKS, BOBBIN_REASON_CHECKSUM, 1);
}

/* Two links with a tab between them are two links, unless they are one file. */
static void
test_mirrors (void)
{
  g_autoptr (BobbinLinks) two = bobbin_test_read ("https://a.example/x\thttps://a.example/y\n");
  g_autoptr (BobbinLinks) one = bobbin_test_read ("https://a.example/x\thttps://b.example/x\n");

  g_assert_cmpint (bobbin_links_get_shape (two), ==, BOBBIN_SHAPE_TEXT);
  g_assert_cmpuint (bobbin_links_get_n_links (two), ==, 2);
  g_assert_cmpint (bobbin_links_get_shape (one), ==, BOBBIN_SHAPE_ARIA2);
  g_assert_cmpuint (bobbin_links_get_n_links (one), ==, 1);
}

static void
test_m3u (void)
{
  static const char text[]
      = "#EXTM3U\r\n#EXTINF:1,Title, https://example.org/no\r\nhttps://example.org/a b.\r\n\r\n"
        "sub/c.mp3\r\nC:\\Music\\d.mp3\r\nrtsp://example.org/\r\n";
  const BobbinLinksOptions options = { .base_uri = "https://example.org/x/list.m3u" };
  const BobbinLinksOptions named = { .file_name = "list.M3U" };
  g_autoptr (BobbinLinks) links = bobbin_test_read (text);
  g_autoptr (BobbinLinks) based = bobbin_test_read_bytes (text, strlen (text), &options);
  g_autoptr (BobbinLinks) bare = bobbin_test_read_bytes ("https://h/a.", 12, &named);

  bobbin_test_assert_uris (links, "https://example.org/a%20b.");
  bobbin_test_assert_line (links, 1, BOBBIN_VERDICT_EMPTY, BOBBIN_REASON_NONE, 0);
  bobbin_test_assert_line (links, 4, BOBBIN_VERDICT_NOT_A_LINK, BOBBIN_REASON_RELATIVE, 0);
  bobbin_test_assert_line (links, 6, BOBBIN_VERDICT_UNSUPPORTED_SCHEME, BOBBIN_REASON_SCHEME, 0);
  bobbin_test_assert_uris (based, "https://example.org/a%20b. https://example.org/x/sub/c.mp3");
  bobbin_test_assert_uris (bare, "https://h/a.");
}

static void
test_pls (void)
{
  g_autoptr (BobbinLinks) links = bobbin_test_read (
      "[playlist]\nNumberOfEntries=2\nFile1=https://example.org/a\n"
      "Title1=https://example.org/t\nLength1=-1\nfile22 = x\nFILE2=https://example.org/b\n");

  g_assert_cmpint (bobbin_links_get_shape (links), ==, BOBBIN_SHAPE_PLS);
  bobbin_test_assert_uris (links, "https://example.org/a https://example.org/b");
  bobbin_test_assert_line (links, 2, BOBBIN_VERDICT_LINKS, BOBBIN_REASON_NONE, 1);
}

static void
test_feeds (void)
{
  g_autoptr (BobbinLinks) rss = bobbin_test_read (
      "<?xml version='1.0'?><rss version='2.0' "
      "xmlns:media='http://search.yahoo.com/mrss/'><channel><link>https://example.org/</link>"
      "<item><link>https://example.org/1</link><enclosure url='https://example.org/1.mp3' length='5' "
      "type='audio/mpeg'/></item>"
      "<item><media:content url='https://example.org/2?a&amp;b' medium='video'/><enclosure "
      "url='/3'/></item></channel></rss>");
  g_autoptr (BobbinLinks) atom = bobbin_test_read (
      "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link rel='alternate' href='https://example.org/x'/>"
      "<link rel='enclosure' href='https://example.org/a.png' type='image/png'/><content "
      "url='https://example.org/c'/></entry></feed>");
  g_autoptr (BobbinLinks) rdf
      = bobbin_test_read ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
                          "xmlns:enc='http://purl.oclc.org/net/rss_2.0/enc#'>"
                          "<item><enc:enclosure rdf:resource='https://example.org/r'/></item></rdf:RDF>");
  g_autoptr (BobbinLinks) none = bobbin_test_read ("<rss><channel/></rss>");

  g_assert_cmpint (bobbin_links_get_shape (rss), ==, BOBBIN_SHAPE_FEED);
  bobbin_test_assert_uris (rss, "https://example.org/1.mp3 https://example.org/2?a&b");
  g_assert_cmpint (bobbin_links_get_kind (rss, 0), ==, BOBBIN_LINK_KIND_SOUND);
  g_assert_cmpint (bobbin_links_get_kind (rss, 1), ==, BOBBIN_LINK_KIND_VIDEO);
  g_assert_cmpint (bobbin_link_get_size (bobbin_links_get_link (rss, 0)), ==, -1);
  bobbin_test_assert_line (rss, 2, BOBBIN_VERDICT_NOT_A_LINK, BOBBIN_REASON_RELATIVE, 0);
  bobbin_test_assert_uris (atom, "https://example.org/a.png");
  g_assert_cmpint (bobbin_links_get_kind (atom, 0), ==, BOBBIN_LINK_KIND_PICTURE);
  bobbin_test_assert_uris (rdf, "https://example.org/r");
  bobbin_test_assert_line (none, 0, BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_NO_LINK, 0);
}

static void
test_uri_list (void)
{
  static const char text[] = "# "
                             "https://example.org/no\r\nhttps://example.org/a.\r\nfile:///etc/"
                             "passwd\r\nhttps://example.org/[1-2])\r\n";
  const BobbinLinksOptions options = { .media_type = "text/uri-list", .max_expanded = 1000 };
  g_autoptr (BobbinLinks) links = bobbin_test_read_bytes (text, strlen (text), &options);

  bobbin_test_assert_uris (links, "https://example.org/a. https://example.org/%5B1-2%5D)");
  bobbin_test_assert_line (links, 2, BOBBIN_VERDICT_UNSUPPORTED_SCHEME, BOBBIN_REASON_SCHEME, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/links-lists/aria2", test_aria2);
  g_test_add_func ("/links-lists/aria2-user", test_aria2_user);
  g_test_add_func ("/links-lists/mirrors", test_mirrors);
  g_test_add_func ("/links-lists/m3u", test_m3u);
  g_test_add_func ("/links-lists/pls", test_pls);
  g_test_add_func ("/links-lists/feeds", test_feeds);
  g_test_add_func ("/links-lists/uri-list", test_uri_list);

  return g_test_run ();
}
