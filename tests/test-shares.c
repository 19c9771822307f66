/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-shares.h"

#define A GINT_TO_POINTER (1)
#define B GINT_TO_POINTER (2)
#define C GINT_TO_POINTER (3)
#define SLACK 100

typedef struct
{
  BobbinShares shares;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  bobbin_shares_init (&fixture->shares);
  bobbin_shares_restart (&fixture->shares, SLACK);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  bobbin_shares_clear (&fixture->shares);
}

/* A portion for a taker that nobody waits before. */
static void
use (BobbinShares *shares, gconstpointer taker, gint64 size)
{
  BobbinShare *share = bobbin_shares_join (shares, taker);

  bobbin_shares_leave (shares, share);
  bobbin_shares_charge (shares, share, size);
}

/* Portions of 10 against portions of 30, and one that uses a third of 30: all
 * end up with the same. */
static void
test_even (Fixture *fixture, gconstpointer user_data)
{
  BobbinShares *shares = &fixture->shares;
  BobbinShare *a = bobbin_shares_join (shares, A);
  BobbinShare *b = bobbin_shares_join (shares, B);
  BobbinShare *c = bobbin_shares_join (shares, C);
  gint64 used[3] = { 0 };

  for (guint i = 0; i < 700; i++)
    if (a->mark <= b->mark && a->mark <= c->mark)
      {
        bobbin_shares_charge (shares, a, 10);
        used[0] += 10;
      }
    else if (b->mark <= c->mark)
      {
        bobbin_shares_charge (shares, b, 30);
        used[1] += 30;
      }
    else
      {
        bobbin_shares_charge (shares, c, 30);
        bobbin_shares_refund (shares, C, 20);
        used[2] += 10;
      }
  g_assert_cmpint (ABS (used[0] - used[1]), <=, 30);
  g_assert_cmpint (ABS (used[0] - used[2]), <=, 30);
}

/* Who was away a moment may catch up, as far as the slack goes. */
static void
test_absence (Fixture *fixture, gconstpointer user_data)
{
  BobbinShares *shares = &fixture->shares;

  bobbin_shares_leave (shares, bobbin_shares_join (shares, A));
  for (guint i = 0; i < 10; i++)
    use (shares, B, 10);
  g_assert_cmpint (shares->clock, ==, 90);
  g_assert_cmpint (bobbin_shares_join (shares, A)->mark, ==, 0);

  use (shares, B, 50);
  use (shares, B, 50);
  g_assert_cmpint (shares->clock, ==, 150);
  g_assert_cmpint (bobbin_shares_join (shares, A)->mark, ==, 150 - SLACK);
}

/* Who was away for long has nothing to make up for, and nothing to pay. */
static void
test_long_absence (Fixture *fixture, gconstpointer user_data)
{
  BobbinShares *shares = &fixture->shares;

  use (shares, A, 1);
  use (shares, C, 5000);
  for (guint i = 0; i < 11; i++)
    use (shares, B, 10);
  g_assert_cmpint (shares->clock, ==, 100);
  g_assert_cmpint (bobbin_shares_join (shares, A)->mark, ==, 100);
  g_assert_cmpint (bobbin_shares_join (shares, C)->mark, ==, 100);
}

/* However many newcomers ask for one portion each, the old one has its turn. */
static void
test_newcomers (Fixture *fixture, gconstpointer user_data)
{
  BobbinShares *shares = &fixture->shares;
  BobbinShare *old = bobbin_shares_join (shares, A);

  bobbin_shares_charge (shares, old, 10);
  for (guint i = 10; i < 100; i++)
    g_assert_cmpint (bobbin_shares_join (shares, GUINT_TO_POINTER (i))->mark, ==, old->mark);
}

static void
test_refund (Fixture *fixture, gconstpointer user_data)
{
  BobbinShares *shares = &fixture->shares;
  BobbinShare *share;

  use (shares, A, 500);
  bobbin_shares_refund (shares, A, 300);
  share = bobbin_shares_join (shares, A);
  g_assert_cmpint (share->mark, ==, 200);
  /* More than it had is not a treasure. */
  bobbin_shares_refund (shares, A, 1000000);
  g_assert_cmpint (share->mark, ==, -SLACK);
  bobbin_shares_refund (shares, B, 10);
}

static void
test_restart (Fixture *fixture, gconstpointer user_data)
{
  BobbinShares *shares = &fixture->shares;

  bobbin_shares_join (shares, A)->mark = 1000000;
  bobbin_shares_join (shares, B)->mark = 10;
  bobbin_shares_restart (shares, 5);
  g_assert_cmpint (bobbin_shares_join (shares, A)->mark, ==, shares->clock);
  g_assert_cmpint (bobbin_shares_join (shares, B)->mark, ==, shares->clock);
  g_assert_cmpint (shares->slack, ==, 5);
}

/* A hundred thousand downloads leave nothing behind. */
static void
test_forgotten (Fixture *fixture, gconstpointer user_data)
{
  BobbinShares *shares = &fixture->shares;
  BobbinShare *waiting = bobbin_shares_join (shares, GINT_TO_POINTER (-1));

  for (guint i = 1; i <= 100000; i++)
    use (shares, GUINT_TO_POINTER (i), 50);
  g_assert_cmpuint (g_hash_table_size (shares->shares), <, 10);
  g_assert_true (bobbin_shares_join (shares, GINT_TO_POINTER (-1)) == waiting);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/shares/even", Fixture, NULL, set_up, test_even, tear_down);
  g_test_add ("/shares/absence", Fixture, NULL, set_up, test_absence, tear_down);
  g_test_add ("/shares/long-absence", Fixture, NULL, set_up, test_long_absence, tear_down);
  g_test_add ("/shares/newcomers", Fixture, NULL, set_up, test_newcomers, tear_down);
  g_test_add ("/shares/refund", Fixture, NULL, set_up, test_refund, tear_down);
  g_test_add ("/shares/restart", Fixture, NULL, set_up, test_restart, tear_down);
  g_test_add ("/shares/forgotten", Fixture, NULL, set_up, test_forgotten, tear_down);
  return g_test_run ();
}
