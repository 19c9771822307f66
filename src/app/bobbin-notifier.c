/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-notifier.h"

#include "bobbin-words.h"

#include <glib/gi18n.h>

#define ID_FINISHED "finished"
#define ID_FAILED "failed"

/* Failures are told together, in ms: a server that is down fails many. */
#define GATHER 1000

struct _BobbinNotifier
{
  GtkApplication *application; /* borrowed: it owns this */
  BobbinQueue *queue;
  GSettings *settings;
  BobbinDownload *failed; /* the first that nobody was told of */
  guint n_failed;         /* how many there are in all, until the person looks */
  guint gather_id;
};

static gboolean
is_looked_at (BobbinNotifier *self)
{
  for (GList *link = gtk_application_get_windows (self->application); link != NULL; link = link->next)
    {
      if (gtk_window_is_active (link->data))
        return TRUE;
    }
  return FALSE;
}

static void
send (BobbinNotifier *self, const char *id, const char *title, const char *body)
{
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_application_send_notification (G_APPLICATION (self->application), id, notification);
}

static void
tell_failures (BobbinNotifier *self)
{
  g_autofree char *title = NULL;
  g_autofree char *name = bobbin_download_dup_name (self->failed);
  const GError *error = bobbin_download_get_error (self->failed);
  g_autofree char *reason = error != NULL ? bobbin_words_for_error (error) : NULL;
  g_autofree char *body = reason != NULL ? g_strdup_printf ("%s\n%s", name, reason) : g_strdup (name);

  title = g_strdup_printf (ngettext ("Download Failed", "%'u Downloads Failed", self->n_failed),
                           self->n_failed);
  send (self, ID_FAILED, title, body);
}

static gboolean
gather_cb (gpointer user_data)
{
  BobbinNotifier *self = user_data;

  self->gather_id = 0;
  if (!is_looked_at (self))
    tell_failures (self);
  return G_SOURCE_REMOVE;
}

/* The person has come back, and sees for himself. */
static void
looked_at_cb (BobbinNotifier *self)
{
  g_application_withdraw_notification (G_APPLICATION (self->application), ID_FINISHED);
  g_application_withdraw_notification (G_APPLICATION (self->application), ID_FAILED);
  g_clear_handle_id (&self->gather_id, g_source_remove);
  g_clear_object (&self->failed);
  self->n_failed = 0;
}

static void
window_active_cb (BobbinNotifier *self)
{
  if (is_looked_at (self))
    looked_at_cb (self);
}

static void
window_added_cb (BobbinNotifier *self, GtkWindow *window)
{
  g_signal_connect_data (window, "notify::is-active", G_CALLBACK (window_active_cb), self, NULL,
                         G_CONNECT_SWAPPED);
}

static void
window_removed_cb (BobbinNotifier *self, GtkWindow *window)
{
  g_signal_handlers_disconnect_by_data (window, self);
}

static void
ended_cb (BobbinNotifier *self, BobbinDownload *download)
{
  if (bobbin_download_get_state (download) != BOBBIN_STATE_FAILED
      || !g_settings_get_boolean (self->settings, "notify-failed") || is_looked_at (self))
    return;
  self->n_failed++;
  g_set_object (&self->failed, download);
  if (self->gather_id == 0)
    self->gather_id = g_timeout_add (GATHER, gather_cb, self);
}

static char *
get_summary (const BobbinRun *run)
{
  g_autofree char *elapsed = bobbin_words_for_duration (bobbin_run_get_elapsed (run, run->end));
  g_autofree char *size = g_format_size ((guint64) MAX (run->bytes, 0));
  g_autofree char *finished
      = g_strdup_printf (ngettext ("%'u download", "%'u downloads", run->finished), run->finished);

  /* Translators: how many downloads have finished, how large they are and how long it took, "12 downloads ·
   * 25.7 MB · 12.4 s" */
  return g_strdup_printf (_ ("%s · %s · %s"), finished, size, elapsed);
}

/* To pause all ends a run as well, and what failed was told by itself. */
static void
run_finished_cb (BobbinNotifier *self)
{
  const BobbinRun *run = bobbin_queue_get_run (self->queue);
  g_autofree char *body = NULL;

  if (run->finished == 0 || run->held > 0 || !g_settings_get_boolean (self->settings, "notify-finished")
      || is_looked_at (self))
    return;
  body = get_summary (run);
  send (self, ID_FINISHED, _ ("Downloads Finished"), body);
}

/**
 * bobbin_notifier_new:
 * @application: the application
 * @queue: the downloads
 * @settings: what the person wants to hear of
 *
 * Returns: (transfer full): a notifier, at work
 */
BobbinNotifier *
bobbin_notifier_new (GtkApplication *application, BobbinQueue *queue, GSettings *settings)
{
  BobbinNotifier *self = g_new0 (BobbinNotifier, 1);

  self->application = application;
  self->queue = g_object_ref (queue);
  self->settings = g_object_ref (settings);
  g_signal_connect_swapped (queue, "ended", G_CALLBACK (ended_cb), self);
  g_signal_connect_swapped (queue, "run-finished", G_CALLBACK (run_finished_cb), self);
  g_signal_connect_swapped (application, "window-added", G_CALLBACK (window_added_cb), self);
  g_signal_connect_swapped (application, "window-removed", G_CALLBACK (window_removed_cb), self);
  return self;
}

/**
 * bobbin_notifier_free:
 * @self: (transfer full): a notifier
 */
void
bobbin_notifier_free (BobbinNotifier *self)
{
  g_clear_handle_id (&self->gather_id, g_source_remove);
  for (GList *link = gtk_application_get_windows (self->application); link != NULL; link = link->next)
    g_signal_handlers_disconnect_by_data (link->data, self);
  g_signal_handlers_disconnect_by_data (self->application, self);
  g_signal_handlers_disconnect_by_data (self->queue, self);
  g_clear_object (&self->failed);
  g_object_unref (self->settings);
  g_object_unref (self->queue);
  g_free (self);
}
