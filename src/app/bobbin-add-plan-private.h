/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-add-plan.h"

G_BEGIN_DECLS

typedef struct
{
  BobbinLink *link; /* borrowed from the links that it was found in */
  char *name;       /* owned */
  char *subfolder;  /* owned (nullable) */
  guint8 renamed;
  guint8 kind;
} PlannedFile;

struct _BobbinAddPlan
{
  gatomicrefcount references;

  /* immutable after construction */
  BobbinLinks *text_links; /* owned */
  GPtrArray *sources;      /* owned; of BobbinAddSource */
  char *folder;
  char *name;           /* (nullable) */
  BobbinNaming *naming; /* owned (nullable) */
  PlannedFile *files;   /* one for each link; those of the text come first */
  guint n_files;
  guint n_of_kind[BOBBIN_ADD_N_KINDS];
  GArray *ranges;   /* owned; BobbinAddRange */
  gboolean is_page; /* whether something of it is one */
  gboolean has_one_site;
  guint n_repeated; /* lines, and links of sources, that only say again what stands further up */
  guint n_bad;      /* lines of which no link can be made */
  guint first_bad;  /* index of the first of them */
};

gboolean bobbin_add_plan_has_own_name (const BobbinAddPlan *self);
BobbinLink *bobbin_add_plan_dup_named_link (const BobbinAddPlan *self, guint index) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
