/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-timeline-rates.h"
#include "bobbin-timeline-scale.h"

G_BEGIN_DECLS

GskRenderNode *bobbin_timeline_chart_draw (const GArray *points,
                                           double most,
                                           const BobbinTimelineScale *scale,
                                           float height,
                                           const GdkRGBA *line,
                                           const GdkRGBA *area) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
