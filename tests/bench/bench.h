/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench-nginx.h"
#include "bench-peers.h"
#include "bench-port.h"
#include "bench-table.h"

G_BEGIN_DECLS

/* What all cases share. */
typedef struct
{
  guint rounds;
  char *disk;   /* a folder of the benchmark on a disk */
  char *memory; /* another one in memory */
  char *output; /* where reports and pictures go */
  BenchNginx *nginx;
  GPtrArray *tables; /* of BenchTable */
  gboolean wrong;    /* whether anybody fetched other bytes than there are */
} Bench;

typedef void (*BenchFunc) (Bench *bench);

BenchTable *bench_add_table (Bench *self, const char *number, const char *title);

char *bench_make_files (Bench *self, const char *name, guint n_files, goffset size) G_GNUC_WARN_UNUSED_RESULT;
void bench_remove_files (Bench *self, const char *name);
char *bench_make_uri (Bench *self, const char *path) G_GNUC_WARN_UNUSED_RESULT;
char *bench_make_secure_uri (Bench *self, const char *path) G_GNUC_WARN_UNUSED_RESULT;

BenchRelay *bench_start_relay (Bench *self, guint16 server_port, const BenchWay *way)
    G_GNUC_WARN_UNUSED_RESULT;

void bench_blame (Bench *self, BenchSeries *series, const GError *why);
void bench_compare (
    Bench *self, BenchTable *table, const BenchWork *work, const char *root, const char *const *names);

void bench_small_files_on_disk (Bench *bench);
void bench_small_files_in_memory (Bench *bench);
void bench_middling_files (Bench *bench);
void bench_large_file_in_memory (Bench *bench);
void bench_large_file_on_disk (Bench *bench);
void bench_limited_connections (Bench *bench);
void bench_far_files (Bench *bench);
void bench_far_files_over_tls (Bench *bench);
void bench_tail (Bench *bench);
void bench_lesson (Bench *bench);
void bench_start (Bench *bench);
void bench_window (Bench *bench);
void bench_list (Bench *bench);
void bench_memory (Bench *bench);
void bench_plots (Bench *bench);

G_END_DECLS
