/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-links-private.h"

#include "bobbin-encoding.h"
#include "bobbin-error.h"
#include "bobbin-uri.h"

#include <string.h>

/* Plain text and text/uri-list (RFC 2483): links anywhere in the lines.
 *
 * Everything works on bytes with an end, never on strings, so that NULs and
 * broken encodings do no harm. Time is linear because every step goes on where
 * the last one stopped: what was read as a link, a good one or not, is never
 * looked at again.
 */

typedef struct
{
  const char *start;
  const char *end;
} Span;

/* Schemes without "//" that a word of prose does not have. */
static const char *const opaque_schemes[] = {
  "about",  "bitcoin", "blob", "data", "ed2k", "file",     "javascript",
  "magnet", "mailto",  "sms",  "tel",  "urn",  "vbscript", "xmpp",
};

/* The bytes of a link are all but white space, control characters and what RFC
 * 3986 appendix C and every mark-up set links off with.
 */
static gboolean
is_link_byte (char c)
{
  guchar byte = (guchar) c;

  return byte > 0x20 && byte != 0x7f && byte != '<' && byte != '>' && byte != '"' && byte != '`';
}

static gboolean
is_blank (char c)
{
  guchar byte = (guchar) c;

  return byte <= 0x20 || byte == 0x7f;
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

/* The end of a link that begins at @p: before a stop, before the bracket or
 * quotation mark that closes the one right before the link, or before a comma
 * with another link.
 */
static const char *
find_link_end (const char *p, const char *end, char opener)
{
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
static const char *
trim_end (const char *start, const char *end)
{
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

static void
take (BobbinLinks *links, const char *prefix, const char *start, const char *end, gboolean *unsupported)
{
  g_autofree char *text = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  BobbinLink *link = NULL;

  if (end - start > BOBBIN_URI_MAX)
    return;
  text = bobbin_encoding_guess (start, (gsize) (end - start));
  uri = g_strconcat (prefix, text, NULL);
  link = bobbin_link_new (uri, &error);

  if (link != NULL)
    bobbin_links_take (links, link);
  else if (g_error_matches (error, BOBBIN_ERROR, BOBBIN_ERROR_UNSUPPORTED_SCHEME))
    *unsupported = TRUE;
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

/* The word without the brackets and quotation marks before it. */
static Span
unwrap (Span word)
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

/* Reads the links in one word, which has no white space in it. */
static void
read_word (BobbinLinks *links, Span word, gboolean *unsupported)
{
  const char *floor = word.start;
  Span bare = unwrap (word);

  if (is_opaque_link (bare.start, bare.end))
    {
      *unsupported = TRUE;
      return;
    }

  for (;;)
    {
      const char *colon = memmem (floor, (gsize) (word.end - floor), "://", 3);
      const char *start = NULL;
      const char *end = NULL;

      if (colon == NULL)
        return;
      start = find_scheme (floor, colon);
      end = find_link_end (colon + 3, word.end, start > word.start ? start[-1] : '\0');
      if (start < colon && end > colon + 3)
        take (links, "", start, trim_end (start, end), unsupported);
      floor = end;
    }
}

static gboolean
is_port (const char *start, const char *end)
{
  if (start == end || end - start > 5)
    return FALSE;
  for (const char *p = start; p < end; p++)
    if (!g_ascii_isdigit (*p))
      return FALSE;

  return TRUE;
}

/* Two labels or more, the last of them a top-level domain by its looks:
 * "example.org", not "e.g." or "3.5" or "main.c".
 */
static gboolean
is_domain (const char *start, const char *end)
{
  const char *label = start;
  guint n_labels = 0;

  for (const char *p = start; p <= end; p++)
    {
      if (p < end && *p != '.')
        {
          if (!g_ascii_isalnum (*p) && *p != '-' && (guchar) *p < 0x80)
            return FALSE;
          continue;
        }
      if (p == label)
        return FALSE;
      n_labels++;
      if (p < end)
        label = p + 1;
    }
  if (n_labels < 2 || end - label < 2)
    return FALSE;

  for (const char *p = label; p < end; p++)
    if (!g_ascii_isalpha (*p) && (guchar) *p < 0x80 && !has_prefix (label, end, "xn--"))
      return FALSE;
  return TRUE;
}

/* "localhost", an IPv4 address in full, or an IPv6 address in brackets. */
static gboolean
is_local_or_address (const char *start, const char *end)
{
  g_autofree char *host = g_strndup (start, (gsize) MIN (end - start, 64));
  gsize length = strlen (host);

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  if (length > 2 && host[0] == '[' && host[length - 1] == ']')
    {
      host[length - 1] = '\0';
      return g_hostname_is_ip_address (host + 1);
    }

  return strchr (host, ':') == NULL && g_hostname_is_ip_address (host);
}

/* A line that is nothing but a host and a path, the way people write them.
 * Gives the scheme to put before it, or NULL. Browsers expect TLS of a named
 * host, and none on this machine or at a bare address.
 */
static const char *
guess_scheme (const char *start, const char *end)
{
  const char *slash = memchr (start, '/', (gsize) (end - start));
  const char *host_end = slash != NULL ? slash : end;
  const char *colon = NULL;
  gboolean has_port = FALSE;

  if (host_end - start > 255 + 6)
    return NULL;
  for (const char *p = host_end; p > start && p[-1] != ']'; p--)
    if (p[-1] == ':')
      colon = p - 1;
  if (colon != NULL)
    {
      if (!is_port (colon + 1, host_end))
        return NULL;
      has_port = TRUE;
      host_end = colon;
    }

  if (is_local_or_address (start, host_end))
    return slash != NULL || has_port ? "http://" : NULL;
  if (!is_domain (start, host_end))
    return NULL;
  if (slash != NULL || (has_prefix (start, host_end, "www.") && is_domain (start + 4, host_end)))
    return "https://";

  return NULL;
}

static void
read_bare_line (BobbinLinks *links, Span word, gboolean *unsupported)
{
  Span bare = unwrap (word);
  const char *bracket = memchr (bare.start, ']', (gsize) (bare.end - bare.start));
  const char *scheme = NULL;

  /* The bracket in front may be that of an IPv6 address. */
  if (bracket != NULL && bare.start > word.start && is_local_or_address (bare.start - 1, bracket + 1))
    bare.start--;
  bare.end = trim_end (bare.start, find_link_end (bare.start, bare.end, '\0'));
  scheme = bare.end > bare.start ? guess_scheme (bare.start, bare.end) : NULL;
  if (scheme != NULL)
    take (links, scheme, bare.start, bare.end, unsupported);
}

static void
read_line (BobbinLinks *links, const char *p, const char *end)
{
  gboolean unsupported = FALSE;
  guint n_words = 0;
  Span word = { p, p };

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
      read_word (links, word, &unsupported);
      while (p < end && is_blank (*p))
        p++;
    }
  if (n_words == 1 && !unsupported && memmem (word.start, (gsize) (word.end - word.start), "://", 3) == NULL)
    read_bare_line (links, word, &unsupported);

  bobbin_links_end_line (links, unsupported ? BOBBIN_VERDICT_UNSUPPORTED_SCHEME : BOBBIN_VERDICT_NOT_A_LINK);
}

/* Reads plain text; lines end with LF, CR or both. */
void
bobbin_links_read_text (BobbinLinks *links, const char *text, gsize length)
{
  const char *p = text;
  const char *end = text + length;

  while (p < end)
    {
      const char *start = p;

      while (p < end && *p != '\n' && *p != '\r')
        p++;
      read_line (links, start, p);
      if (p < end)
        p += p + 1 < end && p[0] == '\r' && p[1] == '\n' ? 2 : 1;
    }
}
