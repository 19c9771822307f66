/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-queue.h"

G_BEGIN_DECLS

gboolean bobbin_leave_ask (GtkWindow *window, BobbinQueue *queue);

G_END_DECLS
