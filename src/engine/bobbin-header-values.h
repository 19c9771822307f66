/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BobbinContentRange:
 * @first: offset of the first byte
 * @last: offset of the last byte
 * @total: bytes of the whole file, -1 if the server does not tell
 *
 * The value of a Content-Range field of a 206.
 */
typedef struct
{
  goffset first;
  goffset last;
  goffset total;
} BobbinContentRange;

gboolean bobbin_header_parse_content_length (const char *value, goffset *length);
gboolean bobbin_header_is_chunked (const char *value);
gboolean bobbin_header_parse_content_range (const char *value, BobbinContentRange *range);
gboolean bobbin_header_parse_unsatisfied_range (const char *value, goffset *total);
gboolean bobbin_header_has_token (const char *value, const char *token);
gint64 bobbin_header_parse_date (const char *value);
gint64 bobbin_header_parse_retry_after (const char *value, gint64 now);
char *bobbin_header_dup_validator (const char *etag, const char *last_modified, const char *date)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
