/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-hop.h"

#include "bobbin-answer.h"
#include "bobbin-error.h"
#include "bobbin-header-values.h"
#include "bobbin-redirect.h"
#include "bobbin-trust.h"

#include <string.h>

/* That one message can have. */
#define MAX_HANDLERS 5

/* A request under way, and when what happened; monotonic microseconds, 0 for
 * what did not. */
typedef struct
{
  const BobbinHop *hop;
  GCancellable *cancellable;
  gint64 began;
  gint64 resolving;
  gint64 resolved;
  gint64 connecting;
  gint64 handshaking;
  gint64 connected;
  gint64 answered;
} Sending;

static void
set_range (SoupMessageHeaders *headers, const BobbinRequest *request)
{
  soup_message_headers_remove (headers, "Range");
  soup_message_headers_remove (headers, "If-Range");
  if (!bobbin_request_is_for_part (request))
    return;
  soup_message_headers_set_range (headers, request->first, request->end >= 0 ? request->end - 1 : -1);
  if (request->validator != NULL && !request->unconditional)
    soup_message_headers_append (headers, "If-Range", request->validator);
}

static void
set_headers (const BobbinHop *self, SoupMessageHeaders *headers)
{
  const char *const *own = bobbin_link_get_headers (self->request->link);

  for (; own != NULL && own[0] != NULL; own += 2)
    {
      g_autofree char *value = bobbin_redirect_dup_header (self->origin, self->uri, own[0], own[1]);

      if (value != NULL)
        soup_message_headers_append (headers, own[0], value);
    }
  /* The session's own user agent would win over the link's. */
  if (soup_message_headers_get_one (headers, "User-Agent") == NULL)
    soup_message_headers_append (headers, "User-Agent", "Bobbin/" BOBBIN_VERSION);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  set_range (headers, self->request);
  if (self->authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", self->authorization);
}

/**
 * bobbin_hop_dup_proxy:
 * @message: a message that has a connection
 *
 * Worker.
 *
 * Returns: (transfer full) (nullable): host and port of the HTTP proxy that
 *   @message goes through
 */
char *
bobbin_hop_dup_proxy (SoupMessage *message)
{
  GSocketAddress *address = soup_message_get_remote_address (message);
  GProxyAddress *proxy = address != NULL && G_IS_PROXY_ADDRESS (address) ? G_PROXY_ADDRESS (address) : NULL;
  g_autoptr (GUri) uri = NULL;

  if (proxy == NULL || !g_str_equal (g_proxy_address_get_protocol (proxy), "http"))
    return NULL;
  uri = g_uri_parse (g_proxy_address_get_uri (proxy), SOUP_HTTP_URI_FLAGS, NULL);
  return uri != NULL ? bobbin_redirect_dup_authority (uri) : NULL;
}

/* Only now it is known whether the connection is one to the proxy: a site must
 * never see its password. */
static void
on_starting (SoupMessage *message, gpointer user_data)
{
  const BobbinHop *self = ((const Sending *) user_data)->hop;
  g_autofree char *proxy = self->proxy_authorization != NULL ? bobbin_hop_dup_proxy (message) : NULL;

  if (proxy != NULL && g_str_equal (g_uri_get_scheme (self->uri), "http"))
    soup_message_headers_replace (soup_message_get_request_headers (message), "Proxy-Authorization",
                                  self->proxy_authorization);
}

/* A tunnel to a site behind TLS is asked for by libsoup, which signs in there. */
static gboolean
on_authenticate (SoupMessage *message, SoupAuth *auth, gboolean retrying, gpointer user_data)
{
  const BobbinHop *self = ((const Sending *) user_data)->hop;
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;

  if (retrying || !soup_auth_is_for_proxy (auth)
      || !bobbin_proxies_lookup_user (self->proxies, soup_auth_get_authority (auth), &user, &password))
    return FALSE;
  soup_auth_authenticate (auth, user, password);
  return TRUE;
}

static gboolean
on_accept_certificate (SoupMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  const BobbinHop *self = ((const Sending *) user_data)->hop;

  return bobbin_trust_certificate (self->request->settings, self->uri, certificate);
}

/* libsoup takes no lists where it looks for the body's end, not even those that
 * say one thing twice, as gateways make them of repeated fields (RFC 9110, 8.6).
 * Between reading a head and looking for the end it tells the status: the moment
 * to write such a list in one word. What says two things stays as it is, and is
 * refused. */
static void
on_status (SoupMessage *message, GParamSpec *property, gpointer user_data)
{
  Sending *sending = user_data;
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *codings = soup_message_headers_get_list (headers, "Transfer-Encoding");
  const char *lengths = soup_message_headers_get_list (headers, "Content-Length");
  goffset length;

  sending->answered = g_get_monotonic_time ();
  /* libsoup keeps the body of a 421 in memory, however long, to ask again, which
   * only HTTP/2 needs. */
  if (soup_message_get_status (message) == SOUP_STATUS_MISDIRECTED_REQUEST)
    g_cancellable_cancel (sending->cancellable);
  if (codings != NULL && strchr (codings, ',') != NULL && bobbin_header_is_chunked (codings))
    soup_message_headers_replace (headers, "Transfer-Encoding", "chunked");
  if (lengths != NULL && strchr (lengths, ',') != NULL
      && bobbin_header_parse_content_length (lengths, &length))
    {
      g_autofree char *once = g_strdup_printf ("%" G_GOFFSET_FORMAT, length);

      soup_message_headers_replace (headers, "Content-Length", once);
    }
}

/* Only a new connection has these. */
static void
on_network_event (SoupMessage *message, GSocketClientEvent event, GIOStream *connection, gpointer user_data)
{
  Sending *sending = user_data;
  gint64 now = g_get_monotonic_time ();

  if (event == G_SOCKET_CLIENT_RESOLVING)
    sending->resolving = now;
  else if (event == G_SOCKET_CLIENT_RESOLVED)
    sending->resolved = now;
  else if (event == G_SOCKET_CLIENT_CONNECTING && sending->connecting == 0)
    sending->connecting = now;
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    sending->handshaking = now;
  else if (event == G_SOCKET_CLIENT_COMPLETE)
    sending->connected = now;
}

/* Whose certificate it is: after redirects not that of the link's own site. What
 * an HTTPS proxy shows is no certificate of the message. */
static GError *
new_certificate_error (SoupMessage *message, const GError *error)
{
  GUri *uri = soup_message_get_uri (message);
  g_autofree char *authority = bobbin_redirect_dup_authority (uri);
  g_autofree char *origin = g_strconcat (g_uri_get_scheme (uri), "://", authority, NULL);
  GError *own = g_error_new_literal (BOBBIN_ERROR, BOBBIN_ERROR_BAD_CERTIFICATE, error->message);

  bobbin_error_set_origin (own, origin);
  return own;
}

/* libsoup's own domain stays inside this room, and so does what it says in
 * those of others. Its metrics would tell a head that is too long, too, but
 * cost a signal for each read. */
static GError *
translate_error (SoupMessage *message, const GError *error)
{
  if (soup_message_get_status (message) == SOUP_STATUS_MISDIRECTED_REQUEST
      && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return bobbin_error_new_status (SOUP_STATUS_MISDIRECTED_REQUEST);
  if (error->domain == SOUP_SESSION_ERROR
      || (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
          && g_str_equal (error->message, g_dgettext ("libsoup-3.0", "Header too big"))))
    return g_error_new_literal (BOBBIN_ERROR, BOBBIN_ERROR_BAD_ANSWER, error->message);
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE)
      && soup_message_get_tls_peer_certificate (message) != NULL)
    return new_certificate_error (message, error);
  return g_error_copy (error);
}

