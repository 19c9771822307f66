/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BOBBIN_FILE_NAME_MAX:
 *
 * The longest leaf name in bytes, so that the part file's suffix still fits
 * into the 255 bytes of the common file systems.
 */
#define BOBBIN_FILE_NAME_MAX 250

char *bobbin_file_name_for_uri (const char *uri) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_file_name_for_answer (const char *given,
                                   const char *disposition,
                                   const char *uri,
                                   const char *media_type) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_file_name_sanitize (const char *name) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_file_name_number (const char *name, guint number) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
