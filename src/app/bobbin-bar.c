/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-bar.h"

#include "bobbin-paint.h"
#include "bobbin-parts.h"
#include "bobbin-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#define BAR_HEIGHT 6
#define PARTS_HEIGHT 8
#define PARTS_GAP 3.0f
#define BAR_LENGTH 150

/* A bar that is shorter than this tells nothing. */
#define SHORTEST_BAR 24

struct _BobbinBar
{
  GtkWidget parent_instance;

  BobbinBarKind kind;
  double fraction;
  BobbinPart parts[BOBBIN_PARTS_MAX];
  guint n_parts; /* 0 for a bar in one piece */
  int percent;   /* told to assistive technology, as is the number of parts */
  guint told_parts;
};

G_DEFINE_FINAL_TYPE (BobbinBar, bobbin_bar, GTK_TYPE_WIDGET)

static GdkRGBA
get_fill_colour (BobbinBar *self)
{
  switch (self->kind)
    {
    case BOBBIN_BAR_HELD:
      return bobbin_paint_get_colour (GTK_WIDGET (self), NULL, 0.38f);
    case BOBBIN_BAR_GHOST:
      return bobbin_paint_get_colour (GTK_WIDGET (self), NULL, 0.24f);
    case BOBBIN_BAR_ACTIVE:
    case BOBBIN_BAR_RUN:
    default:
      return bobbin_paint_get_colour (GTK_WIDGET (self), "accent_bg_color", 1.0f);
    }
}

static gboolean
has_track (BobbinBar *self)
{
  return self->kind == BOBBIN_BAR_ACTIVE || self->kind == BOBBIN_BAR_HELD;
}

/* The bytes of a part fill it from its own start. */
static void
append_parts (BobbinBar *self, GtkSnapshot *snapshot, float width, float y)
{
  const gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  const GdkRGBA track = bobbin_paint_get_colour (GTK_WIDGET (self), NULL, 0.13f);
  const GdkRGBA edge = bobbin_paint_get_colour (GTK_WIDGET (self), NULL, 0.5f);
  const GdkRGBA fill = get_fill_colour (self);

  for (guint i = 0; i < self->n_parts; i++)
    {
      const BobbinPart *part = &self->parts[i];
      const float gap = i + 1 < self->n_parts ? PARTS_GAP : 0.0f;
      const float length = MAX ((float) (part->end - part->start) * width - gap, 1.0f);
      const float filled = MIN ((float) (part->fill - part->start) * width, length);
      const float x = rtl ? width - (float) part->start * width - length : (float) part->start * width;
      const graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, y, length, PARTS_HEIGHT);
      const graphene_rect_t held
          = GRAPHENE_RECT_INIT (rtl ? x + length - filled : x, y, filled, PARTS_HEIGHT);

      bobbin_paint_pill (snapshot, &bounds, 1.5f, &track);
      bobbin_paint_pill (snapshot, &held, 1.5f, &fill);
      if (bobbin_paint_is_high_contrast ())
        bobbin_paint_edge (snapshot, &bounds, 1.5f, &edge);
    }
}

static void
append_whole (BobbinBar *self, GtkSnapshot *snapshot, float width, float y)
{
  const gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  const GdkRGBA track = bobbin_paint_get_colour (GTK_WIDGET (self), NULL, 0.13f);
  const GdkRGBA edge = bobbin_paint_get_colour (GTK_WIDGET (self), NULL, 0.5f);
  const GdkRGBA fill = get_fill_colour (self);
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, y, width, BAR_HEIGHT);
  const float end = (float) self->fraction * width;

  if (has_track (self))
    bobbin_paint_pill (snapshot, &bounds, BAR_HEIGHT / 2.0f, &track);
  if (end > 0)
    {
      const float length = MIN (MAX (end, BAR_HEIGHT), width);

      bobbin_paint_pill (snapshot, &GRAPHENE_RECT_INIT (rtl ? width - length : 0, y, length, BAR_HEIGHT),
                         BAR_HEIGHT / 2.0f, &fill);
    }
  if (has_track (self) && bobbin_paint_is_high_contrast ())
    bobbin_paint_edge (snapshot, &bounds, BAR_HEIGHT / 2.0f, &edge);
}

static void
bobbin_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BobbinBar *self = BOBBIN_BAR (widget);
  const float width = (float) gtk_widget_get_width (widget);
  const float height = self->n_parts > 0 ? PARTS_HEIGHT : BAR_HEIGHT;
  const float y = floorf (((float) gtk_widget_get_height (widget) - height) / 2.0f);

  if (width < SHORTEST_BAR)
    return;
  if (self->n_parts > 0)
    append_parts (self, snapshot, width, y);
  else
    append_whole (self, snapshot, width, y);
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
tell_value (BobbinBar *self, double fraction, guint n_parts)
{
  const int percent = (int) floor (fraction * 100.0);
  g_autofree char *text = NULL;
  g_autofree char *parts = NULL;
  g_autofree char *both = NULL;

  if (self->percent == percent && self->told_parts == n_parts)
    return;
  self->percent = percent;
  self->told_parts = n_parts;
  /* Translators: how much of a file is there, in percent */
  text = g_strdup_printf (_ ("%d%%"), percent);
  parts = bobbin_words_for_parts (n_parts);
  both = g_strjoin (", ", text, n_parts > 0 ? parts : NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) percent,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, both, -1);
}

static gboolean
has_moved (BobbinBar *self, const BobbinPart *parts, guint n_parts, double fraction)
{
  const double width = gtk_widget_get_width (GTK_WIDGET (self));

  if (width <= 0 || self->n_parts != n_parts)
    return TRUE;
  if (n_parts == 0)
    return fabs (fraction - self->fraction) * width >= 0.5;
  for (guint i = 0; i < n_parts; i++)
    if (fabs (parts[i].fill - self->parts[i].fill) * width >= 0.5
        || fabs (parts[i].start - self->parts[i].start) * width >= 0.5)
      return TRUE;
  return FALSE;
}

static void
set (BobbinBar *self, BobbinBarKind kind, double fraction, const BobbinPart *parts, guint n_parts)
{
  const double wanted = CLAMP (fraction, 0.0, 1.0);

  tell_value (self, wanted, n_parts);
  if (self->kind == kind && !has_moved (self, parts, n_parts, wanted))
    return;
  self->kind = kind;
  self->fraction = wanted;
  self->n_parts = n_parts;
  for (guint i = 0; i < n_parts; i++)
    self->parts[i] = parts[i];
  gtk_widget_queue_draw (GTK_WIDGET (self));
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
  set (self, kind, fraction, NULL, 0);
}

/**
 * bobbin_bar_set_ranges:
 * @self: a bar
 * @kind: how it looks
 * @ranges: (nullable) (element-type BobbinRange): the bytes of a file that are
 *   there, in order
 * @total: bytes of the file
 * @fraction: how much of it is there, for ranges that make no parts
 *
 * Shows a file that comes in parts. Main thread.
 */
void
bobbin_bar_set_ranges (
    BobbinBar *self, BobbinBarKind kind, const GArray *ranges, goffset total, double fraction)
{
  BobbinPart parts[BOBBIN_PARTS_MAX];
  const guint n_parts = bobbin_parts_read (parts, ranges, total);

  set (self, kind, fraction, parts, n_parts);
}
