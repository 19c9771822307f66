/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-add-plan.h"
#include "bobbin-queue.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_ADD_FILES (bobbin_add_files_get_type ())

/**
 * BobbinAddFiles:
 *
 * The files of a plan as a #GListModel of #BobbinAddFile, and which of them
 * are selected. An item exists only while somebody looks at it, so a hundred
 * thousand links cost two bytes each here. Main thread.
 */
G_DECLARE_FINAL_TYPE (BobbinAddFiles, bobbin_add_files, BOBBIN, ADD_FILES, GObject)

#define BOBBIN_TYPE_ADD_FILE (bobbin_add_file_get_type ())

/**
 * BobbinAddFile:
 *
 * One file of a #BobbinAddFiles, or those of a pattern that share a row.
 */
G_DECLARE_FINAL_TYPE (BobbinAddFile, bobbin_add_file, BOBBIN, ADD_FILE, GObject)

BobbinAddFiles *bobbin_add_files_new (BobbinAddPlan *plan, GHashTable *choices) G_GNUC_WARN_UNUSED_RESULT;

gboolean bobbin_add_files_check (BobbinAddFiles *self, BobbinQueue *queue, gint64 deadline);

BobbinAddPlan *bobbin_add_files_get_plan (BobbinAddFiles *self);
guint bobbin_add_files_get_n_selected (BobbinAddFiles *self);
guint bobbin_add_files_get_n_already (BobbinAddFiles *self);
gboolean bobbin_add_files_is_already (BobbinAddFiles *self, guint index);
guint bobbin_add_files_get_n_shown (BobbinAddFiles *self);
void bobbin_add_files_select_all (BobbinAddFiles *self, gboolean selected);
void bobbin_add_files_set_kinds (BobbinAddFiles *self, guint kinds);
gboolean *bobbin_add_files_dup_selection (BobbinAddFiles *self) G_GNUC_WARN_UNUSED_RESULT;

BobbinLink *bobbin_add_file_get_link (BobbinAddFile *self);
guint bobbin_add_file_get_n_links (BobbinAddFile *self);
char *bobbin_add_file_dup_path (BobbinAddFile *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean bobbin_add_file_is_already (BobbinAddFile *self);
gboolean bobbin_add_file_is_renamed (BobbinAddFile *self);
gboolean bobbin_add_file_get_selected (BobbinAddFile *self);
void bobbin_add_file_set_selected (BobbinAddFile *self, gboolean selected);

G_END_DECLS
