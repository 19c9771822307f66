/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-store.h"

G_BEGIN_DECLS

/* Files whose bytes are a function of the link, the version and the offset, so
 * that whoever finds them can tell whether they are right; those of the demo
 * server are among them, in one version. */

/* So many versions of each file there are. */
#define BOBBIN_CRASH_VERSIONS 3

/**
 * BobbinCrashCounts:
 * @finished: files that are said to be finished and to survive
 * @held: downloads that are said to hold bytes
 * @bytes: how many bytes those hold
 * @lost: those among them whose part file is noticed to be gone
 *
 * What was looked at.
 */
typedef struct
{
  guint finished;
  guint held;
  goffset bytes;
  guint lost;
} BobbinCrashCounts;

goffset bobbin_crash_file_get_size (const char *uri);
void bobbin_crash_file_fill (guint8 *bytes, gsize size, goffset offset, const char *uri, guint version);
char *bobbin_crash_find_wrong (GPtrArray *records, BobbinCrashCounts *counts) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_crash_find_unfinished (GPtrArray *records) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
