/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-add-plan.h"

G_BEGIN_DECLS

const char *bobbin_add_words_for_shape (BobbinShape shape);
const char *bobbin_add_words_for_kind (BobbinAddKind kind);
char *bobbin_add_words_for_n_links (guint n_links) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_add_words_for_line (const BobbinLinks *links, guint index) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_add_words_for_progress (int permille) G_GNUC_WARN_UNUSED_RESULT;

char *bobbin_add_words_for_source_name (const BobbinAddSource *source) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_add_words_for_source (const BobbinAddSource *source) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
