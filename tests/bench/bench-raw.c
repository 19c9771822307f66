/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <glib.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * The limit: fetches files as little as can be done with sockets and threads.
 * It believes every answer, checks nothing, keeps nothing, and speaks with
 * 127.0.0.1 only. What it does not do is what the others are for.
 *
 *   bench-raw CONNECTIONS PARTS FILE-WITH-LINKS
 */

#define BUFFER_SIZE (256 * 1024)

typedef struct
{
  char *path;
  char *name;
  goffset first; /* of the range; -1 to ask for the whole */
  goffset last;
} Job;

static GArray *jobs;
static int next_job; /* atomic */
static guint16 port;

static int
open_connection (void)
{
  struct sockaddr_in address
      = { .sin_family = AF_INET, .sin_port = htons (port), .sin_addr = { htonl (INADDR_LOOPBACK) } };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int one = 1;

  if (connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    g_error ("The server does not take the connection");
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

static void
ask (int fd, const Job *job)
{
  char request[512];
  int length;

  if (job->first < 0)
    length = g_snprintf (request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", job->path);
  else
    length = g_snprintf (request, sizeof request,
                         "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nRange: bytes=%" G_GOFFSET_FORMAT
                         "-%" G_GOFFSET_FORMAT "\r\n\r\n",
                         job->path, job->first, job->last);
  if (send (fd, request, (gsize) length, MSG_NOSIGNAL) != length)
    g_error ("The request could not be sent");
}

static gsize
receive (int fd, char *buffer, gsize size)
{
  gssize n = recv (fd, buffer, size, 0);

  if (n <= 0)
    g_error ("The server has hung up");
  return (gsize) n;
}

/* Reads the head of the answer, and what came with it of the body.
 * Returns: how many bytes of @buffer are in use */
static gsize
receive_head (int fd, char *buffer, char **body)
{
  gsize filled = 0;

  do
    {
      filled += receive (fd, buffer + filled, BUFFER_SIZE - 1 - filled);
      buffer[filled] = '\0';
    }
  while ((*body = strstr (buffer, "\r\n\r\n")) == NULL);
  *body += 4;
  return filled;
}

static goffset
read_number (const char *head, const char *before)
{
  const char *field = strstr (head, before);

  if (field == NULL)
    g_error ("The answer says nothing of “%s”", before);
  return g_ascii_strtoll (field + strlen (before), NULL, 10);
}

static void
write_all (int fd, const char *bytes, gsize size, goffset offset)
{
  while (size > 0)
    {
      gssize n = pwrite (fd, bytes, size, offset);

      if (n < 0)
        g_error ("There is no room");
      bytes += n;
      size -= (gsize) n;
      offset += n;
    }
}

static void
fetch (int connection, const Job *job, char *buffer)
{
  int file = open (job->name, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  goffset offset = MAX (job->first, 0);
  goffset left;
  char *body;
  gsize n;

  ask (connection, job);
  n = receive_head (connection, buffer, &body);
  left = read_number (buffer, "Content-Length: ");
  n -= (gsize) (body - buffer);
  while (TRUE)
    {
      write_all (file, body, n, offset);
      offset += (goffset) n;
      left -= (goffset) n;
      if (left == 0)
        break;
      body = buffer;
      n = receive (connection, buffer, BUFFER_SIZE);
    }
  close (file);
}

static gpointer
work (gpointer nothing G_GNUC_UNUSED)
{
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);
  int connection = open_connection ();
  guint index;

  while ((index = (guint) g_atomic_int_add (&next_job, 1)) < jobs->len)
    fetch (connection, &g_array_index (jobs, Job, index), buffer);
  close (connection);
  return NULL;
}

static goffset
ask_for_size (const char *path)
{
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);
  const Job job = { .path = (char *) path };
  int connection = open_connection ();
  char *body;

  ask (connection, &job);
  receive_head (connection, buffer, &body);
  close (connection);
  return read_number (buffer, "Content-Range: bytes 0-0/");
}

static void
add_parts (const char *path, guint parts)
{
  goffset size = ask_for_size (path);

  for (guint i = 0; i < parts; i++)
    {
      Job job = { g_strdup (path), g_path_get_basename (path), size * i / parts, size * (i + 1) / parts - 1 };

      g_array_append_val (jobs, job);
    }
}

static void
add_link (const char *link, guint parts)
{
  const char *path = strchr (link + strlen ("http://"), '/');

  port = (guint16) strtoul (strchr (link + strlen ("http://"), ':') + 1, NULL, 10);
  if (parts > 1)
    add_parts (path, parts);
  else
    {
      Job job = { g_strdup (path), g_path_get_basename (path), -1, -1 };

      g_array_append_val (jobs, job);
    }
}

static void
read_links (const char *file, guint parts)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) links = NULL;

  if (!g_file_get_contents (file, &text, NULL, NULL))
    g_error ("There are no links");
  links = g_strsplit (g_strchomp (text), "\n", -1);
  jobs = g_array_new (FALSE, FALSE, sizeof (Job));
  for (char **link = links; *link != NULL; link++)
    add_link (*link, parts);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  guint connections;

  g_assert_cmpint (argc, ==, 4);
  read_links (argv[3], (guint) strtoul (argv[2], NULL, 10));
  connections = MIN ((guint) strtoul (argv[1], NULL, 10), jobs->len);
  for (guint i = 0; i < connections; i++)
    g_ptr_array_add (threads, g_thread_new ("fetch", work, NULL));
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
  return 0;
}
