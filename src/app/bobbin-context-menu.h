/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_CONTEXT_MENU (bobbin_context_menu_get_type ())

/**
 * BobbinContextMenu:
 *
 * The menu of a selection of downloads. While it is open, only those actions
 * of its parent are enabled that apply to the whole selection.
 */
G_DECLARE_FINAL_TYPE (BobbinContextMenu, bobbin_context_menu, BOBBIN, CONTEXT_MENU, GObject)

BobbinContextMenu *bobbin_context_menu_new (GtkWidget *parent, GMenuModel *model) G_GNUC_WARN_UNUSED_RESULT;

void bobbin_context_menu_pop_up (
    BobbinContextMenu *self, GPtrArray *downloads, GtkWidget *at, double x, double y);

G_END_DECLS
