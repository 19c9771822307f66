/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-answer.h"

#include "bobbin-error.h"
#include "bobbin-header-values.h"
#include "bobbin-hop.h"
#include "bobbin-link-field.h"
#include "bobbin-redirect.h"

/**
 * bobbin_request_is_for_part:
 * @self: a request
 *
 * Pure.
 *
 * Returns: whether it asks for less than the whole file
 */
gboolean
bobbin_request_is_for_part (const BobbinRequest *self)
{
  return self->first > 0 || self->end >= 0;
}

static const char *
get_field (SoupMessage *message, const char *name)
{
  return soup_message_headers_get_list (soup_message_get_response_headers (message), name);
}

/* Who gets the password: the place of the last hop, or the proxy before it. */
static char *
dup_asking_origin (SoupMessage *message, guint status)
{
  GUri *uri = soup_message_get_uri (message);
  g_autofree char *authority = NULL;

  if (status == 401)
    authority = bobbin_redirect_dup_authority (uri);
  else if (status == 407)
    authority = bobbin_hop_dup_proxy (message);
  if (authority == NULL)
    return NULL;
  return g_strconcat (status == 401 ? g_uri_get_scheme (uri) : "http", "://", authority, NULL);
}

static GError *
new_status_error (SoupMessage *message)
{
  guint status = soup_message_get_status (message);
  GError *error = bobbin_error_new_status (status);
  const char *range = get_field (message, "Content-Range");
  g_autofree char *origin = dup_asking_origin (message, status);
  goffset total;

  bobbin_error_set_origin (error, origin);
  bobbin_error_set_retry_after (error, bobbin_header_parse_retry_after (get_field (message, "Retry-After"),
                                                                        g_get_real_time () / G_USEC_PER_SEC));
  if (status == 416 && range != NULL && bobbin_header_parse_unsatisfied_range (range, &total))
    bobbin_error_set_total (error, total);
  return error;
}

/* The status has to be one that carries a file or a part of it. */
static gboolean
check_status (SoupMessage *message, GError **error)
{
  guint status = soup_message_get_status (message);

  if (status == 204 || status == 205)
    g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_NO_CONTENT, "The answer %u has no content", status);
  else if (status < 200 || status > 299)
    g_propagate_error (error, new_status_error (message));
  else
    return TRUE;
  return FALSE;
}

/* libsoup 3.2 takes the last of several lengths and turns negative ones into
 * nothing, so the fields are read again. Where there are chunks, they count
 * (RFC 9112, 6.3). */
static gboolean
read_length (BobbinAnswer *self, SoupMessage *message, GError **error)
{
  const char *field = get_field (message, "Content-Length");

  self->length = -1;
  if (field == NULL
      || soup_message_headers_get_encoding (soup_message_get_response_headers (message))
             == SOUP_ENCODING_CHUNKED
      || bobbin_header_parse_content_length (field, &self->length))
    return TRUE;
  g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_ANSWER, "A length that is none: %s", field);
  return FALSE;
}

/* libsoup 3.2 looks at the last Transfer-Encoding only, and lets a lone
 * "identity" pass. */
static gboolean
check_transfer_encoding (SoupMessage *message, GError **error)
{
  const char *field = get_field (message, "Transfer-Encoding");

  if (field == NULL || g_ascii_strcasecmp (field, "identity") == 0 || bobbin_header_is_chunked (field))
    return TRUE;
  g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_ANSWER, "A transfer encoding that is not known: %s",
               field);
  return FALSE;
}

static gboolean
is_encoded (SoupMessage *message)
{
  const char *field = get_field (message, "Content-Encoding");

  return field != NULL && *field != '\0' && g_ascii_strcasecmp (field, "identity") != 0;
}

static gboolean
is_gzip (SoupMessage *message)
{
  const char *field = get_field (message, "Content-Encoding");

  return field != NULL
         && (g_ascii_strcasecmp (field, "gzip") == 0 || g_ascii_strcasecmp (field, "x-gzip") == 0);
}

