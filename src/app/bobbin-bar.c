/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define BAR_HEIGHT 6
#define BAR_LENGTH 150

/* A bar that is shorter than this tells nothing. */
#define SHORTEST_BAR 24

struct _BobbinBar
{
  GtkWidget parent_instance;

  BobbinBarKind kind;
  double fraction;
  int percent; /* told to assistive technology */
};

G_DEFINE_FINAL_TYPE (BobbinBar, bobbin_bar, GTK_TYPE_WIDGET)

static GdkRGBA
get_colour (BobbinBar *self, const char *name, float alpha)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA colour;

  if (name == NULL || !gtk_style_context_lookup_color (context, name, &colour))
    gtk_style_context_get_color (context, &colour);
  colour.alpha *= alpha;
  return colour;
}

static void
append_pill (GtkSnapshot *snapshot, float x, float y, float width, const GdkRGBA *colour)
{
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, y, width, BAR_HEIGHT);
  GskRoundedRect pill;

  gsk_rounded_rect_init_from_rect (&pill, &bounds, BAR_HEIGHT / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &pill);
  gtk_snapshot_append_color (snapshot, colour, &bounds);
  gtk_snapshot_pop (snapshot);
}

static GdkRGBA
get_fill_colour (BobbinBar *self)
{
  switch (self->kind)
    {
    case BOBBIN_BAR_HELD:
      return get_colour (self, NULL, 0.38f);
    case BOBBIN_BAR_GHOST:
      return get_colour (self, NULL, 0.24f);
    case BOBBIN_BAR_ACTIVE:
    case BOBBIN_BAR_RUN:
    default:
      return get_colour (self, "accent_bg_color", 1.0f);
    }
}

static void
append_edge (BobbinBar *self, GtkSnapshot *snapshot, float y, float width)
{
  const GdkRGBA edge = get_colour (self, NULL, 0.5f);
  GskRoundedRect pill;

  gsk_rounded_rect_init_from_rect (&pill, &GRAPHENE_RECT_INIT (0, y, width, BAR_HEIGHT), BAR_HEIGHT / 2.0f);
  gtk_snapshot_append_border (snapshot, &pill, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ edge, edge, edge, edge });
}

static gboolean
is_high_contrast (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
}

static void
bobbin_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BobbinBar *self = BOBBIN_BAR (widget);
  const float width = (float) gtk_widget_get_width (widget);
  const float y = floorf ((float) (gtk_widget_get_height (widget) - BAR_HEIGHT) / 2.0f);
  const gboolean has_track = self->kind == BOBBIN_BAR_ACTIVE || self->kind == BOBBIN_BAR_HELD;
  const GdkRGBA track = get_colour (self, NULL, 0.13f);
  const GdkRGBA fill = get_fill_colour (self);
  const float end = (float) self->fraction * width;

  if (width < SHORTEST_BAR)
    return;
  if (has_track)
    append_pill (snapshot, 0, y, width, &track);
  if (end > 0)
    {
      const float length = MIN (MAX (end, BAR_HEIGHT), width);
      const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

      append_pill (snapshot, rtl ? width - length : 0, y, length, &fill);
    }
  if (has_track && is_high_contrast ())
    append_edge (self, snapshot, y, width);
}

static void
bobbin_bar_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? BAR_HEIGHT : 0;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? BAR_HEIGHT : BAR_LENGTH;
}

static void
bobbin_bar_class_init (BobbinBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = bobbin_bar_measure;
  widget_class->snapshot = bobbin_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static void
bobbin_bar_init (BobbinBar *self)
{
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  self->percent = -1;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 100.0, -1);
}

/**
 * bobbin_bar_new:
 *
 * Returns: (transfer floating): an empty bar
 */
GtkWidget *
bobbin_bar_new (void)
{
  return g_object_new (BOBBIN_TYPE_BAR, NULL);
}

static void
tell_percent (BobbinBar *self, double fraction)
{
  const int percent = (int) floor (fraction * 100.0);
  g_autofree char *text = NULL;

  if (self->percent == percent)
    return;
  self->percent = percent;
  /* Translators: how much of a file is there, in percent */
  text = g_strdup_printf (_ ("%d%%"), percent);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) percent,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

/**
 * bobbin_bar_set:
 * @self: a bar
 * @kind: how it looks
 * @fraction: how much of it is filled, cut to 0 … 1
 *
 * Main thread.
 */
void
bobbin_bar_set (BobbinBar *self, BobbinBarKind kind, double fraction)
{
  const double width = gtk_widget_get_width (GTK_WIDGET (self));
  const double wanted = CLAMP (fraction, 0.0, 1.0);

  tell_percent (self, wanted);
  if (self->kind == kind && fabs (wanted - self->fraction) * width < 0.5 && width > 0)
    return;
  self->kind = kind;
  self->fraction = wanted;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
