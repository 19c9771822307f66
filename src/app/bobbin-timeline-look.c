/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-look.h"

#include <adwaita.h>
#include <math.h>

#define RADIUS 5.0f
#define SWATCH_RADIUS 4.0f

/* Stripes so wide, and one in so many pixels, across. */
#define STRIPE 2.0f
#define STRIPES 7.0f

/* Dots of the pale phase in high contrast. */
#define DOT 2.0f
#define DOTS 5.0f

#define RETRY_TAIL 6.0f
#define FAILED_CAP 4.0f
#define CROSS 7.0f
#define CROSS_CAP 15.0f /* room for a cross */
#define PART_STRIPE 2.0f

static GdkRGBA
look_up (GtkWidget *widget, const char *name, float alpha)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA colour;

  if (name == NULL || !gtk_style_context_lookup_color (context, name, &colour))
    gtk_style_context_get_color (context, &colour);
  colour.alpha *= alpha;
  return colour;
}

/**
 * bobbin_timeline_look_read:
 * @self: (out): the look
 * @widget: whose style counts
 *
 * Reads the colours for light or dark, and high contrast. Main thread.
 */
void
bobbin_timeline_look_read (BobbinTimelineLook *self, GtkWidget *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  const gboolean dark = adw_style_manager_get_dark (manager);
  const gboolean contrast = adw_style_manager_get_high_contrast (manager);

  *self = (BobbinTimelineLook){
    .text = look_up (widget, NULL, 1.0f),
    .dim = look_up (widget, NULL, contrast ? 1.0f : 0.72f),
    .grid = look_up (widget, NULL, contrast ? 0.4f : 0.09f),
    .waiting = look_up (widget, dark ? "blue_5" : "blue_1", dark ? 0.62f : 1.0f),
    .receiving = look_up (widget, "blue_4", 1.0f),
    .edge = look_up (widget, dark ? "blue_2" : "blue_4", 1.0f),
    .stripe = look_up (widget, dark ? "orange_2" : "orange_5", 1.0f),
    .between = look_up (widget, dark ? "orange_2" : "orange_5", 0.16f),
    .failed = look_up (widget, "error_color", 1.0f),
    .ghost = look_up (widget, NULL, contrast ? 0.5f : 0.24f),
    .curve = look_up (widget, "blue_3", 1.0f),
    .area = look_up (widget, "blue_3", 0.2f),
    .dotted = contrast,
  };
}

static void
append_stripes (const BobbinTimelineLook *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  const float step = STRIPES * (float) M_SQRT1_2;
  const graphene_point_t start = bounds->origin;
  const graphene_point_t end = GRAPHENE_POINT_INIT (start.x + step, start.y + step);
  const GskColorStop stops[] = {
    { 0.0f, self->stripe },
    { STRIPE / STRIPES, self->stripe },
    { STRIPE / STRIPES, self->between },
    { 1.0f, self->between },
  };

  gtk_snapshot_append_repeating_linear_gradient (snapshot, bounds, &start, &end, stops, G_N_ELEMENTS (stops));
}

static void
append_dots (const BobbinTimelineLook *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  const graphene_rect_t cell = GRAPHENE_RECT_INIT (bounds->origin.x, bounds->origin.y, DOTS, DOTS);
  const graphene_rect_t dot = GRAPHENE_RECT_INIT (bounds->origin.x + 1, bounds->origin.y + 1, DOT, DOT);

  gtk_snapshot_push_repeat (snapshot, bounds, &cell);
  gtk_snapshot_append_color (snapshot, &self->receiving, &dot);
  gtk_snapshot_pop (snapshot);
}

/**
 * bobbin_timeline_look_append_phase:
 * @self: a look
 * @snapshot: where to draw
 * @phase: what to draw
 * @bounds: where that is
 *
 * Fills a part of a bar.
 */
void
bobbin_timeline_look_append_phase (const BobbinTimelineLook *self,
                                   GtkSnapshot *snapshot,
                                   BobbinPhase phase,
                                   const graphene_rect_t *bounds)
{
  if (bounds->size.width <= 0)
    return;
  switch (phase)
    {
    case BOBBIN_PHASE_RECEIVING:
      gtk_snapshot_append_color (snapshot, &self->receiving, bounds);
      break;
    case BOBBIN_PHASE_RETRY:
      append_stripes (self, snapshot, bounds);
      break;
    case BOBBIN_PHASE_FAILED:
      gtk_snapshot_append_color (snapshot, &self->failed, bounds);
      break;
    case BOBBIN_PHASE_WAITING:
    default:
      gtk_snapshot_append_color (snapshot, &self->waiting, bounds);
      if (self->dotted)
        append_dots (self, snapshot, bounds);
    }
}

static void
append_edge (GtkSnapshot *snapshot, const GskRoundedRect *outline, const GdkRGBA *colour)
{
  gtk_snapshot_append_border (snapshot, outline, (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ *colour, *colour, *colour, *colour });
}

/**
 * bobbin_timeline_look_append_swatch:
 * @self: a look
 * @snapshot: where to draw
 * @phase: what it stands for
 * @bounds: where that is
 *
 * Draws a sample for a legend.
 */
