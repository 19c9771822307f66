/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-rate-limiter.h"

#include "bobbin-bucket.h"

#include <stdatomic.h>

#define MAX_THREADS 128

/* A thread that takes as long as it is let, and reads @use_percent of what it
 * gets at once. */
typedef struct
{
  BobbinRateLimiter *limiter;
  gconstpointer taker;
  GCancellable *cancellable;
  gsize wanted;
  gint64 use_percent;
  guint rounds; /* 0: until cancelled */
  GThread *thread;

  goffset used;
  _Atomic guint n_taken;
  GError *error;
} Reader;

static gpointer
read_all (gpointer user_data)
{
  Reader *self = user_data;
  gsize n;

  for (guint round = 0; self->rounds == 0 || round < self->rounds; round++)
    {
      gsize used;

      n = bobbin_rate_limiter_take (self->limiter, self->taker, self->wanted, self->cancellable,
                                    &self->error);
      if (n == 0)
        break;
      g_assert_cmpuint (n, <=, self->wanted);
      used = MAX (n * (gsize) self->use_percent / 100, 1);
      bobbin_rate_limiter_give_back (self->limiter, self->taker, n - used);
      self->used += (goffset) used;
      atomic_fetch_add (&self->n_taken, 1);
    }
  return NULL;
}

typedef struct
{
  BobbinRateLimiter *limiter;
  GCancellable *cancellable;
  Reader readers[MAX_THREADS];
  guint n_readers;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->limiter = bobbin_rate_limiter_new ();
  fixture->cancellable = g_cancellable_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_assert_finalize_object (fixture->cancellable);
  bobbin_rate_limiter_unref (fixture->limiter);
}

/* Takers are numbers from 1 on. */
static Reader *
add_reader (Fixture *fixture, guint taker, guint rounds)
{
  Reader *reader = &fixture->readers[fixture->n_readers++];

  reader->limiter = fixture->limiter;
  reader->taker = GUINT_TO_POINTER (taker);
  reader->cancellable = fixture->cancellable;
  reader->wanted = 256 * 1024;
  reader->use_percent = 100;
  reader->rounds = rounds;
  return reader;
}

static void
start (Fixture *fixture)
{
  for (guint i = 0; i < fixture->n_readers; i++)
    fixture->readers[i].thread = g_thread_new ("reader", read_all, &fixture->readers[i]);
}

/* Returns: what all of them have read */
static goffset
join (Fixture *fixture)
{
  goffset used = 0;

  for (guint i = 0; i < fixture->n_readers; i++)
    {
      g_thread_join (fixture->readers[i].thread);
      used += fixture->readers[i].used;
    }
  return used;
}

