/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-ranges.h"

#include <string.h>

#define MIB (1024 * 1024)

static char *
list_to_text (const GArray *ranges)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ranges->len; i++)
    {
      const BobbinRange *range = &g_array_index (ranges, BobbinRange, i);

      g_string_append_printf (text, "%s%" G_GOFFSET_FORMAT "-%" G_GOFFSET_FORMAT, i > 0 ? " " : "",
                              range->first, range->end);
    }
  return g_string_free (text, FALSE);
}

static void
assert_list (const GArray *ranges, const char *expected)
{
  g_autofree char *text = list_to_text (ranges);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_list_add (void)
{
  g_autoptr (GArray) ranges = bobbin_range_list_new ();

  bobbin_range_list_add (ranges, 10, 20);
  bobbin_range_list_add (ranges, 30, 40);
  bobbin_range_list_add (ranges, 5, 5);
  assert_list (ranges, "10-20 30-40");
  bobbin_range_list_add (ranges, 0, 3);
  assert_list (ranges, "0-3 10-20 30-40");
  bobbin_range_list_add (ranges, 20, 25);
  assert_list (ranges, "0-3 10-25 30-40");
  bobbin_range_list_add (ranges, 2, 31);
  assert_list (ranges, "0-40");
  bobbin_range_list_add (ranges, 4, 8);
  assert_list (ranges, "0-40");
  bobbin_range_list_add (ranges, 50, 60);
  assert_list (ranges, "0-40 50-60");
  g_assert_cmpint (bobbin_range_list_count (ranges), ==, 50);
  g_assert_cmpint (bobbin_range_list_get_end (ranges), ==, 60);
}

/* Against a plain map of bytes. */
static void
test_list_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GArray) ranges = bobbin_range_list_new ();
      gboolean map[64] = { FALSE };
      goffset n = 0;

      for (guint i = 0; i < 20; i++)
        {
          gint first = g_rand_int_range (rand, 0, 64);
          gint end = g_rand_int_range (rand, first, 65);

          bobbin_range_list_add (ranges, first, end);
          for (gint at = first; at < end; at++)
            map[at] = TRUE;
        }
      for (guint i = 0; i < ranges->len; i++)
        {
          const BobbinRange *range = &g_array_index (ranges, BobbinRange, i);

          g_assert_true (i == 0 || range->first > g_array_index (ranges, BobbinRange, i - 1).end);
          for (goffset at = range->first; at < range->end; at++)
            g_assert_true (map[at]);
        }
      for (guint i = 0; i < 64; i++)
        n += map[i];
      g_assert_cmpint (bobbin_range_list_count (ranges), ==, n);
    }
}

static void
test_list_bytes (void)
{
  g_autoptr (GArray) ranges = bobbin_range_list_new ();
  g_autoptr (GArray) read = NULL;
  g_autoptr (GArray) read_wrong = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) wrong = NULL;
  g_autofree guint8 *damaged = NULL;
  gsize size;

  bobbin_range_list_add (ranges, 0, 5 * (goffset) G_MAXUINT32);
  bobbin_range_list_add (ranges, G_MAXINT64 - 1, G_MAXINT64);
  bytes = bobbin_range_list_to_bytes (ranges);
  read = bobbin_range_list_from_bytes (bytes);
  assert_list (read, "0-21474836475 9223372036854775806-9223372036854775807");

  damaged = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
  damaged[16] = 0xff;
  wrong = g_bytes_new (damaged, size);
  read_wrong = bobbin_range_list_from_bytes (wrong);
  assert_list (read_wrong, "");
}

typedef struct
{
  BobbinRanges ranges;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  bobbin_ranges_init (&fixture->ranges);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  bobbin_ranges_clear (&fixture->ranges);
}

static void
fetch (Fixture *fixture, BobbinPiece *piece, gsize n)
{
  goffset first = piece->cursor;
  gsize claimed = bobbin_ranges_claim (&fixture->ranges, piece, n);

  bobbin_ranges_written (&fixture->ranges, first, claimed);
}

/* Nobody knows how long it is until it ends. */
static void
test_unknown_size (Fixture *fixture, gconstpointer data)
{
  BobbinPiece *piece = bobbin_ranges_take_gap (&fixture->ranges, 0);

  g_assert_cmpint (piece->first, ==, 0);
  g_assert_cmpint (piece->end, ==, G_MAXOFFSET);
  g_assert_null (bobbin_ranges_take_half (&fixture->ranges, 1, 0));
  g_assert_false (bobbin_ranges_has_work (&fixture->ranges, 1, 0));
  fetch (fixture, piece, 100);
  g_assert_false (bobbin_ranges_is_complete (&fixture->ranges));
  bobbin_ranges_set_total (&fixture->ranges, piece->cursor);
  bobbin_ranges_give_back (&fixture->ranges, piece);
  g_assert_true (bobbin_ranges_is_complete (&fixture->ranges));
  g_assert_null (bobbin_ranges_take_gap (&fixture->ranges, 0));
}

