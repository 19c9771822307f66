/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-timeline-source.h"

G_BEGIN_DECLS

/**
 * BobbinTimelineFormat:
 * @BOBBIN_TIMELINE_SVG: a picture
 * @BOBBIN_TIMELINE_CSV: a table
 *
 * What to make of a timeline.
 */
typedef enum
{
  BOBBIN_TIMELINE_SVG,
  BOBBIN_TIMELINE_CSV,
} BobbinTimelineFormat;

typedef void (*BobbinTimelineExportFunc) (const char *notice, gpointer object);

void bobbin_timeline_export (GtkWidget *widget,
                             const BobbinTimelineSource *source,
                             BobbinTimelineFormat format,
                             BobbinTimelineExportFunc func,
                             gpointer object);
void bobbin_timeline_export_copy (GtkWidget *widget, const BobbinTimelineSource *source);

G_END_DECLS
