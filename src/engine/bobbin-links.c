/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-links.h"

#include "bobbin-encoding.h"
#include "bobbin-links-private.h"

#include <string.h>

struct _BobbinLinks
{
  GPtrArray *links; /* owns BobbinLink */
  GArray *lines;    /* BobbinLine */

  /* only while reading */
  GHashTable *seen; /* URIs, borrowed from the links */
  BobbinLine line;
  gboolean repeated;
};

static BobbinLinks *
links_new (void)
{
  BobbinLinks *self = g_new0 (BobbinLinks, 1);

  self->links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);
  self->lines = g_array_new (FALSE, FALSE, sizeof (BobbinLine));
  self->seen = g_hash_table_new (g_str_hash, g_str_equal);

  return self;
}

/* Begins the verdict on a line. */
void
bobbin_links_begin_line (BobbinLinks *self)
{
  self->line = (BobbinLine){ .first_link = self->links->len };
  self->repeated = FALSE;
}

/* Takes over a link of the current line, unless it stands further up. */
void
bobbin_links_take (BobbinLinks *self, BobbinLink *link)
{
  const char *uri = bobbin_link_get_uri (link);

  /* Look before adding: g_hash_table_add() would put the new key in the place
   * of the old one, and this link is about to go.
   */
  if (g_hash_table_contains (self->seen, uri))
    {
      self->repeated = TRUE;
      bobbin_link_unref (link);
      return;
    }

  g_hash_table_add (self->seen, (gpointer) uri);
  g_ptr_array_add (self->links, link);
  self->line.n_links++;
}

/* Ends the line; @otherwise is the verdict if it had no link at all. */
void
bobbin_links_end_line (BobbinLinks *self, BobbinVerdict otherwise)
{
  if (self->line.n_links > 0)
    self->line.verdict = BOBBIN_VERDICT_LINKS;
  else
    self->line.verdict = self->repeated ? BOBBIN_VERDICT_REPEATED : otherwise;

  g_array_append_val (self->lines, self->line);
}

static BobbinLinks *
links_read (const char *text, gsize length)
{
  BobbinLinks *self = links_new ();

  bobbin_links_read_text (self, text, length);
  g_clear_pointer (&self->seen, g_hash_table_unref);

  return self;
}

static gboolean
begins_with (const char *bytes, gsize length, const char *mark, gsize mark_length)
{
  return length >= mark_length && memcmp (bytes, mark, mark_length) == 0;
}

/**
 * bobbin_links_parse:
 * @data: the contents of a file, a drop or a clipboard
 *
 * Finds the links in bytes of any kind: UTF-8 with or without a byte order
 * mark, UTF-16 with one, or Windows-1252. Never fails; what is no link gets a
 * verdict. Takes time and memory in proportion to @data, whatever is in it. Any
 * thread.
 *
 * Returns: (transfer full): the links and a verdict for every line
 */
BobbinLinks *
bobbin_links_parse (GBytes *data)
{
  gsize length = 0;
  const char *bytes = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (data != NULL, NULL);

  bytes = g_bytes_get_data (data, &length);
  if (begins_with (bytes, length, "\xff\xfe", 2))
    text = bobbin_encoding_from_utf16 (bytes + 2, length - 2, FALSE, &length);
  else if (begins_with (bytes, length, "\xfe\xff", 2))
    text = bobbin_encoding_from_utf16 (bytes + 2, length - 2, TRUE, &length);

  return bobbin_links_parse_text (text != NULL ? text : bytes, (gssize) length);
}

/**
 * bobbin_links_parse_text:
 * @text: (array length=length): text, UTF-8 for the most part
 * @length: its length in bytes, or -1 if it ends with a NUL
 *
 * Finds the links in a text. Any thread.
 *
 * Returns: (transfer full): the links and a verdict for every line
 */
BobbinLinks *
bobbin_links_parse_text (const char *text, gssize length)
{
  gsize size = 0;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  if (begins_with (text, size, "\xef\xbb\xbf", 3))
    return links_read (text + 3, size - 3);

  return links_read (text, size);
}

/**
 * bobbin_links_free:
 * @self: (transfer full): links
 *
 * Frees the list; links that somebody else holds live on.
 */
void
bobbin_links_free (BobbinLinks *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->links);
  g_array_unref (self->lines);
  g_free (self);
}

/**
 * bobbin_links_get_n_links:
 * @self: links
 *
 * Returns: how many different links there are
 */
guint
bobbin_links_get_n_links (const BobbinLinks *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->links->len;
}

/**
 * bobbin_links_get_link:
 * @self: links
 * @index: less than bobbin_links_get_n_links()
 *
 * Returns: (transfer none): the link at @index, in the order of the text
 */
BobbinLink *
bobbin_links_get_link (const BobbinLinks *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->links->len, NULL);

  return g_ptr_array_index (self->links, index);
}

/**
 * bobbin_links_get_n_lines:
 * @self: links
 *
 * Returns: how many lines the text has; a line end at its very end begins no
 *   further line
 */
guint
bobbin_links_get_n_lines (const BobbinLinks *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->lines->len;
}

/**
 * bobbin_links_get_line:
 * @self: links
 * @index: less than bobbin_links_get_n_lines()
 *
 * Returns: (transfer none): the verdict on a line, counted from 0
 */
const BobbinLine *
bobbin_links_get_line (const BobbinLinks *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->lines->len, NULL);

  return &g_array_index (self->lines, BobbinLine, index);
}
