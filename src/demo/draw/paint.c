/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paint.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

Paint *
paint_new (int columns, int rows, uint64_t seed)
{
  Paint *self = calloc (1, sizeof *self);

  if (self == NULL)
    abort ();

  self->columns = columns;
  self->rows = rows;
  self->scale = rows / PAINT_HEIGHT;
  self->width = columns / self->scale;
  self->state = seed;
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, columns, rows);
  self->cairo = cairo_create (self->surface);
  cairo_scale (self->cairo, self->scale, self->scale);
  cairo_set_line_cap (self->cairo, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (self->cairo, CAIRO_LINE_JOIN_ROUND);

  return self;
}

void
paint_free (Paint *self)
{
  cairo_destroy (self->cairo);
  cairo_surface_destroy (self->surface);
  free (self);
}

double
clamp (double value, double least, double most)
{
  return fmin (fmax (value, least), most);
}

double
smooth_step (double from, double to, double value)
{
  double t = clamp ((value - from) / (to - from), 0, 1);

  return t * t * (3 - 2 * t);
}

Colour
colour_from_hex (uint32_t hex)
{
  return (Colour){ (hex >> 16 & 255) / 255.0, (hex >> 8 & 255) / 255.0, (hex & 255) / 255.0 };
}

Colour
colour_mix (Colour from, Colour to, double part)
{
  double t = clamp (part, 0, 1);

  return (Colour){ from.red + (to.red - from.red) * t, from.green + (to.green - from.green) * t,
                   from.blue + (to.blue - from.blue) * t };
}

Colour
colour_shade (Colour colour, double factor)
{
  return (Colour){ clamp (colour.red * factor, 0, 1), clamp (colour.green * factor, 0, 1),
                   clamp (colour.blue * factor, 0, 1) };
}

static uint64_t
mix_bits (uint64_t bits)
{
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9u;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebu;

  return bits ^ (bits >> 31);
}

/* The same numbers in every build: a picture is the same wherever it is drawn. */
double
paint_random (Paint *self, double from, double to)
{
  self->state += 0x9e3779b97f4a7c15u;

  return from + (to - from) * (double) (mix_bits (self->state) >> 11) / 9007199254740992.0;
}

/* Around 0, more often near to it than far from it. */
double
paint_spread (Paint *self, double width)
{
  return (paint_random (self, -1, 1) + paint_random (self, -1, 1) + paint_random (self, -1, 1)) / 3 * width;
}

static double
lattice (int x, int y, uint32_t seed)
{
  uint64_t bits = ((uint64_t) (uint32_t) x << 32 | (uint32_t) y) + (uint64_t) seed * 0x9e3779b97f4a7c15u;

  return (double) (mix_bits (bits + 0x632be59bd9b4e019u) >> 11) / 9007199254740992.0;
}

static double
value_noise (double x, double y, uint32_t seed)
{
  int column = (int) floor (x);
  int row = (int) floor (y);
  double u = smooth_step (0, 1, x - column);
  double v = smooth_step (0, 1, y - row);
  double top = lattice (column, row, seed) * (1 - u) + lattice (column + 1, row, seed) * u;
  double bottom = lattice (column, row + 1, seed) * (1 - u) + lattice (column + 1, row + 1, seed) * u;

  return top * (1 - v) + bottom * v;
}

/* Fractal noise from 0 to 1. Each octave is turned a little, so that no lattice shows. */
double
noise_2d (double x, double y, uint32_t seed, int octaves)
{
  double sum = 0;
  double weight = 0.5;
  double total = 0;

  for (int i = 0; i < octaves; i++)
    {
      double turned = 1.6 * x + 1.2 * y + 17.3;

      sum += weight * value_noise (x, y, seed + (uint32_t) i);
      total += weight;
      weight *= 0.5;
      y = 1.6 * y - 1.2 * x + 5.1;
      x = turned;
    }

  return sum / total;
}

double
noise_1d (double x, uint32_t seed, int octaves)
{
  double sum = 0;
  double weight = 0.5;
  double total = 0;

  for (int i = 0; i < octaves; i++, x = 2.03 * x + 9.7, weight *= 0.5)
    {
      sum += weight * value_noise (x, 0.5, seed + (uint32_t) i);
      total += weight;
    }

  return sum / total;
}

void
paint_set (Paint *self, Colour colour, double alpha)
{
  cairo_set_source_rgba (self->cairo, colour.red, colour.green, colour.blue, alpha);
}

void
paint_dot (Paint *self, double x, double y, double radius)
{
  cairo_new_path (self->cairo);
  cairo_arc (self->cairo, x, y, radius, 0, 2 * M_PI);
  cairo_fill (self->cairo);
}

