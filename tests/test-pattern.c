/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-pattern.h"
#include "bobbin-test.h"

#include <string.h>

/* A pattern and its texts, with blanks in between. */
static const struct
{
  const char *pattern;
  const char *texts;
} expanded[] = {
  { "a[1-3]", "a1 a2 a3" },
  { "[1-3]a", "1a 2a 3a" },
  { "a[8-11]b", "a8b a9b a10b a11b" },
  { "a[08-11]b", "a08b a09b a10b a11b" },
  { "[001-003]", "001 002 003" },
  { "[01-003]", "01 02 03" },
  { "[98-100]", "98 99 100" },
  { "[098-100]", "098 099 100" },
  { "[0-2]", "0 1 2" },
  { "[00-02]", "00 01 02" },
  { "[5-5]", "5" },
  { "[1-10:4]", "1 5 9" },
  { "[01-10:9]", "01 10" },
  { "[1-3:100]", "1" },
  { "[a-d]", "a b c d" },
  { "[X-Z]", "X Y Z" },
  { "[a-f:2]", "a c e" },
  { "[999999999999999998-999999999999999999]", "999999999999999998 999999999999999999" },
  { "{one,two}", "one two" },
  { "a{,-hd}.mp4", "a.mp4 a-hd.mp4" },
  { "{a,b,}", "a b " },
  { "{a[1-2],b}", "a[1-2] b" },
  { "{x\\,y,z}", "x,y z" },
  { "{a\\},b}", "a} b" },
  { "{{a,b}}", "{a} {b}" },
  { "{a,{b,c}}", "{a,b} {a,c}" },
  /* several; the last runs through first */
  { "[1-2]/[a-b]", "1/a 1/b 2/a 2/b" },
  { "{a,b}[1-2]{x,y}", "a1x a1y a2x a2y b1x b1y b2x b2y" },
  /* escapes go, also where nothing is left to expand */
  { "\\[1-3\\]", "[1-3]" },
  { "\\[1-3]", "[1-3]" },
  { "\\{a,b\\}", "{a,b}" },
  { "\\[1-3][1-2]", "[1-3]1 [1-3]2" },
  { "a\\b[1-2]", "a\\b1 a\\b2" },
  /* where links have them */
  { "http://[::1]:8000/[1-2]", "http://[::1]:8000/1 http://[::1]:8000/2" },
  { "http://img[1-2].example.org/", "http://img1.example.org/ http://img2.example.org/" },
};

static const char *const fixed[] = {
  "",
  "http://example.org/a",
  "http://[::1]/",
  "http://[2001:db8::a-f]/",
  "[]",
  "[",
  "{",
  "a]b}",
  "[1]",
  "[1-]",
  "[-1]",
  "[1-2",
  "[1-2:]",
  "[1-2:0]",
  "[1-2:x]",
  "[1-2:3",
  "[1-2-3]",
  "[1 - 2]",
  "[a-Z]",
  "[A-z]",
  "[a-5]",
  "[5-a]",
  "[aa-bb]",
  "[abc]",
  "[é-ü]",
  /* months, not ranges */
  "[2024-01]",
  "[z-a]",
  "[1-9999999999999999999]",
  "{}",
  "{id}",
  "{a,b",
  "{6B29FC40-CA47-1067-B31D-00DD010662DA}",
  "a\\",
  "\\",
  "a\\,b",
};

static void
test_expanded (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (expanded); i++)
    {
      g_autoptr (BobbinPattern) pattern = bobbin_pattern_new (expanded[i].pattern);
      g_autoptr (GString) texts = g_string_new (NULL);

      bobbin_test_message (expanded[i].pattern);
      g_assert_nonnull (pattern);
      for (guint64 j = 0; j < bobbin_pattern_get_count (pattern); j++)
        {
          g_autofree char *text = bobbin_pattern_dup_text (pattern, j);

          g_string_append_printf (texts, "%s%s", j > 0 ? " " : "", text);
        }
      g_assert_cmpstr (texts->str, ==, expanded[i].texts);
    }
}

