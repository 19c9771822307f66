/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-lines.h"

#include "bobbin-cli-text.h"
#include "bobbin-file-name.h"
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
 *   until the server has answered, a tab, and the link without secrets
 */
char *
bobbin_cli_line_for_link (const BobbinLink *link)
{
  g_autofree char *name
      = bobbin_file_name_for_answer (bobbin_link_get_name (link), NULL, bobbin_link_get_uri (link), NULL);
  g_autofree char *shown_name = bobbin_cli_text_clean (name);
  g_autofree char *uri = bobbin_link_dup_shown_uri (link);
  g_autofree char *shown_uri = bobbin_cli_text_clean (uri);

  return g_strconcat (shown_name, "\t", shown_uri, NULL);
}

/**
 * bobbin_cli_line_for_finished:
 * @download: a download that finished
 *
 * Returns: (transfer full): “birch.jpg · 4.2 MB · 0.6 s at 7.0 MB/s”
 */
char *
bobbin_cli_line_for_finished (BobbinDownload *download)
{
  goffset bytes = bobbin_download_get_received (download);
  g_autofree char *name = bobbin_cli_line_dup_name (download);
  g_autofree char *size = g_format_size ((guint64) bytes);
  g_autofree char *time_and_rate
      = bobbin_words_for_time_and_rate (bobbin_download_get_own_time (download), bytes);

  return g_strjoin (BOBBIN_CLI_SEPARATOR, name, size, time_and_rate, NULL);
}

/**
 * bobbin_cli_line_for_failed:
 * @download: a download that failed
 *
 * Returns: (transfer full): “birch.jpg · The server has no such file (404)”
 */
char *
bobbin_cli_line_for_failed (BobbinDownload *download)
{
  g_autofree char *name = bobbin_cli_line_dup_name (download);
  g_autofree char *sentence = bobbin_words_for_error (bobbin_download_get_error (download));

  return g_strjoin (BOBBIN_CLI_SEPARATOR, name, sentence, NULL);
}

static void
append_comparison (GString *line, const BobbinRun *run)
{
  gint64 now = g_get_monotonic_time ();
  double seconds = (double) bobbin_run_get_one_after_another (run, now) / G_USEC_PER_SEC;
  double ratio = bobbin_run_get_ratio (run, now);

  if (ratio <= 0)
    return;

  g_string_append (line, BOBBIN_CLI_SEPARATOR);
  /* Translators: an estimate of how long the same downloads take one after another */
  g_string_append_printf (line, _ ("one after another about %.1f seconds"), seconds);
  if (ratio < BOBBIN_WORDS_LEAST_RATIO)
    return;

  g_string_append (line, BOBBIN_CLI_SEPARATOR);
  /* Translators: compared with one after another */
  g_string_append_printf (line, _ ("%.1f times faster"), ratio);
}

/**
 * bobbin_cli_line_for_run:
 * @run: a run that is over
 * @n_downloads: how many downloads it had
 *
 * Returns: (transfer full): “19 of 20 finished · 1 failed · one after another
 *   about 10.1 seconds · 6.7 times faster”; without the comparison where no two
 *   downloads ran at once
 */
char *
bobbin_cli_line_for_run (const BobbinRun *run, guint n_downloads)
{
  GString *line = g_string_new (NULL);
  g_autofree char *finished = bobbin_words_for_finished_of_total (run->finished, n_downloads);

  g_string_append (line, finished);
  if (run->failed > 0)
    {
      g_autofree char *failed = bobbin_words_for_failed (run->failed);

      g_string_append (line, BOBBIN_CLI_SEPARATOR);
      g_string_append (line, failed);
    }
  append_comparison (line, run);
  return g_string_free (line, FALSE);
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
