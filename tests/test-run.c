/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-run.h"

#define S G_USEC_PER_SEC

/* Two jobs of 1 s, one after another. */
static void
test_one_after_another (void)
{
  BobbinRun run;

  bobbin_run_reset (&run);
  g_assert_false (bobbin_run_is_running (&run));
  g_assert_cmpint (bobbin_run_get_elapsed (&run, 7 * S), ==, 0);

  bobbin_run_job_started (&run, 10 * S);
  g_assert_true (bobbin_run_is_running (&run));
  bobbin_run_job_ended (&run, 10 * S, 11 * S, 100);
  bobbin_run_job_started (&run, 11 * S);
  bobbin_run_job_ended (&run, 11 * S, 12 * S, 100);
  run.finished = 2;
  bobbin_run_close (&run, 12 * S);

  g_assert_false (bobbin_run_is_running (&run));
  g_assert_cmpint (bobbin_run_get_elapsed (&run, 99 * S), ==, 2 * S);
  g_assert_cmpint (bobbin_run_get_one_after_another (&run, 99 * S), ==, 2 * S);
  g_assert_cmpint (run.bytes, ==, 200);
  /* Nothing ran at once: there is nothing to compare. */
  g_assert_cmpfloat (bobbin_run_get_ratio (&run, 99 * S), ==, 0.0);
}

/* Ten jobs of 1.5 s at once. */
static void
test_at_once (void)
{
  BobbinRun run;

  bobbin_run_reset (&run);
  for (guint i = 0; i < 10; i++)
    bobbin_run_job_started (&run, 5 * S);

  /* In the middle, the jobs that run count as far as they are. */
  g_assert_cmpint (bobbin_run_get_elapsed (&run, 6 * S), ==, S);
  g_assert_cmpint (bobbin_run_get_one_after_another (&run, 6 * S), ==, 10 * S);
  g_assert_cmpfloat (bobbin_run_get_ratio (&run, 6 * S), ==, 0.0);

  for (guint i = 0; i < 10; i++)
    {
      bobbin_run_job_ended (&run, 5 * S, 5 * S + 3 * S / 2, 1);
      run.finished++;
    }
  /* The run goes on until the last end has been applied. */
  g_assert_true (bobbin_run_is_running (&run));
  bobbin_run_close (&run, 5 * S + 3 * S / 2);
  g_assert_cmpint (bobbin_run_get_elapsed (&run, 0), ==, 3 * S / 2);
  g_assert_cmpint (bobbin_run_get_one_after_another (&run, 0), ==, 15 * S);
  g_assert_cmpfloat_with_epsilon (bobbin_run_get_ratio (&run, 0), 10.0, 1e-9);
}

/* The ratio shows from the second finished download on. */
static void
test_ratio_begins (void)
{
  BobbinRun run;

  bobbin_run_reset (&run);
  bobbin_run_job_started (&run, S);
  bobbin_run_job_started (&run, S);
  bobbin_run_job_ended (&run, S, 2 * S, 1);
  run.finished = 1;
  g_assert_cmpfloat (bobbin_run_get_ratio (&run, 2 * S), ==, 0.0);
  bobbin_run_job_ended (&run, S, 3 * S, 1);
  run.finished = 2;
  g_assert_cmpfloat_with_epsilon (bobbin_run_get_ratio (&run, 3 * S), 1.5, 1e-9);
}

/* What was measured goes before the estimate. */
static void
test_measured (void)
{
  BobbinRun run;

  bobbin_run_reset (&run);
  bobbin_run_job_started (&run, S);
  bobbin_run_job_started (&run, S);
  bobbin_run_job_ended (&run, S, 3 * S, 1);
  bobbin_run_job_ended (&run, S, 3 * S, 1);
  run.finished = 2;
  bobbin_run_close (&run, 3 * S);
  g_assert_cmpint (bobbin_run_get_one_after_another (&run, 9 * S), ==, 4 * S);
  run.measured = 3 * S;
  g_assert_cmpint (bobbin_run_get_one_after_another (&run, 9 * S), ==, 3 * S);
  g_assert_cmpfloat_with_epsilon (bobbin_run_get_ratio (&run, 9 * S), 1.5, 1e-9);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/run/one-after-another", test_one_after_another);
  g_test_add_func ("/run/at-once", test_at_once);
  g_test_add_func ("/run/ratio-begins", test_ratio_begins);
  g_test_add_func ("/run/measured", test_measured);
  return g_test_run ();
}
