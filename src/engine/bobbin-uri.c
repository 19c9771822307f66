/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-uri.h"

#include "bobbin-error.h"
#include "bobbin-host.h"

#include <string.h>

/* The parts of a link as written; they point into its text. */
typedef struct
{
  gboolean is_https;
  const char *user;
  gsize user_length;
  const char *host;
  gsize host_length;
  guint port; /* 0: the default */
  const char *path;
  gsize path_length;
  const char *query; /* from its '?' */
  gsize query_length;
} Parts;

static gboolean
set_not_a_link (GError **error, const char *why)
{
  /* Never the text itself: it may hold a password, and this goes to logs. */
  g_set_error_literal (error, BOBBIN_ERROR, BOBBIN_ERROR_NOT_A_LINK, why);
  return FALSE;
}

static gboolean
check_characters (const char *text, gsize length, GError **error)
{
  if (length > BOBBIN_URI_MAX)
    return set_not_a_link (error, "The link is too long");
  if (!g_utf8_validate_len (text, length, NULL))
    return set_not_a_link (error, "The link is not valid UTF-8");

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c <= 0x20 || (c >= 0x7f && c < 0xa0))
        return set_not_a_link (error, "The link holds a space or a control character");
    }

  return TRUE;
}

static gboolean
take_scheme (const char *text, const char **rest, Parts *parts, GError **error)
{
  gsize length = 0;

  while (g_ascii_isalnum (text[length]) || (text[length] != '\0' && strchr ("+-.", text[length]) != NULL))
    length++;
  if (length == 0 || text[length] != ':' || !g_ascii_isalpha (text[0]))
    return set_not_a_link (error, "The link has no scheme");
  /* "example.org:80" is a host and its port. */
  if (memchr (text, '.', length) != NULL || g_ascii_isdigit (text[length + 1]))
    return set_not_a_link (error, "The link has no scheme");

  parts->is_https = length == 5 && g_ascii_strncasecmp (text, "https", 5) == 0;
  if (!parts->is_https && !(length == 4 && g_ascii_strncasecmp (text, "http", 4) == 0))
    {
      g_set_error_literal (error, BOBBIN_ERROR, BOBBIN_ERROR_UNSUPPORTED_SCHEME,
                           "The link is neither http nor https");
      return FALSE;
    }
  if (strncmp (text + length, "://", 3) != 0)
    return set_not_a_link (error, "The link has no host");

  *rest = text + length + 3;
  return TRUE;
}

static gboolean
take_port (const char *text, gsize length, guint *port, GError **error)
{
  guint number = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return set_not_a_link (error, "The port is not a number");
      number = number * 10 + (guint) (text[i] - '0');
      if (number > G_MAXUINT16)
        return set_not_a_link (error, "The port is too large");
    }
  if (length > 0 && number == 0)
    return set_not_a_link (error, "The port is zero");

  *port = number;
  return TRUE;
}

static gboolean
take_authority (const char *text, gsize length, Parts *parts, GError **error)
{
  const char *at = memchr (text, '@', length);
  const char *end = text + length;
  const char *host_end = NULL;

  if (memchr (text, '\\', length) != NULL)
    return set_not_a_link (error, "The link has a backslash before its path");
  /* A second @ ends up in the host, which is refused for it: there two readers
   * could take two different hosts.
   */
  if (at != NULL)
    {
      parts->user = text;
      parts->user_length = (gsize) (at - text);
      text = at + 1;
    }

  host_end
      = *text == '[' ? memchr (text, ']', (gsize) (end - text)) : memchr (text, ':', (gsize) (end - text));
  if (host_end == NULL)
    host_end = end;
  else if (*host_end == ']')
    host_end++;
  parts->host = text;
  parts->host_length = (gsize) (host_end - text);
  if (host_end == end)
    return TRUE;
  if (*host_end != ':')
    return set_not_a_link (error, "There is something between the host and its end");

  return take_port (host_end + 1, (gsize) (end - host_end - 1), &parts->port, error);
}

