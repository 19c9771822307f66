/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-words.h"

#include "bobbin-run-words.h"
#include "bobbin-words.h"

#include <glib/gi18n.h>

static void
line_clear (gpointer data)
{
  BobbinTimelineLine *line = data;

  g_free (line->text);
  g_free (line->time);
}

/**
 * bobbin_timeline_words_for_phase:
 * @phase: a phase
 *
 * Returns: (transfer none): "Receiving"
 */
const char *
bobbin_timeline_words_for_phase (BobbinPhase phase)
{
  switch (phase)
    {
    case BOBBIN_PHASE_RECEIVING:
      return _ ("Receiving");
    case BOBBIN_PHASE_RETRY:
      return _ ("Waiting to retry");
    case BOBBIN_PHASE_FAILED:
      return _ ("Failed");
    case BOBBIN_PHASE_WAITING:
    default:
      return _ ("Waiting for first byte");
    }
}

/**
 * bobbin_timeline_words_for_worker:
 * @lane: the worker, from 0
 *
 * Returns: (transfer full): "Worker 1"
 */
char *
bobbin_timeline_words_for_worker (guint lane)
{
  /* Translators: the label of a row of the timeline */
  return g_strdup_printf (_ ("Worker %u"), lane + 1);
}

static void
add_line (BobbinTimelineTale *self, BobbinPhase phase, char *text, gint64 time)
{
  BobbinTimelineLine line = { phase, text, time >= 0 ? bobbin_words_for_exact_duration (time) : NULL };

  g_array_append_val (self->lines, line);
}

static const BobbinSpan *
get_span (const BobbinTimelineSource *source, const GArray *running, guint number)
{
  const GArray *spans = bobbin_timeline_source_get_timeline (source)->spans;

  return number < spans->len ? &g_array_index (spans, BobbinSpan, number)
                             : &g_array_index (running, BobbinSpan, number - spans->len);
}

/* Returns: how long until the next try at the same download began, -1 if none has */
static gint64
find_wait (const BobbinTimelineSource *source, const GArray *running, const BobbinSpan *span, guint number)
{
  const guint n_spans = bobbin_timeline_source_get_timeline (source)->spans->len + running->len;

  for (guint i = number + 1; i < n_spans; i++)
    {
      const BobbinSpan *next = get_span (source, running, i);

      if (next->job == span->job && next->start >= span->end)
        return next->start - span->end;
    }
  return -1;
}

static char *
words_for_retry (const GError *error)
{
  g_autofree char *why = error != NULL ? bobbin_words_for_error (error) : NULL;

  if (why == NULL)
    return g_strdup (bobbin_timeline_words_for_phase (BOBBIN_PHASE_RETRY));
  /* Translators: %s says why, "The server is busy (503)" */
  return g_strdup_printf (_ ("%s, waiting to retry"), why);
}

static void
add_try (BobbinTimelineTale *self,
         const BobbinTimelineBar *bar,
         const BobbinTimelineSource *source,
         const GArray *running)
{
  const BobbinSpan *span = get_span (source, running, bar->span);
  g_autofree char *why = span->error != NULL ? bobbin_words_for_error (span->error) : NULL;

  add_line (self, BOBBIN_PHASE_WAITING, g_strdup (bobbin_timeline_words_for_phase (BOBBIN_PHASE_WAITING)),
            bar->head - bar->start);
  if (span->head != 0)
    add_line (self, BOBBIN_PHASE_RECEIVING,
              g_strdup (bobbin_timeline_words_for_phase (BOBBIN_PHASE_RECEIVING)), bar->end - bar->head);
  if (bar->how == BOBBIN_SPAN_RETRY)
    add_line (self, BOBBIN_PHASE_RETRY, words_for_retry (span->error),
              find_wait (source, running, span, bar->span));
  else if (bar->how == BOBBIN_SPAN_FAILED)
    add_line (self, BOBBIN_PHASE_FAILED,
              why != NULL ? g_steal_pointer (&why)
                          : g_strdup (bobbin_timeline_words_for_phase (BOBBIN_PHASE_FAILED)),
              -1);
}

/* Parts of one file at one time are one try. */
static guint
count_tries (const BobbinTimelineSource *source, const GArray *running, guint64 job, guint *n_parts)
{
  const guint n_spans = bobbin_timeline_source_get_timeline (source)->spans->len + running->len;
  gint64 end = 0;
  guint n_tries = 0;

  *n_parts = 0;
  for (guint i = 0; i < n_spans; i++)
    {
      const BobbinSpan *span = get_span (source, running, i);

      if (span->job != job)
        continue;
      *n_parts += span->part;
      n_tries += n_tries == 0 || span->start >= end;
      end = MAX (end, span->end != 0 ? span->end : G_MAXINT64);
    }
  return n_tries;
}

