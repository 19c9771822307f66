/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *bobbin_encoding_from_windows_1252 (const char *bytes, gsize length) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_encoding_from_utf16 (const char *bytes, gsize length, gboolean big_endian, gsize *length_out)
    G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_encoding_guess (const char *bytes, gsize length) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_encoding_from_charset (const char *bytes, gsize length, const char *charset)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
