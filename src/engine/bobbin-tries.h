/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BOBBIN_TRIES_MAX:
 *
 * So many of the last tries of a download are remembered.
 */
#define BOBBIN_TRIES_MAX 16

/**
 * BobbinTryEnd:
 * @BOBBIN_TRY_RUNNING: it has not ended
 * @BOBBIN_TRY_FINISHED: it brought the file
 * @BOBBIN_TRY_FAILED: it ended with an error
 * @BOBBIN_TRY_HELD: the person, or the end of the program, stopped it
 * @BOBBIN_TRY_MOVED: no try: the person gave the download another address
 *
 * How a try ended. The store keeps these numbers: new ones go to the end.
 */
typedef enum
{
  BOBBIN_TRY_RUNNING,
  BOBBIN_TRY_FINISHED,
  BOBBIN_TRY_FAILED,
  BOBBIN_TRY_HELD,
  BOBBIN_TRY_MOVED,
} BobbinTryEnd;

/**
 * BobbinTry:
 * @number: the how-many-th try it was, from 1
 * @how: how it ended
 * @anew: whether it had to give up bytes that were held before
 * @began: when a worker took it, microseconds of the epoch
 * @time: how long it took, microseconds
 * @held: bytes that were there before and that it went on with
 * @bytes: bytes that it received
 * @error: (owned) (nullable): why it failed
 *
 * What is remembered of one try at a download.
 */
typedef struct
{
  guint number;
  BobbinTryEnd how;
  gboolean anew;
  gint64 began;
  gint64 time;
  goffset held;
  goffset bytes;
  GError *error;
} BobbinTry;

/* A log of tries is a GArray of BobbinTry, the oldest first. */
GArray *bobbin_tries_new (void) G_GNUC_WARN_UNUSED_RESULT;
GArray *bobbin_tries_copy (const GArray *tries) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_tries_add (GArray *tries, const BobbinTry *last);
GBytes *bobbin_tries_to_bytes (const GArray *tries) G_GNUC_WARN_UNUSED_RESULT;
GArray *bobbin_tries_from_bytes (GBytes *bytes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
