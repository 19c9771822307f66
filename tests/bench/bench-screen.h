/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-table.h"

#include <sys/types.h>

G_BEGIN_DECLS

/* A screen of our own, with a session bus, that nobody looks at. */
typedef struct _BenchScreen BenchScreen;

BenchScreen *bench_screen_new (const char *parent, gboolean with_manager, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void bench_screen_free (BenchScreen *self);

gboolean bench_screen_wait_for_frame (BenchScreen *self, double patience, gint64 *when);
void bench_screen_press (BenchScreen *self, const char *keys);
pid_t bench_screen_copy (BenchScreen *self, const char *path);

G_END_DECLS
