/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-shares.h"

/**
 * bobbin_shares_init:
 * @self: (out caller-allocates): no account, no slack
 */
void
bobbin_shares_init (BobbinShares *self)
{
  *self = (BobbinShares){ .shares = g_hash_table_new_full (NULL, NULL, NULL, g_free) };
}

/**
 * bobbin_shares_clear:
 * @self: shares
 *
 * Frees all accounts.
 */
void
bobbin_shares_clear (BobbinShares *self)
{
  g_clear_pointer (&self->shares, g_hash_table_unref);
}

/**
 * bobbin_shares_restart:
 * @self: shares
 * @slack: bytes by which a taker may stay behind
 *
 * Makes all takers even. Due when the rate changes: what was little at the old
 * one may be much at the new one.
 */
void
bobbin_shares_restart (BobbinShares *self, gint64 slack)
{
  GHashTableIter iter;
  gpointer share;

  self->slack = slack;
  g_hash_table_iter_init (&iter, self->shares);
  while (g_hash_table_iter_next (&iter, NULL, &share))
    ((BobbinShare *) share)->mark = self->clock;
}

static gboolean
is_forgotten (gpointer taker, gpointer value, gpointer user_data)
{
  BobbinShares *self = user_data;
  BobbinShare *share = value;

  return share->n_joined == 0 && self->total - share->last > self->slack;
}

static BobbinShare *
add_share (BobbinShares *self, gconstpointer taker)
{
  BobbinShare *share = g_new0 (BobbinShare, 1);
  gint64 mark = G_MININT64;
  GHashTableIter iter;
  gpointer other;

  g_hash_table_iter_init (&iter, self->shares);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    if (((BobbinShare *) other)->n_joined > 0)
      mark = MAX (mark, ((BobbinShare *) other)->mark);

  share->mark = mark != G_MININT64 ? mark : self->clock;
  share->last = self->total;
  g_hash_table_insert (self->shares, (gpointer) taker, share);
  return share;
}

/**
 * bobbin_shares_join:
 * @self: shares
 * @taker: (nullable): who takes; only compared
 *
 * Lets one more thread of @taker wait.
 *
 * Returns: (transfer none): its account, good until bobbin_shares_leave()
 */
BobbinShare *
bobbin_shares_join (BobbinShares *self, gconstpointer taker)
{
  BobbinShare *share;

  g_hash_table_foreach_remove (self->shares, is_forgotten, self);
  share = g_hash_table_lookup (self->shares, taker);
  if (share == NULL)
    share = add_share (self, taker);
  share->mark = MAX (share->mark, self->clock - self->slack);
  share->n_joined++;
  return share;
}

/**
 * bobbin_shares_leave:
 * @self: shares
 * @share: from bobbin_shares_join()
 */
void
bobbin_shares_leave (BobbinShares *self, BobbinShare *share)
{
  share->n_joined--;
}

/**
 * bobbin_shares_charge:
 * @self: shares
 * @share: the account that was next
 * @size: bytes that it gets
 */
void
bobbin_shares_charge (BobbinShares *self, BobbinShare *share, gint64 size)
{
  self->clock = MAX (self->clock, share->mark);
  self->total += size;
  share->mark += size;
  share->last = self->total;
}

/**
 * bobbin_shares_refund:
 * @self: shares
 * @taker: (nullable): who took
 * @size: bytes that it did not use
 */
void
bobbin_shares_refund (BobbinShares *self, gconstpointer taker, gint64 size)
{
  BobbinShare *share = g_hash_table_lookup (self->shares, taker);

  if (share != NULL)
    share->mark = MAX (share->mark - size, self->clock - self->slack);
}
