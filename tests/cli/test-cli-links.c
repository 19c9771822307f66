/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-test.h"

#include "bobbin-fault-server.h"

#include <locale.h>
#include <string.h>
#include <unistd.h>

/* Links in every shape, as --list shows them. */

typedef struct
{
  const char *path;
  const char *name;
  const char *text;
  const char *output;
  const char *errors;
  const char *format; /* another option, or NULL */
} Shape;

#define SHA256 "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
#define MAGNET "magnet:?xt=urn:btih:0123456789abcdef0123456789abcdef01234567"

static const Shape shapes[] = {
  { .path = "aria2",
    .name = "list.aria2",
    .text = "https://example.org/a.iso\thttps://example.net/a.iso\n"
            "  dir=images\n  out=wool.iso\n  split=4\n  checksum=sha-256=" SHA256 "\n"
            "https://example.org/b.iso\n  dir=../up\n  checksum=crc32=12\n",
    .output = "images/wool.iso\thttps://example.org/a.iso\nb.iso\thttps://example.org/b.iso\n",
    .errors = "bobbin-cli: list.aria2:4: The option “split” has no effect here\n"
              "bobbin-cli: list.aria2:6: “../up” leads out of the folder and is left out\n"
              "bobbin-cli: list.aria2:6: The checksum “crc32” cannot be checked and is left out\n" },
  { .path = "aria2-json",
    .name = "list.aria2",
    .text = "https://example.org/a.iso\thttps://user:secret@example.net/a.iso\n"
            "  dir=images\n  out=wool.iso\n  checksum=sha-256=" SHA256 "\n",
    .output = "{\"event\":\"added\",\"id\":1,\"url\":\"https://example.org/a.iso\",\"name\":\"wool.iso\","
              "\"folder\":\"images\",\"mirrors\":[\"https://example.net/a.iso\"],"
              "\"digest\":\"sha-256=" SHA256 "\"}\n",
    .errors = "",
    .format = "--json" },
  { .path = "curl-config",
    .name = "fetch.curlrc",
    .text = "# what to fetch\nurl = \"https://example.org/a[1-2].txt\"\noutput = \"#1.txt\"\n"
            "user-agent = \"Loom\"\nlimit-rate = 5M\n",
    .output = "1.txt\thttps://example.org/a1.txt\n2.txt\thttps://example.org/a2.txt\n",
    .errors = "bobbin-cli: fetch.curlrc:5: The option “limit-rate” has no effect here\n" },
  { .path = "curl-upload",
    .name = "commands",
    .text = "curl -T notes.txt https://example.org/in\ncurl -O https://example.org/out.txt\n",
    .output = "out.txt\thttps://example.org/out.txt\n",
    .errors = "bobbin-cli: commands:1: This command would send something to the server (upload-file)\n" },
  { .path = "curl-options",
    .name = "commands",
    .text = "curl -O https://example.org/out.txt --limit-rate 5M --insecure\n",
    .output = "out.txt\thttps://example.org/out.txt\n",
    .errors = "bobbin-cli: commands:1: The option “limit-rate” has no effect here\n"
              "bobbin-cli: commands:1: The option “insecure” has no effect here\n" },
  { .path = "url-file",
    .name = "Wool.url",
    .text = "[InternetShortcut]\r\nURL=https://example.org/wool.zip\r\n",
    .output = "wool.zip\thttps://example.org/wool.zip\n",
    .errors = "" },
  { .path = "webloc",
    .name = "Wool.webloc",
    .text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict><key>URL</key>"
            "<string>https://example.org/wool.zip?a=1&amp;b=2</string></dict></plist>\n",
    .output = "wool.zip\thttps://example.org/wool.zip?a=1&b=2\n",
    .errors = "" },
  { .path = "html",
    .name = "page.html",
    .text = "<!doctype html><base href=\"https://example.org/dir/\"><a href=\"a.zip\" download=\"wool.zip\">"
            "A</a> <a href=\"mailto:me@example.org\">me</a> <img srcset=\"s.png 1x, l.png 2x\">",
    .output = "wool.zip\thttps://example.org/dir/a.zip\ns.png\thttps://example.org/dir/s.png\n"
              "l.png\thttps://example.org/dir/l.png\n",
    .errors = "" },
  { .path = "html-relative",
    .name = "page.html",
    .text = "<p><a href=\"a.zip\">A</a> <a href=\"https://example.org/b.zip\">B</a></p>",
    .output = "b.zip\thttps://example.org/b.zip\n",
    .errors = "bobbin-cli: page.html: Only the end of a link, and its page is not known; "
              "--base=URL tells it\n" },
  { .path = "m3u",
    .name = "songs.m3u",
    .text = "#EXTM3U\n#EXTINF:12,Loom\nhttps://example.org/loom.ogg\n",
    .output = "loom.ogg\thttps://example.org/loom.ogg\n",
    .errors = "" },
  { .path = "feed",
    .name = "news.xml",
    .text = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><item><title>One</title>"
            "<enclosure url=\"https://example.org/one.mp3\" length=\"5\" type=\"audio/mpeg\"/>"
            "</item></channel></rss>",
    .output = "one.mp3\thttps://example.org/one.mp3\n",
    .errors = "" },
  { .path = "uri-list",
    .name = "dropped.uri",
    .text = "# two\r\nhttps://example.org/a\r\nhttps://example.org/b\r\nftp://example.org/c\r\n",
    .output = "a\thttps://example.org/a\nb\thttps://example.org/b\n",
    .errors = "bobbin-cli: dropped.uri:4: Only http and https links can be downloaded\n" },
  { .path = "metalink",
    .name = "set.meta4",
    .text = "<?xml version=\"1.0\"?><metalink xmlns=\"urn:ietf:params:xml:ns:metalink\">"
            "<file name=\"set/a.iso\"><size>3</size><hash type=\"sha-256\">" SHA256 "</hash>"
            "<url priority=\"2\">https://example.org/a.iso</url>"
            "<url priority=\"1\">https://example.net/a.iso</url></file>"
            "<file name=\"../../a\"><url>https://example.org/x</url></file>"
            "<file name=\"b\"><metaurl mediatype=\"torrent\">https://example.org/b.torrent</metaurl></file>"
            "<file name=\"c\"><url>https://example.org/c</url></file></metalink>",
    .output
    = "{\"event\":\"failed\",\"error\":\"not-a-link\",\"message\":\"“../../a” leads out of the folder "
      "and is left out\",\"input\":\"set.meta4\",\"line\":2}\n"
      "{\"event\":\"failed\",\"error\":\"not-a-link\",\"message\":\"“b” comes as a torrent only, which "
      "a BitTorrent program opens\",\"input\":\"set.meta4\",\"line\":3}\n"
      "{\"event\":\"added\",\"id\":1,\"url\":\"https://example.net/a.iso\",\"name\":\"a.iso\","
      "\"folder\":\"set\",\"mirrors\":[\"https://example.org/a.iso\"],"
      "\"digest\":\"sha-256=" SHA256 "\",\"size\":3}\n"
      "{\"event\":\"added\",\"id\":2,\"url\":\"https://example.org/c\",\"name\":\"c\"}\n",
    .errors = "",
    .format = "--json" },
  { .path = "metalink-cut-off",
    .name = "set.meta4",
    .text = "<?xml version=\"1.0\"?><metalink xmlns=\"urn:ietf:params:xml:ns:metalink\">"
            "<file name=\"a\"><url>https://example.org/a</url></file><file na",
    .output = "a\thttps://example.org/a\n",
    .errors = "bobbin-cli: set.meta4: The file is damaged or cut off; what came before was read\n" },
};

