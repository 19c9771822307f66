/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BOBBIN_AXIS_MAX_MARKS:
 *
 * More marks than this on an axis are read by nobody.
 */
#define BOBBIN_AXIS_MAX_MARKS 9

double bobbin_axis_find_step (double length, guint max_marks);
gint64 bobbin_axis_round_up (gint64 time, double step);

char *bobbin_axis_words_for_time (double seconds, double step) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_axis_words_for_rate (double bytes_per_second) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
