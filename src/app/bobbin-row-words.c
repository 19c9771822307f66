/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-row-words.h"

#include "bobbin-sign-in-origin.h"
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
  BobbinPhrasePiece *piece
      = bobbin_phrase_take (phrase,
                            bobbin_words_for_size_of_total (bobbin_download_get_received (download),
                                                            bobbin_download_get_total (download)),
                            BOBBIN_RANK_KEEP);

  if (piece != NULL)
    piece->brief = get_brief_size_of_total (download);
}

/* The file on the server was another one than the part of it that was here. */
static void
take_anew (BobbinDownload *download, BobbinPhrase *phrase)
{
  if (bobbin_download_is_anew (download))
    bobbin_phrase_take (phrase, g_strdup (_ ("started anew: the file had changed")), BOBBIN_RANK_KEEP)->brief
        = g_strdup (_ ("started anew"));
}

static void
take_receiving (BobbinDownload *download, BobbinPhrase *phrase)
{
  const double rate = bobbin_download_get_rate (download);
  const guint n_parts = bobbin_download_get_n_parts (download);

  take_size (download, phrase);
  if (rate > 0)
    bobbin_phrase_take (phrase, bobbin_words_for_rate (rate), BOBBIN_RANK_RATE);
  bobbin_phrase_take (phrase, bobbin_words_for_time_left (bobbin_download_get_time_left (download)),
                      BOBBIN_RANK_KEEP);
  if (n_parts > 1)
    bobbin_phrase_take (phrase, bobbin_words_for_parts (n_parts), BOBBIN_RANK_PARTS);
  take_anew (download, phrase);
}

static void
take_finished (BobbinDownload *download, BobbinPhrase *phrase)
{
  const goffset size = bobbin_download_get_received (download);

  bobbin_phrase_take (phrase, g_format_size ((guint64) size), BOBBIN_RANK_KEEP);
  /* What an earlier start has finished before anything was measured has no time. */
  if (bobbin_download_get_own_time (download) > 0)
    bobbin_phrase_take (phrase,
                        bobbin_words_for_time_and_rate (bobbin_download_get_own_time (download), size),
                        BOBBIN_RANK_RATE);
  if (bobbin_download_is_unproven (download))
    bobbin_phrase_take (phrase, g_strdup (bobbin_words_for_unproven ()), BOBBIN_RANK_KEEP);
  take_anew (download, phrase);
}

/* What was told of a finished file. */
static char *
get_spoken_end (BobbinDownload *download)
{
  g_autofree char *size = g_format_size ((guint64) MAX (0, bobbin_download_get_received (download)));

  if (!bobbin_download_is_unproven (download))
    return g_steal_pointer (&size);
  return g_strdup_printf ("%s, %s", size, bobbin_words_for_unproven ());
}

/* Without the server's number: the brief form of a sentence. */
static char *
dup_without_code (const char *sentence)
{
  const char *code = strstr (sentence, " (");

  return code != NULL ? g_strndup (sentence, (gsize) (code - sentence)) : NULL;
}

static void
take_error (BobbinDownload *download, BobbinPhrase *phrase)
{
  const GError *error = bobbin_download_get_error (download);
  g_autofree char *sentence = NULL;

  if (error == NULL)
    return;
  sentence = bobbin_words_for_error (error);
  bobbin_phrase_take (phrase, g_strdup (sentence), BOBBIN_RANK_KEEP)->brief = dup_without_code (sentence);
}

/* "try 2 of 5": the one that comes next, of those without progress. */
static char *
get_words_for_try (BobbinQueue *queue, BobbinDownload *download)
{
  const guint next = bobbin_download_get_tries (download) + 1;
  const guint tries = bobbin_queue_get_settings (queue)->tries;

  /* Progress begins the count anew, so there may have been more. */
  if (next > tries)
    /* Translators: how many times a download has been tried, with the one that comes next */
    return g_strdup_printf (_ ("try %u"), next);
  /* Translators: which try of a download comes next, of how many, "try 2 of 5" */
  return g_strdup_printf (_ ("try %u of %u"), next, tries);
}

static void
take_waiting (BobbinQueue *queue, BobbinDownload *download, BobbinPhrase *phrase)
{
  const BobbinWait wait = bobbin_queue_get_wait (queue, download);

  switch (wait)
    {
    case BOBBIN_WAIT_RETRY:
      take_error (download, phrase);
      bobbin_phrase_take (phrase, get_words_for_try (queue, download), BOBBIN_RANK_RATE);
      break;
    case BOBBIN_WAIT_IN_LINE:
    case BOBBIN_WAIT_NONE:
      bobbin_phrase_take (phrase,
                          bobbin_words_for_place_in_line (bobbin_queue_get_place_in_line (queue, download)),
                          BOBBIN_RANK_KEEP);
      break;
    case BOBBIN_WAIT_HOST:
    case BOBBIN_WAIT_NETWORK:
    case BOBBIN_WAIT_SPACE:
    default:
      bobbin_phrase_take (phrase, g_strdup (bobbin_words_for_wait (wait)), BOBBIN_RANK_KEEP);
      break;
    }
}

static void
take_paused (BobbinQueue *queue, BobbinDownload *download, BobbinPhrase *phrase)
{
  const char *reason = bobbin_words_for_wait (bobbin_queue_get_wait (queue, download));

  if (bobbin_download_get_received (download) > 0)
    take_size (download, phrase);
  else if (reason == NULL && phrase->n_pieces > 0)
    phrase->pieces[0].rank = BOBBIN_RANK_KEEP;
  bobbin_phrase_take (phrase, g_strdup (reason), BOBBIN_RANK_KEEP);
}

