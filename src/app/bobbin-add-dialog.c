/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-dialog.h"
#include "bobbin-add-options.h"
#include "bobbin-add-reader.h"
#include "bobbin-add-row.h"
#include "bobbin-add-summary.h"
#include "bobbin-drop-sheet.h"
#include "bobbin-choices.h"
#include "bobbin-folder-row.h"
#include "bobbin-lazy-rows.h"
#include "bobbin-link-view.h"

#include <glib/gi18n.h>

/* The text is read this many milliseconds after the last key. */
#define READ_AFTER 150

/* A list of more files than these scrolls. */
#define FILES_SHOWN 9

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
  GCancellable *preparing; /* owned; while the links are made ready for the list */

  GtkWidget *toasts;
  GtkWidget *content;
  GtkWidget *link_view;
  GtkWidget *summary;
  GtkWidget *folder_row;
  GtkWidget *files_group;
  GtkWidget *selected_label;
  GtkWidget *files_scroller;
  GtkWidget *files_view;
  GtkNoSelection *files_model;
  BobbinLazyRows *lazy_rows; /* owned */
  GtkWidget *options;
  GtkWidget *drop_sheet;
};

G_DEFINE_FINAL_TYPE (BobbinAddDialog, bobbin_add_dialog, ADW_TYPE_WINDOW)

/* What becomes of the selected links. Made on the main thread, carried out on another one, which may wait
 * for a disk, and which has a hundred thousand links to copy if there are headers. */
typedef struct
{
  BobbinAddPlan *plan;
  gboolean *selection;
  char **headers; /* names and values in turn */
  char *folder;
} Order;

static void
order_free (Order *order)
{
  bobbin_add_plan_unref (order->plan);
  g_free (order->selection);
  g_strfreev (order->headers);
  g_free (order->folder);
  g_free (order);
}

static BobbinLink *
prepare_link (BobbinLink *link, char **headers)
{
  BobbinLink *copy;

  if (headers[0] == NULL)
    return bobbin_link_ref (link);

  copy = bobbin_link_copy (link);
  for (guint i = 0; headers[i] != NULL; i += 2)
    bobbin_link_add_header (copy, headers[i], headers[i + 1], NULL); /* it was tried out before */
  return copy;
}

static void
prepare_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Order *order = data;
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);
  GError *error = NULL;

  if (!bobbin_folder_make (order->folder, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < bobbin_add_plan_get_n_links (order->plan); i++)
    {
      if (order->selection[i])
        g_ptr_array_add (links, prepare_link (bobbin_add_plan_get_link (order->plan, i), order->headers));
    }
  g_task_return_pointer (task, g_steal_pointer (&links), (GDestroyNotify) g_ptr_array_unref);
}

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
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  BobbinAddDialog *self = BOBBIN_ADD_DIALOG (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) links = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) /* closed meanwhile */
    return;

  if (links == NULL)
    {
      g_clear_object (&self->preparing);
      self->wanted = WANTED_NOTHING;
      gtk_widget_set_sensitive (self->content, TRUE);
      set_enabled (self, TRUE);
      complain (self, error->message);
      return;
    }

  bobbin_queue_add (self->queue, links, self->wanted == WANTED_PAUSED);
  bobbin_choices_set_folder (self->settings,
                             bobbin_folder_row_get_folder (BOBBIN_FOLDER_ROW (self->folder_row)));
  /* To take ten thousand links out of the dialog takes as long as to put them into the list, so it has a
   * turn of its own; until then @preparing keeps the links from being added twice. */
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, close_window, g_object_ref (self), g_object_unref);
}

static void
place_order (BobbinAddDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) headers = NULL;
  g_autoptr (GTask) task = NULL;
  Order *order;

  if (!bobbin_add_options_get_headers (BOBBIN_ADD_OPTIONS (self->options), &headers, &error))
    {
      self->wanted = WANTED_NOTHING;
      complain (self, error->message);
      return;
    }

  order = g_new0 (Order, 1);
  order->plan = bobbin_add_plan_ref (bobbin_add_files_get_plan (self->files));
  order->selection = bobbin_add_files_dup_selection (self->files);
  order->headers = g_steal_pointer (&headers);
  order->folder = g_strdup (bobbin_folder_row_get_folder (BOBBIN_FOLDER_ROW (self->folder_row)));

  gtk_widget_set_sensitive (self->content, FALSE);
  set_enabled (self, FALSE);
  self->preparing = g_cancellable_new ();
  task = g_task_new (self, self->preparing, on_prepared, NULL);
  g_task_set_source_tag (task, place_order);
  g_task_set_task_data (task, order, (GDestroyNotify) order_free);
  g_task_run_in_thread (task, prepare_in_thread);
}

static void
show_selected (BobbinAddDialog *self)
{
  guint n_selected = bobbin_add_files_get_n_selected (self->files);
  guint n_links = bobbin_add_plan_get_n_links (bobbin_add_files_get_plan (self->files));
  g_autofree char *words = NULL;

  /* Translators: %'u files are selected of %'u files */
  words = g_strdup_printf (ngettext ("%'u of %'u selected", "%'u of %'u selected", n_links), n_selected,
                           n_links);
  gtk_label_set_label (GTK_LABEL (self->selected_label), words);
  set_enabled (self, n_selected > 0 && self->preparing == NULL);
}

