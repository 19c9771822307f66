/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-queue.h"
#include "bobbin-thumbnails.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_DOWNLOAD_LIST (bobbin_download_list_get_type ())

/**
 * BobbinDownloadList:
 *
 * The rows, what is selected of them, and what can be done with that: by keys,
 * by the context menu and by the buttons of the rows.
 *
 * Signals:
 * - "removed" (GPtrArray of BobbinDownload): the person took downloads out of
 *   the list, which may be undone with bobbin_queue_restore()
 * - "sign-in" (BobbinDownload): the person wants to sign in for it
 * - "notice" (text): something to tell in passing
 */
G_DECLARE_FINAL_TYPE (BobbinDownloadList, bobbin_download_list, BOBBIN, DOWNLOAD_LIST, GtkWidget)

void bobbin_download_list_set_up (BobbinDownloadList *self, BobbinQueue *queue, GListModel *rows);
GPtrArray *bobbin_download_list_dup_targets (BobbinDownloadList *self) G_GNUC_WARN_UNUSED_RESULT;
BobbinQueue *bobbin_download_list_get_queue (BobbinDownloadList *self);
void bobbin_download_list_tell (BobbinDownloadList *self, const char *text);
GtkSelectionModel *bobbin_download_list_get_selection (BobbinDownloadList *self);
BobbinThumbnails *bobbin_download_list_get_thumbnails (BobbinDownloadList *self);
void bobbin_download_list_update_waits (BobbinDownloadList *self);
void bobbin_download_list_scroll_to_top (BobbinDownloadList *self);
void bobbin_download_list_select (BobbinDownloadList *self, BobbinDownload *download);

G_END_DECLS
