/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-queue.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_FOOTER (bobbin_footer_get_type ())

/**
 * BobbinFooter:
 *
 * Tells how the run goes, what working at once buys, and lets the person
 * change how many downloads run at once. Has a narrow form, too; the property
 * "narrow" tells which one is shown.
 */
G_DECLARE_FINAL_TYPE (BobbinFooter, bobbin_footer, BOBBIN, FOOTER, GtkWidget)

void bobbin_footer_set_up (BobbinFooter *self, BobbinQueue *queue, GSettings *settings);

G_END_DECLS
