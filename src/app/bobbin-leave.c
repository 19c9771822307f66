/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-leave.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define RESPONSE_STAY "stay"
#define RESPONSE_LEAVE "leave"

/* Returns: (element-type BobbinDownload): what would have to begin anew */
static GPtrArray *
find_losses (BobbinQueue *queue)
{
  GListModel *model = G_LIST_MODEL (queue);
  GPtrArray *losses = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_active = bobbin_queue_get_counts (queue)->active;

  for (guint i = 0; n_active > 0 && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BobbinDownload) download = g_list_model_get_item (model, i);

      if (!bobbin_download_is_active (download))
        continue;
      n_active--;
      if (!bobbin_download_can_resume (download))
        g_ptr_array_add (losses, g_steal_pointer (&download));
    }
  return losses;
}

static char *
get_body (GPtrArray *losses)
{
  g_autofree char *name = bobbin_download_dup_name (g_ptr_array_index (losses, 0));
  g_autofree char *size = NULL;
  goffset bytes = 0;

  for (guint i = 0; i < losses->len; i++)
    bytes += bobbin_download_get_received (g_ptr_array_index (losses, i));
  size = g_format_size ((guint64) bytes);
  if (losses->len == 1)
    /* Translators: the first %s is the name of a file, the second one a size */
    return g_strdup_printf (
        _ ("The server of “%s” cannot go on where it stops. The %s that are here would be "
           "fetched again at the next start."),
        name, size);
  return g_strdup_printf (
      /* Translators: the plural follows the number of downloads; %s is a size */
      ngettext ("The server of %'u download cannot go on where it stops. The %s that are here would be "
                "fetched again at the next start.",
                "The servers of %'u downloads cannot go on where they stop. The %s that are here would be "
                "fetched again at the next start.",
                losses->len),
      losses->len, size);
}

static gboolean
quit_cb (gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit-now", NULL);
  return G_SOURCE_REMOVE;
}

/* The dialog has to be gone before the window that it belongs to. */
static void
response_cb (GtkWindow *dialog, const char *response)
{
  GtkApplication *application = gtk_window_get_application (gtk_window_get_transient_for (dialog));

  if (g_str_equal (response, RESPONSE_LEAVE))
    g_idle_add_full (G_PRIORITY_DEFAULT, quit_cb, g_object_ref (application), g_object_unref);
}

/**
 * bobbin_leave_ask:
 * @window: the window that is about to close
 * @queue: the downloads
 *
 * Asks the person if something would be lost by closing now; if so, and the
 * person wants it, the application quits by itself. Main thread.
 *
 * Returns: whether there was something to ask
 */
gboolean
bobbin_leave_ask (GtkWindow *window, BobbinQueue *queue)
{
  g_autoptr (GPtrArray) losses = find_losses (queue);
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  if (losses->len == 0)
    return FALSE;
  body = get_body (losses);
  dialog = adw_message_dialog_new (window, _ ("Close Bobbin?"), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), RESPONSE_STAY, _ ("_Go On"), RESPONSE_LEAVE,
                                    _ ("_Close"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), RESPONSE_LEAVE,
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), RESPONSE_STAY);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), RESPONSE_STAY);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}