static void
test_empty_file (Fixture *fixture, gconstpointer data)
{
  bobbin_ranges_set_total (&fixture->ranges, 0);
  g_assert_true (bobbin_ranges_is_complete (&fixture->ranges));
  g_assert_null (bobbin_ranges_take_gap (&fixture->ranges, 0));
}

static void
test_gaps (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) held = bobbin_range_list_new ();
  BobbinPiece *first;
  BobbinPiece *second;

  bobbin_range_list_add (held, 10, 20);
  bobbin_range_list_add (held, 30, 40);
  bobbin_ranges_reset (&fixture->ranges, held, 50);
  first = bobbin_ranges_take_gap (&fixture->ranges, 0);
  second = bobbin_ranges_take_gap (&fixture->ranges, 0);
  g_assert_cmpint (first->first, ==, 0);
  g_assert_cmpint (first->end, ==, 10);
  g_assert_cmpint (second->first, ==, 20);
  g_assert_cmpint (second->end, ==, 30);
  fetch (fixture, first, 5);
  bobbin_ranges_give_back (&fixture->ranges, first);

  first = bobbin_ranges_take_gap (&fixture->ranges, 0);
  g_assert_cmpint (first->first, ==, 5);
  g_assert_cmpint (first->end, ==, 10);
}

/* The upper half is another's only once the server sends it. */
static void
test_half (Fixture *fixture, gconstpointer data)
{
  BobbinPiece *lower;
  BobbinPiece *upper;

  bobbin_ranges_set_total (&fixture->ranges, 100);
  lower = bobbin_ranges_take_gap (&fixture->ranges, 0);
  fetch (fixture, lower, 20);
  g_assert_null (bobbin_ranges_take_half (&fixture->ranges, 41, 0));
  upper = bobbin_ranges_take_half (&fixture->ranges, 40, 0);
  g_assert_cmpint (upper->first, ==, 60);
  g_assert_cmpint (upper->end, ==, 100);
  g_assert_true (bobbin_ranges_confirm (&fixture->ranges, upper));
  g_assert_cmpuint (bobbin_ranges_claim (&fixture->ranges, lower, 50), ==, 40);
  g_assert_cmpuint (bobbin_ranges_claim (&fixture->ranges, lower, 50), ==, 0);
}

/* Who is there first fetches on while the other one still asks. */
static void
test_taken_back (Fixture *fixture, gconstpointer data)
{
  BobbinPiece *lower;
  BobbinPiece *upper;

  bobbin_ranges_set_total (&fixture->ranges, 100);
  lower = bobbin_ranges_take_gap (&fixture->ranges, 0);
  upper = bobbin_ranges_take_half (&fixture->ranges, 1, 0);
  fetch (fixture, lower, 70);
  g_assert_cmpint (lower->end, ==, 100);
  g_assert_false (bobbin_ranges_confirm (&fixture->ranges, upper));
  bobbin_ranges_give_back (&fixture->ranges, upper);
  fetch (fixture, lower, 70);
  g_assert_true (bobbin_ranges_is_complete (&fixture->ranges));
}

/* A server that refuses the half costs nothing. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  BobbinPiece *lower;
  BobbinPiece *upper;
  BobbinPiece *top;

  bobbin_ranges_set_total (&fixture->ranges, 100);
  lower = bobbin_ranges_take_gap (&fixture->ranges, 0);
  upper = bobbin_ranges_take_half (&fixture->ranges, 1, 0);
  top = bobbin_ranges_take_half (&fixture->ranges, 1, 0);
  g_assert_cmpint (lower->end, ==, 25);
  bobbin_ranges_give_back (&fixture->ranges, upper);
  bobbin_ranges_give_back (&fixture->ranges, top);
  fetch (fixture, lower, 20);
  g_assert_cmpint (lower->end, ==, 25);
  fetch (fixture, lower, 90);
  g_assert_true (bobbin_ranges_is_complete (&fixture->ranges));
}

/* What a worker has left behind is another's who gets there anyway, up to what
 * that one has asked for, and no further. */
