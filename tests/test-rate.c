/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-rate.h"

#define STEP (G_USEC_PER_SEC / 10)

static void
test_unknown (void)
{
  BobbinRate rate = { 0 };

  g_assert_cmpfloat (bobbin_rate_get (&rate), ==, 0.0);
  g_assert_cmpint (bobbin_rate_get_time_left (&rate, 100), ==, -1);
  bobbin_rate_sample (&rate, 0, 1);
  bobbin_rate_sample (&rate, 100, 1);
  g_assert_cmpfloat (bobbin_rate_get (&rate), ==, 0.0);
}

static void
test_steady (void)
{
  BobbinRate rate = { 0 };

  for (guint i = 0; i <= 19; i++)
    bobbin_rate_sample (&rate, i * 1000, i * STEP);
  g_assert_cmpfloat_with_epsilon (bobbin_rate_get (&rate), 10000.0, 1e-6);
  /* Not before two seconds have been seen. */
  g_assert_cmpint (bobbin_rate_get_time_left (&rate, 50000), ==, -1);
  bobbin_rate_sample (&rate, 20000, 20 * STEP);
  g_assert_cmpint (bobbin_rate_get_time_left (&rate, 50000), ==, 5 * G_USEC_PER_SEC);
}

/* Only the last three seconds count. */
static void
test_window (void)
{
  BobbinRate rate = { 0 };
  goffset count = 0;

  for (guint i = 0; i < 100; i++)
    bobbin_rate_sample (&rate, count += i < 50 ? 1000 : 100, i * STEP);
  g_assert_cmpfloat_with_epsilon (bobbin_rate_get (&rate), 1000.0, 1e-6);
}

static void
test_stalled (void)
{
  BobbinRate rate = { 0 };

  for (guint i = 0; i < 60; i++)
    bobbin_rate_sample (&rate, 5, i * STEP);
  g_assert_cmpfloat (bobbin_rate_get (&rate), ==, 0.0);
  g_assert_cmpint (bobbin_rate_get_time_left (&rate, 1), ==, -1);
}

/* A crawl and a huge rest end in "not known", not in an overflow. */
static void
test_ages (void)
{
  BobbinRate rate = { 0 };

  for (guint i = 0; i < 31; i++)
    bobbin_rate_sample (&rate, i, i * STEP);
  g_assert_cmpint (bobbin_rate_get_time_left (&rate, G_MAXINT64), ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/rate/unknown", test_unknown);
  g_test_add_func ("/rate/steady", test_steady);
  g_test_add_func ("/rate/window", test_window);
  g_test_add_func ("/rate/stalled", test_stalled);
  g_test_add_func ("/rate/ages", test_ages);
  return g_test_run ();
}
