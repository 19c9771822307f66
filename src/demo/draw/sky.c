/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landscape.h"

#include <math.h>

void
landscape_sky (Paint *paint, const Colour stops[4], double horizon)
{
  static const double places[4] = { 0, 0.42, 0.78, 1 };
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, 0, 0, horizon);

  for (int i = 0; i < 4; i++)
    cairo_pattern_add_color_stop_rgb (pattern, places[i], stops[i].red, stops[i].green, stops[i].blue);
  cairo_set_source (paint->cairo, pattern);
  cairo_paint (paint->cairo);
  cairo_pattern_destroy (pattern);
}

void
landscape_stars (Paint *paint, int n, double horizon)
{
  for (int i = 0; i < n; i++)
    {
      double x = paint_random (paint, 0, paint->width);
      double y = horizon * pow (paint_random (paint, 0, 1), 1.4);
      double size = paint_random (paint, 0, 1);

      paint_set (paint, (Colour){ 1, 0.97, 0.9 }, (0.35 + 0.65 * size) * (1 - y / horizon));
      paint_dot (paint, x, y, 0.8 + 2.2 * pow (size, 6));
    }
}

void
landscape_sun (Paint *paint, double x, double y, double radius, Colour disc, Colour colour, double reach)
{
  paint_glow (paint, x, y, 0, reach, colour, 0.9);
  paint_glow (paint, x, y, 0, reach * 0.45, colour_mix (colour, disc, 0.5), 0.7);
  paint_glow (paint, x, y, radius * 0.6, radius * 3.2, disc, 0.85);
  paint_glow (paint, x, y, radius * 0.86, radius * 1.12, disc, 1);
  paint_set (paint, disc, 1);
  paint_dot (paint, x, y, radius * 0.88);
}

void
landscape_moon (Paint *paint, double x, double y, double radius, Colour disc, double reach)
{
  paint_glow (paint, x, y, 0, reach, disc, 0.45);
  paint_set (paint, disc, 1);
  paint_dot (paint, x, y, radius);

  cairo_save (paint->cairo);
  cairo_arc (paint->cairo, x, y, radius, 0, 2 * M_PI);
  cairo_clip (paint->cairo);
  for (int i = 0; i < 14; i++)
    {
      double size = radius * paint_random (paint, 0.08, 0.34);

      paint_set (paint, colour_shade (disc, 0.86), 0.5);
      paint_dot (paint, x + paint_spread (paint, radius * 1.3), y + paint_spread (paint, radius * 1.3), size);
    }
  cairo_restore (paint->cairo);
}

/* Clouds lie flatter the nearer they are to the horizon. Their side towards the sun is light. */
static void
cloud_pixel (Paint *paint,
             int column,
             int row,
             double cover,
             double horizon,
             Colour light,
             Colour dark,
             double lean,
             uint32_t seed)
{
  double x = column / paint->scale;
  double y = row / paint->scale;
  double depth = 1 / (1.12 - y / horizon);
  double u = (x - paint->width / 2) / 420 * (0.55 + 0.3 * depth);
  double v = depth * 1.7;
  double here = noise_2d (u, v, seed, 6);
  double there = noise_2d (u + lean * 0.16, v - 0.14, seed, 4);
  double alpha = smooth_step (1 - cover, 1.24 - cover, here) * smooth_step (horizon, horizon * 0.80, y);

  if (alpha > 0.003)
    paint_blend_pixel (paint, column, row,
                       colour_mix (light, dark, smooth_step (-0.10, 0.16, there - here + 0.08)),
                       alpha * 0.94);
}

void
landscape_clouds (
    Paint *paint, double cover, double horizon, Colour light, Colour dark, double sun_x, uint32_t seed)
{
  int rows = (int) (horizon * paint->scale);

  cairo_surface_flush (paint->surface);
  for (int row = 0; row < rows && row < paint->rows; row++)
    for (int column = 0; column < paint->columns; column++)
      {
        double lean = clamp ((sun_x - column / paint->scale) / paint->width, -1, 1);

        cloud_pixel (paint, column, row, cover, horizon, light, dark, lean, seed);
      }
  cairo_surface_mark_dirty (paint->surface);
}

void
landscape_aurora (Paint *paint, double horizon)
{
  const Colour low = colour_from_hex (0x5dffb0);
  const Colour high = colour_from_hex (0x7a5cff);

  cairo_surface_flush (paint->surface);
  for (int row = 0; row < (int) (horizon * paint->scale); row++)
    for (int column = 0; column < paint->columns; column++)
      for (uint32_t band = 0; band < 3; band++)
        {
          double x = column / paint->scale / 1000;
          double y = row / paint->scale / horizon;
          double foot = 0.80 - 0.17 * band + 0.34 * (noise_1d (x * 1.9 + band * 7, 40 + band, 3) - 0.5);
          double above = foot - y;
          double fold = pow (noise_1d (x * 9 + band * 3 + above * 0.8, 50 + band, 4), 1.6);
          double alpha = above > 0 ? exp (-above * 3.6) * smooth_step (0, 0.05, above) * fold * 2.3 : 0;

          if (alpha > 0.003)
            paint_blend_pixel (paint, column, row, colour_mix (low, high, above * 2.1),
                               clamp (alpha, 0, 0.85));
        }
  cairo_surface_mark_dirty (paint->surface);
}

void
landscape_rays (Paint *paint, double x, double y, Colour colour, double alpha)
{
  for (int i = 0; i < 22; i++)
    {
      double angle = paint_random (paint, 0.12, M_PI - 0.12);
      double half = paint_random (paint, 0.006, 0.034);
      double reach = 1700;
      cairo_pattern_t *pattern = cairo_pattern_create_radial (x, y, 40, x, y, reach * 0.75);

      cairo_pattern_add_color_stop_rgba (pattern, 0, colour.red, colour.green, colour.blue, alpha);
      cairo_pattern_add_color_stop_rgba (pattern, 1, colour.red, colour.green, colour.blue, 0);
      cairo_set_source (paint->cairo, pattern);
      cairo_move_to (paint->cairo, x, y);
      cairo_line_to (paint->cairo, x + reach * cos (angle - half), y + reach * sin (angle - half));
      cairo_line_to (paint->cairo, x + reach * cos (angle + half), y + reach * sin (angle + half));
      cairo_fill (paint->cairo);
      cairo_pattern_destroy (pattern);
    }
}

void
landscape_rainbow (Paint *paint, double x, double y, double radius)
{
  static const uint32_t bands[] = { 0x7b4fd6, 0x3f74f0, 0x30b8d8, 0x5fd060, 0xf4e04a, 0xf79a35, 0xe8474f };

  cairo_set_line_width (paint->cairo, 13);
  for (int i = 0; i < 7; i++)
    {
      cairo_new_path (paint->cairo);
      cairo_arc (paint->cairo, x, y, radius + i * 9, M_PI, 2 * M_PI);
      paint_set (paint, colour_from_hex (bands[i]), 0.20);
      cairo_stroke (paint->cairo);
    }
}
