/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-port.h"

#include "bench-child.h"

/* Returns: a port of 127.0.0.1 that nobody listened to just now */
guint16
bench_port_find_free (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);
  return port;
}

/* Waits until somebody answers at @port of 127.0.0.1. */
gboolean
bench_port_wait (guint16 port, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  for (guint tries = 0; tries < 500; tries++)
    {
      g_autoptr (GSocketConnection) connection
          = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);

      if (connection != NULL)
        return TRUE;
      g_usleep (10000);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the server does not answer");
  return FALSE;
}

static pid_t
start_relay (const char *folder, guint16 port, guint16 server_port, const BenchWay *way)
{
  g_autofree char *text = g_strdup_printf ("%s %d %d %u %u %" G_GOFFSET_FORMAT " %u", BENCH_RELAY, port,
                                           server_port, way->delay, way->rate, way->tail, way->slow_rate);
  g_auto (GStrv) command = g_strsplit (text, " ", -1);

  return bench_child_start ((const char *const *) command, folder);
}

/* Makes @server_port far or slow, as @way says. The first connection is our own,
 * to see whether it works. */
BenchRelay *
bench_relay_new (const char *folder, guint16 server_port, const BenchWay *way, GError **error)
{
  BenchRelay *self = g_new0 (BenchRelay, 1);

  self->port = bench_port_find_free ();
  self->process = start_relay (folder, self->port, server_port, way);
  if (!bench_port_wait (self->port, error))
    g_clear_pointer (&self, bench_relay_free);
  return self;
}

void
bench_relay_free (BenchRelay *self)
{
  bench_child_end (self->process);
  g_free (self);
}
