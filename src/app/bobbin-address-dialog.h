/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bobbin-queue.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_ADDRESS_DIALOG (bobbin_address_dialog_get_type ())

/**
 * BobbinAddressDialog:
 *
 * Asks where the file of a download is now.
 */
G_DECLARE_FINAL_TYPE (BobbinAddressDialog, bobbin_address_dialog, BOBBIN, ADDRESS_DIALOG, AdwMessageDialog)

void bobbin_address_dialog_present (GtkWindow *parent, BobbinQueue *queue, BobbinDownload *download);

G_END_DECLS
