/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-bucket.h"

#define START G_GINT64_CONSTANT (7000003)
#define MUCH_LATER (START + G_GINT64_CONSTANT (3600000000))

static BobbinBucket
make (goffset rate)
{
  BobbinBucket bucket = { 0 };

  bobbin_bucket_set_rate (&bucket, rate, START);
  return bucket;
}

static void
test_no_limit (void)
{
  BobbinBucket bucket = { 0 };

  for (guint i = 0; i < 3; i++)
    g_assert_true (bobbin_bucket_take (&bucket, G_MAXSIZE, START));
}

/* Whatever the rate, each byte is there in the microsecond that it is due, and
 * not in the one before. */
static void
test_exact (void)
{
  static const goffset rates[] = { 1, 3, 7, 1000, 1024, 999983, 123456789, 12345678901 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      BobbinBucket bucket = make (rates[i]);
      gsize size = bobbin_bucket_get_portion (&bucket, 1);
      gint64 now = START;
      goffset taken = 0;

      g_test_message ("%" G_GOFFSET_FORMAT, rates[i]);
      g_assert_false (bobbin_bucket_take (&bucket, size, now));
      for (guint n = 0; n < 1000; n++)
        {
          gint64 ready = bobbin_bucket_get_ready (&bucket, size);

          g_assert_cmpint (ready, >=, now);
          if (ready > now)
            g_assert_false (bobbin_bucket_take (&bucket, size, ready - 1));
          g_assert_true (bobbin_bucket_take (&bucket, size, ready));
          now = ready;
          taken += (goffset) size;
          /* Within one byte of rate × time, with the times too large for floats. */
          g_assert_cmpint (taken / rates[i], <=, (now - START) / G_USEC_PER_SEC);
          g_assert_cmpfloat_with_epsilon ((double) taken, (double) rates[i] * (double) (now - START) / 1e6,
                                          1.0 + (double) rates[i] / 1e6);
        }
    }
}

/* A clock read in steps adds up to the same as one jump. */
static void
test_steps (void)
{
  BobbinBucket bucket = make (999983);

  for (gint64 now = START; now < START + 50000; now += 7)
    g_assert_false (bobbin_bucket_take (&bucket, 49999, now));
  g_assert_cmpint (bobbin_bucket_get_ready (&bucket, 49999), ==, START + 50000);
}

static void
test_depth (void)
{
  BobbinBucket bucket = make (1000);

  g_assert_cmpint (bobbin_bucket_get_depth (&bucket), ==, 100);
  g_assert_false (bobbin_bucket_take (&bucket, 101, MUCH_LATER));
  g_assert_cmpint (bucket.level, ==, 100);
  g_assert_true (bobbin_bucket_take (&bucket, 100, MUCH_LATER));
  g_assert_false (bobbin_bucket_take (&bucket, 1, MUCH_LATER));
  g_assert_false (bobbin_bucket_take (&bucket, 1, START));
  g_assert_true (bobbin_bucket_take (&bucket, 1, MUCH_LATER + 1000));
}

static void
test_give_back (void)
{
  BobbinBucket bucket = make (1000);

  g_assert_true (bobbin_bucket_take (&bucket, 50, START + 60000));
  bobbin_bucket_give_back (&bucket, 30);
  g_assert_cmpint (bucket.level, ==, 40);
  bobbin_bucket_give_back (&bucket, G_MAXSIZE);
  g_assert_cmpint (bucket.level, ==, 100);
}

static void
test_change (void)
{
  BobbinBucket bucket = make (1000);

  /* What ran in at the old rate counts, at the old rate. */
  bobbin_bucket_set_rate (&bucket, 100000, START + 50000);
  g_assert_cmpint (bucket.level, ==, 50);
  g_assert_cmpint (bobbin_bucket_get_ready (&bucket, 150), ==, START + 51000);

  bobbin_bucket_set_rate (&bucket, 100, START + G_USEC_PER_SEC);
  g_assert_cmpint (bucket.level, ==, 10);

  bobbin_bucket_set_rate (&bucket, 0, START + G_USEC_PER_SEC);
  g_assert_true (bobbin_bucket_take (&bucket, 1000000, START + G_USEC_PER_SEC));
  bobbin_bucket_set_rate (&bucket, 1000, START + 2 * G_USEC_PER_SEC);
  g_assert_false (bobbin_bucket_take (&bucket, 1, START + 2 * G_USEC_PER_SEC));
  g_assert_true (bobbin_bucket_take (&bucket, 1, START + 2 * G_USEC_PER_SEC + 1000));
}

static void
test_portions (void)
{
  BobbinBucket bucket = make (1000000);

  g_assert_cmpuint (bobbin_bucket_get_portion (&bucket, 0), ==, 20000);
  g_assert_cmpuint (bobbin_bucket_get_portion (&bucket, 1), ==, 20000);
  g_assert_cmpuint (bobbin_bucket_get_portion (&bucket, 5), ==, 20000);
  g_assert_cmpuint (bobbin_bucket_get_portion (&bucket, 10), ==, 10000);
  g_assert_cmpuint (bobbin_bucket_get_portion (&bucket, 128), ==, 1000);
}

static void
test_extremes (void)
{
  BobbinBucket bucket = make (G_MAXINT64);
  gsize size = bobbin_bucket_get_portion (&bucket, 1);

  g_assert_true (bobbin_bucket_take (&bucket, size, G_MAXINT64 - 1));
  g_assert_cmpint (bobbin_bucket_get_ready (&bucket, size), ==, G_MAXINT64 - 1);

  bucket = make (-5);
  g_assert_cmpint (bucket.rate, ==, 0);

  bucket = make (1);
  g_assert_cmpuint (bobbin_bucket_get_portion (&bucket, 128), ==, 1);
  g_assert_cmpint (bobbin_bucket_get_depth (&bucket), ==, 1);
  g_assert_cmpint (bobbin_bucket_get_ready (&bucket, 1), ==, START + G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/bucket/no-limit", test_no_limit);
  g_test_add_func ("/bucket/exact", test_exact);
  g_test_add_func ("/bucket/steps", test_steps);
  g_test_add_func ("/bucket/depth", test_depth);
  g_test_add_func ("/bucket/give-back", test_give_back);
  g_test_add_func ("/bucket/change", test_change);
  g_test_add_func ("/bucket/portions", test_portions);
  g_test_add_func ("/bucket/extremes", test_extremes);
  return g_test_run ();
}
