/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-file-name.h"

#include "bobbin-disposition.h"
#include "bobbin-encoding.h"
#include "bobbin-media-types.h"

#include <string.h>

#define FALLBACK "download"

/* Longer endings of a name than this are text, not an extension to be kept
 * when the name is cut.
 */
#define MAX_EXTENSION 32

/* What a desktop follows or runs when the file is opened. */
static const char *const followed[] = { "desktop", "kdelnk", "lnk", "local", "scf", "url" };

#define DEFUSED ".download"

/* What a name ends with if the file was packed once more. */
static const char *const packings[] = { "br", "bz2", "gz", "lz", "lz4", "lzma", "lzo", "xz", "z", "zst" };

/* Extensions that name the program on the server, not the file it sends. */
static const char *const programs[] = {
  "action", "asp",  "aspx", "ashx", "cfm",  "cgi",  "do",    "fcgi",
  "jsp",    "jspx", "php",  "php3", "php4", "php5", "phtml",
};

/* Names that are devices on Windows, with any extension. */
static const char *const devices[] = { "aux", "clock$", "con", "conin$", "conout$", "nul", "prn" };

static gboolean
is_in (const char *const *list, gsize n, const char *text)
{
  for (gsize i = 0; i < n; i++)
    if (g_ascii_strcasecmp (list[i], text) == 0)
      return TRUE;

  return FALSE;
}

/* Marks of direction, which make "gpj.exe" of "exe.jpg", and others that are
 * not seen at all. The joiners stay: names in Persian and emoji need them.
 */
static gboolean
is_invisible (gunichar c)
{
  return c == 0x061c || c == 0x200b || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb);
}

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x180e || c == 0x200b || c == 0x2800 || c == 0xfeff;
}

/* What may stand for @c in a name: what ends a path or a line, moves the text
 * about or is not allowed on FAT and NTFS becomes '_' and is never just left
 * out, so that two names that differ stay two.
 */
static gunichar
get_safe (gunichar c)
{
  if (c == '\t' || c == '\n' || c == '\r')
    return ' ';
  if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || is_invisible (c))
    return '_';
  if (c < 0x80 && strchr ("/\\:*?\"<>|", (int) c) != NULL)
    return '_';

  return c;
}

static const char *
skip_blanks (const char *text)
{
  while (*text != '\0' && is_blank (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);

  return text;
}

static const char *
skip_blanks_and_dots (const char *text)
{
  while (*text == '.' || (*text != '\0' && is_blank (g_utf8_get_char (text))))
    text = g_utf8_next_char (text);

  return text;
}

/* Windows drops dots and blanks at the end, so that "evil.exe. " is "evil.exe";
 * elsewhere nobody sees them.
 */
static void
trim_end (GString *name)
{
  while (name->len > 0)
    {
      const char *last = g_utf8_prev_char (name->str + name->len);

      if (*last != '.' && !is_blank (g_utf8_get_char (last)))
        break;
      g_string_truncate (name, (gsize) (last - name->str));
    }
}

/* Whether the text after a dot is an extension and not a part of the name, as
 * in "photo.v1.2", "St. Peter" or "1024.768".
 */
static gboolean
is_extension (const char *text)
{
  gsize length = strlen (text);
  gsize n_digits = strspn (text, "0123456789");

  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("_-+", *p) == NULL)
      return FALSE;
  if (length == 0 || n_digits == length)
    return FALSE;
  if (bobbin_media_types_know_extension (text))
    return TRUE;
  if (g_ascii_tolower (text[0]) == 'v' && length > 1 && strspn (text + 1, "0123456789") == length - 1)
    return FALSE;

  return n_digits == 0 && length <= 8;
}

/* The extension of @name from its dot on; the end of @name if it has none. Both
 * of two where the second is a packing: ".tar.gz", but not ".holiday.gz".
 */
static const char *
find_extension (const char *name)
{
  const char *end = name + strlen (name);
  const char *dot = strrchr (name, '.');
  const char *first = NULL;

  if (dot == NULL || dot == name || !is_extension (dot + 1))
    return end;
  if (!is_in (packings, G_N_ELEMENTS (packings), dot + 1))
    return dot;

  for (const char *p = name + 1; p < dot; p++)
    if (*p == '.')
      first = p;
  if (first != NULL)
    {
      g_autofree char *text = g_strndup (first + 1, (gsize) (dot - first - 1));

      if (is_extension (text) && (strlen (text) <= 4 || bobbin_media_types_know_extension (text)))
        return first;
    }

  return dot;
}

