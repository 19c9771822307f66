/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-pills.h"

#include "bobbin-list-model.h"

#include <glib/gi18n.h>

#define SPACING 4
#define COUNT_SPACING 5

typedef struct
{
  GtkWidget *button;
  GtkLabel *count;
} Pill;

struct _BobbinPills
{
  GtkWidget parent_instance;

  Pill pills[BOBBIN_N_FILTERS];
};

G_DEFINE_FINAL_TYPE (BobbinPills, bobbin_pills, GTK_TYPE_WIDGET)

static const char *
get_label (BobbinFilter filter)
{
  switch (filter)
    {
    case BOBBIN_FILTER_ACTIVE:
      return C_ ("filter", "Active");
    case BOBBIN_FILTER_WAITING:
      return C_ ("filter", "Waiting");
    case BOBBIN_FILTER_FINISHED:
      return C_ ("filter", "Finished");
    case BOBBIN_FILTER_FAILED:
      return C_ ("filter", "Failed");
    case BOBBIN_FILTER_ALL:
    default:
      return C_ ("filter", "All");
    }
}

static void
add_pill (BobbinPills *self, BobbinFilter filter)
{
  Pill *pill = &self->pills[filter];
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, COUNT_SPACING);
  GtkWidget *count = gtk_label_new (NULL);

  gtk_widget_add_css_class (count, "count");
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), gtk_label_new (get_label (filter)));
  gtk_box_append (GTK_BOX (box), count);
  pill->count = GTK_LABEL (count);
  pill->button = gtk_toggle_button_new ();
  gtk_button_set_child (GTK_BUTTON (pill->button), box);
  gtk_widget_add_css_class (pill->button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (pill->button), "list.filter");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (pill->button), "s", bobbin_filter_get_nick (filter));
  gtk_widget_set_parent (pill->button, GTK_WIDGET (self));
}

static void
bobbin_pills_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bobbin_pills_parent_class)->dispose (object);
}

static void
bobbin_pills_class_init (BobbinPillsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_pills_dispose;
  gtk_widget_class_set_css_name (widget_class, "pills");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bobbin_pills_init (BobbinPills *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), SPACING);
  for (guint i = 0; i < BOBBIN_N_FILTERS; i++)
    add_pill (self, (BobbinFilter) i);
}

static void
set_count (Pill *pill, BobbinFilter filter, guint count)
{
  g_autofree char *text = g_strdup_printf ("%'u", count);
  g_autofree char *label = NULL;

  if (g_str_equal (text, gtk_label_get_text (pill->count)))
    return;
  gtk_label_set_text (pill->count, text);
  label = g_strdup_printf ("%s, %s", get_label (filter), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (pill->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (count == 0)
    gtk_widget_add_css_class (pill->button, "none");
  else
    gtk_widget_remove_css_class (pill->button, "none");
}

/**
 * bobbin_pills_set_counts:
 * @self: the filters
 * @counts: how many downloads are in which state
 *
 * Shows the numbers. Main thread.
 */
void
bobbin_pills_set_counts (BobbinPills *self, const BobbinCounts *counts)
{
  for (guint i = 0; i < BOBBIN_N_FILTERS; i++)
    set_count (&self->pills[i], (BobbinFilter) i, bobbin_filter_count ((BobbinFilter) i, counts));
}
