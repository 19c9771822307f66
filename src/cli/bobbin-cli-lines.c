/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-lines.h"

#include "bobbin-cli-text.h"
#include "bobbin-error.h"
#include "bobbin-redirect.h"
#include "bobbin-words.h"

#include <glib/gi18n.h>

/**
 * bobbin_cli_line_dup_name:
 * @download: a download
 *
 * Returns: (transfer full): the name of its file, harmless for a terminal
 */
char *
bobbin_cli_line_dup_name (BobbinDownload *download)
{
  g_autofree char *name = bobbin_download_dup_name (download);

  return bobbin_cli_text_clean (name);
}

/**
 * bobbin_cli_line_dup_link:
 * @download: a download
 *
 * Returns: (transfer full): its link without secrets, harmless for a terminal
 */
char *
bobbin_cli_line_dup_link (BobbinDownload *download)
{
  g_autofree char *uri = bobbin_link_dup_shown_uri (bobbin_download_get_link (download));

  return bobbin_cli_text_clean (uri);
}

/**
 * bobbin_cli_line_for_link:
 * @link: a link
 *
 * Returns: (transfer full): the line of --list: the name that its file has
 *   until the server has answered, after the folder that it wants, a tab, and
 *   the link without secrets
 */
char *
bobbin_cli_line_for_link (const BobbinLink *link)
{
  g_autofree char *name = bobbin_link_dup_file_name (link, NULL, NULL, NULL);
  const char *subfolder = bobbin_link_get_subfolder (link);
  g_autofree char *path = subfolder != NULL ? g_build_filename (subfolder, name, NULL) : g_strdup (name);
  g_autofree char *shown_path = bobbin_cli_text_clean (path);
  g_autofree char *uri = bobbin_link_dup_shown_uri (link);
  g_autofree char *shown_uri = bobbin_cli_text_clean (uri);

  return g_strconcat (shown_path, "\t", shown_uri, NULL);
}

static void
append_part (GString *line, const char *part)
{
  g_string_append (line, BOBBIN_CLI_SEPARATOR);
  g_string_append (line, part);
}

/**
 * bobbin_cli_line_for_finished:
 * @download: a download that finished
 *
 * Returns: (transfer full): “birch.jpg · 4.2 MB · 0.6 s at 7.0 MB/s”, and what
 *   else there is to say
 */
