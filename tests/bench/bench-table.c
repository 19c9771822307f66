/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-table.h"

#include <math.h>
#include <stdlib.h>

double
bench_sample_get_seconds (const BenchSample *sample)
{
  return sample->seconds;
}

double
bench_sample_get_work (const BenchSample *sample)
{
  return sample->work;
}

double
bench_sample_get_memory (const BenchSample *sample)
{
  return sample->memory;
}

double
bench_sample_get_told (const BenchSample *sample)
{
  return sample->told;
}

static int
compare_figures (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Returns: the median of @n @figures, the mean of two where there is no middle
 *   one, with the least and the most; all NAN of none */
BenchRange
bench_range_of (const double *figures, guint n)
{
  g_autofree double *sorted = g_memdup2 (figures, n * sizeof (double));

  if (n == 0)
    return (BenchRange){ NAN, NAN, NAN };
  qsort (sorted, n, sizeof (double), compare_figures);
  return (BenchRange){ (sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1] };
}

static BenchSeries *
bench_series_new (const char *name)
{
  BenchSeries *self = g_new0 (BenchSeries, 1);

  self->name = g_strdup (name);
  self->samples = g_array_new (FALSE, FALSE, sizeof (BenchSample));
  return self;
}

static void
bench_series_free (BenchSeries *self)
{
  g_free (self->name);
  g_free (self->left_out);
  g_array_unref (self->samples);
  g_free (self);
}

void
bench_series_add (BenchSeries *self, const BenchSample *sample)
{
  g_array_append_val (self->samples, *sample);
}

/* From now on the series has no samples, because of @why. */
void
bench_series_leave_out (BenchSeries *self, const char *why)
{
  g_array_set_size (self->samples, 0);
  g_free (self->left_out);
  self->left_out = g_strdup (why);
}

gboolean
bench_series_has_samples (BenchSeries *self)
{
  return self->samples->len > 0;
}

BenchRange
bench_series_get_range (BenchSeries *self, BenchGetter get)
{
  g_autofree double *figures = g_new0 (double, self->samples->len + 1);

  for (guint i = 0; i < self->samples->len; i++)
    figures[i] = get (&g_array_index (self->samples, BenchSample, i));
  return bench_range_of (figures, self->samples->len);
}

/* Returns: the ratios of @self to @other, round by round */
BenchRange
bench_series_compare (BenchSeries *self, BenchSeries *other, BenchGetter get)
{
  guint n = MIN (self->samples->len, other->samples->len);
  g_autofree double *ratios = g_new0 (double, n + 1);

  for (guint i = 0; i < n; i++)
    ratios[i] = get (&g_array_index (self->samples, BenchSample, i))
                / get (&g_array_index (other->samples, BenchSample, i));
  return bench_range_of (ratios, n);
}

static void
bench_mark_free (BenchMark *self)
{
  g_free (self->text);
  g_free (self);
}

gboolean
bench_mark_is_met (const BenchMark *self)
{
  return self->value <= self->bound;
}

BenchTable *
bench_table_new (const char *number, const char *title)
{
  BenchTable *self = g_new0 (BenchTable, 1);

  self->number = number;
  self->title = g_strdup (title);
  self->series = g_ptr_array_new_with_free_func ((GDestroyNotify) bench_series_free);
  self->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) bench_mark_free);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
bench_table_free (BenchTable *self)
{
  g_ptr_array_unref (self->series);
  g_ptr_array_unref (self->marks);
  g_ptr_array_unref (self->notes);
  g_free (self->title);
  g_free (self);
}

static BenchSeries *
find_series (BenchTable *self, const char *name)
{
  for (guint i = 0; i < self->series->len; i++)
    {
      BenchSeries *series = g_ptr_array_index (self->series, i);

      if (g_str_equal (series->name, name))
        return series;
    }
  return NULL;
}

/* Returns: (transfer none): the series of that name, made if there is none */
BenchSeries *
bench_table_get_series (BenchTable *self, const char *name)
{
  BenchSeries *series = find_series (self, name);

  if (series == NULL)
    {
      series = bench_series_new (name);
      g_ptr_array_add (self->series, series);
    }
  return series;
}

/* Returns: in seconds; NAN if @name was not measured */
double
bench_table_get_median_time (BenchTable *self, const char *name)
{
  BenchSeries *series = find_series (self, name);

  return series == NULL ? (double) NAN : bench_series_get_range (series, bench_sample_get_seconds).median;
}

void
bench_table_add_note (BenchTable *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (self->notes, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* Notes that @value, which @text names, should be at most @bound; both are in
 * @unit, which is static, and empty for ratios. */
void
bench_table_mark (BenchTable *self, const char *text, double value, double bound, const char *unit)
{
  BenchMark *mark = g_new0 (BenchMark, 1);

  *mark = (BenchMark){ g_strdup (text), value, bound, unit };
  g_ptr_array_add (self->marks, mark);
}

/* Notes that the median time of @name should be at most @bound times that of
 * the fastest of @other and those that follow, as far as they were measured. */
void
bench_table_mark_ratio (BenchTable *self, const char *name, double bound, const char *other, ...)
{
  double fastest = NAN;
  g_autofree char *text = NULL;
  g_autoptr (GString) others = g_string_new (NULL);
  va_list arguments;

  va_start (arguments, other);
  for (const char *next = other; next != NULL; next = va_arg (arguments, const char *))
    {
      fastest = fmin (fastest, bench_table_get_median_time (self, next)); /* the one that is no NAN */
      g_string_append_printf (others, "%s%s", others->len > 0 ? ", " : "", next);
    }
  va_end (arguments);
  text = g_strdup_printf (strchr (others->str, ',') ? "%s / fastest of %s" : "%s / %s", name, others->str);
  bench_table_mark (self, text, bench_table_get_median_time (self, name) / fastest, bound, "");
}
