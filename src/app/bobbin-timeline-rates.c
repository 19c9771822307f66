/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-rates.h"

#include "bobbin-axis.h"

#include <math.h>

/* Nothing slower is worth a scale of its own, in bytes a second. */
#define LEAST_STEP 500.0

#define MAX_STEPS 3

/**
 * bobbin_timeline_rates_read:
 * @timeline: what the workers did
 * @elapsed: how long the run took, microseconds; 0 while it goes on
 * @points: (element-type BobbinTimelinePoint): where to add the points
 *
 * Each interval gives the point in its middle. A run begins and ends at rest.
 *
 * Returns: the highest rate
 */
double
bobbin_timeline_rates_read (const BobbinTimeline *timeline, gint64 elapsed, GArray *points)
{
  BobbinTimelinePoint point = { 0, 0 };
  gint64 before = 0;
  double most = 0;

  g_array_append_val (points, point);
  for (guint i = 0; i < timeline->rates->len; i++)
    {
      const gint64 count = g_array_index (timeline->rates, gint64, i);

      point.time = ((double) i + 0.5) * (double) timeline->interval;
      point.rate = (double) MAX (count - before, 0) * G_USEC_PER_SEC / (double) timeline->interval;
      before = count;
      most = MAX (most, point.rate);
      if (elapsed != 0 && point.time >= (double) elapsed)
        break;
      g_array_append_val (points, point);
    }
  if (elapsed != 0)
    {
      point = (BobbinTimelinePoint){ (double) elapsed, 0 };
      g_array_append_val (points, point);
    }
  return most;
}

/**
 * bobbin_timeline_rates_find_step:
 * @most: the highest rate, bytes a second
 * @n_steps: (out): how many steps the scale has
 *
 * Returns: the distance of the marks, bytes a second
 */
double
bobbin_timeline_rates_find_step (double most, guint *n_steps)
{
  const double step = MAX (bobbin_axis_find_step (most, MAX_STEPS), LEAST_STEP);

  *n_steps = (guint) CLAMP (ceil (most / step - 1e-6), 2, MAX_STEPS);
  return step;
}

/**
 * bobbin_timeline_rates_find_slopes:
 * @points: (element-type BobbinTimelinePoint): points
 * @slopes: (out caller-allocates) (array): room for as many slopes
 *
 * Finds the slopes of a smooth curve through the points that never leaves the
 * range between two neighbours (Fritsch and Carlson, 1980; the mean is the one
 * of Brodlie), so that a rate that was not there is not shown either.
 */
void
bobbin_timeline_rates_find_slopes (const GArray *points, double *slopes)
{
  const BobbinTimelinePoint *p = &g_array_index (points, BobbinTimelinePoint, 0);

  for (guint i = 0; i < points->len; i++)
    {
      double before, after;

      slopes[i] = 0;
      if (i == 0 || i + 1 == points->len)
        continue;
      before = (p[i].rate - p[i - 1].rate) / MAX (p[i].time - p[i - 1].time, 1);
      after = (p[i + 1].rate - p[i].rate) / MAX (p[i + 1].time - p[i].time, 1);
      if (before * after > 0)
        slopes[i] = 2 * before * after / (before + after);
    }
}