/* A saved page gets its links back from whoever knows where it was. */
static void
test_base (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (CliResult) without = NULL;
  g_autoptr (CliResult) with = NULL;

  cli_test_write (fixture, "page.html",
                  "<a href='a.zip'>A</a> <a href='/b.zip'>B</a> <img src='//h.example/c'>");
  without = cli_test_run (fixture, NULL, "page.html", NULL);
  g_assert_cmpint (without->status, ==, 3);
  cli_test_assert_match (without->errors, "page is not known; --base=URL tells it$");

  with = cli_test_run (fixture, NULL, "--list", "--base=https://example.org/dir/page", "page.html", NULL);
  g_assert_cmpstr (with->output, ==,
                   "a.zip\thttps://example.org/dir/a.zip\nb.zip\thttps://example.org/b.zip\n"
                   "c\thttps://h.example/c\n");
  g_assert_cmpstr (with->errors, ==, "");
  g_assert_cmpint (with->status, ==, 0);
}

static void
test_shape (CliFixture *fixture, gconstpointer user_data)
{
  const Shape *shape = user_data;
  const char *format = shape->format != NULL ? shape->format : "--list";
  g_autoptr (CliResult) result = NULL;

  cli_test_write (fixture, shape->name, shape->text);
  result = cli_test_run (fixture, NULL, format, "--list", shape->name, NULL);
  g_assert_cmpstr (result->output, ==, shape->output);
  g_assert_cmpstr (result->errors, ==, shape->errors);
  g_assert_cmpint (result->status, ==, 0);
  cli_test_assert_names (fixture, shape->name);
}

