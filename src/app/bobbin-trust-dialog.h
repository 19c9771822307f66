/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-queue.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean bobbin_trust_is_wanted (BobbinDownload *download);
void bobbin_trust_dialog_present (GtkWindow *parent, BobbinQueue *queue, BobbinDownload *download);

G_END_DECLS
