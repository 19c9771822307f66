/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fuzz.h"

#include "bobbin-links-private.h"
#include "bobbin-test-links.h"

#include <string.h>

/* The bytes up to the first NUL, and not a byte more than that: so a sanitizer
 * sees a step beyond the end.
 */
char *
bobbin_fuzz_dup_text (const guint8 *data, gsize size)
{
  return g_strndup ((const char *) data, strnlen ((const char *) data, size));
}

/* For targets with several texts: the next line, moved past. */
char *
bobbin_fuzz_take_line (const guint8 **data, gsize *size)
{
  const guint8 *end = *size > 0 ? memchr (*data, '\n', *size) : NULL;
  gsize length = end != NULL ? (gsize) (end - *data) : *size;
  char *line = bobbin_fuzz_dup_text (*data, length);

  length = MIN (length + 1, *size);
  *data += length;
  *size -= length;

  return line;
}

/* Reads the bytes as one shape, even if nobody would take them for it. */
void
bobbin_fuzz_read_links (BobbinShape shape, const guint8 *data, gsize size)
{
  static const BobbinLinksOptions options = { .max_expanded = 100, .base_uri = "https://base.example/x/" };
  g_autofree char *bytes = size > 0 ? g_memdup2 (data, size) : g_strdup ("");
  g_autoptr (BobbinLinks) links = bobbin_links_new (shape, size, &options);

  bobbin_links_read_shape (links, bytes, size);
  bobbin_links_finish (links);
  bobbin_test_assert_sound (links);
}
