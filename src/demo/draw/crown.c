/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crown.h"

#include <math.h>
#include <stdlib.h>

/* Half the width of a crown at a height from 0, its lower edge, to 1, its top. */
static double
outline (TreeShape shape, double height)
{
  double h = clamp (height, 0, 1);

  switch (shape)
    {
    case TREE_COLUMN:
      return pow (sin (M_PI * (0.06 + 0.94 * pow (h, 0.8))), 0.62);
    case TREE_VASE:
      return h < 0.62 ? 0.30 + 0.70 * pow (h / 0.62, 0.8) : sqrt (1 - pow ((h - 0.62) / 0.40, 2));
    case TREE_CONE:
      return 1 - pow (h, 1.25) * 0.96;
    case TREE_OVAL:
      return pow (sin (M_PI * (0.10 + 0.88 * h)), 0.75);
    case TREE_SHRUB:
      return 0.55 + 0.45 * sin (M_PI * pow (h, 0.8)) - 0.35 * pow (h, 4);
    case TREE_ROUND:
    case TREE_WEEPING:
    case TREE_CLOUDS:
    case TREE_PLATES:
    case TREE_WHORLS:
    default:
      return sqrt (fmax (1 - pow ((h - 0.36) / 0.66, 2), 0));
    }
}

static int
compare_puffs (const void *one, const void *other)
{
  double difference = ((const Puff *) one)->z - ((const Puff *) other)->z;

  return difference < 0 ? -1 : difference > 0;
}

static void
add_puff (Crown *crown, double x, double y, double z, double radius)
{
  if (crown->n_puffs < CROWN_MOST_PUFFS)
    crown->puffs[crown->n_puffs++] = (Puff){ x, y, z, radius };
}

static void
fill_crown (Paint *paint, Crown *crown, int n, double part)
{
  const Tree *tree = crown->tree;
  double tall = crown->foot - crown->top;

  for (int i = 0; i < n; i++)
    {
      double h = (i + paint_random (paint, 0.2, 0.8)) / n;
      double radius = tree->width * part * paint_random (paint, 0.75, 1.2)
                      * (tree->shape == TREE_CONE ? 1.15 - 0.8 * h : 1);
      double half = fmax (tree->width / 2 * outline (tree->shape, h) - radius * 0.7, 0);
      double across = pow (paint_random (paint, 0, 1), 0.75) * (i % 2 == 0 ? 1 : -1);

      add_puff (crown, crown->x + half * across, crown->foot - radius * 0.6 - (tall - radius * 1.4) * h,
                paint_random (paint, -1, 1) * sqrt (1 - 0.8 * across * across), radius);
    }
}

/* Flat layers of small puffs. */
static void
fill_plates (Paint *paint, Crown *crown, int n, double flat)
{
  const Tree *tree = crown->tree;

  for (int i = 0; i < n; i++)
    {
      double h = (i + 0.5) / n;
      double y = crown->foot - (crown->foot - crown->top) * h;
      double half = tree->width / 2
                    * (tree->shape == TREE_PLATES ? 1.02 - 0.80 * pow (h, 1.5) : outline (tree->shape, h))
                    * paint_random (paint, 0.8, 1.05);
      double middle
          = crown->x + paint_spread (paint, tree->width * (tree->shape == TREE_PLATES ? 0.08 : 0.42));

      if (tree->shape == TREE_CLOUDS)
        half *= 0.56;
      for (int k = 0; k < 13; k++)
        {
          double across = (k - 6) / 6.0;
          double radius = half * flat * paint_random (paint, 0.8, 1.2) * (1.15 - 0.5 * fabs (across));

          add_puff (crown, middle + half * across,
                    y + fabs (across) * half * 0.10 + paint_spread (paint, radius * 0.5),
                    paint_random (paint, -1, 1) - h, radius);
        }
    }
}

/* Places the puffs that the shape of the tree asks for. */
void
crown_fill (Paint *paint, Crown *crown)
{
  switch (crown->tree->shape)
    {
    case TREE_CLOUDS:
      fill_plates (paint, crown, 6, 0.30);
      break;
    case TREE_PLATES:
      fill_plates (paint, crown, 9, 0.15);
      break;
    case TREE_COLUMN:
      fill_crown (paint, crown, 46, 0.30);
      break;
    case TREE_CONE:
      fill_crown (paint, crown, 80, 0.15);
      break;
    case TREE_OVAL:
    case TREE_SHRUB:
      fill_crown (paint, crown, 54, 0.155);
      break;
    case TREE_ROUND:
    case TREE_VASE:
    case TREE_WEEPING:
    case TREE_WHORLS:
    default:
      fill_crown (paint, crown, 60, 0.135);
      break;
    }
}

/* From the shade, at 0, to the light, at 1. */
Colour
crown_colour (const Tree *tree, double light)
{
  if (light < 0.5)
    return colour_mix (tree->shade, tree->leaves, smooth_step (0, 0.5, light));

  return colour_mix (tree->leaves, tree->light, smooth_step (0.5, 1, light));
}

/* How light a leaf is that lies at (dx, dy) on the ball of a puff: from above and from the side of the sun,
 * by its place on the puff and by the puff's place in the crown. */
