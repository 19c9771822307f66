/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-text.h"

#define REPLACEMENT 0xFFFD
#define ELLIPSIS "…"

/* What a terminal would obey instead of show, and what would turn the text
 * around it: control characters, line and paragraph separators, and the
 * controls of the bidirectional algorithm (UAX #9, section 2).
 */
static gboolean
is_harmful (gunichar character)
{
  return g_unichar_iscntrl (character) || character == 0x2028 || character == 0x2029 || character == 0x061C
         || character == 0x200E || character == 0x200F || (character >= 0x202A && character <= 0x202E)
         || (character >= 0x2066 && character <= 0x2069);
}

/**
 * bobbin_cli_text_clean:
 * @text: any text, such as a file's name, in any encoding
 *
 * Makes text harmless for a terminal and for a list with one entry a line.
 *
 * Returns: (transfer full): valid UTF-8 without control characters
 */
char *
bobbin_cli_text_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      g_string_append_unichar (clean, is_harmful (character) ? REPLACEMENT : character);
    }

  return g_string_free (clean, FALSE);
}

static guint
character_width (gunichar character)
{
  if (g_unichar_iszerowidth (character))
    return 0;
  return g_unichar_iswide (character) ? 2 : 1;
}

/**
 * bobbin_cli_text_width:
 * @text: clean text
 *
 * Returns: the columns that @text takes on a terminal
 */
guint
bobbin_cli_text_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += character_width (g_utf8_get_char (p));
  return width;
}

/* The end of the longest start of @text that fits into @columns, with the
 * marks that belong to its last character.
 */
static const char *
find_head (const char *text, guint columns)
{
  const char *p = text;
  guint width = 0;

  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      width += character_width (g_utf8_get_char (p));
      if (width > columns)
        break;
    }
  return p;
}

/* The start of the longest end of @text that fits into @columns and doesn't
 * begin with a mark of a character that was cut off.
 */
static const char *
find_tail (const char *text, guint columns)
{
  const char *end = text + strlen (text);
  const char *best = end;
  const char *p = end;
  guint width = 0;

  while (p > text)
    {
      guint character;

      p = g_utf8_prev_char (p);
      character = character_width (g_utf8_get_char (p));
      width += character;
      if (width > columns)
        break;
      if (character > 0)
        best = p;
    }
  return best;
}

/**
 * bobbin_cli_text_shorten:
 * @text: clean text
 * @columns: how wide it may be
 *
 * Cuts a text that is too wide in its middle: names of one series often differ
 * at their ends, and there stands the extension, too.
 *
 * Returns: (transfer full): at most @columns wide
 */
char *
bobbin_cli_text_shorten (const char *text, guint columns)
{
  const char *head = NULL;

  if (bobbin_cli_text_width (text) <= columns)
    return g_strdup (text);
  if (columns < 3)
    return g_strndup (text, (gsize) (find_head (text, columns) - text));

  head = find_head (text, columns / 2);
  return g_strdup_printf ("%.*s" ELLIPSIS "%s", (int) (head - text), text,
                          find_tail (text, columns - 1 - columns / 2));
}

/**
 * bobbin_cli_text_append_padded:
 * @string: where to
 * @text: clean text
 * @columns: how wide it shall be
 *
 * Appends @text, shortened or followed by spaces, so that what comes next
 * stands in a column.
 */
void
bobbin_cli_text_append_padded (GString *string, const char *text, guint columns)
{
  g_autofree char *shown = bobbin_cli_text_shorten (text, columns);
  guint width = bobbin_cli_text_width (shown);

  g_string_append (string, shown);
  for (; width < columns; width++)
    g_string_append_c (string, ' ');
}
