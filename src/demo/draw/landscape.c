/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "landscape.h"

#include <math.h>

static double
crest_y (const Ridge *ridge, double x)
{
  double n = clamp (0.5 + 1.8 * (noise_1d (x / ridge->length + 31, ridge->seed, 5) - 0.5), 0, 1);
  double sharp = 1 - fabs (2 * noise_1d (x / ridge->length + 31, ridge->seed, 4) - 1) * 1.6;

  return ridge->base - ridge->height * (n * (1 - ridge->ridged) + sharp * ridge->ridged);
}

/* Relief: what slopes towards the sun is lighter, in ribs on mountains and in broad patches on hills. */
static double
relief (const Ridge *ridge, double x, double y, double crest, double side)
{
  double u = x / ridge->length * (2 + 4 * ridge->ridged);
  double v = (y - crest) / ridge->length * (7 - 4 * ridge->ridged) + x / ridge->length;
  double slope = noise_2d (u + 0.06, v, ridge->seed + 90, 4) - noise_2d (u - 0.06, v, ridge->seed + 90, 4);

  return clamp (side * slope * (0.7 + 3.2 * ridge->ridged), -0.3, 0.3);
}

/* Snow lies from above down to a ragged line, blue where no sun falls on it. */
static Colour
ridge_colour (const Ridge *ridge, double x, double y, double crest, double side)
{
  double depth = (y - crest) / fmax (ridge->height * 1.15, 1);
  double light = relief (ridge, x, y, crest, side);
  Colour colour = colour_mix (ridge->top, ridge->foot, smooth_step (0, 1, depth));

  if (ridge->snow > 0)
    {
      double ragged = noise_2d (x / ridge->length * 4.5, y / ridge->length * 3, ridge->seed + 70, 5) - 0.5;
      double edge = ridge->base - ridge->height * (1 - ridge->snow) + ridge->height * 0.7 * ragged;
      Colour white = colour_mix (colour_from_hex (0xf6f8ff), colour_from_hex (0x8fa8d4), -light * 2.4);

      colour = colour_mix (colour, white, smooth_step (edge + 12, edge - 12, y) * 0.95);
      light *= 0.5;
    }

  return colour_shade (colour, 1 + light);
}

static void
paint_tiny_conifer (Paint *paint, double x, double y, double size)
{
  cairo_new_path (paint->cairo);
  cairo_move_to (paint->cairo, x, y - size);
  for (int i = 1; i <= 3; i++)
    {
      cairo_line_to (paint->cairo, x + size * 0.10 * i, y - size * (1 - 0.30 * i));
      cairo_line_to (paint->cairo, x + size * 0.05 * i, y - size * (1 - 0.30 * i));
    }
  cairo_line_to (paint->cairo, x, y + 6);
  for (int i = 3; i >= 1; i--)
    {
      cairo_line_to (paint->cairo, x - size * 0.05 * i, y - size * (1 - 0.30 * i));
      cairo_line_to (paint->cairo, x - size * 0.10 * i, y - size * (1 - 0.30 * i));
    }
  cairo_fill (paint->cairo);
}

/* A dome of dabs, lighter above. */
static void
paint_tiny_crown (Paint *paint, double x, double y, double size, Colour colour)
{
  int n = 6 + (int) (size * 0.7);

  for (int i = 0; i < n; i++)
    {
      double up = (double) i / n;
      double half = 0.42 * size * sqrt (1 - 0.85 * up * up);
      double radius = size * paint_random (paint, 0.10, 0.20) * (1.3 - 0.4 * up);

      paint_set (paint, colour_shade (colour, 0.90 + 0.16 * up + paint_spread (paint, 0.07)), 1);
      paint_dot (paint, x + half * paint_random (paint, -1, 1), y - size * 0.72 * up, radius);
    }
}

