/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-details-words.h"

#include "bobbin-parts.h"
#include "bobbin-row-words.h"
#include "bobbin-words.h"

#include <glib/gi18n.h>

/* So much of a long digest is shown at either end. */
#define HEX_HEAD 12
#define HEX_TAIL 10

static char *
dup_receiving_words (guint n_parts)
{
  if (n_parts < 2)
    return g_strdup (C_ ("state", "Receiving"));
  /* Translators: the number of parts that a file comes in is at least 2 */
  return g_strdup_printf (ngettext ("Receiving in %u part", "Receiving in %u parts", n_parts), n_parts);
}

static void
take_receiving (BobbinDownload *download, BobbinPhrase *phrase)
{
  const double rate = bobbin_download_get_rate (download);

  bobbin_phrase_take (phrase, dup_receiving_words (bobbin_download_get_n_parts (download)), BOBBIN_RANK_KEEP);
  if (rate > 0)
    bobbin_phrase_take (phrase, bobbin_words_for_rate (rate), BOBBIN_RANK_RATE);
  bobbin_phrase_take (phrase, bobbin_words_for_time_left (bobbin_download_get_time_left (download)),
                      BOBBIN_RANK_HOST);
}

/**
 * bobbin_details_words_for_headline:
 * @queue: the queue that @download is in
 * @download: a download
 * @phrase: (inout): an empty phrase
 *
 * Fills in the line under the name, "Receiving in 6 parts · 9.6 MB/s · 11 s
 * left". Main thread.
 */
void
bobbin_details_words_for_headline (BobbinQueue *queue, BobbinDownload *download, BobbinPhrase *phrase)
{
  const BobbinState state = bobbin_download_get_state (download);
  g_auto (BobbinPhrase) row = { 0 };

  if (state == BOBBIN_STATE_RECEIVING)
    {
      take_receiving (download, phrase);
      return;
    }
  bobbin_row_words_for_state (queue, download, phrase);
  /* A reason has lines of its own. */
  if (bobbin_download_get_error (download) != NULL)
    return;
  bobbin_row_words_for_details (queue, download, &row);
  for (guint i = 1; i < row.n_pieces; i++)
    bobbin_phrase_take (phrase, g_strdup (row.pieces[i].text), row.pieces[i].rank);
}

/**
 * bobbin_details_words_for_reason:
 * @download: a download
 *
 * Returns: (transfer full) (nullable): why it failed or waits for its next try,
 *   and what to do about it
 */
char *
bobbin_details_words_for_reason (BobbinDownload *download)
{
  const GError *error = bobbin_download_get_error (download);
  g_autofree char *sentence = NULL;
  g_autofree char *advice = NULL;

  if (error == NULL)
    return NULL;
  sentence = bobbin_words_for_error (error);
  advice
      = bobbin_download_get_state (download) == BOBBIN_STATE_FAILED ? bobbin_words_for_advice (error) : NULL;
  return g_strjoin (" · ", sentence, advice, NULL);
}

/**
 * bobbin_details_words_for_map:
 * @download: a download
 * @ranges: (nullable) (element-type BobbinRange): the bytes of it that are
 *   there
 *
 * Returns: (transfer full): "212.6 MB of 318.0 MB · part size 53.0 MB"
 */
char *
bobbin_details_words_for_map (BobbinDownload *download, const GArray *ranges)
{
  const goffset total = bobbin_download_get_total (download);
  BobbinPart parts[BOBBIN_PARTS_MAX];
  const guint n_parts = bobbin_parts_read (parts, ranges, total);
  g_autofree char *size = bobbin_words_for_size_of_total (bobbin_download_get_received (download), total);
  g_autofree char *sizes = bobbin_parts_words_for_sizes (parts, n_parts, total);

  return g_strjoin (" · ", size, sizes, NULL);
}

/**
 * bobbin_details_words_for_origin:
 * @origin: where a download comes from
 *
 * Returns: (transfer full): the address, and how many redirects led there
 */
char *
bobbin_details_words_for_origin (const BobbinOrigin *origin)
{
  g_autoptr (BobbinLink) link = bobbin_link_new (origin->uri, NULL);
  g_autofree char *shown = link != NULL ? bobbin_link_dup_shown_uri (link) : g_strdup (origin->uri);

  if (origin->n_redirects == 0)
    return g_steal_pointer (&shown);
  return g_strdup_printf (
      /* Translators: an address that the server has sent the download on to, and how often it did so */
      ngettext ("%s, after %u redirect", "%s, after %u redirects", origin->n_redirects), shown,
      origin->n_redirects);
}

