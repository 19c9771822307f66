/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-file-name.h"

#include "bobbin-disposition.h"
#include "bobbin-leaf.h"
#include "bobbin-media-types.h"

#include <string.h>

#define FALLBACK "download"

/* Extensions that name the program on the server, not the file it sends. */
static const char *const programs[] = {
  "action", "asp",  "aspx", "ashx", "cfm",  "cgi",  "do",    "fcgi",
  "jsp",    "jspx", "php",  "php3", "php4", "php5", "phtml",
};

/* What stands after the last slash of either kind that something follows (RFC
 * 6266 section 4.3).
 */
static char *
dup_last_segment (const char *text)
{
  gsize length = strlen (text);
  gsize start = 0;

  while (length > 0 && (text[length - 1] == '/' || text[length - 1] == '\\'))
    length--;
  for (start = length; start > 0 && text[start - 1] != '/' && text[start - 1] != '\\';)
    start--;

  return g_strndup (text + start, length - start);
}

static char *
make_leaf_from_disposition (const char *disposition)
{
  g_autofree char *name = bobbin_disposition_dup_name (disposition);
  g_autofree char *segment = name != NULL ? dup_last_segment (name) : NULL;

  return segment != NULL ? bobbin_leaf_make (segment, FALSE) : NULL;
}

/* Undoes percent-encoding; a NUL becomes a byte that no name keeps. */
static char *
unescape (const char *text, gsize length)
{
  GString *bytes = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    {
      char byte = text[i];

      if (byte == '%' && i + 2 < length && g_ascii_isxdigit (text[i + 1]) && g_ascii_isxdigit (text[i + 2]))
        {
          byte = (char) (g_ascii_xdigit_value (text[i + 1]) << 4 | g_ascii_xdigit_value (text[i + 2]));
          i += 2;
        }
      g_string_append_c (bytes, byte != '\0' ? byte : '\1');
    }

  return g_string_free (bytes, FALSE);
}

/* The authority of a URI and what follows it; NULL if it has none. */
static const char *
find_authority (const char *uri, gsize *length)
{
  const char *start = strstr (uri, "://");

  if (start == NULL || start > uri + strcspn (uri, "/?#"))
    return NULL;
  *length = strcspn (start + 3, "/\\?#");

  return start + 3;
}

static char *
make_leaf_from_path (const char *uri)
{
  gsize authority_length = 0;
  const char *authority = find_authority (uri, &authority_length);
  const char *path = authority != NULL ? authority + authority_length : "";
  gsize length = strcspn (path, "?#");
  gsize start = length;
  g_autofree char *segment = NULL;
  g_autofree char *name = NULL;

  while (start > 0 && path[start - 1] != '/' && path[start - 1] != '\\')
    start--;
  segment = unescape (path + start, length - start);
  /* An encoded slash is a slash to whoever it was meant to fool. */
  name = dup_last_segment (segment);

  return bobbin_leaf_make (name, FALSE);
}

static char *
make_leaf_from_host (const char *uri)
{
  gsize length = 0;
  const char *authority = find_authority (uri, &length);
  g_autofree char *host = NULL;
  const char *name = NULL;

  if (authority == NULL)
    return NULL;
  host = g_strndup (authority, length);
  name = strrchr (host, '@') != NULL ? strrchr (host, '@') + 1 : host;
  if (*name == '[')
    {
      name++;
      host[strcspn (host, "]")] = '\0';
    }
  else
    host[(gsize) (name - host) + strcspn (name, ":")] = '\0';

  return bobbin_leaf_make (name, FALSE);
}

static gboolean
is_usable (const char *leaf)
{
  return leaf != NULL && leaf[0] != '\0';
}

/* Adds the extension of the media type. One that is there stays: who chose it
 * knew the file better than a server's list of types does.
 */
static char *
add_extension (const char *leaf, const char *media_type)
{
  g_autofree char *extension = bobbin_media_type_dup_extension (media_type);
  g_autofree char *ending = NULL;
  GString *name = g_string_new (leaf);

  if (extension != NULL)
    {
      ending = g_strconcat (".", extension, NULL);
      bobbin_leaf_set_ending (name, name->len, ending);
    }

  return g_string_free (name, FALSE);
}

static gboolean
is_program_extension (const char *extension)
{
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    if (*extension == '.' && g_ascii_strcasecmp (programs[i], extension + 1) == 0)
      return TRUE;

  return FALSE;
}

