/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-picture.h"

#include "bobbin-axis.h"
#include "bobbin-row-layout.h"
#include "bobbin-timeline-chart.h"
#include "bobbin-timeline-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* Lengths are in pixels. */
#define MARGIN 20
#define END_MARGIN 24
#define NARROW_MARGIN 12
#define GAP 14 /* between the labels and the axis */
#define GUTTER 132
#define CHART 92
#define LEAST_LANE 28
#define MOST_LANE 40
#define LANE_GAP 12
#define SWATCH 22
#define SWATCH_HEIGHT 12
#define LEGEND_GAP 16
#define NAME_PADDING 8

/* More of a file's name than fits anywhere is not looked at. */
#define MAX_NAME 200

static const BobbinPhase legend_phases[]
    = { BOBBIN_PHASE_WAITING, BOBBIN_PHASE_RECEIVING, BOBBIN_PHASE_RETRY };

/**
 * bobbin_timeline_picture_init:
 * @self: memory for a picture
 * @widget: what it is drawn in
 */
void
bobbin_timeline_picture_init (BobbinTimelinePicture *self, GtkWidget *widget)
{
  *self = (BobbinTimelinePicture){ .widget = widget };
  self->running = bobbin_spans_new ();
  self->lanes = g_ptr_array_new_with_free_func (NULL);
  self->points = g_array_new (FALSE, FALSE, sizeof (BobbinTimelinePoint));
  self->blocks = g_array_new (FALSE, FALSE, sizeof (BobbinTimelineBlock));
  bobbin_timeline_bars_init (&self->bars);
  bobbin_timeline_scale_init (&self->scale);
  bobbin_timeline_texts_init (&self->texts, widget);
}

static void
forget_lanes (BobbinTimelinePicture *self)
{
  for (guint i = 0; i < self->lanes->len; i++)
    if (g_ptr_array_index (self->lanes, i) != NULL)
      gsk_render_node_unref (g_ptr_array_index (self->lanes, i));
  g_ptr_array_set_size (self->lanes, 0);
}

static void
forget_drawn (BobbinTimelinePicture *self)
{
  forget_lanes (self);
  g_clear_pointer (&self->chart, gsk_render_node_unref);
}

/**
 * bobbin_timeline_picture_clear:
 * @self: a picture
 *
 * Frees what it holds.
 */
void
bobbin_timeline_picture_clear (BobbinTimelinePicture *self)
{
  forget_drawn (self);
  g_clear_pointer (&self->source, bobbin_timeline_source_unref);
  g_array_unref (self->running);
  g_ptr_array_unref (self->lanes);
  g_array_unref (self->points);
  g_array_unref (self->blocks);
  bobbin_timeline_bars_clear (&self->bars);
  bobbin_timeline_texts_clear (&self->texts);
}

/**
 * bobbin_timeline_picture_take_source:
 * @self: a picture
 * @source: (transfer full): what to show from now on
 */
void
bobbin_timeline_picture_take_source (BobbinTimelinePicture *self, BobbinTimelineSource *source)
{
  g_clear_pointer (&self->source, bobbin_timeline_source_unref);
  self->source = source;
  g_array_set_size (self->running, 0);
  self->bars.changes = bobbin_timeline_source_get_timeline (source)->changes + 1;
  bobbin_timeline_scale_fit (&self->scale);
  forget_drawn (self);
}

/**
 * bobbin_timeline_picture_restyle:
 * @self: a picture
 *
 * To be called when colours or fonts have changed.
 */
void
bobbin_timeline_picture_restyle (BobbinTimelinePicture *self)
{
  bobbin_timeline_look_read (&self->look, self->widget);
  bobbin_timeline_texts_forget (&self->texts);
  forget_drawn (self);
}

/**
 * bobbin_timeline_picture_read:
 * @self: a picture
 * @now: monotonic microseconds
 *
 * Reads what has happened since the last time.
 *
 * Returns: whether the number of lanes has changed
 */
