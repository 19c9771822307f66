/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-preview.h"

#include "bobbin-add-filter.h"
#include "bobbin-add-row.h"
#include "bobbin-lazy-rows.h"

#include <glib/gi18n.h>

/* A list of more files than these scrolls. */
#define FILES_SHOWN 9

struct _BobbinAddPreview
{
  AdwPreferencesGroup parent_instance;

  BobbinAddFiles *files;     /* owned; NULL before the first */
  BobbinLazyRows *lazy_rows; /* owned */

  GtkWidget *selected_label;
  GtkWidget *all_check;
  GtkWidget *filter;
  GtkWidget *filter_scroller;
  GtkWidget *files_scroller;
  GtkWidget *files_view;
  GtkNoSelection *files_model;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinAddPreview, bobbin_add_preview, ADW_TYPE_PREFERENCES_GROUP)

static void
all_toggled (BobbinAddPreview *self)
{
  bobbin_add_files_select_all (self->files, gtk_check_button_get_active (GTK_CHECK_BUTTON (self->all_check)));
}

static void
show_selected (BobbinAddPreview *self)
{
  guint n_selected = bobbin_add_files_get_n_selected (self->files);
  guint n_shown = bobbin_add_files_get_n_shown (self->files);
  guint n_links = bobbin_add_plan_get_n_links (bobbin_add_files_get_plan (self->files));
  g_autofree char *words = NULL;

  /* Translators: %'u files are selected of %'u files */
  words = g_strdup_printf (ngettext ("%'u of %'u selected", "%'u of %'u selected", n_links), n_selected,
                           n_links);
  gtk_label_set_label (GTK_LABEL (self->selected_label), words);
  g_signal_handlers_block_by_func (self->all_check, all_toggled, self);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->all_check), n_selected > 0 && n_selected == n_shown);
  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (self->all_check),
                                     n_selected > 0 && n_selected < n_shown);
  g_signal_handlers_unblock_by_func (self->all_check, all_toggled, self);
  gtk_widget_set_visible (self->all_check, n_shown > 1);
}

static void
on_selected (BobbinAddPreview *self)
{
  show_selected (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* A list that need not scroll has no room for a scroll bar, which may be higher than a single row. */
static void
set_scrolling (BobbinAddPreview *self)
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
filter_changed (BobbinAddPreview *self)
{
  if (self->files == NULL)
    return;
  bobbin_add_files_set_kinds (self->files, bobbin_add_filter_get_kinds (BOBBIN_ADD_FILTER (self->filter)));
  set_scrolling (self);
}

static void
file_activated (BobbinAddPreview *self, guint position)
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
row_setup (BobbinAddPreview *self, GtkListItem *item)
{
  GtkWidget *row = bobbin_add_row_new ();

  gtk_list_item_set_child (item, row);
  bobbin_lazy_rows_add (self->lazy_rows, row);
}

static void
row_bind (BobbinAddPreview *self, GtkListItem *item)
{
  bobbin_add_row_set_file (BOBBIN_ADD_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
  bobbin_lazy_rows_look (self->lazy_rows);
}

static void
row_unbind (BobbinAddPreview *self, GtkListItem *item)
{
  bobbin_add_row_set_file (BOBBIN_ADD_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
drop_files (BobbinAddPreview *self)
{
  if (self->files != NULL)
    g_signal_handlers_disconnect_by_func (self->files, on_selected, self);
  g_clear_object (&self->files);
}

static void
bobbin_add_preview_dispose (GObject *object)
{
  BobbinAddPreview *self = BOBBIN_ADD_PREVIEW (object);

  /* Rows may be let go of later than this, but none is made any more. */
  if (self->files_model != NULL)
    gtk_no_selection_set_model (self->files_model, NULL);
  g_clear_pointer (&self->lazy_rows, bobbin_lazy_rows_free);
  drop_files (self);

  G_OBJECT_CLASS (bobbin_add_preview_parent_class)->dispose (object);
}

static void
bobbin_add_preview_class_init (BobbinAddPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_add_preview_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BOBBIN_TYPE_ADD_FILTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-add-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, BobbinAddPreview, selected_label);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddPreview, all_check);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddPreview, filter);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddPreview, filter_scroller);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddPreview, files_scroller);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddPreview, files_view);
  gtk_widget_class_bind_template_child (widget_class, BobbinAddPreview, files_model);
  gtk_widget_class_bind_template_callback (widget_class, all_toggled);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, row_setup);
  gtk_widget_class_bind_template_callback (widget_class, row_bind);
  gtk_widget_class_bind_template_callback (widget_class, row_unbind);
  gtk_widget_class_bind_template_callback (widget_class, file_activated);
}

static void
bobbin_add_preview_init (BobbinAddPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->lazy_rows = bobbin_lazy_rows_new (GTK_LIST_VIEW (self->files_view), fill_row);
}

/**
 * bobbin_add_preview_show:
 * @self: the preview
 * @files: the files, checked
 *
 * Shows @files instead of others, or nothing if there are none. Those of kinds
 * that the person did not choose are not selected.
 */
void
bobbin_add_preview_show (BobbinAddPreview *self, BobbinAddFiles *files)
{
  const BobbinAddPlan *plan = bobbin_add_files_get_plan (files);

  drop_files (self);
  bobbin_add_filter_show_plan (BOBBIN_ADD_FILTER (self->filter), plan);
  bobbin_add_files_set_kinds (files, bobbin_add_filter_get_kinds (BOBBIN_ADD_FILTER (self->filter)));
  gtk_widget_set_visible (self->filter_scroller, bobbin_add_plan_is_mixed (plan));
  self->files = g_object_ref (files);
  g_signal_connect_object (files, "notify::n-selected", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  gtk_no_selection_set_model (self->files_model, G_LIST_MODEL (files));
  set_scrolling (self);
  show_selected (self);
  gtk_widget_set_visible (GTK_WIDGET (self), bobbin_add_plan_get_n_links (plan) > 0);
}
