/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-host.h"

#include <arpa/inet.h>
#include <gio/gio.h>
#include <string.h>

#define MAX_HOST 253
#define MAX_LABEL 63

static gboolean
is_host_char (char c)
{
  /* '_' is no character of a host name, but real hosts have it. */
  return g_ascii_isalnum (c) || c == '-' || c == '_' || c == '.';
}

/* Labels of 1 to 63 bytes; one dot may close the name (RFC 1034 section 3.1). */
static gboolean
are_labels_valid (const char *host)
{
  gsize label = 0;

  for (const char *p = host; *p != '\0'; p++)
    {
      if (!is_host_char (*p))
        return FALSE;
      label = *p == '.' ? 0 : label + 1;
      if (label > MAX_LABEL || (label == 0 && (p == host || p[-1] == '.')))
        return FALSE;
    }

  return host[0] != '\0' && strlen (host) <= MAX_HOST + 1;
}

/* A host whose last label is a number is an IPv4 address in one of the old
 * notations, and is looked up as such (WHATWG URL, "ends in a number checker").
 */
static gboolean
ends_in_number (const char *host)
{
  gsize length = strlen (host);
  g_autofree char *body = g_strndup (host, host[length - 1] == '.' ? length - 1 : length);
  const char *dot = strrchr (body, '.');
  const char *label = dot != NULL ? dot + 1 : body;

  if (g_str_has_prefix (label, "0x"))
    return strspn (label + 2, "0123456789abcdef") == strlen (label + 2);

  return label[0] != '\0' && strspn (label, "0123456789") == strlen (label);
}

static char *
canonicalize_ipv4 (const char *host)
{
  gsize length = strlen (host);
  g_autofree char *body = g_strndup (host, host[length - 1] == '.' ? length - 1 : length);
  struct in_addr address;
  char text[INET_ADDRSTRLEN];

  if (inet_aton (body, &address) == 0)
    return NULL;

  return g_strdup (inet_ntop (AF_INET, &address, text, sizeof text));
}

static char *
canonicalize_ipv6 (const char *host, gsize length)
{
  g_autofree char *body = NULL;
  g_autoptr (GInetAddress) address = NULL;
  g_autofree char *text = NULL;

  if (length < 4 || host[length - 1] != ']')
    return NULL;
  body = g_strndup (host + 1, length - 2);
  /* No zone: it means something on one machine only (RFC 6874). */
  if (strspn (body, "0123456789abcdefABCDEF:.") != strlen (body))
    return NULL;
  address = g_inet_address_new_from_string (body);
  if (address == NULL || g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
    return NULL;

  text = g_inet_address_to_string (address);
  return g_strdup_printf ("[%s]", text);
}

/**
 * bobbin_host_canonicalize:
 * @host: the host of a link, as written; an IPv6 address in brackets
 * @length: its length in bytes
 *
 * Brings a host into the one form in which it is compared, shown and looked
 * up: lower case, international names in their ASCII form, IPv4 addresses
 * always with four decimal numbers. Percent-encoding and everything else that
 * two readers could take for two hosts is refused. Any thread.
 *
 * Returns: (transfer full) (nullable): the host, or %NULL if it is none
 */
char *
bobbin_host_canonicalize (const char *host, gsize length)
{
  g_autofree char *text = NULL;
  g_autofree char *ascii = NULL;

  if (length == 0 || length > 4 * MAX_HOST)
    return NULL;
  if (host[0] == '[')
    return canonicalize_ipv6 (host, length);

  text = g_strndup (host, length);
  ascii = g_str_is_ascii (text) ? g_ascii_strdown (text, -1) : g_hostname_to_ascii (text);
  /* The mapping of international names can bring in any ASCII character. */
  if (ascii == NULL || !are_labels_valid (ascii))
    return NULL;
  if (ends_in_number (ascii))
    return canonicalize_ipv4 (ascii);

  return g_steal_pointer (&ascii);
}

static gboolean
is_plain_latin (gunichar c)
{
  static const gunichar whole_letters[] = { 0xdf, 0xe6, 0xf0, 0xf8, 0xfe, 0x111, 0x127, 0x142, 0x153 };
  gunichar parts[8];

  for (guint i = 0; i < G_N_ELEMENTS (whole_letters); i++)
    if (c == whole_letters[i])
      return TRUE;

  return g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts)) > 0
         && g_ascii_isalpha ((char) parts[0]) && parts[0] < 0x80;
}

static gboolean
is_east_asian (GUnicodeScript script)
{
  return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA
         || script == G_UNICODE_SCRIPT_KATAKANA || script == G_UNICODE_SCRIPT_HANGUL
         || script == G_UNICODE_SCRIPT_BOPOMOFO;
}

/* One script to a label, letters and digits only: no mixture in which one
 * letter can pose as another (Unicode TR 39, restriction levels).
 */
static gboolean
is_label_readable (const char *label, GUnicodeScript *script_out)
{
  GUnicodeScript script = G_UNICODE_SCRIPT_COMMON;

  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeScript own = g_unichar_get_script (c);

      if (c < 0x80 && (g_ascii_isdigit ((char) c) || c == '-'))
        continue;
      if (!g_unichar_isalpha (c) && !g_unichar_ismark (c))
        return FALSE;
      if (own == G_UNICODE_SCRIPT_INHERITED)
        continue;
      if (own == G_UNICODE_SCRIPT_LATIN && !is_plain_latin (c))
        return FALSE;
      if (own == G_UNICODE_SCRIPT_COMMON && c != 0x30fc)
        return FALSE;
      if (script != G_UNICODE_SCRIPT_COMMON && own != script
          && !(is_east_asian (own) && is_east_asian (script)))
        return FALSE;
      if (own != G_UNICODE_SCRIPT_COMMON)
        script = own;
    }

  *script_out = script;
  return TRUE;
}

/* Alphabets with letters that look like Latin ones are readable only under a
 * top-level domain of their own script: whole words pass for Latin otherwise.
 */
static gboolean
is_host_readable (const char *host)
{
  g_auto (GStrv) labels = g_strsplit (host, ".", -1);
  guint n_labels = g_strv_length (labels);
  GUnicodeScript last = G_UNICODE_SCRIPT_COMMON;

  if (n_labels > 0 && !is_label_readable (labels[n_labels - 1], &last))
    return FALSE;
  for (guint i = 0; i < n_labels; i++)
    {
      GUnicodeScript script = G_UNICODE_SCRIPT_COMMON;

      if (!is_label_readable (labels[i], &script))
        return FALSE;
      if (script != G_UNICODE_SCRIPT_COMMON && script != G_UNICODE_SCRIPT_LATIN && !is_east_asian (script)
          && script != last)
        return FALSE;
    }

  return TRUE;
}

/**
 * bobbin_host_dup_shown:
 * @host: a host in its canonical form
 *
 * The host as a person reads it: international names in their own letters
 * where these can't be mistaken for others, in the ASCII form where they can.
 * Any thread.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *
bobbin_host_dup_shown (const char *host)
{
  g_autofree char *unicode = NULL;
  g_autofree char *back = NULL;

  if (!g_hostname_is_ascii_encoded (host))
    return g_strdup (host);
  unicode = g_hostname_to_unicode (host);
  if (unicode == NULL || !is_host_readable (unicode))
    return g_strdup (host);
  back = g_hostname_to_ascii (unicode);
  if (g_strcmp0 (back, host) != 0)
    return g_strdup (host);

  return g_steal_pointer (&unicode);
}
