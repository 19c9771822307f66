/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-download-list.h"

#include "bobbin-context-menu.h"
#include "bobbin-launch.h"
#include "bobbin-lazy-rows.h"
#include "bobbin-list-actions.h"
#include "bobbin-row.h"
#include "bobbin-selection.h"
#include "bobbin-trust-dialog.h"

#include <glib/gi18n.h>

struct _BobbinDownloadList
{
  GtkWidget parent_instance;

  BobbinQueue *queue;
  BobbinThumbnails *thumbnails;
  GtkSelectionModel *selection;
  BobbinLazyRows *lazy_rows;

  GtkListView *list_view;
  GMenuModel *context_model;
  BobbinContextMenu *context_menu; /* NULL before it was first needed */
};

enum
{
  SIGNAL_NOTICE,
  SIGNAL_REMOVED,
  SIGNAL_SIGN_IN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinDownloadList, bobbin_download_list, GTK_TYPE_WIDGET)

/* Returns: (nullable): the row that has the focus, or whose button has it */
static BobbinRow *
get_focus_row (BobbinDownloadList *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *child = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;
  GtkWidget *row = NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list_view)))
    return NULL;
  row = child != NULL && BOBBIN_IS_ROW (child) ? child : gtk_widget_get_ancestor (focus, BOBBIN_TYPE_ROW);
  return row != NULL ? BOBBIN_ROW (row) : NULL;
}

/**
 * bobbin_download_list_dup_targets:
 * @self: a list
 *
 * Returns: (transfer full) (element-type BobbinDownload): what keys and menu act
 *   on: the selection, or without one what has the focus
 */
GPtrArray *
bobbin_download_list_dup_targets (BobbinDownloadList *self)
{
  GPtrArray *downloads = bobbin_selection_dup (self->selection);
  BobbinRow *row = get_focus_row (self);

  if (downloads->len == 0 && row != NULL && bobbin_row_get_download (row) != NULL)
    g_ptr_array_add (downloads, g_object_ref (bobbin_row_get_download (row)));
  return downloads;
}

/**
 * bobbin_download_list_get_queue:
 * @self: a list
 *
 * Returns: (transfer none): the queue that the downloads are in
 */
BobbinQueue *
bobbin_download_list_get_queue (BobbinDownloadList *self)
{
  return self->queue;
}

/**
 * bobbin_download_list_tell:
 * @self: a list
 * @text: what to say in passing
 *
 * Emits "notice". Main thread.
 */
void
bobbin_download_list_tell (BobbinDownloadList *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_NOTICE], 0, text);
}

static void
opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BobbinDownloadList) self = user_data;
  g_autoptr (GError) error = NULL;

  if (bobbin_launch_finish (result, &error))
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    bobbin_download_list_tell (self, _ ("Programs are not started from here"));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    bobbin_download_list_tell (self, _ ("The file is not there any more"));
  else
    bobbin_download_list_tell (self, _ ("No program to open it with"));
}

static void
open_file (BobbinDownloadList *self, BobbinDownload *download)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *path = bobbin_download_dup_path (download);

  if (bobbin_download_get_state (download) == BOBBIN_STATE_FINISHED && path != NULL)
    bobbin_launch_file_async (window, path, opened_cb, g_object_ref (self));
}

static void
open_folder (BobbinDownloadList *self, GPtrArray *downloads)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autoptr (GPtrArray) paths = bobbin_selection_dup_paths (downloads);

  if (paths->len > 0)
    bobbin_launch_folder_async (window, paths, opened_cb, g_object_ref (self));
}

static void
pause_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BobbinDownloadList *self = BOBBIN_DOWNLOAD_LIST (widget);
  g_autoptr (GPtrArray) downloads = bobbin_download_list_dup_targets (self);

  bobbin_queue_pause_many (self->queue, downloads);
}

static void
resume_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BobbinDownloadList *self = BOBBIN_DOWNLOAD_LIST (widget);
  g_autoptr (GPtrArray) downloads = bobbin_download_list_dup_targets (self);

  bobbin_queue_resume_many (self->queue, downloads);
}

