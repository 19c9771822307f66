/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-queue.h"
#include "bobbin-thumbnails.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_ROW (bobbin_row_get_type ())

/**
 * BobbinRow:
 *
 * What the list shows of one download. Listens to the download only while it
 * is bound to it, and is an empty widget of the right height, with a name for
 * assistive technology, until it is filled.
 *
 * Signals:
 * - "activated": the button of the row was pressed
 */
G_DECLARE_FINAL_TYPE (BobbinRow, bobbin_row, BOBBIN, ROW, GtkWidget)

GtkWidget *bobbin_row_new (BobbinQueue *queue, BobbinThumbnails *thumbnails);

gboolean bobbin_row_fill (BobbinRow *self);

BobbinDownload *bobbin_row_get_download (BobbinRow *self);
void bobbin_row_set_download (BobbinRow *self, BobbinDownload *download);
void bobbin_row_update_wait (BobbinRow *self);

G_END_DECLS
