/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

/* What is seen of a running program from outside. */

double bench_process_get_work (pid_t process);
double bench_process_get_memory (pid_t process);
gint64 bench_process_wait_quiet (pid_t process, double patience);

/* The longest turn of a main loop, in seconds. */
typedef struct
{
  double length;
  double work;
} BenchTurn;

BenchTurn bench_process_read_turns (const char *path, gint64 from, gint64 to);

G_END_DECLS
