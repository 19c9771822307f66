/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-undo.h"

#include <glib/gi18n.h>

#define UNDO_SECONDS 5

typedef struct
{
  BobbinQueue *queue;
  GPtrArray *downloads;
} Removal;

static void
removal_free (gpointer data, GClosure *closure)
{
  Removal *removal = data;

  g_ptr_array_unref (removal->downloads);
  g_object_unref (removal->queue);
  g_free (removal);
}

static void
undo_cb (AdwToast *toast, gpointer user_data)
{
  Removal *removal = user_data;

  bobbin_queue_restore (removal->queue, removal->downloads);
}

/**
 * bobbin_undo_create_toast:
 * @queue: a queue
 * @downloads: (element-type BobbinDownload): what has just been removed from it
 *
 * Main thread.
 *
 * Returns: (transfer full): a toast that tells so, and brings them back
 */
AdwToast *
bobbin_undo_create_toast (BobbinQueue *queue, GPtrArray *downloads)
{
  Removal *removal = g_new0 (Removal, 1);
  g_autofree char *name = bobbin_download_dup_name (g_ptr_array_index (downloads, 0));
  /* Translators: %s is the name of a file */
  g_autofree char *one = g_strdup_printf (_ ("%s removed"), name);
  g_autofree char *many
      = g_strdup_printf (ngettext ("%'u download removed", "%'u downloads removed", downloads->len),
                         downloads->len);
  AdwToast *toast = adw_toast_new ("");
  /* The title of a toast is markup, a name is not. */
  g_autofree char *title = g_markup_escape_text (downloads->len == 1 ? one : many, -1);

  removal->queue = g_object_ref (queue);
  removal->downloads = g_ptr_array_ref (downloads);
  adw_toast_set_title (toast, title);
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  /* Not to wait behind another one until it is too late to be of use. */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), removal, removal_free, 0);
  return toast;
}
