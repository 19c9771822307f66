/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-http.h"

#include "bobbin-error.h"
#include "bobbin-header-values.h"

#include <libsoup/soup.h>

/* An idle connection is kept so long for the next request, in seconds. */
#define IDLE_TIMEOUT 30

/* The body of an answer that is not the file is read up to this many bytes, so
 * that its connection can be used again; a longer one is not worth it. */
#define MAX_DRAIN (64 * 1024)

/* What answers are read with; G_URI_FLAGS_PARSE_RELAXED forgives the spaces
 * that servers put into Location, as browsers do. */
#define URI_FLAGS (SOUP_HTTP_URI_FLAGS | G_URI_FLAGS_PARSE_RELAXED)

struct _BobbinHttp
{
  GMainContext *context;
  SoupSession *session;
};

/**
 * bobbin_http_new:
 *
 * Makes the HTTP side of a worker. Any thread, but later one at a time, each
 * use between bobbin_http_enter() and bobbin_http_leave().
 *
 * Returns: (transfer full): the HTTP side
 */
BobbinHttp *
bobbin_http_new (void)
{
  BobbinHttp *self = g_new0 (BobbinHttp, 1);

  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->session = soup_session_new_with_options ("idle-timeout", IDLE_TIMEOUT, NULL);
  /* It decodes without limit and cuts damaged gzip silently: what is saved is
   * what the server has. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  g_main_context_pop_thread_default (self->context);
  return self;
}

/**
 * bobbin_http_free:
 * @self: (transfer full): an HTTP side that no thread uses
 *
 * Closes its connections. Any thread.
 */
void
bobbin_http_free (BobbinHttp *self)
{
  /* The session's sources live in the context: it has to go first, and they
   * with it. */
  g_main_context_push_thread_default (self->context);
  g_object_unref (self->session);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  g_free (self);
}

/**
 * bobbin_http_enter:
 * @self: an HTTP side that no thread uses
 *
 * Makes @self the calling worker's own until bobbin_http_leave(), and lets
 * libsoup's timers that are due run there.
 */
void
bobbin_http_enter (BobbinHttp *self)
{
  g_main_context_push_thread_default (self->context);
  while (g_main_context_iteration (self->context, FALSE))
    ;
}

/**
 * bobbin_http_leave:
 * @self: the HTTP side that the calling thread has entered
 */
void
bobbin_http_leave (BobbinHttp *self)
{
  g_main_context_pop_thread_default (self->context);
}

/* libsoup's own domain stays inside this room. */
static void
translate_error (GError **error)
{
  if (error == NULL || *error == NULL)
    return;
  if ((*error)->domain == SOUP_SESSION_ERROR)
    {
      g_autoptr (GError) soup_error = g_steal_pointer (error);

      g_set_error_literal (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_ANSWER, soup_error->message);
    }
}

static gboolean
same_origin (GUri *a, GUri *b)
{
  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b))
         && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
         && g_uri_get_port (a) == g_uri_get_port (b);
}

static GUri *
without_userinfo (GUri *uri)
{
  return g_uri_build (URI_FLAGS, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri),
                      g_uri_get_path (uri), g_uri_get_query (uri), NULL);
}

/* Where a redirect leads. User and password in a Location are the server's
 * idea, not the person's, and left out; those of the link go along only while
 * the origin stays the same. */
static GUri *
resolve_redirect (GUri *from, const char *location, GError **error)
{
  g_autoptr (GUri) parsed = NULL;
  const char *scheme;

  if (location == NULL || *location == '\0')
    {
      g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_REDIRECT, "A redirect without a target");
      return NULL;
    }
  parsed = g_uri_parse_relative (from, location, URI_FLAGS, NULL);
  scheme = parsed != NULL ? g_uri_get_scheme (parsed) : NULL;
  if ((g_strcmp0 (scheme, "http") != 0 && g_strcmp0 (scheme, "https") != 0) || g_uri_get_host (parsed) == NULL
      || *g_uri_get_host (parsed) == '\0')
    {
      g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_REDIRECT,
                   "A redirect to a target that is not allowed");
      return NULL;
    }
  if (g_uri_get_userinfo (from) != NULL && same_origin (from, parsed))
    return g_uri_build_with_user (URI_FLAGS, scheme, g_uri_get_user (from), g_uri_get_password (from), NULL,
                                  g_uri_get_host (parsed), g_uri_get_port (parsed), g_uri_get_path (parsed),
                                  g_uri_get_query (parsed), NULL);
  return without_userinfo (parsed);
}

static gboolean
is_secret (const char *header)
{
  return g_ascii_strcasecmp (header, "User-Agent") != 0;
}

/* The link's own headers may hold secrets, so only the origin that they were
 * given for gets them. */
