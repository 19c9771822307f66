/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sys/types.h>

G_BEGIN_DECLS

/* What each connection gets under "/limited/", bytes a second. */
#define BENCH_NGINX_RATE 2000000

/* An nginx of our own on loopback, with two workers. */
typedef struct
{
  char *files; /* what it serves */
  guint16 port;
  guint16 secure_port; /* 0 if it has no certificate */
  char *authority;     /* (nullable): the certificate to trust */
  char *folder;        /* its own */
  pid_t process;
} BenchNginx;

BenchNginx *bench_nginx_new (const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bench_nginx_free (BenchNginx *self);

G_END_DECLS
