/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-incoming.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_DROP_SHEET (bobbin_drop_sheet_get_type ())

/**
 * BobbinDropSheet:
 *
 * What covers a window while something is dragged over it that may hold links.
 * Hidden otherwise. The signal "dropped" (incoming) hands over a
 * #BobbinIncoming.
 */
G_DECLARE_FINAL_TYPE (BobbinDropSheet, bobbin_drop_sheet, BOBBIN, DROP_SHEET, AdwBin)

GtkWidget *bobbin_drop_sheet_new (void);
void bobbin_drop_sheet_attach (BobbinDropSheet *self, GtkWidget *target);

G_END_DECLS
