/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench.h"

#include "bench-app.h"
#include "bench-child.h"
#include "bench-files.h"
#include "bench-watch.h"

#include <math.h>

/* Many downloads in the list of the window: what they take to be pasted, to be
 * fetched, to be kept and to be shown again after the next start. */

#define FEW 10000
#define MANY 100000
#define SIZE 100

#define PATIENCE 150.0

#define UGET_PORT 14777

/* See bench-app.c. */
#define NO_REST "not done within 30 s"

/* The marks. */
#define MEMORY 200 /* MB */
#define PASTE 1.0  /* s */

typedef struct
{
  Bench *bench;
  BenchScreen *screen;
  char *folder;
  char *source;
  char *few; /* files with links */
  char *many;
  char *few_home; /* folders with homes that have them in the list */
  char *many_home;
} Visit;

static const char *const bobbin[] = { BENCH_BOBBIN, NULL };
static const char *const uget[] = { "uget-gtk", NULL };

static char *
write_links (Visit *visit, const char *name, guint n_links)
{
  g_autofree char *uri = bench_make_uri (visit->bench, "list");
  const BenchWork work = { .uri = uri, .n_files = n_links };
  char *path = g_build_filename (visit->folder, name, NULL);

  bench_peers_write_lines (&work, path);
  return path;
}

/* A new home that ends with what was begun in it. */
static char *
make_place (Visit *visit, const char *name)
{
  char *folder = bench_files_make_folder (visit->folder, name);
  g_autofree char *downloads = bench_files_make_folder (folder, "files");

  bench_app_make_home (folder, downloads, 16, 1);
  return folder;
}

static double
to_seconds (gint64 from, gint64 to)
{
  return (double) (to - from) / G_USEC_PER_SEC;
}

/* Starts @command, and waits until it is done with that.
 * @sample: (out) (nullable): how long it took to the first frame; what it held
 *   and had worked when it was quiet; and, as told, when that was */
static gboolean
open_app (Visit *visit, BenchApp *app, const char *folder, const char *const *command, BenchSample *sample)
{
  gint64 quiet = 0;

  if (bench_app_start (app, visit->screen, folder, command))
    quiet = bench_app_wait_quiet (app);
  if (quiet == 0)
    {
      bench_app_kill (app);
      return FALSE;
    }
  if (sample != NULL)
    *sample = (BenchSample){ .seconds = to_seconds (app->start, app->shown),
                             .work = bench_process_get_work (app->process),
                             .memory = bench_process_get_memory (app->process),
                             .told = to_seconds (app->start, quiet) };
  return TRUE;
}

static void
tell_turn (BenchTable *table, const char *what, BenchTurn turn)
{
  bench_table_add_note (table, "longest turn of Bobbin's main loop %s: %.1f ms, most work in one: %.1f ms",
                        what, turn.length * 1000, turn.work * 1000);
}

/* Fetches @n_files with the window.
 * Returns: (transfer full): the folder with the home that has them in its list */
static char *
fetch (Visit *visit, BenchTable *table, const char *links, guint n_files)
{
  g_autofree char *name = g_strdup_printf ("fetch %u", n_files);
  char *folder = make_place (visit, name);
  g_autofree char *downloads = g_build_filename (folder, "files", NULL);
  g_autoptr (BenchWatch) watch = bench_watch_new (downloads);
  g_autofree char *what = g_strdup_printf ("while it fetches %u files", n_files);
  BenchApp app;
  BenchSample sample;
  gint64 pressed, first, last;

  if (!open_app (visit, &app, folder, (const char *[]){ BENCH_BOBBIN, links, NULL }, NULL))
    return folder;
  pressed = g_get_monotonic_time ();
  bench_screen_press (visit->screen, "ctrl+Return");
  if (bench_watch_wait (watch, n_files, PATIENCE, &first, &last) && bench_app_wait_quiet (&app) != 0)
    {
      double memory = bench_process_get_memory (app.process) / 1e6;

      bench_table_add_note (table, "%u files of %d bytes fetched by the window in %.1f s; %.0f MB afterwards",
                            n_files, SIZE, to_seconds (pressed, last), memory);
      bench_table_add_note (table, "from Ctrl+Return to the first of %u files: %.2f s", n_files,
                            to_seconds (pressed, first));
      if (n_files == MANY)
        bench_table_mark (table, "resident with 100,000 downloads", memory, MEMORY, "MB");
      tell_turn (table, what, bench_app_get_longest_turn (&app, pressed));
    }
  bench_app_quit (&app, &sample, NULL);
  return folder;
}

