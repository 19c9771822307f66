/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tree.h"

#define CROWN_MOST_PUFFS 160

/* A crown is made of puffs, each a ball of leaves, lit as a ball and as a part of the whole crown. */
typedef struct
{
  double x;
  double y;
  double z; /* towards the one who looks, -1 to 1 */
  double radius;
} Puff;

/* What of a tree is above its trunk, and where. */
typedef struct
{
  const Tree *tree;
  double x;
  double y;    /* of the foot */
  double sun;  /* -1: light from the left, 1: from the right */
  double top;  /* y of the crown's top */
  double foot; /* y of the crown's lower edge */
  int n_puffs;
  Puff puffs[CROWN_MOST_PUFFS];
} Crown;

void crown_fill (Paint *paint, Crown *crown);
void crown_paint_leaves (Paint *paint, Crown *crown);
void crown_paint_curtain (Paint *paint, const Crown *crown);
void crown_paint_whorls (Paint *paint, const Crown *crown);
Colour crown_colour (const Tree *tree, double light);