static void
test_gap_on_the_way (Fixture *fixture, gconstpointer data)
{
  BobbinPiece *lower;
  BobbinPiece *upper;
  BobbinPiece *gap;

  bobbin_ranges_set_total (&fixture->ranges, 100);
  lower = bobbin_ranges_take_gap (&fixture->ranges, 0);
  upper = bobbin_ranges_take_half (&fixture->ranges, 1, 0);
  g_assert_true (bobbin_ranges_confirm (&fixture->ranges, upper));
  fetch (fixture, upper, 10);
  bobbin_ranges_give_back (&fixture->ranges, upper);
  fetch (fixture, lower, 50);
  g_assert_cmpint (lower->end, ==, 50);
  bobbin_ranges_give_back (&fixture->ranges, lower);

  gap = bobbin_ranges_take_gap (&fixture->ranges, 0);
  g_assert_cmpint (gap->first, ==, 60);
  upper = bobbin_ranges_take_half (&fixture->ranges, 1, 0);
  g_assert_cmpint (upper->first, ==, 80);
  bobbin_ranges_give_back (&fixture->ranges, upper);
  fetch (fixture, gap, 40);
  g_assert_true (bobbin_ranges_is_complete (&fixture->ranges));
}

/* What is left of a slow piece is shared even when it is small. */
static void
test_slow_tail (Fixture *fixture, gconstpointer data)
{
  BobbinPiece *slow;

  bobbin_ranges_set_total (&fixture->ranges, 10 * MIB);
  slow = bobbin_ranges_take_gap (&fixture->ranges, 0);
  fetch (fixture, slow, 4 * MIB);
  g_assert_false (bobbin_ranges_has_work (&fixture->ranges, 8 * MIB, G_USEC_PER_SEC));
  g_assert_false (bobbin_ranges_has_work (&fixture->ranges, 8 * MIB, 2 * G_USEC_PER_SEC));
  g_assert_true (bobbin_ranges_has_work (&fixture->ranges, 8 * MIB, 40 * G_USEC_PER_SEC));
  g_assert_nonnull (bobbin_ranges_take_half (&fixture->ranges, 8 * MIB, 40 * G_USEC_PER_SEC));
}

/* Many workers that come, go, are refused and fail at random: no byte is lost,
 * none is fetched beyond what its worker asked for, and all ends. */
static void
test_random (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint round = 0; round < 500; round++)
    {
      goffset total = g_rand_int_range (rand, 1, 5000);
      g_autoptr (GPtrArray) workers = g_ptr_array_new ();
      guint turns = 0;

      bobbin_ranges_reset (&fixture->ranges, NULL, total);
      while (!bobbin_ranges_is_complete (&fixture->ranges))
        {
          BobbinPiece *piece = NULL;
          guint which;

          g_assert_cmpuint (turns++, <, 200000);
          if (workers->len < 8)
            piece = bobbin_ranges_take_gap (&fixture->ranges, 0);
          if (workers->len < 8 && piece == NULL)
            piece = bobbin_ranges_take_half (&fixture->ranges, 16, 0);
          if (piece != NULL)
            g_ptr_array_add (workers, piece);
          if (workers->len == 0)
            continue;
          which = (guint) g_rand_int_range (rand, 0, (gint) workers->len);
          piece = g_ptr_array_index (workers, which);
          if (g_rand_int_range (rand, 0, 20) == 0
              || (!piece->sure && !bobbin_ranges_confirm (&fixture->ranges, piece)))
            {
              g_ptr_array_remove_index (workers, which);
              bobbin_ranges_give_back (&fixture->ranges, piece);
              continue;
            }
          fetch (fixture, piece, (gsize) g_rand_int_range (rand, 1, 100));
          g_assert_cmpint (piece->cursor, <=, piece->reach);
          if (piece->cursor == piece->end)
            {
              g_ptr_array_remove_index (workers, which);
              bobbin_ranges_give_back (&fixture->ranges, piece);
            }
        }
      g_assert_cmpint (bobbin_range_list_count (fixture->ranges.held), ==, total);
      for (guint i = 0; i < workers->len; i++)
        bobbin_ranges_give_back (&fixture->ranges, g_ptr_array_index (workers, i));
    }
}

#define ADD(name, function) g_test_add ("/ranges/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/ranges/list/add", test_list_add);
  g_test_add_func ("/ranges/list/random", test_list_random);
  g_test_add_func ("/ranges/list/bytes", test_list_bytes);
  ADD ("unknown-size", test_unknown_size);
  ADD ("empty-file", test_empty_file);
  ADD ("gaps", test_gaps);
  ADD ("half", test_half);
  ADD ("taken-back", test_taken_back);
  ADD ("refused", test_refused);
  ADD ("gap-on-the-way", test_gap_on_the_way);
  ADD ("slow-tail", test_slow_tail);
  ADD ("random", test_random);
  return g_test_run ();
}
