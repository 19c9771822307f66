/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BobbinShare:
 * @mark: how many bytes the taker has had, on the clock of all takers
 * @last: what all takers together had got when it got something last
 * @n_joined: how many of its threads wait
 *
 * A taker's account. Whoever waits and has the lowest mark is next.
 */
typedef struct
{
  gint64 mark;
  gint64 last;
  guint n_joined;
} BobbinShare;

/**
 * BobbinShares:
 * @shares: accounts by taker
 * @clock: the highest mark that was ever next
 * @total: bytes that all takers together have got, refunded ones included
 * @slack: bytes by which a taker's mark may stay behind @clock, and after which
 *   one that stays away is forgotten
 *
 * Shares something between takers so that each gets the same, whatever the sizes
 * of its portions and however many its threads: start-time fair queueing. What
 * a taker could not use it can make up for, but only @slack of it: nobody saves
 * up for later. Newcomers go behind those who wait, so that any number of them
 * does not keep an old one from its turn.
 */
typedef struct
{
  GHashTable *shares;
  gint64 clock;
  gint64 total;
  gint64 slack;
} BobbinShares;

void bobbin_shares_init (BobbinShares *self);
void bobbin_shares_clear (BobbinShares *self);
void bobbin_shares_restart (BobbinShares *self, gint64 slack);

BobbinShare *bobbin_shares_join (BobbinShares *self, gconstpointer taker);
void bobbin_shares_leave (BobbinShares *self, BobbinShare *share);
void bobbin_shares_charge (BobbinShares *self, BobbinShare *share, gint64 size);
void bobbin_shares_refund (BobbinShares *self, gconstpointer taker, gint64 size);

G_END_DECLS
