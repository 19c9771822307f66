/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-link-lines.h"

#include "bobbin-links.h"

#include <string.h>

#define MAX_LINE BOBBIN_LINK_LINES_MAX

static void
begin_line (GString *text)
{
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
}

static gboolean
is_blank (char c)
{
  return (guchar) c <= ' ' || c == '\x7f';
}

/* Whether a line may end at @p. What comes after must not turn into a comment. */
static gboolean
is_gap (const char *p)
{
  return is_blank (p[0]) && !is_blank (p[1]) && p[1] != '#';
}

static const char *
find_last_gap (const char *start, const char *end)
{
  for (const char *p = end - 1; p > start; p--)
    {
      if (is_gap (p))
        return p;
    }
  return NULL;
}

/* Returns: @end if there is no gap */
static const char *
find_gap (const char *start, const char *end)
{
  for (const char *p = start; p + 1 < end; p++)
    {
      if (is_gap (p))
        return p;
    }
  return end;
}

static void
append_links (GString *text, const char *start, const char *end)
{
  g_autoptr (BobbinLinks) links = bobbin_links_parse_text (start, end - start);

  for (guint i = 0; i < bobbin_links_get_n_links (links); i++)
    {
      begin_line (text);
      g_string_append (text, bobbin_link_get_uri (bobbin_links_get_link (links, i)));
    }
}

static void
append_broken (GString *text, const char *start, const char *end)
{
  const char *p = start;

  while (p < end && is_blank (*p))
    p++;
  while (end > p && is_blank (end[-1]))
    end--;
  if (p < end && *p == '#') /* a comment has no links */
    return;

  while (end - p > MAX_LINE)
    {
      const char *gap = find_last_gap (p, p + MAX_LINE);

      if (gap != NULL)
        {
          begin_line (text);
          g_string_append_len (text, p, gap - p);
        }
      else
        {
          gap = find_gap (p + MAX_LINE - 1, end);
          append_links (text, p, gap);
        }
      p = MIN (gap + 1, end);
    }
  if (p < end)
    {
      begin_line (text);
      g_string_append_len (text, p, end - p);
    }
}

static const char *
find_last (const char *text, gsize length, char wanted)
{
  for (const char *p = text + length; p > text; p--)
    {
      if (p[-1] == wanted)
        return p - 1;
    }
  return NULL;
}

static const char *
find_last_line_end (const char *text, gsize length)
{
  const char *feed = find_last (text, length, '\n');

  return feed != NULL ? feed : find_last (text, length, '\r');
}

/**
 * bobbin_link_lines_append:
 * @text: empty, or ends with a line
 * @lines: (array length=length): UTF-8
 * @length: its length in bytes
 *
 * Appends lines to @text. A line of more than 4 KiB is broken at white space;
 * of what has no white space in 4 KiB only the links are kept, one a line. Any
 * thread; linear time.
 */
void
bobbin_link_lines_append (GString *text, const char *lines, gsize length)
{
  const char *p = lines;
  const char *end = lines + length;

  while (end - p > MAX_LINE)
    {
      const char *line_end = find_last_line_end (p, MAX_LINE);

      if (line_end != NULL)
        {
          g_string_append_len (text, p, line_end + 1 - p);
          p = line_end + 1;
          continue;
        }
      for (line_end = p + MAX_LINE; line_end < end && *line_end != '\n' && *line_end != '\r';)
        line_end++;
      append_broken (text, p, line_end);
      p = line_end;
    }
  g_string_append_len (text, p, end - p);
}

/**
 * bobbin_link_lines_is_short:
 * @text: UTF-8
 *
 * Returns: whether no line of it is longer than 4 KiB
 */
gboolean
bobbin_link_lines_is_short (const char *text)
{
  while (*text != '\0')
    {
      gsize length = strcspn (text, "\r\n");

      if (length > MAX_LINE)
        return FALSE;
      text += length;
      text += *text != '\0';
    }
  return TRUE;
}
