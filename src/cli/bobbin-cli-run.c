/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-run.h"

#include "bobbin-cli-history.h"
#include "bobbin-cli-progress.h"
#include "bobbin-cli-signals.h"
#include "bobbin-timeline-svg.h"
#include "bobbin-cli-text.h"
#include "bobbin-queue.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>

typedef struct
{
  BobbinCliResults *results;
  BobbinCliOutput *output;
  BobbinCliProgress *progress; /* NULL if none is shown */
  GMainLoop *loop;
  BobbinCliEnd end;
} Run;

static void
stop (Run *self, BobbinCliEnd end)
{
  self->end = end;
  g_main_loop_quit (self->loop);
}

/* With progress on a terminal its next drawing does this. */
static void
flush (Run *self)
{
  if (self->progress == NULL)
    bobbin_cli_output_flush (self->output);
  if (bobbin_cli_output_get_error (self->output) == EPIPE)
    stop (self, BOBBIN_CLI_END_UNREAD);
}

static void
on_download_changed (BobbinDownload *download, gpointer user_data)
{
  Run *self = user_data;

  bobbin_cli_results_changed (self->results, download);
  if (self->progress != NULL)
    bobbin_cli_progress_changed (self->progress, download);
}

static void
on_queue_changed (BobbinQueue *queue, gpointer user_data)
{
  flush (user_data);
}

static void
on_ended (BobbinQueue *queue, BobbinDownload *download, gpointer user_data)
{
  Run *self = user_data;

  bobbin_cli_results_ended (self->results, download);
}

static void
on_run_finished (BobbinQueue *queue, gpointer user_data)
{
  Run *self = user_data;

  g_main_loop_quit (self->loop);
}

static gboolean
on_stop_signal (int fd, GIOCondition condition, gpointer user_data)
{
  stop (user_data, BOBBIN_CLI_END_STOPPED);
  return G_SOURCE_CONTINUE;
}

static void
watch_downloads (Run *self, GListModel *downloads)
{
  for (guint i = 0; i < g_list_model_get_n_items (downloads); i++)
    {
      g_autoptr (BobbinDownload) download = g_list_model_get_item (downloads, i);

      g_signal_connect (download, "changed", G_CALLBACK (on_download_changed), self);
    }
}

/* What the queue does with a link. */
typedef enum
{
  KIND_ADD,
  KIND_LOAD,
  KIND_SKIP,
} Kind;

static Kind
get_kind (GPtrArray *plan, guint position)
{
  const BobbinRecord *record = g_ptr_array_index (plan, position);

  if (record == NULL)
    return KIND_ADD;
  return record->state == BOBBIN_STATE_FINISHED ? KIND_SKIP : KIND_LOAD;
}

/* The list keeps the order of the links, so they are added in stretches of one
 * kind. */
static void
fill_queue (BobbinQueue *queue, GPtrArray *links, GPtrArray *plan)
{
  g_autoptr (GPtrArray) stretch = g_ptr_array_new ();

  for (guint i = 0; i < links->len; i++)
    {
      Kind kind = get_kind (plan, i);

      g_ptr_array_add (stretch, g_ptr_array_index (kind == KIND_LOAD ? plan : links, i));
      if (i + 1 < links->len && get_kind (plan, i + 1) == kind)
        continue;
      if (kind == KIND_ADD)
        bobbin_queue_add (queue, stretch, FALSE);
      else if (kind == KIND_LOAD)
        bobbin_queue_load (queue, stretch);
      g_ptr_array_set_size (stretch, 0);
    }
}

static GPtrArray *
create_empty_plan (guint n)
{
  GPtrArray *plan = g_ptr_array_new ();

  g_ptr_array_set_size (plan, (int) n);
  return plan;
}

/* Nothing of a download can have changed before the main loop runs, so that it
 * is early enough to listen after adding.
 */
static void
add_links (Run *self,
           BobbinQueue *queue,
           BobbinCliHistory *history,
           GPtrArray *links,
           const BobbinCliOptions *options)
{
  g_autoptr (GPtrArray) plan
      = history != NULL ? bobbin_cli_history_plan (history, options, links) : create_empty_plan (links->len);

  fill_queue (queue, links, plan);
  bobbin_cli_results_begin (self->results, links, plan, G_LIST_MODEL (queue));
  if (options->json || options->verbose || self->progress != NULL)
    watch_downloads (self, G_LIST_MODEL (queue));
}