/* From the key to the moment when the window has no more to do about it. */
static void
paste_once (Visit *visit, BenchSeries *series, const char *links, BenchTurn *longest)
{
  g_autofree char *folder = make_place (visit, "paste");
  pid_t holder;
  BenchApp app;

  if (open_app (visit, &app, folder, bobbin, NULL))
    {
      double work = bench_process_get_work (app.process);
      gint64 pressed, quiet;

      holder = bench_screen_copy (visit->screen, links);
      pressed = g_get_monotonic_time ();
      bench_screen_press (visit->screen, "ctrl+v");
      quiet = bench_app_wait_quiet (&app);
      if (quiet != 0)
        {
          const BenchSample sample = { .seconds = to_seconds (pressed, quiet),
                                       .work = bench_process_get_work (app.process) - work,
                                       .memory = bench_process_get_memory (app.process) };
          BenchTurn turn = bench_app_get_longest_turn (&app, pressed);

          bench_series_add (series, &sample);
          longest->length = MAX (longest->length, turn.length);
          longest->work = MAX (longest->work, turn.work);
        }
      else
        bench_series_leave_out (series, NO_REST);
      bench_child_end (holder);
      bench_app_kill (&app);
    }
  else
    bench_series_leave_out (series, NO_REST);
  bench_files_remove (folder);
}

/* Hands a file with links to an uGet that runs already and fetches nothing. */
static void
hand_to_uget (Visit *visit, BenchSeries *series, const char *links)
{
  g_autofree char *folder = bench_files_make_folder (visit->folder, "uget");
  g_autofree char *option = g_strconcat ("--input-file=", links, NULL);
  const char *const offline[] = { "uget-gtk", "--set-offline=1", NULL };
  const char *const command[] = { "uget-gtk", "--quiet", "--category-index=0", option, NULL };
  BenchApp app;

  if (series->left_out == NULL && open_app (visit, &app, folder, offline, NULL))
    {
      double work = bench_process_get_work (app.process);
      gint64 start = g_get_monotonic_time ();
      pid_t messenger = bench_child_start (command, folder);
      gint64 quiet = bench_app_wait_quiet (&app);
      const BenchSample sample = { .seconds = to_seconds (start, quiet),
                                   .work = bench_process_get_work (app.process) - work,
                                   .memory = bench_process_get_memory (app.process) };

      if (quiet != 0)
        bench_series_add (series, &sample);
      else
        bench_series_leave_out (series, NO_REST);
      bench_child_end (messenger);
      bench_app_kill (&app);
    }
  bench_files_remove (folder);
}

/* One that runs already would get the links that are meant for ours: it listens
 * to a port that is always the same.
 * Returns: (nullable): why uGet has to be left out */
static const char *
why_without_uget (void)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection
      = g_socket_client_connect_to_host (client, "127.0.0.1", UGET_PORT, NULL, NULL);
  g_autofree char *path = g_find_program_in_path (uget[0]);

  if (path == NULL)
    return "not installed";
  return connection != NULL ? "running already" : NULL;
}

static void
add_links (Visit *visit)
{
  BenchTable *table = bench_add_table (visit->bench, "10",
                                       "Links added to the window, until it has shown them and is quiet");
  BenchSeries *own_few = bench_table_get_series (table, "Bobbin, 10,000 pasted");
  BenchSeries *their_few = bench_table_get_series (table, "uGet, 10,000 handed over");
  BenchSeries *own_many = bench_table_get_series (table, "Bobbin, 100,000 pasted");
  BenchSeries *their_many = bench_table_get_series (table, "uGet, 100,000 handed over");
  BenchTurn few = { 0, 0 }, many = { 0, 0 };

  if (why_without_uget () != NULL)
    {
      bench_series_leave_out (their_few, why_without_uget ());
      bench_series_leave_out (their_many, why_without_uget ());
    }
  for (guint round = 0; round < visit->bench->rounds; round++)
    {
      paste_once (visit, own_many, visit->many, &many);
      hand_to_uget (visit, their_few, visit->few);
      paste_once (visit, own_few, visit->few, &few);
      hand_to_uget (visit, their_many, visit->many);
    }
  bench_table_mark (table, "100,000 links pasted and shown",
                    bench_series_get_range (own_many, bench_sample_get_seconds).median, PASTE, "s");
  tell_turn (table, "while 10,000 links are pasted", few);
  tell_turn (table, "while 100,000 links are pasted", many);
}

