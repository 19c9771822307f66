/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * A network that is far or slow, between a client and a server that are both on
 * this machine. What the client says arrives after a delay, as if the way there
 * and back took that long. What the server says goes on at once, or at a rate
 * for each connection. The first connection that comes to the place TAIL in the
 * file is slow from there on, and stays so. Silence makes all forgotten.
 *
 *   bench-relay PORT SERVER-PORT DELAY RATE TAIL SLOW-RATE
 *
 * The delay is in ms, the rates in bytes a second; 0 means none. TAIL is in
 * bytes; it is only known where the requests can be read.
 */

#define PIECE 16384

/* With no connection for so long, the next one is of another client; µs. */
#define SILENCE 10000

static guint16 server_port;
static gint64 delay; /* µs */
static double rate;
static goffset tail;
static double slow_rate;
static int slow_is_taken; /* atomic */
static int n_links;       /* atomic */
static gint64 last_end;   /* when there was a link last; written before n_links is */

/* What the client has said, and when the server may hear it. */
typedef struct
{
  gint64 due;
  gsize size;
  char bytes[PIECE];
} Saying;

typedef struct
{
  int client;
  int server;
  GQueue said; /* of Saying */
  gboolean client_is_done;
  gint64 next; /* when more may go to the client */
  double rate;
  goffset place; /* in the file */
} Link;

static int
open_socket (void)
{
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int one = 1;

  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

static struct sockaddr_in
get_address (guint16 port)
{
  return (struct sockaddr_in){ .sin_family = AF_INET,
                               .sin_port = htons (port),
                               .sin_addr = { htonl (INADDR_LOOPBACK) } };
}

static gboolean
send_all (int fd, const char *bytes, gsize size)
{
  while (size > 0)
    {
      gssize n = send (fd, bytes, size, MSG_NOSIGNAL);

      if (n <= 0)
        return FALSE;
      bytes += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* A request comes in one piece, as all of our clients send it. */
static void
read_request (Link *self, const Saying *said)
{
  const char *range;

  if (tail == 0 || !g_str_has_prefix (said->bytes, "GET "))
    return;
  range = g_strstr_len (said->bytes, (gssize) said->size, "bytes=");
  self->place = range != NULL ? g_ascii_strtoll (range + strlen ("bytes="), NULL, 10) : 0;
}

static gboolean
hear_client (Link *self)
{
  Saying *said = g_new (Saying, 1);
  gssize n = recv (self->client, said->bytes, sizeof said->bytes - 1, 0);

  if (n <= 0)
    {
      g_free (said);
      self->client_is_done = TRUE;
      return n == 0;
    }
  said->bytes[n] = '\0';
  said->size = (gsize) n;
  said->due = g_get_monotonic_time () + delay;
  read_request (self, said);
  g_queue_push_tail (&self->said, said);
  return TRUE;
}

/* Returns: whether the server still listens */
static gboolean
tell_server (Link *self, gint64 now)
{
  const Saying *first;

  while ((first = g_queue_peek_head (&self->said)) != NULL && first->due <= now)
    {
      g_autofree Saying *said = g_queue_pop_head (&self->said);

      if (!send_all (self->server, said->bytes, said->size))
        return FALSE;
    }
  return !self->client_is_done || !g_queue_is_empty (&self->said);
}

static void
slow_down (Link *self, gsize n)
{
  self->place += (goffset) n;
  if (tail > 0 && self->place > tail && self->rate > slow_rate
      && g_atomic_int_compare_and_exchange (&slow_is_taken, 0, 1))
    self->rate = slow_rate;
  if (self->rate > 0)
    self->next = MAX (self->next, g_get_monotonic_time () - G_USEC_PER_SEC / 100)
                 + (gint64) ((double) n / self->rate * G_USEC_PER_SEC);
}

static gboolean
tell_client (Link *self)
{
  char bytes[PIECE];
  gssize n = recv (self->server, bytes, sizeof bytes, 0);

  if (n <= 0 || !send_all (self->client, bytes, (gsize) n))
    return FALSE;
  slow_down (self, (gsize) n);
  return TRUE;
}

static gint64
get_next_time (Link *self, gint64 now)
{
  const Saying *first = g_queue_peek_head (&self->said);
  gint64 next = self->next > now ? self->next : G_MAXINT64;

  return first != NULL ? MIN (next, first->due) : next;
}

static void
wait_until (gint64 time, gint64 now, struct pollfd *fds)
{
  gint64 left = MAX (time - now, 0);
  struct timespec timeout = { left / G_USEC_PER_SEC, left % G_USEC_PER_SEC * 1000 };

  while (ppoll (fds, 2, time == G_MAXINT64 ? NULL : &timeout, NULL) < 0 && errno == EINTR)
    ;
}

static gboolean
turn (Link *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean may_tell = self->next <= now;
  struct pollfd fds[2] = { { self->client_is_done ? -1 : self->client, POLLIN, 0 },
                           { may_tell ? self->server : -1, POLLIN, 0 } };

  wait_until (get_next_time (self, now), now, fds);
  if (fds[0].revents != 0 && !hear_client (self))
    return FALSE;
  if (!tell_server (self, g_get_monotonic_time ()))
    return FALSE;
  return fds[1].revents == 0 || tell_client (self);
}

static gpointer
relay (gpointer data)
{
  Link *self = data;
  const struct sockaddr_in address = get_address (server_port);

  self->server = open_socket ();
  self->rate = rate;
  g_queue_init (&self->said);
  if (connect (self->server, (const struct sockaddr *) &address, sizeof address) == 0)
    while (turn (self))
      ;
  close (self->server);
  close (self->client);
  g_queue_clear_full (&self->said, g_free);
  g_free (self);
  last_end = g_get_monotonic_time ();
  g_atomic_int_add (&n_links, -1);
  return NULL;
}

int
main (int argc, char *argv[])
{
  struct sockaddr_in address;
  int listening = open_socket ();
  int client;
  int one = 1;

  g_assert_cmpint (argc, ==, 7);
  address = get_address ((guint16) strtoul (argv[1], NULL, 10));
  server_port = (guint16) strtoul (argv[2], NULL, 10);
  delay = g_ascii_strtoll (argv[3], NULL, 10) * 1000;
  rate = g_ascii_strtod (argv[4], NULL);
  tail = g_ascii_strtoll (argv[5], NULL, 10);
  slow_rate = g_ascii_strtod (argv[6], NULL);
  if (bind (listening, (struct sockaddr *) &address, sizeof address) != 0 || listen (listening, 1024) != 0)
    g_error ("The port is not free");
  while ((client = accept4 (listening, NULL, NULL, SOCK_CLOEXEC)) >= 0)
    {
      Link *link = g_new0 (Link, 1);

      if (g_atomic_int_add (&n_links, 1) == 0 && g_get_monotonic_time () - last_end > SILENCE)
        g_atomic_int_set (&slow_is_taken, 0);
      setsockopt (client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      link->client = client;
      g_thread_unref (g_thread_new ("relay", relay, link));
    }
  return 0;
}
