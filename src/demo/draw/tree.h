/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paint.h"

typedef enum
{
  TREE_ROUND,  /* a dome on a trunk */
  TREE_OVAL,   /* higher than wide */
  TREE_COLUMN, /* as poplars grow */
  TREE_VASE,   /* limbs that fan out */
  TREE_CLOUDS, /* few flat clouds on a long trunk, as old pines have */
  TREE_PLATES, /* layers, as cedars have */
  TREE_SHRUB,  /* many stems from the ground */
  TREE_WEEPING,
  TREE_CONE,
  TREE_WHORLS, /* conifers, with needles on drooping boughs */
} TreeShape;

typedef struct
{
  TreeShape shape;
  double height;
  double width;
  double stem;    /* part of the height below the crown */
  double trunk;   /* width of the trunk */
  double density; /* of the leaves, 1 is a full crown */
  double leaf;    /* length of a leaf */
  Colour shade;
  Colour leaves;
  Colour light;
  Colour bark;
  bool birch_bark;
  double snow; /* how much lies on it */
  int n_berries;
  Colour berries;
} Tree;

void tree_paint (Paint *paint, const Tree *tree, double x, double y, double sun_x);
