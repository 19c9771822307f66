/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crown.h"

#include <math.h>

/* A limb that tapers, in short pieces: dark first, then its light side. */
static void
paint_limb (Paint *paint,
            const Crown *crown,
            double x1,
            double y1,
            double x2,
            double y2,
            double bend,
            double from,
            double to)
{
  const Tree *tree = crown->tree;
  double middle_x = (x1 + x2) / 2 + bend * (y1 - y2);
  double middle_y = (y1 + y2) / 2 + bend * (x2 - x1) * 0.4;

  for (int side = 0; side < 2; side++)
    for (int i = 0; i < 24; i++)
      {
        double a = i / 24.0;
        double b = (i + 1) / 24.0;
        double width = from + (to - from) * a;
        double shift = side == 0 ? 0 : crown->sun * width * 0.22;
        double ax = (1 - a) * (1 - a) * x1 + 2 * a * (1 - a) * middle_x + a * a * x2;
        double ay = (1 - a) * (1 - a) * y1 + 2 * a * (1 - a) * middle_y + a * a * y2;
        double bx = (1 - b) * (1 - b) * x1 + 2 * b * (1 - b) * middle_x + b * b * x2;
        double by = (1 - b) * (1 - b) * y1 + 2 * b * (1 - b) * middle_y + b * b * y2;

        paint_set (paint, colour_shade (tree->bark, side == 0 ? 0.62 : 1.08), 1);
        paint_line (paint, ax + shift, ay, bx + shift, by, side == 0 ? width : width * 0.45);
      }
}

static void
paint_bark (Paint *paint, const Crown *crown, double x, double top, double width)
{
  const Tree *tree = crown->tree;
  int n = (int) ((crown->y - top) / (tree->birch_bark ? 3.4 : 1.6));

  for (int i = 0; i < n; i++)
    {
      double y = paint_random (paint, top, crown->y);
      double at = paint_random (paint, -0.5, 0.5);
      double here = width * (0.55 + 0.45 * (y - top) / (crown->y - top));

      if (tree->birch_bark)
        {
          paint_set (paint, colour_from_hex (0x2b2a2e), paint_random (paint, 0.35, 0.9));
          paint_line (paint, x + at * here * 0.9, y,
                      x + at * here * 0.9 + paint_random (paint, 0.1, 0.36) * here,
                      y + paint_spread (paint, 2), paint_random (paint, 1, 3.4));
          continue;
        }
      paint_set (paint, colour_shade (tree->bark, paint_random (paint, 0.45, 1.3) + 0.3 * at * crown->sun),
                 0.5);
      paint_line (paint, x + at * here * 0.85, y, x + at * here * 0.8 + paint_spread (paint, 2),
                  y - paint_random (paint, 8, 30), paint_random (paint, 0.8, 2.2));
    }
}

static void
add_light (cairo_pattern_t *pattern, double place, Colour colour)
{
  cairo_pattern_add_color_stop_rgb (pattern, place, colour.red, colour.green, colour.blue);
}