static void
show_validity (BobbinAddDialog *self, const BobbinAddPlan *plan)
{
  gboolean invalid = bobbin_add_plan_get_n_links (plan) == 0 && bobbin_add_plan_get_n_bad (plan) > 0;

  gtk_accessible_update_state (GTK_ACCESSIBLE (self->link_view), GTK_ACCESSIBLE_STATE_INVALID,
                               invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
on_text_read (BobbinAddDialog *self, BobbinAddFiles *files)
{
  const BobbinAddPlan *plan = bobbin_add_files_get_plan (files);
  guint n_links = bobbin_add_plan_get_n_links (plan);

  self->is_read = TRUE;
  g_set_object (&self->files, files);
  g_signal_connect_object (files, "notify::n-selected", G_CALLBACK (show_selected), self, G_CONNECT_SWAPPED);
  gtk_no_selection_set_model (self->files_model, G_LIST_MODEL (files));
  /* A list that need not scroll has no room for a scroll bar, which may be higher than a single row. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->files_scroller), GTK_POLICY_NEVER,
                                  n_links > FILES_SHOWN ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  gtk_widget_set_visible (self->files_group, n_links > 0);
  bobbin_link_view_mark (BOBBIN_LINK_VIEW (self->link_view), files);
  bobbin_add_summary_show (BOBBIN_ADD_SUMMARY (self->summary), files);
  bobbin_add_options_set_single (BOBBIN_ADD_OPTIONS (self->options), n_links == 1);
  show_validity (self, plan);
  show_selected (self);

  if (self->wanted != WANTED_NOTHING && bobbin_add_files_get_n_selected (files) > 0)
    place_order (self);
  else
    self->wanted = WANTED_NOTHING;
}

static void
read_text (BobbinAddDialog *self)
{
  g_clear_handle_id (&self->read_timer, g_source_remove);
  self->is_read = FALSE;
  bobbin_add_reader_read (self->reader, bobbin_link_view_dup_text (BOBBIN_LINK_VIEW (self->link_view)),
                          bobbin_folder_row_get_folder (BOBBIN_FOLDER_ROW (self->folder_row)),
                          bobbin_add_options_get_name (BOBBIN_ADD_OPTIONS (self->options)));
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
  if (self->preparing != NULL || (self->is_read && bobbin_add_files_get_n_selected (self->files) == 0))
    return;

  self->wanted = wanted;
  if (self->is_read)
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
line_wanted (BobbinAddDialog *self, guint line)
{
  bobbin_link_view_show_line (BOBBIN_LINK_VIEW (self->link_view), line);
}

static void
file_activated (BobbinAddDialog *self, guint position)
{
  g_autoptr (BobbinAddFile) file = g_list_model_get_item (G_LIST_MODEL (self->files), position);

  bobbin_add_file_set_selected (file, !bobbin_add_file_get_selected (file));
}

static gboolean
fill_row (GtkWidget *row)
{
  return bobbin_add_row_fill (BOBBIN_ADD_ROW (row));
}

static void
row_setup (BobbinAddDialog *self, GtkListItem *item)
{
  GtkWidget *row = bobbin_add_row_new ();

  gtk_list_item_set_child (item, row);
  bobbin_lazy_rows_add (self->lazy_rows, row);
}

static void
row_bind (BobbinAddDialog *self, GtkListItem *item)
{
  bobbin_add_row_set_file (BOBBIN_ADD_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
  bobbin_lazy_rows_look (self->lazy_rows);
}

static void
row_unbind (BobbinAddDialog *self, GtkListItem *item)
{
  bobbin_add_row_set_file (BOBBIN_ADD_ROW (gtk_list_item_get_child (item)), NULL);
}

/* However the dialog goes, by itself or with its parent, this comes first; dispose waits for the task that is
 * to be cancelled. */
static void
bobbin_add_dialog_unrealize (GtkWidget *widget)
{
  g_cancellable_cancel (BOBBIN_ADD_DIALOG (widget)->preparing);
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
  /* Rows may be let go of later than this, but none is made any more. */
  if (self->files_model != NULL)
    gtk_no_selection_set_model (self->files_model, NULL);
  g_clear_pointer (&self->lazy_rows, bobbin_lazy_rows_free);
  g_clear_object (&self->files);
  g_clear_object (&self->preparing);
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
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, folder_row);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, files_group);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, selected_label);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, files_scroller);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, files_view);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, files_model);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, options);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, drop_sheet);
  gtk_widget_class_bind_template_callback (widget_class, bobbin_add_dialog_add_text);
  gtk_widget_class_bind_template_callback (widget_class, complain);
  gtk_widget_class_bind_template_callback (widget_class, line_wanted);
  gtk_widget_class_bind_template_callback (widget_class, read_text);
  gtk_widget_class_bind_template_callback (widget_class, read_text_soon);
  gtk_widget_class_bind_template_callback (widget_class, row_setup);
  gtk_widget_class_bind_template_callback (widget_class, row_bind);
  gtk_widget_class_bind_template_callback (widget_class, row_unbind);
  gtk_widget_class_bind_template_callback (widget_class, file_activated);
}

static void
bobbin_add_dialog_class_init (BobbinAddDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_add_dialog_dispose;
  widget_class->unrealize = bobbin_add_dialog_unrealize;

  g_type_ensure (BOBBIN_TYPE_LINK_VIEW);
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
  gtk_widget_init_template (GTK_WIDGET (self));
  self->lazy_rows = bobbin_lazy_rows_new (GTK_LIST_VIEW (self->files_view), fill_row);
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
  bobbin_folder_row_set_folder (BOBBIN_FOLDER_ROW (self->folder_row), folder);
  return self;
}

/**
 * bobbin_add_dialog_add_text:
 * @self: the dialog
 * @text: UTF-8
 *
 * Adds links to those in the dialog.
 */
void
bobbin_add_dialog_add_text (BobbinAddDialog *self, const char *text)
{
  BobbinLinkView *view = BOBBIN_LINK_VIEW (self->link_view);

  bobbin_link_view_append (view, text);
  if (!bobbin_link_view_is_filling (view))
    read_text (self);
}
