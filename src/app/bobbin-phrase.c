/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-phrase.h"

/**
 * bobbin_phrase_take:
 * @self: a phrase with room for one more
 * @text: (transfer full) (nullable): the text; empty or %NULL adds nothing
 * @rank: when the piece goes if there is no room
 *
 * Adds a piece at the end. Any thread, as long as one at a time.
 *
 * Returns: (transfer none) (nullable): the new piece, to set its brief form
 *   and its tone
 */
BobbinPhrasePiece *
bobbin_phrase_take (BobbinPhrase *self, char *text, BobbinRank rank)
{
  g_autofree char *owned = text;
  BobbinPhrasePiece *piece;

  g_return_val_if_fail (self->n_pieces < BOBBIN_PHRASE_MAX_PIECES, NULL);

  if (owned == NULL || *owned == '\0')
    return NULL;
  piece = &self->pieces[self->n_pieces++];
  *piece = (BobbinPhrasePiece){ .text = g_steal_pointer (&owned), .rank = rank };
  return piece;
}

/**
 * bobbin_phrase_clear:
 * @self: a phrase
 *
 * Frees the pieces and leaves an empty phrase.
 */
void
bobbin_phrase_clear (BobbinPhrase *self)
{
  for (guint i = 0; i < self->n_pieces; i++)
    {
      g_clear_pointer (&self->pieces[i].text, g_free);
      g_clear_pointer (&self->pieces[i].brief, g_free);
    }
  self->n_pieces = 0;
}

static gboolean
phrase_piece_equal (const BobbinPhrasePiece *self, const BobbinPhrasePiece *other)
{
  return self->rank == other->rank && self->tone == other->tone && g_str_equal (self->text, other->text)
         && g_strcmp0 (self->brief, other->brief) == 0;
}

/**
 * bobbin_phrase_equal:
 * @self: a phrase
 * @other: another
 *
 * Returns: whether both look the same at every width
 */
gboolean
bobbin_phrase_equal (const BobbinPhrase *self, const BobbinPhrase *other)
{
  if (self->n_pieces != other->n_pieces)
    return FALSE;
  for (guint i = 0; i < self->n_pieces; i++)
    {
      if (!phrase_piece_equal (&self->pieces[i], &other->pieces[i]))
        return FALSE;
    }
  return TRUE;
}

/**
 * bobbin_phrase_get_separator:
 * @self: a phrase
 *
 * Returns: what stands between two pieces
 */
const char *
bobbin_phrase_get_separator (const BobbinPhrase *self)
{
  return self->separator != NULL ? self->separator : " · ";
}

/**
 * bobbin_phrase_piece_get_text:
 * @self: a piece
 * @limit: the highest rank that may stay
 *
 * Returns: (nullable): how the piece reads under @limit, %NULL if it is left
 *   out. The brief form is the last resort, taken when all that can go is gone.
 */
const char *
bobbin_phrase_piece_get_text (const BobbinPhrasePiece *self, BobbinRank limit)
{
  if (self->rank > limit)
    return NULL;
  return limit == BOBBIN_RANK_KEEP && self->brief != NULL ? self->brief : self->text;
}

/**
 * bobbin_phrase_join:
 * @self: a phrase
 * @limit: the highest rank that may stay
 *
 * Returns: (transfer full): the pieces with a dot between them
 */
char *
bobbin_phrase_join (const BobbinPhrase *self, BobbinRank limit)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < self->n_pieces; i++)
    {
      const char *text = bobbin_phrase_piece_get_text (&self->pieces[i], limit);

      if (text == NULL)
        continue;
      if (joined->len > 0)
        g_string_append (joined, bobbin_phrase_get_separator (self));
      g_string_append (joined, text);
    }
  return g_string_free (joined, FALSE);
}
