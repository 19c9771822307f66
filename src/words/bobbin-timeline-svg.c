/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-svg.h"

#include "bobbin-axis.h"
#include "bobbin-words.h"

#include <glib/gi18n.h>

/* All lengths are in pixels of the picture. */
#define WIDTH 960
#define LEFT 136 /* of the time axis */
#define RIGHT 24
#define TOP 96
#define LANE 32
#define BAR 24
#define MAX_MARKS 9
#define LEAST_NAME 60 /* of a bar that a name is written into */
#define CHARACTER 6.2 /* of the font, on average */

/* More lanes than this make no picture. */
#define MAX_LANES 128

typedef struct
{
  GString *out;
  const BobbinTimeline *timeline;
  const BobbinRun *run;
  gint64 length; /* of the time axis, microseconds */
  double step;   /* between two marks, seconds */
} Drawing;

static const char style[]
    = "text{font-family:Cantarell,sans-serif;font-size:12px;fill:#3d3846}"
      ".title{font-size:18px;font-weight:bold}.dim{fill:#77767b}.right{text-anchor:end}"
      ".middle{text-anchor:middle}.grid{stroke:#deddda}.end{stroke:#1c71d8;stroke-dasharray:4 3}"
      ".wait{fill:#99c1f1;stroke:#1c71d8}.receive{fill:#1c71d8;stroke:#1c71d8}.name{fill:#fff}"
      ".retry{fill:#ff7800;stroke:#c64600}.fail{fill:#c01c28}.held{fill:#9a9996}.one{fill:#c0bfbc}";

