/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-error.h"
#include "bobbin-timeline-keep.h"
#include "bobbin-timeline-svg.h"

#define START 5000000

static void
add (BobbinTimeline *timeline,
     const char *name,
     guint lane,
     gint64 start,
     gint64 head,
     gint64 end,
     BobbinSpanEnd how)
{
  BobbinSpan span = {
    .name = (char *) name,
    .job = lane + 1,
    .lane = lane,
    .start = START + start,
    .head = head >= 0 ? START + head : 0,
    .end = START + end,
    .bytes = 1000,
    .how = how,
    .part = lane == 1,
  };

  bobbin_timeline_add (timeline, &span);
}

static void
fill (BobbinTimeline *timeline)
{
  bobbin_timeline_init (timeline);
  bobbin_timeline_begin (timeline, START);
  add (timeline, "birch.jpg", 0, 0, 100000, 250000, BOBBIN_SPAN_DONE);
  add (timeline, "ma\tple\".jpg", 1, 0, -1, 50000, BOBBIN_SPAN_RETRY);
  add (timeline, "=oak.jpg", 2, 10000, 20000, 30000, BOBBIN_SPAN_FAILED);
  bobbin_timeline_sample (timeline, 500, START + 100000);
  bobbin_timeline_sample (timeline, 3000, START + 200000);
}

static void
test_order (void)
{
  BobbinTimeline timeline;
  guint changes;

  fill (&timeline);
  changes = timeline.changes;
  add (&timeline, "elm.jpg", 0, 5000, -1, 6000, BOBBIN_SPAN_DONE);
  g_assert_cmpuint (timeline.changes, >, changes);
  g_assert_cmpstr (g_array_index (timeline.spans, BobbinSpan, 2).name, ==, "elm.jpg");
  g_assert_cmpuint (timeline.n_lanes, ==, 3);
  bobbin_timeline_clear (&timeline);
}

static void
test_error (void)
{
  BobbinTimeline timeline;
  g_autoptr (GError) error = g_error_new_literal (BOBBIN_ERROR, BOBBIN_ERROR_CHECKSUM, "no");
  BobbinSpan span = { .name = (char *) "a", .start = START, .end = START + 1, .error = error };
  const BobbinSpan *added;

  bobbin_timeline_init (&timeline);
  bobbin_timeline_begin (&timeline, START);
  bobbin_timeline_add (&timeline, &span);
  added = &g_array_index (timeline.spans, BobbinSpan, 0);
  g_assert_true (added->error != error);
  g_assert_error (added->error, BOBBIN_ERROR, BOBBIN_ERROR_CHECKSUM);
  bobbin_timeline_clear (&timeline);
}

static void
test_keep (void)
{
  BobbinTimeline timeline, again;
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GError) error = NULL;
  const BobbinSpan *span;

  fill (&timeline);
  kept = bobbin_timeline_keep (&timeline);
  bobbin_timeline_init (&again);
  g_assert_true (bobbin_timeline_read_kept (&again, kept, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (again.n_lanes, ==, 3);
  g_assert_cmpuint (again.spans->len, ==, 3);
  g_assert_cmpuint (again.rates->len, ==, 2);
  g_assert_cmpint (g_array_index (again.rates, gint64, 1), ==, 3000);
  g_assert_cmpint (again.interval, ==, timeline.interval);

  span = &g_array_index (again.spans, BobbinSpan, 1);
  g_assert_cmpstr (span->name, ==, "ma\tple\".jpg");
  g_assert_cmpint (span->head, ==, 0);
  g_assert_cmpint (span->end - again.start, ==, 50000);
  g_assert_cmpint (span->how, ==, BOBBIN_SPAN_RETRY);
  g_assert_true (span->part);
  span = &g_array_index (again.spans, BobbinSpan, 2);
  g_assert_cmpint (span->head - again.start, ==, 20000);
  g_assert_cmpint (span->bytes, ==, 1000);
  g_assert_cmpuint (span->job, ==, 3);
  bobbin_timeline_clear (&timeline);
  bobbin_timeline_clear (&again);
}

static gboolean
is_read (const guint8 *bytes, gsize size)
{
  g_autoptr (GBytes) kept = g_bytes_new (bytes, size);
  g_autoptr (GError) error = NULL;
  BobbinTimeline again;
  gboolean fine;

  bobbin_timeline_init (&again);
  fine = bobbin_timeline_read_kept (&again, kept, &error);
  if (!fine)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  bobbin_timeline_clear (&again);
  return fine;
}

/* Whatever a damaged disk gives back is read, or refused. */
static void
test_damaged (void)
{
  BobbinTimeline timeline;
  g_autoptr (GBytes) kept = NULL;
  g_autofree guint8 *copy = NULL;
  gsize size;
  const guint8 *bytes;

  fill (&timeline);
  kept = bobbin_timeline_keep (&timeline);
  bytes = g_bytes_get_data (kept, &size);
  copy = g_memdup2 (bytes, size);
  g_assert_true (is_read (copy, size));
  for (gsize i = 0; i < size; i++)
    g_assert_false (is_read (copy, i));
  for (gsize i = 0; i < size; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        copy[i] ^= (guint8) (1u << bit);
        (void) is_read (copy, size);
        copy[i] ^= (guint8) (1u << bit);
      }
  bobbin_timeline_clear (&timeline);
}

static void
test_tables (void)
{
  BobbinTimeline timeline;
  g_autofree char *csv = NULL;
  g_autofree char *text = NULL;

  fill (&timeline);
  csv = bobbin_timeline_to_csv (&timeline);
  text = bobbin_timeline_to_text (&timeline);
  g_assert_cmpstr (csv, ==,
                   "name,worker,start,first_byte,end,bytes,how\r\n"
                   "\"birch.jpg\",1,0.000000,0.100000,0.250000,1000,done\r\n"
                   "\"ma\tple\"\".jpg\",2,0.000000,,0.050000,1000,retry\r\n"
                   "\"'=oak.jpg\",3,0.010000,0.020000,0.030000,1000,failed\r\n");
  g_assert_cmpstr (text, ==,
                   "name\tworker\tstart\tfirst_byte\tend\tbytes\thow\n"
                   "birch.jpg\t1\t0.000000\t0.100000\t0.250000\t1000\tdone\n"
                   "ma ple\".jpg\t2\t0.000000\t\t0.050000\t1000\tretry\n"
                   "'=oak.jpg\t3\t0.010000\t0.020000\t0.030000\t1000\tfailed\n");
  bobbin_timeline_clear (&timeline);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/timeline/order", test_order);
  g_test_add_func ("/timeline/error", test_error);
  g_test_add_func ("/timeline/keep", test_keep);
  g_test_add_func ("/timeline/damaged", test_damaged);
  g_test_add_func ("/timeline/tables", test_tables);
  return g_test_run ();
}
