/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-queue.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_SUMS_PAGE (bobbin_sums_page_get_type ())

/**
 * BobbinSumsPage:
 *
 * What several selected downloads come to. A long selection is added up a
 * little at a time, so that nothing else has to wait.
 */
G_DECLARE_FINAL_TYPE (BobbinSumsPage, bobbin_sums_page, BOBBIN, SUMS_PAGE, GtkWidget)

void bobbin_sums_page_show (BobbinSumsPage *self, GtkSelectionModel *selection);
void bobbin_sums_page_update (BobbinSumsPage *self);

G_END_DECLS
