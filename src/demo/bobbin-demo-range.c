/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-range.h"

#include <string.h>

/* Reads a number that must be all of @text. One too large for any file counts as the largest there is, since
 * a range may well end beyond the end. */
static gboolean
read_position (const char *text, goffset *position)
{
  guint64 number;

  if (*text == '\0' || text[strspn (text, "0123456789")] != '\0')
    return FALSE;

  number = g_ascii_strtoull (text, NULL, 10);
  *position = (goffset) MIN (number, (guint64) G_MAXOFFSET - 1);

  return TRUE;
}

/* Returns: (transfer full) (nullable): the only member of the list @ranges, or %NULL where it has none or
 * several: a server may answer those with the whole, and this one does. */
static char *
dup_only_member (const char *ranges)
{
  g_auto (GStrv) members = g_strsplit (ranges, ",", -1);
  const char *only = NULL;

  for (guint i = 0; members[i] != NULL; i++)
    {
      if (*g_strstrip (members[i]) == '\0')
        continue;
      if (only != NULL)
        return NULL;
      only = members[i];
    }

  return g_strdup (only);
}

/* `-N`: the last N bytes. */
static BobbinDemoRange
parse_suffix (const char *suffix, goffset size, goffset *start, goffset *end)
{
  goffset length;

  if (!read_position (suffix, &length))
    return BOBBIN_DEMO_RANGE_WHOLE;
  if (length == 0 || size == 0)
    return BOBBIN_DEMO_RANGE_UNSATISFIABLE;

  *start = MAX (size - length, 0);
  *end = size;

  return BOBBIN_DEMO_RANGE_PART;
}

/* `FIRST-` and `FIRST-LAST`. */
static BobbinDemoRange
parse_from_to (const char *from, const char *to, goffset size, goffset *start, goffset *end)
{
  goffset first;
  goffset last = G_MAXOFFSET - 1;

  if (!read_position (from, &first) || (*to != '\0' && !read_position (to, &last)) || first > last)
    return BOBBIN_DEMO_RANGE_WHOLE;
  if (first >= size)
    return BOBBIN_DEMO_RANGE_UNSATISFIABLE;

  *start = first;
  *end = MIN (last + 1, size);

  return BOBBIN_DEMO_RANGE_PART;
}

/**
 * bobbin_demo_range_parse:
 * @value: (nullable): the value of a `Range` field
 * @size: bytes that there are
 * @start: (out): first byte of the part
 * @end: (out): the byte after its last one
 *
 * Reads one byte range (RFC 9110, sections 14.1.2 and 14.2). What is not
 * valid, not in bytes, or more than one range is answered with the whole.
 *
 * @start and @end are set for %BOBBIN_DEMO_RANGE_PART alone.
 *
 * Any thread.
 */
BobbinDemoRange
bobbin_demo_range_parse (const char *value, goffset size, goffset *start, goffset *end)
{
  g_autofree char *member = NULL;
  char *dash;

  if (value == NULL || g_ascii_strncasecmp (value, "bytes=", strlen ("bytes=")) != 0)
    return BOBBIN_DEMO_RANGE_WHOLE;

  member = dup_only_member (value + strlen ("bytes="));
  dash = member != NULL ? strchr (member, '-') : NULL;
  if (dash == NULL)
    return BOBBIN_DEMO_RANGE_WHOLE;
  if (dash == member)
    return parse_suffix (dash + 1, size, start, end);

  *dash = '\0';

  return parse_from_to (member, dash + 1, size, start, end);
}
