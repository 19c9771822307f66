/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-error.h"
#include "bobbin-link.h"
#include "bobbin-test.h"
#include "bobbin-uri.h"

#include <string.h>

static const struct
{
  const char *text;
  const char *uri;
} good[] = {
  /* one form for all ways to write the same link */
  { "http://example.org", "http://example.org/" },
  { "HTTP://EXAMPLE.org/A", "http://example.org/A" },
  { "https://example.org:443/a", "https://example.org/a" },
  { "http://example.org:80", "http://example.org/" },
  { "http://example.org:/a", "http://example.org/a" },
  { "http://example.org:0080/a", "http://example.org/a" },
  { "https://example.org:80/a", "https://example.org:80/a" },
  { "http://example.org:65535/a", "http://example.org:65535/a" },
  { "http://example.org?q=1", "http://example.org/?q=1" },
  { "http://example.org#top", "http://example.org/" },
  { "http://example.org/a#b?c", "http://example.org/a" },
  { "http://example.org/a?b#c", "http://example.org/a?b" },
  { "http://example.org./a", "http://example.org./a" },
  { "http://a_b.example.org/", "http://a_b.example.org/" },
  /* what is encoded stays, what is not is */
  { "http://example.org/a%20b%2fc", "http://example.org/a%20b%2fc" },
  { "http://example.org/100%", "http://example.org/100%25" },
  { "http://example.org/%zz%4", "http://example.org/%25zz%254" },
  { "http://example.org/caf\xc3\xa9?q=\xe2\x82\xac", "http://example.org/caf%C3%A9?q=%E2%82%AC" },
  { "http://example.org/a[1]{b}|\"<c>^`", "http://example.org/a%5B1%5D%7Bb%7D%7C%22%3Cc%3E%5E%60" },
  { "http://example.org/a?b\\c", "http://example.org/a?b%5Cc" },
  { "http://example.org/a?b=c?d/e@f:g", "http://example.org/a?b=c?d/e@f:g" },
  { "http://example.org/a;b=1,2/c@d:e!$&'()*+", "http://example.org/a;b=1,2/c@d:e!$&'()*+" },
  /* international names */
  { "http://b\xc3\xbc"
    "cher.example/",
    "http://xn--bcher-kva.example/" },
  { "http://B\xc3\x9c"
    "CHER.example/",
    "http://xn--bcher-kva.example/" },
  /* addresses, however they are written */
  { "http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x" },
  { "http://127.1/", "http://127.0.0.1/" },
  { "http://2130706433/", "http://127.0.0.1/" },
  { "http://0x7f.0.0.1/", "http://127.0.0.1/" },
  { "http://0177.0.0.1/", "http://127.0.0.1/" },
  { "http://127.0.0.1./", "http://127.0.0.1/" },
  { "http://[::1]:8080/x", "http://[::1]:8080/x" },
  { "http://[2001:DB8::A]/", "http://[2001:db8::a]/" },
  /* user and password go with the request */
  { "http://me:secret@example.org/", "http://me:secret@example.org/" },
  { "http://me@example.org/", "http://me@example.org/" },
  { "http://@example.org/", "http://example.org/" },
  { "http://a%40b:c%3Ad@example.org/", "http://a%40b:c%3Ad@example.org/" },
  { "http://example.org/@not-a-user", "http://example.org/@not-a-user" },
};