static gboolean
is_multipart (const BobbinAnswer *self)
{
  return self->media_type != NULL && g_ascii_strncasecmp (self->media_type, "multipart/", 10) == 0;
}

/* Fields may be missing in a 206, unless the bytes are another address's; those
 * that are there must be those of the file that the request is about. */
static gboolean
is_other_file (SoupMessage *message, const char *validator, gboolean strict)
{
  const char *field;

  if (validator == NULL)
    return FALSE;
  field = get_field (message, *validator == '"' ? "ETag" : "Last-Modified");
  return field != NULL ? !g_str_equal (field, validator) : strict;
}

/* Where the part that was asked for ends, -1 if nobody knows. */
static goffset
get_wanted_end (const BobbinRequest *request, goffset total)
{
  if (request->end < 0)
    return total;
  return total < 0 ? request->end : MIN (request->end, total);
}

/* A 206 has to hold just what was asked for, of the same file; the answer to a
 * plain request may be one when it holds all of the file. */
static const char *
find_fault_in_range (const BobbinAnswer *self,
                     SoupMessage *message,
                     const BobbinRequest *request,
                     const BobbinContentRange *range)
{
  goffset total = range->total >= 0 ? range->total : request->total;

  if (range->first != request->first)
    return "another beginning";
  if (request->total >= 0 && total != request->total)
    return "another total";
  if (range->last + 1 != get_wanted_end (request, total))
    return "another end";
  if (self->length >= 0 && self->length != range->last - range->first + 1)
    return "another length than its body";
  if (is_other_file (message, request->validator, request->strict))
    return "another validator";
  if (bobbin_request_is_for_part (request) && is_encoded (message))
    return "an encoding";
  return NULL;
}

static gboolean
read_range (BobbinAnswer *self, SoupMessage *message, const BobbinRequest *request, GError **error)
{
  const char *field = get_field (message, "Content-Range");
  gboolean for_part = bobbin_request_is_for_part (request);
  BobbinRequest wanted = *request;
  BobbinContentRange range;
  const char *fault = NULL;

  if (!for_part)
    {
      /* Whoever asks for the whole file takes any. */
      wanted.total = -1;
      wanted.validator = NULL;
    }
  if (is_multipart (self))
    fault = "several parts";
  else if (field == NULL || !bobbin_header_parse_content_range (field, &range))
    fault = "no place in the file";
  else
    fault = find_fault_in_range (self, message, &wanted, &range);
  if (fault != NULL)
    {
      g_set_error (error, BOBBIN_ERROR, for_part ? BOBBIN_ERROR_RANGE_REFUSED : BOBBIN_ERROR_BAD_ANSWER,
                   "A range with %s: %s", fault, field != NULL ? field : "");
      return FALSE;
    }
  self->first = range.first;
  self->length = range.last - range.first + 1;
  self->total = range.total >= 0 ? range.total : wanted.total;
  self->ranges = TRUE;
  if (self->validator == NULL)
    self->validator = g_strdup (wanted.validator);
  return TRUE;
}

/* What speaks of the content is about the file only when it came whole. */
static BobbinDigest *
read_digest (SoupMessage *message)
{
  gboolean whole = soup_message_get_status (message) != 206;

  return bobbin_digest_from_fields (get_field (message, "Repr-Digest"), get_field (message, "Digest"),
                                    whole ? get_field (message, "Content-Digest") : NULL,
                                    whole ? get_field (message, "Content-MD5") : NULL);
}

/* Without a digest nothing would tell whether they have the same file. */
static GArray *
read_mirrors (const BobbinAnswer *self, SoupMessage *message)
{
  const char *field = get_field (message, "Link");

  if (field == NULL || self->digest == NULL)
    return NULL;
  return bobbin_link_field_parse_duplicates (field, self->uri);
}

