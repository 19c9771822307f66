/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-rows.h"

#include "bobbin-cli-lines.h"
#include "bobbin-cli-text.h"
#include "bobbin-words.h"

#include <glib/gi18n.h>

/* Before that, a rate is a guess and the time left a worse one. */
#define TIME_LEFT_AFTER (2 * G_USEC_PER_SEC)

/* Columns of a row: "100%  ", the least for a name beside the figures, and the
 * figures as they mostly are, "999.9 MB of 999.9 MB · 99.9 MB/s · 59 s left".
 */
#define PERCENT_WIDTH 6
#define NAME_WIDTH 20
#define FIGURES_WIDTH 46

/* A part of a line and when it goes: the greatest @rank first, 0 never. */
typedef struct
{
  char *text; /* owned, NULL for none */
  guint rank;
} Part;

static guint
parts_width (const Part *parts, guint n_parts)
{
  guint width = 0;

  for (guint i = 0; i < n_parts; i++)
    if (parts[i].text != NULL)
      width += bobbin_cli_text_width (parts[i].text)
               + (width > 0 ? bobbin_cli_text_width (BOBBIN_CLI_SEPARATOR) : 0);
  return width;
}

static Part *
last_part (Part *parts, guint n_parts)
{
  Part *last = NULL;

  for (guint i = 0; i < n_parts; i++)
    if (parts[i].text != NULL && parts[i].rank > (last != NULL ? last->rank : 0))
      last = &parts[i];
  return last;
}

/* Joins what fits into @columns; whole parts go, nothing is cut within a
 * number. Frees the parts.
 */
static char *
join_parts (Part *parts, guint n_parts, guint columns)
{
  GString *line = g_string_new (NULL);
  Part *last = NULL;

  while (parts_width (parts, n_parts) > columns && (last = last_part (parts, n_parts)) != NULL)
    g_clear_pointer (&last->text, g_free);

  for (guint i = 0; i < n_parts; i++)
    if (parts[i].text != NULL)
      {
        if (line->len > 0)
          g_string_append (line, BOBBIN_CLI_SEPARATOR);
        g_string_append (line, parts[i].text);
        g_clear_pointer (&parts[i].text, g_free);
      }
  return g_string_free (line, FALSE);
}

/* A rate is not known at once, and does not matter where nothing arrives. */
static char *
dup_rate (double rate)
{
  return rate > 0 ? bobbin_words_for_rate (rate) : NULL;
}

static char *
dup_figures (BobbinDownload *download, guint columns)
{
  Part parts[] = {
    { NULL, 2 },
    { NULL, 3 },
    { NULL, 1 },
  };

  if (bobbin_download_get_retry_at (download) != 0)
    {
      parts[0].text = bobbin_words_for_error (bobbin_download_get_error (download));
      parts[2].text
          = bobbin_words_for_retry_in (bobbin_download_get_retry_at (download) - g_get_monotonic_time ());
    }
  else if (bobbin_download_get_state (download) == BOBBIN_STATE_CONNECTING)
    parts[0].text = g_strdup (bobbin_words_for_state (BOBBIN_STATE_CONNECTING));
  else
    {
      parts[0].text = bobbin_words_for_size_of_total (bobbin_download_get_received (download),
                                                      bobbin_download_get_total (download));
      parts[1].text = dup_rate (bobbin_download_get_rate (download));
      parts[2].text = bobbin_words_for_time_left (bobbin_download_get_time_left (download));
    }
  return join_parts (parts, G_N_ELEMENTS (parts), columns);
}

static char *
dup_percent (BobbinDownload *download)
{
  char *percent = NULL;

  if (bobbin_download_get_state (download) == BOBBIN_STATE_RECEIVING)
    percent = bobbin_words_for_percent (bobbin_download_get_fraction (download));
  return percent != NULL ? percent : g_strdup ("");
}

static void
append_row (GString *row, BobbinDownload *download, const char *name, guint name_width, guint columns)
{
  g_autofree char *percent = dup_percent (download);
  g_autofree char *figures = NULL;
  guint used = PERCENT_WIDTH + name_width + 2;

  if (columns <= PERCENT_WIDTH + 2)
    {
      bobbin_cli_text_append_padded (row, name, columns);
      return;
    }

  bobbin_cli_text_append_padded (row, percent, PERCENT_WIDTH);
  bobbin_cli_text_append_padded (row, name, name_width);
  if (columns <= used)
    return;

  figures = dup_figures (download, columns - used);
  g_string_append (row, "  ");
  g_string_append (row, figures);
}

