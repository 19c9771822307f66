/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-download.h"

G_BEGIN_DECLS

/**
 * BobbinCounts:
 *
 * How many downloads are in the list, and how many of them are active
 * (connecting or receiving), waiting in line, paused, finished and failed.
 */
typedef struct
{
  guint total;
  guint active;
  guint waiting;
  guint paused;
  guint finished;
  guint failed;
} BobbinCounts;

guint *bobbin_counts_of (BobbinCounts *self, BobbinState state);

G_END_DECLS
