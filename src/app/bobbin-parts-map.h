/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-bar.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_PARTS_MAP (bobbin_parts_map_get_type ())

/**
 * BobbinPartsMap:
 *
 * Which bytes of a file are there: a block for each part, filled from its own
 * start, with its share in percent under it where there is room. A file that
 * does not come in parts is one block.
 */
G_DECLARE_FINAL_TYPE (BobbinPartsMap, bobbin_parts_map, BOBBIN, PARTS_MAP, GtkWidget)

GtkWidget *bobbin_parts_map_new (void);

void bobbin_parts_map_set (
    BobbinPartsMap *self, BobbinBarKind kind, const GArray *ranges, goffset total, double fraction);

G_END_DECLS