/* Round, and wider at the foot, where the roots begin. */
static void
paint_trunk (Paint *paint, const Crown *crown, double top_x, double top)
{
  const Tree *tree = crown->tree;
  double half = tree->trunk / 2;
  double flare = half * (tree->birch_bark ? 1.15 : 1.9);
  double x = crown->x;
  double y = crown->y + half * 0.25;
  cairo_t *cairo = paint->cairo;
  cairo_pattern_t *pattern = cairo_pattern_create_linear (x - half * 1.3, 0, x + half * 1.3, 0);

  add_light (pattern, 0, colour_shade (tree->bark, 0.72 - 0.38 * crown->sun));
  add_light (pattern, 0.5 + 0.2 * crown->sun, colour_shade (tree->bark, 1.05));
  add_light (pattern, 1, colour_shade (tree->bark, 0.72 + 0.38 * crown->sun));
  cairo_set_source (cairo, pattern);

  cairo_new_path (cairo);
  cairo_move_to (cairo, x - flare, y);
  cairo_curve_to (cairo, x - half * 1.1, y - half * 0.6, x - half, y - half * 1.6, x - half * 0.95,
                  y - half * 2.6);
  cairo_curve_to (cairo, x - half * 0.8, (y + top) / 2, top_x - half * 0.5, top + half, top_x - half * 0.3,
                  top);
  cairo_line_to (cairo, top_x + half * 0.3, top);
  cairo_curve_to (cairo, top_x + half * 0.5, top + half, x + half * 0.8, (y + top) / 2, x + half * 0.95,
                  y - half * 2.6);
  cairo_curve_to (cairo, x + half, y - half * 1.6, x + half * 1.1, y - half * 0.6, x + flare, y);
  cairo_curve_to (cairo, x + half, y + half * 0.3, x - half, y + half * 0.3, x - flare, y);
  cairo_fill (cairo);
  cairo_pattern_destroy (pattern);

  paint_bark (paint, crown, (x + top_x) / 2, top, tree->trunk);
}

/* From the trunk up to each puff: never below the crown, and always rising. */
static void
paint_limbs (Paint *paint, const Crown *crown)
{
  const Tree *tree = crown->tree;
  double tall = crown->foot - crown->top;
  double bend = tree->shape == TREE_VASE ? -0.06 : 0.10;
  double part = tree->trunk * (tree->shape == TREE_VASE ? 0.32 : tree->shape == TREE_PLATES ? 0.10 : 0.20);

  for (int i = 0; i < crown->n_puffs; i++)
    {
      const Puff *puff = &crown->puffs[i];
      double away = fabs (puff->x - crown->x);
      double from_y = fmin (puff->y + away * 0.8 + 20, crown->foot + tall * 0.05);

      if (tree->shape == TREE_PLATES || tree->shape == TREE_CLOUDS)
        from_y = fmin (puff->y + away * 0.3, crown->foot + tall * 0.03);
      if (from_y > puff->y + away * 0.12)
        paint_limb (paint, crown, crown->x, from_y, puff->x, puff->y, puff->x > crown->x ? -bend : bend, part,
                    part * 0.25);
    }
}

static void
paint_stems (Paint *paint, const Crown *crown)
{
  const Tree *tree = crown->tree;

  for (int i = 0; i < 9; i++)
    {
      double across = (i - 4) / 4.0;

      paint_limb (paint, crown, crown->x + across * tree->width * 0.09, crown->y + 4,
                  crown->x + across * tree->width * 0.40,
                  crown->top + tree->height * 0.25 * (0.6 + fabs (across)), across > 0 ? -0.10 : 0.10,
                  tree->trunk, tree->trunk * 0.3);
    }
}

/* Paints @tree with its foot at (@x, @y), lit from where the sun is. */
void
tree_paint (Paint *paint, const Tree *tree, double x, double y, double sun_x)
{
  Crown crown = { .tree = tree, .x = x, .y = y, .sun = clamp ((sun_x - x) / 260, -1, 1) };

  crown.top = y - tree->height;
  crown.foot = y - tree->height * tree->stem;

  if (tree->shape == TREE_WHORLS)
    {
      paint_trunk (paint, &crown, x, crown.top + tree->height * 0.15);
      crown_paint_whorls (paint, &crown);
      return;
    }

  crown_fill (paint, &crown);
  if (tree->shape == TREE_SHRUB)
    paint_stems (paint, &crown);
  else
    {
      double reach
          = tree->shape == TREE_COLUMN || tree->shape >= TREE_CONE || tree->shape == TREE_PLATES ? 0.8 : 0.35;

      paint_limbs (paint, &crown);
      paint_trunk (paint, &crown, x + paint_spread (paint, tree->trunk * 0.3),
                   crown.foot + (crown.top - crown.foot) * reach);
    }
  crown_paint_leaves (paint, &crown);
  if (tree->shape == TREE_WEEPING)
    crown_paint_curtain (paint, &crown);
}