static double
light_on (const Crown *crown, const Puff *puff, double dx, double dy)
{
  double middle = (crown->top + crown->foot) / 2;
  double across = (puff->x - crown->x) / (crown->tree->width / 2);
  double up = (middle - puff->y) / (crown->foot - middle);
  double own = 0.60 * crown->sun * dx - 0.80 * dy;
  double whole = 0.60 * crown->sun * across + 0.60 * up;

  return 0.43 + 0.46 * own + 0.36 * whole + 0.10 * puff->z;
}

/* The dark inside of the crown, which closes what the leaves would leave open. */
static void
paint_inside (Paint *paint, const Crown *crown, const Puff *puff)
{
  const Tree *tree = crown->tree;
  int n = (int) (tree->density * tree->density * pow (puff->radius / tree->leaf, 2));

  for (int i = 0; i < n; i++)
    {
      double angle = paint_random (paint, 0, 2 * M_PI);
      double out = 0.92 * sqrt (paint_random (paint, 0, 1));
      double dx = cos (angle) * out;
      double dy = sin (angle) * out;
      double size = tree->leaf * paint_random (paint, 1.3, 2.0);

      paint_set (paint, crown_colour (tree, 0.55 * light_on (crown, puff, dx, dy)), 0.96);
      paint_leaf (paint, puff->x + dx * puff->radius, puff->y + dy * puff->radius, size, size * 0.42,
                  paint_random (paint, 0, 2 * M_PI));
    }
}

static void
paint_puff (Paint *paint, const Crown *crown, const Puff *puff)
{
  const Tree *tree = crown->tree;
  int n = (int) (tree->density * 3.4 * pow (puff->radius / tree->leaf, 2)) + 24;

  for (int i = 0; i < n; i++)
    {
      double angle = paint_random (paint, 0, 2 * M_PI);
      double out = sqrt (paint_random (paint, 0, 1));
      double dx = cos (angle) * out;
      double dy = sin (angle) * out;
      double late = (double) i / n;
      double light = light_on (crown, puff, dx, dy) - 0.42 * pow (1 - late, 1.5) + paint_spread (paint, 0.16);
      double size = tree->leaf * paint_random (paint, 0.7, 1.25);

      paint_set (paint, crown_colour (tree, light), 0.94);
      paint_leaf (paint, puff->x + dx * puff->radius * 1.04, puff->y + dy * puff->radius * 0.92, size,
                  size * 0.42, paint_random (paint, 0, 2 * M_PI));
    }
}

static void
paint_snow_on_puff (Paint *paint, const Crown *crown, const Puff *puff)
{
  int n = (int) (crown->tree->snow * puff->radius * 2.2);

  for (int i = 0; i < n; i++)
    {
      double angle = -M_PI / 2 + paint_spread (paint, 1.5);
      double out = paint_random (paint, 0.62, 1.0);

      paint_set (paint,
                 colour_mix (colour_from_hex (0xffffff), colour_from_hex (0xb9cbe6),
                             paint_random (paint, 0, 0.7)),
                 0.9);
      paint_dot (paint, puff->x + cos (angle) * puff->radius * out,
                 puff->y + sin (angle) * puff->radius * out * 0.8, paint_random (paint, 1.5, 4.5));
    }
}

static void
paint_berry (Paint *paint, const Crown *crown, double x, double y, double radius)
{
  const Tree *tree = crown->tree;

  paint_set (paint, colour_shade (tree->berries, paint_random (paint, 0.70, 1.05)), 1);
  paint_dot (paint, x, y, radius);
  paint_set (paint, colour_mix (tree->berries, (Colour){ 1, 1, 1 }, 0.75), 0.8);
  paint_dot (paint, x + crown->sun * radius * 0.3, y - radius * 0.35, radius * 0.28);
}

/* In bunches, on the puffs that are in front. */
static void
paint_berries (Paint *paint, const Crown *crown)
{
  const Tree *tree = crown->tree;

  for (int i = 0; i < tree->n_berries && crown->n_puffs > 0; i++)
    {
      const Puff *puff
          = &crown->puffs[(int) paint_random (paint, crown->n_puffs * 0.3, crown->n_puffs - 0.01)];
      double x = puff->x + paint_spread (paint, puff->radius * 1.1);
      double y = puff->y + paint_spread (paint, puff->radius * 1.1);

      for (int k = 0; k < 5; k++)
        paint_berry (paint, crown, x + paint_spread (paint, tree->leaf * 0.9),
                     y + paint_spread (paint, tree->leaf * 0.7), tree->leaf * 0.24);
    }
}

/* Paints the puffs, those behind first, and what lies and hangs on them. */
void
crown_paint_leaves (Paint *paint, Crown *crown)
{
  qsort (crown->puffs, (size_t) crown->n_puffs, sizeof (Puff), compare_puffs);
  for (int i = 0; i < crown->n_puffs; i++)
    paint_inside (paint, crown, &crown->puffs[i]);
  for (int i = 0; i < crown->n_puffs; i++)
    {
      paint_puff (paint, crown, &crown->puffs[i]);
      if (crown->tree->snow > 0)
        paint_snow_on_puff (paint, crown, &crown->puffs[i]);
    }
  paint_berries (paint, crown);
}
