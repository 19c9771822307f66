/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-address-dialog.h"

#include <glib/gi18n.h>

#define RESPONSE_CANCEL "cancel"
#define RESPONSE_CHANGE "change"

struct _BobbinAddressDialog
{
  AdwMessageDialog parent_instance;

  BobbinQueue *queue;
  BobbinDownload *download;
  GtkWidget *entry;
};

G_DEFINE_FINAL_TYPE (BobbinAddressDialog, bobbin_address_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
changed_cb (BobbinAddressDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (BobbinLink) link = bobbin_link_new (text, NULL);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), RESPONSE_CHANGE, link != NULL);
}

/* It may have finished while the person was looking for the new address: then
 * there is nothing to change. */
static void
bobbin_address_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  BobbinAddressDialog *self = BOBBIN_ADDRESS_DIALOG (dialog);

  if (g_str_equal (response, RESPONSE_CHANGE))
    bobbin_queue_change_address (self->queue, self->download,
                                 gtk_editable_get_text (GTK_EDITABLE (self->entry)), NULL);
}

static void
bobbin_address_dialog_dispose (GObject *object)
{
  BobbinAddressDialog *self = BOBBIN_ADDRESS_DIALOG (object);

  g_clear_object (&self->queue);
  g_clear_object (&self->download);
  G_OBJECT_CLASS (bobbin_address_dialog_parent_class)->dispose (object);
}

static void
bobbin_address_dialog_class_init (BobbinAddressDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bobbin_address_dialog_dispose;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = bobbin_address_dialog_response;
}

static void
bobbin_address_dialog_init (BobbinAddressDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  GtkWidget *list = gtk_list_box_new ();

  self->entry = g_object_new (ADW_TYPE_ENTRY_ROW, "title", _ ("Address"), "activates-default", TRUE,
                              "input-purpose", GTK_INPUT_PURPOSE_URL, NULL);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), self->entry);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  adw_message_dialog_set_heading (dialog, _ ("Change Address"));
  adw_message_dialog_set_body (dialog, _ ("What is here is kept if the server there has the same file"));
  adw_message_dialog_set_extra_child (dialog, list);
  adw_message_dialog_add_responses (dialog, RESPONSE_CANCEL, _ ("_Cancel"), RESPONSE_CHANGE, _ ("C_hange"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, RESPONSE_CHANGE, ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, RESPONSE_CHANGE);
  adw_message_dialog_set_close_response (dialog, RESPONSE_CANCEL);
}

/**
 * bobbin_address_dialog_present:
 * @parent: the window that it belongs to
 * @queue: the queue that @download is in
 * @download: a download that is not finished
 *
 * Asks for the new address, with the old one to begin with, and gives it to the
 * download. Main thread.
 */
void
bobbin_address_dialog_present (GtkWindow *parent, BobbinQueue *queue, BobbinDownload *download)
{
  BobbinAddressDialog *self = g_object_new (BOBBIN_TYPE_ADDRESS_DIALOG, "transient-for", parent, NULL);
  g_autofree char *shown = bobbin_link_dup_shown_uri (bobbin_download_get_link (download));

  self->queue = g_object_ref (queue);
  self->download = g_object_ref (download);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), shown);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}
