/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What comes from outside, a clipboard or files, as text with links in it. */

void bobbin_incoming_read_clipboard_async (GdkClipboard *clipboard,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
char *bobbin_incoming_read_clipboard_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void bobbin_incoming_read_files_async (GListModel *files,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
char *bobbin_incoming_read_files_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean bobbin_incoming_is_link (GFile *file);
void bobbin_incoming_append_lines (GString *text, const char *lines, gsize length);

G_END_DECLS
