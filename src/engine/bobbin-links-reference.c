/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-links-private.h"

#include "bobbin-uri.h"

#include <string.h>

/* Links as pages, feeds and playlists have them: possibly relative, and with
 * the slips that browsers forgive.
 */

/* The length of the scheme before a colon, 0 if there is none (RFC 3986 section
 * 3.1).
 */
static gsize
get_scheme_length (const char *text)
{
  gsize length = 0;

  if (!g_ascii_isalpha (text[0]))
    return 0;
  while (g_ascii_isalnum (text[length]) || (text[length] != '\0' && strchr ("+-.", text[length]) != NULL))
    length++;

  return text[length] == ':' ? length : 0;
}

/* Blanks around a link and line ends within are left out, those within are
 * encoded, and a backslash is a slash up to the query (WHATWG URL Standard,
 * section 4.4).
 */
static char *
tidy (const char *text)
{
  GString *tidied = g_string_sized_new (strlen (text) + 16);
  const char *end = text + strlen (text);
  gboolean in_path = TRUE;

  while (text < end && (guchar) *text <= ' ')
    text++;
  while (end > text && (guchar) end[-1] <= ' ')
    end--;
  for (const char *p = text; p < end; p++)
    {
      in_path = in_path && *p != '?' && *p != '#';
      if (*p == '\t' || *p == '\n' || *p == '\r')
        continue;
      if (*p == ' ')
        g_string_append (tidied, "%20");
      else
        g_string_append_c (tidied, in_path && *p == '\\' ? '/' : *p);
    }

  return g_string_free (tidied, FALSE);
}

/* Makes an absolute link of a reference; %NULL if that can't be done. */
static char *
resolve (BobbinLinks *self, const char *reference)
{
  g_autoptr (GUri) uri = NULL;

  if (self->base == NULL)
    {
      self->otherwise = BOBBIN_VERDICT_NOT_A_LINK;
      bobbin_links_add_reason (self, BOBBIN_REASON_RELATIVE, NULL);
      return NULL;
    }
  uri = g_uri_parse_relative (self->base, reference,
                              G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_PARSE_RELAXED,
                              NULL);

  return uri != NULL ? g_uri_to_string (uri) : NULL;
}

/* Takes what a page refers to, relative to its base, with nothing of a pattern
 * in it.
 */
void
bobbin_links_take_reference (BobbinLinks *self,
                             const char *text,
                             BobbinLinksComplete complete,
                             gpointer user_data)
{
  g_autofree char *reference = NULL;
  g_autofree char *uri = NULL;

  if (strnlen (text, BOBBIN_URI_MAX + 1) > BOBBIN_URI_MAX)
    return;
  reference = tidy (text);
  if (reference[0] == '\0')
    return;
  if (get_scheme_length (reference) == 0)
    {
      uri = resolve (self, reference);
      if (uri != NULL)
        bobbin_links_take_text (self, uri, 0, complete, user_data);
    }
  else
    bobbin_links_take_text (self, reference, 0, complete, user_data);
}

/* Whether a reference leads somewhere else than to a place within the page, to a
 * program, or to the browser itself, as some saved bookmarks do.
 */
gboolean
bobbin_links_is_reference (const char *text)
{
  static const char *const schemes[] = { "about", "blob", "chrome",     "chrome-extension", "cid",
                                         "data",  "edge", "javascript", "mailto",           "moz-extension",
                                         "place", "sms",  "tel",        "vbscript",         "xmpp" };
  gsize length = 0;

  while (*text != '\0' && (guchar) *text <= ' ')
    text++;
  if (*text == '\0' || *text == '#')
    return FALSE;
  length = get_scheme_length (text);
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (strlen (schemes[i]) == length && g_ascii_strncasecmp (text, schemes[i], length) == 0)
      return FALSE;

  return TRUE;
}
