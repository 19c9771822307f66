/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench.h"

#include "bench-chart.h"

/* How the time grows with the files, and with the workers: a program with no bad
 * surprises in it has straight lines. */

/* These are many points. */
#define ROUNDS 3

#define SIZE 4096
#define FILES_AT_ONCE 16
#define WORKERS_FILES 5000
#define FAR_FILES 256
#define FAR_DELAY 20 /* ms */

static const char *const names[] = { "Bobbin", "curl -Z", "raw sockets" };

static const guint files[] = { 100, 300, 1000, 3000, 10000, 30000, 100000 };
static const guint workers[] = { 1, 2, 4, 8, 16, 32, 64, 128 };

static void
free_line (gpointer data)
{
  BenchLine *line = data;

  g_array_unref (line->points);
  g_free (line);
}

static GPtrArray *
make_lines (void)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (free_line);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      BenchLine *line = g_new0 (BenchLine, 1);

      line->name = names[i];
      line->points = g_array_new (FALSE, FALSE, sizeof (BenchPoint));
      g_ptr_array_add (lines, line);
    }
  return lines;
}

/* Lets all do @work, and adds a point to the line of each. */
static void
add_points (Bench *bench, GPtrArray *lines, const BenchWork *work, double amount)
{
  const char *const wanted[] = { names[0], names[1], names[2], NULL };
  BenchTable *table = bench_table_new ("plots", "");
  Bench shorter = *bench;

  shorter.rounds = MIN (ROUNDS, bench->rounds);
  bench_compare (&shorter, table, work, bench->memory, wanted);
  bench->wrong = shorter.wrong;
  for (guint i = 0; i < lines->len; i++)
    {
      BenchLine *line = g_ptr_array_index (lines, i);
      BenchSeries *series = bench_table_get_series (table, line->name);
      const BenchPoint point = { amount, bench_series_get_range (series, bench_sample_get_seconds) };

      if (bench_series_has_samples (series))
        g_array_append_val (line->points, point);
    }
  bench_table_free (table);
}

/* A program that is missing has no line. */
static void
draw (Bench *bench, const char *name, BenchChart *chart)
{
  g_autofree char *path = g_build_filename (bench->output, name, NULL);
  g_autofree char *picture = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = chart->lines->len; i > 0; i--)
    if (((BenchLine *) g_ptr_array_index (chart->lines, i - 1))->points->len == 0)
      g_ptr_array_remove_index (chart->lines, i - 1);
  if (chart->lines->len > 0)
    {
      picture = bench_chart_draw (chart);
      if (!g_file_set_contents (path, picture, -1, &error))
        g_printerr ("%s\n", error->message);
      else
        g_print ("%s\n", path);
    }
  g_ptr_array_unref (chart->lines);
}

static void
plot_files (Bench *bench)
{
  BenchChart chart = { "Files of 4 KiB, 16 at once", "files", make_lines () };
  g_autofree char *source = bench_make_files (bench, "plots", files[G_N_ELEMENTS (files) - 1], SIZE);
  g_autofree char *uri = bench_make_uri (bench, "plots");

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      const BenchWork work = {
        .uri = uri, .source = source, .n_files = files[i], .size = SIZE, .at_once = FILES_AT_ONCE, .parts = 1
      };

      add_points (bench, chart.lines, &work, files[i]);
    }
  bench_remove_files (bench, "plots");
  draw (bench, "time-by-files.svg", &chart);
}

static void
plot_workers (Bench *bench, const char *name, const char *title, guint n_files, guint16 port)
{
  BenchChart chart = { title, "at once", make_lines () };
  g_autofree char *source = bench_make_files (bench, "plots", n_files, SIZE);
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%d/plots", port);

  for (guint i = 0; i < G_N_ELEMENTS (workers); i++)
    {
      const BenchWork work = {
        .uri = uri, .source = source, .n_files = n_files, .size = SIZE, .at_once = workers[i], .parts = 1
      };

      add_points (bench, chart.lines, &work, workers[i]);
    }
  bench_remove_files (bench, "plots");
  draw (bench, name, &chart);
}

/* Draws the pictures of the page beside this file. */
void
bench_plots (Bench *bench)
{
  const BenchWay way = { .delay = FAR_DELAY };
  BenchRelay *relay = bench_start_relay (bench, bench->nginx->port, &way);

  plot_files (bench);
  plot_workers (bench, "time-by-workers.svg", "5,000 files of 4 KiB from a server on the same machine",
                WORKERS_FILES, bench->nginx->port);
  plot_workers (bench, "time-by-workers-far.svg",
                "256 files of 4 KiB from a server 20 ms away (there and back)", FAR_FILES, relay->port);
  bench_relay_free (relay);
}
