/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-run-words.h"

#include "bobbin-words.h"

#include <errno.h>
#include <glib/gi18n.h>

/**
 * bobbin_figures_read:
 * @self: (out): the figures
 * @run: a run
 * @now: the monotonic time, in microseconds
 *
 * The comparison is an estimate, and worth its name only when something ran
 * beside something else; the ratio waits for the second finished download.
 */
void
bobbin_figures_read (BobbinFigures *self, const BobbinRun *run, gint64 now)
{
  *self = (BobbinFigures){
    .started = run->start != 0,
    .running = bobbin_run_is_running (run),
    .compares = run->start != 0 && run->most_at_once > 1,
    .measured = run->measured != 0,
  };
  if (!self->started)
    return;
  self->elapsed = bobbin_run_get_elapsed (run, now);
  self->one_after_another = bobbin_run_get_one_after_another (run, now);
  self->ratio = bobbin_run_get_ratio (run, now);
  if (self->ratio < BOBBIN_WORDS_LEAST_RATIO)
    self->ratio = 0.0;
  self->only_failed = run->finished == 0 ? run->failed : 0;
  /* In the end there has to be something to tell. */
  self->compares &= self->running || self->ratio > 0.0 || self->measured;
}

/**
 * bobbin_run_words_for_ratio:
 * @ratio: how many times faster
 *
 * Returns: (transfer full): "6.7× faster"
 */
char *
bobbin_run_words_for_ratio (double ratio)
{
  /* Translators: how many times faster than one after another, "6.7× faster" */
  return g_strdup_printf (_ ("%.1f× faster"), ratio);
}

static void
add_comparison (const BobbinFigures *figures, BobbinPhrase *phrase)
{
  g_autofree char *other = bobbin_words_for_duration (figures->one_after_another);

  if (!figures->compares)
    return;
  if (figures->measured)
    /* Translators: how long it has really taken, measured */
    bobbin_phrase_take (phrase, g_strdup_printf (_ ("one after another %s"), other), BOBBIN_RANK_RATE);
  else
    /* Translators: how long it would have taken, an estimate */
    bobbin_phrase_take (phrase, g_strdup_printf (_ ("one after another about %s"), other), BOBBIN_RANK_RATE);
  if (figures->ratio > 0)
    bobbin_phrase_take (phrase, bobbin_run_words_for_ratio (figures->ratio), BOBBIN_RANK_HOST)->tone
        = BOBBIN_TONE_ACCENT;
}

/**
 * bobbin_run_words_for_end:
 * @figures: the figures of a run that has ended
 * @phrase: (inout): an empty phrase
 *
 * "Finished in 1.52 s · one after another about 10.1 s · 6.7× faster", or that
 * all failed
 */
void
bobbin_run_words_for_end (const BobbinFigures *figures, BobbinPhrase *phrase)
{
  g_autofree char *elapsed = bobbin_words_for_exact_duration (figures->elapsed);

  if (figures->only_failed > 0)
    {
      bobbin_phrase_take (phrase,
                          g_strdup_printf (ngettext ("The download failed", "All %'u downloads failed",
                                                     figures->only_failed),
                                           figures->only_failed),
                          BOBBIN_RANK_KEEP)
          ->tone
          = BOBBIN_TONE_STRONG;
      return;
    }
  /* Translators: how long the whole run took */
  bobbin_phrase_take (phrase, g_strdup_printf (_ ("Finished in %s"), elapsed), BOBBIN_RANK_KEEP)->tone
      = BOBBIN_TONE_STRONG;
  add_comparison (figures, phrase);
}

/**
 * bobbin_run_words_for_timeline:
 * @figures: the figures of a run
 * @phrase: (inout): an empty phrase
 *
 * As bobbin_run_words_for_end(), or while it runs "Elapsed 0.8 s" and so on.
 */
void
bobbin_run_words_for_timeline (const BobbinFigures *figures, BobbinPhrase *phrase)
{
  g_autofree char *elapsed = bobbin_words_for_duration (figures->elapsed);

  if (!figures->running)
    {
      bobbin_run_words_for_end (figures, phrase);
      return;
    }
  /* Translators: how long the run takes so far */
  bobbin_phrase_take (phrase, g_strdup_printf (_ ("Elapsed %s"), elapsed), BOBBIN_RANK_KEEP)->tone
      = BOBBIN_TONE_STRONG;
  add_comparison (figures, phrase);
}

/**
 * bobbin_run_words_for_gain:
 * @figures: the figures of a run
 * @phrase: (inout): an empty phrase
 *
 * "6.7× faster than one after another", the first words strong; nothing while
 * there is no ratio.
 */
void
bobbin_run_words_for_gain (const BobbinFigures *figures, BobbinPhrase *phrase)
{
  /* Translators: %s is "6.7× faster" */
  const char *format = _ ("%s than one after another");
  g_auto (GStrv) around = g_strsplit (format, "%s", 2);

  if (figures->ratio <= 0 || g_strv_length (around) != 2)
    return;
  phrase->separator = "";
  bobbin_phrase_take (phrase, g_strdup (around[0]), BOBBIN_RANK_KEEP);
  bobbin_phrase_take (phrase, bobbin_run_words_for_ratio (figures->ratio), BOBBIN_RANK_KEEP)->tone
      = BOBBIN_TONE_STRONG;
  bobbin_phrase_take (phrase, g_strdup (around[1]), BOBBIN_RANK_KEEP);
}

/**
 * bobbin_run_words_for_rate:
 * @queue: a queue
 * @figures: the figures of its run
 *
 * Returns: (transfer full): the rate of all downloads now or, after the run,
 *   what it received and how fast on average
 */
char *
bobbin_run_words_for_rate (BobbinQueue *queue, const BobbinFigures *figures)
{
  const BobbinRun *run = bobbin_queue_get_run (queue);
  g_autofree char *size = NULL;
  g_autofree char *rate = NULL;

  if (figures->running)
    return bobbin_words_for_rate (bobbin_queue_get_rate (queue));
  if (!figures->started || figures->elapsed <= 0 || run->bytes <= 0)
    return g_strdup ("");
  size = g_format_size ((guint64) run->bytes);
  rate = bobbin_words_for_rate (bobbin_queue_get_rate (queue));
  /* Translators: bytes received in a run and how fast, "25.7 MB · 17.0 MB/s on average" */
  return g_strdup_printf (_ ("%s · %s on average"), size, rate);
}

/**
 * bobbin_run_words_for_at_once:
 * @at_once: how many downloads run at once
 *
 * Returns: (transfer full): "8 at once", or "one after another"
 */
char *
bobbin_run_words_for_at_once (int at_once)
{
  if (at_once == 1)
    return g_strdup (_ ("one after another"));
  /* Translators: how many downloads run at once */
  return g_strdup_printf (ngettext ("%d at once", "%d at once", (gulong) at_once), at_once);
}

/**
 * bobbin_run_words_read_at_once:
 * @text: what a person wrote
 *
 * Reads a number with or without words around it, and the words for one.
 *
 * Returns: how many at once, or 0 if @text does not tell
 */
int
bobbin_run_words_read_at_once (const char *text)
{
  g_autofree char *one = g_utf8_casefold (_ ("one after another"), -1);
  g_autofree char *folded = g_utf8_casefold (text, -1);
  gint64 number;

  if (g_str_equal (g_strstrip (folded), one))
    return 1;
  text += strcspn (text, "0123456789");
  number = g_ascii_strtoll (text, NULL, 10);
  return (int) CLAMP (number, 0, G_MAXINT);
}
