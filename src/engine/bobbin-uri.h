/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BOBBIN_URI_MAX:
 *
 * The longest URI in bytes. Servers and proxies give up between 8 and 64 KiB;
 * what is longer is no link but a text that begins like one.
 */
#define BOBBIN_URI_MAX 65536

char *bobbin_uri_canonicalize (const char *uri, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
