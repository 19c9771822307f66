/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-keeper.h"
#include "bobbin-queue.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_TIMELINE_PAGE (bobbin_timeline_page_get_type ())

/**
 * BobbinTimelinePage:
 *
 * The Timeline: what the workers did in a run, and what working at once buys.
 *
 * Signals:
 * - "activate-download" (download): somebody wants to know more of a download
 * - "notice" (text): something to say in passing
 */
G_DECLARE_FINAL_TYPE (BobbinTimelinePage, bobbin_timeline_page, BOBBIN, TIMELINE_PAGE, GtkWidget)

void bobbin_timeline_page_set_up (BobbinTimelinePage *self,
                                  BobbinQueue *queue,
                                  GSettings *settings,
                                  BobbinKeeper *keeper);
GActionGroup *bobbin_timeline_page_get_actions (BobbinTimelinePage *self);

void bobbin_timeline_page_bind_keys (GtkWidgetClass *window_class);

G_END_DECLS
