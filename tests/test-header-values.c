/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-header-values.h"

#define CHANGED "Sun, 06 Nov 1994 08:49:37 GMT"
#define SOON_AFTER "Sun, 06 Nov 1994 08:49:38 GMT"
#define LONG_AFTER "Mon, 07 Nov 1994 08:49:37 GMT"

static void
test_content_length (void)
{
  static const struct
  {
    const char *value;
    goffset length; /* -1: refused */
  } rows[] = {
    { "0", 0 },
    { "12", 12 },
    { " 12 ", 12 },
    { "12, 12", 12 },
    { "12,12 ,12", 12 },
    { "12, 13", -1 },
    { "", -1 },
    { "-5", -1 },
    { "+5", -1 },
    { "12abc", -1 },
    { "0x10", -1 },
    { "1 2", -1 },
    { "12,", -1 },
    { ",12", -1 },
    { "9223372036854775807", G_MAXINT64 },
    { "9223372036854775808", -1 },
    { "40000000000000000000", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      goffset length = -2;
      gboolean good = bobbin_header_parse_content_length (rows[i].value, &length);

      g_test_message ("“%s”", rows[i].value);
      g_assert_cmpint (good, ==, rows[i].length >= 0);
      if (good)
        g_assert_cmpint (length, ==, rows[i].length);
    }
}

static void
test_chunked (void)
{
  static const struct
  {
    const char *value;
    gboolean chunked;
  } rows[] = {
    { "chunked", TRUE },
    { " Chunked ", TRUE },
    { "chunked, chunked", TRUE },
    { "identity,chunked", TRUE },
    { ", identity ,, chunked,", TRUE },
    { "", FALSE },
    { "identity", FALSE },
    { "chunked, identity", FALSE },
    { "chunked, identity, chunked", FALSE },
    { "gzip, chunked", FALSE },
    { "chunked, gzip", FALSE },
    { "chunked;q=1", FALSE },
    { "\"chunked\"", FALSE },
    { "xchunked", FALSE },
    { "chunked\v", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("“%s”", rows[i].value);
      g_assert_cmpint (bobbin_header_is_chunked (rows[i].value), ==, rows[i].chunked);
    }
}

static void
test_content_range (void)
{
  static const struct
  {
    const char *value;
    gboolean good;
    BobbinContentRange range;
  } rows[] = {
    { "bytes 0-9/10", TRUE, { 0, 9, 10 } },
    { "bytes 5-9/10", TRUE, { 5, 9, 10 } },
    { "BYTES  5-9/*", TRUE, { 5, 9, -1 } },
    { "bytes 4294967296-4294967299/4294967300", TRUE, { 4294967296, 4294967299, 4294967300 } },
    { "bytes 9-5/10", FALSE, { 0 } },
    { "bytes 999-100/10", FALSE, { 0 } },
    { "bytes 5-10/10", FALSE, { 0 } },
    { "bytes 100-99999999999999999999/100000000000000000000", FALSE, { 0 } },
    { "bytes -5/10", FALSE, { 0 } },
    { "bytes 5-/10", FALSE, { 0 } },
    { "bytes */10", FALSE, { 0 } },
    { "bytes=0-9/10", FALSE, { 0 } },
    { "bytes0-9/10", FALSE, { 0 } },
    { "items 0-9/10", FALSE, { 0 } },
    { "bytes 0-9", FALSE, { 0 } },
    { "bytes 0-9/10 x", FALSE, { 0 } },
    { "bytes 0 - 9/10", FALSE, { 0 } },
    { "bytes +0-9/10", FALSE, { 0 } },
    { "", FALSE, { 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      BobbinContentRange range = { -2, -2, -2 };
      gboolean good = bobbin_header_parse_content_range (rows[i].value, &range);

      g_test_message ("“%s”", rows[i].value);
      g_assert_cmpint (good, ==, rows[i].good);
      if (good)
        {
          g_assert_cmpint (range.first, ==, rows[i].range.first);
          g_assert_cmpint (range.last, ==, rows[i].range.last);
          g_assert_cmpint (range.total, ==, rows[i].range.total);
        }
    }
}

static void
test_validator (void)
{
  static const struct
  {
    const char *etag;
    const char *last_modified;
    const char *date;
    const char *validator;
  } rows[] = {
    { NULL, NULL, NULL, NULL },
    { "\"a\"", NULL, NULL, "\"a\"" },
    { "\"\"", NULL, NULL, "\"\"" },
    { "W/\"a\"", NULL, NULL, NULL },
    { "W/\"a\"", CHANGED, LONG_AFTER, NULL },
    { "a", NULL, NULL, NULL },
    { "\"", NULL, NULL, NULL },
    { "\"a\", \"b\"", NULL, NULL, NULL },
    { NULL, CHANGED, LONG_AFTER, CHANGED },
    { NULL, CHANGED, SOON_AFTER, NULL },
    { NULL, CHANGED, NULL, NULL },
    { NULL, "yesterday", LONG_AFTER, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *validator
          = bobbin_header_dup_validator (rows[i].etag, rows[i].last_modified, rows[i].date);

      g_assert_cmpstr (validator, ==, rows[i].validator);
    }
}

static void
test_unsatisfied_range (void)
{
  static const struct
  {
    const char *value;
    goffset total; /* -1: refused */
  } rows[] = {
    { "bytes */10", 10 },
    { "Bytes  */0 ", 0 },
    { "bytes */9223372036854775807", G_MAXINT64 },
    { "bytes */9223372036854775808", -1 },
    { "bytes */-1", -1 },
    { "bytes */*", -1 },
    { "bytes */", -1 },
    { "bytes */10x", -1 },
    { "bytes 0-9/10", -1 },
    { "bytes*/10", -1 },
    { "*/10", -1 },
    { "lines */10", -1 },
    { "", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      goffset total = -1;
      gboolean good = bobbin_header_parse_unsatisfied_range (rows[i].value, &total);

      g_assert_cmpint (good, ==, rows[i].total >= 0);
      if (good)
        g_assert_cmpint (total, ==, rows[i].total);
    }
}

static void
test_token (void)
{
  g_assert_true (bobbin_header_has_token ("bytes", "bytes"));
  g_assert_true (bobbin_header_has_token ("lines , BYTES", "bytes"));
  g_assert_false (bobbin_header_has_token ("none", "bytes"));
  g_assert_false (bobbin_header_has_token ("kilobytes", "bytes"));
  g_assert_false (bobbin_header_has_token ("", "bytes"));
  g_assert_false (bobbin_header_has_token (NULL, "bytes"));
}

static void
test_date (void)
{
  g_assert_cmpint (bobbin_header_parse_date ("Sun, 06 Nov 1994 08:49:37 GMT"), ==, 784111777);
  g_assert_cmpint (bobbin_header_parse_date ("Sunday, 06-Nov-94 08:49:37 GMT"), ==, 784111777);
  g_assert_cmpint (bobbin_header_parse_date ("Sun Nov  6 08:49:37 1994"), ==, 784111777);
  g_assert_cmpint (bobbin_header_parse_date ("Fri, 13 Dec 1901 20:45:52 GMT"), ==, 0);
  g_assert_cmpint (bobbin_header_parse_date ("Sun, 06 Nov 1994 08:49:37 +99999999999"), ==, 784111777);
  g_assert_cmpint (bobbin_header_parse_date ("Sun, 40 Nov 1994 08:49:37 GMT"), ==, 0);
  g_assert_cmpint (bobbin_header_parse_date ("yesterday"), ==, 0);
  g_assert_cmpint (bobbin_header_parse_date (""), ==, 0);
  g_assert_cmpint (bobbin_header_parse_date (NULL), ==, 0);
}

static void
test_retry_after (void)
{
  static const struct
  {
    const char *value;
    gint64 seconds; /* ten seconds before 784111777 */
  } rows[] = {
    { "0", 0 },
    { " 120 ", 120 },
    { "315360000", 315360000 },
    { "9223372036854775807", G_MAXINT64 },
    { "9223372036854775808", -1 },
    { "Sun, 06 Nov 1994 08:49:37 GMT", 10 },
    { "Sunday, 06-Nov-94 08:49:37 GMT", 10 },
    { "Sun Nov  6 08:49:37 1994", 10 },
    { "Sun, 06 Nov 1994 08:49:17 GMT", 0 },
    { "Fri, 31 Dec 9999 23:59:59 GMT", G_GINT64_CONSTANT (252618189032) },
    { "-1", -1 },
    { "+5", -1 },
    { "1.5", -1 },
    { "5 minutes", -1 },
    { "soon", -1 },
    { "", -1 },
    { NULL, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (bobbin_header_parse_retry_after (rows[i].value, 784111767), ==, rows[i].seconds);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/header-values/content-length", test_content_length);
  g_test_add_func ("/header-values/chunked", test_chunked);
  g_test_add_func ("/header-values/content-range", test_content_range);
  g_test_add_func ("/header-values/validator", test_validator);
  g_test_add_func ("/header-values/unsatisfied-range", test_unsatisfied_range);
  g_test_add_func ("/header-values/token", test_token);
  g_test_add_func ("/header-values/date", test_date);
  g_test_add_func ("/header-values/retry-after", test_retry_after);
  return g_test_run ();
}