gboolean
bobbin_timeline_picture_read (BobbinTimelinePicture *self, gint64 now)
{
  const BobbinRun *run = bobbin_timeline_source_get_run (self->source);
  const BobbinTimeline *timeline = bobbin_timeline_source_get_timeline (self->source);
  const guint n_lanes = self->bars.lanes->len;
  const gint64 start = self->bars.start;

  g_array_unref (self->running);
  self->running = bobbin_timeline_source_dup_running (self->source);
  if (bobbin_timeline_bars_read (&self->bars, timeline, self->running, now))
    forget_lanes (self);
  if (self->bars.start != start)
    {
      bobbin_timeline_scale_fit (&self->scale);
      forget_drawn (self);
    }
  bobbin_timeline_scale_set_elapsed (&self->scale, bobbin_run_get_elapsed (run, now),
                                     bobbin_run_is_running (run));
  return self->bars.lanes->len != n_lanes;
}

/**
 * bobbin_timeline_picture_get_gutter:
 * @texts: the texts of a picture
 * @narrow: whether there is little room
 *
 * Returns: the room for labels before the axis, in pixels
 */
int
bobbin_timeline_picture_get_gutter (BobbinTimelineTexts *texts, gboolean narrow)
{
  const char *longest = narrow ? "128" : _ ("One after another");
  const int label = bobbin_timeline_texts_get_width (texts, BOBBIN_TIMELINE_FONT_SMALL, longest);

  return narrow ? NARROW_MARGIN + label + GAP / 2 : MAX (GUTTER, label + GAP + MARGIN - 3);
}

static double
get_margin (const BobbinTimelinePicture *self)
{
  return self->narrow ? NARROW_MARGIN : MARGIN;
}

static int
get_legend_width (BobbinTimelinePicture *self, BobbinPhase phase)
{
  return SWATCH + 6
         + bobbin_timeline_texts_get_width (&self->texts, BOBBIN_TIMELINE_FONT_SMALL,
                                            bobbin_timeline_words_for_phase (phase));
}

static int
get_whole_legend_width (BobbinTimelinePicture *self)
{
  int width = 0;

  for (guint i = 0; i < G_N_ELEMENTS (legend_phases); i++)
    width += get_legend_width (self, legend_phases[i]) + (i > 0 ? LEGEND_GAP : 0);
  return width;
}

/* Where things are, downwards; what stands above the lanes. */
static void
lay_out (BobbinTimelinePicture *self, int width)
{
  const double small = bobbin_timeline_texts_get_height (&self->texts, BOBBIN_TIMELINE_FONT_SMALL);
  const double high = bobbin_timeline_texts_get_height (&self->texts, BOBBIN_TIMELINE_FONT_HEADING);
  const int workers
      = bobbin_timeline_texts_get_width (&self->texts, BOBBIN_TIMELINE_FONT_HEADING, _ ("Workers"));
  double end_margin;

  self->width = width;
  self->narrow = width < BOBBIN_NARROW_BELOW;
  self->rtl = gtk_widget_get_direction (self->widget) == GTK_TEXT_DIR_RTL;
  self->gutter = bobbin_timeline_picture_get_gutter (&self->texts, self->narrow);
  end_margin = self->narrow ? NARROW_MARGIN : END_MARGIN;
  self->plot_x = self->rtl ? end_margin : self->gutter;
  self->scale.width = MAX (width - self->gutter - end_margin, 1.0);
  self->chart_top = high + 9;
  self->chart_bottom = self->chart_top + CHART;
  self->heading = self->chart_bottom + 8 + high / 2;
  self->legend = self->heading;
  /* A legend that does not fit beside its heading goes below it. */
  if (workers + get_whole_legend_width (self) + 2 * get_margin (self) + LEGEND_GAP > self->width)
    self->legend = self->heading + high / 2 + small / 2 + 4;
  self->lanes_top = self->legend + high / 2 + 10;
}

static double
get_axis_height (BobbinTimelinePicture *self)
{
  return bobbin_timeline_texts_get_height (&self->texts, BOBBIN_TIMELINE_FONT_SMALL) + 19;
}

/**
 * bobbin_timeline_picture_measure:
 * @self: a picture
 * @width: how wide it is
 *
 * Returns: how high it is at least
 */
int
bobbin_timeline_picture_measure (BobbinTimelinePicture *self, int width)
{
  lay_out (self, width);
  return (int) ceil (self->lanes_top + (MAX (self->bars.lanes->len, 1) * LEAST_LANE)
                     + get_axis_height (self));
}

