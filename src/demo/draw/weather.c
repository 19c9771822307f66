/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landscape.h"

#include <math.h>

void
landscape_shadow (Paint *paint, double x, double y, double width, double lean, double alpha)
{
  for (int i = 0; i < 150; i++)
    {
      double t = paint_random (paint, 0, 1);
      double size = width * paint_random (paint, 0.06, 0.16);

      cairo_save (paint->cairo);
      cairo_translate (paint->cairo, x + lean * width * t + paint_spread (paint, width * 0.6),
                       y + 6 + 26 * t * fabs (lean) + paint_spread (paint, 16));
      cairo_scale (paint->cairo, 1, 0.20);
      paint_set (paint, (Colour){ 0.04, 0.07, 0.13 }, alpha / 9);
      paint_dot (paint, 0, 0, size);
      cairo_restore (paint->cairo);
    }
}

void
landscape_birds (Paint *paint, int n, double x, double y, Colour colour)
{
  for (int i = 0; i < n; i++)
    {
      double bird_x = x + paint_spread (paint, 190);
      double bird_y = y + paint_spread (paint, 80);
      double size = paint_random (paint, 9, 20);
      double lift = paint_random (paint, 0.25, 0.8);

      paint_set (paint, colour, 0.85);
      cairo_set_line_width (paint->cairo, 2.6);
      cairo_new_path (paint->cairo);
      cairo_move_to (paint->cairo, bird_x - size, bird_y - size * lift);
      cairo_curve_to (paint->cairo, bird_x - size * 0.5, bird_y - size * lift * 1.1, bird_x - 2, bird_y - 4,
                      bird_x, bird_y);
      cairo_curve_to (paint->cairo, bird_x + 2, bird_y - 4, bird_x + size * 0.5, bird_y - size * lift * 1.1,
                      bird_x + size, bird_y - size * lift);
      cairo_stroke (paint->cairo);
    }
}

void
landscape_flakes (Paint *paint, int n)
{
  for (int i = 0; i < n; i++)
    {
      double near = pow (paint_random (paint, 0, 1), 5);

      paint_set (paint, (Colour){ 1, 1, 1 }, 0.85 - 0.45 * near);
      paint_dot (paint, paint_random (paint, 0, paint->width), paint_random (paint, 0, PAINT_HEIGHT),
                 1.5 + 6 * near);
    }
}

void
landscape_sparks (Paint *paint, int n, double top, Colour colour)
{
  for (int i = 0; i < n; i++)
    {
      double x = paint_random (paint, 0, paint->width);
      double y = paint_random (paint, top, PAINT_HEIGHT - 20);
      double size = paint_random (paint, 1.5, 3.6);

      paint_glow (paint, x, y, 0, size * 7, colour, 0.75);
      paint_set (paint, colour_mix (colour, (Colour){ 1, 1, 1 }, 0.6), 1);
      paint_dot (paint, x, y, size);
    }
}

void
landscape_falling_leaves (Paint *paint, int n, Colour one, Colour other)
{
  for (int i = 0; i < n; i++)
    {
      double size = paint_random (paint, 7, 17);

      paint_set (paint, colour_mix (one, other, paint_random (paint, 0, 1)), 0.9);
      paint_leaf (paint, paint_random (paint, 0, paint->width), paint_random (paint, 250, PAINT_HEIGHT), size,
                  size * 0.35, paint_random (paint, 0, 2 * M_PI));
    }
}
