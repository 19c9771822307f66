/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-add-source.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_INCOMING (bobbin_incoming_get_type ())

/**
 * BobbinIncoming:
 *
 * What came from outside, a clipboard, another program or files: lines for the
 * text of the Add dialog, sources that stand beside it with all their bytes, and
 * what could not be read. Filled by one thread at a time.
 */
typedef struct _BobbinIncoming BobbinIncoming;

GType bobbin_incoming_get_type (void);

BobbinIncoming *bobbin_incoming_new (void) G_GNUC_WARN_UNUSED_RESULT;
BobbinIncoming *bobbin_incoming_new_for_text (const char *text) G_GNUC_WARN_UNUSED_RESULT;
BobbinIncoming *bobbin_incoming_ref (BobbinIncoming *self);
void bobbin_incoming_unref (BobbinIncoming *self);

const char *bobbin_incoming_get_text (const BobbinIncoming *self);
GPtrArray *bobbin_incoming_get_sources (const BobbinIncoming *self);
char *bobbin_incoming_dup_problem (const BobbinIncoming *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean bobbin_incoming_is_empty (const BobbinIncoming *self);
gboolean bobbin_incoming_has_links (const BobbinIncoming *self);

void bobbin_incoming_add_line (BobbinIncoming *self, const char *line);
void bobbin_incoming_add_data (BobbinIncoming *self, GBytes *data, const char *name, const char *media_type);
void bobbin_incoming_add_copy (BobbinIncoming *self, GBytes *text, GBytes *page);
void bobbin_incoming_add_uri_list (BobbinIncoming *self, const char *list, GCancellable *cancellable);
void bobbin_incoming_add_file (BobbinIncoming *self, GFile *file, GCancellable *cancellable);
void bobbin_incoming_merge (BobbinIncoming *self, const BobbinIncoming *other);

gboolean bobbin_incoming_is_link (const char *uri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinIncoming, bobbin_incoming_unref)

G_END_DECLS
