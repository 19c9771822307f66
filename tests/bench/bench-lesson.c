/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench.h"

#include "bench-port.h"

/* The lesson: what sleeps one after another, and what sleeps at once. */

#define SLEEP 1000 /* ms */

/* What may be added to what the sleeps take, in ms. */
#define ABOVE 20

static const char *const names[] = { "Bobbin --json", "Python", NULL };

static void
add_marks (BenchTable *table, double ideal)
{
  BenchSeries *own = bench_table_get_series (table, "Bobbin --json");
  BenchSeries *theirs = bench_table_get_series (table, "Python");

  bench_table_mark (table, "Bobbin, by its own clock, above the ideal",
                    (bench_series_get_range (own, bench_sample_get_told).median - ideal) * 1000, ABOVE, "ms");
  bench_table_add_note (table, "Python, by its own clock, above the ideal: %.1f ms",
                        (bench_series_get_range (theirs, bench_sample_get_told).median - ideal) * 1000);
}

static void
sleep_so_often (Bench *bench, const char *title, guint n_sleeps, guint at_once)
{
  BenchTable *table = bench_add_table (bench, "8", title);
  const BenchWay way = { .delay = SLEEP };
  BenchRelay *relay = bench_start_relay (bench, bench->nginx->port, &way);
  g_autofree char *source = bench_make_files (bench, "sleep", n_sleeps, 24);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%d/sleep", relay->port);
  const BenchWork work
      = { .uri = uri, .source = source, .n_files = n_sleeps, .size = 24, .at_once = at_once, .parts = 1 };

  bench_compare (bench, table, &work, bench->memory, names);
  bench_remove_files (bench, "sleep");
  bench_relay_free (relay);
  add_marks (table, (double) n_sleeps / at_once * SLEEP / 1000);
}

void
bench_lesson (Bench *bench)
{
  sleep_so_often (bench, "Ten answers that take 1 s each, ten at once", 10, 10);
  sleep_so_often (bench, "Two answers that take 1 s each, one after another", 2, 1);
}
