/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fault-server.h"

#include <string.h>
#include <sys/socket.h>

/* As many clients at once as any test has. */
#define MAX_CLIENTS 64

typedef struct
{
  char *path;
  GString *bytes;
  BobbinFaultEnd end;
} Answer;

struct _BobbinFaultServer
{
  GSocketService *service;
  GCancellable *stop;
  guint16 port;

  /* protected by mutex */
  GMutex mutex;
  GCond idle;
  guint n_clients;
  GPtrArray *answers;  /* of Answer, in the order that they are given in */
  GPtrArray *requests; /* heads as they came */
};

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->path);
  g_string_free (answer->bytes, TRUE);
  g_free (answer);
}

/* Reads up to the empty line; the bodies of requests are none of ours.
 * Returns: (nullable): the head, NULL when the client went */
static char *
read_head (GInputStream *input, GCancellable *stop)
{
  g_autoptr (GString) head = g_string_new (NULL);
  char byte;

  while (g_input_stream_read (input, &byte, 1, stop, NULL) == 1)
    {
      g_string_append_c (head, byte);
      if (g_str_has_suffix (head->str, "\r\n\r\n"))
        return g_string_free (g_steal_pointer (&head), FALSE);
    }
  return NULL;
}

static gboolean
is_for (const char *head, const char *path)
{
  const char *start = strchr (head, ' ');

  return start != NULL && g_str_has_prefix (start + 1, path) && start[1 + strlen (path)] == ' ';
}

/* Takes the first answer for the request's path; the last one of a path stays
 * for all that follow. Returns: (transfer full): bytes and what comes after */
static Answer *
take_answer (BobbinFaultServer *self, const char *head)
{
  Answer *found = NULL;
  guint n = 0;
  Answer *copy;

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->requests, g_strdup (head));
  for (guint i = 0; i < self->answers->len; i++)
    {
      Answer *answer = g_ptr_array_index (self->answers, i);

      if (!is_for (head, answer->path))
        continue;
      if (found == NULL)
        found = answer;
      n++;
    }
  copy = g_new0 (Answer, 1);
  copy->bytes = found != NULL ? g_string_new_len (found->bytes->str, (gssize) found->bytes->len)
                              : g_string_new ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
  copy->end = found != NULL ? found->end : BOBBIN_FAULT_KEEP;
  if (n > 1)
    g_ptr_array_remove (self->answers, found);
  g_mutex_unlock (&self->mutex);
  return copy;
}

static void
end_with_reset (GSocketConnection *connection)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (g_socket_get_fd (g_socket_connection_get_socket (connection)), SOL_SOCKET, SO_LINGER, &linger,
              sizeof linger);
}

/* Returns: whether another request is expected */
static gboolean
serve_one (BobbinFaultServer *self, GSocketConnection *connection)
{
  GIOStream *stream = G_IO_STREAM (connection);
  g_autofree char *head = read_head (g_io_stream_get_input_stream (stream), self->stop);
  Answer *answer;
  BobbinFaultEnd end;
  char byte;

  if (head == NULL)
    return FALSE;
  answer = take_answer (self, head);
  end = answer->end;
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), answer->bytes->str, answer->bytes->len,
                             NULL, self->stop, NULL);
  answer_free (answer);

  if (end == BOBBIN_FAULT_HOLD)
    while (g_input_stream_read (g_io_stream_get_input_stream (stream), &byte, 1, self->stop, NULL) == 1)
      ;
  if (end == BOBBIN_FAULT_RESET)
    end_with_reset (connection);
  return end == BOBBIN_FAULT_KEEP;
}

static gboolean
on_run (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  BobbinFaultServer *self = user_data;

  g_mutex_lock (&self->mutex);
  self->n_clients++;
  g_mutex_unlock (&self->mutex);

  while (serve_one (self, connection))
    ;
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  g_mutex_lock (&self->mutex);
  self->n_clients--;
  g_cond_signal (&self->idle);
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

/* Starts a server without answers: everything is a 404. Connections are
 * accepted by the main loop of the calling thread. */
BobbinFaultServer *
bobbin_fault_server_new (void)
{
  BobbinFaultServer *self = g_new0 (BobbinFaultServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) found = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->idle);
  self->answers = g_ptr_array_new_with_free_func (answer_free);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->stop = g_cancellable_new ();
  self->service = g_threaded_socket_service_new (MAX_CLIENTS);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &found, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (found));
  g_signal_connect (self->service, "run", G_CALLBACK (on_run), self);
  g_socket_service_start (self->service);
  return self;
}

/* Stops the server and waits for its threads. */
void
bobbin_fault_server_free (BobbinFaultServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_cancellable_cancel (self->stop);
  g_mutex_lock (&self->mutex);
  while (self->n_clients > 0)
    g_cond_wait (&self->idle, &self->mutex);
  g_mutex_unlock (&self->mutex);

  g_object_unref (self->service);
  g_object_unref (self->stop);
  g_ptr_array_unref (self->answers);
  g_ptr_array_unref (self->requests);
  g_cond_clear (&self->idle);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* Returns: (transfer full): a link to @path on the server */
char *
bobbin_fault_server_dup_uri (BobbinFaultServer *self, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", self->port, path);
}

/* Adds an answer for @path, behind those that it has. Lines of @head are
 * separated by single newlines; an empty line is added. */
void
bobbin_fault_server_answer (
    BobbinFaultServer *self, const char *path, const char *head, const char *body, BobbinFaultEnd end)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->path = g_strdup (path);
  answer->end = end;
  answer->bytes = g_string_new (head);
  g_string_replace (answer->bytes, "\n", "\r\n", 0);
  g_string_append (answer->bytes, "\r\n\r\n");
  g_string_append (answer->bytes, body);
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->answers, answer);
  g_mutex_unlock (&self->mutex);
}

/* Returns: how many requests came */
guint
bobbin_fault_server_get_n_requests (BobbinFaultServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->requests->len;
  g_mutex_unlock (&self->mutex);
  return n;
}

/* Returns: (transfer full): the head of a request, counted from 0 */
char *
bobbin_fault_server_dup_request (BobbinFaultServer *self, guint index)
{
  char *request;

  g_mutex_lock (&self->mutex);
  g_assert_cmpuint (index, <, self->requests->len);
  request = g_strdup (g_ptr_array_index (self->requests, index));
  g_mutex_unlock (&self->mutex);
  return request;
}
