/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-queue.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_LIST_PAGE (bobbin_list_page_get_type ())

/**
 * BobbinListPage:
 *
 * The Downloads view: filters, search, the list and the footer.
 *
 * Properties: "search-mode", whether the search bar is open; "details-open",
 * whether the panel is; "narrow", whether the narrow form is shown.
 *
 * Signals:
 * - "removed" (GPtrArray of BobbinDownload): the person took downloads out of
 *   the list, which may be undone with bobbin_queue_restore()
 * - "sign-in" (BobbinDownload): the person wants to sign in for it
 * - "notice" (text): something to tell in passing
 */
G_DECLARE_FINAL_TYPE (BobbinListPage, bobbin_list_page, BOBBIN, LIST_PAGE, GtkWidget)

void bobbin_list_page_set_up (BobbinListPage *self, BobbinQueue *queue, GSettings *settings);
void bobbin_list_page_select (BobbinListPage *self, BobbinDownload *download);
void bobbin_list_page_set_key_capture_widget (BobbinListPage *self, GtkWidget *widget);

G_END_DECLS
