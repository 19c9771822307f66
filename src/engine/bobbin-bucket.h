/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BobbinBucket:
 * @rate: bytes a second that run in, 0 for no limit
 * @level: bytes that are there to be taken
 * @rest: what has run in of the next byte, in millionths
 * @time: of @level, monotonic microseconds
 *
 * A token bucket. A plain value, zeroed to begin with; the time is passed in.
 */
typedef struct
{
  goffset rate;
  goffset level;
  gint64 rest;
  gint64 time;
} BobbinBucket;

void bobbin_bucket_set_rate (BobbinBucket *self, goffset rate, gint64 now);
goffset bobbin_bucket_get_depth (const BobbinBucket *self);
gsize bobbin_bucket_get_portion (const BobbinBucket *self, guint n_takers);

gboolean bobbin_bucket_take (BobbinBucket *self, gsize size, gint64 now) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_bucket_give_back (BobbinBucket *self, gsize size);
gint64 bobbin_bucket_get_ready (const BobbinBucket *self, gsize size);

G_END_DECLS
