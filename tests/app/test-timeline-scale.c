/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-axis.h"
#include "bobbin-timeline-scale.h"

#define SECOND G_USEC_PER_SEC

static void
test_steps (void)
{
  const struct
  {
    double length;
    guint max_marks;
    double step;
  } cases[] = {
    { 1.52, 9, 0.2 }, { 9, 9, 1 },      { 9.1, 9, 2 }, { 0.9, 9, 0.1 },     { 18, 9, 2 },       { 40, 9, 5 },
    { 600, 9, 100 },  { 3600, 9, 500 }, { 1, 1, 1 },   { 0.045, 9, 0.005 }, { 0, 9, 1e-9 / 5 },
  };

  for (guint i = 0; i + 1 < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat_with_epsilon (bobbin_axis_find_step (cases[i].length, cases[i].max_marks),
                                    cases[i].step, cases[i].step * 1e-9);
  g_assert_cmpfloat (bobbin_axis_find_step (0, 9), >, 0);

  /* Never more marks than asked for, however long the axis. */
  for (double length = 1e-4; length < 1e9; length *= 1.37)
    for (guint marks = 1; marks <= 9; marks++)
      g_assert_cmpfloat (length / bobbin_axis_find_step (length, marks), <=, marks * 1.00001);
}

static void
test_round_up (void)
{
  g_assert_cmpint (bobbin_axis_round_up (1520000, 0.2), ==, 1600000);
  g_assert_cmpint (bobbin_axis_round_up (1600000, 0.2), ==, 1600000);
  g_assert_cmpint (bobbin_axis_round_up (1600001, 0.2), ==, 1800000);
  g_assert_cmpint (bobbin_axis_round_up (0, 0.2), ==, 200000);
}

static void
assert_time (double seconds, double step, const char *expected)
{
  g_autofree char *words = bobbin_axis_words_for_time (seconds, step);

  g_assert_cmpstr (words, ==, expected);
}

static void
assert_rate (double rate, const char *expected)
{
  g_autofree char *words = bobbin_axis_words_for_rate (rate);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_words (void)
{
  assert_time (0, 0.2, "0\302\240s");
  assert_time (0.2, 0.2, "0.2\302\240s");
  assert_time (1.0, 0.2, "1.0\302\240s");
  assert_time (0.005, 0.005, "0.005\302\240s");
  assert_time (14, 2, "14\302\240s");
  assert_time (200, 100, "3\302\240min 20\302\240s");
  assert_rate (0, "0");
  assert_rate (500, "500\302\240B/s");
  assert_rate (1000, "1\302\240kB/s");
  assert_rate (20e6, "20\302\240MB/s");
  assert_rate (1e9, "1\302\240GB/s");
}

static BobbinTimelineScale
make_scale (gint64 elapsed, gboolean running)
{
  BobbinTimelineScale scale;

  bobbin_timeline_scale_init (&scale);
  scale.width = 800;
  bobbin_timeline_scale_set_elapsed (&scale, elapsed, running);
  return scale;
}

static void
test_places (void)
{
  BobbinTimelineScale scale = make_scale (1520000, FALSE);

  g_assert_cmpint (scale.length, ==, 1600000);
  g_assert_false (bobbin_timeline_scale_is_zoomed (&scale));
  g_assert_cmpfloat_with_epsilon (bobbin_timeline_scale_to_x (&scale, 0), 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (bobbin_timeline_scale_to_x (&scale, 800000), 400, 1e-6);
  g_assert_cmpint (bobbin_timeline_scale_to_time (&scale, 400), ==, 800000);
  g_assert_cmpint (bobbin_timeline_scale_get_pixel (&scale), ==, 2000);
  g_assert_cmpfloat_with_epsilon (bobbin_timeline_scale_find_step (&scale, 72), 0.2, 1e-9);
  g_assert_cmpfloat_with_epsilon (bobbin_timeline_scale_find_step (&scale, 390), 1, 1e-9);
}

static void
test_zoom (void)
{
  BobbinTimelineScale scale = make_scale (10 * SECOND, FALSE);
  const double before = bobbin_timeline_scale_to_x (&scale, 3 * SECOND);

  g_assert_true (bobbin_timeline_scale_zoom (&scale, 2, 3 * SECOND));
  g_assert_true (bobbin_timeline_scale_is_zoomed (&scale));
  g_assert_cmpint (scale.span, ==, 5 * SECOND);
  g_assert_cmpfloat_with_epsilon (bobbin_timeline_scale_to_x (&scale, 3 * SECOND), before, 0.01);

  for (guint i = 0; i < 100; i++)
    bobbin_timeline_scale_zoom (&scale, 2, 3 * SECOND);
  g_assert_cmpint (scale.span, ==, 1000);
  g_assert_false (bobbin_timeline_scale_zoom (&scale, 2, 3 * SECOND));

  g_assert_true (bobbin_timeline_scale_zoom (&scale, 1e-9, 3 * SECOND));
  g_assert_false (bobbin_timeline_scale_is_zoomed (&scale));
  g_assert_cmpint (scale.from, ==, 0);
}

static void
test_pan (void)
{
  BobbinTimelineScale scale = make_scale (10 * SECOND, FALSE);

  g_assert_false (bobbin_timeline_scale_pan (&scale, SECOND));
  bobbin_timeline_scale_zoom (&scale, 5, 0);
  g_assert_true (bobbin_timeline_scale_pan (&scale, SECOND));
  g_assert_cmpint (scale.from, ==, SECOND);
  g_assert_true (bobbin_timeline_scale_pan (&scale, 100 * SECOND));
  g_assert_cmpint (scale.from, ==, 8 * SECOND);
  g_assert_true (bobbin_timeline_scale_show (&scale, SECOND, 2 * SECOND));
  g_assert_cmpint (scale.from, ==, SECOND);
  g_assert_false (bobbin_timeline_scale_show (&scale, SECOND, 2 * SECOND));
  g_assert_true (
      bobbin_timeline_scale_show (&scale, 4 * SECOND, 9 * SECOND)); /* longer than what is in sight */
  g_assert_cmpint (scale.from, ==, 4 * SECOND);
  g_assert_true (bobbin_timeline_scale_fit (&scale));
  g_assert_false (bobbin_timeline_scale_is_zoomed (&scale));
}

/* The newest moment stays in sight, until somebody looks back. */
static void
test_follow (void)
{
  BobbinTimelineScale scale = make_scale (100 * SECOND, TRUE);
  gint64 from;

  bobbin_timeline_scale_zoom (&scale, 10, 100 * SECOND);
  g_assert_true (scale.follows);
  bobbin_timeline_scale_set_elapsed (&scale, 150 * SECOND, TRUE);
  g_assert_cmpint (scale.from + scale.span, >=, 150 * SECOND);
  g_assert_cmpint (scale.from, <, 150 * SECOND);

  bobbin_timeline_scale_pan (&scale, -50 * SECOND);
  g_assert_false (scale.follows);
  from = scale.from;
  bobbin_timeline_scale_set_elapsed (&scale, 200 * SECOND, TRUE);
  g_assert_cmpint (scale.from, ==, from);

  bobbin_timeline_scale_pan (&scale, 500 * SECOND);
  g_assert_true (scale.follows);
  bobbin_timeline_scale_fit (&scale);
  bobbin_timeline_scale_set_elapsed (&scale, 400 * SECOND, TRUE);
  g_assert_cmpint (scale.span, ==, scale.length);
}

/* By whole steps, or everything would creep. */
static void
test_grows_by_steps (void)
{
  BobbinTimelineScale scale = make_scale (0, TRUE);
  guint changes = 0;
  gint64 length = scale.length;

  for (gint64 elapsed = 0; elapsed < 60 * SECOND; elapsed += SECOND / 30)
    {
      bobbin_timeline_scale_set_elapsed (&scale, elapsed, TRUE);
      g_assert_cmpint (scale.length, >=, elapsed);
      changes += scale.length != length;
      length = scale.length;
    }
  g_assert_cmpuint (changes, >=, 5);
  g_assert_cmpuint (changes, <=, 60);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/timeline-scale/steps", test_steps);
  g_test_add_func ("/timeline-scale/round-up", test_round_up);
  g_test_add_func ("/timeline-scale/words", test_words);
  g_test_add_func ("/timeline-scale/places", test_places);
  g_test_add_func ("/timeline-scale/zoom", test_zoom);
  g_test_add_func ("/timeline-scale/pan", test_pan);
  g_test_add_func ("/timeline-scale/follow", test_follow);
  g_test_add_func ("/timeline-scale/grows-by-steps", test_grows_by_steps);
  return g_test_run ();
}
