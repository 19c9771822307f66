/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-queue-private.h"

/* For the queue: puts a download that was held, or has failed, back in line. */
void
bobbin_queue_go_on (BobbinQueue *self, BobbinDownload *download)
{
  bobbin_queue_count_not_held (self, download);
  bobbin_queue_stop_waiting (self, download);
  /* In line first: with the new state comes a look at its place. */
  if (download->activity == NULL)
    bobbin_queue_put_in_line (self, download);
  bobbin_queue_set_state (self, download, BOBBIN_STATE_WAITING);
}

/**
 * bobbin_queue_pause:
 * @self: a queue
 * @download: one of its downloads
 *
 * Holds a download that waits or is active; its worker lets go within a
 * moment. What it has received is kept. Others are left as they are.
 */
void
bobbin_queue_pause (BobbinQueue *self, BobbinDownload *download)
{
  if (!bobbin_download_is_under_way (download))
    return;
  bobbin_queue_hold (self, download);
  bobbin_queue_pump (self);
}

/**
 * bobbin_queue_resume:
 * @self: a queue
 * @download: one of its downloads
 *
 * Puts a paused download back in line, in its old place. Others are left as
 * they are.
 */
void
bobbin_queue_resume (BobbinQueue *self, BobbinDownload *download)
{
  if (download->state != BOBBIN_STATE_PAUSED)
    return;
  bobbin_queue_go_on (self, download);
  bobbin_queue_pump (self);
}

static void
retry_failed (BobbinQueue *self, BobbinDownload *download)
{
  g_clear_error (&download->error);
  download->end_order = 0;
  download->failures = 0;
  if (download->run == self->run_number && bobbin_run_is_running (&self->run))
    self->run.failed--;
}

static gboolean
waits_for_a_moment (const BobbinDownload *download)
{
  return download->state == BOBBIN_STATE_WAITING && (download->retry_at != 0 || download->waits_for_network);
}

/* For the queue: puts a download that failed, or waits for a moment, in line. */
void
bobbin_queue_try_again (BobbinQueue *self, BobbinDownload *download)
{
  if (download->state == BOBBIN_STATE_FAILED)
    retry_failed (self, download);
  else if (!waits_for_a_moment (download))
    return;
  bobbin_queue_go_on (self, download);
}

/**
 * bobbin_queue_retry:
 * @self: a queue
 * @download: one of its downloads
 *
 * Puts a download that failed, or that waits for its next try, in line now, in
 * its old place; what it has received is taken up. Others are left as they are.
 */
void
bobbin_queue_retry (BobbinQueue *self, BobbinDownload *download)
{
  bobbin_queue_try_again (self, download);
  bobbin_queue_pump (self);
}
