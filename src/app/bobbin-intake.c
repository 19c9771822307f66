/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-intake.h"

#include "bobbin-add-dialog.h"
#include "bobbin-choices.h"
#include "bobbin-incoming-reader.h"
#include "bobbin-quick-add.h"

#include <glib/gi18n.h>

struct _BobbinIntake
{
  BobbinWindow *window; /* borrowed: it has this */
  BobbinQueue *queue;
  GSettings *settings;
  BobbinKeeper *keeper;
  GCancellable *cancellable;     /* of all that is under way; who is cancelled touches nothing any more */
  BobbinIncoming *early;         /* links that came before the list was back; NULL if none did */
  gboolean early_is_asked;       /* whether the person brought some of them */
  BobbinAddDialog *dialog;       /* borrowed; NULL while none is open */
  GtkFileChooserNative *chooser; /* owned; NULL while none is open */
};

static void
drop_chooser (BobbinIntake *self)
{
  if (self->chooser == NULL)
    return;
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
}

/**
 * bobbin_intake_new:
 * @window: the window that has it
 * @queue: the downloads
 * @settings: what the person has chosen
 * @keeper: what brings the list back
 *
 * Returns: (transfer full): where links come into @window
 */
BobbinIntake *
bobbin_intake_new (BobbinWindow *window, BobbinQueue *queue, GSettings *settings, BobbinKeeper *keeper)
{
  BobbinIntake *self = g_new0 (BobbinIntake, 1);

  self->window = window;
  self->queue = g_object_ref (queue);
  self->settings = g_object_ref (settings);
  self->keeper = g_object_ref (keeper);
  self->cancellable = g_cancellable_new ();
  return self;
}

/**
 * bobbin_intake_free:
 * @self: (transfer full): where links come in
 *
 * Ends what is under way.
 */
void
bobbin_intake_free (BobbinIntake *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->dialog != NULL)
    g_signal_handlers_disconnect_by_data (self->dialog, self);
  drop_chooser (self);
  g_clear_pointer (&self->early, bobbin_incoming_unref);
  g_object_unref (self->cancellable);
  g_object_unref (self->keeper);
  g_object_unref (self->settings);
  g_object_unref (self->queue);
  g_free (self);
}

/* Where nothing can be read there is nothing to look at. */
static gboolean
tell_problem (BobbinIntake *self, BobbinIncoming *incoming)
{
  g_autofree char *problem = bobbin_incoming_dup_problem (incoming);

  if (problem == NULL || !bobbin_incoming_is_empty (incoming))
    return FALSE;
  bobbin_window_tell (self->window, problem);
  return TRUE;
}

static void
keep_for_later (BobbinIntake *self, BobbinIncoming *incoming)
{
  if (self->early == NULL)
    self->early = bobbin_incoming_new ();
  bobbin_incoming_merge (self->early, incoming);
}

static void
dialog_gone_cb (BobbinIntake *self)
{
  self->dialog = NULL;
}

/**
 * bobbin_intake_add:
 * @self: where links come in
 * @incoming: what the person brought, or nothing
 *
 * Opens Add Downloads with @incoming in it, or adds it to the one that is open;
 * not before the list of the last start is back.
 */
void
bobbin_intake_add (BobbinIntake *self, BobbinIncoming *incoming)
{
  if (!bobbin_keeper_is_open (self->keeper))
    {
      self->early_is_asked = TRUE;
      keep_for_later (self, incoming);
      return;
    }
  if (self->dialog == NULL)
    {
      self->dialog = bobbin_add_dialog_new (GTK_WINDOW (self->window), self->queue, self->settings);
      g_signal_connect_swapped (self->dialog, "destroy", G_CALLBACK (dialog_gone_cb), self);
    }
  bobbin_add_dialog_add (self->dialog, incoming);
  gtk_window_present (GTK_WINDOW (self->dialog));
}

typedef struct
{
  BobbinIntake *self;
  BobbinIncoming *incoming; /* owned */
} Quick;

static void
quick_free (Quick *quick)
{
  bobbin_incoming_unref (quick->incoming);
  g_free (quick);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Quick, quick_free)

