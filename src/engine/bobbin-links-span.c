/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-links-private.h"

#include "bobbin-encoding.h"

#include <string.h>

/* Pieces of text that end without a NUL: where a line ends, and where prose ends
 * and a link begins. Nothing here depends on the text being valid in any
 * encoding.
 */

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

/* Takes the next line off @text; lines end with LF, CR or both. */
BobbinSpan
bobbin_span_take_line (const char **text, const char *end)
{
  BobbinSpan line = { *text, *text };
  const char *p = *text;

  while (p < end && *p != '\n' && *p != '\r')
    p++;
  line.end = p;
  if (p < end)
    p += p + 1 < end && p[0] == '\r' && p[1] == '\n' ? 2 : 1;
  *text = p;

  return line;
}

/* Without the blanks and control characters around it. */
BobbinSpan
bobbin_span_strip (BobbinSpan span)
{
  while (span.start < span.end && is_blank (*span.start))
    span.start++;
  while (span.end > span.start && is_blank (span.end[-1]))
    span.end--;

  return span;
}

/* Whether it begins with @prefix, upper or lower case. */
gboolean
bobbin_span_has_prefix (BobbinSpan span, const char *prefix)
{
  return has_prefix (span.start, span.end, prefix);
}

/* As UTF-8, whatever the encoding was. */
char *
bobbin_span_dup (BobbinSpan span)
{
  return bobbin_encoding_guess (span.start, (gsize) (span.end - span.start));
}

/* The bytes of a link are all but white space, control characters and what RFC
 * 3986 appendix C and every mark-up set links off with.
 */
static gboolean
is_link_byte (char c)
{
  guchar byte = (guchar) c;

  return byte > 0x20 && byte != 0x7f && byte != '<' && byte != '>' && byte != '"' && byte != '`';
}

/* Spaces, quotation marks, brackets and stops beyond ASCII, with which prose
 * ends a link, and the invisible characters that no link has.
 */
static gboolean
is_stop (gunichar c)
{
  switch (c)
    {
    case 0x00ab: /* quotation marks */
    case 0x00bb:
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x2039:
    case 0x203a:
    case 0xff02:
    case 0xff08: /* full-width brackets and stops */
    case 0xff09:
    case 0xff0c:
    case 0xff1b:
    case 0xff1c:
    case 0xff1e:
    case 0x061c: /* marks of direction */
    case 0x200e:
    case 0x200f:
    case 0x200b: /* no width at all */
    case 0x2060:
    case 0xfeff:
      return TRUE;
    default:
      return (c >= 0x3000 && c <= 0x3003) || (c >= 0x3008 && c <= 0x3011) || (c >= 0x3014 && c <= 0x301b)
             || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || g_unichar_isspace (c)
             || c == 0x2028 || c == 0x2029;
    }
}

static gboolean
is_web_prefix (const char *start, const char *end)
{
  return has_prefix (start, end, "http://") || has_prefix (start, end, "https://");
}

static char
get_closer (char opener)
{
  switch (opener)
    {
    case '(':
      return ')';
    case '[':
      return ']';
    case '{':
      return '}';
    case '\'':
      return '\'';
    default:
      return '\0';
    }
}

/* How many bytes the character at @p has if it can be part of a link, 0 if it
 * ends it. Bytes that are not UTF-8 may be letters of an older encoding.
 */
static gsize
get_link_char_length (const char *p, const char *end)
{
  gunichar c;

  if ((guchar) *p < 0x80)
    return is_link_byte (*p) ? 1 : 0;
  c = g_utf8_get_char_validated (p, end - p);
  if (c == (gunichar) -1 || c == (gunichar) -2)
    return 1;
  if (c < 0xa0 || is_stop (c))
    return 0;

  return g_utf8_skip[(guchar) *p];
}

/* The end of a link whose host or path begins where @span does: before a stop, before the bracket or
 * quotation mark that closes the one right before the link, or before a comma
 * with another link.
 */
const char *
bobbin_span_find_link_end (BobbinSpan span, char opener)
{
  const char *p = span.start;
  const char *end = span.end;
  char closer = get_closer (opener);
  gsize depth = 0;
  gboolean in_query = FALSE;

  while (p < end)
    {
      gsize length = get_link_char_length (p, end);

      if (length == 0)
        break;
      if (closer != '\0' && *p == closer)
        {
          if (depth == 0)
            break;
          depth--;
        }
      else if (closer != '\0' && *p == opener)
        depth++;
      if ((*p == ',' || *p == ';' || *p == '|') && !in_query && is_web_prefix (p + 1, end))
        break;
      in_query = in_query || *p == '?';
      p += length;
    }

  return p;
}

static gint
count_balance (const char *start, const char *end, char opener, char closer)
{
  gint balance = 0;

  for (const char *p = start; p < end; p++)
    balance += *p == opener ? 1 : *p == closer ? -1 : 0;

  return balance;
}

/* The length of the mark that ends prose and not the link, in the last bytes
 * before @end; 0 if there is none.
 */
static gsize
find_closing_mark (const char *start, const char *end)
{
  static const char *const marks[]
      = { "\xe2\x80\xa6" /* … */,  "\xe2\x80\x98" /* ‘ */,  "\xe2\x80\x99" /* ’ */, "\xef\xbc\x81" /* ！ */,
          "\xef\xbc\x9f" /* ？ */, "\xef\xbc\x9a" /* ： */, "\xef\xbc\x8e" /* ． */ };

  if (end > start && strchr (".,;:!?'|*", end[-1]) != NULL)
    return 1;
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (end - start >= 3 && memcmp (end - 3, marks[i], 3) == 0)
      return 3;

  return 0;
}

/* Takes the punctuation after a link off it. A closing bracket is the link's
 * own if the link opened it.
 */
const char *
bobbin_span_trim_punctuation (BobbinSpan span)
{
  const char *start = span.start;
  const char *end = span.end;
  gint round = count_balance (start, end, '(', ')');
  gint square = count_balance (start, end, '[', ']');
  gint curly = count_balance (start, end, '{', '}');

  while (end > start)
    {
      gsize mark = find_closing_mark (start, end);

      if (mark == 0)
        {
          gint *balance = end[-1] == ')' ? &round : end[-1] == ']' ? &square : end[-1] == '}' ? &curly : NULL;

          if (balance == NULL || *balance >= 0)
            break;
          *balance += 1;
          mark = 1;
        }
      end -= mark;
    }

  return end;
}

/* The word without the brackets and quotation marks before it. */
BobbinSpan
bobbin_span_unwrap (BobbinSpan word)
{
  while (word.start < word.end)
    {
      if (strchr ("<([{\"'`", *word.start) != NULL)
        word.start++;
      else if ((guchar) *word.start >= 0x80 && get_link_char_length (word.start, word.end) == 0)
        word.start += MIN (g_utf8_skip[(guchar) *word.start], word.end - word.start);
      else
        break;
    }

  return word;
}
