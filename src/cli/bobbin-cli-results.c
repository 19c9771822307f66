/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-results.h"

#include "bobbin-cli-complaints.h"
#include "bobbin-cli-events.h"
#include "bobbin-cli-text.h"
#include "bobbin-record.h"
#include "bobbin-words.h"

#include <glib/gi18n.h>

/* A program that reads the events wants to draw a bar, not to keep up; what ends
 * sooner needs none.
 */
#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 2)

/* One link, and what was said about it. */
typedef struct
{
  BobbinLink *link;
  BobbinDownload *download; /* NULL if the file is there already */
  char *file;               /* absolute path of that file, or NULL */
  gint64 progress_time;     /* when it began to receive or its progress was told last, 0 before */
  gint64 retry_at;          /* the next try that was told of, 0 for none */
  gboolean started;
  gboolean ended;
} Entry;

struct _BobbinCliResults
{
  const BobbinCliOptions *options;
  BobbinCliOutput *output;

  GArray *entries;       /* in the order given */
  GHashTable *positions; /* download to its place in @entries */
  guint next;            /* the first entry whose result was not printed in order */
  BobbinCliTally tally;
};

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  bobbin_link_unref (entry->link);
  g_clear_object (&entry->download);
  g_free (entry->file);
}

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
  self->entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
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
  g_array_unref (self->entries);
  g_free (self);
}

/* Takes the line. */
static void
print (BobbinCliResults *self, char *line)
{
  g_autofree char *owned = line;

  bobbin_cli_output_print (self->output, owned);
}

/**
 * bobbin_cli_results_tell_complaints:
 * @self: results
 * @complaints: (element-type BobbinCliComplaint): what is no link to download,
 *   or cannot be
 *
 * Tells about it; all of it counts as failed.
 */
void
bobbin_cli_results_tell_complaints (BobbinCliResults *self, GPtrArray *complaints)
{
  self->tally.no_links += complaints->len;
  if (self->options->json)
    for (guint i = 0; i < complaints->len; i++)
      print (self, bobbin_cli_event_complaint (g_ptr_array_index (complaints, i)));
  else
    bobbin_cli_complaints_tell (complaints, self->output);
}

/**
 * bobbin_cli_results_tell_input:
 * @self: results
 * @input: what was given
 *
 * Tells what of it is no link to download, what else there is to say about it,
 * and how many links were repeated.
 */
