/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fault-server.h"

#include "bobbin-fault-request.h"

#include <string.h>

/* As many clients at once as any test has; more have to wait. */
#define MAX_CLIENTS 64

/* A head longer than this is none. */
#define MAX_HEAD (64 * 1024)

/* A rule that is there, with its own strings. */
typedef struct
{
  BobbinFaultRule rule;
  guint n_used;
  char *request;
  char *text;
  BobbinFaultStep steps[3];
} Answer;

typedef struct
{
  char *head;
  guint connection;
  gint64 time;
} Record;

struct _BobbinFaultServer
{
  GSocket *socket;
  GTlsCertificate *certificate; /* NULL without TLS */
  GCancellable *stop;
  GThread *thread; /* accepts */
  guint16 port;
  BobbinFaultServer *other; /* not owned */

  /* protected by mutex */
  GMutex mutex;
  GCond changed;
  guint n_clients;
  guint most_clients;
  guint n_connections;
  guint n_serving;
  guint most_serving;
  goffset n_sent;
  GPtrArray *answers;  /* of Answer, in the order that they are given in */
  GPtrArray *requests; /* of Record */
};

/* A connection and who serves it. */
typedef struct
{
  BobbinFaultServer *server;
  GSocket *socket;
  GIOStream *stream;
  guint number;
} Client;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->request);
  g_free (answer->text);
  g_free (answer);
}

static void
record_free (gpointer data)
{
  Record *record = data;

  g_free (record->head);
  g_free (record);
}

/* Reads up to the empty line; the bodies of requests are none of ours.
 * Returns: (transfer full) (nullable): the head, NULL when the client went */
static char *
read_head (GInputStream *input, GCancellable *stop)
{
  g_autoptr (GString) head = g_string_new (NULL);
  char byte;

  while (head->len < MAX_HEAD && g_input_stream_read (input, &byte, 1, stop, NULL) == 1)
    {
      g_string_append_c (head, byte);
      if (g_str_has_suffix (head->str, "\r\n\r\n"))
        return g_string_free (g_steal_pointer (&head), FALSE);
    }
  return NULL;
}

static const BobbinFaultStep not_found[] = {
  { .kind = BOBBIN_FAULT_STEP_HEAD, .text = "404 Not Found\nContent-Length: 0" },
  { .kind = BOBBIN_FAULT_STEP_NONE },
};

/* Notes a request. Returns: what answers it; stays as it is for good */
static BobbinFaultRule
take_rule (BobbinFaultServer *self, const Client *client, const char *head, guint *n_serving)
{
  BobbinFaultRule rule = { .steps = not_found };
  Record *record = g_new0 (Record, 1);

  record->head = g_strdup (head);
  record->connection = client->number;
  record->time = g_get_monotonic_time ();
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->requests, record);
  *n_serving = ++self->n_serving;
  self->most_serving = MAX (self->most_serving, self->n_serving);
  for (guint i = 0; i < self->answers->len; i++)
    {
      Answer *answer = g_ptr_array_index (self->answers, i);

      if ((answer->rule.times > 0 && answer->n_used >= answer->rule.times)
          || !bobbin_fault_request_matches (head, answer->rule.request))
        continue;
      answer->n_used++;
      rule = answer->rule;
      break;
    }
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return rule;
}

static void
release (gpointer user_data)
{
  BobbinFaultServer *self = user_data;

  g_mutex_lock (&self->mutex);
  self->n_serving--;
  g_mutex_unlock (&self->mutex);
}

static char *
expand (const char *text, gpointer user_data)
{
  return bobbin_fault_server_expand (user_data, text);
}

static void
wait_for_requests (guint n, guint milliseconds, gpointer user_data)
{
  BobbinFaultServer *self = user_data;
  gint64 until = g_get_monotonic_time () + (gint64) milliseconds * 1000;

  g_mutex_lock (&self->mutex);
  while (self->requests->len < n && !g_cancellable_is_cancelled (self->stop)
         && g_cond_wait_until (&self->changed, &self->mutex, until))
    ;
  g_mutex_unlock (&self->mutex);
}

/* Returns: whether another request is expected */
static gboolean
serve_one (const Client *client)
{
  BobbinFaultServer *self = client->server;
  g_autofree char *head = read_head (g_io_stream_get_input_stream (client->stream), self->stop);
  BobbinFaultPeer peer = { .stream = client->stream,
                           .socket = client->socket,
                           .stop = self->stop,
                           .head = head,
                           .release = release,
                           .expand = expand,
                           .wait_for_requests = wait_for_requests,
                           .server = self };
  BobbinFaultRule rule;
  BobbinFaultEnd end;

  if (head == NULL)
    return FALSE;
  rule = take_rule (self, client, head, &peer.n_serving);
  end = rule.file != NULL ? bobbin_fault_serve (&peer, rule.file) : bobbin_fault_play (&peer, rule.steps);
  bobbin_fault_end (&peer, end);
  if (!peer.released)
    release (self);
  g_mutex_lock (&self->mutex);
  self->n_sent += peer.n_sent;
  g_mutex_unlock (&self->mutex);
  return end == BOBBIN_FAULT_KEEP;
}

