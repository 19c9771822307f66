/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-bars.h"
#include "bobbin-timeline-rates.h"

#define START 1000000
#define MS 1000

typedef struct
{
  BobbinTimeline timeline;
  BobbinTimelineBars bars;
  BobbinTimelineScale scale;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  bobbin_timeline_init (&fixture->timeline);
  bobbin_timeline_begin (&fixture->timeline, START);
  bobbin_timeline_bars_init (&fixture->bars);
  bobbin_timeline_scale_init (&fixture->scale);
  fixture->scale.width = 1000; /* a pixel is a millisecond */
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  bobbin_timeline_bars_clear (&fixture->bars);
  bobbin_timeline_clear (&fixture->timeline);
}

static void
add (Fixture *fixture, guint lane, guint64 job, int start, int head, int end, BobbinSpanEnd how)
{
  BobbinSpan span = {
    .name = (char *) "a.bin",
    .job = job,
    .lane = lane,
    .start = START + start * MS,
    .head = head >= 0 ? START + head * MS : 0,
    .end = START + end * MS,
    .how = how,
  };

  bobbin_timeline_add (&fixture->timeline, &span);
}

static gboolean
read_all (Fixture *fixture)
{
  return bobbin_timeline_bars_read (&fixture->bars, &fixture->timeline, NULL, 0);
}

static const BobbinTimelineBar *
get (Fixture *fixture, guint lane, guint index)
{
  return bobbin_timeline_bars_get (&fixture->bars, (BobbinTimelinePlace){ lane, index });
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 1, 10, 30, 50, BOBBIN_SPAN_DONE);
  add (fixture, 0, 2, 0, -1, 40, BOBBIN_SPAN_FAILED);
  g_assert_true (read_all (fixture));
  g_assert_false (read_all (fixture));
  g_assert_cmpuint (fixture->bars.n_bars, ==, 2);
  g_assert_cmpint (get (fixture, 1, 0)->start, ==, 10 * MS);
  g_assert_cmpint (get (fixture, 1, 0)->head, ==, 30 * MS);
  g_assert_cmpint (get (fixture, 1, 0)->end, ==, 50 * MS);
  g_assert_cmpint (get (fixture, 0, 0)->head, ==, 40 * MS);
  g_assert_null (get (fixture, 0, 1));
  g_assert_null (get (fixture, 2, 0));
  add (fixture, 0, 3, 40, 45, 50, BOBBIN_SPAN_DONE);
  g_assert_true (read_all (fixture));
  g_assert_cmpuint (fixture->bars.n_bars, ==, 3);
}

static void
test_running (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) running = bobbin_spans_new ();
  BobbinSpan span = { .job = 7, .lane = 0, .start = START + 60 * MS };

  add (fixture, 0, 1, 0, 10, 50, BOBBIN_SPAN_DONE);
  g_array_append_val (running, span);
  bobbin_timeline_bars_read (&fixture->bars, &fixture->timeline, running, START + 90 * MS);
  g_assert_cmpuint (fixture->bars.n_bars, ==, 2);
  g_assert_cmpint (get (fixture, 0, 1)->end, ==, 90 * MS);
  g_assert_cmpint (get (fixture, 0, 1)->head, ==, 90 * MS);
  g_assert_cmpuint (get (fixture, 0, 1)->span, ==, 1);
  g_assert_cmpuint (bobbin_timeline_bars_get_n_ended (&fixture->bars, 0), ==, 1);

  g_assert_false (bobbin_timeline_bars_read (&fixture->bars, &fixture->timeline, running, START + 95 * MS));
  g_assert_cmpuint (fixture->bars.n_bars, ==, 2);
  g_assert_cmpint (get (fixture, 0, 1)->end, ==, 95 * MS);
  read_all (fixture);
  g_assert_cmpuint (fixture->bars.n_bars, ==, 1);
}

/* A short wait keeps the worker; a long one, or somebody else's turn, does not. */
static void
test_retry (Fixture *fixture, gconstpointer data)
{
  add (fixture, 0, 1, 0, -1, 10, BOBBIN_SPAN_RETRY);
  add (fixture, 0, 1, 200, 220, 300, BOBBIN_SPAN_DONE);
  add (fixture, 1, 2, 0, -1, 10, BOBBIN_SPAN_RETRY);
  add (fixture, 1, 2, 1500, 1520, 1600, BOBBIN_SPAN_DONE);
  add (fixture, 2, 3, 0, -1, 10, BOBBIN_SPAN_RETRY);
  add (fixture, 2, 4, 20, 30, 40, BOBBIN_SPAN_DONE);
  add (fixture, 2, 3, 50, 60, 70, BOBBIN_SPAN_DONE);
  add (fixture, 3, 5, 0, 10, 20, BOBBIN_SPAN_HELD);
  add (fixture, 3, 5, 30, 40, 50, BOBBIN_SPAN_DONE);
  read_all (fixture);
  g_assert_true (get (fixture, 0, 0)->joined);
  g_assert_cmpuint (bobbin_timeline_bars_get_last (&fixture->bars, (BobbinTimelinePlace){ 0, 0 }), ==, 1);
  for (guint lane = 1; lane < 4; lane++)
    g_assert_false (get (fixture, lane, 0)->joined);
}