/* As wide as the longest name, as long as the figures fit beside it. */
static guint
get_name_width (GPtrArray *names, guint columns)
{
  guint most = columns > PERCENT_WIDTH ? columns - PERCENT_WIDTH : 0;
  guint beside
      = columns > FIGURES_WIDTH + PERCENT_WIDTH + 2 ? columns - FIGURES_WIDTH - PERCENT_WIDTH - 2 : 0;
  guint longest = 0;

  for (guint i = 0; i < names->len; i++)
    longest = MAX (longest, bobbin_cli_text_width (g_ptr_array_index (names, i)));
  return MIN (longest, MIN (most, MAX (beside, NAME_WIDTH)));
}

/* Microseconds until all is done, if what is not known yet is like what is; -1
 * if nothing is.
 */
static gint64
get_time_left (BobbinQueue *queue, GPtrArray *shown)
{
  const BobbinCounts *counts = bobbin_queue_get_counts (queue);
  const BobbinRun *run = bobbin_queue_get_run (queue);
  double rate = bobbin_queue_get_rate (queue);
  guint n_unknown = counts->waiting;
  guint n_known = run->finished;
  double known = (double) run->bytes;
  double left = 0;

  for (guint i = 0; i < shown->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (shown, i);
      goffset total = bobbin_download_get_total (download);

      if (!bobbin_download_is_active (download))
        continue;
      if (total < 0)
        n_unknown++;
      else
        {
          n_known++;
          known += (double) total;
          left += (double) (total - bobbin_download_get_received (download));
        }
    }

  if (rate <= 0 || (n_unknown > 0 && n_known == 0))
    return -1;
  if (n_unknown > 0)
    left += known / n_known * n_unknown;
  return (gint64) CLAMP (left / rate * G_USEC_PER_SEC, 0.0, 1e15);
}

static char *
dup_whole (BobbinQueue *queue, const BobbinCliTally *tally, GPtrArray *shown, guint columns)
{
  gint64 elapsed = bobbin_run_get_elapsed (bobbin_queue_get_run (queue), g_get_monotonic_time ());
  gint64 time_left = elapsed >= TIME_LEFT_AFTER ? get_time_left (queue, shown) : -1;
  g_autofree char *duration = bobbin_words_for_duration (elapsed);
  g_autofree char *line = NULL;
  Part parts[] = {
    { bobbin_words_for_finished_of_total (tally->finished, tally->links), 0 },
    { tally->failed > 0 ? bobbin_words_for_failed (tally->failed) : NULL, 3 },
    { tally->skipped > 0 ? bobbin_cli_line_for_n_skipped (tally->skipped) : NULL, 2 },
    { dup_rate (bobbin_queue_get_rate (queue)), 5 },
    { bobbin_words_for_time_left (time_left), 4 },
    /* Translators: the time since the first download began, “elapsed 12.4 s” */
    { g_strdup_printf (_ ("elapsed %s"), duration), 1 },
  };

  line = join_parts (parts, G_N_ELEMENTS (parts), columns);
  return bobbin_cli_text_shorten (line, columns);
}

static void
append_rows (GPtrArray *lines, GPtrArray *shown, guint n, guint columns)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint name_width = 0;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (names, bobbin_cli_line_dup_name (g_ptr_array_index (shown, i)));
  name_width = get_name_width (names, columns);

  for (guint i = 0; i < n; i++)
    {
      GString *row = g_string_new (NULL);

      append_row (row, g_ptr_array_index (shown, i), g_ptr_array_index (names, i), name_width, columns);
      g_ptr_array_add (lines, g_string_free (row, FALSE));
    }
}

/**
 * bobbin_cli_rows_create:
 * @queue: a queue that runs
 * @tally: what came of its links until now
 * @shown: (element-type BobbinDownload): its downloads that are active or wait
 *   for their next try
 * @columns: how wide a line may be
 * @rows: how many lines there may be, at least 1
 *
 * A line for each of @shown, as many as there is room for, how many more there
 * are, and a line for the whole.
 *
 * Returns: (transfer full) (element-type utf8): the lines, clean text
 */
GPtrArray *
bobbin_cli_rows_create (
    BobbinQueue *queue, const BobbinCliTally *tally, GPtrArray *shown, guint columns, guint rows)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  guint n = shown->len < rows ? shown->len : MAX (rows, 2) - 2;
  guint n_more = rows > 1 ? shown->len - n : 0;

  append_rows (lines, shown, n, columns);
  if (n_more > 0)
    {
      /* Translators: how many more downloads are active than the terminal has room for */
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more);

      g_ptr_array_add (lines, bobbin_cli_text_shorten (more, columns));
    }
  g_ptr_array_add (lines, dup_whole (queue, tally, shown, columns));
  return lines;
}
