/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the widgets that draw for themselves have in common. */

GdkRGBA bobbin_paint_get_colour (GtkWidget *widget, const char *name, float alpha);
void bobbin_paint_pill (GtkSnapshot *snapshot,
                        const graphene_rect_t *bounds,
                        float radius,
                        const GdkRGBA *colour);
void bobbin_paint_edge (GtkSnapshot *snapshot,
                        const graphene_rect_t *bounds,
                        float radius,
                        const GdkRGBA *colour);
gboolean bobbin_paint_is_high_contrast (void);

G_END_DECLS
