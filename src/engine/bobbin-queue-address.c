/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-queue-private.h"

/* For the queue: gives a download that no worker has another address, that of
 * @link. The bytes that it holds are taken up if the server there has the same
 * file. */
void
bobbin_queue_move (BobbinQueue *self, BobbinDownload *download, BobbinLink *link)
{
  bobbin_link_unref (download->link);
  download->link = bobbin_link_ref (link);
  bobbin_list_forget_uris (&self->list);
  download->address = 0;
  download->addresses_failed = 0;
  download->failures = 0;
  download->anew = FALSE;
  if (download->held != NULL)
    download->held->address = BOBBIN_HELD_ELSEWHERE;
  g_clear_pointer (&download->origin, bobbin_origin_free);
  bobbin_download_remember (download, &(BobbinTry){ .how = BOBBIN_TRY_MOVED, .began = g_get_real_time () });
  bobbin_queue_keep (self, download);
}

/**
 * bobbin_queue_change_address:
 * @self: a queue
 * @download: one of its downloads
 * @uri: where its file is now, as a person pastes it
 * @error: return location for an error
 *
 * Gives a download another address, for a link that has expired or a server
 * that is gone. What it has received is taken up if the server there says that
 * it has the same file: by the size and by the strong validator, or, where a
 * checksum will tell in the end, by the size alone. Otherwise it starts anew,
 * and bobbin_download_is_anew() says so. The link's own headers go along, but
 * for what may be a secret of another origin.
 *
 * A failed one goes back in line, one that is under way stays so; a paused one
 * stays paused. Main thread.
 *
 * Sets what bobbin_link_new() does, and %G_IO_ERROR_CLOSED for one that has
 * finished or was removed meanwhile.
 *
 * Returns: whether it has the address now
 */
gboolean
bobbin_queue_change_address (BobbinQueue *self, BobbinDownload *download, const char *uri, GError **error)
{
  gboolean under_way = bobbin_download_is_under_way (download);
  g_autoptr (BobbinLink) link = NULL;

  if (download->state == BOBBIN_STATE_FINISHED || download->removed)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "Finished or removed");
      return FALSE;
    }
  link = bobbin_link_copy_to (download->link, uri, error);
  if (link == NULL)
    return FALSE;
  if (under_way)
    bobbin_queue_hold (self, download);
  if (download->activity == NULL)
    bobbin_queue_move (self, download, link);
  else
    {
      g_clear_pointer (&download->activity->moved, bobbin_link_unref);
      download->activity->moved = bobbin_link_ref (link);
    }
  bobbin_download_emit_changed (download);
  if (under_way)
    bobbin_queue_resume (self, download);
  else
    bobbin_queue_retry (self, download);
  return TRUE;
}
