/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-parts-map.h"

#include "bobbin-paint.h"
#include "bobbin-parts.h"
#include "bobbin-words.h"

#include <adwaita.h>
#include <math.h>

#define BLOCK_HEIGHT 22
#define GAP 6.0f
#define RADIUS 5.0f
#define TEXT_GAP 3
#define LENGTH 200

struct _BobbinPartsMap
{
  GtkWidget parent_instance;

  BobbinBarKind kind;
  BobbinPart parts[BOBBIN_PARTS_MAX];
  int percents[BOBBIN_PARTS_MAX]; /* of each, as shown */
  PangoLayout *texts[BOBBIN_PARTS_MAX];
  guint n_parts; /* 1 for a file in one piece */
  int percent;   /* of the whole, as told; -1 before */
  guint told_parts;
};

G_DEFINE_FINAL_TYPE (BobbinPartsMap, bobbin_parts_map, GTK_TYPE_WIDGET)

static GdkRGBA
get_fill_colour (BobbinPartsMap *self)
{
  if (self->kind == BOBBIN_BAR_HELD)
    return bobbin_paint_get_colour (GTK_WIDGET (self), NULL, 0.38f);
  return bobbin_paint_get_colour (GTK_WIDGET (self), "accent_bg_color", 1.0f);
}

/* A block, from its start as the reader sees it. */
static graphene_rect_t
get_block (BobbinPartsMap *self, guint index)
{
  const gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  const float width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  const BobbinPart *part = &self->parts[index];
  const float gap = index + 1 < self->n_parts ? GAP : 0.0f;
  const float start = (float) part->start * width;
  const float length = MAX ((float) (part->end - part->start) * width - gap, 1.0f);

  return GRAPHENE_RECT_INIT (rtl ? width - start - length : start, 0, length, BLOCK_HEIGHT);
}

static void
append_block (BobbinPartsMap *self, GtkSnapshot *snapshot, guint index)
{
  const gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  const GdkRGBA track = bobbin_paint_get_colour (GTK_WIDGET (self), NULL, 0.13f);
  const GdkRGBA edge = bobbin_paint_get_colour (GTK_WIDGET (self), NULL, 0.5f);
  const GdkRGBA fill = get_fill_colour (self);
  const graphene_rect_t block = get_block (self, index);
  const float filled = (float) bobbin_part_get_fraction (&self->parts[index]) * block.size.width;
  GskRoundedRect clip;

  gsk_rounded_rect_init_from_rect (&clip, &block, MIN (RADIUS, block.size.width / 2.0f));
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  gtk_snapshot_append_color (snapshot, &track, &block);
  gtk_snapshot_append_color (snapshot, &fill,
                             &GRAPHENE_RECT_INIT (rtl ? block.origin.x + block.size.width - filled
                                                      : block.origin.x,
                                                  0, filled, BLOCK_HEIGHT));
  gtk_snapshot_pop (snapshot);
  if (bobbin_paint_is_high_contrast ())
    bobbin_paint_edge (snapshot, &block, RADIUS, &edge);
}

/* The layouts are kept: most numbers stay from one frame to the next. */
static PangoLayout *
get_text (BobbinPartsMap *self, guint index)
{
  const double fraction = bobbin_part_get_fraction (&self->parts[index]);
  const int percent = (int) floor (fraction * 100.0);
  g_autofree char *text = NULL;

  if (self->texts[index] != NULL && self->percents[index] == percent)
    return self->texts[index];
  text = bobbin_words_for_percent (fraction);
  if (self->texts[index] == NULL)
    self->texts[index] = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_text (self->texts[index], text, -1);
  self->percents[index] = percent;
  return self->texts[index];
}

/* Numbers that do not all fit under their blocks are all left out. */
static gboolean
texts_fit (BobbinPartsMap *self)
{
  for (guint i = 0; i < self->n_parts; i++)
    {
      int width;

      pango_layout_get_pixel_size (get_text (self, i), &width, NULL);
      if ((float) width > get_block (self, i).size.width)
        return FALSE;
    }
  return self->n_parts > 1;
}

static void
append_texts (BobbinPartsMap *self, GtkSnapshot *snapshot)
{
  const GdkRGBA colour = bobbin_paint_get_colour (GTK_WIDGET (self), NULL, 0.72f);

  for (guint i = 0; i < self->n_parts; i++)
    {
      PangoLayout *text = get_text (self, i);
      const graphene_rect_t block = get_block (self, i);
      int width;

      pango_layout_get_pixel_size (text, &width, NULL);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot,
                              &GRAPHENE_POINT_INIT (roundf (block.origin.x
                                                            + (block.size.width - (float) width) / 2.0f),
                                                    BLOCK_HEIGHT + TEXT_GAP));
      gtk_snapshot_append_layout (snapshot, text, &colour);
      gtk_snapshot_restore (snapshot);
    }
}