/**
 * bobbin_timeline_picture_allocate:
 * @self: a picture
 * @width: how wide it is
 * @height: how high
 *
 * Finds where everything goes.
 */
void
bobbin_timeline_picture_allocate (BobbinTimelinePicture *self, int width, int height)
{
  const guint n_lanes = MAX (self->bars.lanes->len, 1);
  double room;

  lay_out (self, width);
  room = height - self->lanes_top - get_axis_height (self);
  self->pitch = floor (CLAMP (room / n_lanes, LEAST_LANE, MOST_LANE));
  self->lanes_bottom = self->lanes_top + self->pitch * n_lanes;
}

static void
append_small (BobbinTimelinePicture *self,
              GtkSnapshot *snapshot,
              const char *text,
              double x,
              double middle,
              double xalign)
{
  bobbin_timeline_texts_append (&self->texts, snapshot, BOBBIN_TIMELINE_FONT_SMALL, text, x, middle, xalign,
                                &self->look.dim);
}

/* Labels stand before the axis, wherever the text begins. */
static void
append_label (BobbinTimelinePicture *self, GtkSnapshot *snapshot, const char *text, double middle)
{
  const double gap = self->narrow ? GAP / 2 : GAP;

  if (self->rtl)
    append_small (self, snapshot, text, self->plot_x + self->scale.width + gap, middle, 0);
  else
    append_small (self, snapshot, text, self->plot_x - gap, middle, 1);
}

static void
append_heading (BobbinTimelinePicture *self, GtkSnapshot *snapshot, const char *text, double middle)
{
  const double margin = get_margin (self);

  bobbin_timeline_texts_append (&self->texts, snapshot, BOBBIN_TIMELINE_FONT_HEADING, text,
                                self->rtl ? self->width - margin : margin, middle, self->rtl ? 1 : 0,
                                &self->look.text);
}

static void
append_line (GtkSnapshot *snapshot, const GdkRGBA *colour, double x, double y, double width, double height)
{
  gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (x, y, width, height));
}

static void
append_marks (BobbinTimelinePicture *self, GtkSnapshot *snapshot)
{
  const double least = self->narrow ? 56 : 72;
  const double step = bobbin_timeline_scale_find_step (&self->scale, least);
  const double end = (double) (self->scale.from + self->scale.span) / G_USEC_PER_SEC;
  const double begin = (double) self->scale.from / G_USEC_PER_SEC;

  for (double i = ceil (begin / step - 1e-6); i * step <= end * (1 + 1e-9); i++)
    {
      const gint64 time = (gint64) llround (i * step * G_USEC_PER_SEC);
      const double x = self->plot_x + round (bobbin_timeline_scale_to_x (&self->scale, time));
      g_autofree char *mark = bobbin_axis_words_for_time (i * step, step);
      const double half
          = bobbin_timeline_texts_get_width (&self->texts, BOBBIN_TIMELINE_FONT_SMALL, mark) / 2;

      append_line (snapshot, &self->look.grid, x, self->chart_top, 1, self->chart_bottom - self->chart_top);
      append_line (snapshot, &self->look.grid, x, self->lanes_top, 1, self->lanes_bottom - self->lanes_top);
      append_small (self, snapshot, mark, CLAMP (x, half + 2, self->width - half - 2),
                    self->lanes_bottom + 14, 0.5);
    }
}

static void
append_chart (BobbinTimelinePicture *self, GtkSnapshot *snapshot)
{
  for (guint i = 0; i <= self->n_rate_steps; i++)
    {
      const double y = round (self->chart_bottom - (double) i * CHART / self->n_rate_steps);
      g_autofree char *rate = bobbin_axis_words_for_rate (i * self->rate_step);

      append_line (snapshot, &self->look.grid, self->plot_x, y, self->scale.width, 1);
      if (!self->narrow)
        append_label (self, snapshot, rate, y);
      else if (i > 0)
        append_small (self, snapshot, rate, self->plot_x + 4, y + 9, 0);
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (self->plot_x, self->chart_top));
  gtk_snapshot_append_node (snapshot, self->chart);
  gtk_snapshot_restore (snapshot);
}