/* All workers share one lock for signals, so only those are connected that can
 * come: they take longer than the request itself.
 * Returns: how many handlers have been put into @ids */
static guint
connect_handlers (Sending *sending, SoupMessage *message, gulong *ids)
{
  const BobbinHop *self = sending->hop;
  gboolean secure = g_str_equal (g_uri_get_scheme (self->uri), "https");
  guint n = 0;

  ids[n++] = g_signal_connect (message, "notify::status-code", G_CALLBACK (on_status), sending);
  ids[n++] = g_signal_connect (message, "network-event", G_CALLBACK (on_network_event), sending);
  if (self->proxy_authorization != NULL)
    ids[n++] = g_signal_connect (message, "starting", G_CALLBACK (on_starting), sending);
  if (secure)
    ids[n++] = g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate), sending);
  if (secure && self->proxies != NULL)
    ids[n++] = g_signal_connect (message, "authenticate", G_CALLBACK (on_authenticate), sending);
  return n;
}

static gint64
get_span (gint64 start, gint64 end)
{
  return start > 0 && end >= start ? end - start : -1;
}

static BobbinPhases
get_phases (const Sending *self, SoupMessage *message)
{
  return (BobbinPhases){
    .redirects = -1,
    .lookup = get_span (self->resolving, self->resolved),
    .connect = get_span (self->connecting, self->handshaking > 0 ? self->handshaking : self->connected),
    .secure = get_span (self->handshaking, self->connected),
    .wait = get_span (MAX (self->began, self->connected), self->answered),
    .tls = soup_message_get_tls_protocol_version (message),
  };
}

