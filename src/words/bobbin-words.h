/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-engine.h"

G_BEGIN_DECLS

/**
 * BOBBIN_WORDS_LEAST_RATIO:
 *
 * From here on "times faster" says something; less would read 1.0, or slower.
 */
#define BOBBIN_WORDS_LEAST_RATIO 1.05

char *bobbin_words_for_error (const GError *error) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_words_for_advice (const GError *error) G_GNUC_WARN_UNUSED_RESULT;
const char *bobbin_words_for_state (BobbinState state);
const char *bobbin_words_for_wait (BobbinWait wait);
const char *bobbin_words_for_unproven (void);

char *bobbin_words_for_duration (gint64 microseconds) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_words_for_exact_duration (gint64 microseconds) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_words_for_whole_seconds (gint64 seconds) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_words_for_time_left (gint64 microseconds) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_words_for_retry_in (gint64 microseconds) G_GNUC_WARN_UNUSED_RESULT;

char *bobbin_words_for_rate (double bytes_per_second) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_words_for_size_of_total (goffset received, goffset total) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_words_for_time_and_rate (gint64 microseconds, goffset bytes) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_words_for_percent (double fraction) G_GNUC_WARN_UNUSED_RESULT;

char *bobbin_words_for_parts (guint n_parts) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_words_for_place_in_line (guint place) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_words_for_finished_of_total (guint finished, guint total) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_words_for_failed (guint failed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