/* Anew only if there is more to draw, or it is drawn elsewhere. */
static void
ensure_chart (BobbinTimelinePicture *self)
{
  const BobbinTimeline *timeline = bobbin_timeline_source_get_timeline (self->source);
  const BobbinRun *run = bobbin_timeline_source_get_run (self->source);
  const gint64 elapsed = bobbin_run_is_running (run) ? 0 : self->scale.elapsed;
  const guint n_rates = timeline->rates->len * 2 + (elapsed != 0);
  double most;

  if (self->chart != NULL && self->n_rates == n_rates)
    return;
  g_clear_pointer (&self->chart, gsk_render_node_unref);
  g_array_set_size (self->points, 0);
  most = bobbin_timeline_rates_read (timeline, elapsed, self->points);
  self->rate_step = bobbin_timeline_rates_find_step (most, &self->n_rate_steps);
  self->n_rates = n_rates;
  self->chart = bobbin_timeline_chart_draw (self->points, self->n_rate_steps * self->rate_step, &self->scale,
                                            CHART, &self->look.curve, &self->look.area);
}

static void
append_legend (BobbinTimelinePicture *self, GtkSnapshot *snapshot)
{
  const double margin = self->narrow ? NARROW_MARGIN : END_MARGIN;
  const gboolean below = self->legend > self->heading;
  const double room = get_whole_legend_width (self);
  double x = self->rtl ? (below ? self->width - margin - room : margin)
                       : (below ? get_margin (self) : self->width - margin - room);

  for (guint i = 0; i < G_N_ELEMENTS (legend_phases); i++)
    {
      const BobbinPhase phase = legend_phases[self->rtl ? G_N_ELEMENTS (legend_phases) - 1 - i : i];
      const char *words = bobbin_timeline_words_for_phase (phase);
      const double width = get_legend_width (self, phase);
      const double swatch = self->rtl ? x + width - SWATCH : x;

      bobbin_timeline_look_append_swatch (&self->look, snapshot, phase,
                                          &GRAPHENE_RECT_INIT (swatch,
                                                               round (self->legend - SWATCH_HEIGHT / 2.0),
                                                               SWATCH, SWATCH_HEIGHT));
      append_small (self, snapshot, words, self->rtl ? x : x + SWATCH + 6, self->legend, 0);
      x += width + LEGEND_GAP;
    }
}

/* A name stands in the longest time of receiving, if it fits whole. */
static void
append_name (BobbinTimelinePicture *self,
             GtkSnapshot *snapshot,
             const GArray *lane,
             const BobbinTimelineBlock *block)
{
  const BobbinTimelineBar *bar = &g_array_index (lane, BobbinTimelineBar, block->last);
  const GArray *spans = bobbin_timeline_source_get_timeline (self->source)->spans;
  const double left = MAX (bobbin_timeline_scale_to_x (&self->scale, bar->head), 0);
  const double right = MIN (bobbin_timeline_scale_to_x (&self->scale, bar->end), self->scale.width);
  const BobbinSpan *span = bar->span < spans->len
                               ? &g_array_index (spans, BobbinSpan, bar->span)
                               : &g_array_index (self->running, BobbinSpan, bar->span - spans->len);
  g_autofree char *name = NULL;
  double x;
  int width;

  if (right - left < 3 * NAME_PADDING)
    return;
  name = bobbin_span_dup_name (span);
  if (name == NULL || strlen (name) > MAX_NAME)
    return;
  width = bobbin_timeline_texts_get_width (&self->texts, BOBBIN_TIMELINE_FONT_SMALL, name);
  if (width + 2 * NAME_PADDING > right - left)
    return;
  x = left + NAME_PADDING;
  bobbin_timeline_texts_append (&self->texts, snapshot, BOBBIN_TIMELINE_FONT_SMALL, name, x,
                                (self->pitch - LANE_GAP) / 2, 0, &(GdkRGBA){ 1, 1, 1, 1 });
}

