/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 3 s of samples, one every 100 ms, and the one before them. */
#define BOBBIN_RATE_SAMPLES 31

/**
 * BobbinRate:
 *
 * The rate of a counter over the last three seconds. A plain value, zeroed to
 * begin with; the time is passed in.
 */
typedef struct
{
  gint64 times[BOBBIN_RATE_SAMPLES]; /* monotonic microseconds */
  goffset counts[BOBBIN_RATE_SAMPLES];
  guint newest; /* index of the newest sample */
  guint n;      /* samples that are set */
  gint64 first; /* time of the first sample ever */
} BobbinRate;

void bobbin_rate_sample (BobbinRate *self, goffset count, gint64 now);
double bobbin_rate_get (const BobbinRate *self);
gint64 bobbin_rate_get_time_left (const BobbinRate *self, goffset rest);

G_END_DECLS
