/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-link.h"

G_BEGIN_DECLS

/**
 * BobbinState:
 * @BOBBIN_STATE_WAITING: in line for a worker
 * @BOBBIN_STATE_CONNECTING: a worker has it; no byte of the file yet
 * @BOBBIN_STATE_RECEIVING: bytes of the file arrive
 * @BOBBIN_STATE_PAUSED: held until the person resumes it
 * @BOBBIN_STATE_FINISHED: the whole file stands under its final name
 * @BOBBIN_STATE_FAILED: ended without the file; an error tells why
 */
typedef enum
{
  BOBBIN_STATE_WAITING,
  BOBBIN_STATE_CONNECTING,
  BOBBIN_STATE_RECEIVING,
  BOBBIN_STATE_PAUSED,
  BOBBIN_STATE_FINISHED,
  BOBBIN_STATE_FAILED,
} BobbinState;

#define BOBBIN_TYPE_DOWNLOAD (bobbin_download_get_type ())

/**
 * BobbinDownload:
 *
 * One link on its way to one file, as the person sees it. Lives on the main
 * thread; only its queue changes it. The signal "changed" tells that something
 * that a row shows has changed: on each change of state, and at most ten times
 * a second for the counters.
 */
G_DECLARE_FINAL_TYPE (BobbinDownload, bobbin_download, BOBBIN, DOWNLOAD, GObject)

BobbinLink *bobbin_download_get_link (BobbinDownload *self);
BobbinState bobbin_download_get_state (BobbinDownload *self);
gboolean bobbin_download_is_active (BobbinDownload *self);
guint64 bobbin_download_get_order (BobbinDownload *self);
guint64 bobbin_download_get_end_order (BobbinDownload *self);

char *bobbin_download_dup_name (BobbinDownload *self) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_download_dup_host (BobbinDownload *self) G_GNUC_WARN_UNUSED_RESULT;
const char *bobbin_download_get_folder (BobbinDownload *self);
char *bobbin_download_dup_path (BobbinDownload *self) G_GNUC_WARN_UNUSED_RESULT;

goffset bobbin_download_get_received (BobbinDownload *self);
goffset bobbin_download_get_total (BobbinDownload *self);
double bobbin_download_get_fraction (BobbinDownload *self);
double bobbin_download_get_rate (BobbinDownload *self);
gint64 bobbin_download_get_time_left (BobbinDownload *self);
gint64 bobbin_download_get_own_time (BobbinDownload *self);
const GError *bobbin_download_get_error (BobbinDownload *self);

G_END_DECLS
