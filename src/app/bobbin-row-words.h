/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-phrase.h"
#include "bobbin-queue.h"

G_BEGIN_DECLS

void bobbin_row_words_for_details (BobbinQueue *queue, BobbinDownload *download, BobbinPhrase *phrase);
void bobbin_row_words_for_state (BobbinQueue *queue, BobbinDownload *download, BobbinPhrase *phrase);
char *bobbin_row_words_for_label (BobbinQueue *queue, BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_row_words_for_action (BobbinQueue *queue, BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
