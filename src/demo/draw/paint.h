/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <stdbool.h>
#include <stdint.h>

/* Pictures are drawn in units of which the height has this many, whatever the number of pixels. */
#define PAINT_HEIGHT 1000.0

typedef struct
{
  double red;
  double green;
  double blue;
} Colour;

typedef struct
{
  cairo_surface_t *surface;
  cairo_t *cairo;
  int columns;
  int rows;
  double scale; /* pixels in a unit */
  double width; /* in units */
  uint64_t state;
} Paint;

Paint *paint_new (int columns, int rows, uint64_t seed);
void paint_free (Paint *self);
bool paint_write_jpeg (Paint *self, const char *path, int quality, double grain);

Colour colour_from_hex (uint32_t hex);
Colour colour_mix (Colour from, Colour to, double part);
Colour colour_shade (Colour colour, double factor);

double paint_random (Paint *self, double from, double to);
double paint_spread (Paint *self, double width);
double noise_1d (double x, uint32_t seed, int octaves);
double noise_2d (double x, double y, uint32_t seed, int octaves);
double clamp (double value, double least, double most);
double smooth_step (double from, double to, double value);

void paint_set (Paint *self, Colour colour, double alpha);
void paint_dot (Paint *self, double x, double y, double radius);
void paint_leaf (Paint *self, double x, double y, double length, double width, double angle);
void paint_line (Paint *self, double x1, double y1, double x2, double y2, double width);
void paint_glow (Paint *self, double x, double y, double from, double reach, Colour colour, double alpha);
Colour paint_get_pixel (Paint *self, int column, int row);
void paint_blend_pixel (Paint *self, int column, int row, Colour colour, double alpha);
