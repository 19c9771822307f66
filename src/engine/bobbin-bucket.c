/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-bucket.h"

/* What runs in while nobody takes is kept for so long. It is what may come at
 * once after a pause, and what makes up for threads that wake up late. */
#define DEPTH_TIME (G_USEC_PER_SEC / 10)

/* One after another, takers get what runs in within this time at most, and at
 * least; in between it is such that each has its turn within #ROUND_TIME. Small
 * portions make a smooth stream, and are what a slow server can hold back from
 * the others; too small ones are work for nothing. */
#define MAX_PORTION_TIME (20 * 1000)
#define MIN_PORTION_TIME 1000
#define ROUND_TIME (100 * 1000)

/* 1 TiB/s: times a second in microseconds it still fits. */
#define MAX_RATE (G_GINT64_CONSTANT (1) << 40)

static goffset
in_time (const BobbinBucket *self, gint64 time)
{
  return self->rate * time / G_USEC_PER_SEC;
}

/**
 * bobbin_bucket_get_depth:
 * @self: a bucket
 *
 * Returns: the most bytes that can be taken at once, at least 1
 */
goffset
bobbin_bucket_get_depth (const BobbinBucket *self)
{
  return MAX (in_time (self, DEPTH_TIME), 1);
}

/**
 * bobbin_bucket_get_portion:
 * @self: a bucket with a limit
 * @n_takers: how many threads take
 *
 * Returns: the most bytes to give to one of them in a turn; at least 1, and not
 *   above the depth
 */
gsize
bobbin_bucket_get_portion (const BobbinBucket *self, guint n_takers)
{
  gint64 time = CLAMP (ROUND_TIME / MAX (n_takers, 1), MIN_PORTION_TIME, MAX_PORTION_TIME);

  return (gsize) MAX (in_time (self, time), 1);
}

/* Long pauses are not multiplied out: the bucket is full after them. */
static void
fill (BobbinBucket *self, gint64 now)
{
  gint64 time = CLAMP (now - self->time, 0, G_USEC_PER_SEC);
  goffset depth = bobbin_bucket_get_depth (self);
  gint64 amount = self->rate * time + self->rest;

  self->time = MAX (self->time, now);
  self->level += amount / G_USEC_PER_SEC;
  self->rest = amount % G_USEC_PER_SEC;
  if (self->level >= depth)
    {
      self->level = depth;
      self->rest = 0;
    }
}

/**
 * bobbin_bucket_set_rate:
 * @self: a bucket
 * @rate: bytes a second, 0 for no limit
 * @now: monotonic microseconds
 *
 * Changes the rate from @now on. What has run in stays, as far as the new rate
 * would have kept it; a bucket that had no limit is empty.
 */
void
bobbin_bucket_set_rate (BobbinBucket *self, goffset rate, gint64 now)
{
  fill (self, now);
  if (self->rate == 0)
    self->level = 0;
  self->rate = CLAMP (rate, 0, MAX_RATE);
  self->level = MIN (self->level, bobbin_bucket_get_depth (self));
  self->rest = 0;
}

/**
 * bobbin_bucket_take:
 * @self: a bucket
 * @size: bytes, not above the depth
 * @now: monotonic microseconds
 *
 * Takes bytes if they are there; without a limit they always are.
 *
 * Returns: whether they were taken
 */
gboolean
bobbin_bucket_take (BobbinBucket *self, gsize size, gint64 now)
{
  if (self->rate == 0)
    return TRUE;
  fill (self, now);
  if ((guint64) self->level < size)
    return FALSE;
  self->level -= (goffset) size;
  return TRUE;
}

/**
 * bobbin_bucket_give_back:
 * @self: a bucket
 * @size: bytes that were taken and not used
 *
 * Puts bytes back, as far as there is room.
 */
void
bobbin_bucket_give_back (BobbinBucket *self, gsize size)
{
  goffset room = bobbin_bucket_get_depth (self) - self->level;

  self->level += (goffset) MIN (size, (gsize) room);
}

/**
 * bobbin_bucket_get_ready:
 * @self: a bucket with a limit
 * @size: bytes, not above the depth
 *
 * Returns: when they can be taken if nobody takes others before, monotonic
 *   microseconds
 */
gint64
bobbin_bucket_get_ready (const BobbinBucket *self, gsize size)
{
  gint64 missing = ((goffset) size - self->level) * G_USEC_PER_SEC - self->rest;

  return missing <= 0 ? self->time : self->time + (missing + self->rate - 1) / self->rate;
}
