/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sys/types.h>

G_BEGIN_DECLS

guint16 bench_port_find_free (void);
gboolean bench_port_wait (guint16 port, GError **error);

/* A far or slow way to a server of this machine. */
typedef struct
{
  guint16 port;
  pid_t process;
} BenchRelay;

/* What makes the way far or slow; see bench-relay.c. */
typedef struct
{
  guint delay;
  guint rate;
  goffset tail;
  guint slow_rate;
} BenchWay;

BenchRelay *bench_relay_new (const char *folder, guint16 server_port, const BenchWay *way, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void bench_relay_free (BenchRelay *self);

G_END_DECLS
