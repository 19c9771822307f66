/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-dialog.h"
#include "bobbin-add-filter.h"
#include "bobbin-add-options.h"
#include "bobbin-add-reader.h"
#include "bobbin-add-row.h"
#include "bobbin-add-source-list.h"
#include "bobbin-add-summary.h"
#include "bobbin-choices.h"
#include "bobbin-drop-sheet.h"
#include "bobbin-folder-row.h"
#include "bobbin-incoming-reader.h"
#include "bobbin-lazy-rows.h"
#include "bobbin-link-view.h"

#include <glib/gi18n.h>

/* The text is read this many milliseconds after the last key. */
#define READ_AFTER 150

/* A list of more files than these scrolls. */
#define FILES_SHOWN 9

/* So many links go into the list in one turn. */
#define LINKS_AT_A_TIME 2000

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
  GCancellable *preparing; /* owned; while the links are made ready for the list */
  GPtrArray *links;        /* owned; of BobbinLink; while they go into the list */
  guint n_added;           /* how many of them are there */
  guint adding;            /* idle source */
  GCancellable *pasting;   /* owned */

  GtkWidget *toasts;
  GtkWidget *content;
  GtkWidget *link_view;
  GtkWidget *source_list;
  GtkWidget *summary;
  GtkWidget *folder_row;
  GtkWidget *files_group;
  GtkWidget *selected_label;
  GtkWidget *filter;
  GtkWidget *filter_scroller;
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
} Order;

static void
order_free (Order *order)
{
  bobbin_add_plan_let_go (order->plan);
  g_free (order->selection);
  g_strfreev (order->headers);
  g_free (order);
}

static BobbinLink *
prepare_link (const Order *order, guint index)
{
  BobbinLink *link = bobbin_add_plan_dup_link (order->plan, index);

  for (guint i = 0; order->headers[i] != NULL; i += 2)
    bobbin_link_add_header (link, order->headers[i], order->headers[i + 1],
                            NULL); /* it was tried out before */
  return link;
}

static gboolean
make_folder (GHashTable *made, const char *folder, GError **error)
{
  if (g_hash_table_contains (made, folder))
    return TRUE;
  if (!bobbin_folder_make (folder, error))
    return FALSE;

  g_hash_table_add (made, g_strdup (folder));
  return TRUE;
}

static void
prepare_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Order *order = data;
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);
  g_autoptr (GHashTable) folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GError *error = NULL;

  for (guint i = 0; i < bobbin_add_plan_get_n_links (order->plan); i++)
    {
      BobbinLink *link;

      if (!order->selection[i])
        continue;
      link = prepare_link (order, i);
      g_ptr_array_add (links, link);
      if (g_cancellable_is_cancelled (cancellable)
          || !make_folder (folders, bobbin_link_get_folder (link), &error))
        break;
    }

  if (error != NULL)
    g_task_return_error (task, error);
  else
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

/* As many as a turn has time for. */
static gboolean
add_some (gpointer data)
{
  BobbinAddDialog *self = data;
  guint n_links = MIN (self->links->len - self->n_added, LINKS_AT_A_TIME);
  g_autoptr (GPtrArray) some = g_ptr_array_new_full (n_links, (GDestroyNotify) bobbin_link_unref);

  for (guint i = 0; i < n_links; i++)
    g_ptr_array_add (some, g_steal_pointer (&self->links->pdata[self->n_added + i]));
  self->n_added += n_links;
  bobbin_queue_add (self->queue, some, self->wanted == WANTED_PAUSED);
  if (self->n_added < self->links->len)
    return G_SOURCE_CONTINUE;

  self->adding = 0;
  g_ptr_array_set_free_func (self->links, NULL);
  g_clear_pointer (&self->links, g_ptr_array_unref);
  bobbin_choices_set_folder (self->settings,
                             bobbin_folder_row_get_folder (BOBBIN_FOLDER_ROW (self->folder_row)));
  /* To take ten thousand links out of the dialog takes as long as to put them into the list, so it has a
   * turn of its own; until then @preparing keeps the links from being added twice. */
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, close_window, g_object_ref (self), g_object_unref);
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

  self->links = g_steal_pointer (&links);
  self->n_added = 0;
  if (add_some (self))
    self->adding = g_idle_add (add_some, self);
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

