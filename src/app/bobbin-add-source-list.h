/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-add-source.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_ADD_SOURCE_LIST (bobbin_add_source_list_get_type ())

/**
 * BobbinAddSourceList:
 *
 * What came besides the text of the Add dialog, a row each: what it is, what was
 * found in it, and a button that takes it away. Hidden while there is nothing.
 * The signal "changed" tells that something was taken away.
 */
G_DECLARE_FINAL_TYPE (BobbinAddSourceList, bobbin_add_source_list, BOBBIN, ADD_SOURCE_LIST, AdwBin)

GPtrArray *bobbin_add_source_list_get_sources (BobbinAddSourceList *self);
void bobbin_add_source_list_add (BobbinAddSourceList *self, BobbinAddSource *source);
gboolean bobbin_add_source_list_drop_unread (BobbinAddSourceList *self);
void bobbin_add_source_list_update (BobbinAddSourceList *self);

G_END_DECLS
