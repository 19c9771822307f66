/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-unit.h"

#include <locale.h>

#define NBSP "\302\240"

static void
assert_text (BobbinUnit unit, int value, const char *expected)
{
  g_autofree char *text = bobbin_unit_format (unit, value);
  int parsed = -1;

  g_assert_cmpstr (text, ==, expected);
  g_assert_true (bobbin_unit_parse (unit, text, &parsed));
  g_assert_cmpint (parsed, ==, value);
}

/* What is shown is read back as the same number. */
static void
test_round_trip (void)
{
  assert_text (BOBBIN_UNIT_CONNECTIONS, 0, "No Limit");
  assert_text (BOBBIN_UNIT_CONNECTIONS, 6, "6");
  assert_text (BOBBIN_UNIT_SECONDS, 30, "30" NBSP "s");
  assert_text (BOBBIN_UNIT_MEGABYTES, 8, "8" NBSP "MB");
  assert_text (BOBBIN_UNIT_RATE, 10, "10" NBSP "kB/s");
  assert_text (BOBBIN_UNIT_RATE, 999, "999" NBSP "kB/s");
  assert_text (BOBBIN_UNIT_RATE, 1000, "1" NBSP "MB/s");
  assert_text (BOBBIN_UNIT_RATE, 2500, "2.5" NBSP "MB/s");
  assert_text (BOBBIN_UNIT_RATE, 10000000, "10000" NBSP "MB/s");
}

static void
assert_read (BobbinUnit unit, const char *text, int expected)
{
  int value = -1;

  g_assert_true (bobbin_unit_parse (unit, text, &value));
  g_assert_cmpint (value, ==, expected);
}

static void
test_typed (void)
{
  int value = -1;

  assert_read (BOBBIN_UNIT_RATE, "3", 3000);
  assert_read (BOBBIN_UNIT_RATE, "800k", 800);
  assert_read (BOBBIN_UNIT_RATE, "1.5 mb", 1500);
  assert_read (BOBBIN_UNIT_RATE, "1 GB/s", 1000000);
  assert_read (BOBBIN_UNIT_RATE, "20000 bytes/s", 20);
  assert_read (BOBBIN_UNIT_SECONDS, "45", 45);
  assert_read (BOBBIN_UNIT_SECONDS, "1e300", G_MAXINT);
  assert_read (BOBBIN_UNIT_CONNECTIONS, "any", 0);
  g_assert_false (bobbin_unit_parse (BOBBIN_UNIT_SECONDS, "", &value));
  g_assert_false (bobbin_unit_parse (BOBBIN_UNIT_SECONDS, "many", &value));
  g_assert_false (bobbin_unit_parse (BOBBIN_UNIT_SECONDS, "-3", &value));
  g_assert_false (bobbin_unit_parse (BOBBIN_UNIT_RATE, "nan", &value));
  g_assert_cmpint (value, ==, -1);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/unit/round-trip", test_round_trip);
  g_test_add_func ("/unit/typed", test_typed);
  return g_test_run ();
}
