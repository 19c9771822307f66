/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-report.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <unistd.h>

/* Returns: (transfer full): a line on what was measured on, without any name or
 *   path of it; to be called before the machine is busy with us */
char *
bench_report_describe_machine (void)
{
  g_autofree char *peers = bench_peers_describe ();
  struct utsname kernel;
  double load = 0;

  uname (&kernel);
  getloadavg (&load, 1);
  return g_strdup_printf ("%ld cores with the server on them, %s %.*s, load %.1f at the start; %s",
                          sysconf (_SC_NPROCESSORS_ONLN), kernel.sysname,
                          (int) strspn (kernel.release, "0123456789."), kernel.release, load, peers);
}

/* Three digits that count. */
static char *
print_figure (double figure)
{
  if (figure >= 100)
    return g_strdup_printf ("%.0f", figure);
  return g_strdup_printf ("%.*f", figure >= 10 ? 1 : figure >= 0.1 ? 2 : 4, figure);
}

static void
append_range (GString *text, BenchRange range)
{
  g_autofree char *median = print_figure (range.median);
  g_autofree char *least = print_figure (range.least);
  g_autofree char *most = print_figure (range.most);

  g_string_append_printf (text, " %s (%s–%s) |", median, least, most);
}

static void
append_series (GString *text, BenchSeries *first, BenchSeries *series)
{
  g_string_append_printf (text, "| %s", series->name);
  if (series->samples->len < first->samples->len && series->samples->len > 0)
    g_string_append_printf (text, " (%u rounds)", series->samples->len);
  g_string_append (text, " |");
  if (!bench_series_has_samples (series))
    {
      g_string_append_printf (text, " %s | | | |\n", series->left_out != NULL ? series->left_out : "nothing");
      return;
    }
  append_range (text, bench_series_get_range (series, bench_sample_get_seconds));
  g_string_append_printf (text, " %.2f | %.1f |",
                          bench_series_get_range (series, bench_sample_get_work).median,
                          bench_series_get_range (series, bench_sample_get_memory).median / 1e6);
  if (series != first && bench_series_has_samples (first))
    append_range (text, bench_series_compare (first, series, bench_sample_get_seconds));
  else
    g_string_append (text, " |");
  g_string_append_c (text, '\n');
}

static const char *
get_verdict (const BenchMark *mark)
{
  if (isnan (mark->value))
    return "–";
  return bench_mark_is_met (mark) ? "met" : "**not met**";
}

static void
append_mark (GString *text, const BenchMark *mark)
{
  g_autofree char *value = isnan (mark->value) ? g_strdup ("not measured") : print_figure (mark->value);
  g_autofree char *bound = print_figure (mark->bound);
  const char *space = *mark->unit != '\0' ? " " : "";

  g_string_append_printf (text, "- %s: %s%s%s (mark: ≤ %s%s%s): %s\n", mark->text, value, space, mark->unit,
                          bound, space, mark->unit, get_verdict (mark));
}

static void
append_table (GString *text, BenchTable *table)
{
  BenchSeries *first = table->series->len > 0 ? g_ptr_array_index (table->series, 0) : NULL;

  g_string_append_printf (text, "\n### Case %s: %s\n\n", table->number, table->title);
  if (first == NULL)
    g_string_truncate (text, text->len - 1);
  else
    g_string_append_printf (
        text,
        "| program | time, s | CPU, s | memory, MB | %s / it, by pairs |\n| --- | --- | --- | --- | --- |\n",
        first->name);
  for (guint i = 0; i < table->series->len; i++)
    append_series (text, first, g_ptr_array_index (table->series, i));
  g_string_append_c (text, '\n');
  for (guint i = 0; i < table->notes->len; i++)
    g_string_append_printf (text, "- %s\n", (char *) g_ptr_array_index (table->notes, i));
  for (guint i = 0; i < table->marks->len; i++)
    append_mark (text, g_ptr_array_index (table->marks, i));
}

/* Every mark in one table, for who has little time. */
static void
append_marks (GString *text, Bench *bench)
{
  g_string_append (text,
                   "\n### Marks\n\n| case | what | value | mark | met |\n| --- | --- | --- | --- | --- |\n");
  for (guint i = 0; i < bench->tables->len; i++)
    {
      BenchTable *table = g_ptr_array_index (bench->tables, i);

      for (guint k = 0; k < table->marks->len; k++)
        {
          const BenchMark *mark = g_ptr_array_index (table->marks, k);
          g_autofree char *value = isnan (mark->value) ? g_strdup ("–") : print_figure (mark->value);
          g_autofree char *bound = print_figure (mark->bound);

          g_string_append_printf (text, "| %s: %s | %s | %s %s | ≤ %s %s | %s |\n", table->number,
                                  table->title, mark->text, value, mark->unit, bound, mark->unit,
                                  get_verdict (mark));
        }
    }
}

