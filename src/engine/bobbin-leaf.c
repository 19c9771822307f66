/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-leaf.h"

#include "bobbin-encoding.h"
#include "bobbin-file-name.h"
#include "bobbin-media-types.h"

#include <string.h>

/* Longer endings of a name than this are text, not an extension to be kept
 * when the name is cut.
 */
#define MAX_EXTENSION 32

/* What a desktop follows or runs when the file is opened. */
static const char *const followed[] = { "desktop", "kdelnk", "lnk", "local", "scf", "url" };

#define DEFUSED ".download"

/* What a name ends with if the file was packed once more. */
static const char *const packings[] = { "br", "bz2", "gz", "lz", "lz4", "lzma", "lzo", "xz", "z", "zst" };
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

/**
 * bobbin_leaf_trim_end:
 * @name: valid UTF-8
 *
 * Takes off the dots and blanks at the end. Windows drops them, so that
 * "evil.exe. " is "evil.exe"; elsewhere nobody sees them. Any thread.
 */
void
bobbin_leaf_trim_end (GString *name)
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

/**
 * bobbin_leaf_find_extension:
 * @name: a leaf name
 *
 * Finds where the extension begins. Both of two where the second is a packing:
 * ".tar.gz", but not ".holiday.gz". Any thread.
 *
 * Returns: (transfer none): the extension in @name from its dot on; the end of
 *   @name if it has none
 */
const char *
bobbin_leaf_find_extension (const char *name)
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
  const char *extension = bobbin_leaf_find_extension (name);
  const char *dot = strrchr (name, '.');

  if (*extension == '\0' && dot != NULL && dot != name)
    extension = dot;
  if (strlen (extension) > MAX_EXTENSION)
    extension = name + strlen (name);

  return extension;
}

/**
 * bobbin_leaf_set_ending:
 * @name: a leaf name
 * @stem: how many bytes of it to keep
 * @ending: what it is to end with, or empty
 *
 * Puts @ending in the place of all from @stem on, and cuts the stem, between two
 * characters, so that the name fits. Any thread.
 */
void
bobbin_leaf_set_ending (GString *name, gsize stem, const char *ending)
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
    bobbin_leaf_trim_end (name);
  g_string_append (name, kept);
}

static void
cut (GString *name)
{
  const char *ending = NULL;

  if (name->len <= BOBBIN_FILE_NAME_MAX)
    return;
  ending = find_ending (name->str);
  bobbin_leaf_set_ending (name, (gsize) (ending - name->str), ending);
  bobbin_leaf_trim_end (name);
}

static gboolean
is_device (const char *name)
{
  static const char *const digits[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³" };
  g_autoptr (GString) stem = g_string_new_len (name, (gssize) strcspn (name, "."));

  bobbin_leaf_trim_end (stem);
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

      bobbin_leaf_set_ending (name, (gsize) (dot - name->str), ending);
    }
}

/**
 * bobbin_leaf_make:
 * @text: any bytes
 * @may_be_hidden: whether it may begin with a dot
 *
 * Makes a safe leaf name of them, as bobbin_file_name_sanitize() describes it.
 * Any thread.
 *
 * Returns: (transfer full): the name; empty if nothing is left of @text
 */
char *
bobbin_leaf_make (const char *text, gboolean may_be_hidden)
{
  g_autofree char *valid = bobbin_encoding_guess (text, strlen (text));
  const char *start = skip_blanks (valid);
  const char *rest = skip_blanks_and_dots (start);
  GString *name = g_string_new (NULL);

  if (may_be_hidden && *start == '.' && *rest != '\0')
    g_string_append_c (name, '.');
  for (const char *p = rest; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (name, get_safe (g_utf8_get_char (p)));
  bobbin_leaf_trim_end (name);
  cut (name);
  defuse (name);

  return g_string_free (name, FALSE);
}
