/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-dialog.h"
#include "bobbin-add-options.h"
#include "bobbin-add-order.h"
#include "bobbin-add-preview.h"
#include "bobbin-add-reader.h"
#include "bobbin-add-source-list.h"
#include "bobbin-add-summary.h"
#include "bobbin-choices.h"
#include "bobbin-drop-sheet.h"
#include "bobbin-folder-row.h"
#include "bobbin-incoming-reader.h"
#include "bobbin-link-view.h"

#include <glib/gi18n.h>

/* The text is read this many milliseconds after the last key. */
#define READ_AFTER 150

typedef enum
{
  WANTED_NOTHING,
  WANTED_DOWNLOAD,
  WANTED_PAUSED,
} Wanted;

struct _BobbinAddDialog
{
  AdwWindow parent_instance;

  BobbinQueue *queue;      /* owned */
  GSettings *settings;     /* owned */
  BobbinAddReader *reader; /* owned */
  BobbinAddFiles *files;   /* owned; what the text was understood as last */
  guint read_timer;        /* source */
  gboolean is_read;        /* whether @files is about the text, folder and name shown */
  Wanted wanted;           /* what the person pressed; done as soon as the text is read */
  guint max_expanded;      /* how many links the patterns may make: more than usual once the person agreed */
  GCancellable *preparing; /* owned; while the links are on their way into the list */
  GCancellable *pasting;   /* owned */

  GtkWidget *toasts;
  GtkWidget *content;
  GtkWidget *link_view;
  GtkWidget *source_list;
  GtkWidget *summary;
  GtkWidget *folder_row;
  GtkWidget *preview;
  GtkWidget *options;
  GtkWidget *drop_sheet;
};

G_DEFINE_FINAL_TYPE (BobbinAddDialog, bobbin_add_dialog, ADW_TYPE_WINDOW)

static void
complain (BobbinAddDialog *self, const char *words)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), adw_toast_new (markup));
}

static void
set_enabled (BobbinAddDialog *self, gboolean enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "add.download", enabled);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "add.paused", enabled);
}

static gboolean
close_window (gpointer data)
{
  gtk_window_close (GTK_WINDOW (data));
  return G_SOURCE_REMOVE;
}

static void
let_edit (BobbinAddDialog *self, gboolean edit)
{
  /* A field would wait for the focus to leave it. */
  if (!edit)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (self->content, edit);
  set_enabled (self, edit);
  if (edit)
    gtk_widget_grab_focus (self->link_view);
}

static void
on_placed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BobbinAddDialog) self = data;
  g_autoptr (GError) error = NULL;

  bobbin_add_order_place_finish (result, &error);
  if (self->settings == NULL) /* closed meanwhile */
    return;

  if (error != NULL)
    {
      g_clear_object (&self->preparing);
      self->wanted = WANTED_NOTHING;
      let_edit (self, TRUE);
      complain (self, error->message);
      return;
    }
  bobbin_choices_set_folder (self->settings,
                             bobbin_folder_row_get_folder (BOBBIN_FOLDER_ROW (self->folder_row)));
  /* To take ten thousand links out of the dialog takes as long as to put them into the list, so it has a
   * turn of its own; until then @preparing keeps the links from being added twice. */
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, close_window, g_object_ref (self), g_object_unref);
}

static void
place_order (BobbinAddDialog *self)
{
  BobbinAddOptions *options = BOBBIN_ADD_OPTIONS (self->options);
  g_autoptr (BobbinAddOrder) order = bobbin_add_order_new (self->files);

  if (!bobbin_add_options_fill_order (options, order))
    {
      self->wanted = WANTED_NOTHING;
      return;
    }

  bobbin_add_options_sign_in (options, order->plan, bobbin_queue_get_settings (self->queue)->credentials);
  let_edit (self, FALSE);
  self->preparing = g_cancellable_new ();
  bobbin_add_order_place_async (g_steal_pointer (&order), self->queue, self->wanted == WANTED_PAUSED,
                                self->preparing, on_placed, g_object_ref (self));
}

static void
show_selected (BobbinAddDialog *self)
{
  set_enabled (self, bobbin_add_files_get_n_selected (self->files) > 0 && self->preparing == NULL);
}