static void
retry_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BobbinDownloadList *self = BOBBIN_DOWNLOAD_LIST (widget);
  g_autoptr (GPtrArray) downloads = bobbin_download_list_dup_targets (self);

  bobbin_queue_retry_many (self->queue, downloads);
}

static void
sign_in_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GPtrArray) downloads = bobbin_download_list_dup_targets (BOBBIN_DOWNLOAD_LIST (widget));

  if (bobbin_selection_can_sign_in (downloads))
    g_signal_emit (widget, signals[SIGNAL_SIGN_IN], 0, g_ptr_array_index (downloads, 0));
}

static void
trust_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BobbinDownloadList *self = BOBBIN_DOWNLOAD_LIST (widget);
  g_autoptr (GPtrArray) downloads = bobbin_download_list_dup_targets (self);

  if (bobbin_selection_can_trust (downloads))
    bobbin_trust_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->queue,
                                 g_ptr_array_index (downloads, 0));
}

static void
open_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BobbinDownloadList *self = BOBBIN_DOWNLOAD_LIST (widget);
  g_autoptr (GPtrArray) downloads = bobbin_download_list_dup_targets (self);

  if (downloads->len == 1)
    open_file (self, g_ptr_array_index (downloads, 0));
}

static void
open_folder_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BobbinDownloadList *self = BOBBIN_DOWNLOAD_LIST (widget);
  g_autoptr (GPtrArray) downloads = bobbin_download_list_dup_targets (self);

  open_folder (self, downloads);
}

static void
copy_link_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BobbinDownloadList *self = BOBBIN_DOWNLOAD_LIST (widget);
  g_autoptr (GPtrArray) downloads = bobbin_download_list_dup_targets (self);
  g_autofree char *uris = bobbin_selection_join_uris (downloads);

  if (downloads->len == 0)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), uris);
  bobbin_download_list_tell (self, ngettext ("Link copied", "Links copied", downloads->len));
}

static void
remove_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BobbinDownloadList *self = BOBBIN_DOWNLOAD_LIST (widget);
  g_autoptr (GPtrArray) downloads = bobbin_download_list_dup_targets (self);

  if (downloads->len == 0)
    return;
  bobbin_queue_remove (self->queue, downloads);
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0, downloads);
}

/* What cannot be opened yet can be looked at. */
static void
activate_cb (BobbinDownloadList *self, guint position)
{
  g_autoptr (BobbinDownload) download = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (download != NULL && bobbin_download_get_state (download) == BOBBIN_STATE_FINISHED)
    open_file (self, download);
  else if (download != NULL)
    {
      gtk_selection_model_select_item (self->selection, position, TRUE);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.details", NULL);
    }
}

/* The button of a row acts on its row alone, whatever is selected. */
static void
row_activated_cb (BobbinDownloadList *self, BobbinRow *row)
{
  g_autoptr (GPtrArray) downloads = g_ptr_array_new ();

  g_ptr_array_add (downloads, bobbin_row_get_download (row));
  if (bobbin_selection_has_finished (downloads))
    open_folder (self, downloads);
  else if (bobbin_selection_can_sign_in (downloads))
    g_signal_emit (self, signals[SIGNAL_SIGN_IN], 0, bobbin_row_get_download (row));
  else if (bobbin_selection_can_retry (downloads))
    bobbin_queue_retry_many (self->queue, downloads);
  else
    bobbin_selection_pause_or_resume (downloads, self->queue);
}

static void
pop_up_menu (BobbinDownloadList *self, GtkWidget *at, double x, double y)
{
  g_autoptr (GPtrArray) downloads = bobbin_download_list_dup_targets (self);

  if (self->context_menu == NULL)
    self->context_menu = bobbin_context_menu_new (GTK_WIDGET (self), self->context_model);
  bobbin_context_menu_pop_up (self->context_menu, downloads, at, x, y);
}

static void
menu_wanted_cb (GtkWidget *row, double x, double y, GtkListItem *item)
{
  BobbinDownloadList *self = BOBBIN_DOWNLOAD_LIST (gtk_widget_get_ancestor (row, BOBBIN_TYPE_DOWNLOAD_LIST));
  const guint position = gtk_list_item_get_position (item);

  if (!gtk_selection_model_is_selected (self->selection, position))
    gtk_selection_model_select_item (self->selection, position, TRUE);
  pop_up_menu (self, row, x, y);
}

