/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-gzip.h"

#include <unistd.h>

#define BUFFER_SIZE (64 * 1024)

/* Unpacks what was read, and throws it away.
 * Returns: %FALSE if it is no gzip */
static gboolean
unpack (GConverter *converter, const char *data, gsize size, gboolean *between_members)
{
  g_autofree char *out = g_malloc (BUFFER_SIZE);

  while (size > 0)
    {
      gsize n_read = 0;
      gsize n_written;
      g_autoptr (GError) error = NULL;
      GConverterResult result = g_converter_convert (converter, data, size, out, BUFFER_SIZE,
                                                     G_CONVERTER_NO_FLAGS, &n_read, &n_written, &error);

      if (result == G_CONVERTER_ERROR)
        return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
      *between_members = result == G_CONVERTER_FINISHED;
      if (*between_members)
        g_converter_reset (converter);
      data += n_read;
      size -= n_read;
    }
  return TRUE;
}

/**
 * bobbin_gzip_is_whole:
 * @fd: a file open for reading
 * @cancellable: (nullable): ends the reading
 *
 * Reads a gzip file (RFC 1952) of one member or several to its end. Nothing is
 * kept of what is in it, so that a small file with much in it costs time, but
 * no room. Worker.
 *
 * Returns: whether it is a gzip file that ends where its last member does
 */
gboolean
bobbin_gzip_is_whole (int fd, GCancellable *cancellable)
{
  g_autoptr (GZlibDecompressor) decompressor = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autofree char *buffer = g_malloc (BUFFER_SIZE);
  gboolean between_members = FALSE;
  off_t offset = 0;
  ssize_t n;

  while ((n = pread (fd, buffer, BUFFER_SIZE, offset)) > 0)
    {
      if (g_cancellable_is_cancelled (cancellable)
          || !unpack (G_CONVERTER (decompressor), buffer, (gsize) n, &between_members))
        return FALSE;
      offset += n;
    }
  return n == 0 && between_members;
}
