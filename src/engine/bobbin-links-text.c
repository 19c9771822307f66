/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-links-private.h"

#include "bobbin-encoding.h"
#include "bobbin-uri.h"

#include <string.h>

/* Plain text: links anywhere in the lines.
 *
 * Everything works on bytes with an end, never on strings, so that NULs and
 * broken encodings do no harm. Time is linear because every step goes on where
 * the last one stopped: what was read as a link, a good one or not, is never
 * looked at again.
 */

/* Schemes without "//" that a word of prose does not have. */
static const char *const opaque_schemes[] = {
  "about",  "bitcoin", "blob", "data", "ed2k", "file",     "javascript",
  "magnet", "mailto",  "sms",  "tel",  "urn",  "vbscript", "xmpp",
};

static gboolean
is_blank (char c)
{
  guchar byte = (guchar) c;

  return byte <= 0x20 || byte == 0x7f;
}

static gboolean
has_prefix (const char *start, const char *end, const char *prefix)
{
  gsize length = strlen (prefix);

  return (gsize) (end - start) >= length && g_ascii_strncasecmp (start, prefix, length) == 0;
}

static gboolean
is_web_prefix (const char *start, const char *end)
{
  return has_prefix (start, end, "http://") || has_prefix (start, end, "https://");
}

static void
take (BobbinLinks *links, const char *prefix, const char *start, const char *end)
{
  g_autofree char *text = NULL;
  g_autofree char *uri = NULL;

  if (end - start > BOBBIN_URI_MAX)
    return;
  text = bobbin_encoding_guess (start, (gsize) (end - start));
  uri = g_strconcat (prefix, text, NULL);
  bobbin_links_take_text (links, uri, links->options.max_expanded, NULL, NULL);
}

/* The scheme before "://" at @colon, not further back than @floor. In
 * "see.https://" the full stop ends a sentence, in "git+https://" the plus is
 * part of the scheme.
 */
static const char *
find_scheme (const char *floor, const char *colon)
{
  const char *start = colon;
  const char *letters = colon;

  while (start > floor && (g_ascii_isalnum (start[-1]) || strchr ("+-.", start[-1]) != NULL))
    start--;
  while (letters > start && g_ascii_isalpha (letters[-1]))
    letters--;
  if (is_web_prefix (letters, colon + 3) && (letters == start || letters[-1] != '+'))
    return letters;
  while (start < colon && !g_ascii_isalpha (*start))
    start++;

  return start;
}

static gboolean
is_opaque_link (const char *start, const char *end)
{
  const char *colon = memchr (start, ':', (gsize) MIN (end - start, 16));

  if (colon == NULL || colon + 1 == end)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (opaque_schemes); i++)
    if (strlen (opaque_schemes[i]) == (gsize) (colon - start) && has_prefix (start, end, opaque_schemes[i]))
      return TRUE;

  return FALSE;
}

/* Reads the links in one word, which has no white space in it.
 *
 * Returns: whether it is a link of another kind
 */
static gboolean
read_word (BobbinLinks *links, BobbinSpan word)
{
  const char *floor = word.start;
  BobbinSpan bare = bobbin_span_unwrap (word);

  if (is_opaque_link (bare.start, bare.end))
    {
      bobbin_links_add_scheme_reason (links, bobbin_span_has_prefix (bare, "magnet:") ? "magnet:" : "");
      return TRUE;
    }

  for (;;)
    {
      const char *colon = memmem (floor, (gsize) (word.end - floor), "://", 3);
      const char *start = NULL;
      const char *end = NULL;

      if (colon == NULL)
        return FALSE;
      start = find_scheme (floor, colon);
      end = bobbin_span_find_link_end ((BobbinSpan){ colon + 3, word.end },
                                       start > word.start ? start[-1] : '\0');
      if (start < colon && end > colon + 3)
        take (links, "", start, bobbin_span_trim_punctuation ((BobbinSpan){ start, end }));
      floor = end;
    }
}

static void
read_bare_line (BobbinLinks *links, BobbinSpan word)
{
  BobbinSpan bare = bobbin_span_unwrap (word);
  const char *bracket = memchr (bare.start, ']', (gsize) (bare.end - bare.start));
  const char *scheme = NULL;

  /* The bracket in front may be that of an IPv6 address. */
  if (bracket != NULL && bare.start > word.start
      && bobbin_span_is_local_or_address ((BobbinSpan){ bare.start - 1, bracket + 1 }))
    bare.start--;
  bare.end = bobbin_span_find_link_end (bare, '\0');
  bare.end = bobbin_span_trim_punctuation (bare);
  scheme = bare.end > bare.start ? bobbin_span_guess_scheme (bare) : NULL;
  if (scheme != NULL)
    take (links, scheme, bare.start, bare.end);
}

static void
read_line (BobbinLinks *links, BobbinSpan line)
{
  gboolean is_other = FALSE;
  guint n_words = 0;
  const char *p = line.start;
  const char *end = line.end;
  BobbinSpan word = { p, p };

  while (p < end && is_blank (*p))
    p++;
  bobbin_links_begin_line (links);
  if (p == end || *p == '#')
    {
      bobbin_links_end_line (links, BOBBIN_VERDICT_EMPTY);
      return;
    }

  while (p < end)
    {
      word.start = p;
      while (p < end && !is_blank (*p))
        p++;
      word.end = p;
      n_words++;
      is_other = read_word (links, word) || is_other;
      while (p < end && is_blank (*p))
        p++;
    }
  if (n_words == 1 && !is_other && memmem (word.start, (gsize) (word.end - word.start), "://", 3) == NULL)
    read_bare_line (links, word);

  bobbin_links_end_line (links, BOBBIN_VERDICT_NOT_A_LINK);
}

/* Reads plain text. */
void
bobbin_links_read_text (BobbinLinks *links, const char *text, gsize length)
{
  const char *p = text;

  while (p < text + length && bobbin_links_go_on (links, (gsize) (p - text)))
    read_line (links, bobbin_span_take_line (&p, text + length));
}

/* A list of URIs and nothing else: what stands in a line belongs to the link. */
static void
read_uri (BobbinLinks *links, BobbinSpan line)
{
  g_autofree char *text = NULL;

  line = bobbin_span_strip (line);
  bobbin_links_begin_line (links);
  if (line.start == line.end || *line.start == '#')
    {
      bobbin_links_end_line (links, BOBBIN_VERDICT_EMPTY);
      return;
    }

  if (line.end - line.start <= BOBBIN_URI_MAX)
    {
      text = bobbin_span_dup (line);
      bobbin_links_take_text (links, text, 0, NULL, NULL);
    }
  bobbin_links_end_line (links, BOBBIN_VERDICT_NOT_A_LINK);
}

/* Reads text/uri-list (RFC 2483 section 5). */
void
bobbin_links_read_uri_list (BobbinLinks *links, const char *text, gsize length)
{
  const char *p = text;

  while (p < text + length && bobbin_links_go_on (links, (gsize) (p - text)))
    read_uri (links, bobbin_span_take_line (&p, text + length));
}
