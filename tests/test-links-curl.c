/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-test.h"
#include "bobbin-test-links.h"

#include <string.h>

static const struct
{
  const char *text;
  const char *uris;
  const char *name;    /* of the first link */
  const char *headers; /* of the first link */
} rows[] = {
  { "curl https://example.org/a", "https://example.org/a", NULL, "" },
  { "$ curl -sSLO https://example.org/a", "https://example.org/a", NULL, "" },
  { "curl example.org/a", "https://example.org/a", NULL, "" },
  { "/usr/bin/curl https://example.org/a", NULL, NULL, NULL }, /* text */
  /* as browsers copy it */
  { "curl 'https://example.org/a?b=c&d=e' \\\n  -H 'accept: */*' \\\n  -H 'accept-language: de;q=0.9' \\\n"
    "  -H 'cookie: a=\"b\"; c=d' \\\n  -H 'user-agent: Mozilla/5.0 (X11)' \\\n  -H 'range: bytes=0-' \\\n"
    "  -H 'if-none-match: W/\"x\"' -H 'Accept-Encoding: gzip, deflate, br' -H 'Connection: keep-alive' "
    "--compressed",
    "https://example.org/a?b=c&d=e", NULL,
    "accept: */*|accept-language: de;q=0.9|cookie: a=\"b\"; c=d|user-agent: Mozilla/5.0 (X11)" },
  { "curl $'https://example.org/it\\'s\\u0021\\x41\\101\\n' -H $'x: \\u00e9'", NULL, NULL, NULL },
  { "curl $'https://example.org/it\\'s\\u0021\\x41\\101' -H $'x: \\u00e9'", "https://example.org/it's!AA",
    NULL, "x: \xc3\xa9" },
  { "curl \"https://example.org/a?b=\\\"\\$c\\\\d\"", "https://example.org/a?b=%22$c%5Cd", NULL, "" },
  { "curl ^\"https://example.org/a?b=1^&c=^%^20d^\" ^\r\n  -H ^\"accept: ^*/^*^\" ^\r\n  -H ^\"x: "
    "a^\\^\"b^\\^\"^\" ^\r\n  --compressed",
    "https://example.org/a?b=1&c=%20d", NULL, "accept: */*|x: a\"b\"" },
  { "curl \"https://example.org/a\" ^\n -H \"accept: b\"", "https://example.org/a", NULL, "accept: b" },
  /* options that count */
  { "curl -b 'a=b' --cookie c=d -e https://r.example/ -A agent https://example.org/a",
    "https://example.org/a", NULL, "Referer: https://r.example/|User-Agent: agent|Cookie: a=b; c=d" },
  { "curl --oauth2-bearer token https://example.org/a", "https://example.org/a", NULL,
    "Authorization: Bearer token" },
  { "curl -u me:se/cr@t https://example.org/a", "https://me:se%2Fcr%40t@example.org/a", NULL, "" },
  { "curl --user=me https://example.org/a", "https://me@example.org/a", NULL, "" },
  { "curl -u you:x https://me:y@example.org/a", "https://me:y@example.org/a", NULL, "" },
  { "curl -o name.zip https://example.org/a", "https://example.org/a", "name.zip", "" },
  { "curl -oname.zip https://example.org/a", "https://example.org/a", "name.zip", "" },
  { "curl https://example.org/a > name.zip 2> /dev/null", "https://example.org/a", "name.zip", "" },
  { "curl -o one https://example.org/1 -O https://example.org/2 -o three https://example.org/3",
    "https://example.org/1 https://example.org/2 https://example.org/3", "one", "" },
  { "curl --output-dir sub -o b.zip https://example.org/a", "https://example.org/a", "b.zip", "" },
  { "curl -G -d a=b --data-urlencode 'c=d e&' -d 'f g' https://example.org/a?x",
    "https://example.org/a?x&a=b&c=d%20e%26&f%20g", NULL, "" },
  { "curl -m 5 --retry 3 -w '%{url}' -C - -X GET --url https://example.org/a", "https://example.org/a", NULL,
    "" },
  { "curl -- https://example.org/a", "https://example.org/a", NULL, "" },
  { "curl -H 'x-removed:' -H 'x-empty;' -H 'y: z' https://example.org/a", "https://example.org/a", NULL,
    "x-empty: |y: z" },
  /* several commands; what belongs to other programs is passed over */
  { "curl -H 'a: b' https://example.org/1 ;\ncurl https://example.org/2 && curl https://example.org/3 | tar "
    "x",
    "https://example.org/1 https://example.org/2 https://example.org/3", NULL, "a: b" },
  { "curl https://example.org/1 --next -A x https://example.org/2",
    "https://example.org/1 https://example.org/2", NULL, "" },
  { "curl https://example.org/1\n# a comment\nwget -c https://example.org/2\n",
    "https://example.org/1 https://example.org/2", NULL, "" },
  /* patterns, as curl has them */
  { "curl 'https://example.org/[1-2].{a,b}' -o '#1_#2'",
    "https://example.org/1.a https://example.org/1.b https://example.org/2.a https://example.org/2.b", "1_a",
    "" },
  { "curl 'https://example.org/\\[1-2\\]'", "https://example.org/%5B1-2%5D", NULL, "" },
  { "curl -g 'https://example.org/[1-2]{a,b}'", "https://example.org/%5B1-2%5D%7Ba,b%7D", NULL, "" },
  /* files of options */
  { "# a list\nurl = \"https://example.org/1\"\noutput = \"a "
    "\\\"b\\\".txt\"\n\n-O\nurl=https://example.org/2\nuser-agent: agent x\n",
    "https://example.org/1 https://example.org/2", "a _b_.txt", "User-Agent: agent" },
  { "--silent\n--url https://example.org/1\n-H \"a: b\"\nnext\nurl \"https://example.org/2\"",
    "https://example.org/1 https://example.org/2", NULL, "a: b" },
};

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BobbinLinks) links = bobbin_test_read (rows[i].text);

      bobbin_test_message (rows[i].text);
      if (rows[i].uris == NULL)
        continue;
      bobbin_test_assert_uris (links, rows[i].uris);
      g_assert_cmpstr (bobbin_link_get_name (bobbin_links_get_link (links, 0)), ==, rows[i].name);
      bobbin_test_assert_headers (bobbin_links_get_link (links, 0), rows[i].headers);
    }
}