/* Standard input has no name that tells the shape; its bytes do. */
static void
test_standard_input (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (CliResult) shortcut
      = cli_test_run (fixture, "[InternetShortcut]\nURL=https://example.org/a\n", "--list", "-", NULL);
  g_autoptr (CliResult) command
      = cli_test_run (fixture, "curl 'https://example.org/b' -o c", "--list", "-i", "-", NULL);

  g_assert_cmpstr (shortcut->output, ==, "a\thttps://example.org/a\n");
  g_assert_cmpstr (command->output, ==, "c\thttps://example.org/b\n");
}

/* What a BitTorrent program opens has failed, even if there is nothing else. */
static void
test_torrents (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (CliResult) magnet = cli_test_run (fixture, NULL, MAGNET, NULL);
  g_autoptr (CliResult) line = cli_test_run (fixture, MAGNET "\n", "--json", "-", NULL);
  g_autoptr (CliResult) torrent = NULL;
  g_autoptr (CliResult) list = NULL;

  cli_test_write (fixture, "wool.torrent", "d8:announce20:http://example.org/a4:infod4:name4:woolee");
  torrent = cli_test_run (fixture, NULL, "wool.torrent", NULL);
  list = cli_test_run (fixture, NULL, "--list", "wool.torrent", NULL);

  g_assert_cmpint (magnet->status, ==, 1);
  cli_test_assert_match (
      magnet->errors, "^bobbin-cli: magnet:[^ ]+: This is a magnet link, which a BitTorrent program opens$");
  g_assert_cmpint (line->status, ==, 1);
  cli_test_assert_match (line->output,
                         "\"error\":\"unsupported-scheme\",\"message\":\"This is a magnet link, which a "
                         "BitTorrent program opens\",\"input\":\"-\",\"line\":1}");
  g_assert_cmpint (torrent->status, ==, 1);
  cli_test_assert_match (torrent->errors,
                         "^bobbin-cli: wool.torrent: This is a torrent, which a BitTorrent program opens$");
  g_assert_cmpint (list->status, ==, 3);
  cli_test_assert_names (fixture, "wool.torrent");
}

static void
test_patterns (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (CliResult) arguments
      = cli_test_run (fixture, NULL, "--list", "http://example.org/[08-10].{png,jpg}", "example.org/[a-c:2]",
                      "http://[::1]/x", "http://example.org/\\[1-2\\]", NULL);
  g_autoptr (CliResult) file
      = cli_test_run (fixture, "http://example.org/[1-2]\nhttp://[::1]/{a}\n", "--list", "-", NULL);

  g_assert_cmpstr (arguments->errors, ==, "");
  g_assert_cmpstr (arguments->output, ==,
                   "08.png\thttp://example.org/08.png\n08.jpg\thttp://example.org/08.jpg\n"
                   "09.png\thttp://example.org/09.png\n09.jpg\thttp://example.org/09.jpg\n"
                   "10.png\thttp://example.org/10.png\n10.jpg\thttp://example.org/10.jpg\n"
                   "a\thttps://example.org/a\nc\thttps://example.org/c\n"
                   "x\thttp://[::1]/x\n[1-2]\thttp://example.org/%5B1-2%5D\n");
  cli_test_assert_match (file->output, "\\A1\thttp://example.org/1\n2\thttp://example.org/2\n");
}

