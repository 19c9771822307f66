/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-header-values.h"

#include <libsoup/soup.h>
#include <string.h>

/* Digits and nothing else, as HTTP writes lengths; g_ascii_strtoull() would
 * take signs and leading spaces. Moves *text behind the number. */
static gboolean
take_number (const char **text, goffset *number)
{
  const char *p = *text;
  goffset value = 0;

  if (!g_ascii_isdigit (*p))
    return FALSE;
  for (; g_ascii_isdigit (*p); p++)
    if (__builtin_mul_overflow (value, 10, &value) || __builtin_add_overflow (value, *p - '0', &value))
      return FALSE;

  *text = p;
  *number = value;
  return TRUE;
}

static void
skip_space (const char **text)
{
  while (**text == ' ' || **text == '\t')
    (*text)++;
}

static gboolean
take_char (const char **text, char wanted)
{
  if (**text != wanted)
    return FALSE;
  (*text)++;
  return TRUE;
}

/**
 * bobbin_header_parse_content_length:
 * @value: all Content-Length fields of an answer, joined by commas
 * @length: (out): the length in bytes
 *
 * Reads a length as RFC 9110, 8.6 wants it: a list of several is good only if
 * all are the same. Pure.
 *
 * Returns: whether @value is one length
 */
gboolean
bobbin_header_parse_content_length (const char *value, goffset *length)
{
  goffset first = -1;

  do
    {
      goffset number;

      skip_space (&value);
      if (!take_number (&value, &number) || (first >= 0 && number != first))
        return FALSE;
      first = number;
      skip_space (&value);
    }
  while (take_char (&value, ','));

  *length = first;
  return *value == '\0';
}

/**
 * bobbin_header_is_chunked:
 * @value: all Transfer-Encoding fields of an answer, joined by commas
 *
 * Reads a list of transfer codings. A body is chunked once at most (RFC 9112,
 * 7.1), so a field that was repeated on the way says nothing new, and
 * "identity" says nothing at all (RFC 2616, 3.6), but chunked has to be the last
 * one, or nothing would tell where the body ends (RFC 9112, 6.3). Pure.
 *
 * Returns: whether chunked is all that was done to the body
 */
gboolean
bobbin_header_is_chunked (const char *value)
{
  g_auto (GStrv) codings = g_strsplit_set (value, ", \t", -1);
  gboolean chunked = FALSE;

  for (char **coding = codings; *coding != NULL; coding++)
    if (g_ascii_strcasecmp (*coding, "chunked") == 0)
      chunked = TRUE;
    else if (**coding != '\0' && (chunked || g_ascii_strcasecmp (*coding, "identity") != 0))
      return FALSE;
  return chunked;
}

static gboolean
take_unit (const char **text)
{
  skip_space (text);
  if (g_ascii_strncasecmp (*text, "bytes", strlen ("bytes")) != 0)
    return FALSE;
  *text += strlen ("bytes");
  if (**text != ' ' && **text != '\t')
    return FALSE;
  skip_space (text);
  return TRUE;
}

static gboolean
at_end (const char *text)
{
  skip_space (&text);
  return *text == '\0';
}

/**
 * bobbin_header_parse_content_range:
 * @value: a Content-Range field of a 206
 * @range: (out): what it says
 *
 * Reads "bytes FIRST-LAST/TOTAL" (RFC 9110, 14.4) and refuses everything that
 * contradicts itself. Pure.
 *
 * Returns: whether @value is a valid range
 */
gboolean
bobbin_header_parse_content_range (const char *value, BobbinContentRange *range)
{
  if (!take_unit (&value) || !take_number (&value, &range->first) || !take_char (&value, '-')
      || !take_number (&value, &range->last) || !take_char (&value, '/'))
    return FALSE;

  if (take_char (&value, '*'))
    range->total = -1;
  else if (!take_number (&value, &range->total) || range->last >= range->total)
    return FALSE;
  return range->first <= range->last && range->last < G_MAXINT64 && at_end (value);
}

/**
 * bobbin_header_parse_unsatisfied_range:
 * @value: a Content-Range field of a 416
 * @total: (out): bytes of the whole file
 *
 * Reads "bytes *" "/TOTAL" (RFC 9110, 14.4). Pure.
 *
 * Returns: whether @value is that
 */
gboolean
bobbin_header_parse_unsatisfied_range (const char *value, goffset *total)
{
  return take_unit (&value) && take_char (&value, '*') && take_char (&value, '/')
         && take_number (&value, total) && at_end (value);
}

/**
 * bobbin_header_has_token:
 * @value: (nullable): a field that is a list of tokens, like Accept-Ranges
 * @token: a token in any case
 *
 * Pure.
 *
 * Returns: whether @token is in the list
 */
gboolean
bobbin_header_has_token (const char *value, const char *token)
{
  return value != NULL && soup_header_contains (value, token);
}

/**
 * bobbin_header_parse_date:
 * @value: (nullable): a field that is a date, like Last-Modified
 *
 * Reads the three forms of a date (RFC 9110, 5.6.7). Pure.
 *
 * Returns: seconds of the epoch, 0 if @value is no date after its beginning
 */
gint64
bobbin_header_parse_date (const char *value)
{
  g_autoptr (GDateTime) date = value != NULL ? soup_date_time_new_from_http_string (value) : NULL;

  return date != NULL ? MAX (g_date_time_to_unix (date), 0) : 0;
}

/**
 * bobbin_header_parse_retry_after:
 * @value: (nullable): a Retry-After field
 * @now: seconds of the epoch
 *
 * Reads a number of seconds or a date (RFC 9110, 10.2.3). Pure.
 *
 * Returns: seconds to wait, 0 for a date that is over, -1 if @value says
 *   nothing that can be understood
 */
gint64
bobbin_header_parse_retry_after (const char *value, gint64 now)
{
  goffset seconds;
  gint64 date;

  if (value == NULL)
    return -1;
  skip_space (&value);
  if (take_number (&value, &seconds))
    return at_end (value) ? seconds : -1;
  date = bobbin_header_parse_date (value);
  return date > 0 ? MAX (date - now, 0) : -1;
}

static gboolean
is_strong_etag (const char *etag)
{
  gsize length = strlen (etag);

  return length >= 2 && etag[0] == '"' && strchr (etag + 1, '"') == etag + length - 1;
}

/* RFC 9110, 8.8.2.2: a date is a strong validator only if the file had not
 * changed for a while when the answer was made; a minute allows for clocks. */
static gboolean
is_strong_date (const char *last_modified, const char *date)
{
  g_autoptr (GDateTime) changed = soup_date_time_new_from_http_string (last_modified);
  g_autoptr (GDateTime) answered = date != NULL ? soup_date_time_new_from_http_string (date) : NULL;

  return changed != NULL && answered != NULL
         && g_date_time_difference (answered, changed) >= 60 * G_USEC_PER_SEC;
}

/**
 * bobbin_header_dup_validator:
 * @etag: (nullable): the ETag field
 * @last_modified: (nullable): the Last-Modified field
 * @date: (nullable): the Date field
 *
 * Picks the validator by which the same bytes can be known again: a strong
 * ETag, else a Last-Modified that is strong. Pure.
 *
 * Returns: (transfer full) (nullable): the value for If-Range
 */
char *
bobbin_header_dup_validator (const char *etag, const char *last_modified, const char *date)
{
  if (etag != NULL)
    return is_strong_etag (etag) ? g_strdup (etag) : NULL;
  if (last_modified != NULL && is_strong_date (last_modified, date))
    return g_strdup (last_modified);
  return NULL;
}