static void
take_failed (BobbinDownload *download, BobbinPhrase *phrase)
{
  const GError *error = bobbin_download_get_error (download);

  take_error (download, phrase);
  if (error != NULL)
    bobbin_phrase_take (phrase, bobbin_words_for_advice (error), BOBBIN_RANK_RATE);
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
      take_waiting (queue, download, phrase);
      break;
    case BOBBIN_STATE_RECEIVING:
      take_receiving (download, phrase);
      break;
    case BOBBIN_STATE_PAUSED:
      take_paused (queue, download, phrase);
      break;
    case BOBBIN_STATE_FINISHED:
      take_finished (download, phrase);
      break;
    case BOBBIN_STATE_FAILED:
      take_failed (download, phrase);
      break;
    case BOBBIN_STATE_CONNECTING:
    default:
      break;
    }
}

static char *
get_words_for_retry (BobbinDownload *download)
{
  return bobbin_words_for_retry_in (bobbin_download_get_retry_at (download) - g_get_monotonic_time ());
}

/**
 * bobbin_row_words_for_state:
 * @queue: the queue that @download is in
 * @download: a download
 * @phrase: (inout): an empty phrase
 *
 * Fills in what stands at the end of a row. Main thread.
 */
void
bobbin_row_words_for_state (BobbinQueue *queue, BobbinDownload *download, BobbinPhrase *phrase)
{
  const BobbinState state = bobbin_download_get_state (download);
  g_autofree char *percent = bobbin_words_for_percent (bobbin_download_get_fraction (download));

  if (percent != NULL && state == BOBBIN_STATE_RECEIVING)
    bobbin_phrase_take (phrase, g_steal_pointer (&percent), BOBBIN_RANK_KEEP);
  else if (percent != NULL && state == BOBBIN_STATE_PAUSED)
    /* Translators: how much of a file is there when it is held, "61%  paused" */
    bobbin_phrase_take (phrase, g_strdup_printf (_ ("%s  paused"), percent), BOBBIN_RANK_KEEP)->brief
        = g_strdup (percent);
  else if (bobbin_queue_get_wait (queue, download) == BOBBIN_WAIT_RETRY)
    bobbin_phrase_take (phrase, get_words_for_retry (download), BOBBIN_RANK_KEEP);
  else if (state == BOBBIN_STATE_FINISHED && bobbin_download_is_verified (download))
    /* Translators: state of a download that finished and matches its checksum */
    bobbin_phrase_take (phrase, g_strdup (C_ ("state", "Verified")), BOBBIN_RANK_KEEP);
  else
    bobbin_phrase_take (phrase, g_strdup (bobbin_words_for_state (state)), BOBBIN_RANK_KEEP);
}

static const char *
get_spoken_state (BobbinDownload *download)
{
  switch (bobbin_download_get_state (download))
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
      if (bobbin_download_is_verified (download))
        return C_ ("spoken state", "finished, verified");
      return C_ ("spoken state", "finished");
    case BOBBIN_STATE_FAILED:
    default:
      return C_ ("spoken state", "failed");
    }
}

/* As the row shows it, but all of it. */
static char *
get_spoken_wait (BobbinQueue *queue, BobbinDownload *download)
{
  g_auto (BobbinPhrase) phrase = { .separator = ", " };

  if (bobbin_queue_get_wait (queue, download) == BOBBIN_WAIT_RETRY)
    bobbin_phrase_take (&phrase, get_words_for_retry (download), BOBBIN_RANK_KEEP);
  take_waiting (queue, download, &phrase);
  return bobbin_phrase_join (&phrase, BOBBIN_RANK_LAST);
}

static char *
get_spoken_failure (BobbinDownload *download)
{
  g_auto (BobbinPhrase) phrase = { .separator = ", " };

  take_failed (download, &phrase);
  return bobbin_phrase_join (&phrase, BOBBIN_RANK_LAST);
}

/* What is worth saying of a download beside its name and its state. */
static char *
get_spoken_rest (BobbinQueue *queue, BobbinDownload *download)
{
  switch (bobbin_download_get_state (download))
    {
    case BOBBIN_STATE_WAITING:
      return get_spoken_wait (queue, download);
    case BOBBIN_STATE_RECEIVING:
      return bobbin_words_for_time_left (bobbin_download_get_time_left (download));
    case BOBBIN_STATE_PAUSED:
      return g_strdup (bobbin_words_for_wait (bobbin_queue_get_wait (queue, download)));
    case BOBBIN_STATE_FINISHED:
      return get_spoken_end (download);
    case BOBBIN_STATE_FAILED:
      return get_spoken_failure (download);
    case BOBBIN_STATE_CONNECTING:
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

  g_string_append_printf (label, ", %s", get_spoken_state (download));
  if (percent != NULL && (state == BOBBIN_STATE_RECEIVING || state == BOBBIN_STATE_PAUSED))
    g_string_append_printf (label, ", %s", percent);
  if (rest != NULL)
    g_string_append_printf (label, ", %s", rest);
  return g_string_free (label, FALSE);
}

/**
 * bobbin_row_words_for_action:
 * @queue: the queue that @download is in
 * @download: a download
 *
 * Returns: (transfer full): what the button of the row does, with the name
 */
char *
bobbin_row_words_for_action (BobbinQueue *queue, BobbinDownload *download)
{
  g_autofree char *name = bobbin_download_dup_name (download);

  if (bobbin_sign_in_is_wanted (download))
    return g_strdup_printf (_ ("Sign In for %s…"), name);
  if (bobbin_queue_get_wait (queue, download) == BOBBIN_WAIT_RETRY)
    return g_strdup_printf (_ ("Retry %s"), name);

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