/**
 * bobbin_details_words_for_folder:
 * @folder: (type filename): absolute path of a folder
 *
 * Returns: (transfer full): the path for people, "~/Downloads"
 */
char *
bobbin_details_words_for_folder (const char *folder)
{
  const char *home = g_get_home_dir ();
  const gsize length = strlen (home);
  g_autofree char *shown = g_filename_display_name (folder);
  g_autofree char *rest = NULL;

  if (length < 2 || strncmp (folder, home, length) != 0 || (folder[length] != '/' && folder[length] != '\0'))
    return g_steal_pointer (&shown);
  rest = g_filename_display_name (folder + length);
  return g_strconcat ("~", rest, NULL);
}

/**
 * bobbin_details_words_for_type:
 * @download: a download
 *
 * The name tells, or else the server.
 *
 * Returns: (transfer full) (nullable): what kind of file it is, "Zstandard
 *   archive"; %NULL if nobody knows
 */
char *
bobbin_details_words_for_type (BobbinDownload *download)
{
  const BobbinOrigin *origin = bobbin_download_get_origin (download);
  g_autofree char *name = bobbin_download_dup_name (download);
  gboolean uncertain = FALSE;
  g_autofree char *type = g_content_type_guess (name, NULL, 0, &uncertain);

  if ((uncertain || g_content_type_is_unknown (type)) && origin != NULL && origin->media_type != NULL)
    {
      g_free (type);
      type = g_content_type_from_mime_type (origin->media_type);
    }
  if (type == NULL || g_content_type_is_unknown (type))
    return NULL;
  return g_content_type_get_description (type);
}

/**
 * bobbin_details_words_for_size:
 * @download: a download
 *
 * Returns: (transfer full): "318.0 MB (318,012,416 bytes)"
 */
char *
bobbin_details_words_for_size (BobbinDownload *download)
{
  const goffset total = bobbin_download_get_total (download);
  g_autofree char *brief = NULL;
  g_autofree char *bytes = NULL;

  if (total < 0 && bobbin_download_get_origin (download) == NULL)
    return g_strdup (_ ("Not known yet"));
  if (total < 0)
    return g_strdup (_ ("The server does not tell"));
  brief = g_format_size ((guint64) total);
  bytes = g_strdup_printf ("%'" G_GOFFSET_FORMAT, total);
  if (bobbin_download_is_unproven (download))
    return g_strdup_printf ("%s · %s", brief, bobbin_words_for_unproven ());
  /* A small one is told in bytes anyway. */
  if (total < 1000)
    return g_steal_pointer (&brief);
  return g_strdup_printf (
      /* Translators: the size of a file, and the same in bytes, "318.0 MB (318,012,416 bytes)" */
      ngettext ("%s (%s byte)", "%s (%s bytes)", (gulong) (total % 1000000)), brief, bytes);
}

/**
 * bobbin_details_words_for_phase:
 * @microseconds: a time span
 *
 * Returns: (transfer full): "87 ms", and seconds from one on
 */
char *
bobbin_details_words_for_phase (gint64 microseconds)
{
  if (microseconds >= G_USEC_PER_SEC)
    return bobbin_words_for_exact_duration (microseconds);
  if (microseconds < 1000)
    /* Translators: a time that is too short to be told; keep the no-break space before the unit */
    return g_strdup (_ ("<\302\2401\302\240ms"));
  return g_strdup_printf (_ ("%d\302\240ms"), (int) ((microseconds + 500) / 1000));
}

/**
 * bobbin_details_words_for_secure:
 * @tls: which TLS a connection has
 *
 * Returns: (transfer full): the name of that phase, "Secure (TLS 1.3)"
 */
char *
bobbin_details_words_for_secure (GTlsProtocolVersion tls)
{
  const char *name = tls == G_TLS_PROTOCOL_VERSION_TLS_1_3   ? "TLS 1.3"
                     : tls == G_TLS_PROTOCOL_VERSION_TLS_1_2 ? "TLS 1.2"
                     : tls == G_TLS_PROTOCOL_VERSION_TLS_1_1 ? "TLS 1.1"
                     : tls == G_TLS_PROTOCOL_VERSION_TLS_1_0 ? "TLS 1.0"
                                                             : "TLS";

  /* Translators: a phase of a connection, when it is made secure; %s is "TLS 1.3" */
  return g_strdup_printf (_ ("Secure (%s)"), name);
}

/**
 * bobbin_details_words_for_hex:
 * @hex: a digest
 *
 * Returns: (transfer full): the digest, cut in the middle if it is long
 */
