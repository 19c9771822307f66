/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-queue.h"
#include "bobbin-thumbnails.h"

G_BEGIN_DECLS

/**
 * BOBBIN_DETAILS_WIDTH:
 *
 * How wide the panel is where there is room, in pixels.
 */
#define BOBBIN_DETAILS_WIDTH 400

#define BOBBIN_TYPE_DETAILS (bobbin_details_get_type ())

/**
 * BobbinDetails:
 *
 * The panel that tells all about the selected download, or the sums of several.
 * It looks at them only while it is on screen.
 *
 * Signals:
 * - "notice" (text): something to tell in passing
 */
G_DECLARE_FINAL_TYPE (BobbinDetails, bobbin_details, BOBBIN, DETAILS, GtkWidget)

void bobbin_details_set_up (BobbinDetails *self,
                            BobbinQueue *queue,
                            BobbinThumbnails *thumbnails,
                            GtkSelectionModel *selection);

G_END_DECLS
