/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be done with the selection of the list beside pausing and opening:
 * its order, its checksums, its files. */

void bobbin_list_actions_install (GtkWidgetClass *list_class);
void bobbin_list_actions_add_keys (GtkShortcutController *keys);
void bobbin_list_actions_enable (GtkWidget *list, GPtrArray *downloads);

G_END_DECLS
