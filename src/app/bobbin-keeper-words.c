/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-keeper-words.h"

#include "bobbin-launch.h"
#include "bobbin-words.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define RESPONSE_CLOSE "close"
#define RESPONSE_SHOW "show"

/**
 * bobbin_keeper_words_for_recovered:
 * @n_recovered: how many downloads came back that had not ended
 *
 * Returns: (transfer full): what to say after an end that was not a clean one
 */
char *
bobbin_keeper_words_for_recovered (guint n_recovered)
{
  return g_strdup_printf (ngettext ("Recovered %'u download", "Recovered %'u downloads", n_recovered),
                          n_recovered);
}

static const char *
get_heading (BobbinStoreNotice notice)
{
  switch (notice)
    {
    case BOBBIN_STORE_DAMAGED:
      return _ ("The List Was Damaged");
    case BOBBIN_STORE_NEWER:
      return _ ("The List Is from a Newer Bobbin");
    case BOBBIN_STORE_UNAVAILABLE:
      return _ ("The List Cannot Be Kept");
    case BOBBIN_STORE_FINE:
    case BOBBIN_STORE_RECOVERED:
    default:
      return NULL;
    }
}

static char *
get_body (BobbinKeeper *keeper)
{
  const GError *error = bobbin_keeper_get_error (keeper);
  g_autofree char *reason = NULL;

  switch (bobbin_keeper_get_notice (keeper))
    {
    case BOBBIN_STORE_DAMAGED:
      return g_strdup (_ ("Bobbin begins with an empty list. The damaged one was not deleted, and files that "
                          "were saved are where they were. The list was kept as:"));
    case BOBBIN_STORE_NEWER:
      return g_strdup (_ ("Bobbin begins with an empty list. The other one was not changed, so the newer "
                          "Bobbin can use it again. It was kept as:"));
    case BOBBIN_STORE_UNAVAILABLE:
      reason = error != NULL ? bobbin_words_for_error (error) : NULL;
      if (reason == NULL)
        return g_strdup (_ ("Downloads work, but the list will be lost when Bobbin is closed."));
      /* Translators: %s is a reason, such as "The disk is full" */
      return g_strdup_printf (_ ("Downloads work, but the list will be lost when Bobbin is closed. %s."),
                              reason);
    case BOBBIN_STORE_FINE:
    case BOBBIN_STORE_RECOVERED:
    default:
      return NULL;
    }
}

static GtkWidget *
create_path (const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);
  GtkWidget *label = gtk_label_new (shown);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  return label;
}

static void
shown_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!bobbin_launch_finish (result, &error))
    g_message ("The folder was not shown: %s", error->message);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, BobbinKeeper *keeper)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  if (!g_str_equal (response, RESPONSE_SHOW))
    return;
  g_ptr_array_add (paths, g_strdup (bobbin_keeper_get_kept_aside (keeper)));
  bobbin_launch_folder_async (gtk_window_get_transient_for (GTK_WINDOW (dialog)), paths, shown_cb, NULL);
}

/**
 * bobbin_keeper_create_message:
 * @keeper: a keeper that is open
 * @parent: the window that it belongs to
 *
 * Tells what became of the list of the last start. Main thread.
 *
 * Returns: (transfer none) (nullable): a dialog, not yet shown; %NULL if all is
 *   well
 */
GtkWindow *
bobbin_keeper_create_message (BobbinKeeper *keeper, GtkWindow *parent)
{
  const char *heading = get_heading (bobbin_keeper_get_notice (keeper));
  const char *kept_aside = bobbin_keeper_get_kept_aside (keeper);
  g_autofree char *body = get_body (keeper);
  AdwMessageDialog *dialog;

  if (heading == NULL)
    return NULL;
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));
  if (kept_aside != NULL)
    {
      adw_message_dialog_set_extra_child (dialog, create_path (kept_aside));
      adw_message_dialog_add_response (dialog, RESPONSE_SHOW, _ ("_Show in Folder"));
    }
  adw_message_dialog_add_response (dialog, RESPONSE_CLOSE, _ ("_Close"));
  adw_message_dialog_set_default_response (dialog, RESPONSE_CLOSE);
  adw_message_dialog_set_close_response (dialog, RESPONSE_CLOSE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), keeper, 0);
  return GTK_WINDOW (dialog);
}
