/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-download.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_TRY_LIST (bobbin_try_list_get_type ())

/**
 * BobbinTryList:
 *
 * What came of the tries of a download, a line for each: when, which, what.
 */
G_DECLARE_FINAL_TYPE (BobbinTryList, bobbin_try_list, BOBBIN, TRY_LIST, GtkWidget)

void bobbin_try_list_show (BobbinTryList *self, BobbinDownload *download);

G_END_DECLS
