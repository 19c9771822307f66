/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-phrase.h"
#include "bobbin-queue.h"

G_BEGIN_DECLS

/**
 * BobbinFigures:
 * @started: whether there has been a run
 * @running: whether it goes on
 * @compares: whether the run can be compared with one after another
 * @measured: whether that has really been tried
 * @elapsed: how long it takes, in microseconds
 * @one_after_another: how long it takes one after another, about unless
 *   @measured
 * @ratio: one by the other, from unrounded times; 0 while it means nothing
 * @only_failed: how many downloads failed where none finished; 0 else
 *
 * What the footer shows of a run, at one moment.
 */
typedef struct
{
  gboolean started;
  gboolean running;
  gboolean compares;
  gboolean measured;
  gint64 elapsed;
  gint64 one_after_another;
  double ratio;
  guint only_failed;
} BobbinFigures;

void bobbin_figures_read (BobbinFigures *self, const BobbinRun *run, gint64 now);

char *bobbin_run_words_for_ratio (double ratio) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_run_words_for_end (const BobbinFigures *figures, BobbinPhrase *phrase);
void bobbin_run_words_for_timeline (const BobbinFigures *figures, BobbinPhrase *phrase);
void bobbin_run_words_for_gain (const BobbinFigures *figures, BobbinPhrase *phrase);
char *bobbin_run_words_for_rate (BobbinQueue *queue, const BobbinFigures *figures) G_GNUC_WARN_UNUSED_RESULT;

char *bobbin_run_words_for_at_once (int at_once) G_GNUC_WARN_UNUSED_RESULT;
int bobbin_run_words_read_at_once (const char *text);

G_END_DECLS
