/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_FOLDER_ROW (bobbin_folder_row_get_type ())

/**
 * BobbinFolderRow:
 *
 * Where to save to: a folder, whether it can be used, how much room it has,
 * and a button to choose another one.
 */
G_DECLARE_FINAL_TYPE (BobbinFolderRow, bobbin_folder_row, BOBBIN, FOLDER_ROW, AdwActionRow)

const char *bobbin_folder_row_get_folder (BobbinFolderRow *self);
void bobbin_folder_row_set_folder (BobbinFolderRow *self, const char *folder);

gboolean bobbin_folder_make (const char *folder, GError **error);
gboolean bobbin_folder_make_below (const char *folder, const char *subfolder, GError **error);

G_END_DECLS