static void
tell_of_store (BobbinStore *store, BobbinCliOutput *output, gboolean verbose)
{
  const char *aside = bobbin_store_get_kept_aside (store);
  const GError *reason = bobbin_store_get_error (store);
  g_autofree char *shown = NULL;

  if (aside != NULL)
    {
      shown = bobbin_cli_text_clean (aside);
      /* Translators: the history is what earlier commands have downloaded; %s is the path of a file */
      bobbin_cli_output_complain (output, _ ("the history cannot be used, and was kept as %s"), shown);
    }
  else if (reason != NULL && verbose)
    {
      shown = bobbin_cli_text_clean (reason->message);
      /* Translators: the history is what earlier commands have downloaded; %s is the reason */
      bobbin_cli_output_complain (output, _ ("the history cannot be written: %s"), shown);
    }
}

/* The demo's server has another address each time, so that there is nothing to
 * find again. */
static BobbinCliHistory *
open_history (const BobbinCliOptions *options, BobbinQueue *queue, BobbinCliOutput *output)
{
  BobbinCliHistory *history = NULL;

  if (options->demo)
    return NULL;
  history = bobbin_cli_history_open ();
  bobbin_queue_set_store (queue, bobbin_cli_history_get_store (history));
  if (!options->quiet)
    tell_of_store (bobbin_cli_history_get_store (history), output, options->verbose);
  return history;
}

static gboolean
is_kept (const BobbinCliOptions *options, BobbinCliHistory *history)
{
  return !options->no_resume && history != NULL
         && bobbin_store_get_notice (bobbin_cli_history_get_store (history)) != BOBBIN_STORE_UNAVAILABLE;
}

static void
write_timeline (BobbinQueue *queue, const char *path, BobbinCliOutput *output)
{
  g_autofree char *svg
      = bobbin_timeline_to_svg (bobbin_queue_get_timeline (queue), bobbin_queue_get_run (queue));
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (path, svg, -1, &error))
    bobbin_cli_output_complain (output, _ ("The timeline cannot be written: %s"), error->message);
}

/**
 * bobbin_cli_run:
 * @options: how to download
 * @links: (element-type BobbinLink): what to download, at least one
 * @settings: how transfers work
 * @results: what tells how it goes
 * @output: where @results tells it
 *
 * Downloads all links that are not there yet and tells their results and those
 * of the run. Returns when all have ended, or within a moment when it is to
 * stop. Main thread.
 *
 * Returns: why it is over
 */
BobbinCliEnd
bobbin_cli_run (const BobbinCliOptions *options,
                GPtrArray *links,
                BobbinSettings *settings,
                BobbinCliResults *results,
                BobbinCliOutput *output)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (BobbinQueue) queue = bobbin_queue_new ();
  g_autoptr (BobbinCliHistory) history = open_history (options, queue, output);
  Run self = { .results = results, .output = output, .loop = loop };
  guint signal_id = g_unix_fd_add (bobbin_cli_signals_get_fd (), G_IO_IN, on_stop_signal, &self);

  bobbin_queue_set_at_once (queue, (guint) options->at_once);
  bobbin_queue_set_settings (queue, settings);
  if (!options->quiet && bobbin_cli_progress_is_possible ())
    self.progress = bobbin_cli_progress_new (queue, bobbin_cli_results_get_tally (results), output);

  g_signal_connect (queue, "changed", G_CALLBACK (on_queue_changed), &self);
  g_signal_connect (queue, "ended", G_CALLBACK (on_ended), &self);
  g_signal_connect (queue, "run-finished", G_CALLBACK (on_run_finished), &self);

  add_links (&self, queue, history, links, options);
  flush (&self);
  if (g_list_model_get_n_items (G_LIST_MODEL (queue)) > 0)
    g_main_loop_run (loop);
  g_source_remove (signal_id);
  bobbin_queue_stop (queue);

  g_clear_pointer (&self.progress, bobbin_cli_progress_free);
  if (options->timeline != NULL)
    write_timeline (queue, options->timeline, output);
  if (self.end == BOBBIN_CLI_END_DONE)
    bobbin_cli_results_tell_run (results, bobbin_queue_get_run (queue));
  else
    bobbin_cli_results_tell_stopped (results, bobbin_queue_get_run (queue), is_kept (options, history));
  bobbin_cli_output_flush (output);
  return self.end;
}
