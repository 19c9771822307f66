/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-add-plan.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_ADD_FILTER (bobbin_add_filter_get_type ())

/**
 * BobbinAddFilter:
 *
 * Buttons that choose files by kind: all of them, or one kind and others with
 * it. The signal "changed" tells that the choice is another one.
 */
G_DECLARE_FINAL_TYPE (BobbinAddFilter, bobbin_add_filter, BOBBIN, ADD_FILTER, GtkWidget)

guint bobbin_add_filter_get_kinds (BobbinAddFilter *self);
void bobbin_add_filter_show_plan (BobbinAddFilter *self, const BobbinAddPlan *plan);

G_END_DECLS