/* Returns: (transfer full): one case */
char *
bench_report_table_to_markdown (BenchTable *table)
{
  GString *text = g_string_new (NULL);

  append_table (text, table);
  return g_string_free (text, FALSE);
}

/* Returns: (transfer full): all cases */
char *
bench_report_to_markdown (Bench *bench, const char *machine)
{
  GString *text = g_string_new ("## Bobbin beside others\n\n");

  g_string_append_printf (
      text,
      "%s. %u rounds, in each of which all programs take their turn. Times are medians "
      "(least–most); ratios are those of pairs in one round, marks are ratios of the medians.\n",
      machine, bench->rounds);
  for (guint i = 0; i < bench->tables->len; i++)
    append_table (text, g_ptr_array_index (bench->tables, i));
  append_marks (text, bench);
  return g_string_free (text, FALSE);
}

/* JSON has no word for what is no number. */
static void
add_figure (JsonBuilder *json, const char *name, double figure)
{
  json_builder_set_member_name (json, name);
  if (isnan (figure))
    json_builder_add_null_value (json);
  else
    json_builder_add_double_value (json, figure);
}

static void
add_text (JsonBuilder *json, const char *name, const char *text)
{
  json_builder_set_member_name (json, name);
  json_builder_add_string_value (json, text);
}

static void
add_range (JsonBuilder *json, const char *name, BenchRange range)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_object (json);
  add_figure (json, "median", range.median);
  add_figure (json, "least", range.least);
  add_figure (json, "most", range.most);
  json_builder_end_object (json);
}

static void
add_series (JsonBuilder *json, BenchSeries *first, BenchSeries *series)
{
  json_builder_begin_object (json);
  add_text (json, "program", series->name);
  add_text (json, "left-out", series->left_out);
  json_builder_set_member_name (json, "rounds");
  json_builder_add_int_value (json, series->samples->len);
  add_range (json, "seconds", bench_series_get_range (series, bench_sample_get_seconds));
  add_range (json, "cpu-seconds", bench_series_get_range (series, bench_sample_get_work));
  add_range (json, "bytes-resident", bench_series_get_range (series, bench_sample_get_memory));
  add_range (json, "ratio-of-first", bench_series_compare (first, series, bench_sample_get_seconds));
  json_builder_end_object (json);
}

static void
add_mark (JsonBuilder *json, const BenchMark *mark)
{
  json_builder_begin_object (json);
  add_text (json, "mark", mark->text);
  add_figure (json, "value", mark->value);
  add_figure (json, "bound", mark->bound);
  add_text (json, "unit", mark->unit);
  json_builder_set_member_name (json, "met");
  json_builder_add_boolean_value (json, bench_mark_is_met (mark));
  json_builder_end_object (json);
}

static void
add_table (JsonBuilder *json, BenchTable *table)
{
  json_builder_begin_object (json);
  add_text (json, "case", table->number);
  add_text (json, "title", table->title);
  json_builder_set_member_name (json, "programs");
  json_builder_begin_array (json);
  for (guint i = 0; i < table->series->len; i++)
    add_series (json, g_ptr_array_index (table->series, 0), g_ptr_array_index (table->series, i));
  json_builder_end_array (json);
  json_builder_set_member_name (json, "marks");
  json_builder_begin_array (json);
  for (guint i = 0; i < table->marks->len; i++)
    add_mark (json, g_ptr_array_index (table->marks, i));
  json_builder_end_array (json);
  json_builder_set_member_name (json, "notes");
  json_builder_begin_array (json);
  for (guint i = 0; i < table->notes->len; i++)
    json_builder_add_string_value (json, g_ptr_array_index (table->notes, i));
  json_builder_end_array (json);
  json_builder_end_object (json);
}

/* Returns: (transfer full): all cases, for programs */
char *
bench_report_to_json (Bench *bench, const char *machine)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (json);
  add_text (json, "machine", machine);
  json_builder_set_member_name (json, "cases");
  json_builder_begin_array (json);
  for (guint i = 0; i < bench->tables->len; i++)
    add_table (json, g_ptr_array_index (bench->tables, i));
  json_builder_end_array (json);
  json_builder_end_object (json);
  root = json_builder_get_root (json);
  return json_to_string (root, TRUE);
}
