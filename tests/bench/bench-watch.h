/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sees from outside when files come into a folder and when they are whole. */
typedef struct _BenchWatch BenchWatch;

BenchWatch *bench_watch_new (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
void bench_watch_free (BenchWatch *self);

gboolean bench_watch_wait (BenchWatch *self, guint n_files, double patience, gint64 *first, gint64 *last);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchWatch, bench_watch_free)

G_END_DECLS
