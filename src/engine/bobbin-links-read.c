/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-encoding.h"
#include "bobbin-links-private.h"
#include "bobbin-plist.h"

#include <string.h>

/* From bytes to a list of links: the encoding, the shape, and the reader for it. */

/* Where markup tells its encoding. */
#define LOOK_AT 1024

static gboolean
begins_with (const char *bytes, gsize length, const char *mark, gsize mark_length)
{
  return length >= mark_length && memcmp (bytes, mark, mark_length) == 0;
}

/* Takes the byte order mark off. UTF-16 is converted, into @converted. */
static const char *
take_mark (const char *bytes, gsize *length, char **converted)
{
  *converted = NULL;
  if (begins_with (bytes, *length, "\xff\xfe", 2))
    *converted = bobbin_encoding_from_utf16 (bytes + 2, *length - 2, FALSE, length);
  else if (begins_with (bytes, *length, "\xfe\xff", 2))
    *converted = bobbin_encoding_from_utf16 (bytes + 2, *length - 2, TRUE, length);
  else if (begins_with (bytes, *length, "\xef\xbb\xbf", 3))
    {
      *length -= 3;
      return bytes + 3;
    }

  return *converted != NULL ? *converted : bytes;
}

/* The label after encoding= or charset= near the start. */
static char *
dup_label (const char *bytes, gsize length)
{
  g_autofree char *start = g_ascii_strdown (bytes, (gssize) MIN (length, LOOK_AT));
  const char *encoding = strstr (start, "encoding=");
  const char *charset = strstr (start, "charset=");
  const char *label = encoding != NULL  ? encoding + strlen ("encoding=")
                      : charset != NULL ? charset + strlen ("charset=")
                                        : NULL;

  if (label == NULL)
    return NULL;
  label += strspn (label, "\"' ");
  return g_strndup (label, strcspn (label, "\"' />;"));
}

/* Markup as UTF-8; %NULL if it is that already. */
static char *
decode_markup (const char *bytes, gsize length, gsize *length_out)
{
  g_autofree char *label = NULL;
  char *text = NULL;

  for (const char *p = bytes; p < bytes + length; p++)
    {
      /* NULs are nothing that an encoding could make good. */
      if (g_utf8_validate_len (p, (gsize) (bytes + length - p), &p))
        return NULL;
      if (*p != '\0')
        break;
    }
  if (length == 0)
    return NULL;

  label = dup_label (bytes, length);
  if (label != NULL)
    text = bobbin_encoding_from_charset (bytes, length, label);
  if (text == NULL)
    text = bobbin_encoding_from_windows_1252 (bytes, length);
  *length_out = strlen (text);

  return text;
}

static void
read_markup (BobbinLinks *self,
             const char *bytes,
             gsize length,
             void (*read) (BobbinLinks *self, const char *text, gsize length))
{
  g_autofree char *text = decode_markup (bytes, length, &length);

  self->total = length;
  read (self, text != NULL ? text : bytes, length);
}

