/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-origin.h"

/**
 * bobbin_phases_get_total:
 * @self: phases
 *
 * Returns: microseconds until the server began to answer
 */
gint64
bobbin_phases_get_total (const BobbinPhases *self)
{
  return MAX (self->redirects, 0) + MAX (self->lookup, 0) + MAX (self->connect, 0) + MAX (self->secure, 0)
         + MAX (self->wait, 0);
}

/**
 * bobbin_origin_copy:
 * @self: an origin
 *
 * Any thread.
 *
 * Returns: (transfer full): a copy
 */
BobbinOrigin *
bobbin_origin_copy (const BobbinOrigin *self)
{
  BobbinOrigin *copy = g_memdup2 (self, sizeof *self);

  copy->uri = g_strdup (self->uri);
  copy->media_type = g_strdup (self->media_type);
  return copy;
}

/**
 * bobbin_origin_free:
 * @self: (transfer full) (nullable): an origin
 */
void
bobbin_origin_free (BobbinOrigin *self)
{
  if (self == NULL)
    return;
  g_free (self->uri);
  g_free (self->media_type);
  g_free (self);
}