static void
show_validity (BobbinAddDialog *self, const BobbinAddPlan *plan)
{
  gboolean invalid = bobbin_add_plan_get_n_links (plan) == 0 && bobbin_add_plan_get_n_bad (plan) > 0;

  gtk_accessible_update_state (GTK_ACCESSIBLE (self->link_view), GTK_ACCESSIBLE_STATE_INVALID,
                               invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static guint64
get_n_pending (BobbinAddDialog *self)
{
  return bobbin_links_get_n_pending (
      bobbin_add_plan_get_text_links (bobbin_add_files_get_plan (self->files)));
}

static void
read_text (BobbinAddDialog *self)
{
  g_autofree char *text = bobbin_link_view_dup_text (BOBBIN_LINK_VIEW (self->link_view));
  g_autoptr (BobbinNaming) naming = bobbin_choices_dup_naming (self->settings);
  const BobbinAddRequest request = {
    .text = text,
    .max_expanded = self->max_expanded,
    .sources = bobbin_add_source_list_get_sources (BOBBIN_ADD_SOURCE_LIST (self->source_list)),
    .folder = bobbin_folder_row_get_folder (BOBBIN_FOLDER_ROW (self->folder_row)),
    .name = bobbin_add_options_get_name (BOBBIN_ADD_OPTIONS (self->options)),
    .naming = naming,
  };

  g_clear_handle_id (&self->read_timer, g_source_remove);
  self->is_read = FALSE;
  bobbin_add_reader_read (self->reader, &request);
}

static void
make_links (BobbinAddDialog *self)
{
  const BobbinAddPlan *plan = bobbin_add_files_get_plan (self->files);
  guint64 n_links = get_n_pending (self) + bobbin_links_get_n_links (bobbin_add_plan_get_text_links (plan));

  self->max_expanded = (guint) CLAMP (n_links, BOBBIN_PATTERN_ASK, BOBBIN_PATTERN_MAX);
  read_text (self);
}

static void
on_answer (BobbinAddDialog *self, const char *response)
{
  if (g_str_equal (response, "make"))
    make_links (self);
  else
    self->wanted = WANTED_NOTHING;
}

/* Somebody who wants the links is not left without most of them. */
static void
ask_for_links (BobbinAddDialog *self)
{
  guint n_links = (guint) MIN (get_n_pending (self), G_MAXUINT);
  g_autofree char *heading
      = g_strdup_printf (ngettext ("Make %'u Link?", "Make %'u Links?", n_links), n_links);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading,
                                              _ ("That is how many the patterns in the text stand for."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "make",
                                    _ ("_Make Links"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "make", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "make");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_text_read (BobbinAddDialog *self, BobbinAddFiles *files)
{
  const BobbinAddPlan *plan = bobbin_add_files_get_plan (files);

  self->is_read = TRUE;
  g_set_object (&self->files, files);
  bobbin_add_preview_show (BOBBIN_ADD_PREVIEW (self->preview), files);
  bobbin_link_view_mark (BOBBIN_LINK_VIEW (self->link_view), files);
  bobbin_add_source_list_update (BOBBIN_ADD_SOURCE_LIST (self->source_list));
  bobbin_add_summary_show (BOBBIN_ADD_SUMMARY (self->summary), files);
  bobbin_add_options_show_plan (BOBBIN_ADD_OPTIONS (self->options), plan);
  show_validity (self, plan);
  show_selected (self);

  if (self->wanted != WANTED_NOTHING && get_n_pending (self) > 0)
    ask_for_links (self);
  else if (self->wanted != WANTED_NOTHING && bobbin_add_files_get_n_selected (files) > 0)
    place_order (self);
  else
    self->wanted = WANTED_NOTHING;
}

static void
on_progress (BobbinAddDialog *self, int permille)
{
  bobbin_add_summary_show_progress (BOBBIN_ADD_SUMMARY (self->summary), permille);
}

/* What takes too long is what was not read yet, or the many links of a pattern. */
static void
stop_reading (BobbinAddDialog *self)
{
  self->wanted = WANTED_NOTHING;
  self->max_expanded = BOBBIN_PATTERN_ASK;
  bobbin_add_source_list_drop_unread (BOBBIN_ADD_SOURCE_LIST (self->source_list));
  read_text (self);
}

static gboolean
on_read_timer (gpointer data)
{
  BobbinAddDialog *self = data;

  if (bobbin_link_view_is_filling (BOBBIN_LINK_VIEW (self->link_view)))
    return G_SOURCE_CONTINUE;

  self->read_timer = 0;
  read_text (self);
  return G_SOURCE_REMOVE;
}

static void
read_text_soon (BobbinAddDialog *self)
{
  bobbin_add_reader_cancel (self->reader);
  g_clear_handle_id (&self->read_timer, g_source_remove);
  self->is_read = FALSE;
  self->read_timer = g_timeout_add (READ_AFTER, on_read_timer, self);
}

static void
add_wanted (BobbinAddDialog *self, Wanted wanted)
{
  gboolean is_pending = self->is_read && get_n_pending (self) > 0;

  if (self->preparing != NULL
      || (self->is_read && !is_pending && bobbin_add_files_get_n_selected (self->files) == 0))
    return;

  self->wanted = wanted;
  if (is_pending)
    ask_for_links (self);
  else if (self->is_read)
    place_order (self);
  else if (self->read_timer != 0 && !bobbin_link_view_is_filling (BOBBIN_LINK_VIEW (self->link_view)))
    read_text (self);
}

static void
on_download (GtkWidget *widget, const char *action, GVariant *parameter)
{
  add_wanted (BOBBIN_ADD_DIALOG (widget), WANTED_DOWNLOAD);
}

static void
on_paused (GtkWidget *widget, const char *action, GVariant *parameter)
{
  add_wanted (BOBBIN_ADD_DIALOG (widget), WANTED_PAUSED);
}

static void
add_sources (BobbinAddDialog *self, const BobbinIncoming *incoming)
{
  GPtrArray *sources = bobbin_incoming_get_sources (incoming);
  g_autofree char *problem = bobbin_incoming_dup_problem (incoming);

  for (guint i = 0; i < sources->len; i++)
    bobbin_add_source_list_add (BOBBIN_ADD_SOURCE_LIST (self->source_list), sources->pdata[i]);
  if (problem != NULL)
    complain (self, problem);
  if (sources->len > 0 && !bobbin_link_view_is_filling (BOBBIN_LINK_VIEW (self->link_view)))
    read_text (self);
}

static void
on_pasted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BobbinAddDialog) self = data;
  g_autoptr (BobbinIncoming) incoming = bobbin_incoming_read_finish (result, NULL);

  if (incoming == NULL || self->preparing != NULL)
    return;
  if (*bobbin_incoming_get_text (incoming) != '\0')
    bobbin_link_view_paste (BOBBIN_LINK_VIEW (self->link_view), bobbin_incoming_get_text (incoming));
  add_sources (self, incoming);
}

static void
paste_wanted (BobbinAddDialog *self)
{
  bobbin_incoming_read_clipboard_async (gtk_widget_get_clipboard (self->link_view), self->pasting, on_pasted,
                                        g_object_ref (self));
}

static void
line_wanted (BobbinAddDialog *self, guint line)
{
  bobbin_link_view_show_line (BOBBIN_LINK_VIEW (self->link_view), line);
}

/* However the dialog goes, by itself or with its parent, this comes first; dispose waits for the tasks that
 * are to be cancelled. Links that are on their way into the list arrive there. */
static void
bobbin_add_dialog_unrealize (GtkWidget *widget)
{
  BobbinAddDialog *self = BOBBIN_ADD_DIALOG (widget);

  g_cancellable_cancel (self->preparing);
  g_cancellable_cancel (self->pasting);
  GTK_WIDGET_CLASS (bobbin_add_dialog_parent_class)->unrealize (widget);
}

static void
bobbin_add_dialog_dispose (GObject *object)
{
  BobbinAddDialog *self = BOBBIN_ADD_DIALOG (object);

  g_clear_handle_id (&self->read_timer, g_source_remove);
  if (self->reader != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->reader, self);
      bobbin_add_reader_cancel (self->reader);
    }
  g_clear_object (&self->reader);
  g_clear_object (&self->files);
  g_clear_object (&self->preparing);
  g_clear_object (&self->pasting);
  g_clear_object (&self->settings);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (bobbin_add_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-add-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, content);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, link_view);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, source_list);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, folder_row);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, options);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, drop_sheet);
  gtk_widget_class_bind_template_callback (widget_class, bobbin_add_dialog_add);
  gtk_widget_class_bind_template_callback (widget_class, line_wanted);
  gtk_widget_class_bind_template_callback (widget_class, make_links);
  gtk_widget_class_bind_template_callback (widget_class, paste_wanted);
  gtk_widget_class_bind_template_callback (widget_class, read_text);
  gtk_widget_class_bind_template_callback (widget_class, read_text_soon);
  gtk_widget_class_bind_template_callback (widget_class, show_selected);
  gtk_widget_class_bind_template_callback (widget_class, stop_reading);
}