static void
forest_on_crest (Paint *paint, const Ridge *ridge)
{
  double most = fabs (ridge->forest);

  for (double x = -20; x < paint->width + 20; x += most * paint_random (paint, 0.10, 0.34))
    {
      double size
          = most * paint_random (paint, 0.55, 1.1) * (0.6 + 0.7 * noise_1d (x / 160, ridge->seed + 9, 2));

      Colour colour = colour_shade (ridge->top, paint_random (paint, 0.86, 1.05));

      paint_set (paint, colour, 1);
      if (ridge->forest > 0)
        paint_tiny_conifer (paint, x, crest_y (ridge, x) + 3, size);
      else
        paint_tiny_crown (paint, x, crest_y (ridge, x) + 3, size, colour);
    }
}

void
landscape_ridge (Paint *paint, const Ridge *ridge, double sun_x)
{
  if (ridge->forest < 0 || ridge->forest > 0)
    forest_on_crest (paint, ridge);

  cairo_surface_flush (paint->surface);
  for (int column = 0; column < paint->columns; column++)
    {
      double x = column / paint->scale;
      double crest = crest_y (ridge, x);
      double side = clamp ((sun_x - x) / 300, -1, 1);

      for (int row = (int) fmax (crest * paint->scale, 0); row < paint->rows; row++)
        {
          double y = row / paint->scale;
          double cover = clamp (row + 1 - crest * paint->scale, 0, 1);

          paint_blend_pixel (paint, column, row, ridge_colour (ridge, x, y, crest, side), cover);
        }
    }
  cairo_surface_mark_dirty (paint->surface);
}

void
landscape_mist (Paint *paint, double y, double thickness, Colour colour, double alpha, uint32_t seed)
{
  int first = (int) fmax ((y - thickness) * paint->scale, 0);
  int last = (int) fmin ((y + thickness) * paint->scale, paint->rows);

  cairo_surface_flush (paint->surface);
  for (int row = first; row < last; row++)
    for (int column = 0; column < paint->columns; column++)
      {
        double u = column / paint->scale / 380;
        double v = row / paint->scale / 90;
        double wisp = 0.35 + 0.9 * noise_2d (u, v, seed, 4);
        double near = 1 - fabs (row / paint->scale - y) / thickness;

        paint_blend_pixel (paint, column, row, colour, clamp (alpha * wisp * smooth_step (0, 1, near), 0, 1));
      }
  cairo_surface_mark_dirty (paint->surface);
}

/* What stands above @top is seen again below it, rippled the more the nearer the water is. */
void
landscape_water (Paint *paint, double top, double bottom, Colour tint, double tint_part, Colour glint)
{
  int first = (int) (top * paint->scale);
  int last = (int) fmin (bottom * paint->scale, paint->rows);

  cairo_surface_flush (paint->surface);
  for (int row = first; row < last; row++)
    for (int column = 0; column < paint->columns; column++)
      {
        double x = column / paint->scale;
        double far = (row - first) / paint->scale;
        double depth = 18 + far * 0.55;
        double wave = noise_2d (x / (depth * 5), far * 14 / depth, 77, 3) - 0.5;
        int source = (int) (first - 1 - (row - first) * 0.96 + wave * (3 + far * 0.20) * paint->scale);
        int shifted = column + (int) (wave * far * 0.05 * paint->scale);
        Colour seen = paint_get_pixel (paint, (int) clamp (shifted, 0, paint->columns - 1),
                                       (int) clamp (source, 0, first - 1));
        double shine = smooth_step (0.20, 0.32, wave) * 0.32;

        seen = colour_mix (seen, tint, tint_part + 0.25 * far / (bottom - top));
        paint_blend_pixel (paint, column, row, colour_mix (seen, glint, shine), 1);
      }
  cairo_surface_mark_dirty (paint->surface);
}

double
landscape_ground_y (const Ground *ground, double x)
{
  return ground->top - ground->swell * (noise_1d (x / 620 + 3, ground->seed, 2) - 0.5) * 2;
}

