/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-queue.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_MEASURE (bobbin_measure_get_type ())

/**
 * BobbinMeasure:
 *
 * Downloads the links of a run once more, one after another, into a folder
 * that goes away again, and tells how long that took. Main thread.
 *
 * Signals:
 * - "progress": one more has ended
 * - "done": all have ended, or it was stopped; the folder is gone
 */
G_DECLARE_FINAL_TYPE (BobbinMeasure, bobbin_measure, BOBBIN, MEASURE, GObject)

guint bobbin_measure_count (BobbinQueue *queue, goffset *bytes);

BobbinMeasure *bobbin_measure_start (BobbinQueue *queue, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_measure_stop (BobbinMeasure *self);

guint bobbin_measure_get_n_links (BobbinMeasure *self);
guint bobbin_measure_get_n_ended (BobbinMeasure *self);
const char *bobbin_measure_get_folder (BobbinMeasure *self);
gint64 bobbin_measure_get_time (BobbinMeasure *self);
const char *bobbin_measure_get_problem (BobbinMeasure *self);

G_END_DECLS
