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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/header-values/content-length", test_content_length);
  g_test_add_func ("/header-values/content-range", test_content_range);
  g_test_add_func ("/header-values/validator", test_validator);
  return g_test_run ();
}
