/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-rate.h"

/* Before so much has been seen, no time left is told: it would jump. */
#define TIME_UNTIL_KNOWN (2 * G_USEC_PER_SEC)

static guint
oldest (const BobbinRate *self)
{
  return (self->newest + BOBBIN_RATE_SAMPLES + 1 - self->n) % BOBBIN_RATE_SAMPLES;
}

/**
 * bobbin_rate_sample:
 * @self: a rate
 * @count: the counter now, never less than before
 * @now: monotonic microseconds
 *
 * Notes a sample. Meant to be called about every 100 ms.
 */
void
bobbin_rate_sample (BobbinRate *self, goffset count, gint64 now)
{
  if (self->n == 0)
    self->first = now;
  self->newest = (self->newest + 1) % BOBBIN_RATE_SAMPLES;
  self->n = MIN (self->n + 1, BOBBIN_RATE_SAMPLES);
  self->times[self->newest] = now;
  self->counts[self->newest] = count;
}

/**
 * bobbin_rate_get:
 * @self: a rate
 *
 * Returns: counts a second between the oldest sample kept and the newest; 0
 *   with fewer than two
 */
double
bobbin_rate_get (const BobbinRate *self)
{
  guint from = oldest (self);
  gint64 time;

  if (self->n < 2)
    return 0.0;
  time = self->times[self->newest] - self->times[from];
  if (time <= 0)
    return 0.0;
  return (double) (self->counts[self->newest] - self->counts[from]) * G_USEC_PER_SEC / (double) time;
}

/**
 * bobbin_rate_get_time_left:
 * @self: a rate
 * @rest: what is still to be counted
 *
 * Returns: how long @rest takes at this rate, in microseconds; -1 while that
 *   is not known
 */
gint64
bobbin_rate_get_time_left (const BobbinRate *self, goffset rest)
{
  double rate = bobbin_rate_get (self);
  double left;

  if (rate <= 0.0 || self->times[self->newest] - self->first < TIME_UNTIL_KNOWN)
    return -1;
  left = (double) rest / rate * G_USEC_PER_SEC;
  return left < (double) G_MAXINT64 / 2 ? (gint64) left : -1;
}
