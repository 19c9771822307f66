/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-process.h"
#include "bench-screen.h"

G_BEGIN_DECLS

/* A program with a window, at work. */
typedef struct
{
  BenchScreen *screen;
  char *turns; /* path of what its main loop does */
  pid_t process;
  gint64 start; /* on the monotonic clock, as all times are */
  gint64 shown; /* when it had a window with something in it */
} BenchApp;

void bench_app_make_home (const char *folder, const char *downloads, guint at_once, guint parts);
gboolean bench_app_start (BenchApp *self,
                          BenchScreen *screen,
                          const char *folder,
                          const char *const *command);
gint64 bench_app_wait_quiet (BenchApp *self);
BenchTurn bench_app_get_longest_turn (BenchApp *self, gint64 from);
gboolean bench_app_quit (BenchApp *self, BenchSample *sample, GError **error);
void bench_app_kill (BenchApp *self);

G_END_DECLS
