/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-disk-shim.h"

G_BEGIN_DECLS

/* The status that a process ends with whose power was cut. */
#define BOBBIN_DISK_POWER_CUT 99

void bobbin_disk_power_begin (const char *folder, const char *limbo, guint32 seed);
void bobbin_disk_power_cut_after (gint64 delay, guint n_calls);
void bobbin_disk_power_cut (void);

G_END_DECLS
