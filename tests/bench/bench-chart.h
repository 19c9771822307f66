/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-table.h"

G_BEGIN_DECLS

/* One figure of one program: how long it took to do @amount. */
typedef struct
{
  double amount;
  BenchRange seconds;
} BenchPoint;

typedef struct
{
  const char *name;
  GArray *points; /* of BenchPoint */
} BenchLine;

typedef struct
{
  const char *title;
  const char *amounts; /* what is counted on the axis */
  GPtrArray *lines;    /* of BenchLine; the first is ours */
} BenchChart;

char *bench_chart_draw (const BenchChart *chart) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