void
bobbin_timeline_look_append_swatch (const BobbinTimelineLook *self,
                                    GtkSnapshot *snapshot,
                                    BobbinPhase phase,
                                    const graphene_rect_t *bounds)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, bounds, SWATCH_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  bobbin_timeline_look_append_phase (self, snapshot, phase, bounds);
  gtk_snapshot_pop (snapshot);
  append_edge (snapshot, &outline,
               phase == BOBBIN_PHASE_RETRY    ? &self->stripe
               : phase == BOBBIN_PHASE_FAILED ? &self->failed
                                              : &self->edge);
}

static void
append_cross (GtkSnapshot *snapshot, float x, float y)
{
  const GdkRGBA white = { 1, 1, 1, 1 };

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_rotate (snapshot, 45);
  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (-CROSS / 2, -0.8f, CROSS, 1.6f));
  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (-0.8f, -CROSS / 2, 1.6f, CROSS));
  gtk_snapshot_restore (snapshot);
}

/* No state by colour alone: where there is room, the cap has a cross. */
static void
append_cap (const BobbinTimelineLook *self, GtkSnapshot *snapshot, float left, float right, float height)
{
  const float room = right - left;
  const float cap = room >= 2 * CROSS_CAP ? CROSS_CAP : MIN (FAILED_CAP, room);

  bobbin_timeline_look_append_phase (self, snapshot, BOBBIN_PHASE_FAILED,
                                     &GRAPHENE_RECT_INIT (right - cap, 0, cap, height));
  if (cap > FAILED_CAP)
    append_cross (snapshot, right - cap / 2, height / 2);
}

/* One try, as far as it goes in the bar from @left to @right. */
static void
append_try (const BobbinTimelineLook *self,
            GtkSnapshot *snapshot,
            const BobbinTimelineBar *bar,
            const BobbinTimelineScale *scale,
            float right,
            float height)
{
  const float from = (float) bobbin_timeline_scale_to_x (scale, bar->start);
  const float head = (float) bobbin_timeline_scale_to_x (scale, bar->head);
  const float end = MIN ((float) bobbin_timeline_scale_to_x (scale, bar->end), right);
  const float next = bar->joined ? (float) bobbin_timeline_scale_to_x (scale, bar[1].start) : right;
  const float tail = MIN (RETRY_TAIL, (end - from) / 2);

  bobbin_timeline_look_append_phase (self, snapshot, BOBBIN_PHASE_WAITING,
                                     &GRAPHENE_RECT_INIT (from, 0, head - from, height));
  bobbin_timeline_look_append_phase (self, snapshot, BOBBIN_PHASE_RECEIVING,
                                     &GRAPHENE_RECT_INIT (head, 0, end - head, height));
  if (bar->part)
    gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 1, 1, 1, 0.45f },
                               &GRAPHENE_RECT_INIT (from, height - 2 * PART_STRIPE, end - from, PART_STRIPE));
  if (bar->joined)
    bobbin_timeline_look_append_phase (self, snapshot, BOBBIN_PHASE_RETRY,
                                       &GRAPHENE_RECT_INIT (end, 0, next - end, height));
  else if (bar->how == BOBBIN_SPAN_RETRY)
    bobbin_timeline_look_append_phase (self, snapshot, BOBBIN_PHASE_RETRY,
                                       &GRAPHENE_RECT_INIT (end - tail, 0, tail, height));
  else if (bar->how == BOBBIN_SPAN_FAILED)
    append_cap (self, snapshot, from, end, height);
}

/**
 * bobbin_timeline_look_append_block:
 * @self: a look
 * @snapshot: where to draw; its origin is the start of the axis, and the upper
 *   edge of the bar
 * @lane: (element-type BobbinTimelineBar): the bars
 * @block: what of them to draw
 * @scale: what is in sight
 * @height: of the bar
 *
 * Draws a block.
 */
void
bobbin_timeline_look_append_block (const BobbinTimelineLook *self,
                                   GtkSnapshot *snapshot,
                                   const GArray *lane,
                                   const BobbinTimelineBlock *block,
                                   const BobbinTimelineScale *scale,
                                   float height)
{
  const BobbinTimelineBar *bars = &g_array_index (lane, BobbinTimelineBar, 0);
  /* Far out of sight nothing needs to be exact, and large numbers are not. */
  const float left = (float) MAX (block->left, -100.0) + 1;
  const float right = (float) MAX (MIN (block->right, scale->width + 100.0), block->left + 2) - 1;
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (left, 0, MAX (right - left, 1), height);
  GskRoundedRect outline;

  if (block->merged)
    {
      gtk_snapshot_append_color (snapshot, &self->receiving, &bounds);
      if (block->failed)
        gtk_snapshot_append_color (snapshot, &self->failed,
                                   &GRAPHENE_RECT_INIT (left, height - FAILED_CAP, bounds.size.width,
                                                        FAILED_CAP));
      return;
    }
  gsk_rounded_rect_init_from_rect (&outline, &bounds, MIN (RADIUS, bounds.size.width / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  for (guint i = block->first; i <= block->last; i++)
    append_try (self, snapshot, &bars[i], scale, right, height);
  gtk_snapshot_pop (snapshot);
  append_edge (snapshot, &outline, &self->edge);
}
