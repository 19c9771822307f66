/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-rate-limiter.h"

#include "bobbin-bucket.h"
#include "bobbin-shares.h"

#include <stdatomic.h>

/* Threads wait in a queue, and one of them is next: whose taker has had the
 * least. It alone sleeps with an alarm, for when the bucket holds its portion;
 * then it serves itself, everybody else who is due, and says who is next. Who
 * changes anything that the alarm depends on does the same. */

/* A thread that waits, on its own stack. */
typedef struct
{
  /* immutable while it waits */
  BobbinRateLimiter *limiter;
  BobbinShare *share;
  gsize wanted;

  /* protected by the limiter's mutex */
  GList link;
  GCond changed;
  gsize granted; /* once it is not 0, the thread is not in the queue any more */
  gboolean cancelled;
} Waiter;

struct _BobbinRateLimiter
{
  gatomicrefcount ref_count;

  _Atomic goffset rate; /* atomic; changed with mutex held */

  GMutex mutex;

  /* protected by mutex */
  BobbinBucket bucket;
  BobbinShares shares;
  GQueue waiters;  /* of Waiter, in the order of coming */
  guint n_reading; /* threads that have taken and not given back yet */
  Waiter *next;
  gint64 alarm; /* of @next, monotonic microseconds */
};

/**
 * bobbin_rate_limiter_new:
 *
 * Returns: (transfer full): a limiter that does not limit yet
 */
BobbinRateLimiter *
bobbin_rate_limiter_new (void)
{
  BobbinRateLimiter *self = g_new0 (BobbinRateLimiter, 1);

  g_atomic_ref_count_init (&self->ref_count);
  atomic_init (&self->rate, 0);
  g_mutex_init (&self->mutex);
  bobbin_shares_init (&self->shares);
  g_queue_init (&self->waiters);
  return self;
}

/**
 * bobbin_rate_limiter_ref:
 * @self: a limiter
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
BobbinRateLimiter *
bobbin_rate_limiter_ref (BobbinRateLimiter *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * bobbin_rate_limiter_unref:
 * @self: (transfer full): a limiter
 *
 * Any thread.
 */
void
bobbin_rate_limiter_unref (BobbinRateLimiter *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  bobbin_shares_clear (&self->shares);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* Of those who have had equally little, the one who came first. */
static Waiter *
find_next (BobbinRateLimiter *self)
{
  Waiter *next = NULL;

  for (GList *link = self->waiters.head; link != NULL; link = link->next)
    {
      Waiter *waiter = link->data;

      if (next == NULL || waiter->share->mark < next->share->mark)
        next = waiter;
    }
  return next;
}

/* A thread that reads from a slow server keeps its portion from the others all
 * the while: the more of them, the smaller the portions. */
static gsize
get_portion (BobbinRateLimiter *self, const Waiter *waiter)
{
  if (self->bucket.rate == 0)
    return waiter->wanted;
  return MIN (waiter->wanted,
              bobbin_bucket_get_portion (&self->bucket, self->waiters.length + self->n_reading));
}

static void
remove_waiter (BobbinRateLimiter *self, Waiter *waiter)
{
  g_queue_unlink (&self->waiters, &waiter->link);
  bobbin_shares_leave (&self->shares, waiter->share);
}

static void
grant (BobbinRateLimiter *self, Waiter *waiter, gsize size)
{
  remove_waiter (self, waiter);
  bobbin_shares_charge (&self->shares, waiter->share, (gint64) size);
  waiter->granted = size;
  self->n_reading++;
  g_cond_signal (&waiter->changed);
}

/* Gives to everybody who is due, and wakes up who is next if the alarm is new.
 * With the mutex held. */
static void
serve (BobbinRateLimiter *self)
{
  gint64 now = g_get_monotonic_time ();
  Waiter *next;
  gint64 alarm;

  while ((next = find_next (self)) != NULL)
    {
      gsize size = get_portion (self, next);

      if (!bobbin_bucket_take (&self->bucket, size, now))
        break;
      grant (self, next, size);
    }

  alarm = next != NULL ? bobbin_bucket_get_ready (&self->bucket, get_portion (self, next)) : 0;
  if (next != NULL && (next != self->next || alarm != self->alarm))
    g_cond_signal (&next->changed);
  self->next = next;
  self->alarm = alarm;
}

/**
 * bobbin_rate_limiter_get_rate:
 * @self: a limiter
 *
 * Any thread.
 *
 * Returns: bytes a second, 0 for no limit
 */
goffset
bobbin_rate_limiter_get_rate (BobbinRateLimiter *self)
{
  return atomic_load_explicit (&self->rate, memory_order_relaxed);
}

/**
 * bobbin_rate_limiter_set_rate:
 * @self: a limiter
 * @bytes_per_second: for all takers together, 0 for no limit
 *
 * Changes the rate at once, for those who wait too. Any thread.
 */
void
bobbin_rate_limiter_set_rate (BobbinRateLimiter *self, goffset bytes_per_second)
{
  g_mutex_lock (&self->mutex);
  bobbin_bucket_set_rate (&self->bucket, bytes_per_second, g_get_monotonic_time ());
  bobbin_shares_restart (&self->shares, bobbin_bucket_get_depth (&self->bucket));
  atomic_store_explicit (&self->rate, self->bucket.rate, memory_order_relaxed);
  /* Without a limit nobody counts them. */
  self->n_reading = 0;
  serve (self);
  g_mutex_unlock (&self->mutex);
}

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Waiter *waiter = user_data;

  g_mutex_lock (&waiter->limiter->mutex);
  waiter->cancelled = TRUE;
  g_cond_signal (&waiter->changed);
  g_mutex_unlock (&waiter->limiter->mutex);
}

