/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-links.h"

G_BEGIN_DECLS

/**
 * BobbinAddPlan:
 *
 * What a text of links would become in a folder: its links, a verdict for each
 * line, and the name that each file would get as far as can be told before a
 * server is asked. A plain value, never changed once made: any thread may hold
 * a reference.
 */
typedef struct _BobbinAddPlan BobbinAddPlan;

BobbinAddPlan *bobbin_add_plan_new (const char *text, const char *folder, const char *name)
    G_GNUC_WARN_UNUSED_RESULT;
BobbinAddPlan *bobbin_add_plan_ref (BobbinAddPlan *self);
void bobbin_add_plan_unref (BobbinAddPlan *self);

guint bobbin_add_plan_get_n_links (const BobbinAddPlan *self);
BobbinLink *bobbin_add_plan_get_link (const BobbinAddPlan *self, guint index);
const char *bobbin_add_plan_get_name (const BobbinAddPlan *self, guint index);
gboolean bobbin_add_plan_is_renamed (const BobbinAddPlan *self, guint index);

guint bobbin_add_plan_get_n_lines (const BobbinAddPlan *self);
const BobbinLine *bobbin_add_plan_get_line (const BobbinAddPlan *self, guint index);
guint bobbin_add_plan_get_n_repeated (const BobbinAddPlan *self);
guint bobbin_add_plan_get_n_bad (const BobbinAddPlan *self);
guint bobbin_add_plan_get_first_bad (const BobbinAddPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinAddPlan, bobbin_add_plan_unref)

G_END_DECLS
