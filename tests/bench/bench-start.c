/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench.h"

/* What the program on the terminal costs before it does anything. */

/* Short things need more rounds to show through the noise. */
#define MORE_ROUNDS 4

static void
compare (Bench *bench, BenchTable *table, const BenchWork *work, const char *const *names)
{
  Bench longer = *bench;

  longer.rounds *= MORE_ROUNDS;
  bench_compare (&longer, table, work, bench->memory, names);
  bench->wrong = longer.wrong;
}

static void
start_only (Bench *bench)
{
  static const char *const names[] = { "bobbin-cli --version", "curl --version", NULL };
  BenchTable *table = bench_add_table (bench, "11", "Start, and nothing else");
  const BenchWork nothing = { .uri = "", .source = bench->memory };

  compare (bench, table, &nothing, names);
  bench_table_mark_ratio (table, "bobbin-cli --version", 1.5, "curl --version", NULL);
}

static void
fetch_one (Bench *bench)
{
  static const char *const names[] = { "Bobbin", "curl", "wget2", "aria2", NULL };
  BenchTable *table = bench_add_table (bench, "11", "Start, and one file of 10 kB");
  g_autofree char *source = bench_make_files (bench, "start", 1, 10000);
  g_autofree char *uri = bench_make_uri (bench, "start");
  const BenchWork work
      = { .uri = uri, .source = source, .n_files = 1, .size = 10000, .at_once = 1, .parts = 1 };

  compare (bench, table, &work, names);
  bench_remove_files (bench, "start");
  bench_table_mark_ratio (table, "Bobbin", 1.5, "curl", NULL);
}

void
bench_start (Bench *bench)
{
  start_only (bench);
  fetch_one (bench);
}