/* With the mutex held. */
static void
wait_for_grant (BobbinRateLimiter *self, Waiter *waiter)
{
  while (waiter->granted == 0 && !waiter->cancelled)
    if (self->next != waiter)
      g_cond_wait (&waiter->changed, &self->mutex);
    else if (!g_cond_wait_until (&waiter->changed, &self->mutex, self->alarm))
      serve (self);

  if (waiter->granted == 0)
    {
      remove_waiter (self, waiter);
      serve (self);
    }
}

/* Both lines about the cancellable lie outside of the mutex: connecting may call
 * on_cancelled() right away, and disconnecting waits until that has returned. */
static void
wait_cancellably (BobbinRateLimiter *self, Waiter *waiter, GCancellable *cancellable)
{
  gulong id = cancellable != NULL
                  ? g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), waiter, NULL)
                  : 0;

  g_mutex_lock (&self->mutex);
  wait_for_grant (self, waiter);
  g_mutex_unlock (&self->mutex);
  g_cancellable_disconnect (cancellable, id);
}

/**
 * bobbin_rate_limiter_take:
 * @self: a limiter
 * @taker: (nullable): for whom; only compared: all threads with the same one
 *   have one share together
 * @wanted: bytes that the caller has room for, at least 1
 * @cancellable: (nullable): ends the wait within a moment when cancelled
 * @error: return location for an error
 *
 * Waits until at least one byte may be read. After the read, whatever came of
 * it, comes bobbin_rate_limiter_give_back(). Without a limit the answer is
 * @wanted, at the cost of one atomic load. Any thread but the main one; never
 * with a lock held that a thread needs that cancels @cancellable.
 *
 * Sets %G_IO_ERROR_CANCELLED.
 *
 * Returns: how many bytes may be read, at most @wanted; 0 on error
 */
gsize
bobbin_rate_limiter_take (
    BobbinRateLimiter *self, gconstpointer taker, gsize wanted, GCancellable *cancellable, GError **error)
{
  Waiter waiter = { .limiter = self, .wanted = wanted };
  gboolean served;

  g_return_val_if_fail (wanted > 0, 0);

  if (bobbin_rate_limiter_get_rate (self) == 0)
    return wanted;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return 0;

  waiter.link.data = &waiter;
  g_cond_init (&waiter.changed);
  g_mutex_lock (&self->mutex);
  waiter.share = bobbin_shares_join (&self->shares, taker);
  g_queue_push_tail_link (&self->waiters, &waiter.link);
  serve (self);
  served = waiter.granted > 0;
  g_mutex_unlock (&self->mutex);

  if (!served)
    wait_cancellably (self, &waiter, cancellable);
  g_cond_clear (&waiter.changed);
  if (waiter.granted == 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                         "Cancelled while waiting for the rate limit");
  return waiter.granted;
}

/**
 * bobbin_rate_limiter_give_back:
 * @self: a limiter
 * @taker: (nullable): the one that took
 * @unused: bytes that were taken and not read, 0 if all were
 *
 * Tells that a read is over, and gives back what it left, for others or for the
 * next read. The thread that took.
 */
void
bobbin_rate_limiter_give_back (BobbinRateLimiter *self, gconstpointer taker, gsize unused)
{
  if (bobbin_rate_limiter_get_rate (self) == 0)
    return;

  g_mutex_lock (&self->mutex);
  if (self->n_reading > 0)
    self->n_reading--;
  bobbin_bucket_give_back (&self->bucket, unused);
  bobbin_shares_refund (&self->shares, taker, (gint64) MIN (unused, G_MAXINT32));
  serve (self);
  g_mutex_unlock (&self->mutex);
}
