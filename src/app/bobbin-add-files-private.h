/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-add-files.h"

G_BEGIN_DECLS

typedef struct
{
  guint8 already : 1;
  guint8 selected : 1;
} FileState;

struct _BobbinAddFiles
{
  GObject parent_instance;

  BobbinAddPlan *plan; /* owned */
  GHashTable *choices; /* owned; URI → TRUE if the person selected it, FALSE if unselected */
  GHashTable *live;    /* owned; index of the first link → the item that somebody holds, not owned */
  FileState *states;   /* one for each link */
  GArray *rows;        /* owned; BobbinAddRange; NULL if each link has a row of its own */
  guint kinds;         /* those that are shown, as bits; 0 for all */
  guint n_checked;
  guint n_already;
  guint n_selected; /* of those that are shown */
};

struct _BobbinAddFile
{
  GObject parent_instance;

  BobbinAddFiles *files; /* owned */
  BobbinAddRange range;  /* usually one link */
};

BobbinAddFile *bobbin_add_file_new (BobbinAddFiles *files, const BobbinAddRange *range)
    G_GNUC_WARN_UNUSED_RESULT;
void bobbin_add_file_notify_selected (BobbinAddFile *self);

gboolean bobbin_add_files_select_range (BobbinAddFiles *self, const BobbinAddRange *range, gboolean selected);

G_END_DECLS
