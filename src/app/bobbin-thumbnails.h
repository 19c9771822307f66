/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_THUMBNAILS (bobbin_thumbnails_get_type ())

/**
 * BobbinThumbnails:
 *
 * Makes small squares of pictures on a thread of its own and keeps the last
 * ones. Main thread.
 */
G_DECLARE_FINAL_TYPE (BobbinThumbnails, bobbin_thumbnails, BOBBIN, THUMBNAILS, GObject)

BobbinThumbnails *bobbin_thumbnails_new (void) G_GNUC_WARN_UNUSED_RESULT;

void bobbin_thumbnails_stop (BobbinThumbnails *self);

GdkTexture *bobbin_thumbnails_lookup (BobbinThumbnails *self, const char *path, int size);
void bobbin_thumbnails_load_async (BobbinThumbnails *self,
                                   const char *path,
                                   int size,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GdkTexture *bobbin_thumbnails_load_finish (BobbinThumbnails *self, GAsyncResult *result, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
