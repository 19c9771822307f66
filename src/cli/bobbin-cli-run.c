/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-run.h"

#include "bobbin-cli-progress.h"
#include "bobbin-cli-signals.h"
#include "bobbin-queue.h"

#include <errno.h>
#include <glib-unix.h>

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

/* Nothing of a download can have changed before the main loop runs, so that it
 * is early enough to listen after adding.
 */
static void
add_links (Run *self, BobbinQueue *queue, GPtrArray *links, const BobbinCliOptions *options)
{
  bobbin_queue_add (queue, links, FALSE);
  bobbin_cli_results_begin (self->results, G_LIST_MODEL (queue));
  if (options->json || options->verbose || self->progress != NULL)
    watch_downloads (self, G_LIST_MODEL (queue));
}

/**
 * bobbin_cli_run:
 * @options: how to download
 * @links: (element-type BobbinLink): what to download, at least one
 * @results: what tells how it goes
 * @output: where @results tells it
 *
 * Downloads all links and tells their results and those of the run. Returns
 * when all have ended, or within a moment when it is to stop. Main thread.
 *
 * Returns: why it is over
 */
BobbinCliEnd
bobbin_cli_run (const BobbinCliOptions *options,
                GPtrArray *links,
                BobbinCliResults *results,
                BobbinCliOutput *output)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (BobbinQueue) queue = bobbin_queue_new ();
  Run self = { .results = results, .output = output, .loop = loop };
  guint signal_id = g_unix_fd_add (bobbin_cli_signals_get_fd (), G_IO_IN, on_stop_signal, &self);

  bobbin_queue_set_at_once (queue, (guint) options->at_once);
  bobbin_queue_set_timeout (queue, (guint) options->timeout);
  if (!options->quiet && bobbin_cli_progress_is_possible ())
    self.progress = bobbin_cli_progress_new (queue, output);

  g_signal_connect (queue, "changed", G_CALLBACK (on_queue_changed), &self);
  g_signal_connect (queue, "ended", G_CALLBACK (on_ended), &self);
  g_signal_connect (queue, "run-finished", G_CALLBACK (on_run_finished), &self);

  add_links (&self, queue, links, options);
  flush (&self);
  g_main_loop_run (loop);
  g_source_remove (signal_id);
  bobbin_queue_stop (queue);

  g_clear_pointer (&self.progress, bobbin_cli_progress_free);
  bobbin_cli_results_tell_run (results, bobbin_queue_get_run (queue), self.end != BOBBIN_CLI_END_DONE);
  bobbin_cli_output_flush (output);
  return self.end;
}
