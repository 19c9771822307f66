/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-ring.h"

#include <adwaita.h>
#include <math.h>

#define SIZE 16
#define RADIUS 5.5
#define LINE 2.0

/* Between two steps, in ms: each is less than a pixel on a ring of ten seconds. */
#define INTERVAL 200
#define CALM_INTERVAL 1000

struct _BobbinRing
{
  GtkWidget parent_instance;

  gint64 began; /* monotonic microseconds */
  gint64 until;
  guint step_id;
};

G_DEFINE_FINAL_TYPE (BobbinRing, bobbin_ring, GTK_TYPE_WIDGET)

static double
get_fraction (BobbinRing *self)
{
  const gint64 left = self->until - g_get_monotonic_time ();

  if (left <= 0 || self->until <= self->began)
    return 0.0;
  return MIN (1.0, (double) left / (double) (self->until - self->began));
}

static void
stroke (cairo_t *cairo, const GdkRGBA *colour, double alpha, double fraction)
{
  const double top = -G_PI / 2.0;

  cairo_set_source_rgba (cairo, (double) colour->red, (double) colour->green, (double) colour->blue,
                         (double) colour->alpha * alpha);
  cairo_arc_negative (cairo, SIZE / 2.0, SIZE / 2.0, RADIUS, top, top - fraction * 2.0 * G_PI);
  cairo_stroke (cairo);
}

static void
bobbin_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  const float x = (float) (gtk_widget_get_width (widget) - SIZE) / 2.0f;
  const float y = (float) (gtk_widget_get_height (widget) - SIZE) / 2.0f;
  GdkRGBA text, warning;
  cairo_t *cairo;

  gtk_style_context_get_color (context, &text);
  if (!gtk_style_context_lookup_color (context, "warning_color", &warning))
    warning = text;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  cairo = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, SIZE, SIZE));
  cairo_set_line_width (cairo, LINE);
  stroke (cairo, &text, 0.15, 1.0);
  stroke (cairo, &warning, 1.0, get_fraction (BOBBIN_RING (widget)));
  cairo_destroy (cairo);
  gtk_snapshot_restore (snapshot);
}

static gboolean
step_cb (gpointer user_data)
{
  BobbinRing *self = user_data;

  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (g_get_monotonic_time () < self->until)
    return G_SOURCE_CONTINUE;
  self->step_id = 0;
  return G_SOURCE_REMOVE;
}

static void
update_steps (BobbinRing *self)
{
  const guint interval = adw_get_enable_animations (GTK_WIDGET (self)) ? INTERVAL : CALM_INTERVAL;

  g_clear_handle_id (&self->step_id, g_source_remove);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && g_get_monotonic_time () < self->until)
    self->step_id = g_timeout_add (interval, step_cb, self);
}

static void
bobbin_ring_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bobbin_ring_parent_class)->map (widget);
  update_steps (BOBBIN_RING (widget));
}

static void
bobbin_ring_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&BOBBIN_RING (widget)->step_id, g_source_remove);
  GTK_WIDGET_CLASS (bobbin_ring_parent_class)->unmap (widget);
}

static void
bobbin_ring_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
bobbin_ring_dispose (GObject *object)
{
  g_clear_handle_id (&BOBBIN_RING (object)->step_id, g_source_remove);
  G_OBJECT_CLASS (bobbin_ring_parent_class)->dispose (object);
}

static void
bobbin_ring_class_init (BobbinRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_ring_dispose;
  widget_class->map = bobbin_ring_map;
  widget_class->unmap = bobbin_ring_unmap;
  widget_class->measure = bobbin_ring_measure;
  widget_class->snapshot = bobbin_ring_snapshot;
  gtk_widget_class_set_css_name (widget_class, "ring");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
bobbin_ring_init (BobbinRing *self)
{
}

/**
 * bobbin_ring_new:
 *
 * Returns: (transfer floating): an empty ring
 */
GtkWidget *
bobbin_ring_new (void)
{
  return g_object_new (BOBBIN_TYPE_RING, NULL);
}

/**
 * bobbin_ring_count_down:
 * @self: a ring
 * @since: when it was full, in monotonic microseconds
 * @until: when it is empty
 *
 * Lets the ring empty: a row that comes into sight late shows what is left of
 * the whole. Main thread.
 */
void
bobbin_ring_count_down (BobbinRing *self, gint64 since, gint64 until)
{
  self->began = since;
  self->until = until;
  update_steps (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
