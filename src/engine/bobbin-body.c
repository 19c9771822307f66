/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-body.h"

#include "bobbin-chunks.h"
#include "bobbin-error.h"

/* libsoup 3.2 takes a chunked body that is cut between two chunks, and sizes
 * that are none, for its end, and what it hands out does not tell. So the frames
 * are taken off here, from the bytes of the connection: libsoup's body stream is
 * a filter on a filter on them. Since libsoup then sees no end, it has to be
 * told, or the connection could not be used again. */

/* A body that is not the file is read up to this many bytes, so that its
 * connection can be used again; a longer one is not worth it. */
#define MAX_DRAIN (64 * 1024)

struct _BobbinBody
{
  GInputStream *stream; /* libsoup's */
  GInputStream *wire;   /* of a chunked body: borrowed from the stream; else NULL */
  BobbinChunks chunks;
  gboolean doubtful; /* where the next answer would begin on the connection */
  goffset length;    /* -1 if unknown */
  goffset n_read;
};

static GInputStream *
get_base (GInputStream *stream, const char *type)
{
  if (stream == NULL || !G_IS_FILTER_INPUT_STREAM (stream)
      || !g_str_equal (G_OBJECT_TYPE_NAME (stream), type))
    return NULL;
  return g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream));
}

/* Returns: (nullable): NULL for a libsoup built otherwise than those known */
static GInputStream *
get_wire (GInputStream *stream)
{
  return get_base (get_base (stream, "SoupClientInputStream"), "SoupBodyInputStream");
}

/**
 * bobbin_body_new:
 * @stream: (transfer full): the stream that libsoup gave for @message
 * @message: a message whose head has come
 *
 * Worker.
 *
 * Returns: (transfer full): its body, unread
 */
BobbinBody *
bobbin_body_new (GInputStream *stream, SoupMessage *message)
{
  BobbinBody *self = g_new0 (BobbinBody, 1);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  self->stream = stream;
  self->length = -1;
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED)
    self->wire = get_wire (stream);
  /* Others on the way may have believed the length (RFC 9112, 6.3). */
  self->doubtful = soup_message_headers_get_one (headers, "Content-Length") != NULL;
  return self;
}

/**
 * bobbin_body_free:
 * @self: (transfer full) (nullable): a body
 *
 * Ends a body. If it was not read to its end, the connection is closed. Worker.
 */
void
bobbin_body_free (BobbinBody *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->stream);
  g_free (self);
}

/**
 * bobbin_body_expect:
 * @self: a body that nothing was read of
 * @length: how many bytes it must have, -1 if that is unknown
 *
 * Worker.
 */
void
bobbin_body_expect (BobbinBody *self, goffset length)
{
  self->length = length;
}

/* The bytes of the file are all there, and what follows them is worth no wait:
 * only if it has come already and is short, the connection can be used again. */
static void
settle_connection (BobbinBody *self)
{
  char buffer[1024];

  for (guint i = 0; i < MAX_DRAIN / sizeof buffer && !bobbin_chunks_is_over (&self->chunks); i++)
    {
      gssize n = g_pollable_stream_read (self->wire, buffer, sizeof buffer, FALSE, NULL, NULL);
      gsize size = (gsize) MAX (n, 0);
      gsize surplus;

      if (n <= 0 || !bobbin_chunks_decode (&self->chunks, buffer, &size, &surplus, NULL))
        return;
      self->doubtful |= surplus > 0;
    }
  if (bobbin_chunks_is_over (&self->chunks) && !self->doubtful
      && g_signal_lookup ("eof", G_OBJECT_TYPE (self->stream)) != 0)
    g_signal_emit_by_name (self->stream, "eof");
}

static gssize
read_chunks (
    BobbinBody *self, void *buffer, gsize size, gboolean blocking, GCancellable *cancellable, GError **error)
{
  while (!bobbin_chunks_is_whole (&self->chunks))
    {
      gssize n = g_pollable_stream_read (self->wire, buffer, size, blocking, cancellable, error);
      gsize decoded = (gsize) MAX (n, 0);
      gsize surplus;

      if (n == 0)
        g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_TRUNCATED,
                     "The chunked body ended without its last chunk after %" G_GOFFSET_FORMAT " bytes",
                     self->n_read);
      if (n <= 0 || !bobbin_chunks_decode (&self->chunks, buffer, &decoded, &surplus, error))
        return -1;
      self->doubtful |= surplus > 0;
      if (decoded > 0)
        return (gssize) decoded;
    }
  settle_connection (self);
  return 0;
}

static gssize
read_some (
    BobbinBody *self, void *buffer, gsize size, gboolean blocking, GCancellable *cancellable, GError **error)
{
  if (self->wire != NULL)
    return read_chunks (self, buffer, size, blocking, cancellable, error);
  return g_pollable_stream_read (self->stream, buffer, size, blocking, cancellable, error);
}

static gssize
read_and_check (
    BobbinBody *self, void *buffer, gsize size, gboolean blocking, GCancellable *cancellable, GError **error)
{
  GError *local_error = NULL;
  gssize n = read_some (self, buffer, size, blocking, cancellable, &local_error);

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
    g_propagate_error (error, local_error);
  return n;
}

/**
 * bobbin_body_read:
 * @self: a body
 * @buffer: where the bytes go
 * @size: room in @buffer, in bytes
 * @cancellable: (nullable): ends the call within a moment when cancelled
 * @error: return location for an error
 *
 * Reads the next bytes. Worker.
 *
 * Sets %BOBBIN_ERROR_TRUNCATED when the body ended too soon,
 * %BOBBIN_ERROR_BAD_ANSWER when it is longer than expected or its frames are
 * bad, and %G_IO_ERROR and %G_TLS_ERROR codes.
 *
 * Returns: how many bytes were read, 0 at the end, -1 on error
 */
gssize
bobbin_body_read (BobbinBody *self, void *buffer, gsize size, GCancellable *cancellable, GError **error)
{
  return read_and_check (self, buffer, size, TRUE, cancellable, error);
}

/**
 * bobbin_body_read_ready:
 * @self: a body
 * @buffer: where the bytes go
 * @size: room in @buffer, in bytes
 * @error: return location for an error
 *
 * Reads the next bytes if they have come in already. Worker.
 *
 * Sets %G_IO_ERROR_WOULD_BLOCK if they have not, and what bobbin_body_read()
 * sets.
 *
 * Returns: how many bytes were read, 0 at the end, -1 on error
 */
gssize
bobbin_body_read_ready (BobbinBody *self, void *buffer, gsize size, GError **error)
{
  return read_and_check (self, buffer, size, FALSE, NULL, error);
}

/**
 * bobbin_body_drain:
 * @self: a body that nobody needs
 * @cancellable: (nullable): ends the call within a moment when cancelled
 *
 * Reads what has come in already, so that the connection can be used again, if
 * it is little; waiting for more would leave the worker to the mercy of the
 * server. Never skips: g_input_stream_skip() crashes on a chunked body in
 * libsoup 3.2. Worker.
 */
void
bobbin_body_drain (BobbinBody *self, GCancellable *cancellable)
{
  char buffer[4096];
  gsize n_drained = 0;
  gssize n;

  do
    {
      n = read_some (self, buffer, sizeof buffer, FALSE, cancellable, NULL);
      n_drained += (gsize) MAX (n, 0);
    }
  while (n > 0 && n_drained < MAX_DRAIN);
  g_input_stream_close (self->stream, cancellable, NULL);
}
