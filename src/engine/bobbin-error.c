/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-error.h"

#include <glib-object.h>

/* What an error carries beyond code and message. */
typedef struct
{
  guint status;
} BobbinErrorPrivate;

static void
bobbin_error_private_init (BobbinErrorPrivate *private)
{
  private->status = 0;
}

static void
bobbin_error_private_copy (const BobbinErrorPrivate *from, BobbinErrorPrivate *to)
{
  to->status = from->status;
}

static void
bobbin_error_private_clear (BobbinErrorPrivate *private)
{
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