/* "download.php" from a URI names the program that sent the file. If that says
 * it sends a picture, the picture's extension goes behind, as wget does it;
 * plain text may well be the program's own source.
 */
static gboolean
is_program (const char *leaf, const char *media_type)
{
  return is_program_extension (bobbin_leaf_find_extension (leaf)) && media_type != NULL
         && g_ascii_strncasecmp (media_type, "text/plain", strlen ("text/plain")) != 0;
}

/**
 * bobbin_file_name_for_uri:
 * @uri: (nullable): an absolute URI
 *
 * A name for the time until the server has answered: the last segment of the
 * path, else the host, else "download". Any thread.
 *
 * Returns: (transfer full): a safe leaf name, as bobbin_file_name_sanitize()
 *   makes it
 */
char *
bobbin_file_name_for_uri (const char *uri)
{
  return bobbin_file_name_for_answer (NULL, NULL, uri, NULL);
}

/**
 * bobbin_file_name_for_answer:
 * @given: (nullable): the name that the person gave
 * @disposition: (nullable): the answer's Content-Disposition, any bytes
 * @uri: (nullable): the URI that gave the answer, the last of all redirects
 * @media_type: (nullable): the answer's Content-Type
 *
 * Decides what the file is called. What the person gave is taken as it is, as
 * far as it is safe. Otherwise the name is the one in @disposition (RFC 6266),
 * else the last segment of the path, else the host, else "download"; if it has
 * no extension, that of @media_type is added. Any thread.
 *
 * Returns: (transfer full): a safe leaf name, as bobbin_file_name_sanitize()
 *   makes it; only one that the person gave may begin with a dot
 */
char *
bobbin_file_name_for_answer (const char *given,
                             const char *disposition,
                             const char *uri,
                             const char *media_type)
{
  g_autofree char *leaf = given != NULL ? bobbin_leaf_make (given, TRUE) : NULL;

  if (is_usable (leaf))
    return g_steal_pointer (&leaf);

  g_free (leaf);
  leaf = disposition != NULL ? make_leaf_from_disposition (disposition) : NULL;
  if (is_usable (leaf))
    return *bobbin_leaf_find_extension (leaf) != '\0' ? g_steal_pointer (&leaf)
                                                      : add_extension (leaf, media_type);

  g_free (leaf);
  leaf = uri != NULL ? make_leaf_from_path (uri) : NULL;
  if (is_usable (leaf))
    return *bobbin_leaf_find_extension (leaf) != '\0' && !is_program (leaf, media_type)
               ? g_steal_pointer (&leaf)
               : add_extension (leaf, media_type);

  g_free (leaf);
  leaf = uri != NULL ? make_leaf_from_host (uri) : NULL;

  return add_extension (is_usable (leaf) ? leaf : FALLBACK, media_type);
}

/**
 * bobbin_file_name_sanitize:
 * @name: (nullable): a name from the network, any bytes
 *
 * Makes a safe leaf name: valid UTF-8 of at most %BOBBIN_FILE_NAME_MAX bytes,
 * without slashes, control characters and marks of direction, without a dot at
 * the front or blanks and dots at the end, no device of Windows, nothing that
 * FAT or NTFS refuse, and no extension that a desktop follows when the file is
 * opened. If nothing is left, it is "download". Any thread.
 *
 * Returns: (transfer full): the name
 */
char *
bobbin_file_name_sanitize (const char *name)
{
  g_autofree char *leaf = name != NULL ? bobbin_leaf_make (name, FALSE) : NULL;

  return is_usable (leaf) ? g_steal_pointer (&leaf) : g_strdup (FALLBACK);
}

/**
 * bobbin_file_name_number:
 * @name: a leaf name that one of the functions here made
 * @number: the number to put in; 0 puts none
 *
 * The name to try next if @name is taken: "name (1).tar.gz". Any thread.
 *
 * Returns: (transfer full): a safe leaf name
 */
char *
bobbin_file_name_number (const char *name, guint number)
{
  const char *extension = NULL;
  g_autofree char *ending = NULL;
  GString *numbered = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  if (number == 0)
    return g_strdup (name);
  extension = bobbin_leaf_find_extension (name);
  ending = g_strdup_printf (" (%u)%s", number, extension);
  numbered = g_string_new (name);
  bobbin_leaf_set_ending (numbered, (gsize) (extension - name), ending);

  return g_string_free (numbered, FALSE);
}
