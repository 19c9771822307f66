/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-keeper.h"
#include "bobbin-timeline-source.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_RUN_CHOOSER (bobbin_run_chooser_get_type ())

/**
 * BobbinRunChooser:
 *
 * A button with the earlier runs behind it.
 *
 * Signals:
 * - "chosen": another run is to be shown, by the person's choice, because a
 *   new one has begun, or because there is none yet
 */
G_DECLARE_FINAL_TYPE (BobbinRunChooser, bobbin_run_chooser, BOBBIN, RUN_CHOOSER, GtkWidget)

void bobbin_run_chooser_set_up (BobbinRunChooser *self, BobbinQueue *queue, BobbinKeeper *keeper);
BobbinTimelineSource *bobbin_run_chooser_dup_source (BobbinRunChooser *self) G_GNUC_WARN_UNUSED_RESULT;

char *bobbin_run_chooser_words_for_run (const BobbinRunRecord *record) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