static void
add_headers (SoupMessageHeaders *headers, const BobbinRequest *request, gboolean own_origin)
{
  const char *const *own = bobbin_link_get_headers (request->link);

  for (; own != NULL && own[0] != NULL; own += 2)
    if (own_origin || !is_secret (own[0]))
      soup_message_headers_append (headers, own[0], own[1]);
  /* The session's own user agent would win over the link's. */
  if (soup_message_headers_get_one (headers, "User-Agent") == NULL)
    soup_message_headers_append (headers, "User-Agent", "Bobbin/" BOBBIN_VERSION);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (request->offset > 0)
    {
      g_autofree char *range = g_strdup_printf ("bytes=%" G_GOFFSET_FORMAT "-", request->offset);

      soup_message_headers_replace (headers, "Range", range);
      soup_message_headers_replace (headers, "If-Range", request->validator);
    }
}

/* Reads what has come in already; waiting for more would leave the worker to the
 * mercy of the server. Never skips: g_input_stream_skip() crashes on a chunked
 * body in libsoup 3.2. */
static void
drain (GInputStream *body, GCancellable *cancellable)
{
  char buffer[4096];
  gsize n_drained = 0;
  gssize n;

  do
    {
      n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (body), buffer, sizeof buffer,
                                                    cancellable, NULL);
      n_drained += MAX (n, 0);
    }
  while (n > 0 && n_drained < MAX_DRAIN);
  g_input_stream_close (body, cancellable, NULL);
}

static gboolean
is_redirect (guint status)
{
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* Follows the redirects of @request.
 * Returns: (transfer full): the body of the first answer that is none, with
 *   its message in @out_message */
static GInputStream *
send_and_follow (BobbinHttp *self,
                 const BobbinRequest *request,
                 GCancellable *cancellable,
                 SoupMessage **out_message,
                 GError **error)
{
  g_autoptr (GUri) origin = g_uri_parse (bobbin_link_get_uri (request->link), URI_FLAGS, error);
  g_autoptr (GUri) uri = origin != NULL ? g_uri_ref (origin) : NULL;

  for (guint hop = 0; uri != NULL && hop <= BOBBIN_HTTP_MAX_HOPS; hop++)
    {
      g_autoptr (SoupMessage) message = soup_message_new_from_uri ("GET", uri);
      g_autoptr (GInputStream) body = NULL;
      GUri *next;

      /* Without the cache, what one link signs in with is not told for another. */
      soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
      add_headers (soup_message_get_request_headers (message), request, same_origin (origin, uri));
      body = soup_session_send (self->session, message, cancellable, error);
      if (body == NULL)
        return NULL;
      if (!is_redirect (soup_message_get_status (message)))
        {
          *out_message = g_steal_pointer (&message);
          return g_steal_pointer (&body);
        }

      drain (body, cancellable);
      next = resolve_redirect (uri,
                               soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                             "Location"),
                               error);
      g_uri_unref (uri);
      uri = next;
    }
  if (uri != NULL)
    g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_TOO_MANY_REDIRECTS, "More than %d redirects",
                 BOBBIN_HTTP_MAX_HOPS);
  return NULL;
}

/* The status has to be one that carries the file, whole or from the offset. */
static gboolean
check_status (guint status, const BobbinRequest *request, GError **error)
{
  if (status == 204 || status == 205)
    g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_NO_CONTENT, "The answer %u has no content", status);
  else if (status < 200 || status > 299)
    g_propagate_error (error, bobbin_error_new_status (status));
  else if (status == 206 && request->offset == 0)
    g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_ANSWER, "A range that was not asked for");
  else
    return TRUE;
  return FALSE;
}

/* libsoup 3.2 takes the last of several lengths and turns negative ones into
 * nothing, so the fields are read again. */
static gboolean
read_length (BobbinAnswer *self, SoupMessageHeaders *headers, GError **error)
{
  const char *field = soup_message_headers_get_list (headers, "Content-Length");

  self->length = -1;
  if (field == NULL || soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED
      || bobbin_header_parse_content_length (field, &self->length))
    return TRUE;
  g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_ANSWER, "A length that is none: %s", field);
  return FALSE;
}

/* A 206 has to hold just what was asked for: from the offset to the end of the
 * same file. */
static gboolean
read_range (BobbinAnswer *self, SoupMessageHeaders *headers, const BobbinRequest *request, GError **error)
{
  const char *field = soup_message_headers_get_one (headers, "Content-Range");
  BobbinContentRange range;
  goffset length;

  if (field == NULL || !bobbin_header_parse_content_range (field, &range) || range.first != request->offset
      || range.total < 0 || range.last != range.total - 1
      || (request->total >= 0 && range.total != request->total))
    {
      g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_ANSWER, "Not the range asked for: %s",
                   field != NULL ? field : "none");
      return FALSE;
    }
  length = range.last - range.first + 1;
  if (self->length >= 0 && self->length != length)
    {
      g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_ANSWER, "A range of another length than its body");
      return FALSE;
    }
  if (self->validator != NULL && g_strcmp0 (self->validator, request->validator) != 0)
    {
      g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_ANSWER, "A range of another file");
      return FALSE;
    }
  self->first = range.first;
  self->length = length;
  self->total = range.total;
  return TRUE;
}