static void
start_once (
    Visit *visit, BenchSeries *series, const char *home, const char *const *command, BenchTurn *longest)
{
  g_autofree char *fresh = home == NULL ? make_place (visit, "start") : NULL;
  BenchApp app;
  BenchSample sample;

  if (series->left_out == NULL && open_app (visit, &app, home != NULL ? home : fresh, command, &sample))
    {
      BenchTurn turn = bench_app_get_longest_turn (&app, app.start);

      bench_series_add (series, &sample);
      longest->length = MAX (longest->length, turn.length);
      longest->work = MAX (longest->work, turn.work);
      bench_app_kill (&app);
    }
  else if (series->left_out == NULL)
    bench_series_leave_out (series, NO_REST);
  if (fresh != NULL)
    bench_files_remove (fresh);
}

static void
start_again (Visit *visit)
{
  BenchTable *table = bench_add_table (visit->bench, "10", "From the start to the first frame");
  BenchSeries *own = bench_table_get_series (table, "Bobbin");
  BenchSeries *theirs = bench_table_get_series (table, "uGet");
  BenchSeries *few = bench_table_get_series (table, "Bobbin with 10,000 downloads");
  BenchSeries *many = bench_table_get_series (table, "Bobbin with 100,000 downloads");
  BenchTurn turns[4] = { 0 };

  if (why_without_uget () != NULL)
    bench_series_leave_out (theirs, why_without_uget ());
  for (guint round = 0; round < visit->bench->rounds; round++)
    {
      start_once (visit, own, NULL, bobbin, &turns[0]);
      start_once (visit, theirs, NULL, uget, &turns[1]);
      start_once (visit, few, visit->few_home, bobbin, &turns[2]);
      start_once (visit, many, visit->many_home, bobbin, &turns[3]);
    }
  bench_table_mark_ratio (table, "Bobbin", 1.0, "uGet", NULL);
  bench_table_mark (table, "resident with 100,000 downloads, started again",
                    bench_series_get_range (many, bench_sample_get_memory).median / 1e6, MEMORY, "MB");
  bench_table_add_note (
      table,
      "memory and CPU are those of the moment when the program is quiet; with nothing in "
      "the list that is after %.2f s, with 100,000 downloads after %.2f s, uGet's after %.2f s",
      bench_series_get_range (own, bench_sample_get_told).median,
      bench_series_get_range (many, bench_sample_get_told).median,
      bench_series_get_range (theirs, bench_sample_get_told).median);
  tell_turn (table, "when it starts", turns[0]);
  tell_turn (table, "when it starts with 100,000 downloads", turns[3]);
  bench_table_add_note (table, "uGet's longest turn when it starts: %.1f ms", turns[1].length * 1000);
}

/* Returns: whether there was a screen to do it on */
static gboolean
do_on_screen (Visit *visit,
              gboolean with_manager,
              void (*first) (Visit *visit),
              void (*second) (Visit *visit))
{
  g_autoptr (GError) error = NULL;

  visit->screen = bench_screen_new (visit->bench->memory, with_manager, &error);
  if (visit->screen == NULL)
    {
      bench_table_add_note (bench_add_table (visit->bench, "10", "The list"), "%s", error->message);
      return FALSE;
    }
  first (visit);
  if (second != NULL)
    second (visit);
  bench_screen_free (visit->screen);
  return TRUE;
}

static void
fetch_all (Visit *visit)
{
  BenchTable *table = bench_add_table (visit->bench, "10", "So many downloads in the list, once");

  visit->few_home = fetch (visit, table, visit->few, FEW);
  visit->many_home = fetch (visit, table, visit->many, MANY);
}

void
bench_list (Bench *bench)
{
  g_autofree char *folder = bench_files_make_folder (bench->memory, "list");
  g_autofree char *source = bench_make_files (bench, "list", MANY, SIZE);
  Visit visit = { .bench = bench, .folder = folder, .source = source };

  visit.few = write_links (&visit, "few.txt", FEW);
  visit.many = write_links (&visit, "many.txt", MANY);
  if (do_on_screen (&visit, TRUE, fetch_all, add_links))
    do_on_screen (&visit, FALSE, start_again, NULL);
  bench_remove_files (bench, "list");
  bench_files_remove (folder);
  g_free (visit.few);
  g_free (visit.many);
  g_free (visit.few_home);
  g_free (visit.many_home);
}