/* Returns: (transfer full): the stream of what the server answers */
static GInputStream *
send_message (const BobbinHop *self,
              SoupMessage *message,
              GCancellable *cancellable,
              BobbinPhases *phases,
              GError **error)
{
  g_autoptr (GCancellable) used = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  g_autoptr (GError) soup_error = NULL;
  Sending sending = { .hop = self, .cancellable = used, .began = g_get_monotonic_time () };
  gulong ids[MAX_HANDLERS];
  guint n_handlers = connect_handlers (&sending, message, ids);
  GInputStream *stream = soup_session_send (self->session, message, used, &soup_error);

  for (guint i = 0; i < n_handlers; i++)
    g_signal_handler_disconnect (message, ids[i]);
  if (soup_error != NULL)
    g_propagate_error (error, translate_error (message, soup_error));
  *phases = get_phases (&sending, message);
  return stream;
}

/**
 * bobbin_hop_send:
 * @self: a hop
 * @cancellable: (nullable): ends the call within a moment when cancelled; a 421
 *   cancels it, too
 * @message: (out) (transfer full): what was sent, with the head of the answer
 * @phases: (out): what the time went into, without that of redirects
 * @error: return location for an error
 *
 * Asks once; redirects and sign-ins are left to the caller. Worker.
 *
 * Sets %BOBBIN_ERROR_BAD_ANSWER, %BOBBIN_ERROR_BAD_CERTIFICATE,
 * %BOBBIN_ERROR_HTTP_STATUS, and %G_IO_ERROR, %G_RESOLVER_ERROR and
 * %G_TLS_ERROR codes.
 *
 * Returns: (transfer full) (nullable): the body of the answer, whatever it is
 */
BobbinBody *
bobbin_hop_send (const BobbinHop *self,
                 GCancellable *cancellable,
                 SoupMessage **message,
                 BobbinPhases *phases,
                 GError **error)
{
  g_autoptr (SoupMessage) sent = soup_message_new_from_uri ("GET", self->uri);
  GInputStream *stream;

  soup_message_add_flags (sent, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_disable_feature (sent, SOUP_TYPE_AUTH_MANAGER);
  set_headers (self, soup_message_get_request_headers (sent));
  stream = send_message (self, sent, cancellable, phases, error);
  if (stream == NULL)
    return NULL;
  *message = g_steal_pointer (&sent);
  return bobbin_body_new (stream, *message);
}
