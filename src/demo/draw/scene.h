/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "detail.h"
#include "landscape.h"
#include "tree.h"

#define SCENE_MOST_RIDGES 5

/* Colours as 0xRRGGBB, places in units (1000 high). What is 0 is left out. */
typedef struct
{
  const char *name;
  int columns;
  int rows;
  int quality;
  double grain;

  uint32_t sky[4]; /* from above down to the horizon */
  double horizon;
  int n_stars;
  bool aurora;

  double sun_x; /* part of the width, also where the light comes from */
  double sun_y;
  double sun_radius;
  uint32_t sun;
  uint32_t glow;
  double reach;
  bool moon;

  double clouds;
  uint32_t cloud_light;
  uint32_t cloud_dark;
  bool rainbow;
  double rays;

  struct
  {
    double base;
    double height;
    double length;
    double ridged;
    double snow;
    uint32_t top;
    uint32_t foot;
    double forest; /* below 0: round trees */
    double mist;
  } ridges[SCENE_MOST_RIDGES];
  uint32_t mist;

  double water; /* where it begins; it ends at the picture's foot */
  uint32_t tint;
  uint32_t glint;

  struct
  {
    GroundKind kind;
    double top;
    double swell;
    uint32_t far;
    uint32_t near;
    uint32_t flowers;
    int n_flowers;
  } ground;
  bool far_bank; /* the ground lies beyond the water, and is seen in it */

  struct
  {
    TreeShape shape;
    double height;
    double width;
    double stem;
    double trunk;
    double density;
    double leaf;
    uint32_t shade;
    uint32_t leaves;
    uint32_t light;
    uint32_t bark;
    bool birch_bark;
    double snow;
    int n_berries;
    uint32_t berries;
  } tree;
  double x;
  double y;
  /* More of them: at how many, how far from the first one, how much smaller and how much higher up. */
  struct
  {
    double x;
    double y;
    double size;
  } others[8];

  struct
  {
    DetailKind kind;
    double x;
    double y;
    double size;
    uint32_t colour;
  } details[3];

  int n_birds;
  int n_flakes;
  int n_sparks;
  int n_falling;
} Scene;

extern const Scene scenes[];
extern const int n_scenes;

Paint *scene_paint (const Scene *scene);