static void
bobbin_add_dialog_class_init (BobbinAddDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_add_dialog_dispose;
  widget_class->unrealize = bobbin_add_dialog_unrealize;

  g_type_ensure (BOBBIN_TYPE_LINK_VIEW);
  g_type_ensure (BOBBIN_TYPE_ADD_PREVIEW);
  g_type_ensure (BOBBIN_TYPE_ADD_SOURCE_LIST);
  g_type_ensure (BOBBIN_TYPE_ADD_SUMMARY);
  g_type_ensure (BOBBIN_TYPE_FOLDER_ROW);
  g_type_ensure (BOBBIN_TYPE_ADD_OPTIONS);
  g_type_ensure (BOBBIN_TYPE_DROP_SHEET);
  bind_template (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_install_action (widget_class, "add.download", NULL, on_download);
  gtk_widget_class_install_action (widget_class, "add.paused", NULL, on_paused);
  /* Always enabled: a quick hand presses Ctrl+Return before the text is read. */
  gtk_widget_class_install_action (widget_class, "add.download-when-read", NULL, on_download);
}

static void
bobbin_add_dialog_init (BobbinAddDialog *self)
{
  self->max_expanded = BOBBIN_PATTERN_ASK;
  self->pasting = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  set_enabled (self, FALSE);
  bobbin_drop_sheet_attach (BOBBIN_DROP_SHEET (self->drop_sheet), GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->link_view)), "changed",
                           G_CALLBACK (read_text_soon), self, G_CONNECT_SWAPPED);
}

