/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-links-private.h"

#include <string.h>

/* Hosts that people write without a scheme. */

static gboolean
has_prefix (const char *start, const char *end, const char *prefix)
{
  gsize length = strlen (prefix);

  return (gsize) (end - start) >= length && g_ascii_strncasecmp (start, prefix, length) == 0;
}

static gboolean
is_port (const char *start, const char *end)
{
  if (start == end || end - start > 5)
    return FALSE;
  for (const char *p = start; p < end; p++)
    if (!g_ascii_isdigit (*p))
      return FALSE;

  return TRUE;
}

/* Two labels or more, the last of them a top-level domain by its looks:
 * "example.org", not "e.g." or "3.5" or "main.c".
 */
static gboolean
is_domain (const char *start, const char *end)
{
  const char *label = start;
  guint n_labels = 0;

  for (const char *p = start; p <= end; p++)
    {
      if (p < end && *p != '.')
        {
          if (!g_ascii_isalnum (*p) && *p != '-' && (guchar) *p < 0x80)
            return FALSE;
          continue;
        }
      if (p == label)
        return FALSE;
      n_labels++;
      if (p < end)
        label = p + 1;
    }
  if (n_labels < 2 || end - label < 2)
    return FALSE;

  for (const char *p = label; p < end; p++)
    if (!g_ascii_isalpha (*p) && (guchar) *p < 0x80 && !has_prefix (label, end, "xn--"))
      return FALSE;
  return TRUE;
}

/* "localhost", an IPv4 address in full, or an IPv6 address in brackets. */
gboolean
bobbin_span_is_local_or_address (BobbinSpan span)
{
  const char *start = span.start;
  const char *end = span.end;
  g_autofree char *host = g_strndup (start, (gsize) MIN (end - start, 64));
  gsize length = strlen (host);

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  if (length > 2 && host[0] == '[' && host[length - 1] == ']')
    {
      host[length - 1] = '\0';
      return g_hostname_is_ip_address (host + 1);
    }

  return strchr (host, ':') == NULL && g_hostname_is_ip_address (host);
}

/* A line that is nothing but a host and a path, the way people write them.
 * Gives the scheme to put before it, or NULL. Browsers expect TLS of a named
 * host, and none on this machine or at a bare address.
 */
const char *
bobbin_span_guess_scheme (BobbinSpan span)
{
  const char *start = span.start;
  const char *end = span.end;
  const char *slash = memchr (start, '/', (gsize) (end - start));
  const char *host_end = slash != NULL ? slash : end;
  const char *colon = NULL;
  gboolean has_port = FALSE;

  if (host_end - start > 255 + 6)
    return NULL;
  for (const char *p = host_end; p > start && p[-1] != ']'; p--)
    if (p[-1] == ':')
      colon = p - 1;
  if (colon != NULL)
    {
      if (!is_port (colon + 1, host_end))
        return NULL;
      has_port = TRUE;
      host_end = colon;
    }

  if (bobbin_span_is_local_or_address ((BobbinSpan){ start, host_end }))
    return slash != NULL || has_port ? "http://" : NULL;
  if (!is_domain (start, host_end))
    return NULL;
  if (slash != NULL || (has_prefix (start, host_end, "www.") && is_domain (start + 4, host_end)))
    return "https://";

  return NULL;
}
