/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-timeline-source.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_TIMELINE_VIEW (bobbin_timeline_view_get_type ())

/**
 * BobbinTimelineView:
 *
 * The throughput of a run, and what each worker did when. Looks for news by
 * itself while it is on screen.
 *
 * Signals:
 * - "activate-download" (download): somebody wants to know more of a download
 * - "updated": what is shown has changed; at most as often as a frame
 */
G_DECLARE_FINAL_TYPE (BobbinTimelineView, bobbin_timeline_view, BOBBIN, TIMELINE_VIEW, GtkWidget)

void bobbin_timeline_view_take_source (BobbinTimelineView *self, BobbinTimelineSource *source);
void bobbin_timeline_view_update (BobbinTimelineView *self);

void bobbin_timeline_view_zoom (BobbinTimelineView *self, double factor);
void bobbin_timeline_view_fit (BobbinTimelineView *self);

G_END_DECLS
