/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-phase-bar.h"

#include "bobbin-paint.h"

#define BAR_HEIGHT 7
#define TRACK_HEIGHT 5
#define LENGTH 120

struct _BobbinPhaseBar
{
  GtkWidget parent_instance;

  double start;
  double end;
};

G_DEFINE_FINAL_TYPE (BobbinPhaseBar, bobbin_phase_bar, GTK_TYPE_WIDGET)

static void
bobbin_phase_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BobbinPhaseBar *self = BOBBIN_PHASE_BAR (widget);
  const float width = (float) gtk_widget_get_width (widget);
  const GdkRGBA track = bobbin_paint_get_colour (widget, NULL, 0.13f);
  const GdkRGBA edge = bobbin_paint_get_colour (widget, NULL, 0.5f);
  const GdkRGBA fill = bobbin_paint_get_colour (widget, "blue_3", 1.0f);
  const graphene_rect_t bounds
      = GRAPHENE_RECT_INIT (0, (BAR_HEIGHT - TRACK_HEIGHT) / 2.0f, width, TRACK_HEIGHT);
  const float length = MAX ((float) (self->end - self->start) * width, 2.0f);
  const float start = MIN ((float) self->start * width, width - length);

  bobbin_paint_pill (snapshot, &bounds, TRACK_HEIGHT / 2.0f, &track);
  if (bobbin_paint_is_high_contrast ())
    bobbin_paint_edge (snapshot, &bounds, TRACK_HEIGHT / 2.0f, &edge);
  bobbin_paint_pill (snapshot, &GRAPHENE_RECT_INIT (start, 0, length, BAR_HEIGHT),
                     MIN (BAR_HEIGHT, length) / 2.0f, &fill);
}

static void
bobbin_phase_bar_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? BAR_HEIGHT : 0;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? BAR_HEIGHT : LENGTH;
}

static void
bobbin_phase_bar_class_init (BobbinPhaseBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = bobbin_phase_bar_measure;
  widget_class->snapshot = bobbin_phase_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "phasebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
bobbin_phase_bar_init (BobbinPhaseBar *self)
{
}

/**
 * bobbin_phase_bar_new:
 *
 * Returns: (transfer floating): an empty bar
 */
GtkWidget *
bobbin_phase_bar_new (void)
{
  return g_object_new (BOBBIN_TYPE_PHASE_BAR, NULL);
}

/**
 * bobbin_phase_bar_set:
 * @self: a bar
 * @start: where its time begins, 0 to 1
 * @end: where it ends, 0 to 1
 *
 * Main thread.
 */
void
bobbin_phase_bar_set (BobbinPhaseBar *self, double start, double end)
{
  if (self->start == start && self->end == end)
    return;
  self->start = start;
  self->end = end;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