/* What cannot just be started is looked at. */
static void
quickly_added_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Quick) quick = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = bobbin_incoming_dup_problem (quick->incoming);
  g_autofree char *words = NULL;
  guint n_links = bobbin_quick_add_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) /* the window is going */
    return;
  if (n_links == 0)
    {
      bobbin_intake_add (quick->self, quick->incoming);
      return;
    }
  words = g_strdup_printf (ngettext ("%'u download added", "%'u downloads added", n_links), n_links);
  bobbin_window_tell (quick->self->window, problem != NULL ? problem : words);
}

/**
 * bobbin_intake_take:
 * @self: where links come in
 * @incoming: what came from another program
 *
 * As bobbin_intake_add(), but starts the downloads at once if the person wants
 * that and nothing is to be asked.
 */
void
bobbin_intake_take (BobbinIntake *self, BobbinIncoming *incoming)
{
  g_autofree char *folder = NULL;
  g_autoptr (BobbinNaming) naming = NULL;
  Quick *quick;

  if (tell_problem (self, incoming))
    return;
  if (!bobbin_keeper_is_open (self->keeper))
    {
      keep_for_later (self, incoming);
      return;
    }
  if (self->dialog != NULL || !g_settings_get_boolean (self->settings, "start-at-once"))
    {
      bobbin_intake_add (self, incoming);
      return;
    }

  folder = bobbin_choices_dup_folder (self->settings);
  quick = g_new (Quick, 1);
  *quick = (Quick){ self, bobbin_incoming_ref (incoming) };
  naming = bobbin_choices_dup_naming (self->settings);
  bobbin_quick_add_async (incoming, self->queue, folder, naming, self->cancellable, quickly_added_cb, quick);
}

static void
files_taken_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BobbinIncoming) incoming = bobbin_incoming_read_finish (result, NULL);

  if (incoming != NULL)
    bobbin_intake_take (user_data, incoming);
}

/**
 * bobbin_intake_take_files:
 * @self: where links come in
 * @files: (element-type GFile): files of links from another program
 *
 * Reads the files, then goes on as bobbin_intake_take() does; links stand for
 * themselves.
 */
void
bobbin_intake_take_files (BobbinIntake *self, GListModel *files)
{
  bobbin_incoming_read_files_async (files, self->cancellable, files_taken_cb, self);
}

static void
pasted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BobbinIntake *self = user_data;
  g_autoptr (BobbinIncoming) incoming = bobbin_incoming_read_finish (result, NULL);
  g_autofree char *problem = NULL;

  if (incoming == NULL)
    return;
  problem = bobbin_incoming_dup_problem (incoming);
  if (bobbin_incoming_has_links (incoming))
    bobbin_intake_add (self, incoming);
  else
    bobbin_window_tell (self->window, problem != NULL ? problem : _ ("No links on the clipboard"));
}

/**
 * bobbin_intake_paste:
 * @self: where links come in
 *
 * Adds what is on the clipboard.
 */
void
bobbin_intake_paste (BobbinIntake *self)
{
  bobbin_incoming_read_clipboard_async (gtk_widget_get_clipboard (GTK_WIDGET (self->window)),
                                        self->cancellable, pasted_cb, self);
}

static void
files_chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BobbinIntake *self = user_data;
  g_autoptr (BobbinIncoming) incoming = bobbin_incoming_read_finish (result, NULL);

  if (incoming != NULL && !tell_problem (self, incoming))
    bobbin_intake_add (self, incoming);
}

static void
chosen_cb (BobbinIntake *self, int response)
{
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (self->chooser));
      bobbin_incoming_read_files_async (files, self->cancellable, files_chosen_cb, self);
    }
  drop_chooser (self);
}

/**
 * bobbin_intake_choose:
 * @self: where links come in
 *
 * Lets the person choose files of links.
 */
void
bobbin_intake_choose (BobbinIntake *self)
{
  drop_chooser (self);
  self->chooser = gtk_file_chooser_native_new (_ ("Open Files of Links"), GTK_WINDOW (self->window),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/**
 * bobbin_intake_list_is_back:
 * @self: where links come in
 *
 * Goes on with what came before the list was back.
 */
void
bobbin_intake_list_is_back (BobbinIntake *self)
{
  g_autoptr (BobbinIncoming) early = g_steal_pointer (&self->early);

  if (early == NULL)
    return;
  if (self->early_is_asked)
    bobbin_intake_add (self, early);
  else
    bobbin_intake_take (self, early);
}