static const char *const not_links[] = {
  "",
  " ",
  "example.org",
  "example.org/a",
  "example.org:80/a",
  "localhost:8000",
  "//example.org/a",
  "://example.org/a",
  "http",
  "http:",
  "http:/example.org",
  "http:example.org",
  "http://",
  "http:///a",
  "http://?a",
  "http://#a",
  "http://:80/",
  "http://me@/",
  "http://example.org:0/",
  "http://example.org:65536/",
  "http://example.org:99999999999999999999/",
  "http://example.org:-1/",
  "http://example.org:8 0/",
  "http://example.org:80a/",
  "http://.example.org/",
  "http://example..org/",
  "http://exa mple.org/",
  " http://example.org/",
  "http://example.org/a b",
  "http://example.org/\n",
  "http://example.org/\r\nX: y",
  "http://example.org/\t",
  "http://example.org/\x7f",
  "http://example.org/\xc2\x80",
  "http://example.org/\xff",
  "http://example.org%0d%0aX:y/",
  "http://exam%70le.org/",
  "http://example.org%00.evil.example/",
  "http://good.example\\@evil.example/",
  "http:\\\\example.org\\",
  "http://example.org/a\\..\\b",
  "http://good.example@evil.example@third.example/",
  "http://[::1",
  "http://[::1]x/",
  "http://[::1%25eth0]/",
  "http://[fe80::1%lo]/",
  "http://[127.0.0.1]/",
  "http://[]/",
  "http://::1/",
  "http://1.2.3.4.5/",
  "http://256.1.1.1/",
  "http://1.2.3.0x1ff/",
  "http://example.org<b>/",
  "http://exam\"ple.org/",
  "http://a*b.example/",
  /* "a/c" in one character, which the mapping of names takes apart */
  "http://\xe2\x84\x80.example/",
};

static const char *const other_schemes[] = {
  "ftp://example.org/a",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "data:text/plain,a",
  "magnet:?xt=urn:btih:abc",
  "mailto:a@b.example",
  "gopher://a/",
  "httpss://example.org/",
  "ws://example.org/",
  "view-source:http://example.org/",
};

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BobbinLink) link = bobbin_link_new (good[i].text, &error);
      g_autoptr (BobbinLink) again = NULL;

      bobbin_test_message (good[i].text);
      g_assert_no_error (error);
      g_assert_nonnull (link);
      g_assert_cmpstr (bobbin_link_get_uri (link), ==, good[i].uri);

      again = bobbin_link_new (bobbin_link_get_uri (link), &error);
      g_assert_no_error (error);
      g_assert_cmpstr (bobbin_link_get_uri (again), ==, good[i].uri);
    }
}

static void
test_not_links (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (not_links); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BobbinLink) link = bobbin_link_new (not_links[i], &error);

      bobbin_test_message (not_links[i]);
      g_assert_error (error, BOBBIN_ERROR, BOBBIN_ERROR_NOT_A_LINK);
      g_assert_null (link);
    }
}

static void
test_other_schemes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (other_schemes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BobbinLink) link = bobbin_link_new (other_schemes[i], &error);

      bobbin_test_message (other_schemes[i]);
      g_assert_error (error, BOBBIN_ERROR, BOBBIN_ERROR_UNSUPPORTED_SCHEME);
      g_assert_null (link);
    }
}

static void
test_length (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_strnfill (BOBBIN_URI_MAX, 'a');
  g_autofree char *longer = g_strconcat ("http://h/", path, NULL);
  g_autofree char *too_long = g_strndup (longer, BOBBIN_URI_MAX + 1);
  g_autofree char *fits = g_strndup (longer, BOBBIN_URI_MAX);
  g_autoptr (BobbinLink) link = bobbin_link_new (fits, &error);
  g_autoptr (BobbinLink) none = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (link);
  none = bobbin_link_new (too_long, &error);
  g_assert_error (error, BOBBIN_ERROR, BOBBIN_ERROR_NOT_A_LINK);
  g_assert_null (none);
}

