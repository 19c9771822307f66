/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is to be fetched, and how. */
typedef struct
{
  const char *uri;       /* of the folder of the files, without a slash at the end */
  const char *source;    /* the folder that is served there */
  const char *authority; /* (nullable): the certificate to trust */
  guint n_files;
  goffset size;
  guint at_once; /* files */
  guint parts;   /* of one file */
} BenchWork;

/* Where what is fetched goes to, and where what is to be fetched is written down. */
typedef struct
{
  const char *folder;
  const char *lines; /* a file with one link on each line */
  const char *rules; /* the same in curl's words */
} BenchPlace;

/* A program that fetches files. */
typedef struct
{
  const char *name;
  const char *program;
  void (*add_arguments) (GPtrArray *arguments, const BenchWork *work, const BenchPlace *place);
} BenchPeer;

const BenchPeer *bench_peers_find (const char *name);
gboolean bench_peers_is_there (const BenchPeer *peer);
GPtrArray *bench_peers_make_command (const BenchPeer *peer, const BenchWork *work, const BenchPlace *place)
    G_GNUC_WARN_UNUSED_RESULT;
char *bench_peers_describe (void) G_GNUC_WARN_UNUSED_RESULT;

void bench_peers_write_lines (const BenchWork *work, const char *path);
void bench_peers_write_rules (const BenchWork *work, const char *path);

G_END_DECLS
