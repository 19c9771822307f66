/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-record.h"

G_BEGIN_DECLS

/**
 * BobbinCrashDeed:
 * @BOBBIN_CRASH_ADDED: the store has said that it is written
 * @BOBBIN_CRASH_REMOVING: nobody knows
 * @BOBBIN_CRASH_REMOVED: the store has said that it is gone
 *
 * What was done to a download.
 */
typedef enum
{
  BOBBIN_CRASH_ADDED = '+',
  BOBBIN_CRASH_REMOVING = '?',
  BOBBIN_CRASH_REMOVED = '-',
} BobbinCrashDeed;

void bobbin_crash_note_deed (const char *path, BobbinCrashDeed deed, guint64 id);
char *bobbin_crash_find_wrong_deed (const char *path, GPtrArray *records, guint *n_deeds)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
