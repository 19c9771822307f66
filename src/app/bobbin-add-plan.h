/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-add-kind.h"
#include "bobbin-add-range.h"
#include "bobbin-add-source.h"
#include "bobbin-naming.h"

G_BEGIN_DECLS

/**
 * BobbinAddPlan:
 *
 * What a text of links and the sources beside it would become in a folder: the
 * links, a verdict for each line of the text, and the name that each file would
 * get as far as can be told before a server is asked. A plain value, never
 * changed once made: any thread may hold a reference.
 */
typedef struct _BobbinAddPlan BobbinAddPlan;

/**
 * BobbinAddRequest:
 * @text: UTF-8
 * @max_expanded: how many links the patterns of @text may make together
 * @sources: (nullable) (element-type BobbinAddSource): what came besides
 * @folder: absolute path of the folder to save to; need not exist
 * @name: (nullable): the name to save under; used if there is a single link
 * @naming: (nullable): what files are called, and the folders below @folder
 * @permille: (nullable): atomic; how far it has come, written by the thread
 *
 * What is to be planned.
 */
typedef struct
{
  const char *text;
  guint max_expanded;
  GPtrArray *sources;
  const char *folder;
  const char *name;
  BobbinNaming *naming;
  int *permille;
} BobbinAddRequest;

BobbinAddPlan *bobbin_add_plan_new (const BobbinAddRequest *request, GCancellable *cancellable)
    G_GNUC_WARN_UNUSED_RESULT;
BobbinAddPlan *bobbin_add_plan_ref (BobbinAddPlan *self);
void bobbin_add_plan_unref (BobbinAddPlan *self);
void bobbin_add_plan_let_go (BobbinAddPlan *self);

guint bobbin_add_plan_get_n_links (const BobbinAddPlan *self);
BobbinLink *bobbin_add_plan_get_link (const BobbinAddPlan *self, guint index);
BobbinLink *bobbin_add_plan_dup_link (const BobbinAddPlan *self, guint index) G_GNUC_WARN_UNUSED_RESULT;
const char *bobbin_add_plan_get_subfolder (const BobbinAddPlan *self, guint index);
const char *bobbin_add_plan_get_name (const BobbinAddPlan *self, guint index);
gboolean bobbin_add_plan_is_renamed (const BobbinAddPlan *self, guint index);
BobbinAddKind bobbin_add_plan_get_kind (const BobbinAddPlan *self, guint index);
guint bobbin_add_plan_get_n_of_kind (const BobbinAddPlan *self, BobbinAddKind kind);
gboolean bobbin_add_plan_is_mixed (const BobbinAddPlan *self);
gboolean bobbin_add_plan_has_one_site (const BobbinAddPlan *self);
const char *bobbin_add_plan_get_folder (const BobbinAddPlan *self);
const GArray *bobbin_add_plan_get_ranges (const BobbinAddPlan *self);

const BobbinLinks *bobbin_add_plan_get_text_links (const BobbinAddPlan *self);
const GPtrArray *bobbin_add_plan_get_sources (const BobbinAddPlan *self);
guint bobbin_add_plan_get_n_repeated (const BobbinAddPlan *self);
guint bobbin_add_plan_get_n_bad (const BobbinAddPlan *self);
guint bobbin_add_plan_get_first_bad (const BobbinAddPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinAddPlan, bobbin_add_plan_unref)

G_END_DECLS
