/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-try-list.h"

#include "bobbin-details-words.h"

#include <glib/gi18n.h>

struct _BobbinTryList
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GPtrArray *lines; /* of GtkLabel, three for each try */
};

enum
{
  COLUMN_TIME,
  COLUMN_NUMBER,
  COLUMN_WORDS,
  N_COLUMNS,
};

G_DEFINE_FINAL_TYPE (BobbinTryList, bobbin_try_list, GTK_TYPE_WIDGET)

static void
bobbin_try_list_dispose (GObject *object)
{
  BobbinTryList *self = BOBBIN_TRY_LIST (object);

  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->grid, gtk_widget_unparent);
  G_OBJECT_CLASS (bobbin_try_list_parent_class)->dispose (object);
}

static void
bobbin_try_list_class_init (BobbinTryListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_try_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LOG);
}

static void
bobbin_try_list_init (BobbinTryList *self)
{
  self->lines = g_ptr_array_new ();
  self->grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 12, "row-spacing", 4, NULL);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
}

static GtkWidget *
add_label (BobbinTryList *self, int column, int row)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "yalign", 0.0, NULL);

  if (column == COLUMN_TIME)
    gtk_widget_add_css_class (label, "dim");
  if (column == COLUMN_WORDS)
    g_object_set (label, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "hexpand", TRUE, NULL);
  else
    gtk_widget_add_css_class (label, "numeric");
  gtk_grid_attach (GTK_GRID (self->grid), label, column, row, 1, 1);
  return label;
}

static void
set_n_lines (BobbinTryList *self, guint n)
{
  while (self->lines->len > n * N_COLUMNS)
    {
      GtkWidget *label = g_ptr_array_steal_index (self->lines, self->lines->len - 1);

      gtk_grid_remove (GTK_GRID (self->grid), label);
    }
  while (self->lines->len < n * N_COLUMNS)
    {
      const guint next = self->lines->len;

      g_ptr_array_add (self->lines, add_label (self, (int) (next % N_COLUMNS), (int) (next / N_COLUMNS)));
    }
}

/* A label asks for a new layout of the window whenever it is set. */
static gboolean
set_text (BobbinTryList *self, guint row, guint column, const char *text)
{
  GtkLabel *label = g_ptr_array_index (self->lines, row * N_COLUMNS + column);

  if (g_strcmp0 (gtk_label_get_label (label), text) == 0)
    return FALSE;
  gtk_label_set_label (label, text);
  return TRUE;
}

static void
show_try (BobbinTryList *self, guint row, const BobbinTry *one, guint n_parts, gint64 now)
{
  GtkWidget *time_label = g_ptr_array_index (self->lines, row * N_COLUMNS + COLUMN_TIME);
  g_autoptr (GDateTime) began = g_date_time_new_from_unix_local (one->began / G_USEC_PER_SEC);
  g_autofree char *exact = began != NULL ? g_date_time_format (began, "%c") : NULL;
  g_autofree char *time = bobbin_details_words_for_time (one->began, now);
  g_autofree char *words = bobbin_details_words_for_try (one, n_parts);
  /* Translators: the how-many-th try at a download it was */
  g_autofree char *number = g_strdup_printf (_ ("Try %u"), one->number);

  set_text (self, row, COLUMN_NUMBER, one->how != BOBBIN_TRY_MOVED ? number : "");
  set_text (self, row, COLUMN_WORDS, words);
  if (set_text (self, row, COLUMN_TIME, time))
    gtk_widget_set_tooltip_text (time_label, exact);
}

/**
 * bobbin_try_list_show:
 * @self: a list
 * @download: a download
 *
 * Shows what its tries came to by now. Main thread.
 */
void
bobbin_try_list_show (BobbinTryList *self, BobbinDownload *download)
{
  g_autoptr (GArray) tries = bobbin_download_dup_tries (download);
  const guint n_parts = bobbin_download_get_n_parts (download);
  const gint64 now = g_get_real_time ();

  set_n_lines (self, tries->len);
  for (guint i = 0; i < tries->len; i++)
    show_try (self, i, &g_array_index (tries, BobbinTry, i), n_parts, now);
}
