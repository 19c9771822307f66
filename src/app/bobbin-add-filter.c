/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-filter.h"

#include "bobbin-add-words.h"

#include <glib/gi18n.h>

#define SPACING 4

struct _BobbinAddFilter
{
  GtkWidget parent_instance;

  GtkWidget *all_button;
  GtkWidget *buttons[BOBBIN_ADD_N_KINDS];
  guint kinds;        /* those chosen, as bits; 0 for all */
  gboolean is_silent; /* whether the buttons follow, instead of being pressed */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinAddFilter, bobbin_add_filter, GTK_TYPE_WIDGET)

static void
show_kinds (BobbinAddFilter *self)
{
  self->is_silent = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->all_button), self->kinds == 0);
  for (guint i = 0; i < BOBBIN_ADD_N_KINDS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[i]), (self->kinds & (1u << i)) != 0);
  self->is_silent = FALSE;
}

static void
toggled (BobbinAddFilter *self, GtkToggleButton *button)
{
  guint kinds = 0;

  if (self->is_silent)
    return;

  if (GTK_WIDGET (button) != self->all_button)
    {
      for (guint i = 0; i < BOBBIN_ADD_N_KINDS; i++)
        kinds |= gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->buttons[i])) ? 1u << i : 0;
    }
  self->kinds = kinds;
  show_kinds (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkWidget *
add_button (BobbinAddFilter *self)
{
  GtkWidget *button = gtk_toggle_button_new_with_label ("");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled), self, G_CONNECT_SWAPPED);
  return button;
}

static void
bobbin_add_filter_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bobbin_add_filter_parent_class)->dispose (object);
}

static void
bobbin_add_filter_class_init (BobbinAddFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_add_filter_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "pills");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bobbin_add_filter_init (BobbinAddFilter *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
  self->all_button = add_button (self);
  for (guint i = 0; i < BOBBIN_ADD_N_KINDS; i++)
    self->buttons[i] = add_button (self);
  show_kinds (self);
}

static void
set_label (GtkWidget *button, const char *words, guint n_files)
{
  /* Translators: a kind of files, and how many of them there are */
  g_autofree char *label = g_strdup_printf (C_ ("kind of files", "%s %'u"), words, n_files);

  gtk_button_set_label (GTK_BUTTON (button), label);
}

/**
 * bobbin_add_filter_get_kinds:
 * @self: the buttons
 *
 * Returns: the kinds chosen, a bit for each #BobbinAddKind, or 0 for all
 */
guint
bobbin_add_filter_get_kinds (BobbinAddFilter *self)
{
  return self->kinds;
}

/**
 * bobbin_add_filter_show_plan:
 * @self: the buttons
 * @plan: what there is to choose from
 *
 * Offers the kinds that there are. What was chosen stays chosen as long as
 * there is some of it. Does not emit "changed".
 */
void
bobbin_add_filter_show_plan (BobbinAddFilter *self, const BobbinAddPlan *plan)
{
  set_label (self->all_button, C_ ("kind of files", "All"), bobbin_add_plan_get_n_links (plan));
  for (guint i = 0; i < BOBBIN_ADD_N_KINDS; i++)
    {
      guint n_files = bobbin_add_plan_get_n_of_kind (plan, (BobbinAddKind) i);

      set_label (self->buttons[i], bobbin_add_words_for_kind ((BobbinAddKind) i), n_files);
      gtk_widget_set_visible (self->buttons[i], n_files > 0);
      if (n_files == 0 || !bobbin_add_plan_is_mixed (plan))
        self->kinds &= ~(1u << i);
    }
  show_kinds (self);
}
