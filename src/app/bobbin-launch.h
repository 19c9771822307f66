/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void bobbin_launch_file_async (GtkWindow *parent,
                               const char *path,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void bobbin_launch_folder_async (GtkWindow *parent,
                                 GPtrArray *paths,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean bobbin_launch_finish (GAsyncResult *result, GError **error);

G_END_DECLS
