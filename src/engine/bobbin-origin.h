/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BobbinPhases:
 * @redirects: all that came before the last request: other places, sign-ins
 * @lookup: finding the host's address
 * @connect: making the connection
 * @secure: the TLS handshake
 * @wait: from then to the first byte of the answer
 * @tls: which TLS the connection has
 *
 * What the time went into until the server began to answer, in microseconds;
 * -1 for what did not happen, as on a connection that was open already.
 */
typedef struct
{
  gint64 redirects;
  gint64 lookup;
  gint64 connect;
  gint64 secure;
  gint64 wait;
  GTlsProtocolVersion tls;
} BobbinPhases;

/**
 * BobbinOrigin:
 * @uri: (owned) (nullable): where the answer came from, after redirects; no
 *   user, no password; %NULL if it came from the link
 * @n_redirects: how many redirects led there
 * @media_type: (owned) (nullable): what the server calls it, without parameters
 * @phases: how long that took
 * @began: when the answer was there, microseconds of the epoch
 *
 * Where a download comes from, as the first answer of its last try told. Never
 * changed once it is shared.
 */
typedef struct
{
  char *uri;
  guint n_redirects;
  char *media_type;
  BobbinPhases phases;
  gint64 began;
} BobbinOrigin;

gint64 bobbin_phases_get_total (const BobbinPhases *self);

BobbinOrigin *bobbin_origin_copy (const BobbinOrigin *self) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_origin_free (BobbinOrigin *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinOrigin, bobbin_origin_free)

G_END_DECLS