/* From the keyboard the menu opens at the row that has the focus. */
static gboolean
menu_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  BobbinDownloadList *self = BOBBIN_DOWNLOAD_LIST (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *at = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list_view))
                      ? focus
                      : GTK_WIDGET (self->list_view);

  pop_up_menu (self, at, 60, at == focus ? gtk_widget_get_height (at) / 2.0 : 30);
  return GDK_EVENT_STOP;
}

static gboolean
space_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  BobbinDownloadList *self = user_data;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  g_autoptr (GPtrArray) downloads = NULL;

  /* A button that has the focus takes the key itself. */
  if (focus != NULL && GTK_IS_BUTTON (focus))
    return GDK_EVENT_PROPAGATE;
  downloads = bobbin_download_list_dup_targets (self);
  bobbin_selection_pause_or_resume (downloads, self->queue);
  return GDK_EVENT_STOP;
}

static gboolean
select_none_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  BobbinDownloadList *self = user_data;

  return gtk_selection_model_unselect_all (self->selection);
}

static void
add_shortcut (GtkEventController *controller, guint key, GdkModifierType modifiers, GtkShortcutAction *action)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers), action));
}

/* Before the list takes them: it would select with Space. */
static void
add_keys (BobbinDownloadList *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_shortcut (keys, GDK_KEY_space, 0, gtk_callback_action_new (space_cb, self, NULL));
  add_shortcut (keys, GDK_KEY_KP_Space, 0, gtk_callback_action_new (space_cb, self, NULL));
  add_shortcut (keys, GDK_KEY_Delete, 0, gtk_named_action_new ("list.remove"));
  add_shortcut (keys, GDK_KEY_KP_Delete, 0, gtk_named_action_new ("list.remove"));
  add_shortcut (keys, GDK_KEY_r, GDK_CONTROL_MASK, gtk_named_action_new ("list.retry"));
  add_shortcut (keys, GDK_KEY_c, GDK_CONTROL_MASK, gtk_named_action_new ("list.copy-link"));
  add_shortcut (keys, GDK_KEY_Escape, 0, gtk_callback_action_new (select_none_cb, self, NULL));
  bobbin_list_actions_add_keys (GTK_SHORTCUT_CONTROLLER (keys));
  gtk_widget_add_controller (GTK_WIDGET (self->list_view), keys);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, BobbinDownloadList *self)
{
  GtkWidget *row = bobbin_row_new (self->queue, self->thumbnails);

  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (row, "menu-wanted", G_CALLBACK (menu_wanted_cb), item);
  gtk_list_item_set_child (item, row);
  bobbin_lazy_rows_add (self->lazy_rows, row);
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, BobbinDownloadList *self)
{
  bobbin_row_set_download (BOBBIN_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
  bobbin_lazy_rows_look (self->lazy_rows);
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, BobbinDownloadList *self)
{
  bobbin_row_set_download (BOBBIN_ROW (gtk_list_item_get_child (item)), NULL);
}

static gboolean
fill_row (GtkWidget *row)
{
  return bobbin_row_fill (BOBBIN_ROW (row));
}

static GtkListItemFactory *
create_factory (BobbinDownloadList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_row_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_row_cb), self, 0);
  return factory;
}

static gboolean
bobbin_download_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BOBBIN_DOWNLOAD_LIST (widget)->list_view));
}

