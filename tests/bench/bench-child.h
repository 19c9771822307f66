/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-table.h"

#include <sys/types.h>

G_BEGIN_DECLS

pid_t bench_child_start (const char *const *command, const char *folder);
void bench_child_end (pid_t child);
gboolean bench_child_wait (pid_t child, double patience, BenchSample *sample, GError **error);

gboolean bench_child_run (
    const char *const *command, const char *folder, double patience, BenchSample *sample, GError **error);

G_END_DECLS
