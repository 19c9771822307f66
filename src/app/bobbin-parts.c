/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-parts.h"

#include "bobbin-ranges.h"

#include <glib/gi18n.h>

/**
 * bobbin_parts_read:
 * @parts: (out): room for #BOBBIN_PARTS_MAX parts
 * @ranges: (nullable) (element-type BobbinRange): the bytes of a file that are
 *   there, in order
 * @total: bytes of the file
 *
 * Makes parts of ranges: each goes from the first byte of one to that of the
 * next. Pure.
 *
 * Returns: how many there are; 0 for a file that does not come in parts, or in
 *   too many
 */
guint
bobbin_parts_read (BobbinPart *parts, const GArray *ranges, goffset total)
{
  if (ranges == NULL || ranges->len < 2 || ranges->len > BOBBIN_PARTS_MAX || total <= 0)
    return 0;
  for (guint i = 0; i < ranges->len; i++)
    {
      const BobbinRange *range = &g_array_index (ranges, BobbinRange, i);
      const gboolean is_last = i + 1 == ranges->len;
      const goffset end = is_last ? total : g_array_index (ranges, BobbinRange, i + 1).first;

      parts[i].start = i == 0 ? 0.0 : (double) range->first / (double) total;
      parts[i].fill = (double) range->end / (double) total;
      parts[i].end = (double) end / (double) total;
    }
  return ranges->len;
}

/**
 * bobbin_part_get_fraction:
 * @self: a part
 *
 * Returns: how much of the part is there, 0 to 1
 */
double
bobbin_part_get_fraction (const BobbinPart *self)
{
  const double length = self->end - self->start;

  return length > 0.0 ? CLAMP ((self->fill - self->start) / length, 0.0, 1.0) : 1.0;
}

/**
 * bobbin_parts_words_for_sizes:
 * @parts: (array length=n_parts): parts
 * @n_parts: how many
 * @total: bytes of the file
 *
 * How large the parts are, "part size 53.0 MB" or "parts of 26.5 MB to 53.0
 * MB".
 *
 * Returns: (transfer full) (nullable): the words; %NULL if there are none
 */
char *
bobbin_parts_words_for_sizes (const BobbinPart *parts, guint n_parts, goffset total)
{
  double least = 1.0;
  double most = 0.0;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (n_parts == 0)
    return NULL;
  for (guint i = 0; i < n_parts; i++)
    {
      least = MIN (least, parts[i].end - parts[i].start);
      most = MAX (most, parts[i].end - parts[i].start);
    }
  from = g_format_size ((guint64) (least * (double) total + 0.5));
  to = g_format_size ((guint64) (most * (double) total + 0.5));
  if (g_str_equal (from, to))
    /* Translators: how large each part of a file is that comes in parts, "part size 53.0 MB" */
    return g_strdup_printf (_ ("part size %s"), from);
  /* Translators: sizes of the smallest and the largest part of a file, "parts of 26.5 MB to 53.0 MB" */
  return g_strdup_printf (_ ("parts of %s to %s"), from, to);
}