/* The same for cutting: there, any short ending counts. */
static const char *
find_ending (const char *name)
{
  const char *extension = find_extension (name);
  const char *dot = strrchr (name, '.');

  if (*extension == '\0' && dot != NULL && dot != name)
    extension = dot;
  if (strlen (extension) > MAX_EXTENSION)
    extension = name + strlen (name);

  return extension;
}

/* Puts @ending in the place of all from @stem on, and cuts the stem, between
 * two characters, so that the name fits.
 */
static void
set_ending (GString *name, gsize stem, const char *ending)
{
  g_autofree char *kept = g_strdup (ending);
  gsize room = BOBBIN_FILE_NAME_MAX - MIN (strlen (kept), BOBBIN_FILE_NAME_MAX);

  if (stem > room)
    {
      stem = room;
      while (stem > 0 && ((guchar) name->str[stem] & 0xc0) == 0x80)
        stem--;
    }
  g_string_truncate (name, stem);
  if (kept[0] != '\0' && stem > 0)
    trim_end (name);
  g_string_append (name, kept);
}

static void
cut (GString *name)
{
  const char *ending = NULL;

  if (name->len <= BOBBIN_FILE_NAME_MAX)
    return;
  ending = find_ending (name->str);
  set_ending (name, (gsize) (ending - name->str), ending);
  trim_end (name);
}

static gboolean
is_device (const char *name)
{
  static const char *const digits[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³" };
  g_autoptr (GString) stem = g_string_new_len (name, (gssize) strcspn (name, "."));

  trim_end (stem);
  if (g_ascii_strncasecmp (stem->str, "com", 3) == 0 || g_ascii_strncasecmp (stem->str, "lpt", 3) == 0)
    return is_in (digits, G_N_ELEMENTS (digits), stem->str + 3);

  return is_in (devices, G_N_ELEMENTS (devices), stem->str);
}

static gboolean
is_followed (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL && is_in (followed, G_N_ELEMENTS (followed), dot + 1);
}

static void
defuse (GString *name)
{
  if (is_device (name->str))
    {
      g_string_prepend_c (name, '_');
      cut (name);
    }
  if (is_followed (name->str))
    {
      const char *dot = strrchr (name->str, '.');
      g_autofree char *ending = g_strconcat (dot, DEFUSED, NULL);

      set_ending (name, (gsize) (dot - name->str), ending);
    }
}

/* Makes a leaf of any text; empty if nothing is left of it. */
static char *
make_leaf (const char *text, gboolean may_be_hidden)
{
  g_autofree char *valid = bobbin_encoding_guess (text, strlen (text));
  const char *start = skip_blanks (valid);
  const char *rest = skip_blanks_and_dots (start);
  GString *name = g_string_new (NULL);

  if (may_be_hidden && *start == '.' && *rest != '\0')
    g_string_append_c (name, '.');
  for (const char *p = rest; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (name, get_safe (g_utf8_get_char (p)));
  trim_end (name);
  cut (name);
  defuse (name);

  return g_string_free (name, FALSE);
}

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

  return segment != NULL ? make_leaf (segment, FALSE) : NULL;
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

  return make_leaf (name, FALSE);
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

  return make_leaf (name, FALSE);
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
      set_ending (name, name->len, ending);
    }

  return g_string_free (name, FALSE);
}

/* "download.php" from a URI names the program that sent the file. If that says
 * it sends a picture, the picture's extension goes behind, as wget does it;
 * plain text may well be the program's own source.
 */
static gboolean
is_program (const char *leaf, const char *media_type)
{
  const char *extension = find_extension (leaf);

  return *extension == '.' && is_in (programs, G_N_ELEMENTS (programs), extension + 1) && media_type != NULL
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
  g_autofree char *leaf = given != NULL ? make_leaf (given, TRUE) : NULL;

  if (is_usable (leaf))
    return g_steal_pointer (&leaf);

  g_free (leaf);
  leaf = disposition != NULL ? make_leaf_from_disposition (disposition) : NULL;
  if (is_usable (leaf))
    return *find_extension (leaf) != '\0' ? g_steal_pointer (&leaf) : add_extension (leaf, media_type);

  g_free (leaf);
  leaf = uri != NULL ? make_leaf_from_path (uri) : NULL;
  if (is_usable (leaf))
    return *find_extension (leaf) != '\0' && !is_program (leaf, media_type)
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
  g_autofree char *leaf = name != NULL ? make_leaf (name, FALSE) : NULL;

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
  extension = find_extension (name);
  ending = g_strdup_printf (" (%u)%s", number, extension);
  numbered = g_string_new (name);
  set_ending (numbered, (gsize) (extension - name), ending);

  return g_string_free (numbered, FALSE);
}
