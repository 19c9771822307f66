/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BobbinRateLimiter:
 *
 * A token bucket that all workers share: so many bytes a second for all of
 * them together, in equal shares for each download that wants some. Any thread.
 */
typedef struct _BobbinRateLimiter BobbinRateLimiter;

BobbinRateLimiter *bobbin_rate_limiter_new (void) G_GNUC_WARN_UNUSED_RESULT;
BobbinRateLimiter *bobbin_rate_limiter_ref (BobbinRateLimiter *self);
void bobbin_rate_limiter_unref (BobbinRateLimiter *self);

goffset bobbin_rate_limiter_get_rate (BobbinRateLimiter *self);
void bobbin_rate_limiter_set_rate (BobbinRateLimiter *self, goffset bytes_per_second);

gsize bobbin_rate_limiter_take (BobbinRateLimiter *self,
                                gconstpointer taker,
                                gsize wanted,
                                GCancellable *cancellable,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_rate_limiter_give_back (BobbinRateLimiter *self, gconstpointer taker, gsize unused);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinRateLimiter, bobbin_rate_limiter_unref)

G_END_DECLS
