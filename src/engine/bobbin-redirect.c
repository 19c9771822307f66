/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-redirect.h"

#include "bobbin-error.h"

#include <libsoup/soup.h>
#include <string.h>

/* What Location is read with; G_URI_FLAGS_PARSE_RELAXED forgives what servers
 * put there, as browsers do. */
#define URI_FLAGS (SOUP_HTTP_URI_FLAGS | G_URI_FLAGS_PARSE_RELAXED)

/**
 * bobbin_redirect_is_one:
 * @status: the status of an answer
 *
 * Pure.
 *
 * Returns: whether the answer leads on to another place
 */
gboolean
bobbin_redirect_is_one (guint status)
{
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* Spaces, letters that are not ASCII and control characters are sent the way
 * that browsers send them. */
static char *
escape_location (const char *location)
{
  GString *escaped = g_string_new (NULL);

  for (const char *p = location; *p != '\0'; p++)
    if (g_ascii_isgraph (*p))
      g_string_append_c (escaped, *p);
    else
      g_string_append_printf (escaped, "%%%02X", (guchar) *p);
  return g_string_free (escaped, FALSE);
}

static gboolean
is_web (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);

  return (g_str_equal (scheme, "http") || g_str_equal (scheme, "https")) && host != NULL && *host != '\0';
}

/**
 * bobbin_redirect_dup_plain:
 * @uri: an address of the web
 *
 * Pure.
 *
 * Returns: (transfer full): @uri without user, password and fragment
 */
GUri *
bobbin_redirect_dup_plain (GUri *uri)
{
  return g_uri_build (URI_FLAGS, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri),
                      g_uri_get_path (uri), g_uri_get_query (uri), NULL);
}

/**
 * bobbin_redirect_resolve:
 * @from: where the answer came from
 * @location: (nullable): its Location field
 * @error: return location for an error
 *
 * Finds out where a redirect leads: to http and https only. User and password
 * in a Location are the server's idea, not the person's, and left out. Pure.
 *
 * Sets %BOBBIN_ERROR_BAD_REDIRECT.
 *
 * Returns: (transfer full) (nullable): the place, without user and password
 */
GUri *
bobbin_redirect_resolve (GUri *from, const char *location, GError **error)
{
  g_autofree char *escaped = NULL;
  g_autoptr (GUri) to = NULL;

  if (location == NULL || *location == '\0')
    {
      g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_REDIRECT, "A redirect without a target");
      return NULL;
    }
  escaped = escape_location (location);
  to = g_uri_parse_relative (from, escaped, URI_FLAGS, NULL);
  if (to == NULL || !is_web (to))
    {
      g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_REDIRECT,
                   "A redirect to a target that is not allowed");
      return NULL;
    }
  return bobbin_redirect_dup_plain (to);
}

/**
 * bobbin_redirect_dup_authority:
 * @uri: an address of the web
 *
 * Pure.
 *
 * Returns: (transfer full): host and port with a colon in between, the host in
 *   brackets if it is a number with colons
 */
char *
bobbin_redirect_dup_authority (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  return g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%d" : "%s:%d", host, g_uri_get_port (uri));
}

/**
 * bobbin_redirect_is_same_origin:
 * @a: an address
 * @b: another address
 *
 * Pure.
 *
 * Returns: whether scheme, host and port are the same
 */
gboolean
bobbin_redirect_is_same_origin (GUri *a, GUri *b)
{
  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b))
         && g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0
         && g_uri_get_port (a) == g_uri_get_port (b);
}

/**
 * bobbin_redirect_is_downgrade:
 * @from: where a redirect came from
 * @to: where it leads
 *
 * Pure.
 *
 * Returns: whether what was hidden from others on the way is so no more
 */
gboolean
bobbin_redirect_is_downgrade (GUri *from, GUri *to)
{
  return g_str_equal (g_uri_get_scheme (from), "https") && g_str_equal (g_uri_get_scheme (to), "http");
}

static gboolean
is_referer (const char *name)
{
  return g_ascii_strcasecmp (name, "Referer") == 0;
}

/* Other headers may hold a secret under any name. */
static gboolean
is_harmless (const char *name)
{
  static const char *const names[] = { "User-Agent", "Accept", "Accept-Language" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* Other origins learn where the link was found, but not on what page, and
 * those without encryption nothing of a page that had it. */
static char *
dup_referer (GUri *to, const char *value)
{
  g_autoptr (GUri) page = g_uri_parse (value, URI_FLAGS, NULL);
  g_autoptr (GUri) site = NULL;

  if (page == NULL || !is_web (page) || bobbin_redirect_is_downgrade (page, to))
    return NULL;
  site = g_uri_build (URI_FLAGS, g_uri_get_scheme (page), NULL, g_uri_get_host (page), g_uri_get_port (page),
                      "/", NULL, NULL);
  return g_uri_to_string (site);
}

/**
 * bobbin_redirect_dup_header:
 * @origin: the link's own address
 * @to: where the next request goes
 * @name: a header that came with the link
 * @value: its value
 *
 * Decides what of a link's own header a place gets: the link's origin all of
 * it, other origins only what cannot be a secret. Pure.
 *
 * Returns: (transfer full) (nullable): the value to send, %NULL for none
 */
char *
bobbin_redirect_dup_header (GUri *origin, GUri *to, const char *name, const char *value)
{
  if (bobbin_redirect_is_same_origin (origin, to) || is_harmless (name))
    return g_strdup (value);
  return is_referer (name) ? dup_referer (to, value) : NULL;
}

/**
 * bobbin_redirect_has_secrets:
 * @headers: (nullable) (array zero-terminated=1): names and values
 *
 * Pure.
 *
 * Returns: whether a header may hold a secret
 */
gboolean
bobbin_redirect_has_secrets (const char *const *headers)
{
  for (; headers != NULL && headers[0] != NULL; headers += 2)
    if (!is_harmless (headers[0]) && !is_referer (headers[0]))
      return TRUE;
  return FALSE;
}
