/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-compare.h"

#include "bobbin-row-layout.h"
#include "bobbin-run-words.h"
#include "bobbin-timeline-picture.h"
#include "bobbin-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

/* Lengths are in pixels. */
#define BAR 10
#define ROW 22
#define GAP 14
#define VALUE_GAP 8
#define END_MARGIN 24
#define NARROW_MARGIN 12
#define TICK 2

/* More gaps would leave nothing of the bar. */
#define MAX_JOBS 120

struct _BobbinTimelineCompare
{
  GtkWidget parent_instance;

  BobbinFigures figures;
  guint at_once;
  GArray *jobs; /* of double: where one download ends and the next begins, as shares of all */
  guint changes;
  BobbinTimelineLook look;
  BobbinTimelineTexts texts;
};

G_DEFINE_FINAL_TYPE (BobbinTimelineCompare, bobbin_timeline_compare, GTK_TYPE_WIDGET)

static gboolean
is_narrow (BobbinTimelineCompare *self, int width)
{
  return width < BOBBIN_NARROW_BELOW;
}

static int
get_row_height (BobbinTimelineCompare *self, gboolean narrow)
{
  const int text = bobbin_timeline_texts_get_height (&self->texts, BOBBIN_TIMELINE_FONT_SMALL);

  return narrow ? text + BAR + 6 : MAX (ROW, text + 4);
}

static void
append_text (
    BobbinTimelineCompare *self, GtkSnapshot *snapshot, const char *text, float x, float y, float xalign)
{
  bobbin_timeline_texts_append (&self->texts, snapshot, BOBBIN_TIMELINE_FONT_SMALL, text, x, y, xalign,
                                &self->look.dim);
}

static void
append_pill (GtkSnapshot *snapshot, const graphene_rect_t *bounds, const GdkRGBA *colour)
{
  GskRoundedRect pill;

  gsk_rounded_rect_init_from_rect (&pill, bounds, BAR / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &pill);
  gtk_snapshot_append_color (snapshot, colour, bounds);
  gtk_snapshot_pop (snapshot);
}

/* A pill with gaps is one pill for each download, which only the outer ends round. */
static void
append_jobs (BobbinTimelineCompare *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  GskRoundedRect pill;
  double before = 0;

  gsk_rounded_rect_init_from_rect (&pill, bounds, BAR / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &pill);
  for (guint i = 0; i <= self->jobs->len; i++)
    {
      const double share = i < self->jobs->len ? g_array_index (self->jobs, double, i) : 1.0;
      const float left = bounds->origin.x + (float) before * bounds->size.width;
      const float right = bounds->origin.x + (float) share * bounds->size.width;
      const float gap = i < self->jobs->len ? TICK : 0;

      if (right - left > 2 * TICK || i == self->jobs->len)
        {
          gtk_snapshot_append_color (snapshot, &self->look.ghost,
                                     &GRAPHENE_RECT_INIT (left, bounds->origin.y, right - left - gap, BAR));
          before = share;
        }
    }
  gtk_snapshot_pop (snapshot);
}

static char *
words_for_time (BobbinTimelineCompare *self, gint64 time, guint row)
{
  return row == 0 && !self->figures.running ? bobbin_words_for_exact_duration (time)
                                            : bobbin_words_for_duration (time);
}

/* One row: what it is, a bar, and how long it took. */
static void
append_row (BobbinTimelineCompare *self, GtkSnapshot *snapshot, const char *label, gint64 time, guint row)
{
  const int width = gtk_widget_get_width (GTK_WIDGET (self));
  const gboolean narrow = is_narrow (self, width);
  const gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  const float gutter
      = narrow ? NARROW_MARGIN : (float) bobbin_timeline_picture_get_gutter (&self->texts, FALSE);
  const float end_margin = narrow ? NARROW_MARGIN : END_MARGIN;
  const float x = rtl ? end_margin : gutter;
  const float room = (float) width - gutter - end_margin;
  const float middle = (float) get_row_height (self, narrow) * ((float) row + 0.5f);
  const float text = (float) bobbin_timeline_texts_get_height (&self->texts, BOBBIN_TIMELINE_FONT_SMALL) / 2;
  const float y = narrow ? floorf (middle + text - BAR / 2.0f) : floorf (middle - BAR / 2.0f);
  const float text_y = narrow ? middle - BAR / 2.0f : middle;
  const double longest = (double) MAX (MAX (self->figures.elapsed, self->figures.one_after_another), 1);
  g_autofree char *value = words_for_time (self, time, row);
  const float value_width
      = (float) bobbin_timeline_texts_get_width (&self->texts, BOBBIN_TIMELINE_FONT_SMALL, value);
  const float most = narrow ? room : room - MAX (value_width, 40) - VALUE_GAP;
  const float length = MAX ((float) ((double) time / longest) * most, BAR);
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, y, length, BAR);

  if (row == 0)
    append_pill (snapshot, &bounds, &self->look.receiving);
  else
    append_jobs (self, snapshot, &bounds);
  if (narrow)
    {
      append_text (self, snapshot, label, rtl ? x + room : x, text_y, rtl ? 1 : 0);
      append_text (self, snapshot, value, rtl ? x : x + room, text_y, rtl ? 0 : 1);
      return;
    }
  append_text (self, snapshot, label, rtl ? x + room + GAP : x - GAP, text_y, rtl ? 0 : 1);
  append_text (self, snapshot, value, x + length + VALUE_GAP, text_y, 0);
}

