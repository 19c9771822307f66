/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-queue-private.h"

#include "bobbin-error.h"
#include "bobbin-retry.h"

#include <sys/statvfs.h>

/* A full disk is looked at so often, in seconds. */
#define SPACE_INTERVAL 5

static void
resume_by_itself (BobbinQueue *self, BobbinDownload *download)
{
  g_clear_error (&download->error);
  bobbin_queue_put_in_line (self, download);
  bobbin_queue_set_state (self, download, BOBBIN_STATE_WAITING);
}

static goffset
get_rest (const BobbinDownload *download)
{
  return download->total >= 0 ? download->total - download->received : 0;
}

/* Returns: bytes, -1 if that cannot be told */
static goffset
get_free (const BobbinDownload *download)
{
  struct statvfs info;
  goffset free;

  if (statvfs (bobbin_link_get_folder (download->link), &info) < 0
      || __builtin_mul_overflow (info.f_bavail, info.f_frsize, &free))
    return -1;
  return free;
}

static gboolean
has_space (const BobbinDownload *download)
{
  return bobbin_retry_space_has_come (download->space, get_rest (download), get_free (download),
                                      g_get_monotonic_time ());
}

static gboolean
on_space_interval (gpointer user_data)
{
  g_autoptr (BobbinQueue) self = g_object_ref (user_data);

  for (guint i = self->no_space->len; i > 0; i--)
    {
      BobbinDownload *download = g_ptr_array_index (self->no_space, i - 1);

      if (!has_space (download))
        continue;
      g_ptr_array_remove_index (self->no_space, i - 1);
      download->waits_for_space = FALSE;
      bobbin_queue_count_not_held (self, download);
      resume_by_itself (self, download);
    }
  bobbin_queue_pump (self);
  if (self->no_space->len > 0)
    return G_SOURCE_CONTINUE;
  self->space_id = 0;
  return G_SOURCE_REMOVE;
}

static void
wait_for_space (BobbinQueue *self, BobbinDownload *download)
{
  if (download->space == NULL)
    download->space = g_new0 (BobbinRetrySpace, 1);
  bobbin_retry_space_refused (download->space, get_rest (download), get_free (download),
                              g_get_monotonic_time ());
  download->waits_for_space = TRUE;
  g_ptr_array_add (self->no_space, download);
  if (self->space_id == 0)
    self->space_id = g_timeout_add_seconds (SPACE_INTERVAL, on_space_interval, self);
  bobbin_queue_set_state (self, download, BOBBIN_STATE_PAUSED);
}

static void
on_network_changed (GNetworkMonitor *monitor, gboolean available, gpointer user_data)
{
  g_autoptr (BobbinQueue) self = g_object_ref (user_data);

  if (!available)
    return;
  for (guint i = 0; i < self->no_net->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (self->no_net, i);

      download->waits_for_network = FALSE;
      resume_by_itself (self, download);
    }
  g_ptr_array_set_size (self->no_net, 0);
  bobbin_queue_pump (self);
}

static void
wait_for_network (BobbinQueue *self, BobbinDownload *download)
{
  download->waits_for_network = TRUE;
  download->failures = 0;
  g_ptr_array_add (self->no_net, download);
  if (self->net_id == 0)
    self->net_id = g_signal_connect (g_network_monitor_get_default (), "network-changed",
                                     G_CALLBACK (on_network_changed), self);
  bobbin_queue_set_state (self, download, BOBBIN_STATE_WAITING);
}

static gint64
get_delay (BobbinQueue *self, const GError *error, gint64 delay)
{
  if (bobbin_error_get_retry_after (error) >= 0)
    return delay;
  return (gint64) ((double) delay * (double) self->settings->retry_delay / G_USEC_PER_SEC);
}

/* For the queue: lets a download wait for what its error asks for.
 * Returns: %FALSE if no waiting helps */
gboolean
bobbin_queue_wait_after (BobbinQueue *self, BobbinDownload *download, const GError *error)
{
  BobbinRetry retry = bobbin_retry_decide (error, download->failures, self->settings->tries, g_random_int ());

  if (self->settings->patient && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    {
      wait_for_space (self, download);
      return TRUE;
    }
  if (self->settings->patient && bobbin_retry_is_about_the_network (error)
      && !g_network_monitor_get_network_available (g_network_monitor_get_default ()))
    {
      wait_for_network (self, download);
      return TRUE;
    }
  if (retry.what != BOBBIN_RETRY_LATER)
    return FALSE;
  download->retry_since = g_get_monotonic_time ();
  download->retry_at = download->retry_since + get_delay (self, error, retry.delay);
  bobbin_queue_line_put_later (&self->line, download);
  bobbin_queue_set_state (self, download, BOBBIN_STATE_WAITING);
  return TRUE;
}

/* For the queue: takes a download out of whatever it waits in. */
void
bobbin_queue_stop_waiting (BobbinQueue *self, BobbinDownload *download)
{
  bobbin_queue_line_remove (&self->line, download);
  download->retry_at = 0;
  if (download->waits_for_network)
    g_ptr_array_remove (self->no_net, download);
  if (download->waits_for_space)
    g_ptr_array_remove (self->no_space, download);
  download->waits_for_network = FALSE;
  download->waits_for_space = FALSE;
  g_clear_error (&download->error);
}

static gboolean
on_wake (gpointer user_data)
{
  g_autoptr (BobbinQueue) self = g_object_ref (user_data);

  self->wake_id = 0;
  bobbin_queue_pump (self);
  return G_SOURCE_REMOVE;
}

/* For the queue: puts those in line whose moment has come, and sees to the next
 * moment. */
void
bobbin_queue_wake (BobbinQueue *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 next = bobbin_queue_line_wake (&self->line, now);

  if (next == self->wake_at && self->wake_id != 0)
    return;
  g_clear_handle_id (&self->wake_id, g_source_remove);
  self->wake_at = next;
  if (next != G_MAXINT64 && self->pool != NULL)
    self->wake_id = g_timeout_add ((guint) ((next - now) / 1000 + 1), on_wake, self);
}

/* For the queue: whether something that waits will go on by itself. */
gboolean
bobbin_queue_is_waiting (BobbinQueue *self)
{
  return self->pool != NULL
         && (!bobbin_queue_line_is_empty (&self->line) || bobbin_queue_line_has_later (&self->line)
             || self->no_net->len > 0);
}

/* For the queue: ends all waiting, at its own end. */
void
bobbin_queue_clear_waiting (BobbinQueue *self)
{
  g_clear_handle_id (&self->wake_id, g_source_remove);
  g_clear_handle_id (&self->space_id, g_source_remove);
  if (self->net_id != 0)
    g_signal_handler_disconnect (g_network_monitor_get_default (), self->net_id);
  self->net_id = 0;
}
