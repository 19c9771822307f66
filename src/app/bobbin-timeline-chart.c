/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-chart.h"

#define LINE_WIDTH 2.0

typedef struct
{
  const GArray *points;
  const BobbinTimelineScale *scale;
  double most;
  double height;
} Chart;

static double
get_x (const Chart *self, double time)
{
  return (time - (double) self->scale->from) / (double) self->scale->span * self->scale->width;
}

static double
get_y (const Chart *self, double rate)
{
  return self->height - rate / self->most * self->height;
}

/* From one point to the next, as Hermite has it, in the words of Bézier. */
static void
add_curve (const Chart *self, cairo_t *cairo, const double *slopes, guint i)
{
  const BobbinTimelinePoint *p = &g_array_index (self->points, BobbinTimelinePoint, i);
  const double third = (p[1].time - p[0].time) / 3;

  cairo_curve_to (cairo, get_x (self, p[0].time + third), get_y (self, p[0].rate + slopes[i] * third),
                  get_x (self, p[1].time - third), get_y (self, p[1].rate - slopes[i + 1] * third),
                  get_x (self, p[1].time), get_y (self, p[1].rate));
}

static void
draw (const Chart *self, cairo_t *cairo, const GdkRGBA *line, const GdkRGBA *area)
{
  const BobbinTimelinePoint *p = &g_array_index (self->points, BobbinTimelinePoint, 0);
  const guint n = self->points->len;
  g_autofree double *slopes = g_new (double, n);

  bobbin_timeline_rates_find_slopes (self->points, slopes);
  cairo_move_to (cairo, get_x (self, p[0].time), get_y (self, p[0].rate));
  for (guint i = 0; i + 1 < n; i++)
    add_curve (self, cairo, slopes, i);
  gdk_cairo_set_source_rgba (cairo, line);
  cairo_set_line_width (cairo, LINE_WIDTH);
  cairo_set_line_join (cairo, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke_preserve (cairo);
  cairo_line_to (cairo, get_x (self, p[n - 1].time), self->height);
  cairo_line_to (cairo, get_x (self, p[0].time), self->height);
  cairo_close_path (cairo);
  gdk_cairo_set_source_rgba (cairo, area);
  cairo_fill (cairo);
}

/**
 * bobbin_timeline_chart_draw:
 * @points: (element-type BobbinTimelinePoint): one point at least
 * @most: the rate at the upper edge
 * @scale: what is in sight
 * @height: of the chart, in pixels
 * @line: the colour of the curve
 * @area: the colour of what is below it
 *
 * Draws a curve from the upper left corner on.
 *
 * Returns: (transfer full): it
 */
GskRenderNode *
bobbin_timeline_chart_draw (const GArray *points,
                            double most,
                            const BobbinTimelineScale *scale,
                            float height,
                            const GdkRGBA *line,
                            const GdkRGBA *area)
{
  /* Half of the line is above the curve. */
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, -1, (float) scale->width, height + 1);
  const Chart self = { points, scale, most, height };
  GskRenderNode *node = gsk_cairo_node_new (&bounds);
  cairo_t *cairo = gsk_cairo_node_get_draw_context (node);

  draw (&self, cairo, line, area);
  cairo_destroy (cairo);
  return node;
}
