/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-text.h"

#include <math.h>

/* Times the size of the window's text. */
#define SMALL 0.855

/* More than a screen shows. */
#define MAX_LAYOUTS 1000

/**
 * bobbin_timeline_texts_init:
 * @self: memory for texts
 * @widget: what they are drawn in
 */
void
bobbin_timeline_texts_init (BobbinTimelineTexts *self, GtkWidget *widget)
{
  self->widget = widget;
  self->layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * bobbin_timeline_texts_clear:
 * @self: texts
 *
 * Frees what they hold.
 */
void
bobbin_timeline_texts_clear (BobbinTimelineTexts *self)
{
  g_clear_pointer (&self->layouts, g_hash_table_unref);
}

/**
 * bobbin_timeline_texts_forget:
 * @self: texts
 *
 * To be called when the style has changed.
 */
void
bobbin_timeline_texts_forget (BobbinTimelineTexts *self)
{
  g_hash_table_remove_all (self->layouts);
}

static PangoLayout *
create_layout (BobbinTimelineTexts *self, BobbinTimelineFont font, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (self->widget, text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_attr_list_insert (attributes, font == BOBBIN_TIMELINE_FONT_HEADING
                                          ? pango_attr_weight_new (PANGO_WEIGHT_BOLD)
                                          : pango_attr_scale_new (SMALL));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

static PangoLayout *
get_layout (BobbinTimelineTexts *self, BobbinTimelineFont font, const char *text)
{
  g_autofree char *key = g_strdup_printf ("%d%s", font, text);
  PangoLayout *layout = g_hash_table_lookup (self->layouts, key);

  if (layout != NULL)
    return layout;
  if (g_hash_table_size (self->layouts) >= MAX_LAYOUTS)
    g_hash_table_remove_all (self->layouts);
  layout = create_layout (self, font, text);
  g_hash_table_insert (self->layouts, g_steal_pointer (&key), layout);
  return layout;
}

/**
 * bobbin_timeline_texts_get_width:
 * @self: texts
 * @font: how it is set
 * @text: a text
 *
 * Returns: how wide it is, in pixels
 */
int
bobbin_timeline_texts_get_width (BobbinTimelineTexts *self, BobbinTimelineFont font, const char *text)
{
  int width;

  pango_layout_get_pixel_size (get_layout (self, font, text), &width, NULL);
  return width;
}

/**
 * bobbin_timeline_texts_get_height:
 * @self: texts
 * @font: how they are set
 *
 * Returns: how high a line is, in pixels
 */
int
bobbin_timeline_texts_get_height (BobbinTimelineTexts *self, BobbinTimelineFont font)
{
  int height;

  pango_layout_get_pixel_size (get_layout (self, font, "0"), NULL, &height);
  return height;
}

/**
 * bobbin_timeline_texts_append:
 * @self: texts
 * @snapshot: where to draw
 * @font: how it is set
 * @text: a text
 * @x: where it is anchored
 * @middle: where the middle of the line is
 * @xalign: what of it is at @x: 0 for its left end, 1 for its right end
 * @colour: its colour
 *
 * Draws a text.
 */
void
bobbin_timeline_texts_append (BobbinTimelineTexts *self,
                              GtkSnapshot *snapshot,
                              BobbinTimelineFont font,
                              const char *text,
                              float x,
                              float middle,
                              float xalign,
                              const GdkRGBA *colour)
{
  PangoLayout *layout = get_layout (self, font, text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (roundf (x - xalign * (float) width),
                                                          roundf (middle - (float) height / 2)));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}
