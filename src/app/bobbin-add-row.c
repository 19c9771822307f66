/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-row.h"
#include "bobbin-kind.h"
#include "bobbin-text-line.h"

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
  GtkWidget *details;
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

static char *
create_chip (BobbinAddFile *file)
{
  guint n_links = bobbin_add_file_get_n_links (file);

  if (bobbin_add_file_is_already (file))
    return g_strdup (_ ("already in the list"));
  if (n_links > 1)
    /* Translators: files that are not shown one by one */
    return g_strdup_printf (ngettext ("%'u more", "%'u more", n_links), n_links);
  return bobbin_add_file_is_renamed (file) ? g_strdup (_ ("renamed")) : NULL;
}

/* What goes first where there is no room is what matters least. */
static void
compose_details (BobbinPhrase *phrase, BobbinAddFile *file)
{
  const BobbinLink *link = bobbin_add_file_get_link (file);
  guint n_places = 1 + bobbin_link_get_n_mirrors (link);

  if (bobbin_link_get_size (link) >= 0)
    bobbin_phrase_take (phrase, g_format_size ((guint64) bobbin_link_get_size (link)), BOBBIN_RANK_HOST);
  if (n_places > 1)
    /* Translators: servers that have the same file */
    bobbin_phrase_take (phrase, g_strdup_printf (ngettext ("%'u place", "%'u places", n_places), n_places),
                        BOBBIN_RANK_RATE);
  if (bobbin_link_get_digest (link) != NULL || bobbin_link_get_pieces (link) != NULL)
    bobbin_phrase_take (phrase, g_strdup (_ ("has a checksum")), BOBBIN_RANK_PARTS);
  bobbin_phrase_take (phrase, bobbin_link_dup_host (link), BOBBIN_RANK_KEEP);
}

/* GTK 4.8 takes a list item's words from nowhere else, so the row gives them to its parent. */
static void
describe (BobbinAddRow *self)
{
  g_autofree char *path = bobbin_add_file_dup_path (self->file);
  g_autofree char *chip = create_chip (self->file);
  g_auto (BobbinPhrase) phrase = { .separator = ", " };
  g_autofree char *words = NULL;
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  bobbin_phrase_take (&phrase, g_steal_pointer (&path), BOBBIN_RANK_KEEP);
  if (chip != NULL)
    bobbin_phrase_take (&phrase, g_steal_pointer (&chip), BOBBIN_RANK_KEEP);
  compose_details (&phrase, self->file);
  words = bobbin_phrase_join (&phrase, BOBBIN_RANK_LAST);
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
show_file (BobbinAddRow *self)
{
  g_autofree char *path = bobbin_add_file_dup_path (self->file);
  g_autofree char *chip = create_chip (self->file);
  g_auto (BobbinPhrase) details = { 0 };

  compose_details (&details, self->file);
  gtk_label_set_label (GTK_LABEL (self->name_label), path);
  gtk_widget_set_tooltip_text (self->name_label, path);
  if (bobbin_text_line_take_phrase (BOBBIN_TEXT_LINE (self->details), &details))
    gtk_widget_queue_resize (self->details);
  gtk_label_set_label (GTK_LABEL (self->chip), chip != NULL ? chip : "");
  gtk_widget_set_visible (self->chip, chip != NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), bobbin_kind_for_name (path)->icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, path, -1);
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
  self->details = bobbin_text_line_new ();
  gtk_widget_add_css_class (self->details, "dim-label");
  bobbin_text_line_set_xalign (BOBBIN_TEXT_LINE (self->details), 1.0f);
  gtk_box_append (GTK_BOX (self), self->details);

  gtk_label_set_width_chars (GTK_LABEL (self->name_label), 8);
  gtk_label_set_xalign (GTK_LABEL (self->name_label), 0.0f);
  gtk_widget_add_css_class (self->chip, "caption");
  gtk_widget_set_hexpand (self->details, TRUE);
  gtk_widget_set_halign (self->details, GTK_ALIGN_END);
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
