/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crown.h"

#include <math.h>

/* A strand hangs down and carries leaves on both sides. */
static void
paint_strand (Paint *paint, const Crown *crown, double x, double y, double length, double depth)
{
  const Tree *tree = crown->tree;
  double out = (x - crown->x) / (tree->width / 2);
  double sway = paint_spread (paint, 14);
  double light = 0.46 + 0.30 * crown->sun * out + 0.22 * depth;

  for (double d = 0; d < length; d += tree->leaf * 0.40)
    {
      double t = d / length;
      double here_x = x + out * 26 * sin (t * 1.6) + sway * t * t;
      double bright = light + 0.20 * (0.5 - t) + paint_spread (paint, 0.22);
      double side = paint_random (paint, 0, 1) < 0.5 ? -1 : 1;

      paint_set (paint, crown_colour (tree, bright), 0.92);
      paint_leaf (paint, here_x, y + d, tree->leaf, tree->leaf * 0.17,
                  M_PI / 2 + side * paint_random (paint, 0.15, 0.7));
    }
}

/* The strands of a weeping tree. */
void
crown_paint_curtain (Paint *paint, const Crown *crown)
{
  const Tree *tree = crown->tree;
  double tall = crown->y - crown->top;

  for (int i = 0; i < 300; i++)
    {
      double depth = i / 150.0 - 1;
      double across = paint_random (paint, -1, 1) * sqrt (1 - 0.35 * depth * depth);
      double y = crown->top + tall * (0.10 + 0.30 * across * across) + paint_random (paint, 0, tall * 0.34);
      double length = (crown->y - 14 - y) * paint_random (paint, 0.45, 0.97);

      paint_strand (paint, crown, crown->x + across * tree->width * 0.52, y, length, depth);
    }
}

/* A bough of needles: out from the trunk, falling, its twigs hanging from it. */
static void
paint_bough (Paint *paint, const Crown *crown, double y, double reach, double droop)
{
  const Tree *tree = crown->tree;
  int n = (int) (fabs (reach) / 3.2) + 3;

  for (int i = 0; i < n; i++)
    {
      double t = (i + 0.5) / n;
      double x = crown->x + reach * t;
      double line = y + droop * t * t * fabs (reach) - 0.10 * fabs (reach) * t;
      double twig = tree->leaf * (1.5 - 0.8 * t) * (0.35 + 0.65 * smooth_step (0, 90, fabs (reach)))
                    * paint_random (paint, 0.7, 1.3);

      for (int k = 0; k < 3; k++)
        {
          double side = (x - crown->x) / (tree->width / 2);
          double light = 0.36 + 0.55 * crown->sun * side + 0.24 * t - 0.10 * k + paint_spread (paint, 0.25);

          paint_set (paint, crown_colour (tree, light), 0.95);
          paint_leaf (paint, x, line + k * 3, twig, twig * 0.15,
                      M_PI / 2 - copysign (paint_random (paint, 0.1, 1.1), reach));
        }
      if (tree->snow > 0 && paint_random (paint, 0, 1) < tree->snow)
        {
          paint_set (paint,
                     colour_mix (colour_from_hex (0xffffff), colour_from_hex (0x9fb4e0),
                                 paint_random (paint, 0, 0.65)),
                     0.95);
          paint_leaf (paint, x - 6, line - 2, paint_random (paint, 8, 17), 3.6,
                      copysign (0.25, reach) * copysign (1, reach));
        }
    }
}

/* In whorls, one for each year, the lower ones first, so that each covers the one under it. */
void
crown_paint_whorls (Paint *paint, const Crown *crown)
{
  const Tree *tree = crown->tree;
  double tall = crown->foot - crown->top;
  int n = (int) (tall / 30);

  paint_set (paint, tree->leaves, 1);
  paint_leaf (paint, crown->x, crown->top + tall * 0.06, tall * 0.09, 4, -M_PI / 2);
  for (int i = 0; i < n; i++)
    {
      double h = (double) i / n;
      double y = crown->foot - tall * h;
      double half = (tree->width / 2 * pow (1 - h, 0.92) + 3) * paint_random (paint, 0.86, 1.0);

      for (int k = 0; k < (int) (20 * tree->density); k++)
        {
          double across = paint_random (paint, -1, 1);
          double front = sqrt (1 - 0.8 * across * across);

          paint_bough (paint, crown, y - 14 + 18 * front + paint_spread (paint, 9),
                       half * across * paint_random (paint, 0.9, 1.05), 0.30);
        }
    }
}
