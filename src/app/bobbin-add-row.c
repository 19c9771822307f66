/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-row.h"
#include "bobbin-kind.h"

#include <glib/gi18n.h>

struct _BobbinAddRow
{
  GtkBox parent_instance;

  BobbinAddFile *file; /* owned; NULL while the row is not in use */

  /* NULL until the row is filled */
  GtkWidget *check;
  GtkWidget *icon;
  GtkWidget *name_label;
  GtkWidget *chip;
  GtkWidget *host_label;
};

G_DEFINE_FINAL_TYPE (BobbinAddRow, bobbin_add_row, GTK_TYPE_BOX)

/* What will not be downloaded is dim, but not disabled: it can still be selected. */
static void
show_selected (BobbinAddRow *self)
{
  gboolean selected = bobbin_add_file_get_selected (self->file);

  if (self->check == NULL)
    return;

  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), selected);
  if (selected)
    gtk_widget_remove_css_class (self->name_label, "dim-label");
  else
    gtk_widget_add_css_class (self->name_label, "dim-label");
}

static void
check_toggled (BobbinAddRow *self)
{
  if (self->file == NULL)
    return;

  bobbin_add_file_set_selected (self->file, gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check)));
}

static void
drop_file (BobbinAddRow *self)
{
  if (self->file != NULL)
    g_signal_handlers_disconnect_by_func (self->file, show_selected, self);
  g_clear_object (&self->file);
}

static void
bobbin_add_row_dispose (GObject *object)
{
  drop_file (BOBBIN_ADD_ROW (object));

  G_OBJECT_CLASS (bobbin_add_row_parent_class)->dispose (object);
}

static void
bobbin_add_row_class_init (BobbinAddRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bobbin_add_row_dispose;
}

static void
bobbin_add_row_init (BobbinAddRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "add-row");
}

/**
 * bobbin_add_row_new:
 *
 * Returns: (transfer floating): an empty row, as high as a filled one
 */
GtkWidget *
bobbin_add_row_new (void)
{
  return g_object_new (BOBBIN_TYPE_ADD_ROW, "spacing", 12, "margin-start", 12, "margin-end", 12, NULL);
}

static const char *
get_chip (BobbinAddFile *file)
{
  if (bobbin_add_file_is_already (file))
    return _ ("already in the list");
  if (bobbin_add_file_is_renamed (file))
    return _ ("renamed");
  return NULL;
}

/* GTK 4.8 takes a list item's words from nowhere else, so the row gives them to its parent. */
static void
describe (BobbinAddRow *self)
{
  const char *name = bobbin_add_file_get_name (self->file);
  const char *chip = get_chip (self->file);
  g_autofree char *host = bobbin_add_file_dup_host (self->file);
  g_autofree char *words = chip == NULL ? g_strdup_printf ("%s, %s", name, host)
                                        : g_strdup_printf ("%s, %s, %s", name, chip, host);
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
show_file (BobbinAddRow *self)
{
  const char *name = bobbin_add_file_get_name (self->file);
  const char *chip = get_chip (self->file);
  g_autofree char *host = bobbin_add_file_dup_host (self->file);

  gtk_label_set_label (GTK_LABEL (self->name_label), name);
  gtk_label_set_label (GTK_LABEL (self->host_label), host);
  gtk_label_set_label (GTK_LABEL (self->chip), chip != NULL ? chip : "");
  gtk_widget_set_visible (self->chip, chip != NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), bobbin_kind_for_name (name)->icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  show_selected (self);
}

static GtkWidget *
add_label (BobbinAddRow *self, PangoEllipsizeMode ellipsize, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), ellipsize);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (self), label);
  return label;
}

static void
add_children (BobbinAddRow *self)
{
  self->check = gtk_check_button_new ();
  self->icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_box_append (GTK_BOX (self), self->check);
  gtk_box_append (GTK_BOX (self), self->icon);
  self->name_label = add_label (self, PANGO_ELLIPSIZE_MIDDLE, NULL);
  self->chip = add_label (self, PANGO_ELLIPSIZE_NONE, "chip");
  self->host_label = add_label (self, PANGO_ELLIPSIZE_END, "dim-label");

  gtk_label_set_width_chars (GTK_LABEL (self->name_label), 8);
  gtk_label_set_xalign (GTK_LABEL (self->name_label), 0.0f);
  gtk_widget_add_css_class (self->chip, "caption");
  gtk_widget_set_hexpand (self->host_label, TRUE);
  gtk_widget_set_halign (self->host_label, GTK_ALIGN_END);
}

/**
 * bobbin_add_row_set_file:
 * @self: a row
 * @file: (nullable): the file to show, or %NULL to let go of it
 */
void
bobbin_add_row_set_file (BobbinAddRow *self, BobbinAddFile *file)
{
  drop_file (self); /* so that setting the check button changes nothing of the old file */
  if (file == NULL)
    return;

  if (self->check != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), bobbin_add_file_get_selected (file));
  self->file = g_object_ref (file);
  g_signal_connect_object (file, "notify::selected", G_CALLBACK (show_selected), self, G_CONNECT_SWAPPED);
  describe (self);
  if (self->check != NULL)
    show_file (self);
}

/**
 * bobbin_add_row_fill:
 * @self: a row
 *
 * Makes what is in the row, at the first call.
 *
 * Returns: whether it was still empty
 */
gboolean
bobbin_add_row_fill (BobbinAddRow *self)
{
  if (self->check != NULL)
    return FALSE;

  add_children (self);
  if (self->file != NULL)
    show_file (self);
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (check_toggled), self, G_CONNECT_SWAPPED);
  return TRUE;
}