static void
assert_all_cancelled (Fixture *fixture)
{
  for (guint i = 0; i < fixture->n_readers; i++)
    {
      g_assert_error (fixture->readers[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&fixture->readers[i].error);
    }
}

static void
assert_no_error (Fixture *fixture)
{
  for (guint i = 0; i < fixture->n_readers; i++)
    g_assert_no_error (fixture->readers[i].error);
}

static goffset
get_used (Fixture *fixture, guint taker)
{
  goffset used = 0;

  for (guint i = 0; i < fixture->n_readers; i++)
    if (fixture->readers[i].taker == GUINT_TO_POINTER (taker))
      used += fixture->readers[i].used;
  return used;
}

/* Lets the readers read at @rate for a while and checks the sum: it is never
 * above the rate, except for what the bucket holds, and near it. */
static goffset
run_for (Fixture *fixture, goffset rate, gint64 time)
{
  gint64 begin = g_get_monotonic_time ();
  goffset used;
  double expected;

  bobbin_rate_limiter_set_rate (fixture->limiter, rate);
  start (fixture);
  g_usleep ((gulong) time);
  g_cancellable_cancel (fixture->cancellable);
  used = join (fixture);
  expected = (double) rate * (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  assert_all_cancelled (fixture);

  g_test_message ("%" G_GOFFSET_FORMAT " bytes, %.4f of the rate", used, (double) used / expected);
  g_assert_cmpfloat ((double) used, <=, expected + 1);
  g_assert_cmpfloat ((double) used, >=, expected * 0.7);
  return used;
}

static void
test_no_limit (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (bobbin_rate_limiter_get_rate (fixture->limiter), ==, 0);
  g_assert_cmpuint (bobbin_rate_limiter_take (fixture->limiter, NULL, G_MAXSIZE, NULL, &error), ==,
                    G_MAXSIZE);
  g_assert_no_error (error);
  bobbin_rate_limiter_give_back (fixture->limiter, NULL, G_MAXSIZE);

  bobbin_rate_limiter_set_rate (fixture->limiter, 12345);
  g_assert_cmpint (bobbin_rate_limiter_get_rate (fixture->limiter), ==, 12345);
  bobbin_rate_limiter_set_rate (fixture->limiter, -1);
  g_assert_cmpint (bobbin_rate_limiter_get_rate (fixture->limiter), ==, 0);
}

static void
test_one (Fixture *fixture, gconstpointer user_data)
{
  add_reader (fixture, 1, 0);
  run_for (fixture, 3000000, G_USEC_PER_SEC);
}

static void
test_many (Fixture *fixture, gconstpointer user_data)
{
  for (guint i = 0; i < MAX_THREADS; i++)
    add_reader (fixture, i + 1, 0);
  run_for (fixture, 3000000, G_USEC_PER_SEC);
}

static void
test_slow (Fixture *fixture, gconstpointer user_data)
{
  for (guint i = 0; i < 5; i++)
    add_reader (fixture, i + 1, 0);
  run_for (fixture, 100, G_USEC_PER_SEC);
}

static void
test_fast (Fixture *fixture, gconstpointer user_data)
{
  for (guint i = 0; i < 4; i++)
    add_reader (fixture, i + 1, 0);
  run_for (fixture, G_GOFFSET_CONSTANT (400000000), G_USEC_PER_SEC / 2);
}

/* One download has one thread, one four, one gets little at a time, and one
 * asks for little at a time: the same for each. The bound is half of that, since
 * threads may be held up. */
static void
test_fair (Fixture *fixture, gconstpointer user_data)
{
  goffset used;

  add_reader (fixture, 1, 0);
  for (guint i = 0; i < 4; i++)
    add_reader (fixture, 2, 0);
  for (guint i = 0; i < 2; i++)
    add_reader (fixture, 3, 0)->use_percent = 10;
  for (guint i = 0; i < 2; i++)
    add_reader (fixture, 4, 0)->wanted = 1000;

  used = run_for (fixture, 2000000, 3 * G_USEC_PER_SEC / 2);
  for (guint taker = 1; taker <= 4; taker++)
    {
      g_test_message ("%u: %.3f", taker, (double) get_used (fixture, taker) / (double) used);
      g_assert_cmpint (get_used (fixture, taker), >=, used / 8);
    }
}

/* All but the first byte of a portion goes back, again and again: it is what
 * was read that counts. */
static void
test_give_back (Fixture *fixture, gconstpointer user_data)
{
  add_reader (fixture, 1, 0)->use_percent = 50;
  run_for (fixture, 2000000, G_USEC_PER_SEC);
}

/* At a byte a second, threads would wait for minutes. */
static void
wait_until_stuck (Fixture *fixture)
{
  bobbin_rate_limiter_set_rate (fixture->limiter, 1);
  start (fixture);
  g_usleep (G_USEC_PER_SEC / 10);
}

static void
assert_was_quick (gint64 begin)
{
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 30 * G_USEC_PER_SEC);
}

static void
test_cancel (Fixture *fixture, gconstpointer user_data)
{
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < MAX_THREADS; i++)
    add_reader (fixture, i + 1, 0);
  wait_until_stuck (fixture);
  g_cancellable_cancel (fixture->cancellable);
  join (fixture);
  assert_all_cancelled (fixture);
  assert_was_quick (begin);
}

/* Whose turn is far away hears of it as well, and at once. */
static void
test_cancel_the_last (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 begin = g_get_monotonic_time ();
  Reader *last;

  for (guint i = 1; i < MAX_THREADS; i++)
    add_reader (fixture, i, 0);
  last = add_reader (fixture, MAX_THREADS, 0);
  last->cancellable = cancellable;
  wait_until_stuck (fixture);

  g_cancellable_cancel (cancellable);
  g_thread_join (last->thread);
  g_assert_error (last->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&last->error);
  assert_was_quick (begin);

  fixture->n_readers--;
  g_cancellable_cancel (fixture->cancellable);
  join (fixture);
  assert_all_cancelled (fixture);
}

