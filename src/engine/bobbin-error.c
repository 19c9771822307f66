/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-error.h"

/* What an error carries beyond code and message. */
typedef struct
{
  guint status;
  gint64 retry_after; /* seconds, -1 if the server did not say */
  goffset total;      /* bytes of the file, -1 if the server did not say */
  char *origin;       /* whose fault it is, NULL if that does not matter */
} BobbinErrorPrivate;

static void
bobbin_error_private_init (BobbinErrorPrivate *private)
{
  private->status = 0;
  private->retry_after = -1;
  private->total = -1;
  private->origin = NULL;
}

static void
bobbin_error_private_copy (const BobbinErrorPrivate *from, BobbinErrorPrivate *to)
{
  *to = *from;
  to->origin = g_strdup (from->origin);
}

static void
bobbin_error_private_clear (BobbinErrorPrivate *private)
{
  g_free (private->origin);
}

G_DEFINE_EXTENDED_ERROR (BobbinError, bobbin_error)

/**
 * bobbin_error_new_status:
 * @status: an HTTP status code that is no success
 *
 * Makes a %BOBBIN_ERROR_HTTP_STATUS that remembers @status. Any thread.
 *
 * Returns: (transfer full): the error
 */
GError *
bobbin_error_new_status (guint status)
{
  GError *error = g_error_new (BOBBIN_ERROR, BOBBIN_ERROR_HTTP_STATUS, "The server answered %u", status);
  BobbinErrorPrivate *private = bobbin_error_get_private (error);

  private->status = status;
  return error;
}

/**
 * bobbin_error_restore:
 * @domain: (nullable): the name of an error domain, or %NULL or "" for none
 * @code: the code in that domain
 * @status: the HTTP status, for %BOBBIN_ERROR_HTTP_STATUS
 * @message: (nullable): the message
 *
 * Makes an error of what was written down of one. Any thread.
 *
 * Returns: (transfer full) (nullable): the error, %NULL if there was none
 */
GError *
bobbin_error_restore (const char *domain, int code, guint status, const char *message)
{
  /* An error of ours has more to it, which only a registered domain gets. */
  GQuark ours = BOBBIN_ERROR;
  GQuark quark = domain != NULL && *domain != '\0' ? g_quark_from_string (domain) : 0;

  if (quark == 0)
    return NULL;
  if (quark == ours && code == BOBBIN_ERROR_HTTP_STATUS)
    return bobbin_error_new_status (status);
  return g_error_new_literal (quark, code, message != NULL ? message : "");
}

/**
 * bobbin_error_get_status:
 * @error: (nullable): any error
 *
 * Any thread.
 *
 * Returns: the HTTP status that @error was made for, 0 for all other errors
 */
guint
bobbin_error_get_status (const GError *error)
{
  if (!g_error_matches (error, BOBBIN_ERROR, BOBBIN_ERROR_HTTP_STATUS))
    return 0;
  return bobbin_error_get_private (error)->status;
}

/**
 * bobbin_error_set_retry_after:
 * @error: a %BOBBIN_ERROR
 * @seconds: how long the server asks to wait, at least 0
 *
 * Notes what Retry-After said (RFC 9110, 10.2.3). Any thread.
 */
void
bobbin_error_set_retry_after (GError *error, gint64 seconds)
{
  g_return_if_fail (error->domain == BOBBIN_ERROR);

  bobbin_error_get_private (error)->retry_after = seconds;
}

/**
 * bobbin_error_get_retry_after:
 * @error: (nullable): any error
 *
 * Any thread.
 *
 * Returns: seconds that the server asks to wait, -1 if it did not say
 */
gint64
bobbin_error_get_retry_after (const GError *error)
{
  return error != NULL && error->domain == BOBBIN_ERROR ? bobbin_error_get_private (error)->retry_after : -1;
}

/**
 * bobbin_error_set_total:
 * @error: a %BOBBIN_ERROR
 * @total: bytes of the whole file, at least 0
 *
 * Notes what the Content-Range of a 416 said (RFC 9110, 15.5.17). Any thread.
 */
void
bobbin_error_set_total (GError *error, goffset total)
{
  g_return_if_fail (error->domain == BOBBIN_ERROR);

  bobbin_error_get_private (error)->total = total;
}

/**
 * bobbin_error_get_total:
 * @error: (nullable): any error
 *
 * Any thread.
 *
 * Returns: bytes of the whole file that a 416 told, -1 for all other errors
 */
goffset
bobbin_error_get_total (const GError *error)
{
  return error != NULL && error->domain == BOBBIN_ERROR ? bobbin_error_get_private (error)->total : -1;
}

/**
 * bobbin_error_set_origin:
 * @error: a %BOBBIN_ERROR
 * @origin: (nullable): scheme, host and port of a site or a proxy
 *
 * Notes who asks for a sign-in or shows a certificate that is not valid: after a
 * redirect, or for a mirror, that is not the link's own site. Any thread.
 */
void
bobbin_error_set_origin (GError *error, const char *origin)
{
  char **place;

  g_return_if_fail (error->domain == BOBBIN_ERROR);

  place = &bobbin_error_get_private (error)->origin;
  g_free (*place);
  *place = g_strdup (origin);
}

/**
 * bobbin_error_get_origin:
 * @error: (nullable): any error
 *
 * Tells who has to get the user and the password that a 401 or a 407 asks for,
 * or to be trusted for all its %BOBBIN_ERROR_BAD_CERTIFICATE, and nobody else.
 * Any thread.
 *
 * Returns: (transfer none) (nullable): scheme, host and port of the site or of
 *   the proxy; %NULL for all other errors, and if that is not known
 */
const char *
bobbin_error_get_origin (const GError *error)
{
  return error != NULL && error->domain == BOBBIN_ERROR ? bobbin_error_get_private (error)->origin : NULL;
}
