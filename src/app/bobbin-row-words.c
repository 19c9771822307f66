/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-row-words.h"

#include "bobbin-words.h"

#include <glib/gi18n.h>

/* "21.4 of 24.9 MB": the unit once, if both have the same. */
static char *
get_brief_size_of_total (BobbinDownload *download)
{
  g_autofree char *received = g_format_size ((guint64) MAX (0, bobbin_download_get_received (download)));
  g_autofree char *total = NULL;
  char *received_unit;
  const char *total_unit;

  if (bobbin_download_get_total (download) < 0)
    return NULL;
  total = g_format_size ((guint64) bobbin_download_get_total (download));
  received_unit = strstr (received, "\302\240");
  total_unit = strstr (total, "\302\240");
  if (g_strcmp0 (received_unit, total_unit) == 0 && received_unit != NULL)
    *received_unit = '\0';
  /* Translators: bytes that are there of all bytes, "12.3 of 80.1 MB" */
  return g_strdup_printf (_ ("%s of %s"), received, total);
}

static void
take_size (BobbinDownload *download, BobbinPhrase *phrase)
{
  BobbinPiece *piece
      = bobbin_phrase_take (phrase,
                            bobbin_words_for_size_of_total (bobbin_download_get_received (download),
                                                            bobbin_download_get_total (download)),
                            BOBBIN_RANK_KEEP);

  if (piece != NULL)
    piece->brief = get_brief_size_of_total (download);
}

static void
take_receiving (BobbinDownload *download, BobbinPhrase *phrase)
{
  const double rate = bobbin_download_get_rate (download);

  take_size (download, phrase);
  if (rate > 0)
    bobbin_phrase_take (phrase, bobbin_words_for_rate (rate), BOBBIN_RANK_RATE);
  bobbin_phrase_take (phrase, bobbin_words_for_time_left (bobbin_download_get_time_left (download)),
                      BOBBIN_RANK_KEEP);
}

static void
take_finished (BobbinDownload *download, BobbinPhrase *phrase)
{
  const goffset size = bobbin_download_get_received (download);

  bobbin_phrase_take (phrase, g_format_size ((guint64) size), BOBBIN_RANK_KEEP);
  bobbin_phrase_take (phrase, bobbin_words_for_time_and_rate (bobbin_download_get_own_time (download), size),
                      BOBBIN_RANK_RATE);
}

/**
 * bobbin_row_words_for_details:
 * @queue: the queue that @download is in
 * @download: a download
 * @phrase: (inout): an empty phrase
 *
 * Fills in the second line of a row. Main thread.
 */
void
bobbin_row_words_for_details (BobbinQueue *queue, BobbinDownload *download, BobbinPhrase *phrase)
{
  const BobbinState state = bobbin_download_get_state (download);

  bobbin_phrase_take (phrase, bobbin_download_dup_host (download),
                      state == BOBBIN_STATE_CONNECTING ? BOBBIN_RANK_KEEP : BOBBIN_RANK_HOST);
  switch (state)
    {
    case BOBBIN_STATE_WAITING:
      bobbin_phrase_take (phrase,
                          bobbin_words_for_place_in_line (bobbin_queue_get_place_in_line (queue, download)),
                          BOBBIN_RANK_KEEP);
      break;
    case BOBBIN_STATE_RECEIVING:
      take_receiving (download, phrase);
      break;
    case BOBBIN_STATE_PAUSED:
      if (bobbin_download_get_received (download) > 0)
        take_size (download, phrase);
      else if (phrase->n_pieces > 0)
        phrase->pieces[0].rank = BOBBIN_RANK_KEEP;
      break;
    case BOBBIN_STATE_FINISHED:
      take_finished (download, phrase);
      break;
    case BOBBIN_STATE_FAILED:
      bobbin_phrase_take (phrase, bobbin_words_for_error (bobbin_download_get_error (download)),
                          BOBBIN_RANK_KEEP);
      break;
    case BOBBIN_STATE_CONNECTING:
    default:
      break;
    }
}

/**
 * bobbin_row_words_for_state:
 * @download: a download
 * @phrase: (inout): an empty phrase
 *
 * Fills in what stands at the end of a row. Main thread.
 */
