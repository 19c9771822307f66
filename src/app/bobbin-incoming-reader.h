/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-incoming.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Reads what comes from outside, without holding up the window. */

GdkContentFormats *bobbin_incoming_create_formats (void) G_GNUC_WARN_UNUSED_RESULT;

void bobbin_incoming_read_clipboard_async (GdkClipboard *clipboard,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
void bobbin_incoming_read_drop_async (GdkDrop *drop,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void bobbin_incoming_read_files_async (GListModel *files,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
BobbinIncoming *bobbin_incoming_read_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
