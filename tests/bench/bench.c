/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench.h"

#include "bench-child.h"
#include "bench-files.h"

#include <math.h>
#include <string.h>

/* More than anybody needs for one round, in seconds. */
#define PATIENCE 60.0

/* Rounds with files above this leave nothing behind: there is no room for all. */
#define KEPT_SIZE 400000000

/* In JSON; what follows are seconds. */
#define TOLD "\"elapsed\":"

#define FEW_ROUNDS 2
#define MUCH_LONGER 3

/* Returns: (transfer none): a new table, the last one of the report */
BenchTable *
bench_add_table (Bench *self, const char *number, const char *title)
{
  BenchTable *table = bench_table_new (number, title);

  g_ptr_array_add (self->tables, table);
  return table;
}

/* Serves @n_files files of @size bytes under @name.
 * Returns: (transfer full): the folder that they are in */
char *
bench_make_files (Bench *self, const char *name, guint n_files, goffset size)
{
  char *folder = g_build_filename (self->nginx->files, name, NULL);

  bench_files_make (folder, n_files, size);
  return folder;
}

void
bench_remove_files (Bench *self, const char *name)
{
  g_autofree char *folder = g_build_filename (self->nginx->files, name, NULL);

  bench_files_remove (folder);
}

/* Returns: (transfer full): where what is served under @path is */
char *
bench_make_uri (Bench *self, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%d/%s", self->nginx->port, path);
}

char *
bench_make_secure_uri (Bench *self, const char *path)
{
  return g_strdup_printf ("https://127.0.0.1:%d/%s", self->nginx->secure_port, path);
}

/* Makes @server_port far or slow, as @way says. */
BenchRelay *
bench_start_relay (Bench *self, guint16 server_port, const BenchWay *way)
{
  g_autoptr (GError) error = NULL;
  BenchRelay *relay = bench_relay_new (self->memory, server_port, way, &error);

  g_assert_no_error (error);
  return relay;
}

/* Returns: what the program says of its time; NAN if it says nothing */
static double
read_told (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "said", NULL);
  g_autofree char *text = NULL;
  const char *place;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return (double) NAN;
  place = g_strrstr (text, TOLD);
  return place != NULL ? g_ascii_strtod (place + strlen (TOLD), NULL) : (double) NAN;
}

/* Leaves out who did not do what was asked; and remembers that it was done wrong,
 * unless it was only slow. */
void
bench_blame (Bench *self, BenchSeries *series, const GError *why)
{
  g_printerr ("  %s: %s\n", series->name, why->message);
  bench_series_leave_out (series, why->message);
  self->wrong |= !g_error_matches (why, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/* One program, once: in a new folder, and with a new home. */
static void
run_once (
    Bench *self, BenchSeries *series, const BenchWork *work, const char *round_folder, BenchPlace *place)
{
  const BenchPeer *peer = bench_peers_find (series->name);
  g_autofree char *folder = bench_files_make_folder (round_folder, "files");
  g_autoptr (GPtrArray) command = NULL;
  g_autoptr (GError) error = NULL;
  BenchSample sample;

  place->folder = folder;
  command = bench_peers_make_command (peer, work, place);
  if (bench_child_run ((const char *const *) command->pdata, folder, PATIENCE, &sample, &error)
      && bench_files_are_equal (work->source, folder, work->n_files, work->size, &error))
    {
      sample.told = read_told (folder);
      bench_series_add (series, &sample);
    }
  else
    bench_blame (self, series, error);
}

static void
run_in_round (
    Bench *self, BenchSeries *series, const BenchWork *work, const char *root, guint round, BenchPlace *place)
{
  g_autofree char *name = g_strdup_printf ("%s %u", series->name, round);
  g_autofree char *folder = bench_files_make_folder (root, name);

  run_once (self, series, work, folder, place);
  if ((goffset) work->n_files * work->size > KEPT_SIZE)
    bench_files_remove (folder);
  bench_files_sync (root);
}

/* Who takes many times as long as Bobbin does so in every round: nobody learns
 * anything from waiting for all of them. */
static gboolean
is_known_by_now (BenchTable *table, BenchSeries *series)
{
  BenchSeries *first = g_ptr_array_index (table->series, 0);

  return series->samples->len == FEW_ROUNDS
         && bench_series_get_range (series, bench_sample_get_seconds).least
                > MUCH_LONGER * bench_series_get_range (first, bench_sample_get_seconds).most;
}

static void
run_rounds (Bench *self, BenchTable *table, const BenchWork *work, const char *root, BenchPlace *place)
{
  for (guint round = 0; round < self->rounds; round++)
    for (guint i = 0; i < table->series->len; i++)
      {
        BenchSeries *series = g_ptr_array_index (table->series, (i + round) % table->series->len);

        if (series->left_out == NULL && !is_known_by_now (table, series))
          run_in_round (self, series, work, root, round, place);
      }
}

/* Lets all of @names do @work in turn, as often as there are rounds, each round
 * beginning with another one. The files go to new folders below @root; nothing
 * that is small is removed before the end, since unlinking has costs that come
 * later. What is left of one is on the disk before the next one starts. */
void
bench_compare (
    Bench *self, BenchTable *table, const BenchWork *work, const char *root, const char *const *names)
{
  g_autofree char *folder = bench_files_make_folder (root, "case");
  g_autofree char *lines = g_build_filename (folder, "links", NULL);
  g_autofree char *rules = g_build_filename (folder, "rules", NULL);
  BenchPlace place = { .lines = lines, .rules = rules };

  bench_peers_write_lines (work, lines);
  bench_peers_write_rules (work, rules);
  for (; *names != NULL; names++)
    {
      BenchSeries *series = bench_table_get_series (table, *names);

      if (!bench_peers_is_there (bench_peers_find (*names)))
        bench_series_leave_out (series, "not installed");
    }
  run_rounds (self, table, work, folder, &place);
  bench_files_remove (folder);
}