static void
bobbin_timeline_compare_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BobbinTimelineCompare *self = BOBBIN_TIMELINE_COMPARE (widget);
  g_autofree char *at_once = bobbin_run_words_for_at_once ((int) self->at_once);

  append_row (self, snapshot, at_once, self->figures.elapsed, 0);
  append_row (self, snapshot, _ ("One after another"), self->figures.one_after_another, 1);
}

static void
bobbin_timeline_compare_measure (GtkWidget *widget,
                                 GtkOrientation orientation,
                                 int for_size,
                                 int *minimum,
                                 int *natural,
                                 int *minimum_baseline,
                                 int *natural_baseline)
{
  BobbinTimelineCompare *self = BOBBIN_TIMELINE_COMPARE (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = 2 * get_row_height (self, for_size >= 0 && is_narrow (self, for_size));
}

static GtkSizeRequestMode
bobbin_timeline_compare_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
restyle (BobbinTimelineCompare *self)
{
  bobbin_timeline_look_read (&self->look, GTK_WIDGET (self));
  bobbin_timeline_texts_forget (&self->texts);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
bobbin_timeline_compare_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (bobbin_timeline_compare_parent_class)->css_changed (widget, change);
  restyle (BOBBIN_TIMELINE_COMPARE (widget));
}

static void
bobbin_timeline_compare_finalize (GObject *object)
{
  BobbinTimelineCompare *self = BOBBIN_TIMELINE_COMPARE (object);

  bobbin_timeline_texts_clear (&self->texts);
  g_array_unref (self->jobs);
  G_OBJECT_CLASS (bobbin_timeline_compare_parent_class)->finalize (object);
}

static void
bobbin_timeline_compare_class_init (BobbinTimelineCompareClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bobbin_timeline_compare_finalize;
  widget_class->css_changed = bobbin_timeline_compare_css_changed;
  widget_class->get_request_mode = bobbin_timeline_compare_get_request_mode;
  widget_class->measure = bobbin_timeline_compare_measure;
  widget_class->snapshot = bobbin_timeline_compare_snapshot;
  gtk_widget_class_set_css_name (widget_class, "compare");
  /* The line above says all of it. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
bobbin_timeline_compare_init (BobbinTimelineCompare *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->jobs = g_array_new (FALSE, FALSE, sizeof (double));
  self->at_once = 1;
  bobbin_timeline_texts_init (&self->texts, GTK_WIDGET (self));
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (restyle), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (restyle), self, G_CONNECT_SWAPPED);
}

/* One piece for each try. */
static void
read_jobs (BobbinTimelineCompare *self, const BobbinTimeline *timeline)
{
  gint64 sum = 0;

  g_array_set_size (self->jobs, 0);
  for (guint i = 0; i < timeline->spans->len; i++)
    {
      const BobbinSpan *span = &g_array_index (timeline->spans, BobbinSpan, i);
      double end;

      sum += span->end - span->start;
      end = (double) sum;
      g_array_append_val (self->jobs, end);
    }
  for (guint i = 0; i < self->jobs->len; i++)
    g_array_index (self->jobs, double, i) /= (double) MAX (sum, 1);
  if (self->jobs->len > 0)
    g_array_set_size (self->jobs, self->jobs->len - 1);
}

/**
 * bobbin_timeline_compare_show:
 * @self: bars
 * @source: what to show
 * @now: monotonic microseconds
 *
 * Main thread.
 */
void
bobbin_timeline_compare_show (BobbinTimelineCompare *self, const BobbinTimelineSource *source, gint64 now)
{
  const BobbinTimeline *timeline = bobbin_timeline_source_get_timeline (source);
  const BobbinRun *run = bobbin_timeline_source_get_run (source);
  BobbinFigures figures;

  bobbin_figures_read (&figures, run, now);
  if (self->changes != timeline->changes && timeline->spans->len <= MAX_JOBS)
    read_jobs (self, timeline);
  else if (timeline->spans->len > MAX_JOBS)
    g_array_set_size (self->jobs, 0);
  self->changes = timeline->changes;
  self->figures = figures;
  self->at_once = MAX (run->most_at_once, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
