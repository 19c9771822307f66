/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-timeline-bars.h"

G_BEGIN_DECLS

/**
 * BobbinPhase:
 * @BOBBIN_PHASE_WAITING: until the first byte
 * @BOBBIN_PHASE_RECEIVING: until the last one
 * @BOBBIN_PHASE_RETRY: until the next try
 * @BOBBIN_PHASE_FAILED: it failed
 *
 * What a worker's time goes by with.
 */
typedef enum
{
  BOBBIN_PHASE_WAITING,
  BOBBIN_PHASE_RECEIVING,
  BOBBIN_PHASE_RETRY,
  BOBBIN_PHASE_FAILED,
} BobbinPhase;

/**
 * BobbinTimelineLook:
 *
 * The colours of a timeline. A plain value.
 */
typedef struct
{
  GdkRGBA text;
  GdkRGBA dim;
  GdkRGBA grid;
  GdkRGBA waiting;
  GdkRGBA receiving;
  GdkRGBA edge;
  GdkRGBA stripe;
  GdkRGBA between;
  GdkRGBA failed;
  GdkRGBA ghost;
  GdkRGBA curve;
  GdkRGBA area;
  gboolean dotted;
} BobbinTimelineLook;

void bobbin_timeline_look_read (BobbinTimelineLook *self, GtkWidget *widget);

void bobbin_timeline_look_append_phase (const BobbinTimelineLook *self,
                                        GtkSnapshot *snapshot,
                                        BobbinPhase phase,
                                        const graphene_rect_t *bounds);
void bobbin_timeline_look_append_swatch (const BobbinTimelineLook *self,
                                         GtkSnapshot *snapshot,
                                         BobbinPhase phase,
                                         const graphene_rect_t *bounds);
void bobbin_timeline_look_append_block (const BobbinTimelineLook *self,
                                        GtkSnapshot *snapshot,
                                        const GArray *lane,
                                        const BobbinTimelineBlock *block,
                                        const BobbinTimelineScale *scale,
                                        float height);

G_END_DECLS