static char *
make_subtitle (const BobbinTimelineBar *bar,
               gint64 time,
               goffset bytes,
               guint lane,
               const BobbinTimelineSource *source,
               const GArray *running)
{
  guint n_parts;
  const guint n_tries = count_tries (source, running, bar->job, &n_parts);
  g_autofree char *size = g_format_size ((guint64) MAX (bytes, 0));
  g_autofree char *span = bobbin_words_for_exact_duration (time);
  g_autofree char *amount = NULL;
  g_autofree char *worker = NULL;
  g_autofree char *tries = NULL;
  g_autofree char *parts = n_parts > 1 ? bobbin_words_for_parts (n_parts) : NULL;

  /* Translators: so many bytes in so much time, "1.0 MB in 0.72 s" */
  amount = g_strdup_printf (_ ("%s in %s"), size, span);
  /* Translators: one of those that download at once, in the middle of a line */
  worker = g_strdup_printf (_ ("worker %u"), lane + 1);
  tries = g_strdup_printf (ngettext ("%u try", "%u tries", n_tries), n_tries);
  return g_strjoin (" · ", amount, worker, parts != NULL ? parts : tries,
                    parts != NULL && n_tries > 1 ? tries : NULL, NULL);
}

/**
 * bobbin_timeline_tale_new:
 * @bars: the bars of @source
 * @place: where one of them is
 * @source: what is shown
 * @running: (element-type BobbinSpan): what the workers are doing
 *
 * Returns: (transfer full): what there is to say about the bar
 */
BobbinTimelineTale *
bobbin_timeline_tale_new (const BobbinTimelineBars *bars,
                          BobbinTimelinePlace place,
                          const BobbinTimelineSource *source,
                          const GArray *running)
{
  BobbinTimelineTale *self = g_new0 (BobbinTimelineTale, 1);
  const BobbinTimelineBar *first = bobbin_timeline_bars_get (bars, place);
  const guint last = bobbin_timeline_bars_get_last (bars, place);
  const gint64 end = first[last - place.index].end;
  goffset bytes = 0;

  self->lines = g_array_new (FALSE, FALSE, sizeof (BobbinTimelineLine));
  g_array_set_clear_func (self->lines, line_clear);
  self->title = bobbin_span_dup_name (get_span (source, running, first->span));
  for (guint i = 0; i <= last - place.index; i++)
    {
      bytes += get_span (source, running, first[i].span)->bytes;
      add_try (self, &first[i], source, running);
    }
  self->subtitle = make_subtitle (first, end - first->start, bytes, place.lane, source, running);
  return self;
}

/**
 * bobbin_timeline_tale_free:
 * @self: (transfer full): a tale
 */
void
bobbin_timeline_tale_free (BobbinTimelineTale *self)
{
  g_array_unref (self->lines);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self);
}

/**
 * bobbin_timeline_tale_join:
 * @self: a tale
 *
 * Returns: (transfer full): all of it in one line
 */
char *
bobbin_timeline_tale_join (const BobbinTimelineTale *self)
{
  g_autoptr (GString) text = g_string_new (self->title);

  g_string_append_printf (text, ", %s", self->subtitle);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const BobbinTimelineLine *line = &g_array_index (self->lines, BobbinTimelineLine, i);

      g_string_append_printf (text, line->time != NULL ? ", %s %s" : ", %s", line->text, line->time);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Returns: (nullable): %NULL if all is in sight */
static char *
words_for_sight (const BobbinTimelineScale *scale)
{
  g_autofree char *from = bobbin_words_for_exact_duration (scale->from);
  g_autofree char *to = bobbin_words_for_exact_duration (scale->from + scale->span);

  if (!bobbin_timeline_scale_is_zoomed (scale))
    return NULL;
  /* Translators: what part of a time axis is in sight, "shown from 0.20 s to 0.60 s" */
  return g_strdup_printf (_ ("shown from %s to %s"), from, to);
}

/**
 * bobbin_timeline_words_for_all:
 * @source: what is shown
 * @scale: what of it is in sight
 * @now: monotonic microseconds
 *
 * Returns: (transfer full): the result in one sentence, for those who do not
 *   see the picture
 */
char *
bobbin_timeline_words_for_all (const BobbinTimelineSource *source,
                               const BobbinTimelineScale *scale,
                               gint64 now)
{
  const BobbinRun *run = bobbin_timeline_source_get_run (source);
  const guint n_lanes = bobbin_timeline_source_get_timeline (source)->n_lanes;
  const guint n_downloads = run->finished + run->failed;
  g_auto (BobbinPhrase) phrase = { 0 };
  g_autofree char *downloads = NULL;
  g_autofree char *workers = NULL;
  g_autofree char *figures_text = NULL;
  g_autofree char *sight = words_for_sight (scale);
  g_autofree char *all = NULL;
  BobbinFigures figures;

  bobbin_figures_read (&figures, run, now);
  if (!figures.started)
    return g_strdup (_ ("Nothing has been downloaded yet"));
  downloads = g_strdup_printf (ngettext ("%u download", "%u downloads", n_downloads), n_downloads);
  workers = g_strdup_printf (ngettext ("%u worker", "%u workers", n_lanes), n_lanes);
  bobbin_run_words_for_timeline (&figures, &phrase);
  phrase.separator = ", ";
  figures_text = bobbin_phrase_join (&phrase, BOBBIN_RANK_LAST);
  /* Translators: the description of a picture: "20 downloads on 8 workers", then the result */
  all = g_strdup_printf (_ ("%s on %s: %s"), downloads, workers, figures_text);
  return g_strjoin (", ", all, sight, NULL);
}