static void
test_fixed (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
    {
      g_autoptr (BobbinPattern) pattern = bobbin_pattern_new (fixed[i]);

      bobbin_test_message (fixed[i]);
      g_assert_null (pattern);
    }
}

/* Counting makes none of the texts. */
static void
test_count (void)
{
  static const struct
  {
    const char *pattern;
    guint64 count;
  } rows[] = {
    { "\\[", 1 },
    { "[1-1000000]", 1000000 },
    { "[0-999999999999999999]", G_GUINT64_CONSTANT (1000000000000000000) },
    { "[0-999999999999999999:7]", G_GUINT64_CONSTANT (142857142857142858) },
    { "[0-999999999999999999][1-18]", G_GUINT64_CONSTANT (18000000000000000000) },
    { "[0-999999999999999999][1-19]", G_MAXUINT64 },
    { "[0-999999999999999999][0-999999999999999999][1-2]", G_MAXUINT64 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BobbinPattern) pattern = bobbin_pattern_new (rows[i].pattern);
      g_autofree char *last = NULL;

      bobbin_test_message (rows[i].pattern);
      g_assert_cmpuint (bobbin_pattern_get_count (pattern), ==, rows[i].count);
      last = bobbin_pattern_dup_text (pattern, rows[i].count - 1);
      g_assert_cmpuint (strlen (last), >, 0);
    }
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    const char *expected;
  } rows[] = {
    { "#1.jpg", "b.jpg" }, { "#2-#1.jpg", "03-b.jpg" },
    { "#1#1", "bb" },      { "#3", "#3" },
    { "#0#", "#0#" },      { "##1", "#b" },
    { "a b", "a b" },      { "#99999999999999999999", "#99999999999999999999" },
  };
  g_autoptr (BobbinPattern) pattern = bobbin_pattern_new ("http://h/{a,b}/x[01-03]");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = bobbin_pattern_dup_name (pattern, 5, rows[i].name);

      g_assert_cmpstr (name, ==, rows[i].expected);
    }
}

static void
test_random (void)
{
  static const char *const bits[] = { "[", "]", "{", "}", "\\", ",",     "-",     ":", "0",
                                      "1", "9", "a", "z", "Z",  "[1-3]", "{a,b}", "é", "\xff" };

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (BobbinPattern) pattern = NULL;
      guint64 count = 0;

      for (gint n = g_test_rand_int_range (0, 30); n > 0; n--)
        g_string_append (text, bits[g_test_rand_int_range (0, G_N_ELEMENTS (bits))]);
      pattern = bobbin_pattern_new (text->str);
      if (pattern == NULL)
        continue;

      count = bobbin_pattern_get_count (pattern);
      g_assert_cmpuint (count, >=, 1);
      for (guint64 j = 0; j < 4; j++)
        {
          g_autofree char *made = bobbin_pattern_dup_text (pattern, j * (count - 1) / 3 % count);
          g_autofree char *name = bobbin_pattern_dup_name (pattern, count - 1, text->str);

          g_assert_nonnull (made);
          g_assert_nonnull (name);
        }
    }
}

/* Brackets that close nothing must not send the search to the end of the text
 * for each of them.
 */
static void
test_long (void)
{
  static const char *const units[]
      = { "[", "{", "{a", "[1-2", "\\[", "[1-1]", "{,", "[1-999999999999999999" };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (BobbinPattern) pattern = NULL;

      while (text->len < 65536)
        g_string_append (text, units[i]);
      pattern = bobbin_pattern_new (text->str);
      if (pattern != NULL)
        g_assert_cmpuint (bobbin_pattern_get_count (pattern), >=, 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/pattern/expanded", test_expanded);
  g_test_add_func ("/pattern/fixed", test_fixed);
  g_test_add_func ("/pattern/count", test_count);
  g_test_add_func ("/pattern/names", test_names);
  g_test_add_func ("/pattern/random", test_random);
  g_test_add_func ("/pattern/long", test_long);

  return g_test_run ();
}