static gboolean
split (const char *text, Parts *parts, GError **error)
{
  const char *rest = NULL;
  gsize length = 0;

  if (!take_scheme (text, &rest, parts, error))
    return FALSE;
  length = strcspn (rest, "/?#");
  if (!take_authority (rest, length, parts, error))
    return FALSE;

  parts->path = rest + length;
  parts->path_length = strcspn (parts->path, "?#");
  if (memchr (parts->path, '\\', parts->path_length) != NULL)
    return set_not_a_link (error, "The path of the link has a backslash");
  if (parts->path[parts->path_length] == '?')
    {
      parts->query = parts->path + parts->path_length;
      parts->query_length = strcspn (parts->query, "#");
    }

  return TRUE;
}

/* Writes a part so that it is plain ASCII and valid by RFC 3986, and means the
 * same: what is already encoded stays as it is, a '%' that begins no encoding
 * stands for itself.
 */
static void
append_encoded (GString *uri, const char *part, gsize length, const char *also)
{
  static const char hex[] = "0123456789ABCDEF";

  for (gsize i = 0; i < length; i++)
    {
      char c = part[i];
      gboolean keep = g_ascii_isalnum (c) || strchr (also, c) != NULL;

      if (c == '%')
        keep = i + 2 < length && g_ascii_isxdigit (part[i + 1]) && g_ascii_isxdigit (part[i + 2]);
      if (keep)
        g_string_append_c (uri, c);
      else
        {
          g_string_append_c (uri, '%');
          g_string_append_c (uri, hex[((guchar) c) >> 4]);
          g_string_append_c (uri, hex[((guchar) c) & 0xf]);
        }
    }
}

static GString *
join (const Parts *parts, const char *host)
{
  GString *uri = g_string_sized_new (128);
  guint default_port = parts->is_https ? 443 : 80;

  g_string_append (uri, parts->is_https ? "https://" : "http://");
  if (parts->user != NULL && parts->user_length > 0)
    {
      append_encoded (uri, parts->user, parts->user_length, "-._~!$&'()*+,;=:");
      g_string_append_c (uri, '@');
    }
  g_string_append (uri, host);
  if (parts->port != 0 && parts->port != default_port)
    g_string_append_printf (uri, ":%u", parts->port);
  if (parts->path_length == 0)
    g_string_append_c (uri, '/');
  append_encoded (uri, parts->path, parts->path_length, "-._~!$&'()*+,;=:@/");
  append_encoded (uri, parts->query, parts->query_length, "-._~!$&'()*+,;=:@/?");

  return uri;
}

/**
 * bobbin_uri_canonicalize:
 * @uri: an absolute http or https URI, as a person pastes it
 * @error: return location for an error
 *
 * Checks a URI and brings it into one form (RFC 3986 section 6.2): scheme and
 * host in lower case, international host names in their ASCII form, IPv4
 * addresses with four decimal numbers, everything outside ASCII
 * percent-encoded as UTF-8, the default port and the fragment left out. Spaces,
 * control characters, backslashes before the query, and whatever two readers
 * could take for two different hosts are refused. Any thread.
 *
 * Sets %BOBBIN_ERROR_UNSUPPORTED_SCHEME or %BOBBIN_ERROR_NOT_A_LINK.
 *
 * Returns: (transfer full) (nullable): the URI, plain ASCII
 */
char *
bobbin_uri_canonicalize (const char *uri, GError **error)
{
  Parts parts = { 0 };
  g_autofree char *host = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (uri != NULL, NULL);

  if (!check_characters (uri, strlen (uri), error) || !split (uri, &parts, error))
    return NULL;
  host = bobbin_host_canonicalize (parts.host, parts.host_length);
  if (host == NULL)
    {
      set_not_a_link (error, "The link has no valid host");
      return NULL;
    }
  text = g_string_free (join (&parts, host), FALSE);
  /* The parser that the request will use has the last word. */
  if (!g_uri_is_valid (text, G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD, NULL))
    {
      set_not_a_link (error, "The link is not a valid URI");
      return NULL;
    }

  return g_steal_pointer (&text);
}
