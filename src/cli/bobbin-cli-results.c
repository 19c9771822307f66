/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-results.h"

#include "bobbin-cli-events.h"
#include "bobbin-cli-lines.h"
#include "bobbin-cli-text.h"
#include "bobbin-words.h"

#include <glib/gi18n.h>

/* A program that reads the events wants to draw a bar, not to keep up; what ends
 * sooner needs none.
 */
#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 2)

/* So many lines of one file are named that are no links; the rest is counted. */
#define MAX_LINES_NAMED 5

/* What was said about one download. */
typedef struct
{
  gint64 progress_time; /* when it began to receive or its progress was told last, 0 before */
  gboolean started;
  gboolean ended;
} Said;

struct _BobbinCliResults
{
  const BobbinCliOptions *options;
  BobbinCliOutput *output;

  GPtrArray *downloads;  /* in the order given */
  GHashTable *positions; /* download to its place in @downloads and @said */
  Said *said;
  guint next; /* the first download whose result was not printed in order */
  guint n_failed;
};

/**
 * bobbin_cli_results_new:
 * @options: how to print; must outlive this
 * @output: where to print; must outlive this
 *
 * Returns: (transfer full): results
 */
BobbinCliResults *
bobbin_cli_results_new (const BobbinCliOptions *options, BobbinCliOutput *output)
{
  BobbinCliResults *self = g_new0 (BobbinCliResults, 1);

  self->options = options;
  self->output = output;
  self->downloads = g_ptr_array_new_with_free_func (g_object_unref);
  self->positions = g_hash_table_new (NULL, NULL);
  return self;
}

/**
 * bobbin_cli_results_free:
 * @self: (transfer full): results
 */
void
bobbin_cli_results_free (BobbinCliResults *self)
{
  g_hash_table_unref (self->positions);
  g_ptr_array_unref (self->downloads);
  g_free (self->said);
  g_free (self);
}

/* Takes the line. */
static void
print (BobbinCliResults *self, char *line)
{
  g_autofree char *owned = line;

  bobbin_cli_output_print (self->output, owned);
}

static char *
dup_shown_input (const BobbinCliComplaint *complaint)
{
  if (g_str_equal (complaint->input, "-"))
    return g_strdup (_ ("standard input"));
  return bobbin_cli_text_clean (complaint->input);
}

static void
complain_about (BobbinCliResults *self, const BobbinCliComplaint *complaint)
{
  g_autofree char *sentence = bobbin_words_for_error (complaint->error);
  g_autofree char *input = NULL;

  if (complaint->input == NULL)
    {
      bobbin_cli_output_complain (self->output, "%s: %s", complaint->text, sentence);
      return;
    }

  input = dup_shown_input (complaint);
  bobbin_cli_output_complain (self->output, "%s:%u: %s", input, complaint->line, sentence);
}

static void
complain_about_more (BobbinCliResults *self, const BobbinCliComplaint *complaint, guint n)
{
  g_autofree char *input = dup_shown_input (complaint);

  bobbin_cli_output_complain (self->output,
                              /* Translators: %s is a file, %u how many more of its lines hold no link */
                              ngettext ("%s: %'u more line like this", "%s: %'u more lines like this", n),
                              input, n);
}

/* A text that is no list at all must not fill the screen. */
static void
complain_about_all (BobbinCliResults *self, GPtrArray *complaints)
{
  guint n = 0;

  for (guint i = 0; i < complaints->len; i++)
    {
      const BobbinCliComplaint *complaint = g_ptr_array_index (complaints, i);
      const BobbinCliComplaint *next = i + 1 < complaints->len ? g_ptr_array_index (complaints, i + 1) : NULL;

      n++;
      if (n <= MAX_LINES_NAMED || complaint->input == NULL)
        complain_about (self, complaint);
      if (next != NULL && g_strcmp0 (next->input, complaint->input) == 0)
        continue;
      if (n > MAX_LINES_NAMED && complaint->input != NULL)
        complain_about_more (self, complaint, n - MAX_LINES_NAMED);
      n = 0;
    }
}

/**
 * bobbin_cli_results_tell_input:
 * @self: results
 * @input: what was given
 *
 * Tells what of it is no link to download, which counts as failed, and how many
 * links were repeated.
 */