/* Every tile gives up its picture with its row, then the thread is joined. */
static void
bobbin_download_list_dispose (GObject *object)
{
  BobbinDownloadList *self = BOBBIN_DOWNLOAD_LIST (object);
  GtkWidget *child;

  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);
  g_clear_pointer (&self->lazy_rows, bobbin_lazy_rows_free);
  self->list_view = NULL;
  g_clear_object (&self->selection);
  g_clear_object (&self->context_menu);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  if (self->thumbnails != NULL)
    bobbin_thumbnails_stop (self->thumbnails);
  g_clear_object (&self->thumbnails);
  g_clear_object (&self->queue);
  G_OBJECT_CLASS (bobbin_download_list_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "list.pause", NULL, pause_cb);
  gtk_widget_class_install_action (widget_class, "list.resume", NULL, resume_cb);
  gtk_widget_class_install_action (widget_class, "list.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "list.sign-in", NULL, sign_in_cb);
  gtk_widget_class_install_action (widget_class, "list.trust", NULL, trust_cb);
  gtk_widget_class_install_action (widget_class, "list.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "list.open-folder", NULL, open_folder_cb);
  gtk_widget_class_install_action (widget_class, "list.copy-link", NULL, copy_link_cb);
  gtk_widget_class_install_action (widget_class, "list.remove", NULL, remove_cb);
  bobbin_list_actions_install (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
}

static void
bobbin_download_list_class_init (BobbinDownloadListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bobbin_download_list_dispose;
  widget_class->grab_focus = bobbin_download_list_grab_focus;
  signals[SIGNAL_NOTICE] = g_signal_new ("notice", BOBBIN_TYPE_DOWNLOAD_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", BOBBIN_TYPE_DOWNLOAD_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[SIGNAL_SIGN_IN] = g_signal_new ("sign-in", BOBBIN_TYPE_DOWNLOAD_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, BOBBIN_TYPE_DOWNLOAD);
  install_actions (widget_class);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-download-list.ui");
  gtk_widget_class_bind_template_child (widget_class, BobbinDownloadList, list_view);
  gtk_widget_class_bind_template_child (widget_class, BobbinDownloadList, context_model);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
bobbin_download_list_init (BobbinDownloadList *self)
{
  self->thumbnails = bobbin_thumbnails_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_keys (self);
}

/**
 * bobbin_download_list_set_up:
 * @self: a list
 * @queue: the queue that the downloads are in
 * @rows: (element-type BobbinDownload): those to show, in their order
 *
 * Connects the list. Call it once. Main thread.
 */
void
bobbin_download_list_set_up (BobbinDownloadList *self, BobbinQueue *queue, GListModel *rows)
{
  g_autoptr (GtkListItemFactory) factory = create_factory (self);

  self->queue = g_object_ref (queue);
  self->lazy_rows = bobbin_lazy_rows_new (self->list_view, fill_row);
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (rows)));
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, self->selection);
}

/**
 * bobbin_download_list_get_selection:
 * @self: a list that is set up
 *
 * Returns: (transfer none): what is selected
 */
GtkSelectionModel *
bobbin_download_list_get_selection (BobbinDownloadList *self)
{
  return self->selection;
}

/**
 * bobbin_download_list_get_thumbnails:
 * @self: a list
 *
 * Returns: (transfer none): where its pictures come from
 */
BobbinThumbnails *
bobbin_download_list_get_thumbnails (BobbinDownloadList *self)
{
  return self->thumbnails;
}

/**
 * bobbin_download_list_update_waits:
 * @self: a list
 *
 * Looks again why the rows on screen wait. Main thread.
 */
void
bobbin_download_list_update_waits (BobbinDownloadList *self)
{
  for (GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->list_view)); item != NULL;
       item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (row != NULL)
        bobbin_row_update_wait (BOBBIN_ROW (row));
    }
}

/**
 * bobbin_download_list_scroll_to_top:
 * @self: a list
 *
 * Shows the first row. Main thread.
 */
void
bobbin_download_list_scroll_to_top (BobbinDownloadList *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.scroll-to-item", "u", 0);
}

/**
 * bobbin_download_list_select:
 * @self: a list
 * @download: a download
 *
 * Selects it alone and shows its row, if it has one. Main thread.
 */
void
bobbin_download_list_select (BobbinDownloadList *self, BobbinDownload *download)
{
  GListModel *rows = G_LIST_MODEL (self->selection);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (BobbinDownload) other = g_list_model_get_item (rows, i);

      if (other != download)
        continue;
      gtk_selection_model_select_item (self->selection, i, TRUE);
      gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.scroll-to-item", "u", i);
      return;
    }
}
