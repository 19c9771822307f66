/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench.h"

/* Files of all sizes from a server that is near. */

#define AT_ONCE 16

/* A disk takes long to forget what was written: less for it. */
#define LARGE_SIZE ((goffset) 2 << 30)
#define LARGE_DISK_SIZE ((goffset) 1 << 30)

static const char *const at_once_names[] = { "Bobbin", "curl -Z", "wget2", "aria2", "raw sockets", NULL };
static const char *const stream_names[] = { "Bobbin", "curl", "wget2", "raw sockets", NULL };
static const char *const stream_disk_names[] = { "Bobbin", "curl", "raw sockets", NULL };
static const char *const part_names[] = { "Bobbin", "aria2", "axel", "raw sockets", NULL };

static void
fetch_many (Bench *bench, BenchTable *table, guint n_files, goffset size, const char *root)
{
  g_autofree char *source = bench_make_files (bench, "many", n_files, size);
  g_autofree char *uri = bench_make_uri (bench, "many");
  const BenchWork work
      = { .uri = uri, .source = source, .n_files = n_files, .size = size, .at_once = AT_ONCE, .parts = 1 };

  bench_compare (bench, table, &work, root, at_once_names);
  bench_remove_files (bench, "many");
}

void
bench_small_files_on_disk (Bench *bench)
{
  BenchTable *table = bench_add_table (bench, "1", "10,000 files of 4 KiB, 16 at once, to disk");

  fetch_many (bench, table, 10000, 4096, bench->disk);
  bench_table_mark_ratio (table, "Bobbin", 0.90, "curl -Z", NULL);
  bench_table_mark_ratio (table, "Bobbin", 0.50, "wget2", NULL);
  bench_table_mark_ratio (table, "Bobbin", 0.50, "aria2", NULL);
}

void
bench_small_files_in_memory (Bench *bench)
{
  BenchTable *table = bench_add_table (bench, "1", "10,000 files of 4 KiB, 16 at once, in memory");

  fetch_many (bench, table, 10000, 4096, bench->memory);
  bench_table_mark_ratio (table, "Bobbin", 1.00, "curl -Z", "wget2", "aria2", NULL);
}

void
bench_middling_files (Bench *bench)
{
  BenchTable *table = bench_add_table (bench, "2", "2,000 files of 100 KiB, 16 at once, to disk");

  fetch_many (bench, table, 2000, 100 * 1024, bench->disk);
  bench_table_mark_ratio (table, "Bobbin", 0.65, "curl -Z", NULL);
  bench_table_mark_ratio (table, "Bobbin", 1.00, "wget2", NULL);
}

static void
fetch_one (Bench *bench,
           BenchTable *table,
           goffset size,
           guint parts,
           const char *path,
           const char *root,
           const char *const *names)
{
  g_autofree char *source = bench_make_files (bench, "one", 1, size);
  g_autofree char *uri = bench_make_uri (bench, path);
  const BenchWork work
      = { .uri = uri, .source = source, .n_files = 1, .size = size, .at_once = AT_ONCE, .parts = parts };

  bench_compare (bench, table, &work, root, names);
  bench_remove_files (bench, "one");
}

static void
fetch_stream (Bench *bench, BenchTable *table, goffset size, const char *root, const char *const *names)
{
  fetch_one (bench, table, size, 1, "one", root, names);
  bench_table_mark_ratio (table, "Bobbin", 0.75, "curl", NULL);
  bench_table_mark_ratio (table, "Bobbin", 1.05, "raw sockets", NULL);
}

static void
fetch_parts (Bench *bench, BenchTable *table, goffset size, guint parts, const char *root)
{
  fetch_one (bench, table, size, parts, "one", root, part_names);
  bench_table_mark_ratio (table, "Bobbin", 0.65, "aria2", NULL);
  bench_table_mark_ratio (table, "Bobbin", 0.65, "axel", NULL);
}

void
bench_large_file_in_memory (Bench *bench)
{
  const char *root = bench->memory;

  fetch_stream (bench, bench_add_table (bench, "3", "One file of 2 GiB in one stream, in memory"), LARGE_SIZE,
                root, stream_names);
  fetch_parts (bench, bench_add_table (bench, "3", "One file of 2 GiB in 4 ranges, in memory"), LARGE_SIZE, 4,
               root);
  fetch_parts (bench, bench_add_table (bench, "3", "One file of 2 GiB in 16 ranges, in memory"), LARGE_SIZE,
               16, root);
}

void
bench_large_file_on_disk (Bench *bench)
{
  const char *root = bench->disk;

  fetch_stream (bench, bench_add_table (bench, "3", "One file of 1 GiB in one stream, to disk"),
                LARGE_DISK_SIZE, root, stream_disk_names);
  fetch_parts (bench, bench_add_table (bench, "3", "One file of 1 GiB in 16 ranges, to disk"),
               LARGE_DISK_SIZE, 16, root);
}

void
bench_limited_connections (Bench *bench)
{
  BenchTable *table = bench_add_table (bench, "4", "64 MiB at 2 MB/s a connection, in 16 ranges");

  fetch_one (bench, table, 64 << 20, 16, "limited/one", bench->memory, part_names);
  bench_table_mark_ratio (table, "Bobbin", 1.02, "raw sockets", NULL);
  bench_table_mark_ratio (table, "Bobbin", 1.00, "aria2", NULL);
}
