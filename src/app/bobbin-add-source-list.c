/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-source-list.h"

#include "bobbin-add-words.h"
#include "bobbin-kind.h"

#include <glib/gi18n.h>

/* More sources than these scroll and leave room for the files; half of one more tells that there are more. */
#define ROWS_SHOWN 4
#define HEIGHT 245

struct _BobbinAddSourceList
{
  AdwBin parent_instance;

  GtkWidget *scroller;
  GtkWidget *list_box;
  GPtrArray *sources; /* owned; of BobbinAddSource */
  GPtrArray *rows;    /* owned array of borrowed rows, one for each source */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinAddSourceList, bobbin_add_source_list, ADW_TYPE_BIN)

static void
bobbin_add_source_list_finalize (GObject *object)
{
  BobbinAddSourceList *self = BOBBIN_ADD_SOURCE_LIST (object);

  g_ptr_array_unref (self->sources);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (bobbin_add_source_list_parent_class)->finalize (object);
}

static void
bobbin_add_source_list_class_init (BobbinAddSourceListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bobbin_add_source_list_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
bobbin_add_source_list_init (BobbinAddSourceList *self)
{
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_add_source_unref);
  self->rows = g_ptr_array_new ();
  self->list_box = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list_box), GTK_SELECTION_NONE);
  gtk_list_box_set_show_separators (GTK_LIST_BOX (self->list_box), TRUE);
  self->scroller
      = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "vscrollbar-policy",
                      GTK_POLICY_NEVER, "max-content-height", HEIGHT, "propagate-natural-height", TRUE,
                      "overflow", GTK_OVERFLOW_HIDDEN, "child", self->list_box, NULL);
  gtk_widget_add_css_class (self->scroller, "card");
  gtk_widget_add_css_class (self->scroller, "add-card");
  adw_bin_set_child (ADW_BIN (self), self->scroller);
  gtk_widget_hide (GTK_WIDGET (self));
}

static void
show_rows (BobbinAddSourceList *self)
{
  gboolean scrolls = self->rows->len > ROWS_SHOWN;

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  scrolls ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller), scrolls ? HEIGHT : -1);
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
}

static void
remove_at (BobbinAddSourceList *self, guint index)
{
  gtk_list_box_remove (GTK_LIST_BOX (self->list_box), self->rows->pdata[index]);
  g_ptr_array_remove_index (self->rows, index);
  g_ptr_array_remove_index (self->sources, index);
  show_rows (self);
}

static void
remove_clicked (GtkWidget *row)
{
  BobbinAddSourceList *self
      = BOBBIN_ADD_SOURCE_LIST (gtk_widget_get_ancestor (row, BOBBIN_TYPE_ADD_SOURCE_LIST));
  guint index;

  if (!g_ptr_array_find (self->rows, row, &index))
    return;
  /* The focus would go with the button. */
  gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (row)), GTK_DIR_TAB_FORWARD);
  remove_at (self, index);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
update_row (AdwActionRow *row, const BobbinAddSource *source)
{
  const BobbinLinks *links = bobbin_add_source_get_links (source);
  g_autofree char *name = bobbin_add_words_for_source_name (source);
  g_autofree char *words = links != NULL ? bobbin_add_words_for_source (source) : g_strdup (_ ("Reading…"));

  g_autofree char *label = g_strdelimit (g_strconcat (name, ", ", words, NULL), "\n", ' ');

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_action_row_set_subtitle (row, words);
  adw_action_row_set_icon_name (row, links != NULL && bobbin_links_get_n_links (links) == 0
                                         ? "dialog-warning-symbolic"
                                         : bobbin_kind_for_name (name)->icon);
}

static GtkWidget *
create_row (const BobbinAddSource *source)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  g_autofree char *name = bobbin_add_words_for_source_name (source);
  g_autofree char *label = NULL;

  /* Translators: %s is the name of a file */
  label = g_strdup_printf (_ ("Remove “%s”"), name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked), row, G_CONNECT_SWAPPED);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  update_row (ADW_ACTION_ROW (row), source);
  return row;
}

/**
 * bobbin_add_source_list_get_sources:
 * @self: the list
 *
 * Returns: (transfer none) (element-type BobbinAddSource): what is in it
 */
GPtrArray *
bobbin_add_source_list_get_sources (BobbinAddSourceList *self)
{
  return self->sources;
}

/**
 * bobbin_add_source_list_add:
 * @self: the list
 * @source: a source
 *
 * Adds a row for @source.
 */
void
bobbin_add_source_list_add (BobbinAddSourceList *self, BobbinAddSource *source)
{
  GtkWidget *row = create_row (source);

  g_ptr_array_add (self->sources, bobbin_add_source_ref (source));
  g_ptr_array_add (self->rows, row);
  gtk_list_box_append (GTK_LIST_BOX (self->list_box), row);
  show_rows (self);
}

/**
 * bobbin_add_source_list_drop_unread:
 * @self: the list
 *
 * Takes away what was not read yet.
 *
 * Returns: whether there was any
 */
gboolean
bobbin_add_source_list_drop_unread (BobbinAddSourceList *self)
{
  guint n_before = self->sources->len;

  for (guint i = n_before; i > 0; i--)
    {
      if (bobbin_add_source_get_links (self->sources->pdata[i - 1]) == NULL)
        remove_at (self, i - 1);
    }
  return self->sources->len < n_before;
}

/**
 * bobbin_add_source_list_update:
 * @self: the list
 *
 * Says what was found, after sources were read.
 */
void
bobbin_add_source_list_update (BobbinAddSourceList *self)
{
  for (guint i = 0; i < self->sources->len; i++)
    update_row (self->rows->pdata[i], self->sources->pdata[i]);
}
