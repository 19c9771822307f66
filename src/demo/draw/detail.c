/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "detail.h"

#include <math.h>

static void
polygon (Paint *paint, const double (*points)[2], int n, double x, double y, double size)
{
  cairo_new_path (paint->cairo);
  for (int i = 0; i < n; i++)
    cairo_line_to (paint->cairo, x + points[i][0] * size, y + points[i][1] * size);
  cairo_close_path (paint->cairo);
  cairo_fill (paint->cairo);
}

/* The envelope's gores are ellipses, each narrower than the one under it. */
static void
paint_balloon (Paint *paint, double x, double y, double size, Colour colour)
{
  static const double basket[][2] = { { -0.09, 0.80 }, { 0.09, 0.80 }, { 0.07, 0.95 }, { -0.07, 0.95 } };
  static const double skirt[][2] = { { -0.40, 0.26 }, { 0.40, 0.26 }, { 0.10, 0.66 }, { -0.10, 0.66 } };
  const Colour pale = colour_mix (colour, (Colour){ 1, 0.97, 0.88 }, 0.8);

  paint_set (paint, colour_shade (colour, 0.7), 1);
  paint_line (paint, x - size * 0.09, y + size * 0.64, x - size * 0.07, y + size * 0.82, size * 0.02);
  paint_line (paint, x + size * 0.09, y + size * 0.64, x + size * 0.07, y + size * 0.82, size * 0.02);
  polygon (paint, skirt, 4, x, y, size);
  for (int i = 0; i < 4; i++)
    {
      cairo_save (paint->cairo);
      cairo_translate (paint->cairo, x, y);
      cairo_scale (paint->cairo, 0.5 * (1 - i * 0.27), 0.5);
      paint_set (paint, i % 2 == 0 ? colour_shade (colour, 0.85 + 0.06 * i) : pale, 1);
      paint_dot (paint, 0, 0, size);
      cairo_restore (paint->cairo);
    }
  paint_set (paint, (Colour){ 0.36, 0.22, 0.12 }, 1);
  polygon (paint, basket, 4, x, y, size);
}

static void
paint_boat (Paint *paint, double x, double y, double size, Colour colour)
{
  static const double sail[][2] = { { 0.02, -1.0 }, { 0.02, -0.16 }, { 0.52, -0.16 } };
  static const double jib[][2] = { { -0.03, -0.88 }, { -0.03, -0.16 }, { -0.36, -0.16 } };
  static const double hull[][2] = { { -0.50, -0.10 }, { 0.58, -0.10 }, { 0.40, 0.04 }, { -0.36, 0.04 } };

  paint_set (paint, colour, 1);
  polygon (paint, sail, 3, x, y, size);
  polygon (paint, jib, 3, x, y, size);
  paint_set (paint, colour_shade (colour, 0.30), 1);
  polygon (paint, hull, 4, x, y, size);
  paint_set (paint, colour, 0.25);
  for (int i = 1; i < 8; i++)
    paint_line (paint, x - size * 0.40 + i * 5, y + size * 0.10 * i, x + size * 0.45 - i * 6,
                y + size * 0.10 * i, 2);
}

static void
paint_smoke (Paint *paint, double x, double y, double size)
{
  for (int i = 0; i < 40; i++)
    {
      double up = i / 40.0;

      paint_set (paint, (Colour){ 0.85, 0.92, 1 }, 0.13 * (1 - up));
      paint_dot (paint, x + size * (0.5 * up * up + 0.06 * sin (up * 14)), y - size * 1.5 * up,
                 size * (0.05 + 0.13 * up));
    }
}

/* Snow on the roof, light in the windows and on the snow before them. */
static void
paint_cabin (Paint *paint, double x, double y, double size, Colour colour)
{
  static const double wall[][2] = { { -0.55, -0.48 }, { 0.55, -0.48 }, { 0.55, 0 }, { -0.55, 0 } };
  static const double gable[][2] = { { -0.70, -0.44 }, { -0.36, -0.98 }, { 0.36, -0.98 }, { 0.70, -0.44 } };
  static const double chimney[][2] = { { 0.20, -1.16 }, { 0.34, -1.16 }, { 0.34, -0.90 }, { 0.20, -0.90 } };

  paint_smoke (paint, x + size * 0.27, y - size * 1.15, size);
  paint_set (paint, (Colour){ 0.20, 0.15, 0.15 }, 1);
  polygon (paint, chimney, 4, x, y, size);
  paint_set (paint, (Colour){ 0.24, 0.15, 0.12 }, 1);
  polygon (paint, wall, 4, x, y, size);
  for (int i = 1; i < 6; i++)
    {
      paint_set (paint, (Colour){ 0.13, 0.08, 0.08 }, 1);
      paint_line (paint, x - size * 0.54, y - size * 0.08 * i, x + size * 0.54, y - size * 0.08 * i,
                  size * 0.012);
    }
  paint_set (paint, (Colour){ 0.86, 0.93, 1 }, 1);
  polygon (paint, gable, 4, x, y, size);

  for (int i = -1; i <= 1; i++)
    {
      for (int k = 6; k > 0; k--)
        {
          paint_set (paint, colour, 0.05);
          paint_dot (paint, x + i * size * 0.34, y - size * 0.2, size * 0.09 * k);
        }
      paint_set (paint, colour, 1);
      cairo_rectangle (paint->cairo, x + i * size * 0.34 - size * 0.07, y - size * 0.30, size * 0.14,
                       size * (i == 0 ? 0.30 : 0.17));
      cairo_fill (paint->cairo);
    }
}

/* Paints a thing of @size, a boat or a cabin standing on (@x, @y), a balloon around it. */
void
detail_paint (Paint *paint, DetailKind kind, double x, double y, double size, Colour colour)
{
  switch (kind)
    {
    case DETAIL_BALLOON:
      paint_balloon (paint, x, y, size, colour);
      break;
    case DETAIL_BOAT:
      paint_boat (paint, x, y, size, colour);
      break;
    case DETAIL_CABIN:
      paint_cabin (paint, x, y, size, colour);
      break;
    case DETAIL_NONE:
    default:
      break;
    }
}
