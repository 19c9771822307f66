/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-run-words.h"

#define S G_USEC_PER_SEC
#define NBSP "\302\240"

/* @n jobs that began together and took 1 s, of which @finished finished. */
static BobbinRun
make_run (guint n, guint finished)
{
  BobbinRun run;

  bobbin_run_reset (&run);
  for (guint i = 0; i < n; i++)
    bobbin_run_job_started (&run, 10 * S);
  for (guint i = 0; i < finished; i++)
    bobbin_run_job_ended (&run, 10 * S, 11 * S, 1000);
  run.finished = finished;
  return run;
}

static void
test_before (void)
{
  BobbinRun run;
  BobbinFigures figures;

  bobbin_run_reset (&run);
  bobbin_figures_read (&figures, &run, 99 * S);
  g_assert_false (figures.started);
  g_assert_false (figures.running);
  g_assert_false (figures.compares);
  g_assert_cmpint (figures.elapsed, ==, 0);
}

/* The ratio means something from the second finished download on. */
static void
test_ratio (void)
{
  BobbinRun run = make_run (4, 1);
  BobbinFigures figures;

  bobbin_figures_read (&figures, &run, 11 * S);
  g_assert_true (figures.running);
  g_assert_true (figures.compares);
  g_assert_cmpfloat (figures.ratio, ==, 0.0);

  run = make_run (4, 2);
  bobbin_figures_read (&figures, &run, 11 * S);
  g_assert_cmpint (figures.elapsed, ==, S);
  g_assert_cmpint (figures.one_after_another, ==, 4 * S);
  g_assert_cmpfloat_with_epsilon (figures.ratio, 4.0, 1e-9);

  /* A run of tiny files may take longer than they do: not worth a word. */
  run = make_run (2, 2);
  bobbin_figures_read (&figures, &run, 20 * S);
  g_assert_cmpfloat (figures.ratio, ==, 0.0);
  g_assert_true (figures.compares);
  bobbin_run_close (&run, 20 * S);
  bobbin_figures_read (&figures, &run, 30 * S);
  g_assert_false (figures.compares);
}

/* One after another is not compared with itself. */
static void
test_one_at_once (void)
{
  BobbinRun run = make_run (1, 1);
  BobbinFigures figures;

  run.finished = 3;
  bobbin_figures_read (&figures, &run, 11 * S);
  g_assert_true (figures.started);
  g_assert_false (figures.compares);
  g_assert_cmpfloat (figures.ratio, ==, 0.0);
}

static void
test_end (void)
{
  const BobbinFigures figures = {
    .started = TRUE,
    .compares = TRUE,
    .elapsed = 1520000,
    .one_after_another = 10100000,
    .ratio = 6.7,
  };
  const BobbinFigures alone = { .started = TRUE, .elapsed = 2 * S };
  const BobbinFigures failed = { .started = TRUE, .elapsed = 2 * S, .only_failed = 3 };
  g_auto (BobbinPhrase) phrase = { 0 };
  g_autofree char *full = NULL;
  g_autofree char *shorter = NULL;
  g_autofree char *shortest = NULL;
  g_autofree char *only = NULL;
  g_autofree char *nothing = NULL;

  bobbin_run_words_for_end (&figures, &phrase);
  full = bobbin_phrase_join (&phrase, BOBBIN_RANK_RATE);
  shorter = bobbin_phrase_join (&phrase, BOBBIN_RANK_HOST);
  shortest = bobbin_phrase_join (&phrase, BOBBIN_RANK_KEEP);
  g_assert_cmpstr (full, ==,
                   "Finished in 1.52" NBSP "s · one after another about 10.1" NBSP "s · 6.7× faster");
  g_assert_cmpstr (shorter, ==, "Finished in 1.52" NBSP "s · 6.7× faster");
  g_assert_cmpstr (shortest, ==, "Finished in 1.52" NBSP "s");

  bobbin_phrase_clear (&phrase);
  bobbin_run_words_for_end (&alone, &phrase);
  only = bobbin_phrase_join (&phrase, BOBBIN_RANK_RATE);
  g_assert_cmpstr (only, ==, "Finished in 2.00" NBSP "s");

  bobbin_phrase_clear (&phrase);
  bobbin_run_words_for_end (&failed, &phrase);
  nothing = bobbin_phrase_join (&phrase, BOBBIN_RANK_RATE);
  g_assert_cmpstr (nothing, ==, "All 3 downloads failed");
}