/* A list that need not scroll has no room for a scroll bar, which may be higher than a single row. */
static void
set_scrolling (BobbinAddDialog *self)
{
  gboolean scrolls = g_list_model_get_n_items (G_LIST_MODEL (self->files)) > FILES_SHOWN;

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->files_scroller), GTK_POLICY_NEVER,
                                  scrolls ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  /* What is too high for the window scrolls as a whole, rather than in a gap. */
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->files_scroller),
                                              scrolls ? gtk_scrolled_window_get_max_content_height (
                                                  GTK_SCROLLED_WINDOW (self->files_scroller))
                                                      : -1);
}

static void
show_files (BobbinAddDialog *self, BobbinAddFiles *files)
{
  const BobbinAddPlan *plan = bobbin_add_files_get_plan (files);

  bobbin_add_filter_show_plan (BOBBIN_ADD_FILTER (self->filter), plan);
  bobbin_add_files_set_kinds (files, bobbin_add_filter_get_kinds (BOBBIN_ADD_FILTER (self->filter)));
  gtk_widget_set_visible (self->filter_scroller, bobbin_add_plan_is_mixed (plan));
  g_set_object (&self->files, files);
  g_signal_connect_object (files, "notify::n-selected", G_CALLBACK (show_selected), self, G_CONNECT_SWAPPED);
  gtk_no_selection_set_model (self->files_model, G_LIST_MODEL (files));
  set_scrolling (self);
  gtk_widget_set_visible (self->files_group, bobbin_add_plan_get_n_links (plan) > 0);
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
  const BobbinAddRequest request = {
    .text = text,
    .max_expanded = self->max_expanded,
    .sources = bobbin_add_source_list_get_sources (BOBBIN_ADD_SOURCE_LIST (self->source_list)),
    .folder = bobbin_folder_row_get_folder (BOBBIN_FOLDER_ROW (self->folder_row)),
    .name = bobbin_add_options_get_name (BOBBIN_ADD_OPTIONS (self->options)),
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
  guint64 n_links = get_n_pending (self);
  g_autofree char *heading = g_strdup_printf (ngettext ("Make %'" G_GUINT64_FORMAT " Link?",
                                                        "Make %'" G_GUINT64_FORMAT " Links?", n_links),
                                              n_links);
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
  show_files (self, files);
  bobbin_link_view_mark (BOBBIN_LINK_VIEW (self->link_view), files);
  bobbin_add_source_list_update (BOBBIN_ADD_SOURCE_LIST (self->source_list));
  bobbin_add_summary_show (BOBBIN_ADD_SUMMARY (self->summary), files);
  bobbin_add_options_set_single (BOBBIN_ADD_OPTIONS (self->options), bobbin_add_plan_get_n_links (plan) == 1);
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

static void
filter_changed (BobbinAddDialog *self)
{
  if (self->files == NULL)
    return;
  bobbin_add_files_set_kinds (self->files, bobbin_add_filter_get_kinds (BOBBIN_ADD_FILTER (self->filter)));
  set_scrolling (self);
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
  BobbinAddDialog *self = BOBBIN_ADD_DIALOG (widget);

  g_cancellable_cancel (self->preparing);
  g_cancellable_cancel (self->pasting);
  GTK_WIDGET_CLASS (bobbin_add_dialog_parent_class)->unrealize (widget);
}

/* The links that are on their way into the list arrive there. */
static gboolean
bobbin_add_dialog_close_request (GtkWindow *window)
{
  return BOBBIN_ADD_DIALOG (window)->adding != 0
         || GTK_WINDOW_CLASS (bobbin_add_dialog_parent_class)->close_request (window);
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
  g_clear_handle_id (&self->adding, g_source_remove);
  g_clear_pointer (&self->links, g_ptr_array_unref);
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
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, files_group);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, selected_label);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, filter);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, filter_scroller);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, files_scroller);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, files_view);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, files_model);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, options);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddDialog, drop_sheet);
  gtk_widget_class_bind_template_callback (widget_class, bobbin_add_dialog_add);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, line_wanted);
  gtk_widget_class_bind_template_callback (widget_class, make_links);
  gtk_widget_class_bind_template_callback (widget_class, paste_wanted);
  gtk_widget_class_bind_template_callback (widget_class, read_text);
  gtk_widget_class_bind_template_callback (widget_class, read_text_soon);
  gtk_widget_class_bind_template_callback (widget_class, stop_reading);
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
  GTK_WINDOW_CLASS (klass)->close_request = bobbin_add_dialog_close_request;
  widget_class->unrealize = bobbin_add_dialog_unrealize;

  g_type_ensure (BOBBIN_TYPE_LINK_VIEW);
  g_type_ensure (BOBBIN_TYPE_ADD_FILTER);
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