/* A password shows up nowhere but in the request. */
static void
test_shown (void)
{
  static const struct
  {
    const char *text;
    const char *host;
    const char *shown;
  } rows[] = {
    { "https://example.org/a?b", "example.org", "https://example.org/a?b" },
    { "https://example.org:443/", "example.org", "https://example.org/" },
    { "https://example.org:8443/", "example.org:8443", "https://example.org:8443/" },
    { "http://me:SECRET@example.org:8080/a", "example.org:8080", "http://example.org:8080/a" },
    { "http://me:SECRET@[::1]:81/", "[::1]:81", "http://[::1]:81/" },
    { "http://[::1]/", "[::1]", "http://[::1]/" },
    { "http://example.org/a@b", "example.org", "http://example.org/a@b" },
    { "http://2130706433/", "127.0.0.1", "http://127.0.0.1/" },
    { "http://xn--bcher-kva.example/",
      "b\xc3\xbc"
      "cher.example",
      "http://b\xc3\xbc"
      "cher.example/" },
    /* "пример.испытание": one script throughout */
    { "http://xn--e1afmkfd.xn--80akhbyknj4f/", "пример.испытание", "http://пример.испытание/" },
    /* "例え.テスト" */
    { "http://xn--r8jz45g.xn--zckzah/", "例え.テスト", "http://例え.テスト/" },
    /* "раураl.com" with five Cyrillic letters and "аррӏе.com" with only such */
    { "http://xn--l-7sba6dbr.com/", "xn--l-7sba6dbr.com", "http://xn--l-7sba6dbr.com/" },
    /* "apple.com" with a letter for phoneticians */
    { "http://xn--pple-p5b.com/", "xn--pple-p5b.com", "http://xn--pple-p5b.com/" },
    { "http://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com", "http://xn--80ak6aa92e.com/" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BobbinLink) link = bobbin_link_new (rows[i].text, &error);
      g_autofree char *host = NULL;
      g_autofree char *shown = NULL;

      bobbin_test_message (rows[i].text);
      g_assert_no_error (error);
      host = bobbin_link_dup_host (link);
      shown = bobbin_link_dup_shown_uri (link);
      g_assert_cmpstr (host, ==, rows[i].host);
      g_assert_cmpstr (shown, ==, rows[i].shown);
    }
}

static void
test_errors_keep_secrets (void)
{
  static const char *const texts[]
      = { "http://me:SECRET@/", "ftp://me:SECRET@example.org/", "me:SECRET@example.org" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BobbinLink) link = bobbin_link_new (texts[i], &error);

      g_assert_null (link);
      g_assert_nonnull (error);
      g_assert_null (strstr (error->message, "SECRET"));
    }
}

static void
test_options (void)
{
  g_autoptr (BobbinLink) link = bobbin_link_new ("http://example.org/", NULL);
  g_autoptr (BobbinLink) other = bobbin_link_new ("http://example.org/2", NULL);
  g_autoptr (BobbinLink) copy = NULL;
  g_autofree char *folder = g_strdup ("/tmp/some folder");

  g_assert_null (bobbin_link_get_name (link));
  g_assert_null (bobbin_link_get_folder (link));
  g_assert_null (bobbin_link_get_headers (link)[0]);

  bobbin_link_set_name (link, "a/b.txt");
  bobbin_link_set_folder (link, folder);
  bobbin_link_set_folder (other, "/tmp/some folder");
  g_assert_true (bobbin_link_add_header (link, "Cookie", " a=b ", NULL));
  g_assert_cmpstr (bobbin_link_get_name (link), ==, "a/b.txt");
  g_assert_cmpstr (bobbin_link_get_folder (link), ==, "/tmp/some folder");
  /* one string for all links into one folder */
  g_assert_true (bobbin_link_get_folder (link) == bobbin_link_get_folder (other));

  copy = bobbin_link_copy (link);
  bobbin_link_set_name (copy, "");
  bobbin_link_set_folder (copy, NULL);
  g_assert_true (bobbin_link_add_header (copy, "Referer", "http://example.org/", NULL));
  g_assert_null (bobbin_link_get_name (copy));
  g_assert_null (bobbin_link_get_folder (copy));
  g_assert_cmpstr (bobbin_link_get_headers (copy)[1], ==, "a=b");
  g_assert_cmpstr (bobbin_link_get_headers (copy)[2], ==, "Referer");
  g_assert_null (bobbin_link_get_headers (copy)[4]);

  g_assert_cmpstr (bobbin_link_get_name (link), ==, "a/b.txt");
  g_assert_cmpstr (bobbin_link_get_headers (link)[0], ==, "Cookie");
  g_assert_null (bobbin_link_get_headers (link)[2]);
}

