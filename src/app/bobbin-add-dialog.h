/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-incoming.h"
#include "bobbin-queue.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_ADD_DIALOG (bobbin_add_dialog_get_type ())

/**
 * BobbinAddDialog:
 *
 * The last look before links become downloads: a text of links and what came
 * besides, what it was understood as, the files and the folder.
 */
G_DECLARE_FINAL_TYPE (BobbinAddDialog, bobbin_add_dialog, BOBBIN, ADD_DIALOG, AdwWindow)

BobbinAddDialog *bobbin_add_dialog_new (GtkWindow *parent, BobbinQueue *queue, GSettings *settings)
    G_GNUC_WARN_UNUSED_RESULT;

void bobbin_add_dialog_add (BobbinAddDialog *self, const BobbinIncoming *incoming);

G_END_DECLS