/* Reads bytes as what they are taken for, whatever they are. */
void
bobbin_links_read_shape (BobbinLinks *self, const char *bytes, gsize length)
{
  switch (self->shape)
    {
    case BOBBIN_SHAPE_TEXT:
      bobbin_links_read_text (self, bytes, length);
      break;
    case BOBBIN_SHAPE_URI_LIST:
      bobbin_links_read_uri_list (self, bytes, length);
      break;
    case BOBBIN_SHAPE_HTML:
      read_markup (self, bytes, length, bobbin_links_read_html);
      break;
    case BOBBIN_SHAPE_METALINK:
      read_markup (self, bytes, length, bobbin_links_read_metalink);
      break;
    case BOBBIN_SHAPE_URL_FILE:
      bobbin_links_read_url_file (self, bytes, length);
      break;
    case BOBBIN_SHAPE_DESKTOP_FILE:
      bobbin_links_read_desktop_file (self, bytes, length);
      break;
    case BOBBIN_SHAPE_WEBLOC:
      if (bobbin_plist_is_binary (bytes, length))
        bobbin_links_read_webloc (self, bytes, length);
      else
        read_markup (self, bytes, length, bobbin_links_read_webloc);
      break;
    case BOBBIN_SHAPE_ARIA2:
      bobbin_links_read_aria2 (self, bytes, length);
      break;
    case BOBBIN_SHAPE_CURL:
      bobbin_links_read_curl (self, bytes, length);
      break;
    case BOBBIN_SHAPE_CURL_CONFIG:
      bobbin_links_read_curl_config (self, bytes, length);
      break;
    case BOBBIN_SHAPE_M3U:
      bobbin_links_read_m3u (self, bytes, length);
      break;
    case BOBBIN_SHAPE_PLS:
      bobbin_links_read_pls (self, bytes, length);
      break;
    case BOBBIN_SHAPE_FEED:
      read_markup (self, bytes, length, bobbin_links_read_feed);
      break;
    case BOBBIN_SHAPE_TORRENT:
      bobbin_links_add_line (self, BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_TORRENT, NULL);
      break;
    case BOBBIN_SHAPE_OTHER:
      bobbin_links_add_line (self, BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_NOT_TEXT, NULL);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * bobbin_links_read:
 * @data: the contents of a file, a drop or a clipboard
 * @options: (nullable): what else is known about it
 * @error: return location for an error
 *
 * Finds the links in bytes of any shape: text, pages, Metalinks, shortcuts,
 * lists and commands of other programs, playlists, feeds. What the bytes say
 * counts, then the name and the media type. UTF-8 with or without a byte order
 * mark, UTF-16 with one, what markup says of itself, or Windows-1252. Nothing is
 * loaded, run or asked of the network; names and folders that come out of it are
 * safe, and below the folder to save to.
 *
 * Broken input is no error: it ends with an entry that says so. Takes time and
 * memory in proportion to @data. Any thread; ends soon after the cancellable is
 * cancelled.
 *
 * Sets %G_IO_ERROR_CANCELLED, and %G_IO_ERROR_MESSAGE_TOO_LARGE for more than
 * %BOBBIN_LINKS_MAX_SIZE bytes.
 *
 * Returns: (transfer full) (nullable): the links and a verdict for every line
 *   or entry
 */
BobbinLinks *
bobbin_links_read (GBytes *data, const BobbinLinksOptions *options, GError **error)
{
  static const BobbinLinksOptions no_options = { 0 };
  g_autoptr (BobbinLinks) self = NULL;
  gsize length = 0;
  const char *bytes = NULL;
  g_autofree char *converted = NULL;

  g_return_val_if_fail (data != NULL, NULL);

  if (options == NULL)
    options = &no_options;
  bytes = g_bytes_get_data (data, &length);
  if (length > BOBBIN_LINKS_MAX_SIZE)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "The list of links is too large");
      return NULL;
    }
  if (length == 0)
    bytes = "";

  bytes = take_mark (bytes, &length, &converted);
  self = bobbin_links_new (bobbin_links_guess_shape (bytes, length, options), length, options);
  bobbin_links_read_shape (self, bytes, length);
  if (g_cancellable_set_error_if_cancelled (options->cancellable, error))
    return NULL;

  bobbin_links_finish (self);
  return g_steal_pointer (&self);
}

static BobbinLinks *
read_text (const char *text, gsize length)
{
  BobbinLinks *self = bobbin_links_new (BOBBIN_SHAPE_TEXT, length, NULL);

  bobbin_links_read_text (self, text, length);
  bobbin_links_finish (self);

  return self;
}

/**
 * bobbin_links_parse:
 * @data: the contents of a file, a drop or a clipboard
 *
 * Finds the links in plain text: UTF-8 with or without a byte order mark, UTF-16
 * with one, or Windows-1252. Brackets and braces are just that. Never fails;
 * what is no link gets a verdict. Takes time and memory in proportion to @data,
 * whatever is in it. Any thread.
 *
 * Returns: (transfer full): the links and a verdict for every line
 */
BobbinLinks *
bobbin_links_parse (GBytes *data)
{
  gsize length = 0;
  const char *bytes = NULL;
  g_autofree char *converted = NULL;

  g_return_val_if_fail (data != NULL, NULL);

  bytes = g_bytes_get_data (data, &length);
  if (length > 0)
    bytes = take_mark (bytes, &length, &converted);

  return read_text (bytes, length);
}

/**
 * bobbin_links_parse_text:
 * @text: (array length=length): text, UTF-8 for the most part
 * @length: its length in bytes, or -1 if it ends with a NUL
 *
 * Finds the links in a text as bobbin_links_parse() does. Any thread.
 *
 * Returns: (transfer full): the links and a verdict for every line
 */
BobbinLinks *
bobbin_links_parse_text (const char *text, gssize length)
{
  gsize size = 0;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  if (size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    return read_text (text + 3, size - 3);

  return read_text (text, size);
}