static void add (Drawing *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Numbers are written as XML wants them, whatever the locale. */
static char *
number (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.2f", value));
}

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
place (const Drawing *self, gint64 time)
{
  return LEFT + (double) time / (double) self->length * (WIDTH - LEFT - RIGHT);
}

static void
add_rect (Drawing *self, const char *class, double x, double y, double width, double height)
{
  g_autofree char *at_x = number (x);
  g_autofree char *at_y = number (y);
  g_autofree char *wide = number (MAX (width, 0.5));
  g_autofree char *high = number (height);

  add (self, "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"3\"/>\n", class, at_x,
       at_y, wide, high);
}

static void
add_text (Drawing *self, const char *class, double x, double y, const char *text)
{
  g_autofree char *at_x = number (x);
  g_autofree char *at_y = number (y);
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  /* What XML cannot hold in any form. */
  for (char *c = valid; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  add (self, "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>\n", class, at_x, at_y, valid);
}

static void
add_line (Drawing *self, const char *class, double x1, double y1, double x2, double y2)
{
  g_autofree char *from_x = number (x1);
  g_autofree char *from_y = number (y1);
  g_autofree char *to_x = number (x2);
  g_autofree char *to_y = number (y2);

  add (self, "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n", class, from_x, from_y, to_x,
       to_y);
}

static guint
get_n_lanes (const Drawing *self)
{
  return MIN (self->timeline->n_lanes, MAX_LANES);
}

static double
get_bottom (const Drawing *self)
{
  return TOP + get_n_lanes (self) * LANE;
}

static void
draw_axis (Drawing *self)
{
  double seconds = (double) self->length / G_USEC_PER_SEC;

  for (guint i = 0; i * self->step <= seconds * 1.0001; i++)
    {
      double x = place (self, (gint64) (i * self->step * G_USEC_PER_SEC));
      g_autofree char *mark = bobbin_axis_words_for_time (i * self->step, self->step);

      add_line (self, "grid", x, TOP - 4, x, get_bottom (self));
      add_text (self, "dim middle", x, get_bottom (self) + 18, mark);
    }
}

static const char *
get_end_class (BobbinSpanEnd how)
{
  switch (how)
    {
    case BOBBIN_SPAN_RETRY:
      return "retry";
    case BOBBIN_SPAN_FAILED:
      return "fail";
    case BOBBIN_SPAN_HELD:
      return "held";
    case BOBBIN_SPAN_RUNNING:
    case BOBBIN_SPAN_DONE:
    default:
      return NULL;
    }
}

static void
draw_name (Drawing *self, const BobbinSpan *span, double from, double to, double y)
{
  g_autofree char *name = bobbin_span_dup_name (span);

  if (to - from >= LEAST_NAME && (double) g_utf8_strlen (name, -1) * CHARACTER + 12 < to - from)
    add_text (self, "name", from + 8, y + BAR - 8, name);
}

static void
draw_span (Drawing *self, const BobbinSpan *span)
{
  double y = TOP + span->lane * LANE + (LANE - BAR) / 2.0;
  gint64 received = span->head != 0 ? span->head : span->end;
  double from = place (self, span->start - self->timeline->start);
  double middle = place (self, received - self->timeline->start);
  double to = place (self, span->end - self->timeline->start);
  const char *end_class = get_end_class (span->how);

  add_rect (self, "wait", from, y, middle - from, BAR);
  if (span->head != 0)
    {
      add_rect (self, "receive", middle, y, to - middle, BAR);
      draw_name (self, span, middle, to, y);
    }
  if (end_class != NULL)
    add_rect (self, end_class, MAX (to - 4, from), y, 4, BAR);
}

static void
draw_lanes (Drawing *self)
{
  for (guint i = 0; i < get_n_lanes (self); i++)
    {
      /* Translators: the label of a row of the timeline */
      g_autofree char *label = g_strdup_printf (_ ("Worker %u"), i + 1);

      add_text (self, "dim right", LEFT - 12, TOP + i * LANE + LANE / 2.0 + 4, label);
    }
  for (guint i = 0; i < self->timeline->spans->len; i++)
    {
      const BobbinSpan *span = &g_array_index (self->timeline->spans, BobbinSpan, i);

      if (span->lane < MAX_LANES)
        draw_span (self, span);
    }
}

/* The two times to one scale. */
static void
draw_comparison (Drawing *self)
{
  gint64 elapsed = bobbin_run_get_elapsed (self->run, self->run->end);
  gint64 alone = bobbin_run_get_one_after_another (self->run, self->run->end);
  double scale = (WIDTH - LEFT - RIGHT - 80) / (double) MAX (MAX (elapsed, alone), 1);
  g_autofree char *elapsed_text = bobbin_words_for_duration (elapsed);
  g_autofree char *alone_text = bobbin_words_for_duration (alone);

  add_rect (self, "receive", LEFT, 42, (double) elapsed * scale, 10);
  add_text (self, "dim", LEFT + (double) elapsed * scale + 8, 51, elapsed_text);
  add_rect (self, "one", LEFT, 62, (double) alone * scale, 10);
  add_text (self, "dim", LEFT + (double) alone * scale + 8, 71, alone_text);
  add_text (self, "dim right", LEFT - 12, 51, _ ("At once"));
  add_text (self, "dim right", LEFT - 12, 71, _ ("One after another"));
}

static void
draw_title (Drawing *self)
{
  g_autofree char *duration
      = bobbin_words_for_exact_duration (bobbin_run_get_elapsed (self->run, self->run->end));
  double ratio = bobbin_run_get_ratio (self->run, self->run->end);
  /* Translators: %s is a time, as in "1.52 s" */
  g_autofree char *finished = g_strdup_printf (_ ("Finished in %s"), duration);
  /* Translators: how many times faster than one after another */
  g_autofree char *faster = g_strdup_printf (_ ("%.1f× faster"), ratio);
  g_autofree char *title = g_strconcat (finished, " · ", faster, NULL);

  add_text (self, "title", 24, 28, ratio >= BOBBIN_WORDS_LEAST_RATIO ? title : finished);
}

/**
 * bobbin_timeline_to_svg:
 * @timeline: what the workers did
 * @run: the run that it is of, which is over
 *
 * Draws one lane a worker and one bar a try: pale while it waits for the first
 * bytes, solid while it receives, with a cap where it failed or was stopped.
 * Names and numbers are in the person's language. Main thread.
 *
 * Returns: (transfer full): an SVG document
 */
char *
bobbin_timeline_to_svg (const BobbinTimeline *timeline, const BobbinRun *run)
{
  Drawing self = { .out = g_string_new (NULL), .timeline = timeline, .run = run };
  gint64 elapsed = MAX (bobbin_run_get_elapsed (run, run->end), 1000);

  self.step = bobbin_axis_find_step ((double) elapsed / G_USEC_PER_SEC, MAX_MARKS);
  self.length = bobbin_axis_round_up (elapsed, self.step);
  add (&self, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  add (&self, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n",
       WIDTH, (int) get_bottom (&self) + 32, WIDTH, (int) get_bottom (&self) + 32);
  add (&self, "<style>%s</style>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n", style);
  draw_title (&self);
  draw_comparison (&self);
  draw_axis (&self);
  draw_lanes (&self);
  add_line (&self, "end", place (&self, elapsed), TOP - 4, place (&self, elapsed), get_bottom (&self));
  g_string_append (self.out, "</svg>\n");
  return g_string_free (self.out, FALSE);
}

static const char *
get_how (BobbinSpanEnd how)
{
  static const char *const words[] = {
    [BOBBIN_SPAN_RUNNING] = "running", [BOBBIN_SPAN_DONE] = "done", [BOBBIN_SPAN_RETRY] = "retry",
    [BOBBIN_SPAN_FAILED] = "failed",   [BOBBIN_SPAN_HELD] = "held",
  };

  return words[how];
}

/* A sign that would make a formula of the name in a spreadsheet is kept from the beginning. */
static const char *
get_guard (const char *name)
{
  return *name != '\0' && strchr ("=+-@", *name) != NULL ? "'" : "";
}

/* RFC 4180: quotes are doubled. */
static char *
quote (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "\"", -1);
  g_autofree char *doubled = g_strjoinv ("\"\"", parts);

  return g_strconcat ("\"", get_guard (name), doubled, "\"", NULL);
}

/* A table of text has no quotes: what would end a cell is a space. */
static char *
flatten (const char *name)
{
  return g_strdelimit (g_strconcat (get_guard (name), name, NULL), "\t\r\n", ' ');
}

static void
add_times (GString *out, const BobbinTimeline *timeline, const BobbinSpan *span, char separator)
{
  const gint64 times[] = { span->start, span->head, span->end };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];
      double seconds = (double) (times[i] - timeline->start) / G_USEC_PER_SEC;

      g_string_append_c (out, separator);
      if (times[i] != 0)
        g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, "%.6f", seconds));
    }
}