void
bobbin_row_words_for_state (BobbinDownload *download, BobbinPhrase *phrase)
{
  const BobbinState state = bobbin_download_get_state (download);
  g_autofree char *percent = bobbin_words_for_percent (bobbin_download_get_fraction (download));

  if (percent != NULL && state == BOBBIN_STATE_RECEIVING)
    bobbin_phrase_take (phrase, g_steal_pointer (&percent), BOBBIN_RANK_KEEP);
  else if (percent != NULL && state == BOBBIN_STATE_PAUSED)
    /* Translators: how much of a file is there when it is held, "61%  paused" */
    bobbin_phrase_take (phrase, g_strdup_printf (_ ("%s  paused"), percent), BOBBIN_RANK_KEEP)->brief
        = g_strdup (percent);
  else
    bobbin_phrase_take (phrase, g_strdup (bobbin_words_for_state (state)), BOBBIN_RANK_KEEP);
}

static const char *
get_spoken_state (BobbinState state)
{
  switch (state)
    {
    case BOBBIN_STATE_WAITING:
      return C_ ("spoken state", "waiting");
    case BOBBIN_STATE_CONNECTING:
      return C_ ("spoken state", "connecting");
    case BOBBIN_STATE_RECEIVING:
      return C_ ("spoken state", "receiving");
    case BOBBIN_STATE_PAUSED:
      return C_ ("spoken state", "paused");
    case BOBBIN_STATE_FINISHED:
      return C_ ("spoken state", "finished");
    case BOBBIN_STATE_FAILED:
    default:
      return C_ ("spoken state", "failed");
    }
}

/* What is worth saying of a download beside its name and its state. */
static char *
get_spoken_rest (BobbinQueue *queue, BobbinDownload *download)
{
  switch (bobbin_download_get_state (download))
    {
    case BOBBIN_STATE_WAITING:
      return bobbin_words_for_place_in_line (bobbin_queue_get_place_in_line (queue, download));
    case BOBBIN_STATE_RECEIVING:
      return bobbin_words_for_time_left (bobbin_download_get_time_left (download));
    case BOBBIN_STATE_FINISHED:
      return g_format_size ((guint64) MAX (0, bobbin_download_get_received (download)));
    case BOBBIN_STATE_FAILED:
      return bobbin_words_for_error (bobbin_download_get_error (download));
    case BOBBIN_STATE_CONNECTING:
    case BOBBIN_STATE_PAUSED:
    default:
      return NULL;
    }
}

/**
 * bobbin_row_words_for_label:
 * @queue: the queue that @download is in
 * @download: a download
 *
 * What a screen reader says for the row, as in "lecture.mp4, receiving, 15%,
 * 12 s left". Main thread.
 *
 * Returns: (transfer full): the label
 */
char *
bobbin_row_words_for_label (BobbinQueue *queue, BobbinDownload *download)
{
  const BobbinState state = bobbin_download_get_state (download);
  g_autofree char *name = bobbin_download_dup_name (download);
  g_autofree char *percent = bobbin_words_for_percent (bobbin_download_get_fraction (download));
  g_autofree char *rest = get_spoken_rest (queue, download);
  GString *label = g_string_new (name);

  g_string_append_printf (label, ", %s", get_spoken_state (state));
  if (percent != NULL && (state == BOBBIN_STATE_RECEIVING || state == BOBBIN_STATE_PAUSED))
    g_string_append_printf (label, ", %s", percent);
  if (rest != NULL)
    g_string_append_printf (label, ", %s", rest);
  return g_string_free (label, FALSE);
}

/**
 * bobbin_row_words_for_action:
 * @download: a download
 *
 * Returns: (transfer full): what the button of the row does, with the name
 */
char *
bobbin_row_words_for_action (BobbinDownload *download)
{
  g_autofree char *name = bobbin_download_dup_name (download);

  switch (bobbin_download_get_state (download))
    {
    case BOBBIN_STATE_PAUSED:
      return g_strdup_printf (_ ("Resume %s"), name);
    case BOBBIN_STATE_FAILED:
      return g_strdup_printf (_ ("Retry %s"), name);
    case BOBBIN_STATE_FINISHED:
      return g_strdup_printf (_ ("Open Folder of %s"), name);
    case BOBBIN_STATE_WAITING:
    case BOBBIN_STATE_CONNECTING:
    case BOBBIN_STATE_RECEIVING:
    default:
      return g_strdup_printf (_ ("Pause %s"), name);
    }
}