static void
test_headers (void)
{
  static const struct
  {
    const char *name;
    const char *value;
    gboolean good;
  } rows[] = {
    { "Accept", "image/*;q=0.8, */*", TRUE },
    { "X-Empty", "", TRUE },
    { "X!#$%&'*+-.^_`|~9", "a\tb", TRUE },
    { "Authorization", "Bearer a.b-c", TRUE },
    { "X-Raw", "caf\xe9", TRUE },
    { "", "a", FALSE },
    { "X Y", "a", FALSE },
    { "X:", "a", FALSE },
    { "X\r\nY", "a", FALSE },
    { "X\xc3\xa9", "a", FALSE },
    { "X", "a\r\nEvil: b", FALSE },
    { "X", "a\nEvil: b", FALSE },
    { "X", "a\rb", FALSE },
    { "X", "a\x01", FALSE },
    { "X", "a\x7f", FALSE },
    { "Host", "evil.example", FALSE },
    { "hOST", "evil.example", FALSE },
    { "Content-Length", "5", FALSE },
    { "Transfer-Encoding", "chunked", FALSE },
    { "Connection", "close", FALSE },
    { "Range", "bytes=0-", FALSE },
    { "If-Range", "\"a\"", FALSE },
    { "Accept-Encoding", "gzip", FALSE },
    { "Proxy-Authorization", "Basic YTpi", FALSE },
    { "TE", "trailers", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BobbinLink) link = bobbin_link_new ("http://example.org/", NULL);
      g_autoptr (GError) error = NULL;

      bobbin_test_message (rows[i].value);
      g_assert_cmpint (bobbin_link_add_header (link, rows[i].name, rows[i].value, &error), ==, rows[i].good);
      if (rows[i].good)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (bobbin_link_get_headers (link)[0], ==, rows[i].name);
          g_assert_cmpstr (bobbin_link_get_headers (link)[1], ==, rows[i].value);
        }
      else
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
          g_assert_null (bobbin_link_get_headers (link)[0]);
        }
    }
}

static void
assert_mirror (const BobbinLink *link, guint index, const char *uri, guint priority, const char *location)
{
  const BobbinMirror *mirror = bobbin_link_get_mirror (link, index);

  g_assert_cmpstr (mirror->uri, ==, uri);
  g_assert_cmpuint (mirror->priority, ==, priority);
  g_assert_cmpstr (mirror->location, ==, location);
}

