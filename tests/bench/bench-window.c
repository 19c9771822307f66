/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench.h"

#include "bench-app.h"
#include "bench-child.h"
#include "bench-files.h"
#include "bench-watch.h"

#include <stdio.h>

/* The window with its list on the screen, against the program on the terminal:
 * the same work, seen from outside by the files that come. */

#define PATIENCE 90.0
#define FRAME 16 /* ms */

typedef struct
{
  Bench *bench;
  BenchScreen *screen;
  const BenchWork *work;
  const char *lines;
  BenchTurn turn; /* the longest of all rounds */
} Visit;

static gboolean
see_files (Visit *visit, BenchWatch *watch, const char *downloads, BenchSample *sample, GError **error)
{
  gint64 first, last;

  if (!bench_watch_wait (watch, visit->work->n_files, PATIENCE, &first, &last))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the files did not come");
      return FALSE;
    }
  sample->seconds = (double) (last - first) / G_USEC_PER_SEC;
  return bench_files_are_equal (visit->work->source, downloads, visit->work->n_files, visit->work->size,
                                error);
}

static gboolean
run_terminal (Visit *visit, const char *folder, const char *downloads, BenchSample *sample, GError **error)
{
  const BenchPlace place = { .folder = downloads, .lines = visit->lines };
  g_autoptr (GPtrArray) command = bench_peers_make_command (bench_peers_find ("Bobbin"), visit->work, &place);
  g_autoptr (BenchWatch) watch = bench_watch_new (downloads);
  pid_t process = bench_child_start ((const char *const *) command->pdata, folder);
  gboolean well = see_files (visit, watch, downloads, sample, error);

  return bench_child_wait (process, PATIENCE, sample, well ? error : NULL) && well;
}

/* Downloads what the dialog shows, once it has it all. */
static gboolean
use_window (Visit *visit, BenchApp *app, const char *downloads, BenchSample *sample, GError **error)
{
  g_autoptr (BenchWatch) watch = bench_watch_new (downloads);
  gint64 pressed;
  BenchTurn turn;

  bench_app_wait_quiet (app);
  pressed = g_get_monotonic_time ();
  bench_screen_press (visit->screen, "ctrl+Return");
  if (!see_files (visit, watch, downloads, sample, error))
    return FALSE;
  turn = bench_app_get_longest_turn (app, pressed);
  visit->turn.length = MAX (visit->turn.length, turn.length);
  visit->turn.work = MAX (visit->turn.work, turn.work);
  return TRUE;
}

static gboolean
run_window (Visit *visit, const char *folder, const char *downloads, BenchSample *sample, GError **error)
{
  BenchApp app;
  BenchSample end;
  gboolean well;

  bench_app_make_home (folder, downloads, visit->work->at_once, visit->work->parts);
  if (!bench_app_start (&app, visit->screen, folder, (const char *[]){ BENCH_BOBBIN, visit->lines, NULL }))
    {
      bench_app_kill (&app);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "there is no window");
      return FALSE;
    }
  well = use_window (visit, &app, downloads, sample, error);
  if (!bench_app_quit (&app, &end, well ? error : NULL))
    return FALSE;
  sample->work = end.work;
  sample->memory = end.memory;
  return well;
}

static void
visit_once (Visit *visit, BenchSeries *series, const char *root, guint round, gboolean on_terminal)
{
  g_autofree char *name = g_strdup_printf ("%s %u", on_terminal ? "terminal" : "window", round);
  g_autofree char *folder = bench_files_make_folder (root, name);
  g_autofree char *downloads = bench_files_make_folder (folder, "files");
  g_autoptr (GError) error = NULL;
  BenchSample sample = { .told = 0 };

  if ((on_terminal ? run_terminal : run_window) (visit, folder, downloads, &sample, &error))
    bench_series_add (series, &sample);
  else
    bench_blame (visit->bench, series, error);
  bench_files_remove (folder);
}

static void
compare (Visit *visit, BenchTable *table)
{
  g_autofree char *root = bench_files_make_folder (visit->bench->memory, "window");
  g_autofree char *lines = g_build_filename (root, "links.txt", NULL);
  BenchSeries *window = bench_table_get_series (table, "Bobbin's window");
  BenchSeries *terminal = bench_table_get_series (table, "bobbin-cli");

  visit->lines = lines;
  bench_peers_write_lines (visit->work, lines);
  for (guint round = 0; round < visit->bench->rounds; round++)
    for (guint i = 0; i < 2; i++)
      {
        gboolean on_terminal = (i + round) % 2 != 0;
        BenchSeries *series = on_terminal ? terminal : window;

        if (series->left_out == NULL)
          visit_once (visit, series, root, round, on_terminal);
      }
  bench_files_remove (root);
  bench_table_mark_ratio (table, "Bobbin's window", 1.15, "bobbin-cli", NULL);
  bench_table_mark (table, "most work in a turn of the main loop while it downloads", visit->turn.work * 1000,
                    FRAME, "ms");
  bench_table_add_note (table, "longest turn, with what others on this machine took from it: %.1f ms",
                        visit->turn.length * 1000);
}

static void
download (Bench *bench, BenchScreen *screen, const char *title, guint n_files, goffset size)
{
  BenchTable *table = bench_add_table (bench, "9", title);
  g_autofree char *source = bench_make_files (bench, "shown", n_files, size);
  g_autofree char *uri = bench_make_uri (bench, "shown");
  const BenchWork work
      = { .uri = uri, .source = source, .n_files = n_files, .size = size, .at_once = 16, .parts = 1 };
  Visit visit = { .bench = bench, .screen = screen, .work = &work };

  compare (&visit, table);
  bench_table_add_note (table, "times are from the first file that is made to the last that is whole; "
                               "the window's CPU and memory include its start");
  bench_remove_files (bench, "shown");
}

void
bench_window (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  BenchScreen *screen = bench_screen_new (bench->memory, TRUE, &error);

  if (screen == NULL)
    {
      bench_table_add_note (bench_add_table (bench, "9", "The window against bobbin-cli"), "%s",
                            error->message);
      return;
    }
  download (bench, screen, "10,000 files of 4 KiB with the list on the screen, in memory", 10000, 4096);
  download (bench, screen, "One file of 2 GiB in one stream with the list on the screen, in memory", 1,
            (goffset) 2 << 30);
  bench_screen_free (screen);
}