/* Nobody can be asked: many are refused, and all the others are taken. */
static void
test_large_patterns (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (CliResult) most = cli_test_run (fixture, NULL, "--list", "http://example.org/[1-1000]", NULL);
  g_autoptr (CliResult) many = cli_test_run (fixture, NULL, "--list", "http://user:pw@example.org/[1-1001]",
                                             "http://example.org/a", NULL);
  g_autoptr (CliResult) too_many = cli_test_run (fixture, NULL, "http://example.org/[1-1000001]", NULL);
  g_autoptr (CliResult) lines
      = cli_test_run (fixture, "http://example.org/[1-600]\nhttp://example.com/[1-600]\n", "--list", "--json",
                      "-", NULL);

  g_assert_cmpint (most->status, ==, 0);
  cli_test_assert_match (most->output, "^1000\thttp://example.org/1000\n\\z");
  g_assert_cmpint (many->status, ==, 0);
  g_assert_cmpstr (many->output, ==, "a\thttp://example.org/a\n");
  g_assert_cmpstr (
      many->errors, ==,
      "bobbin-cli: http://example.org/[1-1001]: This stands for 1001 links, and up to 1000 can be "
      "made; choose a smaller range, or list the links in a file\n");
  g_assert_cmpint (too_many->status, ==, 1);
  cli_test_assert_match (too_many->errors, ": This stands for too many links; choose a smaller range$");
  cli_test_assert_match (lines->output, "\"error\":\"not-a-link\",\"message\":\"The patterns stand for more "
                                        "than 1000 links; .*\",\"input\":\"-\",\"line\":2}");
  cli_test_assert_match (lines->output, "\"id\":600,");
  cli_test_assert_no_match (lines->output, "\"id\":601,");
}

static void
test_pattern_downloads (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/[10-30:10]");
  g_autoptr (CliResult) result = cli_test_run (fixture, NULL, uri, NULL);

  g_assert_cmpint (result->status, ==, 0);
  cli_test_assert_names (fixture, "10 20 30");
  cli_test_assert_bytes (fixture, "30", 30);
}

/* What has an effect less is said, but for those who want nothing said. */
static void
test_remarks (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (CliResult) told = NULL;
  g_autoptr (CliResult) quiet = NULL;

  for (guint i = 0; i < 7; i++)
    g_string_append_printf (list, "https://example.org/%u\thttps://example.net/\n  split=2\n", i);
  cli_test_write (fixture, "list", list->str);
  told = cli_test_run (fixture, NULL, "--list", "list", NULL);
  quiet = cli_test_run (fixture, NULL, "--list", "--quiet", "list", NULL);

  cli_test_assert_match (told->errors, "^bobbin-cli: list:10: The option “split” has no effect here\n"
                                       "bobbin-cli: list: 2 more lines like this\n\\z");
  g_assert_cmpstr (quiet->errors, ==, "");
  g_assert_cmpstr (quiet->output, ==, told->output);
}

/* Files go below the folder, and what is there already is found again. */
static void
test_folders (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *first = cli_test_dup_uri (fixture, "/bytes/2000");
  g_autofree char *second = cli_test_dup_uri (fixture, "/bytes/1000");
  g_autofree char *list = g_strdup_printf ("%s\n dir=a/b\n out=wool\n%s\n out=c/thread\n", first, second);
  g_autoptr (CliResult) result = cli_test_run (fixture, list, "-d", "new", "-", NULL);
  g_autoptr (CliResult) again = cli_test_run (fixture, list, "-d", "new", "-", NULL);
  g_autoptr (CliResult) named = NULL;

  g_assert_cmpint (result->status, ==, 0);
  cli_test_assert_bytes (fixture, "new/a/b/wool", 2000);
  cli_test_assert_bytes (fixture, "new/c/thread", 1000);
  cli_test_assert_match (again->output, "^wool · Already here\nthread · Already here\n");
  g_assert_cmpint (again->status, ==, 0);

  strstr (list, "wool\n")[strlen ("wool\n")] = '\0';
  named = cli_test_run (fixture, list, "-d", "new", "-o", "ball", "-", NULL);
  g_assert_cmpint (named->status, ==, 0);
  cli_test_assert_bytes (fixture, "new/ball", 2000);
}

