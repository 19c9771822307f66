/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-queue.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_PILLS (bobbin_pills_get_type ())

/**
 * BobbinPills:
 *
 * The row of filters, each with the number of downloads that it lets through.
 * They drive the action "list.filter".
 */
G_DECLARE_FINAL_TYPE (BobbinPills, bobbin_pills, BOBBIN, PILLS, GtkWidget)

void bobbin_pills_set_counts (BobbinPills *self, const BobbinCounts *counts);

G_END_DECLS
