/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-range.h"

#include <string.h>

/* From so many links on, those of a pattern are shown as the first two and the rest. */
#define MIN_RANGE 4

/* A line of one word that made several links can only be a pattern. */
static gboolean
is_pattern (const char *line, gsize length)
{
  g_autofree char *word = g_strstrip (g_strndup (line, length));

  return strpbrk (word, "[{") != NULL && strpbrk (word, " \t") == NULL;
}

/**
 * bobbin_add_ranges_find:
 * @links: what was found in a text
 * @text: the text
 *
 * Looks for the patterns. Pure.
 *
 * Returns: (transfer full) (element-type BobbinAddRange): those of at least four
 *   links, in order
 */
GArray *
bobbin_add_ranges_find (const BobbinLinks *links, const char *text)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (BobbinAddRange));

  if (bobbin_links_get_shape (links) != BOBBIN_SHAPE_TEXT)
    return ranges;

  for (guint i = 0; i < bobbin_links_get_n_lines (links); i++)
    {
      const BobbinLine *line = bobbin_links_get_line (links, i);
      const BobbinAddRange range = { line->first_link, line->n_links };
      gsize length = strcspn (text, "\r\n");

      if (line->n_links >= MIN_RANGE && is_pattern (text, length))
        g_array_append_val (ranges, range);
      text += length;
      if (text[0] != '\0')
        text += text[0] == '\r' && text[1] == '\n' ? 2 : 1;
    }
  return ranges;
}
