/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-checksum.h"
#include "bobbin-link.h"
#include "bobbin-origin.h"
#include "bobbin-tries.h"

G_BEGIN_DECLS

/**
 * BobbinWait:
 * @BOBBIN_WAIT_NONE: it does not wait
 * @BOBBIN_WAIT_IN_LINE: no worker is free, or others go first
 * @BOBBIN_WAIT_HOST: its host has as many connections as it may have
 * @BOBBIN_WAIT_RETRY: its next try is due later
 * @BOBBIN_WAIT_NETWORK: there is no network
 * @BOBBIN_WAIT_SPACE: the disk is full
 *
 * Why a download does not move by itself.
 */
typedef enum
{
  BOBBIN_WAIT_NONE,
  BOBBIN_WAIT_IN_LINE,
  BOBBIN_WAIT_HOST,
  BOBBIN_WAIT_RETRY,
  BOBBIN_WAIT_NETWORK,
  BOBBIN_WAIT_SPACE,
} BobbinWait;

/**
 * BobbinState:
 * @BOBBIN_STATE_WAITING: waits for a worker, or for something else that comes
 *   by itself; #BobbinWait tells for what
 * @BOBBIN_STATE_CONNECTING: a worker has it; no byte of the file yet
 * @BOBBIN_STATE_RECEIVING: bytes of the file arrive
 * @BOBBIN_STATE_PAUSED: held until the person resumes it
 * @BOBBIN_STATE_FINISHED: the whole file stands under its final name
 * @BOBBIN_STATE_FAILED: ended without the file; an error tells why
 *
 * The store keeps these numbers: new ones go to the end.
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
gint64 bobbin_download_get_order (BobbinDownload *self);
guint64 bobbin_download_get_end_order (BobbinDownload *self);

char *bobbin_download_dup_name (BobbinDownload *self) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_download_dup_host (BobbinDownload *self) G_GNUC_WARN_UNUSED_RESULT;
const char *bobbin_download_get_folder (BobbinDownload *self);
const char *bobbin_download_get_final_uri (BobbinDownload *self);
const BobbinDigest *bobbin_download_get_digest (BobbinDownload *self);
char *bobbin_download_dup_path (BobbinDownload *self) G_GNUC_WARN_UNUSED_RESULT;

goffset bobbin_download_get_received (BobbinDownload *self);
goffset bobbin_download_get_total (BobbinDownload *self);
double bobbin_download_get_fraction (BobbinDownload *self);
double bobbin_download_get_rate (BobbinDownload *self);
gint64 bobbin_download_get_time_left (BobbinDownload *self);
gint64 bobbin_download_get_own_time (BobbinDownload *self);
const GError *bobbin_download_get_error (BobbinDownload *self);
guint bobbin_download_get_tries (BobbinDownload *self);
GArray *bobbin_download_dup_tries (BobbinDownload *self) G_GNUC_WARN_UNUSED_RESULT;
const BobbinOrigin *bobbin_download_get_origin (BobbinDownload *self);
gint64 bobbin_download_get_retry_at (BobbinDownload *self);
gint64 bobbin_download_get_retry_since (BobbinDownload *self);
guint bobbin_download_get_n_parts (BobbinDownload *self);
gboolean bobbin_download_is_verified (BobbinDownload *self);
gboolean bobbin_download_is_unproven (BobbinDownload *self);
gboolean bobbin_download_is_anew (BobbinDownload *self);
gboolean bobbin_download_can_resume (BobbinDownload *self);
GArray *bobbin_download_dup_ranges (BobbinDownload *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