static void
test_mirrors (void)
{
  g_autoptr (BobbinLink) link = bobbin_link_new ("http://example.org/a", NULL);
  g_autoptr (BobbinLink) copy = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (bobbin_link_get_n_mirrors (link), ==, 0);
  g_assert_true (bobbin_link_add_mirror (link, "HTTP://Third.example:80/a", 7, "de", NULL));
  g_assert_true (bobbin_link_add_mirror (link, "https://last.example/a", 0xffffffff, "Mars", NULL));
  g_assert_true (bobbin_link_add_mirror (link, "https://first.example/a", 0, "US", NULL));
  g_assert_true (bobbin_link_add_mirror (link, "https://fourth.example/a", 7, NULL, NULL));
  g_assert_true (bobbin_link_add_mirror (link, "https://second.example/a", 2, "d3", NULL));
  /* known already */
  g_assert_true (bobbin_link_add_mirror (link, "http://example.org:80/a", 1, NULL, NULL));
  g_assert_true (bobbin_link_add_mirror (link, "http://third.example/a", 1, NULL, NULL));

  g_assert_false (bobbin_link_add_mirror (link, "ftp://example.org/a", 1, NULL, &error));
  g_assert_error (error, BOBBIN_ERROR, BOBBIN_ERROR_UNSUPPORTED_SCHEME);
  g_clear_error (&error);
  g_assert_false (bobbin_link_add_mirror (link, "/a", 1, NULL, &error));
  g_assert_error (error, BOBBIN_ERROR, BOBBIN_ERROR_NOT_A_LINK);

  copy = bobbin_link_copy (link);
  g_assert_true (bobbin_link_add_mirror (copy, "https://fifth.example/a", 8, NULL, NULL));
  g_assert_cmpuint (bobbin_link_get_n_mirrors (copy), ==, 6);
  g_assert_cmpuint (bobbin_link_get_n_mirrors (link), ==, 5);
  assert_mirror (link, 0, "https://first.example/a", 1, "us");
  assert_mirror (link, 1, "https://second.example/a", 2, NULL);
  assert_mirror (copy, 2, "http://third.example/a", 7, "de");
  assert_mirror (copy, 3, "https://fourth.example/a", 7, NULL);
  assert_mirror (copy, 4, "https://fifth.example/a", 8, NULL);
  assert_mirror (copy, 5, "https://last.example/a", BOBBIN_MIRROR_LAST, NULL);
}

static void
test_nothing_extra (void)
{
  g_autoptr (BobbinLink) link = bobbin_link_new ("http://example.org/a", NULL);
  g_autoptr (BobbinLink) copy = NULL;

  /* taking back what is not there */
  bobbin_link_set_subfolder (link, "");
  bobbin_link_set_size (link, -1);
  bobbin_link_set_digest (link, NULL);
  bobbin_link_set_pieces (link, G_CHECKSUM_SHA256, 0, NULL);

  copy = bobbin_link_copy (link);
  g_assert_null (bobbin_link_get_subfolder (copy));
  g_assert_cmpint (bobbin_link_get_size (copy), ==, -1);
  g_assert_null (bobbin_link_get_digest (copy));
  g_assert_null (bobbin_link_get_pieces (copy));
  g_assert_null (bobbin_link_get_headers (copy)[0]);
}

static void
test_checks (void)
{
  static const char hex[] = "d41d8cd98f00b204e9800998ecf8427e";
  g_autoptr (BobbinLink) link = bobbin_link_new ("http://example.org/a", NULL);
  g_autoptr (BobbinLink) copy = NULL;
  g_autoptr (BobbinDigest) digest = bobbin_digest_new (G_CHECKSUM_MD5, hex);
  g_autoptr (GPtrArray) digests = g_ptr_array_new ();

  g_ptr_array_add (digests, (gpointer) hex);
  bobbin_link_set_subfolder (link, "a/b");
  bobbin_link_set_size (link, G_MAXINT64);
  bobbin_link_set_digest (link, digest);
  bobbin_link_set_pieces (link, G_CHECKSUM_MD5, 262144, digests);
  bobbin_link_set_pieces (link, G_CHECKSUM_MD5, 65536, digests);

  copy = bobbin_link_copy (link);
  bobbin_link_set_subfolder (link, NULL);
  bobbin_link_set_size (link, -1);
  bobbin_link_set_digest (link, NULL);
  bobbin_link_set_pieces (link, G_CHECKSUM_MD5, 0, NULL);
  g_assert_null (bobbin_link_get_subfolder (link));
  g_assert_cmpint (bobbin_link_get_size (link), ==, -1);
  g_assert_null (bobbin_link_get_digest (link));
  g_assert_null (bobbin_link_get_pieces (link));

  g_assert_cmpstr (bobbin_link_get_subfolder (copy), ==, "a/b");
  g_assert_cmpint (bobbin_link_get_size (copy), ==, G_MAXINT64);
  g_assert_true (bobbin_digest_equal (bobbin_link_get_digest (copy), digest));
  g_assert_cmpint (bobbin_link_get_pieces (copy)->length, ==, 65536);
  g_assert_cmpint (bobbin_link_get_pieces (copy)->type, ==, G_CHECKSUM_MD5);
  g_assert_cmpstr (g_ptr_array_index (bobbin_link_get_pieces (copy)->digests, 0), ==, hex);
}