static gboolean
read_head (BobbinAnswer *self, SoupMessage *message, const BobbinRequest *request, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  self->uri
      = g_uri_to_string_partial (soup_message_get_uri (message), G_URI_HIDE_USERINFO | G_URI_HIDE_FRAGMENT);
  self->disposition = g_strdup (soup_message_headers_get_one (headers, "Content-Disposition"));
  self->media_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  self->validator = bobbin_header_dup_validator (soup_message_headers_get_one (headers, "ETag"),
                                                 soup_message_headers_get_one (headers, "Last-Modified"),
                                                 soup_message_headers_get_one (headers, "Date"));
  self->modified = bobbin_header_parse_date (soup_message_headers_get_one (headers, "Last-Modified"));
  self->digest = read_digest (message);
  self->mirrors = read_mirrors (self, message);
  if (!check_transfer_encoding (message, error) || !read_length (self, message, error))
    return FALSE;
  if (soup_message_get_status (message) == 206)
    return read_range (self, message, request, error);

  self->total = self->length;
  self->until_close = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_EOF;
  self->only_gzip_tells = self->until_close && is_gzip (message);
  self->ranges = soup_message_get_status (message) == 200 && self->length >= 0
                 && bobbin_header_has_token (get_field (message, "Accept-Ranges"), "bytes");
  return TRUE;
}

/**
 * bobbin_answer_new:
 * @message: a message whose head has come, at the end of all redirects
 * @body: (transfer full): its body, unread
 * @request: what was asked for
 * @error: return location for an error
 *
 * Checks an answer as bobbin_http_get() describes. Worker.
 *
 * Sets %BOBBIN_ERROR_HTTP_STATUS, %BOBBIN_ERROR_NO_CONTENT,
 * %BOBBIN_ERROR_BAD_ANSWER and %BOBBIN_ERROR_RANGE_REFUSED.
 *
 * Returns: (transfer full) (nullable): the answer
 */
BobbinAnswer *
bobbin_answer_new (SoupMessage *message, BobbinBody *body, const BobbinRequest *request, GError **error)
{
  g_autoptr (BobbinAnswer) self = g_new0 (BobbinAnswer, 1);

  self->body = body;
  if (!check_status (message, error))
    {
      bobbin_body_drain (body, NULL);
      return NULL;
    }
  if (!read_head (self, message, request, error))
    return NULL;
  bobbin_body_expect (body, self->length);
  return g_steal_pointer (&self);
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
 * that the server announced were there, by their number or, in a chunked body,
 * by its last chunk; an answer without either ends with its connection. The
 * worker that made the request.
 *
 * Sets %BOBBIN_ERROR_TRUNCATED when the body ended too soon,
 * %BOBBIN_ERROR_BAD_ANSWER when its form is broken, and %G_IO_ERROR and
 * %G_TLS_ERROR codes.
 *
 * Returns: how many bytes were read, 0 at the end, -1 on error
 */
gssize
bobbin_answer_read (BobbinAnswer *self, void *buffer, gsize size, GCancellable *cancellable, GError **error)
{
  return bobbin_body_read (self->body, buffer, size, cancellable, error);
}

/**
 * bobbin_answer_read_ready:
 * @self: an answer
 * @buffer: where the bytes go
 * @size: room in @buffer, in bytes
 * @error: return location for an error
 *
 * Reads the next bytes if they have come in already. The worker that made the
 * request.
 *
 * Sets %G_IO_ERROR_WOULD_BLOCK if they have not, and what bobbin_answer_read()
 * sets.
 *
 * Returns: how many bytes were read, 0 at the end, -1 on error
 */
gssize
bobbin_answer_read_ready (BobbinAnswer *self, void *buffer, gsize size, GError **error)
{
  return bobbin_body_read_ready (self->body, buffer, size, error);
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
  bobbin_body_free (self->body);
  bobbin_digest_free (self->digest);
  g_clear_pointer (&self->mirrors, g_array_unref);
  g_free (self->uri);
  g_free (self->disposition);
  g_free (self->media_type);
  g_free (self->validator);
  g_free (self);
}
