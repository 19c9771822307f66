/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-phase-list.h"

#include "bobbin-details-words.h"
#include "bobbin-phase-bar.h"

#include <glib/gi18n.h>

#define N_PHASES 5

/* Digits of "1 min 14 s", the longest time. */
#define TIME_CHARS 8

typedef struct
{
  GtkWidget *name;
  GtkWidget *bar;
  GtkWidget *time;
} Line;

struct _BobbinPhaseList
{
  GtkWidget parent_instance;

  Line lines[N_PHASES];
};

G_DEFINE_FINAL_TYPE (BobbinPhaseList, bobbin_phase_list, GTK_TYPE_WIDGET)

static void
bobbin_phase_list_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bobbin_phase_list_parent_class)->dispose (object);
}

static void
bobbin_phase_list_class_init (BobbinPhaseListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_phase_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_GRID_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
place (BobbinPhaseList *self, GtkWidget *child, int column, int row)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkLayoutChild *place;

  gtk_widget_set_parent (child, GTK_WIDGET (self));
  place = gtk_layout_manager_get_layout_child (layout, child);
  gtk_grid_layout_child_set_column (GTK_GRID_LAYOUT_CHILD (place), column);
  gtk_grid_layout_child_set_row (GTK_GRID_LAYOUT_CHILD (place), row);
}

static void
add_line (BobbinPhaseList *self, int row)
{
  Line *line = &self->lines[row];

  line->name = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, NULL);
  line->bar = bobbin_phase_bar_new ();
  line->time = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, "width-chars", TIME_CHARS, NULL);
  gtk_widget_add_css_class (line->name, "dim");
  gtk_widget_add_css_class (line->name, "name");
  gtk_widget_add_css_class (line->time, "numeric");
  gtk_widget_set_hexpand (line->bar, TRUE);
  gtk_widget_set_valign (line->bar, GTK_ALIGN_CENTER);
  place (self, line->name, 0, row);
  place (self, line->bar, 1, row);
  place (self, line->time, 2, row);
}

static void
bobbin_phase_list_init (BobbinPhaseList *self)
{
  GtkGridLayout *layout = GTK_GRID_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_grid_layout_set_column_spacing (layout, 12);
  gtk_grid_layout_set_row_spacing (layout, 3);
  for (int row = 0; row < N_PHASES; row++)
    add_line (self, row);
}

static void
set_line (Line *line, const char *name, gint64 start, gint64 time, gint64 total)
{
  g_autofree char *text = bobbin_details_words_for_phase (MAX (time, 0));

  gtk_widget_set_visible (line->name, time >= 0);
  gtk_widget_set_visible (line->bar, time >= 0);
  gtk_widget_set_visible (line->time, time >= 0);
  gtk_label_set_label (GTK_LABEL (line->name), name);
  gtk_label_set_label (GTK_LABEL (line->time), text);
  bobbin_phase_bar_set (BOBBIN_PHASE_BAR (line->bar), (double) start / (double) MAX (total, 1),
                        (double) (start + MAX (time, 0)) / (double) MAX (total, 1));
}

/**
 * bobbin_phase_list_set:
 * @self: a list
 * @phases: what to show; what did not happen has no line
 *
 * Main thread.
 */
void
bobbin_phase_list_set (BobbinPhaseList *self, const BobbinPhases *phases)
{
  const gint64 total = bobbin_phases_get_total (phases);
  g_autofree char *secure = bobbin_details_words_for_secure (phases->tls);
  const struct
  {
    const char *name;
    gint64 time;
  } rows[N_PHASES] = {
    /* Translators: phases on the way to a file, from its redirects to its first byte */
    { C_ ("phase", "Redirects"), phases->redirects }, { C_ ("phase", "Name lookup"), phases->lookup },
    { C_ ("phase", "Connect"), phases->connect },     { secure, phases->secure },
    { C_ ("phase", "First byte"), phases->wait },
  };
  gint64 start = 0;

  for (guint i = 0; i < N_PHASES; i++)
    {
      set_line (&self->lines[i], rows[i].name, start, rows[i].time, total);
      start += MAX (rows[i].time, 0);
    }
}