static void
bobbin_parts_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BobbinPartsMap *self = BOBBIN_PARTS_MAP (widget);

  for (guint i = 0; i < self->n_parts; i++)
    append_block (self, snapshot, i);
  if (texts_fit (self))
    append_texts (self, snapshot);
}

/* There is always room for the numbers: parts come and go. */
static void
bobbin_parts_map_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 0;
      *natural = LENGTH;
      return;
    }
  metrics = pango_context_get_metrics (context, NULL, NULL);
  *minimum = *natural = BLOCK_HEIGHT + TEXT_GAP + PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  pango_font_metrics_unref (metrics);
}

static void
forget_texts (BobbinPartsMap *self)
{
  for (guint i = 0; i < BOBBIN_PARTS_MAX; i++)
    g_clear_object (&self->texts[i]);
}

static void
bobbin_parts_map_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (bobbin_parts_map_parent_class)->css_changed (widget, change);
  forget_texts (BOBBIN_PARTS_MAP (widget));
}

static void
bobbin_parts_map_dispose (GObject *object)
{
  forget_texts (BOBBIN_PARTS_MAP (object));
  G_OBJECT_CLASS (bobbin_parts_map_parent_class)->dispose (object);
}

static void
bobbin_parts_map_class_init (BobbinPartsMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_parts_map_dispose;
  widget_class->measure = bobbin_parts_map_measure;
  widget_class->snapshot = bobbin_parts_map_snapshot;
  widget_class->css_changed = bobbin_parts_map_css_changed;
  gtk_widget_class_set_css_name (widget_class, "partsmap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static void
bobbin_parts_map_init (BobbinPartsMap *self)
{
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  self->percent = -1;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 100.0, -1);
}

/**
 * bobbin_parts_map_new:
 *
 * Returns: (transfer floating): an empty map
 */
GtkWidget *
bobbin_parts_map_new (void)
{
  return g_object_new (BOBBIN_TYPE_PARTS_MAP, NULL);
}

static void
tell_value (BobbinPartsMap *self, double fraction, guint n_parts)
{
  const int percent = (int) floor (fraction * 100.0);
  g_autofree char *text = NULL;
  g_autofree char *parts = NULL;
  g_autofree char *both = NULL;

  if (self->percent == percent && self->told_parts == n_parts)
    return;
  self->percent = percent;
  self->told_parts = n_parts;
  text = bobbin_words_for_percent (fraction);
  parts = bobbin_words_for_parts (n_parts);
  both = g_strjoin (", ", text, n_parts > 1 ? parts : NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) percent,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, both, -1);
}

static gboolean
has_moved (BobbinPartsMap *self, const BobbinPart *parts, guint n_parts)
{
  const double width = gtk_widget_get_width (GTK_WIDGET (self));

  if (width <= 0 || self->n_parts != n_parts)
    return TRUE;
  for (guint i = 0; i < n_parts; i++)
    if (fabs (parts[i].fill - self->parts[i].fill) * width >= 0.5
        || fabs (parts[i].start - self->parts[i].start) * width >= 0.5)
      return TRUE;
  return FALSE;
}

/**
 * bobbin_parts_map_set:
 * @self: a map
 * @kind: how it looks: active or held
 * @ranges: (nullable) (element-type BobbinRange): the bytes of a file that are
 *   there, in order
 * @total: bytes of the file
 * @fraction: how much of it is there, for ranges that make no parts
 *
 * Shows what is there of a file. Main thread.
 */
void
bobbin_parts_map_set (
    BobbinPartsMap *self, BobbinBarKind kind, const GArray *ranges, goffset total, double fraction)
{
  BobbinPart parts[BOBBIN_PARTS_MAX];
  guint n_parts = bobbin_parts_read (parts, ranges, total);

  fraction = CLAMP (fraction, 0.0, 1.0);
  if (n_parts == 0)
    {
      parts[0] = (BobbinPart){ 0.0, fraction, 1.0 };
      n_parts = 1;
    }
  tell_value (self, fraction, n_parts);
  if (self->kind == kind && !has_moved (self, parts, n_parts))
    return;
  self->kind = kind;
  self->n_parts = n_parts;
  for (guint i = 0; i < n_parts; i++)
    self->parts[i] = parts[i];
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