void
bobbin_cli_results_tell_input (BobbinCliResults *self, const BobbinCliInput *input)
{
  GPtrArray *complaints = input->complaints;

  self->n_failed += complaints->len;
  if (self->options->json)
    for (guint i = 0; i < complaints->len; i++)
      print (self, bobbin_cli_event_complaint (g_ptr_array_index (complaints, i)));
  else
    complain_about_all (self, complaints);

  if (input->n_repeated > 0 && !self->options->quiet)
    bobbin_cli_output_complain (
        self->output,
        /* Translators: lines of a list of links whose links stand further up already */
        ngettext ("%'u repeated line left out", "%'u repeated lines left out", input->n_repeated),
        input->n_repeated);
}

/**
 * bobbin_cli_results_tell_nothing:
 * @self: results
 *
 * Tells that there is nothing to download.
 */
void
bobbin_cli_results_tell_nothing (BobbinCliResults *self)
{
  const BobbinRun none = { 0 };

  if (!self->options->json)
    bobbin_cli_output_complain (self->output, _ ("there is nothing to download"));
  else if (!self->options->list)
    print (self, bobbin_cli_event_run (&none, self->n_failed));
}

/**
 * bobbin_cli_results_tell_list:
 * @self: results
 * @links: (element-type BobbinLink): links
 *
 * Tells what would be downloaded.
 */
void
bobbin_cli_results_tell_list (BobbinCliResults *self, GPtrArray *links)
{
  for (guint i = 0; i < links->len; i++)
    {
      const BobbinLink *link = g_ptr_array_index (links, i);

      print (self,
             self->options->json ? bobbin_cli_event_added (i + 1, link) : bobbin_cli_line_for_link (link));
    }
}

/**
 * bobbin_cli_results_begin:
 * @self: results
 * @downloads: (element-type BobbinDownload): the downloads in the order given
 *
 * Takes note of the downloads, before any has changed.
 */
void
bobbin_cli_results_begin (BobbinCliResults *self, GListModel *downloads)
{
  guint n = g_list_model_get_n_items (downloads);

  self->said = g_new0 (Said, n);
  for (guint i = 0; i < n; i++)
    {
      BobbinDownload *download = g_list_model_get_item (downloads, i);

      g_ptr_array_add (self->downloads, download);
      g_hash_table_insert (self->positions, download, GUINT_TO_POINTER (i));
      if (self->options->json)
        print (self, bobbin_cli_event_added (i + 1, bobbin_download_get_link (download)));
    }
}

static guint
get_position (BobbinCliResults *self, BobbinDownload *download)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->positions, download));
}

static void
tell_started (BobbinCliResults *self, BobbinDownload *download)
{
  guint position = get_position (self, download);

  if (self->said[position].started)
    return;

  self->said[position].started = TRUE;
  if (self->options->json)
    print (self, bobbin_cli_event_started (position + 1, download));
  if (self->options->verbose)
    {
      g_autofree char *link = bobbin_cli_line_dup_link (download);
      g_autofree char *line = g_strdup_printf (_ ("Starting %s"), link);

      bobbin_cli_output_note (self->output, line);
    }
}

static void
tell_progress (BobbinCliResults *self, BobbinDownload *download)
{
  guint position = get_position (self, download);
  gint64 now = g_get_monotonic_time ();

  if (self->said[position].progress_time == 0)
    self->said[position].progress_time = now;
  if (now - self->said[position].progress_time < PROGRESS_INTERVAL)
    return;

  self->said[position].progress_time = now;
  print (self, bobbin_cli_event_progress (position + 1, download));
}

/**
 * bobbin_cli_results_changed:
 * @self: results
 * @download: a download whose state or counters changed
 *
 * Tells that it has started, and how far it is. Only JSON events and --verbose
 * have words for that.
 */
void
bobbin_cli_results_changed (BobbinCliResults *self, BobbinDownload *download)
{
  if (bobbin_download_is_active (download))
    tell_started (self, download);
  if (self->options->json && bobbin_download_get_state (download) == BOBBIN_STATE_RECEIVING)
    tell_progress (self, download);
}