static void
test_cancelled_before (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (fixture->cancellable);
  bobbin_rate_limiter_set_rate (fixture->limiter, 1000000);
  g_assert_cmpuint (bobbin_rate_limiter_take (fixture->limiter, NULL, 1, fixture->cancellable, &error), ==,
                    0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Whoever is next may be the one that is cancelled: somebody else has to take
 * over the alarm. */
static void
test_cancel_one_by_one (Fixture *fixture, gconstpointer user_data)
{
  GCancellable *cancellables[32];

  for (guint i = 0; i < 32; i++)
    {
      cancellables[i] = g_cancellable_new ();
      add_reader (fixture, i + 1, 1)->cancellable = cancellables[i];
    }
  add_reader (fixture, 33, 1);
  wait_until_stuck (fixture);
  for (guint i = 0; i < 32; i++)
    g_cancellable_cancel (cancellables[i]);
  join (fixture);

  g_assert_no_error (fixture->readers[32].error);
  g_assert_cmpint (fixture->readers[32].used, ==, 1);
  for (guint i = 0; i < 32; i++)
    {
      g_clear_error (&fixture->readers[i].error);
      g_assert_finalize_object (cancellables[i]);
    }
}

/* Those who wait are let go, with all that they want. */
static void
test_switch_off (Fixture *fixture, gconstpointer user_data)
{
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < MAX_THREADS; i++)
    add_reader (fixture, i + 1, 3);
  wait_until_stuck (fixture);
  bobbin_rate_limiter_set_rate (fixture->limiter, 0);
  g_assert_cmpint (join (fixture), >=, (MAX_THREADS - 10) * 3 * 256 * 1024);
  assert_no_error (fixture);
  assert_was_quick (begin);
}

/* Not with the next byte, which takes up to a second. */
static void
test_switch_at_once (Fixture *fixture, gconstpointer user_data)
{
  gint64 begin = g_get_monotonic_time ();
  Reader *reader = add_reader (fixture, 1, 1);

  for (guint i = 0; i < 60; i++)
    {
      bobbin_rate_limiter_set_rate (fixture->limiter, 1);
      start (fixture);
      g_usleep (G_USEC_PER_SEC / 200);
      bobbin_rate_limiter_set_rate (fixture->limiter, i % 2 == 0 ? 0 : G_MAXINT64);
      join (fixture);
      g_assert_no_error (reader->error);
    }
  assert_was_quick (begin);
}

static void
test_raise (Fixture *fixture, gconstpointer user_data)
{
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < MAX_THREADS; i++)
    add_reader (fixture, i + 1, 3);
  wait_until_stuck (fixture);
  bobbin_rate_limiter_set_rate (fixture->limiter, 100000000);
  join (fixture);
  assert_no_error (fixture);
  assert_was_quick (begin);
}

/* What ran without a limit is not paid for later, and nothing is left over. */
static void
test_switch_on (Fixture *fixture, gconstpointer user_data)
{
  Reader *reader = add_reader (fixture, 1, 0);
  goffset before;
  gint64 begin;
  double expected;

  start (fixture);
  while (atomic_load (&reader->n_taken) < 1000)
    g_thread_yield ();
  bobbin_rate_limiter_set_rate (fixture->limiter, 1000000);
  begin = g_get_monotonic_time ();
  before = (goffset) atomic_load (&reader->n_taken) * 256 * 1024;
  g_usleep (G_USEC_PER_SEC / 2);
  g_cancellable_cancel (fixture->cancellable);
  join (fixture);
  assert_all_cancelled (fixture);
  expected = (double) (g_get_monotonic_time () - begin);
  g_assert_cmpfloat ((double) (reader->used - before), <=, expected + 2 * 256 * 1024);
  g_assert_cmpfloat ((double) (reader->used - before), >=, expected * 0.5);
}

/* Everything at once, for deadlocks and for the checkers of races. */
static void
test_everything (Fixture *fixture, gconstpointer user_data)
{
  GCancellable *cancellables[16];

  for (guint i = 0; i < 16; i++)
    {
      Reader *reader = add_reader (fixture, 1 + i % 5, 0);

      reader->cancellable = cancellables[i] = g_cancellable_new ();
      reader->wanted = 1 + (gsize) g_test_rand_int_range (0, 100000);
      reader->use_percent = g_test_rand_int_range (0, 101);
    }
  bobbin_rate_limiter_set_rate (fixture->limiter, 100);
  start (fixture);
  for (guint i = 0; i < 160; i++)
    {
      static const goffset rates[] = { 1, 1000, 0, 1000000, 50, G_MAXINT64, 12345678 };

      bobbin_rate_limiter_set_rate (fixture->limiter, rates[i % G_N_ELEMENTS (rates)]);
      g_usleep ((gulong) g_test_rand_int_range (0, 4000));
      if (i % 10 == 9)
        g_cancellable_cancel (cancellables[i / 10]);
    }
  bobbin_rate_limiter_set_rate (fixture->limiter, 1000);
  join (fixture);
  assert_all_cancelled (fixture);
  for (guint i = 0; i < 16; i++)
    g_assert_finalize_object (cancellables[i]);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("/rate-limiter/no-limit", test_no_limit);
  ADD ("/rate-limiter/one", test_one);
  ADD ("/rate-limiter/many", test_many);
  ADD ("/rate-limiter/slow", test_slow);
  ADD ("/rate-limiter/fast", test_fast);
  ADD ("/rate-limiter/fair", test_fair);
  ADD ("/rate-limiter/give-back", test_give_back);
  ADD ("/rate-limiter/cancel", test_cancel);
  ADD ("/rate-limiter/cancel-the-last", test_cancel_the_last);
  ADD ("/rate-limiter/cancelled-before", test_cancelled_before);
  ADD ("/rate-limiter/cancel-one-by-one", test_cancel_one_by_one);
  ADD ("/rate-limiter/switch-off", test_switch_off);
  ADD ("/rate-limiter/switch-at-once", test_switch_at_once);
  ADD ("/rate-limiter/raise", test_raise);
  ADD ("/rate-limiter/switch-on", test_switch_on);
  ADD ("/rate-limiter/everything", test_everything);
  return g_test_run ();
}
