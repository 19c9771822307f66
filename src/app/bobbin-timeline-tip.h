/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-timeline-words.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_TIMELINE_TIP (bobbin_timeline_tip_get_type ())

/**
 * BobbinTimelineTip:
 *
 * A card that tells about a bar.
 */
G_DECLARE_FINAL_TYPE (BobbinTimelineTip, bobbin_timeline_tip, BOBBIN, TIMELINE_TIP, GtkWidget)

GtkWidget *bobbin_timeline_tip_new (void);

void bobbin_timeline_tip_set_tale (BobbinTimelineTip *self, const BobbinTimelineTale *tale);

G_END_DECLS
