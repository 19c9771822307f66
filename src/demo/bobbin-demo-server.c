/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-server.h"

#include "bobbin-demo-pictures.h"
#include "bobbin-demo-reply.h"
#include "bobbin-demo-sender.h"

#include <libsoup/soup.h>

/* With the 10 that GIO has by default, a burst of connections would wait for the kernel to try again, a
 * second later. */
#define LISTEN_BACKLOG 512

struct _BobbinDemoServer
{
  /* immutable after construction */
  char *uri;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;

  /* the server's thread */
  SoupServer *server;
  GHashTable *senders;
};

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query G_GNUC_UNUSED,
            gpointer user_data)
{
  BobbinDemoServer *self = user_data;
  const char *method = soup_server_message_get_method (message);
  GUri *uri = soup_server_message_get_uri (message);
  BobbinDemoReply *reply;

  if (method == SOUP_METHOD_GET || method == SOUP_METHOD_HEAD)
    reply = bobbin_demo_reply_new (path, g_uri_get_query (uri));
  else
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow", "GET, HEAD");
      reply = bobbin_demo_reply_new_text (SOUP_STATUS_METHOD_NOT_ALLOWED, "GET and HEAD only\n");
    }

  bobbin_demo_sender_start (self->senders, message, reply);
}

static GSocket *
socket_new_listening (GError **error)
{
  g_autoptr (GSocket) socket
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);

  if (socket == NULL)
    return NULL;

  g_socket_set_listen_backlog (socket, LISTEN_BACKLOG);
  if (!g_socket_bind (socket, address, FALSE, error) || !g_socket_listen (socket, error))
    return NULL;

  return g_steal_pointer (&socket);
}

/* Returns: (transfer full): `http://127.0.0.1:PORT` */
static char *
dup_socket_uri (GSocket *socket, GError **error)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, error);

  if (address == NULL)
    return NULL;

  return g_strdup_printf ("http://127.0.0.1:%u",
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
}

/* Runs with the server's context as the default one, as libsoup attaches its sources to it. */
static gboolean
listen_on (BobbinDemoServer *self, GSocket *socket, GError **error)
{
  self->uri = dup_socket_uri (socket, error);
  if (self->uri == NULL)
    return FALSE;

  self->server = soup_server_new ("server-header", "Bobbin/" BOBBIN_VERSION, "raw-paths", TRUE, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);

  return soup_server_listen_socket (self->server, socket, 0, error);
}

/* The senders go first: with them their timers and their hold on libsoup's messages. What libsoup has still
 * put into the context is done before it goes. */
static void
shut_down (BobbinDemoServer *self)
{
  g_hash_table_remove_all (self->senders);
  soup_server_disconnect (self->server);
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_clear_object (&self->server);
}

static gpointer
run (gpointer user_data)
{
  BobbinDemoServer *self = user_data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  shut_down (self);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

static gboolean
quit (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

/* From within the loop: a quit that came before the thread had reached g_main_loop_run() would be lost. */
static void
stop_thread (BobbinDemoServer *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, quit, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->thread);
}

/**
 * bobbin_demo_server_new:
 * @error: return location
 *
 * Starts the server on a free port of 127.0.0.1, in a thread of its own.
 * Connections are taken from the return on. See bobbin_demo_reply_new() for
 * what it serves.
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the server, or %NULL with @error of
 *   %G_IO_ERROR or %G_THREAD_ERROR set
 */
BobbinDemoServer *
bobbin_demo_server_new (GError **error)
{
  g_autoptr (BobbinDemoServer) self = g_new0 (BobbinDemoServer, 1);
  g_autoptr (GSocket) socket = socket_new_listening (error);
  gboolean listening;

  if (socket == NULL)
    return NULL;

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->senders = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) bobbin_demo_sender_free, NULL);

  g_main_context_push_thread_default (self->context);
  listening = listen_on (self, socket, error);
  g_main_context_pop_thread_default (self->context);
  if (!listening)
    return NULL;

  self->thread = g_thread_try_new ("demo-server", run, self, error);
  if (self->thread == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * bobbin_demo_server_free:
 * @self: (transfer full): a server
 *
 * Stops listening, closes all connections, also in the middle of an answer,
 * and returns when the thread has ended.
 *
 * Any thread but the server's own.
 */
void
bobbin_demo_server_free (BobbinDemoServer *self)
{
  if (self->thread != NULL)
    stop_thread (self);

  g_clear_object (&self->server);
  g_clear_pointer (&self->senders, g_hash_table_unref);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->uri);
  g_free (self);
}

/**
 * bobbin_demo_server_get_uri:
 * @self: a server
 *
 * Returns: `http://127.0.0.1:PORT`, without a slash at the end
 */
const char *
bobbin_demo_server_get_uri (const BobbinDemoServer *self)
{
  return self->uri;
}

/**
 * bobbin_demo_server_dup_picture_uris:
 * @self: a server
 *
 * Returns: (transfer full) (element-type utf8): the links of the demo, in order
 */
GPtrArray *
bobbin_demo_server_dup_picture_uris (const BobbinDemoServer *self)
{
  g_autoptr (GPtrArray) uris = g_ptr_array_new_full (BOBBIN_DEMO_N_PICTURES, g_free);

  for (guint i = 0; i < BOBBIN_DEMO_N_PICTURES; i++)
    g_ptr_array_add (uris,
                     g_strdup_printf ("%s/pictures/%s.jpg", self->uri, bobbin_demo_picture_get (i)->name));

  return g_steal_pointer (&uris);
}
