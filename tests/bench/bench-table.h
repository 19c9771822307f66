/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What one program needed in one round. */
typedef struct
{
  double seconds; /* from its start to its end */
  double work;    /* of the processor's time, in seconds, with that of its children */
  double memory;  /* most resident, bytes */
  double told;    /* seconds, by its own clock; NAN where it tells nothing */
} BenchSample;

typedef double (*BenchGetter) (const BenchSample *sample);

double bench_sample_get_seconds (const BenchSample *sample);
double bench_sample_get_work (const BenchSample *sample);
double bench_sample_get_memory (const BenchSample *sample);
double bench_sample_get_told (const BenchSample *sample);

/* The middle and the ends of some figures. */
typedef struct
{
  double median;
  double least;
  double most;
} BenchRange;

BenchRange bench_range_of (const double *figures, guint n);

/* One program in all rounds of one case. */
typedef struct
{
  char *name;
  GArray *samples; /* of BenchSample, one a round */
  char *left_out;  /* (nullable): why there are no samples */
} BenchSeries;

void bench_series_add (BenchSeries *self, const BenchSample *sample);
void bench_series_leave_out (BenchSeries *self, const char *why);
gboolean bench_series_has_samples (BenchSeries *self);
BenchRange bench_series_get_range (BenchSeries *self, BenchGetter get);
BenchRange bench_series_compare (BenchSeries *self, BenchSeries *other, BenchGetter get);

/* What a figure should be at most. */
typedef struct
{
  char *text;
  double value; /* NAN where it could not be measured */
  double bound;
  const char *unit;
} BenchMark;

gboolean bench_mark_is_met (const BenchMark *self);

/* One case: programs that did the same work in the same rounds. */
typedef struct
{
  const char *number; /* of the case */
  char *title;
  GPtrArray *series; /* of BenchSeries; ratios are those of the first to the others */
  GPtrArray *marks;  /* of BenchMark */
  GPtrArray *notes;  /* of lines for the report */
} BenchTable;

BenchTable *bench_table_new (const char *number, const char *title) G_GNUC_WARN_UNUSED_RESULT;
void bench_table_free (BenchTable *self);

BenchSeries *bench_table_get_series (BenchTable *self, const char *name);
double bench_table_get_median_time (BenchTable *self, const char *name);
void bench_table_add_note (BenchTable *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void bench_table_mark (BenchTable *self, const char *text, double value, double bound, const char *unit);
void bench_table_mark_ratio (BenchTable *self, const char *name, double bound, const char *other, ...)
    G_GNUC_NULL_TERMINATED;

G_END_DECLS
