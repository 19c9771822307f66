/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-swatch.h"

#define WIDTH 22
#define HEIGHT 12

struct _BobbinTimelineSwatch
{
  GtkWidget parent_instance;

  BobbinPhase phase;
};

G_DEFINE_FINAL_TYPE (BobbinTimelineSwatch, bobbin_timeline_swatch, GTK_TYPE_WIDGET)

static void
bobbin_timeline_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  const int height = gtk_widget_get_height (widget);
  BobbinTimelineLook look;

  bobbin_timeline_look_read (&look, widget);
  bobbin_timeline_look_append_swatch (&look, snapshot, BOBBIN_TIMELINE_SWATCH (widget)->phase,
                                      &GRAPHENE_RECT_INIT (0, (float) (height - HEIGHT) / 2, WIDTH, HEIGHT));
}

static void
bobbin_timeline_swatch_measure (GtkWidget *widget,
                                GtkOrientation orientation,
                                int for_size,
                                int *minimum,
                                int *natural,
                                int *minimum_baseline,
                                int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
bobbin_timeline_swatch_class_init (BobbinTimelineSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = bobbin_timeline_swatch_measure;
  widget_class->snapshot = bobbin_timeline_swatch_snapshot;
  gtk_widget_class_set_css_name (widget_class, "swatch");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
bobbin_timeline_swatch_init (BobbinTimelineSwatch *self)
{
}

/**
 * bobbin_timeline_swatch_new:
 * @phase: what it stands for
 *
 * Returns: (transfer floating): a sample
 */
GtkWidget *
bobbin_timeline_swatch_new (BobbinPhase phase)
{
  BobbinTimelineSwatch *self = g_object_new (BOBBIN_TYPE_TIMELINE_SWATCH, NULL);

  self->phase = phase;
  return GTK_WIDGET (self);
}
