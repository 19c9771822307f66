/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-queue.h"

G_BEGIN_DECLS

/**
 * BobbinSums:
 * @n: how many downloads
 * @states: how many of them are in which state, by #BobbinState
 * @received: bytes that are there
 * @total: bytes of those files whose size is known
 * @n_unknown: files whose size is not known
 * @rate: bytes a second of those that receive
 * @own_time: microseconds that was spent on all of them
 * @folder: (nullable): where they are saved, if that is one folder
 *
 * What several downloads come to. A plain value; starts out as zeros.
 */
typedef struct
{
  guint n;
  guint states[BOBBIN_STATE_FAILED + 1];
  goffset received;
  goffset total;
  guint n_unknown;
  double rate;
  gint64 own_time;
  const char *folder;
} BobbinSums;

void bobbin_sums_add (BobbinSums *self, BobbinDownload *download);
char *bobbin_sums_words_for_size (const BobbinSums *self) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_sums_words_for_states (const BobbinSums *self) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_sums_words_for_title (const BobbinSums *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