static char *
make_table (const BobbinTimeline *timeline,
            char separator,
            const char *end,
            char *(*write_name) (const char *) )
{
  static const char *const columns[] = { "name", "worker", "start", "first_byte", "end", "bytes", "how" };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (out, "%s%c", columns[i], separator);
  g_string_truncate (out, out->len - 1);
  g_string_append (out, end);
  for (guint i = 0; i < timeline->spans->len; i++)
    {
      const BobbinSpan *span = &g_array_index (timeline->spans, BobbinSpan, i);
      g_autofree char *name = bobbin_span_dup_name (span);
      g_autofree char *cell = write_name (name);

      g_string_append_printf (out, "%s%c%u", cell, separator, span->lane + 1);
      add_times (out, timeline, span, separator);
      g_string_append_printf (out, "%c%" G_GOFFSET_FORMAT "%c%s%s", separator, span->bytes, separator,
                              get_how (span->how), end);
    }
  return g_string_free (out, FALSE);
}

/**
 * bobbin_timeline_to_csv:
 * @timeline: what the workers did
 *
 * Writes one line a try, with times in seconds since the run began, for
 * spreadsheets and scripts: names of columns and numbers are the same in all
 * languages. Main thread.
 *
 * Returns: (transfer full): a table as RFC 4180 has it
 */
char *
bobbin_timeline_to_csv (const BobbinTimeline *timeline)
{
  return make_table (timeline, ',', "\r\n", quote);
}

/**
 * bobbin_timeline_to_text:
 * @timeline: what the workers did
 *
 * As bobbin_timeline_to_csv(), to be pasted.
 *
 * Returns: (transfer full): a table with tabs between the cells
 */
char *
bobbin_timeline_to_text (const BobbinTimeline *timeline)
{
  return make_table (timeline, '\t', "\n", flatten);
}
