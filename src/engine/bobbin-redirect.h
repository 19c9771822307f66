/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where requests go on to, and what goes along. */

gboolean bobbin_redirect_is_one (guint status);
GUri *bobbin_redirect_dup_plain (GUri *uri) G_GNUC_WARN_UNUSED_RESULT;
GUri *bobbin_redirect_resolve (GUri *from, const char *location, GError **error) G_GNUC_WARN_UNUSED_RESULT;

char *bobbin_redirect_dup_authority (GUri *uri) G_GNUC_WARN_UNUSED_RESULT;
gboolean bobbin_redirect_is_same_origin (GUri *a, GUri *b);
gboolean bobbin_redirect_is_downgrade (GUri *from, GUri *to);
char *bobbin_redirect_dup_header (GUri *origin, GUri *to, const char *name, const char *value)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean bobbin_redirect_has_secrets (const char *const *headers);

G_END_DECLS
