/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-phrase.h"
#include "bobbin-queue.h"

G_BEGIN_DECLS

void bobbin_details_words_for_headline (BobbinQueue *queue, BobbinDownload *download, BobbinPhrase *phrase);
char *bobbin_details_words_for_reason (BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_details_words_for_map (BobbinDownload *download, const GArray *ranges) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_details_words_for_origin (const BobbinOrigin *origin) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_details_words_for_folder (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_details_words_for_type (BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_details_words_for_size (BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_details_words_for_phase (gint64 microseconds) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_details_words_for_secure (GTlsProtocolVersion tls) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_details_words_for_hex (const char *hex) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_details_words_for_algorithm (GChecksumType type) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_details_words_for_time (gint64 time, gint64 now) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_details_words_for_try (const BobbinTry *one, guint n_parts) G_GNUC_WARN_UNUSED_RESULT;

BobbinDigest *bobbin_details_parse_digest (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
