/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-paint.h"

#include <adwaita.h>

/**
 * bobbin_paint_get_colour:
 * @widget: a widget
 * @name: (nullable): a colour's name, %NULL for that of the text
 * @alpha: how much of it
 *
 * Returns: the colour as the style of @widget has it
 */
GdkRGBA
bobbin_paint_get_colour (GtkWidget *widget, const char *name, float alpha)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA colour;

  if (name == NULL || !gtk_style_context_lookup_color (context, name, &colour))
    gtk_style_context_get_color (context, &colour);
  colour.alpha *= alpha;
  return colour;
}

/**
 * bobbin_paint_pill:
 * @snapshot: where to draw
 * @bounds: where it goes
 * @radius: of its corners
 * @colour: its colour
 *
 * Draws a rectangle with round corners.
 */
void
bobbin_paint_pill (GtkSnapshot *snapshot, const graphene_rect_t *bounds, float radius, const GdkRGBA *colour)
{
  GskRoundedRect pill;

  gsk_rounded_rect_init_from_rect (&pill, bounds, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &pill);
  gtk_snapshot_append_color (snapshot, colour, bounds);
  gtk_snapshot_pop (snapshot);
}

/**
 * bobbin_paint_edge:
 * @snapshot: where to draw
 * @bounds: where it goes
 * @radius: of its corners
 * @colour: its colour
 *
 * Draws the edge of such a rectangle, one pixel wide.
 */
void
bobbin_paint_edge (GtkSnapshot *snapshot, const graphene_rect_t *bounds, float radius, const GdkRGBA *colour)
{
  GskRoundedRect pill;

  gsk_rounded_rect_init_from_rect (&pill, bounds, radius);
  gtk_snapshot_append_border (snapshot, &pill, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ *colour, *colour, *colour, *colour });
}

/**
 * bobbin_paint_is_high_contrast:
 *
 * Returns: whether the person wants more contrast
 */
gboolean
bobbin_paint_is_high_contrast (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
}
