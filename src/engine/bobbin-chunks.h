/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BobbinChunks:
 *
 * Takes the frames off a chunked body (RFC 9112, 7.1). Plain data, starts as
 * zeros.
 */
typedef struct
{
  /*< private >*/
  int state;
  goffset left;   /* of the chunk, while its size is read and after */
  gsize line;     /* bytes of the line so far */
  gboolean extra; /* whether the line has come to the chunk's extensions */
} BobbinChunks;

gboolean bobbin_chunks_decode (BobbinChunks *self, char *data, gsize *size, gsize *surplus, GError **error);
gboolean bobbin_chunks_is_whole (const BobbinChunks *self);
gboolean bobbin_chunks_is_over (const BobbinChunks *self);

G_END_DECLS