/* Pointed at both ends, from (x, y) outwards. */
void
paint_leaf (Paint *self, double x, double y, double length, double width, double angle)
{
  double dx = cos (angle) * length;
  double dy = sin (angle) * length;
  double sx = -sin (angle) * width;
  double sy = cos (angle) * width;

  cairo_new_path (self->cairo);
  cairo_move_to (self->cairo, x, y);
  cairo_curve_to (self->cairo, x + dx * 0.3 + sx, y + dy * 0.3 + sy, x + dx * 0.7 + sx, y + dy * 0.7 + sy,
                  x + dx, y + dy);
  cairo_curve_to (self->cairo, x + dx * 0.7 - sx, y + dy * 0.7 - sy, x + dx * 0.3 - sx, y + dy * 0.3 - sy, x,
                  y);
  cairo_fill (self->cairo);
}

void
paint_line (Paint *self, double x1, double y1, double x2, double y2, double width)
{
  cairo_new_path (self->cairo);
  cairo_move_to (self->cairo, x1, y1);
  cairo_line_to (self->cairo, x2, y2);
  cairo_set_line_width (self->cairo, width);
  cairo_stroke (self->cairo);
}

/* A soft light from @from to @reach around a place. */
void
paint_glow (Paint *self, double x, double y, double from, double reach, Colour colour, double alpha)
{
  cairo_pattern_t *pattern = cairo_pattern_create_radial (x, y, from, x, y, reach);

  for (int i = 0; i <= 8; i++)
    cairo_pattern_add_color_stop_rgba (pattern, i / 8.0, colour.red, colour.green, colour.blue,
                                       alpha * pow (1 - i / 8.0, 2.4));
  cairo_set_source (self->cairo, pattern);
  cairo_new_path (self->cairo);
  cairo_arc (self->cairo, x, y, reach, 0, 2 * M_PI);
  cairo_fill (self->cairo);
  cairo_pattern_destroy (pattern);
}

/* The surface must have been flushed before pixels are touched, and marked dirty after it. */
static uint32_t *
pixel_at (Paint *self, int column, int row)
{
  unsigned char *data = cairo_image_surface_get_data (self->surface);
  int stride = cairo_image_surface_get_stride (self->surface);

  return (uint32_t *) (void *) (data + (size_t) row * (size_t) stride) + column;
}

Colour
paint_get_pixel (Paint *self, int column, int row)
{
  return colour_from_hex (*pixel_at (self, column, row));
}

static uint32_t
to_byte (double value)
{
  return (uint32_t) (clamp (value, 0, 1) * 255 + 0.5);
}

void
paint_blend_pixel (Paint *self, int column, int row, Colour colour, double alpha)
{
  uint32_t *pixel = pixel_at (self, column, row);
  Colour mixed = colour_mix (colour_from_hex (*pixel), colour, alpha);

  *pixel = to_byte (mixed.red) << 16 | to_byte (mixed.green) << 8 | to_byte (mixed.blue);
}

/* Paper and film: a fine grain, which also hides the steps of long gradients, and corners a little darker. */
static void
finish_row (Paint *self, int row, double grain, JSAMPLE *samples)
{
  double v = 2.0 * row / self->rows - 1;

  for (int column = 0; column < self->columns; column++)
    {
      Colour colour = paint_get_pixel (self, column, row);
      double u = 2.0 * column / self->columns - 1;
      double light = 1 - 0.10 * smooth_step (0.7, 2.2, u * u + v * v);
      double speck = paint_spread (self, grain);

      samples[3 * column] = (JSAMPLE) to_byte (colour.red * light + speck);
      samples[3 * column + 1] = (JSAMPLE) to_byte (colour.green * light + speck);
      samples[3 * column + 2] = (JSAMPLE) to_byte (colour.blue * light + speck);
    }
}

static void
write_rows (Paint *self, FILE *file, int quality, double grain, JSAMPLE *samples)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_stdio_dest (&jpeg, file);
  jpeg.image_width = (JDIMENSION) self->columns;
  jpeg.image_height = (JDIMENSION) self->rows;
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, quality, TRUE);
  jpeg.optimize_coding = TRUE;
  jpeg_simple_progression (&jpeg);
  jpeg_start_compress (&jpeg, TRUE);

  for (int row = 0; row < self->rows; row++)
    {
      finish_row (self, row, grain, samples);
      jpeg_write_scanlines (&jpeg, &samples, 1);
    }

  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
}

bool
paint_write_jpeg (Paint *self, const char *path, int quality, double grain)
{
  JSAMPLE *samples = malloc ((size_t) self->columns * 3);
  FILE *file = fopen (path, "wb");
  bool written = false;

  cairo_surface_flush (self->surface);
  if (file != NULL && samples != NULL)
    {
      write_rows (self, file, quality, grain, samples);
      written = !ferror (file);
    }
  if (file != NULL && fclose (file) != 0)
    written = false;
  free (samples);

  return written;
}