/* Whatever a command says of secrets, no note repeats it. */
static void
test_refused (void)
{
  static const struct
  {
    const char *command;
    BobbinReason reason;
    const char *option;
  } refused[] = {
    { "curl https://example.org/ -d SECRET", BOBBIN_REASON_UPLOAD, "data" },
    { "curl https://example.org/ --data-raw $'{\"a\":\"SECRET\"}'", BOBBIN_REASON_UPLOAD, "data" },
    { "curl -G -d @SECRET https://example.org/", BOBBIN_REASON_UPLOAD, "data" },
    { "curl -F a=@SECRET https://example.org/", BOBBIN_REASON_UPLOAD, "form" },
    { "curl --json '{}' https://example.org/", BOBBIN_REASON_UPLOAD, "json" },
    { "curl -T SECRET https://example.org/", BOBBIN_REASON_UPLOAD, "upload-file" },
    { "curl -XPOST https://example.org/", BOBBIN_REASON_UPLOAD, "request" },
    { "curl -X DELETE https://example.org/", BOBBIN_REASON_UPLOAD, "request" },
    { "curl -X OPTIONS https://example.org/", BOBBIN_REASON_METHOD, "request" },
    { "curl -I https://example.org/", BOBBIN_REASON_METHOD, "head" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (BobbinLinks) links = bobbin_test_read (refused[i].command);

      bobbin_test_message (refused[i].command);
      g_assert_cmpuint (bobbin_links_get_n_links (links), ==, 0);
      bobbin_test_assert_line (links, 0, BOBBIN_VERDICT_REFUSED, refused[i].reason, 0);
      bobbin_test_assert_note (links, 0, 0, refused[i].reason, refused[i].option);
    }
}

static void
test_notes (void)
{
  g_autoptr (BobbinLinks) links
      = bobbin_test_read ("curl -k -x proxy.example:8080 \\\n -o /etc/passwd \\\n"
                          " -H 'Host: other.example' https://example.org/a\ncurl\ncurl -s ftp://h/a\n"
                          "curl https://");

  bobbin_test_assert_uris (links, "https://example.org/a");
  g_assert_cmpstr (bobbin_link_get_name (bobbin_links_get_link (links, 0)), ==, "passwd");
  g_assert_null (bobbin_link_get_subfolder (bobbin_links_get_link (links, 0)));
  g_assert_cmpuint (bobbin_links_get_n_lines (links), ==, 6);
  bobbin_test_assert_line (links, 0, BOBBIN_VERDICT_EMPTY, BOBBIN_REASON_OPTION, 0);
  bobbin_test_assert_line (links, 1, BOBBIN_VERDICT_EMPTY, BOBBIN_REASON_NONE, 0);
  bobbin_test_assert_line (links, 2, BOBBIN_VERDICT_LINKS, BOBBIN_REASON_LEAVES_FOLDER, 1);
  bobbin_test_assert_line (links, 3, BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_NO_LINK, 0);
  bobbin_test_assert_line (links, 4, BOBBIN_VERDICT_UNSUPPORTED_SCHEME, BOBBIN_REASON_SCHEME, 0);
  bobbin_test_assert_line (links, 5, BOBBIN_VERDICT_NOT_A_LINK, BOBBIN_REASON_NONE, 0);
  bobbin_test_assert_note (links, 0, 0, BOBBIN_REASON_OPTION, "insecure");
  bobbin_test_assert_note (links, 1, 0, BOBBIN_REASON_OPTION, "proxy");
  bobbin_test_assert_note (links, 2, 2, BOBBIN_REASON_LEAVES_FOLDER, "/etc/passwd");
  bobbin_test_assert_note (links, 3, 2, BOBBIN_REASON_HEADER, "Host");
}

static void
test_folders (void)
{
  g_autoptr (BobbinLinks) links
      = bobbin_test_read ("curl --output-dir a/b -o c/d.zip https://example.org/1 https://example.org/2\n"
                          "curl --output-dir ../up https://example.org/3");

  g_assert_cmpstr (bobbin_link_get_subfolder (bobbin_links_get_link (links, 0)), ==, "a/b/c");
  g_assert_cmpstr (bobbin_link_get_name (bobbin_links_get_link (links, 0)), ==, "d.zip");
  g_assert_cmpstr (bobbin_link_get_subfolder (bobbin_links_get_link (links, 1)), ==, "a/b");
  g_assert_null (bobbin_link_get_name (bobbin_links_get_link (links, 1)));
  g_assert_null (bobbin_link_get_subfolder (bobbin_links_get_link (links, 2)));
  bobbin_test_assert_line (links, 1, BOBBIN_VERDICT_LINKS, BOBBIN_REASON_LEAVES_FOLDER, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/links-curl/rows", test_rows);
  g_test_add_func ("/links-curl/refused", test_refused);
  g_test_add_func ("/links-curl/notes", test_notes);
  g_test_add_func ("/links-curl/folders", test_folders);

  return g_test_run ();
}
