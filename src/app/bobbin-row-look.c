/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-row-look.h"

#include "bobbin-sign-in-origin.h"

#include <glib/gi18n.h>

static const BobbinLook looks[] = {
  [BOBBIN_LOOK_WAITING] = { "waiting", "document-open-recent-symbolic", "media-playback-pause-symbolic" },
  [BOBBIN_LOOK_RETRYING] = { "retrying", NULL, "view-refresh-symbolic", BOBBIN_BAR_HELD, TRUE },
  [BOBBIN_LOOK_CONNECTING]
  = { "connecting", "content-loading-symbolic", "media-playback-pause-symbolic", BOBBIN_BAR_ACTIVE, TRUE },
  [BOBBIN_LOOK_RECEIVING] = { "receiving", NULL, "media-playback-pause-symbolic", BOBBIN_BAR_ACTIVE, TRUE },
  [BOBBIN_LOOK_PAUSED] = { "paused", NULL, "media-playback-start-symbolic", BOBBIN_BAR_HELD, TRUE },
  [BOBBIN_LOOK_FINISHED] = { "finished", "emblem-ok-symbolic", "folder-open-symbolic" },
  [BOBBIN_LOOK_VERIFIED] = { "finished", "security-high-symbolic", "folder-open-symbolic" },
  [BOBBIN_LOOK_FAILED] = { "failed", "dialog-warning-symbolic", "view-refresh-symbolic" },
  [BOBBIN_LOOK_SIGN_IN] = { "failed", "dialog-warning-symbolic", "dialog-password-symbolic" },
};

/**
 * bobbin_look_for:
 * @queue: the queue that @download is in
 * @download: a download
 *
 * Main thread.
 *
 * Returns: what its row looks like
 */
BobbinLookId
bobbin_look_for (BobbinQueue *queue, BobbinDownload *download)
{
  switch (bobbin_download_get_state (download))
    {
    case BOBBIN_STATE_CONNECTING:
      return BOBBIN_LOOK_CONNECTING;
    case BOBBIN_STATE_RECEIVING:
      return BOBBIN_LOOK_RECEIVING;
    case BOBBIN_STATE_PAUSED:
      return BOBBIN_LOOK_PAUSED;
    case BOBBIN_STATE_FINISHED:
      return bobbin_download_is_verified (download) ? BOBBIN_LOOK_VERIFIED : BOBBIN_LOOK_FINISHED;
    case BOBBIN_STATE_FAILED:
      return bobbin_sign_in_is_wanted (download) ? BOBBIN_LOOK_SIGN_IN : BOBBIN_LOOK_FAILED;
    case BOBBIN_STATE_WAITING:
    default:
      return bobbin_queue_get_wait (queue, download) == BOBBIN_WAIT_RETRY ? BOBBIN_LOOK_RETRYING
                                                                          : BOBBIN_LOOK_WAITING;
    }
}

/**
 * bobbin_look_get:
 * @id: a look
 *
 * Returns: what belongs to it
 */
const BobbinLook *
bobbin_look_get (BobbinLookId id)
{
  return &looks[id];
}

/**
 * bobbin_look_get_tooltip:
 * @id: a look
 *
 * Returns: what the button of the row does
 */
const char *
bobbin_look_get_tooltip (BobbinLookId id)
{
  switch (id)
    {
    case BOBBIN_LOOK_PAUSED:
      return _ ("Resume");
    case BOBBIN_LOOK_FAILED:
      return _ ("Retry");
    case BOBBIN_LOOK_RETRYING:
      return _ ("Retry Now");
    case BOBBIN_LOOK_SIGN_IN:
      return _ ("Sign In…");
    case BOBBIN_LOOK_FINISHED:
    case BOBBIN_LOOK_VERIFIED:
      return _ ("Open Folder");
    case BOBBIN_LOOK_WAITING:
    case BOBBIN_LOOK_CONNECTING:
    case BOBBIN_LOOK_RECEIVING:
    default:
      return _ ("Pause");
    }
}
