/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-values.h"

#include <glib/gi18n.h>
#include <string.h>

/* More than any disk or line has, and far from where a double gets coarse. */
#define MAX_SIZE (G_GINT64_CONSTANT (1) << 50)

/**
 * bobbin_cli_value_number:
 * @option: the option, such as "--at-once"
 * @text: (nullable): its value, %NULL if it was not given
 * @min: the least that it may be
 * @max: the most
 * @value: (inout): the number; left alone if there is no @text
 * @error: return location
 *
 * Reads a whole number in decimal digits. Sets %G_OPTION_ERROR_BAD_VALUE.
 *
 * Returns: whether the value is right
 */
gboolean
bobbin_cli_value_number (const char *option, const char *text, int min, int max, int *value, GError **error)
{
  guint64 number = 0;

  if (text == NULL)
    return TRUE;
  if (g_ascii_string_to_unsigned (text, 10, (guint64) min, (guint64) max, &number, NULL))
    {
      *value = (int) number;
      return TRUE;
    }

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: the first %s is an option, such as --at-once */
               _ ("%s takes a number from %d to %d, not “%s”"), option, min, max, text);
  return FALSE;
}

static gboolean
get_factor (const char *suffix, double *factor)
{
  const char *letters = "KMG";
  const char *letter = NULL;

  *factor = 1;
  if (*suffix == '\0')
    return TRUE;

  letter = strchr (letters, g_ascii_toupper (*suffix));
  if (letter == NULL || suffix[1] != '\0')
    return FALSE;
  for (; letter >= letters; letter--)
    *factor *= 1024;
  return TRUE;
}

static gboolean
parse_size (const char *text, double *size)
{
  gsize whole = strspn (text, "0123456789");
  gsize fraction = text[whole] == '.' ? 1 + strspn (text + whole + 1, "0123456789") : 0;
  double factor = 1;

  if (whole == 0 || fraction == 1 || !get_factor (text + whole + fraction, &factor))
    return FALSE;
  *size = g_ascii_strtod (text, NULL) * factor;
  return *size <= (double) MAX_SIZE;
}

/**
 * bobbin_cli_value_size:
 * @option: the option, such as "--part-size"
 * @text: (nullable): its value, %NULL if it was not given
 * @min: the least that it may be, bytes
 * @value: (inout): the size in bytes; left alone if there is no @text
 * @error: return location
 *
 * Reads "500", "500K" or "1.5M", where K is 1024, M 1024 K and G 1024 M. Sets
 * %G_OPTION_ERROR_BAD_VALUE.
 *
 * Returns: whether the value is right
 */
gboolean
bobbin_cli_value_size (const char *option, const char *text, goffset min, goffset *value, GError **error)
{
  double size = 0;

  if (text == NULL)
    return TRUE;
  if (parse_size (text, &size) && size >= (double) min)
    {
      *value = (goffset) size;
      return TRUE;
    }

  if (min > 0)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 /* Translators: an option, the least number of bytes, and what was given; K, M and G are
                    typed as they stand */
                 _ ("%s takes bytes, such as 500K, 8M or 1.5G, and at least %d, not “%s”"), option, (int) min,
                 text);
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 /* Translators: an option, and what was given; K, M and G are typed as they stand */
                 _ ("%s takes bytes, such as 500K, 8M or 1.5G, not “%s”"), option, text);
  return FALSE;
}

/**
 * bobbin_cli_value_word:
 * @option: the option, such as "--order"
 * @text: (nullable): its value, %NULL if it was not given
 * @words: the words that there are, ended by %NULL
 * @value: (inout): which of them it is, from 0; left alone if there is no @text
 * @error: return location
 *
 * Sets %G_OPTION_ERROR_BAD_VALUE.
 *
 * Returns: whether the value is one of the words
 */
gboolean
bobbin_cli_value_word (
    const char *option, const char *text, const char *const *words, int *value, GError **error)
{
  g_autofree char *all = NULL;

  if (text == NULL)
    return TRUE;
  for (int i = 0; words[i] != NULL; i++)
    if (g_str_equal (text, words[i]))
      {
        *value = i;
        return TRUE;
      }

  all = g_strjoinv (", ", (char **) words);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: an option, the words that it knows, and the one that was given */
               _ ("%s takes one of %s, not “%s”"), option, all, text);
  return FALSE;
}
