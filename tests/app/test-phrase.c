/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-phrase.h"

static void
fill (BobbinPhrase *phrase)
{
  bobbin_phrase_take (phrase, g_strdup ("photos.example.org"), BOBBIN_RANK_HOST);
  bobbin_phrase_take (phrase, g_strdup ("21.4 MB of 24.9 MB"), BOBBIN_RANK_KEEP)->brief
      = g_strdup ("21.4 of 24.9 MB");
  bobbin_phrase_take (phrase, g_strdup ("1.8 MB/s"), BOBBIN_RANK_RATE);
  bobbin_phrase_take (phrase, g_strdup ("2 s left"), BOBBIN_RANK_KEEP);
  bobbin_phrase_take (phrase, g_strdup ("6 parts"), BOBBIN_RANK_PARTS);
}

static void
assert_joined (const BobbinPhrase *phrase, BobbinRank limit, const char *expected)
{
  g_autofree char *joined = bobbin_phrase_join (phrase, limit);

  g_assert_cmpstr (joined, ==, expected);
}

/* Whole pieces go, the rate first, then the host. */
static void
test_order (void)
{
  g_auto (BobbinPhrase) phrase = { 0 };

  fill (&phrase);
  assert_joined (&phrase, BOBBIN_RANK_LAST,
                 "photos.example.org · 21.4 MB of 24.9 MB · 1.8 MB/s · 2 s left · 6 parts");
  assert_joined (&phrase, BOBBIN_RANK_RATE, "photos.example.org · 21.4 MB of 24.9 MB · 1.8 MB/s · 2 s left");
  assert_joined (&phrase, BOBBIN_RANK_HOST, "photos.example.org · 21.4 MB of 24.9 MB · 2 s left");
  assert_joined (&phrase, BOBBIN_RANK_KEEP, "21.4 of 24.9 MB · 2 s left");
}

static void
test_nothing (void)
{
  g_auto (BobbinPhrase) phrase = { 0 };

  g_assert_null (bobbin_phrase_take (&phrase, NULL, BOBBIN_RANK_KEEP));
  g_assert_null (bobbin_phrase_take (&phrase, g_strdup (""), BOBBIN_RANK_KEEP));
  g_assert_cmpuint (phrase.n_pieces, ==, 0);
  assert_joined (&phrase, BOBBIN_RANK_RATE, "");
}

static void
test_separator (void)
{
  g_auto (BobbinPhrase) phrase = { .separator = "" };

  bobbin_phrase_take (&phrase, g_strdup ("6.0×"), BOBBIN_RANK_KEEP);
  bobbin_phrase_take (&phrase, g_strdup (" faster"), BOBBIN_RANK_KEEP);
  assert_joined (&phrase, BOBBIN_RANK_RATE, "6.0× faster");
}

static void
test_equal (void)
{
  g_auto (BobbinPhrase) one = { 0 };
  g_auto (BobbinPhrase) other = { 0 };

  g_assert_true (bobbin_phrase_equal (&one, &other));
  fill (&one);
  g_assert_false (bobbin_phrase_equal (&one, &other));
  fill (&other);
  g_assert_true (bobbin_phrase_equal (&one, &other));
  other.pieces[1].tone = BOBBIN_TONE_STRONG;
  g_assert_false (bobbin_phrase_equal (&one, &other));
  other.pieces[1].tone = BOBBIN_TONE_PLAIN;
  g_clear_pointer (&other.pieces[1].brief, g_free);
  g_assert_false (bobbin_phrase_equal (&one, &other));

  bobbin_phrase_clear (&one);
  g_assert_cmpuint (one.n_pieces, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/phrase/order", test_order);
  g_test_add_func ("/phrase/nothing", test_nothing);
  g_test_add_func ("/phrase/separator", test_separator);
  g_test_add_func ("/phrase/equal", test_equal);
  return g_test_run ();
}