/* A symbolic link in the folder does not lead files out of it. */
static void
test_folder_that_leads_out (CliFixture *fixture, gconstpointer user_data)
{
  g_autofree char *uri = cli_test_dup_uri (fixture, "/bytes/2000");
  g_autofree char *list = g_strdup_printf ("%s\n dir=out/b\n%s?\n dir=file\n%s?a\n", uri, uri, uri);
  g_autofree char *outside = cli_test_dup_path (fixture, "into/out");
  g_autoptr (CliResult) result = NULL;
  g_autoptr (CliResult) alone = NULL;

  cli_test_write (fixture, "kept", "mine");
  g_assert_cmpint (g_mkdir_with_parents (outside, 0700), ==, 0);
  g_assert_cmpint (rmdir (outside), ==, 0);
  g_assert_cmpint (symlink (fixture->home, outside), ==, 0);
  cli_test_write (fixture, "into/file", "mine");

  result = cli_test_run (fixture, list, "-d", "into", "-", NULL);
  g_assert_cmpint (result->status, ==, 1);
  cli_test_assert_match (result->errors, "^bobbin-cli: http://.*/bytes/2000: In the place of the folder "
                                         "“out/b” is a file, or a link to another place$");
  cli_test_assert_match (result->errors, "“file” is a file, or");
  cli_test_assert_match (result->output, "^1 of 1 finished$");
  cli_test_assert_bytes (fixture, "into/2000", 2000);

  *strchr (strchr (list, '\n') + 1, '\n') = '\0';
  alone = cli_test_run (fixture, list, "-d", "into", "--json", "-", NULL);
  g_assert_cmpint (alone->status, ==, 1);
  cli_test_assert_match (alone->output, "\"url\":\"http://.*/bytes/2000\",\"error\":\"no-such-folder\",");
  cli_test_assert_match (alone->output, "\"event\":\"run\".*\"failed\":1,");
}

static void
answer (BobbinFaultServer *server, const char *path)
{
  bobbin_fault_server_answer (server, path, "HTTP/1.1 200 OK\nContent-Length: 4", "wool", BOBBIN_FAULT_KEEP);
}

/* What a file says of its link is more exact than the command line. */
static void
test_headers (CliFixture *fixture, gconstpointer user_data)
{
  g_autoptr (BobbinFaultServer) server = bobbin_fault_server_new ();
  g_autofree char *own = bobbin_fault_server_dup_uri (server, "/own");
  g_autofree char *other = bobbin_fault_server_dup_uri (server, "/other");
  g_autofree char *list = g_strdup_printf ("%s\n user-agent=Loom/1\n%s\n referer=%s\n", own, other, own);
  g_autoptr (CliResult) result = NULL;
  g_autofree char *own_request = NULL;
  g_autofree char *other_request = NULL;

  answer (server, "/own");
  answer (server, "/other");
  result = cli_test_run (fixture, list, "-j1", "--user-agent=Spool/2", "-H", "X-Yarn: 1", "-H", "X-Yarn: 2",
                         "-", NULL);
  own_request = bobbin_fault_server_dup_request (server, 0);
  other_request = bobbin_fault_server_dup_request (server, 1);

  g_assert_cmpint (result->status, ==, 0);
  g_assert_cmpstr (result->errors, ==, "");
  cli_test_assert_match (own_request, "^User-Agent: Loom/1\r?$");
  cli_test_assert_no_match (own_request, "Spool");
  cli_test_assert_match (own_request, "^X-Yarn: 1\r?\n(.*\n)*X-Yarn: 2\r?$");
  cli_test_assert_match (other_request, "^User-Agent: Spool/2\r?$");
  cli_test_assert_match (other_request, "^Referer: http://.*/own\r?$");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/links/shape/", shapes[i].path, NULL);

      cli_test_add (path, test_shape, &shapes[i]);
    }
  cli_test_add ("/cli/links/standard-input", test_standard_input, NULL);
  cli_test_add ("/cli/links/torrents", test_torrents, NULL);
  cli_test_add ("/cli/links/patterns", test_patterns, NULL);
  cli_test_add ("/cli/links/large-patterns", test_large_patterns, NULL);
  cli_test_add ("/cli/links/pattern-downloads", test_pattern_downloads, NULL);
  cli_test_add ("/cli/links/remarks", test_remarks, NULL);
  cli_test_add ("/cli/links/folders", test_folders, NULL);
  cli_test_add ("/cli/links/folder-that-leads-out", test_folder_that_leads_out, NULL);
  cli_test_add ("/cli/links/headers", test_headers, NULL);
  cli_test_add ("/cli/links/base", test_base, NULL);

  return g_test_run ();
}
