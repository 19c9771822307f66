/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-add-files.h"

G_BEGIN_DECLS

/**
 * BobbinAddOrder:
 * @plan: what was understood; owned
 * @selection: for each link of @plan whether it is wanted; owned
 * @headers: (nullable): names and values in turn, for each link; owned
 * @digest: (nullable): of the file, if @plan has a single link; owned
 *
 * What becomes of the selected links.
 */
typedef struct
{
  BobbinAddPlan *plan;
  gboolean *selection;
  char **headers;
  BobbinDigest *digest;
} BobbinAddOrder;

BobbinAddOrder *bobbin_add_order_new (BobbinAddFiles *files) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_add_order_free (BobbinAddOrder *self);

void bobbin_add_order_place_async (BobbinAddOrder *self,
                                   BobbinQueue *queue,
                                   gboolean paused,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
guint bobbin_add_order_place_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinAddOrder, bobbin_add_order_free)

G_END_DECLS