static void
append_bars (BobbinTimelinePicture *self, GtkSnapshot *snapshot, guint lane, guint first, guint end)
{
  const GArray *bars = bobbin_timeline_bars_get_lane (&self->bars, lane);

  g_array_set_size (self->blocks, 0);
  bobbin_timeline_bars_merge (&self->bars, lane, first, end, &self->scale, self->blocks);
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const BobbinTimelineBlock *block = &g_array_index (self->blocks, BobbinTimelineBlock, i);

      bobbin_timeline_look_append_block (&self->look, snapshot, bars, block, &self->scale,
                                         self->pitch - LANE_GAP);
      if (!block->merged)
        append_name (self, snapshot, bars, block);
    }
}

static GskRenderNode *
draw_lane (BobbinTimelinePicture *self, guint lane)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  append_bars (self, snapshot, lane, 0, bobbin_timeline_bars_get_n_ended (&self->bars, lane));
  return gtk_snapshot_free_to_node (snapshot);
}

static gboolean
is_same_sight (const BobbinTimelineScale *a, const BobbinTimelineScale *b)
{
  return a->from == b->from && a->span == b->span && fabs (a->width - b->width) < 0.5;
}

static void
ensure_drawn (BobbinTimelinePicture *self)
{
  if (!is_same_sight (&self->scale, &self->drawn) || fabs (self->pitch - self->drawn_pitch) > 0.1)
    forget_drawn (self);
  self->drawn = self->scale;
  self->drawn_pitch = self->pitch;
  ensure_chart (self);
  for (guint i = self->lanes->len; i < self->bars.lanes->len; i++)
    g_ptr_array_add (self->lanes, draw_lane (self, i));
}

static void
append_lane (BobbinTimelinePicture *self, GtkSnapshot *snapshot, guint lane)
{
  const double top = self->lanes_top + self->pitch * lane;
  const GArray *bars = bobbin_timeline_bars_get_lane (&self->bars, lane);
  const guint n_ended = bobbin_timeline_bars_get_n_ended (&self->bars, lane);
  GskRenderNode *node = g_ptr_array_index (self->lanes, lane);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (self->plot_x, top + LANE_GAP / 2));
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (-1, -4, self->scale.width + 2, self->pitch));
  if (node != NULL)
    gtk_snapshot_append_node (snapshot, node);
  if (n_ended < bars->len)
    append_bars (self, snapshot, lane, n_ended, bars->len);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
}

static void
append_lanes (BobbinTimelinePicture *self, GtkSnapshot *snapshot)
{
  for (guint i = 0; i < self->bars.lanes->len; i++)
    {
      const double top = self->lanes_top + self->pitch * i;
      g_autofree char *label
          = self->narrow ? g_strdup_printf ("%u", i + 1) : bobbin_timeline_words_for_worker (i);

      append_label (self, snapshot, label, top + self->pitch / 2);
      append_line (snapshot, &self->look.grid, self->plot_x, top + self->pitch, self->scale.width, 1);
      append_lane (self, snapshot, i);
    }
}

/* The moment at which all was over. */
static void
append_end (BobbinTimelinePicture *self, GtkSnapshot *snapshot)
{
  const BobbinRun *run = bobbin_timeline_source_get_run (self->source);
  const double x = bobbin_timeline_scale_to_x (&self->scale, self->scale.elapsed);
  const double tops[] = { self->chart_top, self->lanes_top };
  const double bottoms[] = { self->chart_bottom, self->lanes_bottom };

  if (run->start == 0 || bobbin_run_is_running (run) || x < 0 || x > self->scale.width)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (tops); i++)
    {
      const graphene_rect_t bounds
          = GRAPHENE_RECT_INIT (self->plot_x + round (x), tops[i], 1.5f, bottoms[i] - tops[i]);
      const graphene_rect_t cell = GRAPHENE_RECT_INIT (bounds.origin.x, tops[i], 1.5f, 6);

      gtk_snapshot_push_repeat (snapshot, &bounds, &cell);
      append_line (snapshot, &self->look.edge, bounds.origin.x, tops[i], 1.5f, 4);
      gtk_snapshot_pop (snapshot);
    }
}

/**
 * bobbin_timeline_picture_get_bounds:
 * @self: a picture
 * @place: where a bar is
 *
 * Returns: where it is drawn, all of its tries together
 */
