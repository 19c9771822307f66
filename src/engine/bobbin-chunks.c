/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-chunks.h"

#include "bobbin-error.h"

#include <string.h>

/* Nobody needs longer extensions or trailers, in bytes. */
#define MAX_LINE (16 * 1024)

enum
{
  STATE_SIZE,     /* digits of a chunk's size */
  STATE_SIZE_END, /* the rest of that line */
  STATE_DATA,     /* the chunk's bytes */
  STATE_DATA_END, /* the line end behind them */
  STATE_TRAILER,  /* the last chunk has been there: lines up to an empty one */
  STATE_OVER,     /* all of the body has been there */
};

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_ANSWER, "A chunked body with a bad %s", what);
  return FALSE;
}

static gboolean
take_size (BobbinChunks *self, char byte, GError **error)
{
  int digit = g_ascii_xdigit_value (byte);

  if (digit >= 0)
    {
      self->line++;
      if (__builtin_mul_overflow (self->left, 16, &self->left)
          || __builtin_add_overflow (self->left, digit, &self->left))
        return refuse ("size", error);
      return TRUE;
    }
  if (self->line == 0)
    return refuse ("size", error);
  self->extra = FALSE;
  self->state = STATE_SIZE_END;
  return TRUE;
}

/* Spaces behind the size are against the grammar, but older servers pad with
 * them; anything else has to be an extension. */
static gboolean
take_size_end (BobbinChunks *self, char byte, GError **error)
{
  if (byte == '\n')
    {
      self->line = 0;
      self->state = self->left > 0 ? STATE_DATA : STATE_TRAILER;
      return TRUE;
    }
  self->extra |= byte == ';';
  if (!self->extra && byte != '\r' && byte != ' ' && byte != '\t')
    return refuse ("size", error);
  return ++self->line <= MAX_LINE || refuse ("extension", error);
}

static gboolean
take_data_end (BobbinChunks *self, char byte, GError **error)
{
  if (byte == '\n')
    {
      self->line = 0;
      self->left = 0;
      self->state = STATE_SIZE;
      return TRUE;
    }
  return (byte == '\r' && self->line++ == 0) || refuse ("end of a chunk", error);
}

static gboolean
take_trailer (BobbinChunks *self, char byte, GError **error)
{
  if (byte == '\n')
    {
      if (self->line == 0)
        self->state = STATE_OVER;
      self->line = 0;
    }
  else if (byte != '\r')
    self->line++;
  return self->line <= MAX_LINE || refuse ("trailer", error);
}

static gboolean
take_frame (BobbinChunks *self, char byte, GError **error)
{
  switch (self->state)
    {
    case STATE_SIZE:
      return take_size (self, byte, error)
             && (self->state == STATE_SIZE || take_size_end (self, byte, error));
    case STATE_SIZE_END:
      return take_size_end (self, byte, error);
    case STATE_DATA_END:
      return take_data_end (self, byte, error);
    default:
      return take_trailer (self, byte, error);
    }
}

/**
 * bobbin_chunks_decode:
 * @self: the state so far
 * @data: the next bytes of a body as they came; what they hold of the file is
 *   moved to the front
 * @size: (inout): how many bytes @data has, then how many of the file
 * @surplus: (out): how many bytes of @data came after the body's end
 * @error: return location for an error
 *
 * Sizes are digits and nothing else: no sign, no overflow of 63 bits. Lines may
 * end without a carriage return. Pure.
 *
 * Sets %BOBBIN_ERROR_BAD_ANSWER.
 *
 * Returns: whether the bytes are of a chunked body
 */
gboolean
bobbin_chunks_decode (BobbinChunks *self, char *data, gsize *size, gsize *surplus, GError **error)
{
  gsize in = 0;
  gsize out = 0;

  while (in < *size && self->state != STATE_OVER)
    if (self->state == STATE_DATA)
      {
        gsize n = (gsize) MIN ((goffset) (*size - in), self->left);

        memmove (data + out, data + in, n);
        in += n;
        out += n;
        self->left -= (goffset) n;
        if (self->left == 0)
          self->state = STATE_DATA_END;
      }
    else if (!take_frame (self, data[in++], error))
      return FALSE;

  *surplus = *size - in;
  *size = out;
  return TRUE;
}

/**
 * bobbin_chunks_is_whole:
 * @self: the state so far
 *
 * Pure.
 *
 * Returns: whether the last chunk has been there, which proves that no byte of
 *   the file is missing
 */
gboolean
bobbin_chunks_is_whole (const BobbinChunks *self)
{
  return self->state >= STATE_TRAILER;
}

/**
 * bobbin_chunks_is_over:
 * @self: the state so far
 *
 * Pure.
 *
 * Returns: whether the trailers have been there, too, so that the next answer
 *   can follow on the connection
 */
gboolean
bobbin_chunks_is_over (const BobbinChunks *self)
{
  return self->state == STATE_OVER;
}
