/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-counts.h"

/**
 * bobbin_counts_of:
 * @self: counts
 * @state: a state
 *
 * Returns: (transfer none): where the downloads in @state are counted
 */
guint *
bobbin_counts_of (BobbinCounts *self, BobbinState state)
{
  switch (state)
    {
    case BOBBIN_STATE_WAITING:
      return &self->waiting;
    case BOBBIN_STATE_CONNECTING:
    case BOBBIN_STATE_RECEIVING:
      return &self->active;
    case BOBBIN_STATE_PAUSED:
      return &self->paused;
    case BOBBIN_STATE_FINISHED:
      return &self->finished;
    case BOBBIN_STATE_FAILED:
    default:
      return &self->failed;
    }
}