static void
assert_timeline (const BobbinFigures *figures, const char *expected)
{
  g_auto (BobbinPhrase) phrase = { 0 };
  g_autofree char *text = NULL;

  bobbin_run_words_for_timeline (figures, &phrase);
  text = bobbin_phrase_join (&phrase, BOBBIN_RANK_LAST);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_timeline (void)
{
  BobbinFigures figures = {
    .started = TRUE,
    .compares = TRUE,
    .elapsed = 1520000,
    .one_after_another = 10100000,
    .ratio = 6.7,
  };

  assert_timeline (&figures,
                   "Finished in 1.52\302\240s · one after another about 10.1\302\240s · 6.7× faster");
  figures.measured = TRUE;
  assert_timeline (&figures, "Finished in 1.52\302\240s · one after another 10.1\302\240s · 6.7× faster");
  figures.measured = FALSE;
  figures.running = TRUE;
  assert_timeline (&figures, "Elapsed 1.5\302\240s · one after another about 10.1\302\240s · 6.7× faster");
}

/* A measured time is told even if nothing was gained. */
static void
test_measured (void)
{
  const BobbinRun run = { .start = 1, .end = 1 + 2 * S, .most_at_once = 2, .finished = 2, .measured = S };
  BobbinFigures figures;

  bobbin_figures_read (&figures, &run, 5 * S);
  g_assert_true (figures.measured);
  g_assert_true (figures.compares);
  g_assert_cmpint (figures.one_after_another, ==, S);
  g_assert_cmpfloat (figures.ratio, ==, 0);
}

static void
test_gain (void)
{
  BobbinFigures figures = { .started = TRUE, .compares = TRUE, .ratio = 5.96 };
  g_auto (BobbinPhrase) phrase = { 0 };
  g_autofree char *text = NULL;

  bobbin_run_words_for_gain (&figures, &phrase);
  text = bobbin_phrase_join (&phrase, BOBBIN_RANK_RATE);
  g_assert_cmpstr (text, ==, "6.0× faster than one after another");
  g_assert_cmpint (phrase.pieces[0].tone, ==, BOBBIN_TONE_STRONG);

  bobbin_phrase_clear (&phrase);
  figures.ratio = 0;
  bobbin_run_words_for_gain (&figures, &phrase);
  g_assert_cmpuint (phrase.n_pieces, ==, 0);
}

static void
test_at_once (void)
{
  const struct
  {
    const char *text;
    int at_once;
  } read[] = {
    { "8 at once", 8 },
    { "12", 12 },
    { "  3  ", 3 },
    { "one after another", 1 },
    { " One After Another ", 1 },
    { "at once 5", 5 },
    { "", 0 },
    { "many", 0 },
    { "99999999999999999999", G_MAXINT },
  };
  g_autofree char *eight = bobbin_run_words_for_at_once (8);
  g_autofree char *one = bobbin_run_words_for_at_once (1);

  g_assert_cmpstr (eight, ==, "8 at once");
  g_assert_cmpstr (one, ==, "one after another");
  for (guint i = 0; i < G_N_ELEMENTS (read); i++)
    g_assert_cmpint (bobbin_run_words_read_at_once (read[i].text), ==, read[i].at_once);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/run-words/before", test_before);
  g_test_add_func ("/run-words/ratio", test_ratio);
  g_test_add_func ("/run-words/one-at-once", test_one_at_once);
  g_test_add_func ("/run-words/end", test_end);
  g_test_add_func ("/run-words/timeline", test_timeline);
  g_test_add_func ("/run-words/measured", test_measured);
  g_test_add_func ("/run-words/gain", test_gain);
  g_test_add_func ("/run-words/at-once", test_at_once);
  return g_test_run ();
}