/* Until the next try has ended, the first one is drawn together with it. */
static void
test_retry_runs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) running = bobbin_spans_new ();
  BobbinSpan span = { .job = 1, .lane = 0, .start = START + 60 * MS };

  add (fixture, 0, 1, 0, -1, 10, BOBBIN_SPAN_RETRY);
  g_array_append_val (running, span);
  bobbin_timeline_bars_read (&fixture->bars, &fixture->timeline, running, START + 90 * MS);
  g_assert_true (get (fixture, 0, 0)->joined);
  g_assert_cmpuint (bobbin_timeline_bars_get_n_ended (&fixture->bars, 0), ==, 0);
  read_all (fixture);
  g_assert_false (get (fixture, 0, 0)->joined);
  g_assert_cmpuint (bobbin_timeline_bars_get_n_ended (&fixture->bars, 0), ==, 1);
}

static GArray *
merge (Fixture *fixture, guint lane)
{
  GArray *blocks = g_array_new (FALSE, FALSE, sizeof (BobbinTimelineBlock));

  bobbin_timeline_bars_merge (&fixture->bars, lane, 0,
                              bobbin_timeline_bars_get_n_ended (&fixture->bars, lane), &fixture->scale,
                              blocks);
  return blocks;
}

static void
test_merge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) blocks = NULL;
  const BobbinTimelineBlock *block;

  add (fixture, 0, 1, 0, 2, 100, BOBBIN_SPAN_DONE);
  add (fixture, 0, 2, 101, 101, 102, BOBBIN_SPAN_DONE);
  add (fixture, 0, 3, 103, 103, 104, BOBBIN_SPAN_FAILED);
  add (fixture, 0, 4, 105, 105, 106, BOBBIN_SPAN_DONE);
  add (fixture, 0, 5, 200, 200, 201, BOBBIN_SPAN_DONE);
  add (fixture, 0, 6, 202, 205, 300, BOBBIN_SPAN_DONE);
  read_all (fixture);
  blocks = merge (fixture, 0);
  g_assert_cmpuint (blocks->len, ==, 4);
  block = &g_array_index (blocks, BobbinTimelineBlock, 1);
  g_assert_true (block->merged);
  g_assert_true (block->failed);
  g_assert_cmpuint (block->first, ==, 1);
  g_assert_cmpuint (block->last, ==, 3);
  g_assert_cmpfloat_with_epsilon (block->left, 101, 0.01);
  g_assert_cmpfloat_with_epsilon (block->right, 106, 0.01);
  g_assert_false (g_array_index (blocks, BobbinTimelineBlock, 2).failed);
  g_assert_false (g_array_index (blocks, BobbinTimelineBlock, 3).merged);
}

/* However many there are, no more is drawn than the pixels allow. */
static void
test_merge_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) blocks = NULL;

  for (int i = 0; i < 100000; i++)
    {
      BobbinSpan span = { .job = (guint64) i, .start = START + i * 10, .end = START + i * 10 + 9 };

      bobbin_timeline_add (&fixture->timeline, &span);
    }
  read_all (fixture);
  blocks = merge (fixture, 0);
  g_assert_cmpuint (fixture->bars.n_bars, ==, 100000);
  g_assert_cmpuint (blocks->len, <=, 1000 / 3 + 1);
}

static void
test_merge_in_sight (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) blocks = NULL;

  for (int i = 0; i < 10; i++)
    add (fixture, 0, (guint64) i + 1, i * 100, i * 100 + 10, i * 100 + 90, BOBBIN_SPAN_DONE);
  read_all (fixture);
  fixture->scale.elapsed = 1000 * MS;
  bobbin_timeline_scale_zoom (&fixture->scale, 4, 0); /* 250 ms */
  bobbin_timeline_scale_pan (&fixture->scale, 350 * MS);
  blocks = merge (fixture, 0);
  g_assert_cmpuint (blocks->len, ==, 3);
  g_assert_cmpuint (g_array_index (blocks, BobbinTimelineBlock, 0).first, ==, 3);
}

static gboolean
find (Fixture *fixture, guint lane, int time, int tolerance, BobbinTimelinePlace *place)
{
  return bobbin_timeline_bars_find (&fixture->bars, lane, time * MS, tolerance * MS, place);
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  BobbinTimelinePlace place;

  add (fixture, 0, 1, 10, 20, 50, BOBBIN_SPAN_RETRY);
  add (fixture, 0, 1, 80, 85, 90, BOBBIN_SPAN_DONE);
  add (fixture, 0, 2, 100, 105, 110, BOBBIN_SPAN_DONE);
  read_all (fixture);
  g_assert_false (find (fixture, 0, 5, 2, &place));
  g_assert_true (find (fixture, 0, 8, 2, &place));
  g_assert_cmpuint (place.index, ==, 0);
  g_assert_true (find (fixture, 0, 60, 0, &place)); /* where it waits for the next try */
  g_assert_cmpuint (place.index, ==, 0);
  g_assert_true (find (fixture, 0, 87, 0, &place)); /* the next try is one with it */
  g_assert_cmpuint (place.index, ==, 0);
  g_assert_true (find (fixture, 0, 97, 5, &place));
  g_assert_cmpuint (place.index, ==, 2);
  g_assert_false (find (fixture, 0, 120, 5, &place));
  g_assert_false (find (fixture, 1, 50, 5, &place));
}

