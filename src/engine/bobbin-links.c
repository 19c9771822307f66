/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-links.h"

#include "bobbin-links-private.h"

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

  bobbin_links_finish (self);
  g_ptr_array_unref (self->links);
  g_array_unref (self->lines);
  g_array_unref (self->notes);
  g_clear_pointer (&self->kinds, g_byte_array_unref);
  g_free (self);
}

/**
 * bobbin_links_get_shape:
 * @self: links
 *
 * Returns: how the links came
 */
BobbinShape
bobbin_links_get_shape (const BobbinLinks *self)
{
  g_return_val_if_fail (self != NULL, BOBBIN_SHAPE_OTHER);

  return self->shape;
}

/**
 * bobbin_links_has_lines:
 * @self: links
 *
 * Returns: whether the lines are those of the text, which a person can be shown
 *   by their numbers; otherwise they are entries
 */
gboolean
bobbin_links_has_lines (const BobbinLinks *self)
{
  switch (bobbin_links_get_shape (self))
    {
    case BOBBIN_SHAPE_TEXT:
    case BOBBIN_SHAPE_URI_LIST:
    case BOBBIN_SHAPE_ARIA2:
    case BOBBIN_SHAPE_CURL:
    case BOBBIN_SHAPE_CURL_CONFIG:
    case BOBBIN_SHAPE_M3U:
    case BOBBIN_SHAPE_PLS:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * bobbin_links_is_cut:
 * @self: links
 *
 * Returns: whether there was more than %BOBBIN_LINKS_MAX links, or than ten
 *   million lines, so that the rest was not read
 */
gboolean
bobbin_links_is_cut (const BobbinLinks *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_cut;
}

/**
 * bobbin_links_get_n_pending:
 * @self: links
 *
 * Returns: how many links the patterns would make that may not be made without
 *   asking
 */
guint64
bobbin_links_get_n_pending (const BobbinLinks *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_pending;
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
 * bobbin_links_get_kind:
 * @self: links
 * @index: less than bobbin_links_get_n_links()
 *
 * Returns: what the page or feed says that the link is
 */
BobbinLinkKind
bobbin_links_get_kind (const BobbinLinks *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->links->len, BOBBIN_LINK_KIND_UNKNOWN);

  return self->kinds != NULL && index < self->kinds->len ? (BobbinLinkKind) self->kinds->data[index]
                                                         : BOBBIN_LINK_KIND_UNKNOWN;
}

/**
 * bobbin_links_get_n_lines:
 * @self: links
 *
 * Returns: how many lines the text has, or how many entries the file; a line
 *   end at the very end of a text begins no further line
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
 * Returns: (transfer none): the verdict on a line or entry, counted from 0
 */
const BobbinLine *
bobbin_links_get_line (const BobbinLinks *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->lines->len, NULL);

  return &g_array_index (self->lines, BobbinLine, index);
}

/**
 * bobbin_links_get_n_notes:
 * @self: links
 *
 * Returns: how many notes there are, in the order of the lines; after the first
 *   thousand no more are taken
 */
guint
bobbin_links_get_n_notes (const BobbinLinks *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->notes->len;
}

/**
 * bobbin_links_get_note:
 * @self: links
 * @index: less than bobbin_links_get_n_notes()
 *
 * Returns: (transfer none): a note
 */
const BobbinNote *
bobbin_links_get_note (const BobbinLinks *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->notes->len, NULL);

  return &g_array_index (self->notes, BobbinNote, index);
}