char *
bobbin_cli_line_for_finished (BobbinDownload *download)
{
  goffset bytes = bobbin_download_get_received (download);
  g_autofree char *name = bobbin_cli_line_dup_name (download);
  g_autofree char *size = g_format_size ((guint64) bytes);
  g_autofree char *time_and_rate
      = bobbin_words_for_time_and_rate (bobbin_download_get_own_time (download), bytes);

  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append_printf (line, "%s" BOBBIN_CLI_SEPARATOR "%s" BOBBIN_CLI_SEPARATOR "%s", name, size,
                          time_and_rate);
  if (bobbin_download_is_anew (download))
    /* Translators: what was there of a file was given up, since the file on the server has changed */
    append_part (line, _ ("fetched anew"));
  if (bobbin_download_is_verified (download))
    /* Translators: a file has the digest that was expected */
    append_part (line, _ ("verified"));
  if (bobbin_download_is_unproven (download))
    append_part (line, bobbin_words_for_unproven ());
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* Returns: (transfer full) (nullable): who asks for a sign-in or is not trusted, if
 * that is not the link's own site */
static char *
dup_other_origin (BobbinDownload *download)
{
  const char *origin = bobbin_error_get_origin (bobbin_download_get_error (download));
  const char *uri = bobbin_link_get_uri (bobbin_download_get_link (download));
  g_autoptr (GUri) asking = origin != NULL ? g_uri_parse (origin, G_URI_FLAGS_SCHEME_NORMALIZE, NULL) : NULL;
  g_autoptr (GUri) own = g_uri_parse (uri, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);

  if (asking == NULL || (own != NULL && bobbin_redirect_is_same_origin (asking, own)))
    return NULL;
  return bobbin_cli_text_clean (origin);
}

/**
 * bobbin_cli_line_for_failed:
 * @download: a download that failed
 *
 * Returns: (transfer full): “birch.jpg · The server has no such file (404)”, and
 *   whose doing it is if that is another one than the link names
 */
char *
bobbin_cli_line_for_failed (BobbinDownload *download)
{
  g_autofree char *name = bobbin_cli_line_dup_name (download);
  g_autofree char *sentence = bobbin_words_for_error (bobbin_download_get_error (download));
  g_autofree char *other = dup_other_origin (download);

  return g_strjoin (BOBBIN_CLI_SEPARATOR, name, sentence, other, NULL);
}

/**
 * bobbin_cli_line_for_retry:
 * @download: a download that waits for its next try
 *
 * Returns: (transfer full): “The server is busy (503) · Retry in 2 s”
 */
char *
bobbin_cli_line_for_retry (BobbinDownload *download)
{
  g_autofree char *sentence = bobbin_words_for_error (bobbin_download_get_error (download));
  g_autofree char *when
      = bobbin_words_for_retry_in (bobbin_download_get_retry_at (download) - g_get_monotonic_time ());

  return g_strjoin (BOBBIN_CLI_SEPARATOR, sentence, when, NULL);
}

/**
 * bobbin_cli_line_for_skipped:
 * @name: a file's name, in any encoding
 * @reason: why it is not downloaded
 *
 * Returns: (transfer full): “birch.jpg · Already here”
 */
char *
bobbin_cli_line_for_skipped (const char *name, const char *reason)
{
  g_autofree char *shown = bobbin_cli_text_clean (name);

  return g_strjoin (BOBBIN_CLI_SEPARATOR, shown, reason, NULL);
}

/**
 * bobbin_cli_line_for_n_skipped:
 * @n: how many links were skipped
 *
 * Returns: (transfer full): “2 skipped”
 */
char *
bobbin_cli_line_for_n_skipped (guint n)
{
  /* Translators: how many links were not downloaded, since what they lead to is there already */
  return g_strdup_printf (ngettext ("%'u skipped", "%'u skipped", n), n);
}

/**
 * bobbin_cli_line_for_tally:
 * @tally: what came of the links
 *
 * Returns: (transfer full): “17 of 20 finished · 1 failed · 2 skipped”
 */
char *
bobbin_cli_line_for_tally (const BobbinCliTally *tally)
{
  g_autofree char *finished = bobbin_words_for_finished_of_total (tally->finished, tally->links);
  g_autofree char *failed = tally->failed > 0 ? bobbin_words_for_failed (tally->failed) : NULL;
  g_autofree char *skipped = tally->skipped > 0 ? bobbin_cli_line_for_n_skipped (tally->skipped) : NULL;
  g_autoptr (GString) line = g_string_new (finished);

  if (failed != NULL)
    append_part (line, failed);
  if (skipped != NULL)
    append_part (line, skipped);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/**
 * bobbin_cli_line_for_run:
 * @run: a run that is over
 * @tally: what came of the links
 *
 * Returns: (transfer full): “19 of 20 finished · 1 failed · one after another
 *   about 10.1 seconds · 6.7 times faster”; without the comparison where it
 *   says nothing
 */
char *
bobbin_cli_line_for_run (const BobbinRun *run, const BobbinCliTally *tally)
{
  gint64 now = g_get_monotonic_time ();
  double seconds = (double) bobbin_run_get_one_after_another (run, now) / G_USEC_PER_SEC;
  double ratio = bobbin_run_get_ratio (run, now);
  g_autofree char *line = bobbin_cli_line_for_tally (tally);
  g_autofree char *estimate = NULL;
  g_autofree char *comparison = NULL;

  if (ratio < BOBBIN_WORDS_LEAST_RATIO)
    return g_steal_pointer (&line);

  /* Translators: an estimate of how long the same downloads take one after another */
  estimate = g_strdup_printf (_ ("one after another about %.1f seconds"), seconds);
  /* Translators: compared with one after another */
  comparison = g_strdup_printf (_ ("%.1f times faster"), ratio);
  return g_strjoin (BOBBIN_CLI_SEPARATOR, line, estimate, comparison, NULL);
}

/**
 * bobbin_cli_line_for_elapsed:
 * @run: a run that is over
 *
 * Returns: (transfer full): “Finished in 1.52 seconds”, from a minute on with
 *   the same time in larger units
 */
char *
bobbin_cli_line_for_elapsed (const BobbinRun *run)
{
  gint64 elapsed = bobbin_run_get_elapsed (run, g_get_monotonic_time ());
  double seconds = (double) elapsed / G_USEC_PER_SEC;
  g_autofree char *words = NULL;

  if (elapsed < 60 * G_USEC_PER_SEC)
    return g_strdup_printf (_ ("Finished in %.2f seconds"), seconds);

  words = bobbin_words_for_duration (elapsed);
  /* Translators: in parentheses the same time as hours, minutes and seconds: “2 h 5 min” */
  return g_strdup_printf (_ ("Finished in %.2f seconds (%s)"), seconds, words);
}
