/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-links-private.h"

#include "bobbin-uri.h"

#include <string.h>

/* Playlists: M3U has a file in each line that is no comment, PLS has keys. */

static void
take_entry (BobbinLinks *self, BobbinSpan entry)
{
  g_autofree char *text = NULL;

  bobbin_links_begin_line (self);
  if (entry.end - entry.start <= BOBBIN_URI_MAX)
    {
      text = bobbin_span_dup (entry);
      bobbin_links_take_reference (self, text, NULL, NULL);
    }
  bobbin_links_end_line (self, BOBBIN_VERDICT_NOT_A_LINK);
}

static void
add_empty (BobbinLinks *self)
{
  bobbin_links_add_line (self, BOBBIN_VERDICT_EMPTY, BOBBIN_REASON_NONE, NULL);
}

/* Reads M3U, also the extended kind. */
void
bobbin_links_read_m3u (BobbinLinks *self, const char *text, gsize length)
{
  const char *p = text;

  while (p < text + length && bobbin_links_go_on (self, (gsize) (p - text)))
    {
      BobbinSpan line = bobbin_span_strip (bobbin_span_take_line (&p, text + length));

      if (line.start == line.end || *line.start == '#')
        add_empty (self);
      else
        take_entry (self, line);
    }
}

/* "File12=", upper or lower case. */
static const char *
find_value (BobbinSpan line)
{
  const char *p = line.start + strlen ("File");

  if (!bobbin_span_has_prefix (line, "File"))
    return NULL;
  while (p < line.end && g_ascii_isdigit (*p))
    p++;

  return p < line.end && *p == '=' ? p + 1 : NULL;
}

/* Reads PLS. */
void
bobbin_links_read_pls (BobbinLinks *self, const char *text, gsize length)
{
  const char *p = text;

  while (p < text + length && bobbin_links_go_on (self, (gsize) (p - text)))
    {
      BobbinSpan line = bobbin_span_strip (bobbin_span_take_line (&p, text + length));
      const char *value = find_value (line);

      if (value == NULL)
        add_empty (self);
      else
        take_entry (self, bobbin_span_strip ((BobbinSpan){ value, line.end }));
    }
}
