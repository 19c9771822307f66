/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BobbinLink:
 *
 * One link and the options that came with it: a name, a folder, request
 * headers. Filled in by one thread, then shared and never changed again;
 * references are atomic, so any thread may hold one.
 */
typedef struct _BobbinLink BobbinLink;

BobbinLink *bobbin_link_new (const char *uri, GError **error) G_GNUC_WARN_UNUSED_RESULT;
BobbinLink *bobbin_link_copy (const BobbinLink *self) G_GNUC_WARN_UNUSED_RESULT;
BobbinLink *bobbin_link_ref (BobbinLink *self);
void bobbin_link_unref (BobbinLink *self);

const char *bobbin_link_get_uri (const BobbinLink *self);
char *bobbin_link_dup_host (const BobbinLink *self) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_link_dup_shown_uri (const BobbinLink *self) G_GNUC_WARN_UNUSED_RESULT;

const char *bobbin_link_get_name (const BobbinLink *self);
void bobbin_link_set_name (BobbinLink *self, const char *name);

const char *bobbin_link_get_folder (const BobbinLink *self);
void bobbin_link_set_folder (BobbinLink *self, const char *folder);

const char *const *bobbin_link_get_headers (const BobbinLink *self);
gboolean bobbin_link_add_header (BobbinLink *self, const char *name, const char *value, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinLink, bobbin_link_unref)

G_END_DECLS