static char *
dup_plain_uri (GUri *uri)
{
  return g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO | G_URI_HIDE_FRAGMENT);
}

static gboolean
read_head (BobbinAnswer *self, SoupMessage *message, const BobbinRequest *request, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  self->uri = dup_plain_uri (soup_message_get_uri (message));
  self->disposition = g_strdup (soup_message_headers_get_one (headers, "Content-Disposition"));
  self->media_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  self->validator = bobbin_header_dup_validator (soup_message_headers_get_one (headers, "ETag"),
                                                 soup_message_headers_get_one (headers, "Last-Modified"),
                                                 soup_message_headers_get_one (headers, "Date"));
  if (!read_length (self, headers, error))
    return FALSE;
  if (soup_message_get_status (message) == 206)
    return read_range (self, headers, request, error);
  self->total = self->length;
  return TRUE;
}

/**
 * bobbin_http_get:
 * @self: the HTTP side that the calling worker has entered
 * @request: what to ask for
 * @cancellable: (nullable): ends the call within a moment when cancelled
 * @error: return location for an error
 *
 * Sends a GET, follows redirects to http and https, and checks the answer: it
 * is the whole file, or, for a request with an offset, either the rest of the
 * same file or the whole file (then @first is 0).
 *
 * Sets %BOBBIN_ERROR_HTTP_STATUS, %BOBBIN_ERROR_NO_CONTENT,
 * %BOBBIN_ERROR_BAD_ANSWER, %BOBBIN_ERROR_BAD_REDIRECT,
 * %BOBBIN_ERROR_TOO_MANY_REDIRECTS, and %G_IO_ERROR, %G_RESOLVER_ERROR and
 * %G_TLS_ERROR codes.
 *
 * Returns: (transfer full) (nullable): the answer, its body unread
 */
BobbinAnswer *
bobbin_http_get (BobbinHttp *self, const BobbinRequest *request, GCancellable *cancellable, GError **error)
{
  g_autoptr (BobbinAnswer) answer = g_new0 (BobbinAnswer, 1);
  g_autoptr (SoupMessage) message = NULL;
  GError *local_error = NULL;

  soup_session_set_timeout (self->session, request->timeout);
  answer->body = send_and_follow (self, request, cancellable, &message, &local_error);
  if (answer->body == NULL)
    {
      translate_error (&local_error);
      g_propagate_error (error, local_error);
      return NULL;
    }
  if (!check_status (soup_message_get_status (message), request, error))
    {
      drain (answer->body, cancellable);
      return NULL;
    }
  if (!read_head (answer, message, request, error))
    return NULL;
  return g_steal_pointer (&answer);
}

/**
 * bobbin_answer_read:
 * @self: an answer
 * @buffer: where the bytes go
 * @size: room in @buffer, in bytes
 * @cancellable: (nullable): ends the call within a moment when cancelled
 * @error: return location for an error
 *
 * Reads the next bytes of the body. The end is told only when all the bytes
 * that the server announced were there. The worker that made the request.
 *
 * Sets %BOBBIN_ERROR_TRUNCATED when the body ended too soon,
 * %BOBBIN_ERROR_BAD_ANSWER, and %G_IO_ERROR and %G_TLS_ERROR codes.
 *
 * Returns: how many bytes were read, 0 at the end, -1 on error
 */
gssize
bobbin_answer_read (BobbinAnswer *self, void *buffer, gsize size, GCancellable *cancellable, GError **error)
{
  GError *local_error = NULL;
  gssize n = g_input_stream_read (self->body, buffer, size, cancellable, &local_error);

  self->n_read += MAX (n, 0);
  if (self->length >= 0 && self->n_read > self->length)
    {
      g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_ANSWER, "More bytes than announced");
      return -1;
    }
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
      || (n == 0 && self->length >= 0 && self->n_read != self->length))
    {
      g_clear_error (&local_error);
      g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_TRUNCATED,
                   "The body ended after %" G_GOFFSET_FORMAT " of %" G_GOFFSET_FORMAT " bytes", self->n_read,
                   self->length);
      return -1;
    }
  if (n < 0)
    {
      translate_error (&local_error);
      g_propagate_error (error, local_error);
    }
  return n;
}

/**
 * bobbin_answer_free:
 * @self: (transfer full) (nullable): an answer
 *
 * Ends the answer. If its body was not read to the end, the connection is
 * closed. The worker that made the request.
 */
void
bobbin_answer_free (BobbinAnswer *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->body);
  g_free (self->uri);
  g_free (self->disposition);
  g_free (self->media_type);
  g_free (self->validator);
  g_free (self);
}
