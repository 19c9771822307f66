/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-links-private.h"

#include "bobbin-file-name.h"

#include <string.h>

/* What comes with a link in the richer formats, checked before it is believed. */

/* A path deeper or longer than this is no path to a download, and with the
 * folder in front would not be one the system takes.
 */
#define MAX_DEPTH 32
#define MAX_SUBFOLDER 1024

/* Checksums by strength, the weakest first. */
static const struct
{
  const char *names[3];
  GChecksumType type;
} algorithms[] = {
  { { "md5", "md-5" }, G_CHECKSUM_MD5 },          { { "sha1", "sha-1", "sha" }, G_CHECKSUM_SHA1 },
  { { "sha256", "sha-256" }, G_CHECKSUM_SHA256 }, { { "sha384", "sha-384" }, G_CHECKSUM_SHA384 },
  { { "sha512", "sha-512" }, G_CHECKSUM_SHA512 },
};

/* What a browser or a program says of itself and of the connection. It means
 * nothing for the file, and the transfer says it as it must.
 */
static const char *const silent_headers[] = {
  "accept-encoding",     "authority",     "connection", "if-match",
  "if-modified-since",   "if-none-match", "if-range",   "keep-alive",
  "if-unmodified-since", "range",         "te",         "upgrade",
  "content-length",      "content-type",  "priority",
};

static gboolean
leads_out (const char *path)
{
  g_auto (GStrv) elements = NULL;

  if (strchr ("/\\~", path[0]) != NULL
      || (g_ascii_isalpha (path[0]) && path[1] == ':' && (path[2] == '/' || path[2] == '\\')))
    return TRUE;
  elements = g_strsplit_set (path, "/\\", -1);
  for (guint i = 0; elements[i] != NULL; i++)
    if (strcmp (elements[i], "..") == 0)
      return TRUE;

  return FALSE;
}

/* Names a link by a path from outside, which may have folders in it: RFC 5854
 * section 4.1.2.1 allows nothing that could leave the folder to save to.
 *
 * Returns: whether the path stays below; if not, nothing is changed
 */
gboolean
bobbin_links_set_path (BobbinLink *link, const char *path)
{
  g_auto (GStrv) elements = NULL;
  g_autoptr (GString) subfolder = g_string_new (NULL);
  g_autofree char *name = NULL;
  guint depth = 0;

  if (path[0] == '\0' || strlen (path) > 4 * MAX_SUBFOLDER || leads_out (path))
    return FALSE;

  elements = g_strsplit (path, "/", -1);
  for (guint i = 0; elements[i] != NULL; i++)
    {
      if (elements[i][0] == '\0' || strcmp (elements[i], ".") == 0)
        continue;
      if (name != NULL)
        g_string_append_printf (subfolder, "%s%s", depth++ > 0 ? "/" : "", name);
      g_free (name);
      name = bobbin_file_name_sanitize (elements[i]);
    }
  if (name == NULL || g_str_has_suffix (path, "/") || depth > MAX_DEPTH || subfolder->len > MAX_SUBFOLDER)
    return FALSE;

  bobbin_link_set_name (link, name);
  bobbin_link_set_subfolder (link, subfolder->str);
  return TRUE;
}

/* Puts a link into a folder below the one to save to. */
gboolean
bobbin_links_set_subfolder (BobbinLink *link, const char *folder)
{
  g_autofree char *path = g_strconcat (folder, "/", "name", NULL);
  g_autofree char *name = g_strdup (bobbin_link_get_name (link));
  gboolean is_below = bobbin_links_set_path (link, path);

  bobbin_link_set_name (link, name);
  return is_below;
}

/* Understands an algorithm's name as Metalink, aria2 and people write it. */
gboolean
bobbin_links_parse_algorithm (const char *name, GChecksumType *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++)
    for (guint j = 0; j < G_N_ELEMENTS (algorithms[i].names) && algorithms[i].names[j] != NULL; j++)
      if (g_ascii_strcasecmp (algorithms[i].names[j], name) == 0)
        {
          *type = algorithms[i].type;
          return TRUE;
        }

  return FALSE;
}

/* How much a checksum is worth: more is better. */
guint
bobbin_links_get_strength (GChecksumType type)
{
  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++)
    if (algorithms[i].type == type)
      return i + 1;

  return 0;
}

/* The digest in lower case, %NULL if it is none of this type. */
char *
bobbin_links_dup_hex (GChecksumType type, const char *text)
{
  g_autofree char *hex = g_ascii_strdown (text, (gssize) strnlen (text, 256));

  g_strstrip (hex);
  if (strlen (hex) != 2 * (gsize) g_checksum_type_get_length (type)
      || strspn (hex, "0123456789abcdef") != strlen (hex))
    return NULL;

  return g_steal_pointer (&hex);
}

/* Gives a link the checksum, unless it has a better one.
 *
 * Returns: whether the checksum can be used
 */
gboolean
bobbin_links_set_checksum (BobbinLink *link, const char *algorithm, const char *text)
{
  const BobbinDigest *present = bobbin_link_get_digest (link);
  GChecksumType type = G_CHECKSUM_MD5;
  g_autofree char *hex = NULL;
  g_autoptr (BobbinDigest) digest = NULL;

  if (!bobbin_links_parse_algorithm (algorithm, &type))
    return FALSE;
  hex = bobbin_links_dup_hex (type, text);
  if (hex == NULL)
    return FALSE;

  if (present == NULL || bobbin_links_get_strength (type) > bobbin_links_get_strength (present->type))
    {
      digest = bobbin_digest_new (type, hex);
      bobbin_link_set_digest (link, digest);
    }
  return TRUE;
}

/* Takes "Name: value". What a browser puts into every request and the transfer
 * says itself is left out without a word.
 *
 * Returns: whether there is nothing to complain of
 */
gboolean
bobbin_links_set_header (BobbinLink *link, const char *text)
{
  gsize length = strcspn (text, ":;");
  g_autofree char *name = g_strndup (text, length);
  const char *value = text[length] == ':' ? text + length + 1 : "";

  g_strstrip (name);
  for (guint i = 0; i < G_N_ELEMENTS (silent_headers); i++)
    if (g_ascii_strcasecmp (silent_headers[i], name) == 0)
      return TRUE;
  while (g_ascii_isspace (*value))
    value++;
  /* curl: "Name:" takes a header of its own away, "Name;" sends it empty. */
  if (*value == '\0' && text[length] != ';')
    return TRUE;

  return bobbin_link_add_header (link, name, value, NULL);
}
