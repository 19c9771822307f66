/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BOBBIN_ERROR:
 *
 * The engine's own errors. What GLib already names (a full disk, a host that
 * is unknown, no TLS) passes through as G_IO_ERROR, G_RESOLVER_ERROR or
 * G_TLS_ERROR. Messages are for logs; front ends turn codes into words.
 */
#define BOBBIN_ERROR (bobbin_error_quark ())

/**
 * BobbinError:
 * @BOBBIN_ERROR_NOT_A_LINK: the text is no usable link
 * @BOBBIN_ERROR_UNSUPPORTED_SCHEME: a link, but neither http nor https
 * @BOBBIN_ERROR_HTTP_STATUS: the server answered with a status that is no
 *   success; bobbin_error_get_status() tells which
 * @BOBBIN_ERROR_NO_CONTENT: the server answered that there is nothing to save
 * @BOBBIN_ERROR_BAD_ANSWER: the answer breaks the rules of HTTP
 * @BOBBIN_ERROR_BAD_REDIRECT: a redirect without a target, or to one that is
 *   not allowed
 * @BOBBIN_ERROR_TOO_MANY_REDIRECTS: more redirects than #BOBBIN_HTTP_MAX_HOPS
 * @BOBBIN_ERROR_TRUNCATED: the body ended before its announced end
 * @BOBBIN_ERROR_PART_LOST: the part file was removed or replaced by somebody
 *   else
 * @BOBBIN_ERROR_NO_FREE_NAME: all the names tried for the file were taken
 * @BOBBIN_ERROR_RANGE_REFUSED: the answer to a request for a part is none of
 *   that part of the same file
 * @BOBBIN_ERROR_CHANGED: the file changed again and again while it was fetched
 * @BOBBIN_ERROR_TOO_SLOW: head or body dripped slower than the settings allow
 * @BOBBIN_ERROR_CHECKSUM: the file differs from its checksum
 * @BOBBIN_ERROR_EXISTS: the name is taken, and the settings say to skip then
 * @BOBBIN_ERROR_INSECURE_REDIRECT: a redirect from https to http that secrets
 *   would have to go along with
 * @BOBBIN_ERROR_BAD_CERTIFICATE: a site's certificate is not valid;
 *   bobbin_error_get_origin() tells whose
 *
 * The store keeps these numbers: new ones go to the end.
 */
typedef enum
{
  BOBBIN_ERROR_NOT_A_LINK,
  BOBBIN_ERROR_UNSUPPORTED_SCHEME,
  BOBBIN_ERROR_HTTP_STATUS,
  BOBBIN_ERROR_NO_CONTENT,
  BOBBIN_ERROR_BAD_ANSWER,
  BOBBIN_ERROR_BAD_REDIRECT,
  BOBBIN_ERROR_TOO_MANY_REDIRECTS,
  BOBBIN_ERROR_TRUNCATED,
  BOBBIN_ERROR_PART_LOST,
  BOBBIN_ERROR_NO_FREE_NAME,
  BOBBIN_ERROR_RANGE_REFUSED,
  BOBBIN_ERROR_CHANGED,
  BOBBIN_ERROR_TOO_SLOW,
  BOBBIN_ERROR_CHECKSUM,
  BOBBIN_ERROR_EXISTS,
  BOBBIN_ERROR_INSECURE_REDIRECT,
  BOBBIN_ERROR_BAD_CERTIFICATE,
} BobbinError;

GQuark bobbin_error_quark (void);

GError *bobbin_error_new_status (guint status) G_GNUC_WARN_UNUSED_RESULT;
GError *bobbin_error_restore (const char *domain, int code, guint status, const char *message)
    G_GNUC_WARN_UNUSED_RESULT;

guint bobbin_error_get_status (const GError *error);

void bobbin_error_set_retry_after (GError *error, gint64 seconds);
gint64 bobbin_error_get_retry_after (const GError *error);

void bobbin_error_set_total (GError *error, goffset total);
goffset bobbin_error_get_total (const GError *error);

void bobbin_error_set_origin (GError *error, const char *origin);
const char *bobbin_error_get_origin (const GError *error);

G_END_DECLS