char *
bobbin_details_words_for_hex (const char *hex)
{
  const gsize length = strlen (hex);

  if (length <= HEX_HEAD + HEX_TAIL + 1)
    return g_strdup (hex);
  return g_strdup_printf ("%.*s…%s", HEX_HEAD, hex, hex + length - HEX_TAIL);
}

/**
 * bobbin_details_words_for_algorithm:
 * @type: an algorithm
 *
 * Returns: (transfer full): its name, "SHA-256"
 */
char *
bobbin_details_words_for_algorithm (GChecksumType type)
{
  return g_ascii_strup (bobbin_digest_get_algorithm (&(BobbinDigest){ .type = type }), -1);
}

/**
 * bobbin_details_words_for_time:
 * @time: a moment, microseconds of the epoch
 * @now: the present, likewise
 *
 * Returns: (transfer full): the time of day, "Yesterday", or the date
 */
char *
bobbin_details_words_for_time (gint64 time, gint64 now)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) present = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) yesterday = present != NULL ? g_date_time_add_days (present, -1) : NULL;

  if (then == NULL || yesterday == NULL)
    return g_strdup ("");
  if (g_date_time_get_year (then) == g_date_time_get_year (present)
      && g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (present))
    return g_date_time_format (then, "%X");
  if (g_date_time_get_year (then) == g_date_time_get_year (yesterday)
      && g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (yesterday))
    return g_strdup (_ ("Yesterday"));
  return g_date_time_format (then, "%x");
}

static char *
dup_running_words (const BobbinTry *one, guint n_parts)
{
  if (one->anew)
    return g_strdup (_ ("Started anew: the file had changed"));
  if (one->bytes == 0)
    return g_strdup (C_ ("state", "Connecting"));
  if (one->held == 0)
    return dup_receiving_words (n_parts);
  if (n_parts < 2)
    /* Translators: a try took up what an earlier one had left */
    return g_strdup (_ ("Went on"));
  return g_strdup_printf (ngettext ("Went on in %u part", "Went on in %u parts", n_parts), n_parts);
}

static char *
dup_finished_words (const BobbinTry *one)
{
  g_autofree char *held = g_format_size ((guint64) one->held);

  if (one->anew)
    return g_strdup (_ ("Started anew: the file had changed; finished"));
  if (one->held == 0)
    return g_strdup (C_ ("state", "Finished"));
  /* Translators: a try took up so many bytes that an earlier one had left, and brought the rest */
  return g_strdup_printf (_ ("Went on from %s and finished"), held);
}

static char *
dup_failed_words (const BobbinTry *one)
{
  g_autofree char *sentence
      = one->error != NULL ? bobbin_words_for_error (one->error) : g_strdup (C_ ("state", "Failed"));
  g_autofree char *bytes = g_format_size ((guint64) one->bytes);

  if (one->bytes == 0)
    return g_steal_pointer (&sentence);
  /* Translators: why a try failed, and how much it had received before, "The connection was reset after
     118.2 MB" */
  return g_strdup_printf (_ ("%s after %s"), sentence, bytes);
}

/**
 * bobbin_details_words_for_try:
 * @one: a try
 * @n_parts: how many workers receive parts of it now, for the one under way
 *
 * Returns: (transfer full): what came of it
 */
char *
bobbin_details_words_for_try (const BobbinTry *one, guint n_parts)
{
  g_autofree char *bytes = NULL;

  switch (one->how)
    {
    case BOBBIN_TRY_RUNNING:
      return dup_running_words (one, n_parts);
    case BOBBIN_TRY_FINISHED:
      return dup_finished_words (one);
    case BOBBIN_TRY_HELD:
      bytes = g_format_size ((guint64) one->bytes);
      if (one->bytes == 0)
        return g_strdup (_ ("Stopped"));
      /* Translators: the person, or the end of the program, stopped a try that had received so much */
      return g_strdup_printf (_ ("Stopped after %s"), bytes);
    case BOBBIN_TRY_MOVED:
      return g_strdup (_ ("The address was changed"));
    case BOBBIN_TRY_FAILED:
    default:
      return dup_failed_words (one);
    }
}

/**
 * bobbin_details_parse_digest:
 * @text: what a person pasted
 *
 * Reads what bobbin_digest_parse() does, and lines as tools write them: "HEX
 * name" and "SHA256 (name) = HEX". Pure.
 *
 * Returns: (transfer full) (nullable): the digest, %NULL if @text is none
 */
BobbinDigest *
bobbin_details_parse_digest (const char *text)
{
  BobbinDigest *digest = bobbin_digest_parse (text);
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n", -1);

  for (char **word = words; *word != NULL && digest == NULL; word++)
    if (**word != '\0')
      digest = bobbin_digest_parse (*word);
  return digest;
}
