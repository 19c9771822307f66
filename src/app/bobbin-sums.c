/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-sums.h"

#include "bobbin-words.h"

#include <glib/gi18n.h>

/**
 * bobbin_sums_add:
 * @self: sums
 * @download: a download
 *
 * Adds @download. Main thread.
 */
void
bobbin_sums_add (BobbinSums *self, BobbinDownload *download)
{
  const BobbinState state = bobbin_download_get_state (download);
  const goffset total = bobbin_download_get_total (download);
  const char *folder = bobbin_download_get_folder (download);

  self->folder = self->n == 0 || g_strcmp0 (self->folder, folder) == 0 ? folder : NULL;
  self->n++;
  self->states[state]++;
  self->received += MAX (bobbin_download_get_received (download), 0);
  self->total += MAX (total, 0);
  self->n_unknown += total < 0;
  self->own_time += bobbin_download_get_own_time (download);
  if (state == BOBBIN_STATE_RECEIVING)
    self->rate += bobbin_download_get_rate (download);
}

/**
 * bobbin_sums_words_for_title:
 * @self: sums
 *
 * Returns: (transfer full): "24 Downloads"
 */
char *
bobbin_sums_words_for_title (const BobbinSums *self)
{
  /* Translators: a title: how many downloads are selected */
  return g_strdup_printf (ngettext ("%'u Download", "%'u Downloads", self->n), self->n);
}

/**
 * bobbin_sums_words_for_size:
 * @self: sums
 *
 * Returns: (transfer full): "212.6 MB of 318.0 MB"; where sizes are unknown, only
 *   what is there
 */
char *
bobbin_sums_words_for_size (const BobbinSums *self)
{
  const gboolean all_there = self->states[BOBBIN_STATE_FINISHED] == self->n;

  if (all_there || self->n_unknown > 0)
    return g_format_size ((guint64) self->received);
  return bobbin_words_for_size_of_total (self->received, self->total);
}

static char *
dup_state_words (BobbinState state, guint n)
{
  switch (state)
    {
    case BOBBIN_STATE_WAITING:
      /* Translators: how many of several downloads are in that state, as are the next ones */
      return g_strdup_printf (ngettext ("%'u waiting", "%'u waiting", n), n);
    case BOBBIN_STATE_CONNECTING:
      return g_strdup_printf (ngettext ("%'u connecting", "%'u connecting", n), n);
    case BOBBIN_STATE_RECEIVING:
      return g_strdup_printf (ngettext ("%'u receiving", "%'u receiving", n), n);
    case BOBBIN_STATE_PAUSED:
      return g_strdup_printf (ngettext ("%'u paused", "%'u paused", n), n);
    case BOBBIN_STATE_FINISHED:
      return g_strdup_printf (ngettext ("%'u finished", "%'u finished", n), n);
    case BOBBIN_STATE_FAILED:
    default:
      return g_strdup_printf (ngettext ("%'u failed", "%'u failed", n), n);
    }
}

/**
 * bobbin_sums_words_for_states:
 * @self: sums
 *
 * Returns: (transfer full): "10 finished · 8 receiving · 1 failed"
 */
char *
bobbin_sums_words_for_states (const BobbinSums *self)
{
  static const BobbinState order[] = {
    BOBBIN_STATE_FINISHED, BOBBIN_STATE_RECEIVING, BOBBIN_STATE_CONNECTING,
    BOBBIN_STATE_WAITING,  BOBBIN_STATE_PAUSED,    BOBBIN_STATE_FAILED,
  };
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (self->states[order[i]] > 0)
      g_ptr_array_add (pieces, dup_state_words (order[i], self->states[order[i]]));
  g_ptr_array_add (pieces, NULL);
  return g_strjoinv (" · ", (char **) pieces->pdata);
}
