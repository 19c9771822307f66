/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BobbinRun:
 *
 * One run: from the first start of a download while nothing ran to the moment
 * when the last one has ended and its end was applied. Times are monotonic, in
 * microseconds, and always passed in. Main thread.
 */
typedef struct
{
  gint64 start;         /* when the first job began, 0 before */
  gint64 end;           /* when the last end was applied, 0 while running */
  gint64 ended_time;    /* sum of the own times of the jobs that ended */
  gint64 running_start; /* sum of the starts of the jobs that run */
  guint running;        /* jobs that run */
  guint most_at_once;   /* most jobs that ran at one moment */
  guint finished;       /* downloads that finished in this run */
  guint failed;         /* downloads that failed in this run */
  guint held;           /* downloads that were paused in this run, and still are */
  goffset bytes;        /* received by the jobs that ended */
  gint64 began;         /* when it began, microseconds of the epoch */
  gint64 measured;      /* what the same links have really taken one after another, 0 if unknown */
} BobbinRun;

void bobbin_run_reset (BobbinRun *self);

gboolean bobbin_run_is_running (const BobbinRun *self);
void bobbin_run_job_started (BobbinRun *self, gint64 start);
void bobbin_run_job_ended (BobbinRun *self, gint64 start, gint64 end, goffset bytes);
void bobbin_run_leave_out (BobbinRun *self, gint64 time, goffset bytes);
void bobbin_run_close (BobbinRun *self, gint64 now);

gint64 bobbin_run_get_elapsed (const BobbinRun *self, gint64 now);
gint64 bobbin_run_get_one_after_another (const BobbinRun *self, gint64 now);
double bobbin_run_get_ratio (const BobbinRun *self, gint64 now);

G_END_DECLS
