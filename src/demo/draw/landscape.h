/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "paint.h"

/* A chain of hills or mountains: its crest lies between base and base less height. */
typedef struct
{
  double base;
  double height;
  double length; /* of one hill */
  double ridged; /* 0: round hills, 1: sharp peaks */
  double snow;   /* part of the height that is white, from above */
  Colour top;
  Colour foot;
  double forest; /* height of the trees on the crest, or 0 */
  uint32_t seed;
} Ridge;

typedef enum
{
  GROUND_GRASS,
  GROUND_WHEAT,
  GROUND_HEATH,
  GROUND_SNOW,
  GROUND_ROCK,
} GroundKind;

typedef struct
{
  GroundKind kind;
  double top;
  double swell;
  Colour far;
  Colour near;
  Colour flowers;
  int n_flowers;
  uint32_t seed;
} Ground;

void landscape_sky (Paint *paint, const Colour stops[4], double horizon);
void landscape_stars (Paint *paint, int n, double horizon);
void landscape_sun (Paint *paint, double x, double y, double radius, Colour disc, Colour glow, double reach);
void landscape_moon (Paint *paint, double x, double y, double radius, Colour disc, double reach);
void landscape_clouds (
    Paint *paint, double cover, double horizon, Colour light, Colour dark, double sun_x, uint32_t seed);
void landscape_aurora (Paint *paint, double horizon);
void landscape_rays (Paint *paint, double x, double y, Colour colour, double alpha);
void landscape_rainbow (Paint *paint, double x, double y, double radius);
void landscape_ridge (Paint *paint, const Ridge *ridge, double sun_x);
void landscape_mist (Paint *paint, double y, double thickness, Colour colour, double alpha, uint32_t seed);
void landscape_water (Paint *paint, double top, double bottom, Colour tint, double tint_part, Colour glint);
double landscape_ground_y (const Ground *ground, double x);
void landscape_ground (Paint *paint, const Ground *ground, double sun_x);
void landscape_blades (Paint *paint, const Ground *ground, double from_y);
void landscape_shadow (Paint *paint, double x, double y, double width, double lean, double alpha);
void landscape_birds (Paint *paint, int n, double x, double y, Colour colour);
void landscape_flakes (Paint *paint, int n);
void landscape_sparks (Paint *paint, int n, double top, Colour colour);
void landscape_falling_leaves (Paint *paint, int n, Colour one, Colour other);
