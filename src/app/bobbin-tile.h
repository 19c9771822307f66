/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-thumbnails.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_TILE (bobbin_tile_get_type ())

/**
 * BobbinTile:
 *
 * The square at the start of a row: an icon on a tint that tells the kind of
 * file, or the picture itself.
 */
G_DECLARE_FINAL_TYPE (BobbinTile, bobbin_tile, BOBBIN, TILE, GtkWidget)

GtkWidget *bobbin_tile_new (BobbinThumbnails *thumbnails);

void bobbin_tile_set_size (BobbinTile *self, int size);
void bobbin_tile_set_name (BobbinTile *self, const char *name);
void bobbin_tile_set_picture (BobbinTile *self, const char *path);

G_END_DECLS
