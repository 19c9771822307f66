/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-measure.h"

G_BEGIN_DECLS

typedef void (*BobbinMeasureFunc) (gpointer object);

void bobbin_measure_dialog_ask (GtkWidget *widget,
                                BobbinQueue *queue,
                                BobbinMeasureFunc func,
                                gpointer object);
char *bobbin_measure_dialog_words_for_progress (BobbinMeasure *measure) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