static GIOStream *
open_stream (BobbinFaultServer *self, GSocket *socket)
{
  g_autoptr (GSocketConnection) connection = g_socket_connection_factory_create_connection (socket);
  GIOStream *stream;

  if (self->certificate == NULL)
    return G_IO_STREAM (g_steal_pointer (&connection));
  stream = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  /* Some clients end without the formalities, and so do we. */
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (stream), FALSE);
  return stream;
}

static gpointer
serve_client (gpointer data)
{
  Client *client = data;
  BobbinFaultServer *self = client->server;

  while (serve_one (client))
    ;
  g_io_stream_close (client->stream, NULL, NULL);
  g_object_unref (client->stream);
  g_object_unref (client->socket);
  g_free (client);

  g_mutex_lock (&self->mutex);
  self->n_clients--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

/* Its thread is not joined: the count of clients tells when it is through. */
static void
begin_client (BobbinFaultServer *self, GSocket *socket)
{
  Client *client = g_new0 (Client, 1);

  client->server = self;
  client->socket = g_object_ref (socket);
  client->stream = open_stream (self, socket);
  g_mutex_lock (&self->mutex);
  client->number = self->n_connections++;
  self->n_clients++;
  self->most_clients = MAX (self->most_clients, self->n_clients);
  g_mutex_unlock (&self->mutex);
  g_thread_unref (g_thread_new ("fault-client", serve_client, client));
}

static void
wait_for_room (BobbinFaultServer *self)
{
  g_mutex_lock (&self->mutex);
  while (self->n_clients >= MAX_CLIENTS)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static gpointer
accept_clients (gpointer data)
{
  BobbinFaultServer *self = data;

  while (!g_cancellable_is_cancelled (self->stop))
    {
      g_autoptr (GSocket) socket = g_socket_accept (self->socket, self->stop, NULL);

      if (socket == NULL)
        continue;
      wait_for_room (self);
      begin_client (self, socket);
    }
  return NULL;
}

static void
listen_on_loopback (BobbinFaultServer *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) found = NULL;
  g_autoptr (GError) error = NULL;

  self->socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (self->socket, address, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->socket, &error);
  g_assert_no_error (error);
  found = g_socket_get_local_address (self->socket, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (found));
}

/* Starts a server that speaks TLS with @certificate, or plainly without one. */
BobbinFaultServer *
bobbin_fault_server_new_tls (GTlsCertificate *certificate)
{
  BobbinFaultServer *self = g_new0 (BobbinFaultServer, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->answers = g_ptr_array_new_with_free_func (answer_free);
  self->requests = g_ptr_array_new_with_free_func (record_free);
  self->stop = g_cancellable_new ();
  listen_on_loopback (self);
  self->thread = g_thread_new ("fault-server", accept_clients, self);
  return self;
}

/* Starts a server without answers: everything is a 404. */
BobbinFaultServer *
bobbin_fault_server_new (void)
{
  return bobbin_fault_server_new_tls (NULL);
}

/* Stops the server and waits for its threads. */
void
bobbin_fault_server_free (BobbinFaultServer *self)
{
  g_cancellable_cancel (self->stop);
  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_mutex_lock (&self->mutex);
  while (self->n_clients > 0)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);

  g_object_unref (self->socket);
  g_clear_object (&self->certificate);
  g_object_unref (self->stop);
  g_ptr_array_unref (self->answers);
  g_ptr_array_unref (self->requests);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* Returns: (transfer full): a link to @path on the server */
char *
bobbin_fault_server_dup_uri (BobbinFaultServer *self, const char *path)
{
  return g_strdup_printf ("%s://127.0.0.1:%u%s", self->certificate != NULL ? "https" : "http", self->port,
                          path);
}

static void
replace_address (GString *text, const char *variable, const char *host, BobbinFaultServer *server)
{
  g_autofree char *uri
      = g_strdup_printf ("%s://%s:%u", server->certificate != NULL ? "https" : "http", host, server->port);

  g_string_replace (text, variable, uri, 0);
}

static void
replace_port (GString *text, const char *variable, BobbinFaultServer *server)
{
  g_autofree char *port = g_strdup_printf ("%u", server->port);

  g_string_replace (text, variable, port, 0);
}

/* Replaces the variables of a script's text or a link. Any thread.
 * Returns: (transfer full): the text to send */
char *
bobbin_fault_server_expand (BobbinFaultServer *self, const char *text)
{
  g_autoptr (GString) expanded = g_string_new (text);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) soon = g_date_time_add_seconds (now, 2.0);
  g_autofree char *date = g_date_time_format (soon, "%a, %d %b %Y %H:%M:%S GMT");

  replace_address (expanded, "@SELF@", "127.0.0.1", self);
  replace_address (expanded, "@HERE@", "here.test", self);
  replace_port (expanded, "@PORT@", self);
  if (self->other != NULL)
    {
      replace_address (expanded, "@OTHER@", "127.0.0.1", self->other);
      replace_address (expanded, "@THERE@", "there.test", self->other);
      replace_port (expanded, "@OTHER_PORT@", self->other);
    }
  g_string_replace (expanded, "@SOON@", date, 0);
  return g_string_free (g_steal_pointer (&expanded), FALSE);
}

/* Tells the server which one "@OTHER@" is, before the first request; it has to
 * live longer. */
void
bobbin_fault_server_set_other (BobbinFaultServer *self, BobbinFaultServer *other)
{
  self->other = other;
}

static void
add_answer (BobbinFaultServer *self, Answer *answer)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->answers, answer);
  g_mutex_unlock (&self->mutex);
}

