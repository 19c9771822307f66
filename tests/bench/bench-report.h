/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench.h"

G_BEGIN_DECLS

char *bench_report_describe_machine (void) G_GNUC_WARN_UNUSED_RESULT;
char *bench_report_to_markdown (Bench *bench, const char *machine) G_GNUC_WARN_UNUSED_RESULT;
char *bench_report_table_to_markdown (BenchTable *table) G_GNUC_WARN_UNUSED_RESULT;
char *bench_report_to_json (Bench *bench, const char *machine) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
