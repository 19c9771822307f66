/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-incoming.h"
#include "bobbin-naming.h"
#include "bobbin-queue.h"

G_BEGIN_DECLS

/* Links that become downloads without a last look, for a person who wants it so. */

void bobbin_quick_add_async (BobbinIncoming *incoming,
                             BobbinQueue *queue,
                             const char *folder,
                             BobbinNaming *naming,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
guint bobbin_quick_add_finish (GAsyncResult *result, GError **error);

G_END_DECLS
