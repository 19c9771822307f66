/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-axis.h"

#include "bobbin-words.h"

#include <glib/gi18n.h>
#include <math.h>

/**
 * bobbin_axis_find_step:
 * @length: of an axis, in any unit
 * @max_marks: how many steps fit into it at most
 *
 * Any thread.
 *
 * Returns: 1, 2 or 5 times a power of ten
 */
double
bobbin_axis_find_step (double length, guint max_marks)
{
  const double least = MAX (length, 1e-9) / max_marks;
  const double step = pow (10.0, floor (log10 (least)));

  /* A length that is a whole number of steps is one in floating point, too. */
  if (least <= step * 1.000001)
    return step;
  if (least <= 2 * step * 1.000001)
    return 2 * step;
  return least <= 5 * step * 1.000001 ? 5 * step : 10 * step;
}

/**
 * bobbin_axis_round_up:
 * @time: microseconds
 * @step: seconds
 *
 * Any thread.
 *
 * Returns: the next whole number of steps, in microseconds
 */
gint64
bobbin_axis_round_up (gint64 time, double step)
{
  const double n_steps = ceil ((double) time / G_USEC_PER_SEC / step - 1e-6);

  return (gint64) llround (MAX (n_steps, 1.0) * step * G_USEC_PER_SEC);
}

/**
 * bobbin_axis_words_for_time:
 * @seconds: a mark on a time axis
 * @step: the distance to the next one, in seconds
 *
 * Returns: (transfer full): the mark with as many decimals as tell it from the
 *   next: "0.2 s", "14 s", "3 min 20 s"
 */
char *
bobbin_axis_words_for_time (double seconds, double step)
{
  const int decimals = step < 0.999 ? (int) ceil (-log10 (step) - 1e-6) : 0;

  if (decimals == 0)
    return bobbin_words_for_whole_seconds (llround (seconds));
  if (seconds < step / 2)
    return bobbin_words_for_whole_seconds (0);
  /* Translators: a time on an axis, in seconds; keep the no-break space before the unit */
  return g_strdup_printf (_ ("%.*f\302\240s"), decimals, seconds);
}

/**
 * bobbin_axis_words_for_rate:
 * @bytes_per_second: 0 or a mark of a step that bobbin_axis_find_step() gave
 *
 * Returns: (transfer full): "20 MB/s", without decimals, as the steps have none
 */
char *
bobbin_axis_words_for_rate (double bytes_per_second)
{
  if (bytes_per_second < 0.5)
    return g_strdup ("0");
  if (bytes_per_second < 999.5)
    /* Translators: a round rate on an axis; keep the no-break space before the unit */
    return g_strdup_printf (_ ("%.0f\302\240B/s"), bytes_per_second);
  if (bytes_per_second < 999.5e3)
    /* Translators: a round rate on an axis; keep the no-break space before the unit */
    return g_strdup_printf (_ ("%.0f\302\240kB/s"), bytes_per_second / 1e3);
  if (bytes_per_second < 999.5e6)
    /* Translators: a round rate on an axis; keep the no-break space before the unit */
    return g_strdup_printf (_ ("%.0f\302\240MB/s"), bytes_per_second / 1e6);
  /* Translators: a round rate on an axis; keep the no-break space before the unit */
  return g_strdup_printf (_ ("%.0f\302\240GB/s"), bytes_per_second / 1e9);
}
