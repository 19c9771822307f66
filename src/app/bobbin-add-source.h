/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-links.h"

G_BEGIN_DECLS

/**
 * BobbinAddSource:
 *
 * Something that links come out of: a file, or what a clipboard or another
 * program gave, with its bytes as they came. References are atomic; any thread
 * may read it, and whoever comes first leaves the result for all.
 */
typedef struct _BobbinAddSource BobbinAddSource;

/**
 * BOBBIN_ADD_N_REASONS:
 *
 * How many reasons there are.
 */
#define BOBBIN_ADD_N_REASONS (BOBBIN_REASON_NOT_TEXT + 1)

BobbinAddSource *bobbin_add_source_new (GBytes *data, const char *name, const char *media_type)
    G_GNUC_WARN_UNUSED_RESULT;
BobbinAddSource *bobbin_add_source_ref (BobbinAddSource *self);
void bobbin_add_source_unref (BobbinAddSource *self);
GPtrArray *bobbin_add_source_copy_all (GPtrArray *sources) G_GNUC_WARN_UNUSED_RESULT;

const char *bobbin_add_source_get_name (const BobbinAddSource *self);
gsize bobbin_add_source_get_size (const BobbinAddSource *self);

gboolean bobbin_add_source_read (BobbinAddSource *self,
                                 BobbinLinksProgress progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable);
const BobbinLinks *bobbin_add_source_get_links (const BobbinAddSource *self);
guint bobbin_add_source_get_n_lines_with_reason (const BobbinAddSource *self,
                                                 BobbinReason reason,
                                                 guint *first);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinAddSource, bobbin_add_source_unref)

G_END_DECLS
