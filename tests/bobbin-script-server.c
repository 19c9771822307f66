/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-script-server.h"

#include <string.h>
#include <sys/socket.h>

/* Between the pieces of a body that has form feeds in it, in microseconds. */
#define PAUSE (30 * 1000)

typedef struct
{
  char *bytes; /* head and body, with a form feed wherever a packet ends */
  char *body;
  BobbinScriptEnd end;
} Answer;

struct _BobbinScriptServer
{
  GSocket *listener;
  GTlsCertificate *certificate;
  GCancellable *stop;
  GThread *thread;
  guint16 port;

  /* accepting thread, then whoever has joined it */
  GPtrArray *threads;

  /* protected by mutex */
  GMutex mutex;
  GQueue answers;
  GPtrArray *requests; /* heads as they came */
  guint n_connections;
};

typedef struct
{
  BobbinScriptServer *server;
  GSocketConnection *connection;
  GIOStream *stream; /* the connection, or TLS on it */
} Client;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->bytes);
  g_free (answer->body);
  g_free (answer);
}

/* Reads up to the empty line. Returns: (nullable): the head, NULL when the
 *   client went */
static char *
read_head (Client *client)
{
  g_autoptr (GString) head = g_string_new (NULL);
  char byte;

  while (g_input_stream_read (g_io_stream_get_input_stream (client->stream), &byte, 1, client->server->stop,
                              NULL)
         == 1)
    {
      g_string_append_c (head, byte);
      if (g_str_has_suffix (head->str, "\r\n\r\n"))
        return g_string_free (g_steal_pointer (&head), FALSE);
    }
  return NULL;
}

static Answer *
take_answer (BobbinScriptServer *self, char *head)
{
  Answer *answer;

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->requests, head);
  answer = g_queue_pop_head (&self->answers);
  g_mutex_unlock (&self->mutex);
  return answer;
}

static gboolean
say (Client *client, const char *bytes)
{
  g_auto (GStrv) pieces = g_strsplit (bytes, "\f", -1);

  for (char **piece = pieces; *piece != NULL; piece++)
    {
      if (piece != pieces)
        g_usleep (PAUSE);
      if (!g_output_stream_write_all (g_io_stream_get_output_stream (client->stream), *piece, strlen (*piece),
                                      NULL, client->server->stop, NULL))
        return FALSE;
    }
  return TRUE;
}

static void
end_with_reset (Client *client)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (g_socket_get_fd (g_socket_connection_get_socket (client->connection)), SOL_SOCKET, SO_LINGER,
              &linger, sizeof linger);
}

/* Returns: whether another request is expected */
static gboolean
serve_one (Client *client)
{
  char *head = read_head (client);
  Answer *answer = head != NULL ? take_answer (client->server, head) : NULL;
  gboolean keep = FALSE;
  char byte;

  if (answer == NULL)
    return FALSE;
  if (say (client, answer->bytes))
    keep = answer->end == BOBBIN_SCRIPT_KEEP;
  if (answer->end == BOBBIN_SCRIPT_REPEAT)
    while (say (client, answer->body))
      ;
  if (answer->end == BOBBIN_SCRIPT_HOLD)
    while (g_input_stream_read (g_io_stream_get_input_stream (client->stream), &byte, 1, client->server->stop,
                                NULL)
           == 1)
      ;
  if (answer->end == BOBBIN_SCRIPT_RESET)
    end_with_reset (client);
  answer_free (answer);
  return keep;
}

static gpointer
run_client (gpointer data)
{
  Client *client = data;

  while (serve_one (client))
    ;
  g_io_stream_close (client->stream, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (client->connection), NULL, NULL);
  g_object_unref (client->stream);
  g_object_unref (client->connection);
  g_free (client);
  return NULL;
}

static gpointer
run (gpointer data)
{
  BobbinScriptServer *self = data;
  GSocket *socket;

  while ((socket = g_socket_accept (self->listener, self->stop, NULL)) != NULL)
    {
      Client *client = g_new0 (Client, 1);

      client->server = self;
      client->connection = g_socket_connection_factory_create_connection (socket);
      client->stream
          = self->certificate != NULL
                ? g_tls_server_connection_new (G_IO_STREAM (client->connection), self->certificate, NULL)
                : g_object_ref (G_IO_STREAM (client->connection));
      g_object_unref (socket);
      g_mutex_lock (&self->mutex);
      self->n_connections++;
      g_mutex_unlock (&self->mutex);
      g_ptr_array_add (self->threads, g_thread_new ("client", run_client, client));
    }
  return NULL;
}

static GSocket *
listen_on_loopback (guint16 *port)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) found = NULL;
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_bind (socket, address, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (socket, &error);
  g_assert_no_error (error);
  found = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (found));
  return socket;
}

/* Starts a server that has no answers: it hangs up on whoever asks. It speaks
 * TLS if it has a @certificate. */
BobbinScriptServer *
bobbin_script_server_new (GTlsCertificate *certificate)
{
  BobbinScriptServer *self = g_new0 (BobbinScriptServer, 1);

  g_mutex_init (&self->mutex);
  g_queue_init (&self->answers);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->threads = g_ptr_array_new ();
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->stop = g_cancellable_new ();
  self->listener = listen_on_loopback (&self->port);
  self->thread = g_thread_new ("server", run, self);
  return self;
}

/* Stops the server and waits for its threads. */
void
bobbin_script_server_free (BobbinScriptServer *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));

  g_ptr_array_unref (self->threads);
  g_object_unref (self->listener);
  g_clear_object (&self->certificate);
  g_object_unref (self->stop);
  g_queue_clear_full (&self->answers, answer_free);
  g_ptr_array_unref (self->requests);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

guint16
bobbin_script_server_get_port (BobbinScriptServer *self)
{
  return self->port;
}

/* Returns: (transfer full): a link to @path on the server */
char *
bobbin_script_server_dup_uri (BobbinScriptServer *self, const char *path)
{
  return g_strdup_printf ("%s://127.0.0.1:%u%s", self->certificate != NULL ? "https" : "http", self->port,
                          path);
}

/* Adds an answer for whoever asks next. Lines of @head are separated by single
 * newlines, and an empty line is added. A form feed in @body is not sent: what
 * follows it comes in a later packet. */
void
bobbin_script_server_answer (BobbinScriptServer *self,
                             const char *head,
                             const char *body,
                             BobbinScriptEnd end)
{
  Answer *answer = g_new0 (Answer, 1);
  GString *bytes = g_string_new (head);

  g_string_replace (bytes, "\n", "\r\n", 0);
  g_string_append (bytes, "\r\n\r\n");
  g_string_append (bytes, body);
  answer->bytes = g_string_free (bytes, FALSE);
  answer->body = g_strdup (body);
  answer->end = end;
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->answers, answer);
  g_mutex_unlock (&self->mutex);
}

/* Returns: how many requests came */
guint
bobbin_script_server_get_n_requests (BobbinScriptServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->requests->len;
  g_mutex_unlock (&self->mutex);
  return n;
}

/* Returns: how many connections were made */
guint
bobbin_script_server_get_n_connections (BobbinScriptServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_connections;
  g_mutex_unlock (&self->mutex);
  return n;
}

/* Returns: (transfer full): the head of a request, counted from 0 */
char *
bobbin_script_server_dup_request (BobbinScriptServer *self, guint index)
{
  char *request;

  g_mutex_lock (&self->mutex);
  g_assert_cmpuint (index, <, self->requests->len);
  request = g_strdup (g_ptr_array_index (self->requests, index));
  g_mutex_unlock (&self->mutex);
  return request;
}