static void
assert_move (Fixture *fixture, BobbinTimelinePlace *place, int bars, int lanes, guint lane, guint index)
{
  bobbin_timeline_bars_move (&fixture->bars, place, bars, lanes);
  g_assert_cmpuint (place->lane, ==, lane);
  g_assert_cmpuint (place->index, ==, index);
}

static void
test_move (Fixture *fixture, gconstpointer data)
{
  BobbinTimelinePlace place = { 0, 0 };
  BobbinTimelinePlace nowhere = { 5, 5 };

  add (fixture, 0, 1, 0, 5, 10, BOBBIN_SPAN_RETRY);
  add (fixture, 0, 1, 20, 25, 30, BOBBIN_SPAN_DONE);
  add (fixture, 0, 2, 40, 45, 50, BOBBIN_SPAN_DONE);
  add (fixture, 0, 3, 60, 65, 70, BOBBIN_SPAN_DONE);
  add (fixture, 2, 4, 0, 5, 10, BOBBIN_SPAN_DONE);
  add (fixture, 2, 5, 55, 60, 90, BOBBIN_SPAN_DONE);
  read_all (fixture);
  assert_move (fixture, &place, 1, 0, 0, 2);
  assert_move (fixture, &place, 1, 0, 0, 3);
  assert_move (fixture, &place, 1, 0, 0, 3);
  assert_move (fixture, &place, 0, 1, 2, 1); /* over the lane without bars */
  assert_move (fixture, &place, 0, 1, 2, 1);
  assert_move (fixture, &place, -1, 0, 2, 0);
  assert_move (fixture, &place, 0, -1, 0, 0);
  assert_move (fixture, &place, G_MAXINT, 0, 0, 3);
  assert_move (fixture, &place, G_MININT, 0, 0, 0);
  g_assert_false (bobbin_timeline_bars_move (&fixture->bars, &nowhere, 1, 0));
}

static void
test_rates (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (BobbinTimelinePoint));
  double slopes[5];
  guint n_steps;

  bobbin_timeline_sample (&fixture->timeline, 100, START + 100 * MS);
  bobbin_timeline_sample (&fixture->timeline, 400, START + 200 * MS);
  bobbin_timeline_sample (&fixture->timeline, 400, START + 300 * MS);
  g_assert_cmpfloat_with_epsilon (bobbin_timeline_rates_read (&fixture->timeline, 280 * MS, points), 3000,
                                  0.1);
  g_assert_cmpuint (points->len, ==, 5);
  g_assert_cmpfloat_with_epsilon (g_array_index (points, BobbinTimelinePoint, 1).rate, 1000, 0.1);
  g_assert_cmpfloat_with_epsilon (g_array_index (points, BobbinTimelinePoint, 2).time, 150 * MS, 0.1);
  g_assert_cmpfloat_with_epsilon (g_array_index (points, BobbinTimelinePoint, 4).time, 280 * MS, 0.1);

  /* Level at the top and at the ends, so that the curve stays below what was measured. */
  bobbin_timeline_rates_find_slopes (points, slopes);
  g_assert_cmpfloat (slopes[0], ==, 0);
  g_assert_cmpfloat (slopes[1], >, 0);
  g_assert_cmpfloat (slopes[2], ==, 0);
  g_assert_cmpfloat (slopes[4], ==, 0);

  g_assert_cmpfloat_with_epsilon (bobbin_timeline_rates_find_step (34e6, &n_steps), 20e6, 1);
  g_assert_cmpuint (n_steps, ==, 2);
  g_assert_cmpfloat_with_epsilon (bobbin_timeline_rates_find_step (4.4e6, &n_steps), 2e6, 1);
  g_assert_cmpuint (n_steps, ==, 3);
  g_assert_cmpfloat (bobbin_timeline_rates_find_step (0, &n_steps), >=, 500);
}

int
main (int argc, char **argv)
{
  const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/timeline-bars/read", test_read },
    { "/timeline-bars/running", test_running },
    { "/timeline-bars/retry", test_retry },
    { "/timeline-bars/retry-runs", test_retry_runs },
    { "/timeline-bars/merge", test_merge },
    { "/timeline-bars/merge-many", test_merge_many },
    { "/timeline-bars/merge-in-sight", test_merge_in_sight },
    { "/timeline-bars/find", test_find },
    { "/timeline-bars/move", test_move },
    { "/timeline-bars/rates", test_rates },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
