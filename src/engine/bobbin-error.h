/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BOBBIN_ERROR:
 *
 * The engine's own errors. What GLib already names (a full disk, a host that
 * is unknown, a bad certificate) passes through as G_IO_ERROR, G_RESOLVER_ERROR
 * or G_TLS_ERROR. Messages are for logs; front ends turn codes into words.
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
} BobbinError;

GQuark bobbin_error_quark (void);

GError *bobbin_error_new_status (guint status) G_GNUC_WARN_UNUSED_RESULT;

guint bobbin_error_get_status (const GError *error);

G_END_DECLS
