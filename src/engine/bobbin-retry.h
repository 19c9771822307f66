/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BobbinRetryWhat:
 * @BOBBIN_RETRY_LATER: another try is worth it after a wait
 * @BOBBIN_RETRY_GIVE_UP: it is not: the download fails
 * @BOBBIN_RETRY_ASK: the server asks for a longer wait than we take on without
 *   the person
 *
 * What to do about an error.
 */
typedef enum
{
  BOBBIN_RETRY_LATER,
  BOBBIN_RETRY_GIVE_UP,
  BOBBIN_RETRY_ASK,
} BobbinRetryWhat;

/**
 * BobbinRetry:
 * @what: what to do
 * @delay: microseconds to wait, for %BOBBIN_RETRY_LATER; else 0
 *
 * The answer to an error.
 */
typedef struct
{
  BobbinRetryWhat what;
  gint64 delay;
} BobbinRetry;

BobbinRetry bobbin_retry_decide (const GError *error, guint failures, guint tries, guint32 random);
gboolean bobbin_retry_wants_fewer_connections (const GError *error);
gboolean bobbin_retry_is_about_the_network (const GError *error);

/**
 * BobbinRetrySpace:
 * @refusals: how many times in a row a write was refused although the file
 *   system had room
 * @since: when the last write was refused, monotonic microseconds
 * @free: bytes that the file system had free then
 *
 * What is known of a disk that had no room for a download.
 */
typedef struct
{
  guint refusals;
  gint64 since;
  goffset free;
} BobbinRetrySpace;

void bobbin_retry_space_refused (BobbinRetrySpace *self, goffset rest, goffset free, gint64 now);
gboolean bobbin_retry_space_has_come (const BobbinRetrySpace *self, goffset rest, goffset free, gint64 now);

G_END_DECLS
