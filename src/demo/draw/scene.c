/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

static void
paint_sky (Paint *paint, const Scene *scene, double sun_x)
{
  Colour stops[4];

  for (int i = 0; i < 4; i++)
    stops[i] = colour_from_hex (scene->sky[i]);
  landscape_sky (paint, stops, scene->horizon);
  landscape_stars (paint, scene->n_stars, scene->horizon);
  if (scene->aurora)
    landscape_aurora (paint, scene->horizon);

  if (scene->sun_radius > 0 && scene->moon)
    landscape_moon (paint, sun_x, scene->sun_y, scene->sun_radius, colour_from_hex (scene->sun),
                    scene->reach);
  else if (scene->sun_radius > 0)
    landscape_sun (paint, sun_x, scene->sun_y, scene->sun_radius, colour_from_hex (scene->sun),
                   colour_from_hex (scene->glow), scene->reach);

  if (scene->clouds > 0)
    landscape_clouds (paint, scene->clouds, scene->horizon, colour_from_hex (scene->cloud_light),
                      colour_from_hex (scene->cloud_dark), sun_x, (uint32_t) paint->columns + scene->sky[0]);
  if (scene->rainbow)
    landscape_rainbow (paint, paint->width * 0.62, scene->horizon + 160, 620);
}

static void
paint_ridges (Paint *paint, const Scene *scene, double sun_x)
{
  for (int i = 0; i < SCENE_MOST_RIDGES && scene->ridges[i].base > 0; i++)
    {
      const Ridge ridge = {
        .base = scene->ridges[i].base,
        .height = scene->ridges[i].height,
        .length = scene->ridges[i].length,
        .ridged = scene->ridges[i].ridged,
        .snow = scene->ridges[i].snow,
        .top = colour_from_hex (scene->ridges[i].top),
        .foot = colour_from_hex (scene->ridges[i].foot),
        .forest = scene->ridges[i].forest,
        .seed = scene->sky[0] % 1000 + (uint32_t) i * 37,
      };

      landscape_ridge (paint, &ridge, sun_x);
      if (scene->ridges[i].mist > 0)
        landscape_mist (paint, ridge.base + 10, 110, colour_from_hex (scene->mist), scene->ridges[i].mist,
                        ridge.seed + 5);
    }
}

static Ground
get_ground (const Scene *scene)
{
  return (Ground){
    .kind = scene->ground.kind,
    .top = scene->ground.top,
    .swell = scene->ground.swell,
    .far = colour_from_hex (scene->ground.far),
    .near = colour_from_hex (scene->ground.near),
    .flowers = colour_from_hex (scene->ground.flowers),
    .n_flowers = scene->ground.n_flowers,
    .seed = scene->sky[3] % 1000,
  };
}

static void
paint_tree (Paint *paint, const Scene *scene, double x, double y, double size, double sun_x)
{
  const Tree tree = {
    .shape = scene->tree.shape,
    .height = scene->tree.height * size,
    .width = scene->tree.width * size,
    .stem = scene->tree.stem,
    .trunk = scene->tree.trunk * size,
    .density = scene->tree.density,
    .leaf = scene->tree.leaf * (0.4 + 0.6 * size),
    .shade = colour_from_hex (scene->tree.shade),
    .leaves = colour_from_hex (scene->tree.leaves),
    .light = colour_from_hex (scene->tree.light),
    .bark = colour_from_hex (scene->tree.bark),
    .birch_bark = scene->tree.birch_bark,
    .snow = scene->tree.snow,
    .n_berries = (int) (scene->tree.n_berries * size * size),
    .berries = colour_from_hex (scene->tree.berries),
  };

  if (scene->ground.kind != GROUND_ROCK && scene->water <= 0)
    landscape_shadow (paint, x, y, tree.width * 0.5, sun_x > x ? -1 : 1, 0.55);
  tree_paint (paint, &tree, x, y, sun_x);
}

/* Those that stand higher up are farther away, and painted first. */
static void
paint_trees (Paint *paint, const Scene *scene, double sun_x)
{
  double x = scene->x * paint->width;

  for (int i = 0; i < 8 && scene->others[i].size > 0; i++)
    paint_tree (paint, scene, x + scene->others[i].x, scene->y + scene->others[i].y, scene->others[i].size,
                sun_x);
  paint_tree (paint, scene, x, scene->y, 1, sun_x);
}

static void
paint_details (Paint *paint, const Scene *scene)
{
  for (int i = 0; i < 3; i++)
    detail_paint (paint, scene->details[i].kind, scene->details[i].x * paint->width, scene->details[i].y,
                  scene->details[i].size, colour_from_hex (scene->details[i].colour));
}

static void
paint_weather (Paint *paint, const Scene *scene, double sun_x)
{
  if (scene->rays > 0)
    landscape_rays (paint, sun_x, scene->sun_y, colour_from_hex (scene->sun), scene->rays);
  landscape_birds (paint, scene->n_birds, paint->width * (scene->x < 0.5 ? 0.76 : 0.24), 230,
                   colour_shade (colour_from_hex (scene->tree.shade), 0.8));
  landscape_flakes (paint, scene->n_flakes);
  landscape_sparks (paint, scene->n_sparks, scene->horizon + 60, colour_from_hex (0xffe27a));
  landscape_falling_leaves (paint, scene->n_falling, colour_from_hex (scene->tree.leaves),
                            colour_from_hex (scene->tree.light));
}

/* From what is farthest to what is nearest, as a painter does it. */
Paint *
scene_paint (const Scene *scene)
{
  Paint *paint = paint_new (scene->columns, scene->rows, scene->sky[0] + scene->sky[3]);
  const Ground ground = get_ground (scene);
  double sun_x = scene->sun_x * paint->width;
  bool has_ground = scene->ground.top > 0;

  paint_sky (paint, scene, sun_x);
  paint_ridges (paint, scene, sun_x);
  if (scene->water > 0 && !scene->far_bank)
    landscape_water (paint, scene->water, PAINT_HEIGHT, colour_from_hex (scene->tint), 0.25,
                     colour_from_hex (scene->glint));
  if (has_ground)
    landscape_ground (paint, &ground, sun_x);
  if (has_ground && !scene->far_bank)
    landscape_blades (paint, &ground, 0);
  paint_details (paint, scene);
  paint_trees (paint, scene, sun_x);
  if (scene->far_bank)
    landscape_water (paint, scene->water, PAINT_HEIGHT, colour_from_hex (scene->tint), 0.18,
                     colour_from_hex (scene->glint));
  else if (has_ground)
    landscape_blades (paint, &ground, scene->y + 26);
  paint_weather (paint, scene, sun_x);

  return paint;
}
