/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-origin.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_PHASE_LIST (bobbin_phase_list_get_type ())

/**
 * BobbinPhaseList:
 *
 * What the time went into until the server began to answer: a line for each
 * phase, its bar where its time was.
 */
G_DECLARE_FINAL_TYPE (BobbinPhaseList, bobbin_phase_list, BOBBIN, PHASE_LIST, GtkWidget)

void bobbin_phase_list_set (BobbinPhaseList *self, const BobbinPhases *phases);

G_END_DECLS
