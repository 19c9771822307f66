/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean bobbin_plist_is_binary (const char *bytes, gsize length);
char *bobbin_plist_dup_string (const char *bytes, gsize length, const char *key) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
