/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-chart.h"

#include <math.h>

/* All lengths are in pixels of the picture. Both axes grow by factors, so that
 * what grows in proportion is a straight line, and a bend is a bend. */
#define WIDTH 720
#define HEIGHT 420
#define LEFT 76
#define RIGHT 104
#define TOP 56
#define BOTTOM 56

/* Names at the ends of lines need so much room. */
#define NAME_HEIGHT 18

typedef struct
{
  double least;
  double most;
} Axis;

typedef struct
{
  GString *out;
  Axis amounts;
  Axis seconds;
} Drawing;

static const char style[]
    = "text{font-family:Cantarell,sans-serif;font-size:12px;fill:#3d3846}"
      ".title{font-size:16px;font-weight:bold}.dim{fill:#77767b}.right{text-anchor:end}"
      ".middle{text-anchor:middle}.grid{stroke:#deddda}polyline{fill:none;stroke-width:2}"
      ".l0{stroke:#1c71d8}.l1{stroke:#ff7800}.l2{stroke:#77767b}.f0{fill:#1c71d8}.f1{fill:#c64600}"
      ".f2{fill:#77767b}";

static void add (Drawing *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add (Drawing *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_markup_vprintf_escaped (format, args);
  va_end (args);
  g_string_append (self->out, text);
}

static double
get_part (const Axis *axis, double value)
{
  return log (value / axis->least) / log (axis->most / axis->least);
}

static double
get_x (const Drawing *self, double amount)
{
  return LEFT + get_part (&self->amounts, amount) * (WIDTH - LEFT - RIGHT);
}

static double
get_y (const Drawing *self, double seconds)
{
  return HEIGHT - BOTTOM - get_part (&self->seconds, seconds) * (HEIGHT - TOP - BOTTOM);
}

static void
widen (Axis *axis, double least, double most)
{
  axis->least = MIN (axis->least, least);
  axis->most = MAX (axis->most, most);
}

/* The axis of times ends with powers of ten. */
static void
fit (Drawing *self, const BenchChart *chart)
{
  self->amounts = self->seconds = (Axis){ G_MAXDOUBLE, 0 };
  for (guint i = 0; i < chart->lines->len; i++)
    {
      const BenchLine *line = g_ptr_array_index (chart->lines, i);

      for (guint k = 0; k < line->points->len; k++)
        {
          const BenchPoint *point = &g_array_index (line->points, BenchPoint, k);

          widen (&self->amounts, point->amount, point->amount);
          widen (&self->seconds, point->seconds.least, point->seconds.most);
        }
    }
  self->seconds.least = pow (10, floor (log10 (self->seconds.least)));
  self->seconds.most = pow (10, ceil (log10 (self->seconds.most)));
}

static void
add_times (Drawing *self)
{
  for (double seconds = self->seconds.least; seconds < self->seconds.most * 1.01; seconds *= 10)
    for (int i = 1; i < 10 && seconds * i < self->seconds.most * 1.01; i += i == 2 ? 3 : i)
      {
        double y = get_y (self, seconds * i);

        add (self, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>\n", LEFT,
             WIDTH - RIGHT, y, y);
        add (self, "<text class=\"right dim\" x=\"%d\" y=\"%.1f\">%g s</text>\n", LEFT - 8, y + 4,
             seconds * i);
      }
}

static void
add_amounts (Drawing *self, const BenchChart *chart)
{
  const BenchLine *line = g_ptr_array_index (chart->lines, 0);

  for (guint i = 0; i < line->points->len; i++)
    {
      double amount = g_array_index (line->points, BenchPoint, i).amount;
      double x = get_x (self, amount);

      add (self, "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>\n", x, x, TOP,
           HEIGHT - BOTTOM);
      add (self, "<text class=\"middle dim\" x=\"%.1f\" y=\"%d\">%.0f</text>\n", x, HEIGHT - BOTTOM + 18,
           amount);
    }
  add (self, "<text class=\"middle\" x=\"%d\" y=\"%d\">%s</text>\n", (LEFT + WIDTH - RIGHT) / 2,
       HEIGHT - BOTTOM + 40, chart->amounts);
}

/* A stroke from the least to the most stands at each point. */
static void
add_line (Drawing *self, const BenchLine *line, guint index)
{
  g_string_append_printf (self->out, "<polyline class=\"l%u\" points=\"", index);
  for (guint i = 0; i < line->points->len; i++)
    {
      const BenchPoint *point = &g_array_index (line->points, BenchPoint, i);

      add (self, "%.1f,%.1f ", get_x (self, point->amount), get_y (self, point->seconds.median));
    }
  g_string_append (self->out, "\"/>\n");
  for (guint i = 0; i < line->points->len; i++)
    {
      const BenchPoint *point = &g_array_index (line->points, BenchPoint, i);
      double x = get_x (self, point->amount);

      add (self, "<line class=\"l%u\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>\n", index, x, x,
           get_y (self, point->seconds.least), get_y (self, point->seconds.most));
      add (self, "<circle class=\"f%u\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>\n", index, x,
           get_y (self, point->seconds.median));
    }
}

static double
get_end (const Drawing *self, const BenchLine *line)
{
  return get_y (self, g_array_index (line->points, BenchPoint, line->points->len - 1).seconds.median) + 4;
}

/* Where ends are close together, the names are moved apart, the upper one up. */
static void
add_names (Drawing *self, const BenchChart *chart)
{
  for (guint i = 0; i < chart->lines->len; i++)
    {
      const BenchLine *line = g_ptr_array_index (chart->lines, i);
      double y = get_end (self, line);

      for (guint k = 0; k < chart->lines->len; k++)
        {
          double other = get_end (self, g_ptr_array_index (chart->lines, k));

          if (k != i && fabs (other - y) < NAME_HEIGHT)
            y += (NAME_HEIGHT - fabs (other - y)) / 2 * (y > other || (!(y < other) && i > k) ? 1 : -1);
        }
      add (self, "<text class=\"f%u\" x=\"%d\" y=\"%.1f\">%s</text>\n", i, WIDTH - RIGHT + 10, y, line->name);
    }
}

/* Returns: (transfer full): an SVG picture of @chart */
char *
bench_chart_draw (const BenchChart *chart)
{
  Drawing drawing = { .out = g_string_new (NULL) };

  fit (&drawing, chart);
  add (&drawing,
       "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n", WIDTH,
       HEIGHT, WIDTH, HEIGHT);
  g_string_append_printf (drawing.out, "<style>%s</style>\n", style);
  add (&drawing, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n", WIDTH, HEIGHT);
  add (&drawing, "<text class=\"title\" x=\"24\" y=\"32\">%s</text>\n", chart->title);
  add_times (&drawing);
  add_amounts (&drawing, chart);
  /* Ours is on top. */
  for (guint i = chart->lines->len; i > 0; i--)
    add_line (&drawing, g_ptr_array_index (chart->lines, i - 1), i - 1);
  add_names (&drawing, chart);
  g_string_append (drawing.out, "</svg>\n");
  return g_string_free (drawing.out, FALSE);
}