/**
 * bobbin_add_dialog_new:
 * @parent: the window that it belongs to
 * @queue: where the links go
 * @settings: the settings of Bobbin
 *
 * Makes the dialog. Show it with gtk_window_present(); it closes itself.
 *
 * Returns: (transfer none): the dialog, owned by GTK
 */
BobbinAddDialog *
bobbin_add_dialog_new (GtkWindow *parent, BobbinQueue *queue, GSettings *settings)
{
  BobbinAddDialog *self = g_object_new (BOBBIN_TYPE_ADD_DIALOG, "transient-for", parent, NULL);
  g_autofree char *folder = bobbin_choices_dup_folder (settings);

  self->queue = g_object_ref (queue);
  self->settings = g_object_ref (settings);
  self->reader = bobbin_add_reader_new (queue);
  g_signal_connect_object (self->reader, "read", G_CALLBACK (on_text_read), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reader, "progress", G_CALLBACK (on_progress), self, G_CONNECT_SWAPPED);
  bobbin_folder_row_set_folder (BOBBIN_FOLDER_ROW (self->folder_row), folder);
  return self;
}

/**
 * bobbin_add_dialog_add:
 * @self: the dialog
 * @incoming: what came from outside
 *
 * Adds links to those in the dialog.
 */
void
bobbin_add_dialog_add (BobbinAddDialog *self, const BobbinIncoming *incoming)
{
  BobbinLinkView *view = BOBBIN_LINK_VIEW (self->link_view);

  if (self->preparing != NULL)
    return;
  if (*bobbin_incoming_get_text (incoming) != '\0')
    bobbin_link_view_append (view, bobbin_incoming_get_text (incoming));
  add_sources (self, incoming);
  if (!self->is_read && !bobbin_link_view_is_filling (view))
    read_text (self);
}