void
bobbin_cli_results_tell_input (BobbinCliResults *self, const BobbinCliInput *input)
{
  bobbin_cli_results_tell_complaints (self, input->complaints);
  if (self->options->quiet)
    return;

  bobbin_cli_complaints_tell (input->remarks, self->output);
  if (input->n_repeated > 0)
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
    print (self, bobbin_cli_event_run (&none, &self->tally));
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

static Entry *
get_entry (BobbinCliResults *self, guint position)
{
  return &g_array_index (self->entries, Entry, position);
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
  Entry *entry = get_entry (self, position);

  if (entry->started)
    return;

  entry->started = TRUE;
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
  Entry *entry = get_entry (self, position);
  gint64 now = g_get_monotonic_time ();

  if (entry->progress_time == 0)
    entry->progress_time = now;
  if (now - entry->progress_time < PROGRESS_INTERVAL)
    return;

  entry->progress_time = now;
  print (self, bobbin_cli_event_progress (position + 1, download));
}

static void
tell_retry (BobbinCliResults *self, BobbinDownload *download)
{
  guint position = get_position (self, download);
  Entry *entry = get_entry (self, position);

  if (entry->retry_at == bobbin_download_get_retry_at (download))
    return;

  entry->retry_at = bobbin_download_get_retry_at (download);
  tell_started (self, download);
  if (self->options->json)
    print (self, bobbin_cli_event_retry (position + 1, download));
  if (self->options->verbose)
    {
      g_autofree char *link = bobbin_cli_line_dup_link (download);
      g_autofree char *why = bobbin_cli_line_for_retry (download);
      g_autofree char *line = g_strdup_printf ("%s: %s", link, why);

      bobbin_cli_output_note (self->output, line);
    }
}

/**
 * bobbin_cli_results_changed:
 * @self: results
 * @download: a download whose state or counters changed
 *
 * Tells that it has started, how far it is, and that it waits for its next try.
 * Only JSON events and --verbose have words for that.
 */
void
bobbin_cli_results_changed (BobbinCliResults *self, BobbinDownload *download)
{
  if (bobbin_download_is_active (download))
    tell_started (self, download);
  if (self->options->json && bobbin_download_get_state (download) == BOBBIN_STATE_RECEIVING)
    tell_progress (self, download);
  if (bobbin_download_get_retry_at (download) != 0)
    tell_retry (self, download);
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
tell_finished (BobbinCliResults *self, guint position, BobbinDownload *download)
{
  if (self->options->json)
    print (self, bobbin_cli_event_finished (position + 1, download));
  else if (!self->options->quiet)
    print (self, bobbin_cli_line_for_finished (download));

  if (self->options->verbose)
    note_where (self, download);
}

static void
tell_failed (BobbinCliResults *self, guint position, BobbinDownload *download)
{
  if (self->options->json)
    print (self, bobbin_cli_event_failed (position + 1, download));
  else if (!self->options->quiet)
    print (self, bobbin_cli_line_for_failed (download));
  else
    {
      g_autofree char *link = bobbin_cli_line_dup_link (download);
      g_autofree char *sentence = bobbin_words_for_error (bobbin_download_get_error (download));

      bobbin_cli_output_complain (self->output, "%s: %s", link, sentence);
    }

  if (self->options->verbose)
    note_why (self, download);
}

static void
tell_already_here (BobbinCliResults *self, guint position)
{
  const Entry *entry = get_entry (self, position);
  g_autofree char *name = g_path_get_basename (entry->file);

  if (self->options->json)
    print (self, bobbin_cli_event_skipped (position + 1, entry->link, "already-here", entry->file));
  else if (!self->options->quiet)
    /* Translators: stands after the name of a file that an earlier command has downloaded */
    print (self, bobbin_cli_line_for_skipped (name, _ ("Already here")));
}

static void
tell_name_taken (BobbinCliResults *self, guint position, BobbinDownload *download)
{
  const GError *error = bobbin_download_get_error (download);
  const Entry *entry = get_entry (self, position);
  g_autofree char *name = bobbin_download_dup_name (download);
  g_autofree char *sentence = bobbin_words_for_error (error);

  if (self->options->json)
    print (self,
           bobbin_cli_event_skipped (position + 1, entry->link, bobbin_cli_event_error_word (error), NULL));
  else if (!self->options->quiet)
    print (self, bobbin_cli_line_for_skipped (name, sentence));
}

static gboolean
is_name_taken (BobbinDownload *download)
{
  return g_error_matches (bobbin_download_get_error (download), BOBBIN_ERROR, BOBBIN_ERROR_EXISTS);
}

static void
tell_result (BobbinCliResults *self, guint position)
{
  BobbinDownload *download = get_entry (self, position)->download;

  if (download == NULL)
    tell_already_here (self, position);
  else if (bobbin_download_get_state (download) == BOBBIN_STATE_FINISHED)
    tell_finished (self, position, download);
  else if (is_name_taken (download))
    tell_name_taken (self, position, download);
  else
    tell_failed (self, position, download);
}

/* Tells a result, or holds it back until those of all before it are told. */
static void
end_entry (BobbinCliResults *self, guint position)
{
  get_entry (self, position)->ended = TRUE;
  if (self->options->order == BOBBIN_CLI_ORDER_FINISHED)
    tell_result (self, position);
  else
    for (; self->next < self->entries->len && get_entry (self, self->next)->ended; self->next++)
      tell_result (self, self->next);
}

static void
add_entry (BobbinCliResults *self, BobbinLink *link, BobbinDownload *download, const BobbinRecord *skipped)
{
  Entry entry = {
    .link = bobbin_link_ref (link),
    .download = download,
    .file = skipped != NULL ? g_build_filename (skipped->folder, skipped->name, NULL) : NULL,
  };

  if (download != NULL)
    g_hash_table_insert (self->positions, download, GUINT_TO_POINTER (self->entries->len));
  g_array_append_val (self->entries, entry);
  if (self->options->json)
    print (self, bobbin_cli_event_added (self->entries->len, link));
}

/**
 * bobbin_cli_results_begin:
 * @self: results
 * @links: (element-type BobbinLink): what was given, in order
 * @plan: (element-type BobbinRecord): for each link its file if that is there
 *   already, as bobbin_cli_history_plan() tells
 * @downloads: (element-type BobbinDownload): the downloads of all others, in
 *   the same order
 *
 * Takes note of the downloads, before any has changed, and tells which links
 * are skipped.
 */
void
bobbin_cli_results_begin (BobbinCliResults *self, GPtrArray *links, GPtrArray *plan, GListModel *downloads)
{
  guint n = 0;

  self->tally.links = links->len;
  for (guint i = 0; i < links->len; i++)
    {
      const BobbinRecord *record = g_ptr_array_index (plan, i);
      gboolean skipped = record != NULL && record->state == BOBBIN_STATE_FINISHED;

      add_entry (self, g_ptr_array_index (links, i), skipped ? NULL : g_list_model_get_item (downloads, n++),
                 skipped ? record : NULL);
    }

  for (guint i = 0; i < links->len; i++)
    if (get_entry (self, i)->download == NULL)
      {
        self->tally.skipped++;
        end_entry (self, i);
      }
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
  if (bobbin_download_get_state (download) == BOBBIN_STATE_FINISHED)
    self->tally.finished++;
  else if (is_name_taken (download))
    self->tally.skipped++;
  else
    self->tally.failed++;

  if (self->options->json || self->options->verbose)
    tell_started (self, download);
  end_entry (self, get_position (self, download));
}

/* What waits for results that will not come any more. */
static void
tell_rest (BobbinCliResults *self)
{
  if (self->options->order != BOBBIN_CLI_ORDER_ADDED)
    return;
  for (; self->next < self->entries->len; self->next++)
    if (get_entry (self, self->next)->ended)
      tell_result (self, self->next);
}

/**
 * bobbin_cli_results_tell_run:
 * @self: results
 * @run: the run, which is over
 *
 * Tells how the run went.
 */
void
bobbin_cli_results_tell_run (BobbinCliResults *self, const BobbinRun *run)
{
  if (self->options->json)
    print (self, bobbin_cli_event_run (run, &self->tally));
  else if (!self->options->quiet)
    {
      print (self, bobbin_cli_line_for_run (run, &self->tally));
      print (self, bobbin_cli_line_for_elapsed (run));
    }
}

/**
 * bobbin_cli_results_tell_stopped:
 * @self: results
 * @run: the run, which was stopped before its end
 * @kept: whether the same command can go on
 *
 * Tells the results that were held back, how far the run came, and how to go
 * on.
 */
void
bobbin_cli_results_tell_stopped (BobbinCliResults *self, const BobbinRun *run, gboolean kept)
{
  g_autofree char *tally = bobbin_cli_line_for_tally (&self->tally);

  tell_rest (self);
  if (self->options->json)
    print (self, bobbin_cli_event_run (run, &self->tally));
  if (kept)
    bobbin_cli_output_complain (self->output,
                                /* Translators: %s is such as “10 of 24 finished” */
                                _ ("stopped, %s; the same command goes on with what has arrived, which stays "
                                   "in files ending in .part"),
                                tally);
  else
    /* Translators: %s is such as “10 of 24 finished” */
    bobbin_cli_output_complain (self->output, _ ("stopped, %s"), tally);
}

/**
 * bobbin_cli_results_get_tally:
 * @self: results
 *
 * Returns: (transfer none): what came of the links; changes with them
 */
const BobbinCliTally *
bobbin_cli_results_get_tally (BobbinCliResults *self)
{
  return &self->tally;
}