static gpointer
ref_and_unref (gpointer data)
{
  for (guint i = 0; i < 20000; i++)
    {
      bobbin_link_ref (data);
      bobbin_link_unref (data);
    }

  bobbin_link_unref (data);
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (BobbinLink) link = bobbin_link_new ("http://example.org/", NULL);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ref", ref_and_unref, bobbin_link_ref (link));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  g_assert_cmpstr (bobbin_link_get_uri (link), ==, "http://example.org/");
}

/* Whatever comes in, what comes out can go into a request line. */
static void
test_random (void)
{
  static const char *const bits[] = {
    "http://",
    "https://",
    "HTTP:",
    "ftp:",
    "//",
    "/",
    "\\",
    "@",
    ":",
    "0",
    "80",
    "65536",
    "[",
    "]",
    "::1",
    "%",
    "%0d",
    "%0a",
    "%2f",
    "?",
    "#",
    ".",
    "..",
    "example",
    ".org",
    "127.1",
    "0x7f",
    "\r\n",
    "\n",
    " ",
    "\t",
    "a",
    "é",
    "\xff",
    "\xc2",
    "\xe2\x80\xae",
    "xn--",
    "-",
    "_",
    "<",
    ">",
    "\"",
    "'",
    "*",
    "|",
    "\xef\xbc\xa1",
    "\xe3\x80\x82",
    "\xe2\x84\x80",
  };

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (i % 4 != 0 ? "http://" : NULL);
      g_autoptr (BobbinLink) link = NULL;
      g_autoptr (GUri) parsed = NULL;
      g_autofree char *host = NULL;

      for (gint n = g_test_rand_int_range (0, 9); n > 0; n--)
        g_string_append (text, bits[g_test_rand_int_range (0, G_N_ELEMENTS (bits))]);
      link = bobbin_link_new (text->str, NULL);
      if (link == NULL)
        continue;

      for (const char *p = bobbin_link_get_uri (link); *p != '\0'; p++)
        g_assert_true (g_ascii_isgraph (*p));
      parsed = g_uri_parse (bobbin_link_get_uri (link), G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD, NULL);
      g_assert_nonnull (parsed);
      g_assert_true (g_str_equal (g_uri_get_scheme (parsed), "http")
                     || g_str_equal (g_uri_get_scheme (parsed), "https"));
      g_assert_cmpuint (strlen (g_uri_get_host (parsed)), >, 0);
      g_assert_cmpint (g_uri_get_port (parsed), !=, 0);
      /* the host that is shown is the one that is asked */
      host = bobbin_link_dup_host (link);
      g_assert_true (g_utf8_validate (host, -1, NULL));
      if (!g_hostname_is_ascii_encoded (g_uri_get_host (parsed)))
        g_assert_nonnull (strstr (host, g_uri_get_host (parsed)));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/link/good", test_good);
  g_test_add_func ("/link/not-links", test_not_links);
  g_test_add_func ("/link/other-schemes", test_other_schemes);
  g_test_add_func ("/link/length", test_length);
  g_test_add_func ("/link/shown", test_shown);
  g_test_add_func ("/link/errors-keep-secrets", test_errors_keep_secrets);
  g_test_add_func ("/link/options", test_options);
  g_test_add_func ("/link/headers", test_headers);
  g_test_add_func ("/link/mirrors", test_mirrors);
  g_test_add_func ("/link/nothing-extra", test_nothing_extra);
  g_test_add_func ("/link/checks", test_checks);
  g_test_add_func ("/link/threads", test_threads);
  g_test_add_func ("/link/random", test_random);

  return g_test_run ();
}