/* Adds a rule behind those that are there. What it points to has to live as
 * long as the server. */
void
bobbin_fault_server_add_rule (BobbinFaultServer *self, const BobbinFaultRule *rule)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->rule = *rule;
  add_answer (self, answer);
}

/* The answer that was the last one for @path is used once from now on. */
static void
queue_behind (BobbinFaultServer *self, const char *path)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->answers->len; i++)
    {
      Answer *answer = g_ptr_array_index (self->answers, i);

      if (g_strcmp0 (answer->request, path) == 0)
        answer->rule.times = 1;
    }
  g_mutex_unlock (&self->mutex);
}

/* Adds an answer for @path, behind those that it has; the last one of a path
 * stays for all that follow. Lines of @head are separated by single newlines;
 * an empty line is added. */
void
bobbin_fault_server_answer (
    BobbinFaultServer *self, const char *path, const char *head, const char *body, BobbinFaultEnd end)
{
  Answer *answer = g_new0 (Answer, 1);
  g_autoptr (GString) text = g_string_new (head);

  g_string_replace (text, "\n", "\r\n", 0);
  g_string_append_printf (text, "\r\n\r\n%s", body);
  queue_behind (self, path);
  answer->request = g_strdup (path);
  answer->text = g_string_free (g_steal_pointer (&text), FALSE);
  answer->steps[0] = (BobbinFaultStep){ .kind = BOBBIN_FAULT_STEP_RAW, .text = answer->text };
  answer->steps[1] = (BobbinFaultStep){ .kind = BOBBIN_FAULT_STEP_END, .end = end };
  answer->rule.request = answer->request;
  answer->rule.steps = answer->steps;
  add_answer (self, answer);
}

/* Returns: how many requests came */
guint
bobbin_fault_server_get_n_requests (BobbinFaultServer *self)
{
  return bobbin_fault_server_count_requests (self, "*");
}

/* Returns: how many requests came that are as @pattern says */
guint
bobbin_fault_server_count_requests (BobbinFaultServer *self, const char *pattern)
{
  guint n = 0;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->requests->len; i++)
    n += bobbin_fault_request_matches (((Record *) g_ptr_array_index (self->requests, i))->head, pattern);
  g_mutex_unlock (&self->mutex);
  return n;
}

static Record
get_record (BobbinFaultServer *self, guint index)
{
  Record record;

  g_mutex_lock (&self->mutex);
  g_assert_cmpuint (index, <, self->requests->len);
  record = *(Record *) g_ptr_array_index (self->requests, index);
  g_mutex_unlock (&self->mutex);
  return record;
}

/* Returns: (transfer full): the head of a request, counted from 0 */
char *
bobbin_fault_server_dup_request (BobbinFaultServer *self, guint index)
{
  return g_strdup (get_record (self, index).head);
}

/* Returns: when a request came, in microseconds of the monotonic clock */
gint64
bobbin_fault_server_get_request_time (BobbinFaultServer *self, guint index)
{
  return get_record (self, index).time;
}

/* Returns: the number of the connection that a request came on */
guint
bobbin_fault_server_get_request_connection (BobbinFaultServer *self, guint index)
{
  return get_record (self, index).connection;
}

/* Returns: how many connections were made */
guint
bobbin_fault_server_get_n_connections (BobbinFaultServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->n_connections;
  g_mutex_unlock (&self->mutex);
  return n;
}

/* Returns: how many connections there were at most at one time */
guint
bobbin_fault_server_get_most_connections (BobbinFaultServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->most_clients;
  g_mutex_unlock (&self->mutex);
  return n;
}

/* Returns: how many answers were under way at most at one time */
guint
bobbin_fault_server_get_most_answers (BobbinFaultServer *self)
{
  guint n;

  g_mutex_lock (&self->mutex);
  n = self->most_serving;
  g_mutex_unlock (&self->mutex);
  return n;
}

/* Returns: how many bytes of content the answers that are over had in all */
goffset
bobbin_fault_server_get_n_sent (BobbinFaultServer *self)
{
  goffset n;

  g_mutex_lock (&self->mutex);
  n = self->n_sent;
  g_mutex_unlock (&self->mutex);
  return n;
}
