/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-add-files.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_ADD_ROW (bobbin_add_row_get_type ())

/**
 * BobbinAddRow:
 *
 * One file in the Add dialog: whether it is selected, its kind, name and host.
 * Empty until it is filled, because most rows of a long list are never seen.
 */
G_DECLARE_FINAL_TYPE (BobbinAddRow, bobbin_add_row, BOBBIN, ADD_ROW, GtkBox)

GtkWidget *bobbin_add_row_new (void);
void bobbin_add_row_set_file (BobbinAddRow *self, BobbinAddFile *file);
gboolean bobbin_add_row_fill (BobbinAddRow *self);

G_END_DECLS
