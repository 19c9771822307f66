/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * BobbinBody:
 *
 * The body of an answer, read by the worker that asked. Its end is told only
 * when it is proven that nothing is missing, as far as HTTP can prove it.
 */
typedef struct _BobbinBody BobbinBody;

BobbinBody *bobbin_body_new (GInputStream *stream, SoupMessage *message) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_body_free (BobbinBody *self);

void bobbin_body_expect (BobbinBody *self, goffset length);
gssize bobbin_body_read (
    BobbinBody *self, void *buffer, gsize size, GCancellable *cancellable, GError **error);
gssize bobbin_body_read_ready (BobbinBody *self, void *buffer, gsize size, GError **error);
void bobbin_body_drain (BobbinBody *self, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinBody, bobbin_body_free)

G_END_DECLS