graphene_rect_t
bobbin_timeline_picture_get_bounds (const BobbinTimelinePicture *self, BobbinTimelinePlace place)
{
  const BobbinTimelineBar *first = bobbin_timeline_bars_get (&self->bars, place);
  const BobbinTimelineBar *last = first + (bobbin_timeline_bars_get_last (&self->bars, place) - place.index);
  const double left = CLAMP (bobbin_timeline_scale_to_x (&self->scale, first->start), -4, self->scale.width);
  const double right
      = CLAMP (bobbin_timeline_scale_to_x (&self->scale, last->end), left + 2, self->scale.width + 4);

  return GRAPHENE_RECT_INIT (self->plot_x + left, self->lanes_top + self->pitch * place.lane + LANE_GAP / 2,
                             (right - left), self->pitch - LANE_GAP);
}

static void
append_outline (BobbinTimelinePicture *self, GtkSnapshot *snapshot, BobbinTimelinePlace place)
{
  graphene_rect_t bounds = bobbin_timeline_picture_get_bounds (self, place);
  GskRoundedRect outline;

  graphene_rect_inset (&bounds, -2, -2);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, 7);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 2, 2, 2, 2 },
                              (GdkRGBA[4]){ self->look.text, self->look.text, self->look.text,
                                            self->look.text });
}

/* What belongs to one download is outlined together. */
static void
append_outlines (BobbinTimelinePicture *self, GtkSnapshot *snapshot, const BobbinTimelinePlace *marked)
{
  const BobbinTimelineBar *bar = bobbin_timeline_bars_get (&self->bars, *marked);
  const gint64 end = self->scale.from + self->scale.span;

  gtk_snapshot_push_clip (snapshot,
                          &GRAPHENE_RECT_INIT (self->plot_x - 4, self->lanes_top, self->scale.width + 8,
                                               self->lanes_bottom - self->lanes_top));
  for (guint lane = 0; bar != NULL && lane < self->bars.lanes->len; lane++)
    {
      const GArray *bars = bobbin_timeline_bars_get_lane (&self->bars, lane);

      for (guint i = 0; i < bars->len;
           i = bobbin_timeline_bars_get_last (&self->bars, (BobbinTimelinePlace){ lane, i }) + 1)
        {
          const BobbinTimelineBar *other = &g_array_index (bars, BobbinTimelineBar, i);

          if (other->job == bar->job && other->end >= self->scale.from && other->start <= end)
            append_outline (self, snapshot, (BobbinTimelinePlace){ lane, i });
        }
    }
  gtk_snapshot_pop (snapshot);
}

/**
 * bobbin_timeline_picture_snapshot:
 * @self: a picture
 * @snapshot: where to draw
 * @marked: (nullable): where the bar is that is pointed at
 *
 * Draws it.
 */
void
bobbin_timeline_picture_snapshot (BobbinTimelinePicture *self,
                                  GtkSnapshot *snapshot,
                                  const BobbinTimelinePlace *marked)
{
  const double high = bobbin_timeline_texts_get_height (&self->texts, BOBBIN_TIMELINE_FONT_HEADING);

  ensure_drawn (self);
  append_heading (self, snapshot, _ ("Throughput"), high / 2);
  append_heading (self, snapshot, _ ("Workers"), self->heading);
  append_legend (self, snapshot);
  append_marks (self, snapshot);
  append_chart (self, snapshot);
  append_lanes (self, snapshot);
  append_end (self, snapshot);
  if (marked != NULL)
    append_outlines (self, snapshot, marked);
}

/**
 * bobbin_timeline_picture_find:
 * @self: a picture
 * @x: a place in it, in pixels
 * @y: the same
 * @place: (out): which bar that is
 *
 * Returns: whether there is a bar
 */
gboolean
bobbin_timeline_picture_find (const BobbinTimelinePicture *self,
                              double x,
                              double y,
                              BobbinTimelinePlace *place)
{
  const double in_plot = x - self->plot_x;
  const double in_lanes = y - self->lanes_top;
  const gint64 pixel = bobbin_timeline_scale_get_pixel (&self->scale);

  if (in_lanes < 0 || in_plot < -2 || in_plot > self->scale.width + 2)
    return FALSE;
  return bobbin_timeline_bars_find (&self->bars, (guint) (in_lanes / self->pitch),
                                    bobbin_timeline_scale_to_time (&self->scale, in_plot), 2 * pixel, place);
}
