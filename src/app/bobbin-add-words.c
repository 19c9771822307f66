/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-words.h"

#include "bobbin-reason-words.h"

#include <glib/gi18n.h>

/* Of what there is to say about a source, so much is said. */
#define MAX_REASONS 3

/**
 * bobbin_add_words_for_shape:
 * @shape: how links came
 *
 * Returns: the shape in words
 */
const char *
bobbin_add_words_for_shape (BobbinShape shape)
{
  switch (shape)
    {
    case BOBBIN_SHAPE_HTML:
      return _ ("Web page");
    case BOBBIN_SHAPE_METALINK:
      return _ ("Metalink");
    case BOBBIN_SHAPE_URL_FILE:
      return _ ("Internet shortcut");
    case BOBBIN_SHAPE_DESKTOP_FILE:
      return _ ("Desktop link");
    case BOBBIN_SHAPE_WEBLOC:
      return _ ("Internet location");
    case BOBBIN_SHAPE_ARIA2:
      return _ ("aria2 list");
    case BOBBIN_SHAPE_CURL:
      return _ ("curl command");
    case BOBBIN_SHAPE_CURL_CONFIG:
      return _ ("curl configuration");
    case BOBBIN_SHAPE_M3U:
    case BOBBIN_SHAPE_PLS:
      return _ ("Playlist");
    case BOBBIN_SHAPE_FEED:
      return _ ("Feed");
    case BOBBIN_SHAPE_TORRENT:
      return _ ("Torrent");
    case BOBBIN_SHAPE_TEXT:
    case BOBBIN_SHAPE_URI_LIST:
    case BOBBIN_SHAPE_OTHER:
    default:
      return _ ("Text");
    }
}

/**
 * bobbin_add_words_for_kind:
 * @kind: a kind of file
 *
 * Returns: what files of that kind are called together
 */
const char *
bobbin_add_words_for_kind (BobbinAddKind kind)
{
  switch (kind)
    {
    case BOBBIN_ADD_KIND_PICTURE:
      return C_ ("kind of files", "Pictures");
    case BOBBIN_ADD_KIND_SOUND:
      return C_ ("kind of files", "Sound");
    case BOBBIN_ADD_KIND_VIDEO:
      return C_ ("kind of files", "Video");
    case BOBBIN_ADD_KIND_ARCHIVE:
      return C_ ("kind of files", "Archives");
    case BOBBIN_ADD_KIND_DOCUMENT:
      return C_ ("kind of files", "Documents");
    case BOBBIN_ADD_KIND_OTHER:
    default:
      return C_ ("kind of files", "Other");
    }
}

/**
 * bobbin_add_words_for_n_links:
 * @n_links: how many links
 *
 * Returns: (transfer full): how many links there are, in words
 */
char *
bobbin_add_words_for_n_links (guint n_links)
{
  if (n_links == 0)
    return g_strdup (_ ("No links"));
  return g_strdup_printf (ngettext ("%'u link", "%'u links", n_links), n_links);
}

/**
 * bobbin_add_words_for_line:
 * @links: what was found
 * @index: a line of which no link can be made
 *
 * Returns: (transfer full): what it is instead, with its number if it has one
 */
char *
bobbin_add_words_for_line (const BobbinLinks *links, guint index)
{
  const BobbinLine *line = bobbin_links_get_line (links, index);
  g_autofree char *words = NULL;

  if (line->verdict == BOBBIN_VERDICT_NOT_A_LINK && line->reason == BOBBIN_REASON_NONE)
    words = g_strdup (_ ("not a link"));
  else if (line->reason == BOBBIN_REASON_SCHEME || line->reason == BOBBIN_REASON_NONE)
    words = g_strdup (_ ("only http and https"));
  else
    words = bobbin_words_for_line (links, index);
  if (!bobbin_links_has_lines (links))
    return g_steal_pointer (&words);
  /* Translators: the number of a line, and what is the matter with it */
  return g_strdup_printf (_ ("line %u: %s"), index + 1, words);
}

/**
 * bobbin_add_words_for_progress:
 * @permille: how far reading has come
 *
 * Returns: (transfer full): words
 */
char *
bobbin_add_words_for_progress (int permille)
{
  return g_strdup_printf (_ ("Reading… %d%%"), permille / 10);
}

/**
 * bobbin_add_words_for_source_name:
 * @source: a source
 *
 * Returns: (transfer full): the name of the file, or what was copied
 */
char *
bobbin_add_words_for_source_name (const BobbinAddSource *source)
{
  const BobbinLinks *links = bobbin_add_source_get_links (source);

  if (bobbin_add_source_get_name (source) != NULL)
    return g_strdup (bobbin_add_source_get_name (source));
  if (links != NULL && bobbin_links_get_shape (links) == BOBBIN_SHAPE_HTML)
    return g_strdup (_ ("Copied Page"));
  if (links != NULL && bobbin_links_get_shape (links) == BOBBIN_SHAPE_CURL)
    return g_strdup (_ ("Copied Command"));
  return g_strdup (_ ("Copied Text"));
}

static char *
get_words_for_reason (const BobbinAddSource *source, BobbinReason reason)
{
  const BobbinLinks *links = bobbin_add_source_get_links (source);
  guint first;
  guint n_lines = bobbin_add_source_get_n_lines_with_reason (source, reason, &first);
  g_autofree char *words = NULL;

  if (n_lines == 0)
    return NULL;
  if (n_lines == 1 && (reason == BOBBIN_REASON_NONE || reason == BOBBIN_REASON_SCHEME))
    return bobbin_add_words_for_line (links, first);
  if (n_lines == 1)
    return bobbin_words_for_line (links, first);
  if (reason == BOBBIN_REASON_NONE)
    return g_strdup_printf (ngettext ("%'u line is not a link", "%'u lines are not links", n_lines), n_lines);

  words = bobbin_words_for_reason (reason, NULL);
  /* Translators: something that there is to say about several lines or entries, and how many these are */
  return g_strdup_printf (_ ("%s (%'u)"), words, n_lines);
}

/**
 * bobbin_add_words_for_source:
 * @source: a source that was read
 *
 * Returns: (transfer full): what it is, how many links it has, and what else
 *   there is to say, on lines of their own
 */
char *
bobbin_add_words_for_source (const BobbinAddSource *source)
{
  const BobbinLinks *links = bobbin_add_source_get_links (source);
  g_autoptr (GString) words = g_string_new (bobbin_add_words_for_shape (bobbin_links_get_shape (links)));
  g_autofree char *n_links = bobbin_add_words_for_n_links (bobbin_links_get_n_links (links));
  guint n_said = 0;

  g_string_append_printf (words, " · %s", n_links);
  if (bobbin_links_is_cut (links))
    g_string_append_printf (words, "\n%s", _ ("There is more in it than can be read"));
  for (guint i = 0; i < BOBBIN_ADD_N_REASONS && n_said < MAX_REASONS; i++)
    {
      g_autofree char *reason = get_words_for_reason (source, (BobbinReason) i);

      if (reason == NULL)
        continue;
      g_string_append_printf (words, "\n%s", reason);
      n_said++;
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}