void
landscape_ground (Paint *paint, const Ground *ground, double sun_x)
{
  cairo_surface_flush (paint->surface);
  for (int column = 0; column < paint->columns; column++)
    {
      double x = column / paint->scale;
      double edge = landscape_ground_y (ground, x);
      double warm = 1 + 0.10 * (1 - fabs (sun_x - x) / paint->width);

      for (int row = (int) fmax (edge * paint->scale, 0); row < paint->rows; row++)
        {
          double y = row / paint->scale;
          double depth = (y - edge) / (PAINT_HEIGHT - edge + 1);
          double patch = noise_2d (x / (60 + 240 * depth), y / (14 + 50 * depth), ground->seed + 5, 4) - 0.5;
          Colour colour = colour_mix (ground->far, ground->near, smooth_step (0, 1, depth));
          double light = ground->kind == GROUND_SNOW ? 0.10 : 0.42;

          paint_blend_pixel (paint, column, row, colour_shade (colour, warm + light * patch),
                             clamp (row + 1 - edge * paint->scale, 0, 1));
        }
    }
  cairo_surface_mark_dirty (paint->surface);
}

static void
paint_blade (Paint *paint, const Ground *ground, double x, double y, double depth)
{
  Colour colour = colour_mix (ground->far, ground->near, depth);
  double patch = noise_2d (x / 150, y / 60, ground->seed + 8, 3);
  double size = (8 + 46 * depth) * paint_random (paint, 0.6, 1.3);
  double lean = paint_spread (paint, 0.6) + 0.25 * (patch - 0.5);
  double tip_x = x + lean * size;
  double tip_y = y - size;

  paint_set (paint, colour_shade (colour, 0.62 + 0.8 * patch * paint_random (paint, 0.7, 1.3)), 0.9);
  paint_leaf (paint, x, y, hypot (tip_x - x, tip_y - y), size * 0.05 + 0.4, atan2 (tip_y - y, tip_x - x));
  if (ground->kind != GROUND_WHEAT)
    return;

  paint_set (paint, colour_shade (colour, 0.95 + 0.5 * patch), 1);
  paint_leaf (paint, tip_x, tip_y, size * 0.42, size * 0.075 + 0.3, atan2 (-1, lean * 1.4));
}

static void
paint_flower (Paint *paint, const Ground *ground, double x, double y, double depth)
{
  double size = (2.2 + 7.5 * depth) * paint_random (paint, 0.7, 1.3);

  if (ground->kind == GROUND_HEATH)
    {
      for (int i = 0; i < 7; i++)
        {
          paint_set (paint, colour_shade (ground->flowers, paint_random (paint, 0.7, 1.25)), 0.95);
          paint_dot (paint, x + paint_spread (paint, size * 1.5), y - size * i * 0.55,
                     size * paint_random (paint, 0.3, 0.5));
        }
      return;
    }

  paint_set (paint, colour_shade (ground->flowers, paint_random (paint, 0.85, 1.1)), 1);
  for (int i = 0; i < 5; i++)
    paint_dot (paint, x + cos (i * 1.2566) * size * 0.55, y + sin (i * 1.2566) * size * 0.42, size * 0.45);
  paint_set (paint, colour_mix (ground->flowers, colour_from_hex (0xffe27a), 0.7), 1);
  paint_dot (paint, x, y, size * 0.34);
}

/* From the far to the near, so that what is near covers what is far. */
void
landscape_blades (Paint *paint, const Ground *ground, double from_y)
{
  int n = ground->kind == GROUND_SNOW || ground->kind == GROUND_ROCK ? 60 : 9000;

  for (int i = 0; i < n; i++)
    {
      double x = paint_random (paint, -20, paint->width + 20);
      double part = pow ((double) i / n, 1.25);
      double edge = fmax (landscape_ground_y (ground, x), from_y);
      double y = edge + 4 + (PAINT_HEIGHT + 40 - edge) * part;
      double depth = clamp ((y - ground->top) / (PAINT_HEIGHT - ground->top), 0, 1);

      paint_blade (paint, ground, x, y, depth);
      if (ground->n_flowers > 0 && i % (n / ground->n_flowers + 1) == 0)
        paint_flower (paint, ground, x + paint_spread (paint, 30), y - 6 - 30 * depth, depth);
    }
}