static void
note_where (BobbinCliResults *self, BobbinDownload *download)
{
  g_autofree char *path = bobbin_download_dup_path (download);
  g_autofree char *shown = bobbin_cli_text_clean (path);
  g_autofree char *link = bobbin_cli_line_dup_link (download);
  /* Translators: a link, and the path of the file that it was saved to */
  g_autofree char *line = g_strdup_printf (_ ("%s saved as %s"), link, shown);

  bobbin_cli_output_note (self->output, line);
}

static void
note_why (BobbinCliResults *self, BobbinDownload *download)
{
  g_autofree char *message = bobbin_cli_text_clean (bobbin_download_get_error (download)->message);
  g_autofree char *link = bobbin_cli_line_dup_link (download);
  g_autofree char *line = g_strdup_printf ("%s: %s", link, message);

  bobbin_cli_output_note (self->output, line);
}

static void
tell_for_person (BobbinCliResults *self, BobbinDownload *download, gboolean finished)
{
  if (!self->options->quiet)
    print (self, finished ? bobbin_cli_line_for_finished (download) : bobbin_cli_line_for_failed (download));
  else if (!finished)
    {
      g_autofree char *link = bobbin_cli_line_dup_link (download);
      g_autofree char *sentence = bobbin_words_for_error (bobbin_download_get_error (download));

      bobbin_cli_output_complain (self->output, "%s: %s", link, sentence);
    }
}

static void
tell_result (BobbinCliResults *self, guint position)
{
  BobbinDownload *download = g_ptr_array_index (self->downloads, position);
  gboolean finished = bobbin_download_get_state (download) == BOBBIN_STATE_FINISHED;

  if (!self->options->json)
    tell_for_person (self, download, finished);
  else if (finished)
    print (self, bobbin_cli_event_finished (position + 1, download));
  else
    print (self, bobbin_cli_event_failed (position + 1, download));

  if (!self->options->verbose)
    return;
  if (finished)
    note_where (self, download);
  else
    note_why (self, download);
}

/**
 * bobbin_cli_results_ended:
 * @self: results
 * @download: a download that finished or failed
 *
 * Tells its result, or holds it back until those of all before it are told.
 */
void
bobbin_cli_results_ended (BobbinCliResults *self, BobbinDownload *download)
{
  guint position = get_position (self, download);

  if (bobbin_download_get_state (download) == BOBBIN_STATE_FAILED)
    self->n_failed++;
  if (self->options->json || self->options->verbose)
    tell_started (self, download);

  self->said[position].ended = TRUE;
  if (self->options->order == BOBBIN_CLI_ORDER_FINISHED)
    tell_result (self, position);
  else
    for (; self->next < self->downloads->len && self->said[self->next].ended; self->next++)
      tell_result (self, self->next);
}

/* What waits for results that will not come any more. */
static void
tell_rest (BobbinCliResults *self)
{
  if (self->options->order != BOBBIN_CLI_ORDER_ADDED)
    return;
  for (; self->next < self->downloads->len; self->next++)
    if (self->said[self->next].ended)
      tell_result (self, self->next);
}

static void
tell_stopped (BobbinCliResults *self, const BobbinRun *run)
{
  g_autofree char *finished = bobbin_words_for_finished_of_total (run->finished, self->downloads->len);

  bobbin_cli_output_complain (
      self->output,
      /* Translators: %s is such as “10 of 24 finished” */
      _ ("stopped, %s; what has arrived of the others stays in files ending in .part"), finished);
}

/**
 * bobbin_cli_results_tell_run:
 * @self: results
 * @run: the run
 * @stopped: whether it was stopped before its end
 *
 * Tells the results that were held back, and how the run went.
 */
void
bobbin_cli_results_tell_run (BobbinCliResults *self, const BobbinRun *run, gboolean stopped)
{
  tell_rest (self);
  if (self->options->json)
    print (self, bobbin_cli_event_run (run, self->n_failed));
  if (stopped)
    tell_stopped (self, run);
  else if (!self->options->json && !self->options->quiet)
    {
      print (self, bobbin_cli_line_for_run (run, self->downloads->len));
      print (self, bobbin_cli_line_for_elapsed (run));
    }
}

/**
 * bobbin_cli_results_get_n_failed:
 * @self: results
 *
 * Returns: how many downloads failed and how much of what was given is no link
 */
guint
bobbin_cli_results_get_n_failed (BobbinCliResults *self)
{
  return self->n_failed;
}
