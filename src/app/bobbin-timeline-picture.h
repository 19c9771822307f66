/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-timeline-bars.h"
#include "bobbin-timeline-look.h"
#include "bobbin-timeline-source.h"
#include "bobbin-timeline-text.h"

G_BEGIN_DECLS

/**
 * BobbinTimelinePicture:
 *
 * What a timeline shows, and how it is drawn: the throughput above, then one
 * lane a worker, then the time axis. Finished bars are drawn once for each
 * change of what is in sight. Main thread.
 */
typedef struct
{
  GtkWidget *widget; /* not owned: it owns this */
  BobbinTimelineSource *source;
  GArray *running; /* of BobbinSpan: what the workers are doing */
  BobbinTimelineBars bars;
  BobbinTimelineScale scale;
  BobbinTimelineLook look;
  BobbinTimelineTexts texts;

  /* where things are, in pixels */
  gboolean narrow;
  gboolean rtl;
  double width;
  double gutter;
  double plot_x;
  double chart_top;
  double chart_bottom;
  double heading;
  double legend;
  double lanes_top;
  double pitch;
  double lanes_bottom;

  /* what was drawn */
  GPtrArray *lanes; /* of GskRenderNode or NULL */
  BobbinTimelineScale drawn;
  double drawn_pitch;
  GskRenderNode *chart;
  guint n_rates;
  double rate_step;
  guint n_rate_steps;
  GArray *points; /* of BobbinTimelinePoint */
  GArray *blocks; /* of BobbinTimelineBlock, room to work in */
} BobbinTimelinePicture;

void bobbin_timeline_picture_init (BobbinTimelinePicture *self, GtkWidget *widget);
void bobbin_timeline_picture_clear (BobbinTimelinePicture *self);
void bobbin_timeline_picture_take_source (BobbinTimelinePicture *self, BobbinTimelineSource *source);
gboolean bobbin_timeline_picture_read (BobbinTimelinePicture *self, gint64 now);
void bobbin_timeline_picture_restyle (BobbinTimelinePicture *self);

int bobbin_timeline_picture_measure (BobbinTimelinePicture *self, int width);
void bobbin_timeline_picture_allocate (BobbinTimelinePicture *self, int width, int height);
void bobbin_timeline_picture_snapshot (BobbinTimelinePicture *self,
                                       GtkSnapshot *snapshot,
                                       const BobbinTimelinePlace *marked);

gboolean bobbin_timeline_picture_find (const BobbinTimelinePicture *self,
                                       double x,
                                       double y,
                                       BobbinTimelinePlace *place);
graphene_rect_t bobbin_timeline_picture_get_bounds (const BobbinTimelinePicture *self,
                                                    BobbinTimelinePlace place);

int bobbin_timeline_picture_get_gutter (BobbinTimelineTexts *texts, gboolean narrow);

G_END_DECLS
