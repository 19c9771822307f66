/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-run.h"

/**
 * bobbin_run_reset:
 * @self: a run
 *
 * Makes @self a run that has not begun.
 */
void
bobbin_run_reset (BobbinRun *self)
{
  *self = (BobbinRun){ 0 };
}

/**
 * bobbin_run_is_running:
 * @self: a run
 *
 * Returns: whether @self has begun and not ended
 */
gboolean
bobbin_run_is_running (const BobbinRun *self)
{
  return self->start != 0 && self->end == 0;
}

/**
 * bobbin_run_job_started:
 * @self: a run that has not ended
 * @start: when the worker took the job, monotonic microseconds
 *
 * Counts a job in. The first one begins the run.
 */
void
bobbin_run_job_started (BobbinRun *self, gint64 start)
{
  if (self->start == 0)
    self->start = start;
  self->running++;
  self->running_start += start;
  self->most_at_once = MAX (self->most_at_once, self->running);
}

/**
 * bobbin_run_job_ended:
 * @self: a run
 * @start: what was given to bobbin_run_job_started()
 * @end: when the job's worker was done with it, monotonic microseconds
 * @bytes: how many bytes the job received
 *
 * Counts a job out.
 */
void
bobbin_run_job_ended (BobbinRun *self, gint64 start, gint64 end, goffset bytes)
{
  self->running--;
  self->running_start -= start;
  self->ended_time += end - start;
  self->bytes += bytes;
}

/**
 * bobbin_run_leave_out:
 * @self: a run
 * @time: microseconds that a job took
 * @bytes: how many bytes it received
 *
 * Takes a job that ended out of the figures: what it worked for was removed.
 */
void
bobbin_run_leave_out (BobbinRun *self, gint64 time, goffset bytes)
{
  self->ended_time -= time;
  self->bytes -= bytes;
}

/**
 * bobbin_run_close:
 * @self: a run
 * @now: the moment when the last job's end was applied, monotonic microseconds
 *
 * Ends the run: its elapsed time stands still from here.
 */
void
bobbin_run_close (BobbinRun *self, gint64 now)
{
  self->end = now;
}

/**
 * bobbin_run_get_elapsed:
 * @self: a run
 * @now: monotonic microseconds
 *
 * Returns: how long the run has taken, in microseconds; 0 before it began
 */
gint64
bobbin_run_get_elapsed (const BobbinRun *self, gint64 now)
{
  if (self->start == 0)
    return 0;
  return (self->end != 0 ? self->end : now) - self->start;
}

/**
 * bobbin_run_get_one_after_another:
 * @self: a run
 * @now: monotonic microseconds
 *
 * Sums each job's own time up to @now: what the same jobs would have taken one
 * after another. An estimate, since jobs that share a line are slower than
 * alone; where it has been measured, that counts.
 *
 * Returns: microseconds
 */
gint64
bobbin_run_get_one_after_another (const BobbinRun *self, gint64 now)
{
  if (self->measured != 0)
    return self->measured;
  return self->ended_time + self->running * now - self->running_start;
}

/**
 * bobbin_run_get_ratio:
 * @self: a run
 * @now: monotonic microseconds
 *
 * Tells how many times faster the run is than its jobs one after another.
 *
 * Returns: the ratio; 0 when there is nothing to compare: before two downloads
 *   have finished, or when no two jobs ran at once
 */
double
bobbin_run_get_ratio (const BobbinRun *self, gint64 now)
{
  gint64 elapsed = bobbin_run_get_elapsed (self, now);

  if (self->finished < 2 || self->most_at_once < 2 || elapsed <= 0)
    return 0.0;
  return (double) bobbin_run_get_one_after_another (self, now) / (double) elapsed;
}
