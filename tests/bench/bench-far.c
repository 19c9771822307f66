/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench.h"

#include "bench-port.h"

/* Servers that are far away, secured, or slow on one connection; and how much
 * memory it takes to wait for so many. */

#define DELAY 50 /* ms */

#define TAIL_SIZE (64 << 20)
#define TAIL_PARTS 16
#define TAIL_RATE 2000000
#define TAIL_SLOW_RATE 200000

/* The mark for 16 workers, in MB. */
#define MEMORY 25
#define MEMORY_SECURE 45

static const char *const plain_names[] = { "Bobbin", "curl -Z", "wget2", "aria2", "raw sockets", NULL };
static const char *const secure_names[] = { "Bobbin", "curl -Z", "wget2", "aria2", NULL };
static const char *const tail_names[] = { "Bobbin", "aria2", "axel", NULL };

static void
fetch_from_afar (Bench *bench, BenchTable *table, gboolean secure)
{
  const BenchWay way = { .delay = DELAY };
  guint16 port = secure ? bench->nginx->secure_port : bench->nginx->port;
  BenchRelay *relay = bench_start_relay (bench, port, &way);
  g_autofree char *source = bench_make_files (bench, "far", 200, 20 * 1024);
  g_autofree char *uri = g_strdup_printf ("%s://127.0.0.1:%d/far", secure ? "https" : "http", relay->port);
  const BenchWork work = { .uri = uri,
                           .source = source,
                           .authority = secure ? bench->nginx->authority : NULL,
                           .n_files = 200,
                           .size = 20 * 1024,
                           .at_once = 16,
                           .parts = 1 };

  bench_compare (bench, table, &work, bench->memory, secure ? secure_names : plain_names);
  bench_remove_files (bench, "far");
  bench_relay_free (relay);
  bench_table_mark_ratio (table, "Bobbin", 1.02, "curl -Z", "wget2", "aria2", NULL);
}

void
bench_far_files (Bench *bench)
{
  BenchTable *table
      = bench_add_table (bench, "5",
                         "200 files of 20 KiB from a server 50 ms away (there and back), 16 at once");

  fetch_from_afar (bench, table, FALSE);
}

void
bench_far_files_over_tls (Bench *bench)
{
  BenchTable *table = bench_add_table (bench, "6", "The same over TLS");

  if (bench->nginx->authority == NULL)
    bench_table_add_note (table, "There is no openssl to make a certificate with.");
  else
    fetch_from_afar (bench, table, TRUE);
}

/* All take their equal share to begin with, and he who is slow gives away what
 * the others can do meanwhile: then everybody works until the end. */
static double
get_ideal_tail (void)
{
  return (double) TAIL_SIZE / ((TAIL_PARTS - 1) * TAIL_RATE + TAIL_SLOW_RATE);
}

/* Each program has a relay of its own in each round, since a relay slows one
 * connection only. */
void
bench_tail (Bench *bench)
{
  BenchTable *table = bench_add_table (
      bench, "7",
      "64 MiB at 2 MB/s a connection in 16 ranges, the last quarter at 200 KB/s on one connection");
  const BenchWay way
      = { .rate = TAIL_RATE, .tail = TAIL_SIZE / 4 * (goffset) 3, .slow_rate = TAIL_SLOW_RATE };
  BenchRelay *relay = bench_start_relay (bench, bench->nginx->port, &way);
  g_autofree char *source = bench_make_files (bench, "tail", 1, TAIL_SIZE);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%d/tail", relay->port);
  const BenchWork work
      = { .uri = uri, .source = source, .n_files = 1, .size = TAIL_SIZE, .at_once = 16, .parts = TAIL_PARTS };

  bench_compare (bench, table, &work, bench->memory, tail_names);
  bench_remove_files (bench, "tail");
  bench_relay_free (relay);
  bench_table_add_note (table, "ideal, if others take over from who is slow: %.2f s", get_ideal_tail ());
  bench_table_mark (table, "Bobbin / ideal",
                    bench_table_get_median_time (table, "Bobbin") / get_ideal_tail (), 1.1, "");
}

static void
measure_memory (Bench *bench, gboolean secure, double bound)
{
  BenchTable *table = bench_add_table (bench, "memory",
                                       secure ? "64 files of 4 MiB, 16 at once, over TLS, in memory"
                                              : "64 files of 4 MiB, 16 at once, over HTTP, in memory");
  g_autofree char *source = bench_make_files (bench, "memory", 64, 4 << 20);
  g_autofree char *uri = secure ? bench_make_secure_uri (bench, "memory") : bench_make_uri (bench, "memory");
  const BenchWork work = { .uri = uri,
                           .source = source,
                           .authority = secure ? bench->nginx->authority : NULL,
                           .n_files = 64,
                           .size = 4 << 20,
                           .at_once = 16,
                           .parts = 1 };

  bench_compare (bench, table, &work, bench->memory, secure_names);
  bench_remove_files (bench, "memory");
  bench_table_mark (
      table, "Bobbin, most resident",
      bench_series_get_range (bench_table_get_series (table, "Bobbin"), bench_sample_get_memory).median / 1e6,
      bound, "MB");
}

void
bench_memory (Bench *bench)
{
  measure_memory (bench, FALSE, MEMORY);
  if (bench->nginx->authority != NULL)
    measure_memory (bench, TRUE, MEMORY_SECURE);
}
