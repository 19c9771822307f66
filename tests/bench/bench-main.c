/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench.h"

#include "bench-files.h"
#include "bench-report.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Measures Bobbin beside its peers, case by case, and leaves a report. */

/* The one case that makes pictures and no table, and only if it is asked for. */
#define PLOTS "plots"

typedef struct
{
  const char *number;
  const char *name;
  BenchFunc measure;
} Case;

static const Case cases[] = {
  { "1", "small", bench_small_files_on_disk },
  { "1", "small-memory", bench_small_files_in_memory },
  { "2", "middling", bench_middling_files },
  { "3", "large", bench_large_file_in_memory },
  { "3", "large-disk", bench_large_file_on_disk },
  { "4", "limited", bench_limited_connections },
  { "5", "far", bench_far_files },
  { "6", "far-tls", bench_far_files_over_tls },
  { "7", "tail", bench_tail },
  { "8", "lesson", bench_lesson },
#ifdef BENCH_BOBBIN
  { "9", "window", bench_window },
  { "10", "list", bench_list },
#endif
  { "11", "start", bench_start },
  { "memory", "memory", bench_memory },
  { PLOTS, PLOTS, bench_plots },
};

static int rounds = 5;
static char *output;
static char *disk;
static char **wanted;
static gboolean list;

static const GOptionEntry options[] = {
  { "rounds", 'n', 0, G_OPTION_ARG_INT, &rounds, "Measure everything N times (default: 5)", "N" },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Write the reports into FOLDER", "FOLDER" },
  { "disk", 0, 0, G_OPTION_ARG_FILENAME, &disk, "Download into FOLDER, which is on a disk", "FOLDER" },
  { "list", 0, 0, G_OPTION_ARG_NONE, &list, "Print the cases, and measure nothing", NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, NULL, "[CASE…]" },
  { NULL },
};

static gboolean
is_wanted (const Case *one)
{
  if (wanted == NULL)
    return !g_str_equal (one->name, PLOTS);
  return g_strv_contains ((const char *const *) wanted, one->name)
         || g_strv_contains ((const char *const *) wanted, one->number);
}

static gboolean
is_case (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (g_str_equal (cases[i].name, name) || g_str_equal (cases[i].number, name))
      return TRUE;
  return FALSE;
}

static void
print_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_print ("%s\t%s\n", cases[i].number, cases[i].name);
}

static void
write_text (Bench *bench, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (bench->output, name, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (path, text, -1, &error))
    g_printerr ("%s\n", error->message);
}

static void
write_reports (Bench *bench, const char *machine)
{
  g_autofree char *markdown = bench_report_to_markdown (bench, machine);
  g_autofree char *json = bench_report_to_json (bench, machine);

  write_text (bench, "report.md", markdown);
  write_text (bench, "report.json", json);
}

static void
measure (Bench *bench, const Case *one)
{
  guint n_before = bench->tables->len;

  g_printerr ("measuring %s\n", one->name);
  one->measure (bench);
  for (guint i = n_before; i < bench->tables->len; i++)
    {
      g_autofree char *text = bench_report_table_to_markdown (g_ptr_array_index (bench->tables, i));

      g_print ("%s", text);
    }
}

static void
measure_wanted (Bench *bench)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (is_wanted (&cases[i]))
      measure (bench, &cases[i]);
  g_printerr ("measured for %" G_GINT64_FORMAT " s\n", (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
}

static int
measure_all (const char *disk_folder, const char *memory_folder)
{
  g_autofree char *machine = bench_report_describe_machine ();
  g_autoptr (GError) error = NULL;
  Bench bench = { .rounds = (guint) rounds,
                  .disk = (char *) disk_folder,
                  .memory = (char *) memory_folder,
                  .output = output,
                  .tables = g_ptr_array_new_with_free_func ((GDestroyNotify) bench_table_free) };

  bench.nginx = bench_nginx_new (memory_folder, &error);
  if (bench.nginx == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_print ("%s\n", machine);
  measure_wanted (&bench);
  if (bench.tables->len > 0)
    write_reports (&bench, machine);
  bench_nginx_free (bench.nginx);
  g_ptr_array_unref (bench.tables);
  return bench.wrong ? 1 : 0;
}

/* Returns: (transfer full): a new folder below @parent, or below the folder for
 *   what is temporary where there is none */
static char *
make_own_folder (const char *parent)
{
  g_autofree char *template
      = g_build_filename (parent != NULL && g_access (parent, W_OK) == 0 ? parent : g_get_tmp_dir (),
                          "bobbin-bench-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp_full (template, 0755));
  return g_steal_pointer (&template);
}

static pid_t worker;

static void
end_worker (int number)
{
  kill (-worker, SIGTERM);
}

/* All work is done by a child with a process group of its own, so that however it
 * ends, nothing is left of it: no server, no window, no folder. */
static int
measure_and_clean_up (void)
{
  g_autofree char *disk_folder = make_own_folder (disk);
  g_autofree char *memory_folder = make_own_folder ("/dev/shm");
  int status = 0;

  worker = fork ();
  if (worker == 0)
    {
      setpgid (0, 0);
      prctl (PR_SET_PDEATHSIG, SIGTERM);
      exit (measure_all (disk_folder, memory_folder));
    }
  setpgid (worker, worker); /* whoever of both comes first */
  signal (SIGINT, end_worker);
  signal (SIGTERM, end_worker);
  signal (SIGHUP, end_worker);
  while (waitpid (worker, &status, 0) < 0 && errno == EINTR)
    ;
  kill (-worker, SIGKILL);
  bench_files_remove (disk_folder);
  bench_files_remove (memory_folder);
  return WIFEXITED (status) ? WEXITSTATUS (status) : 1;
}

static gboolean
are_known (void)
{
  for (char **name = wanted; name != NULL && *name != NULL; name++)
    if (!is_case (*name))
      {
        g_printerr ("There is no case “%s”; these are:\n", *name);
        print_cases ();
        return FALSE;
      }
  return TRUE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  /* "plots FOLDER" */
  if (wanted != NULL && g_str_equal (wanted[0], PLOTS) && wanted[1] != NULL)
    output = g_steal_pointer (&wanted[1]);
  if (list)
    {
      print_cases ();
      return 0;
    }
  if (!are_known ())
    return 2;
  if (output == NULL)
    output = g_get_current_dir ();
  return measure_and_clean_up ();
}
