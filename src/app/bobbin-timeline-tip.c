/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-tip.h"

#include "bobbin-timeline-swatch.h"

/* More tries than this are not told one by one. */
#define MAX_LINES 9

#define NAME_WIDTH 40 /* characters */

struct _BobbinTimelineTip
{
  GtkWidget parent_instance;

  char *told;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkGrid *lines;
};

G_DEFINE_FINAL_TYPE (BobbinTimelineTip, bobbin_timeline_tip, GTK_TYPE_WIDGET)

static GtkLabel *
add_label (GtkWidget *parent, const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), NAME_WIDTH);
  gtk_widget_add_css_class (label, class);
  gtk_widget_set_parent (label, parent);
  return GTK_LABEL (label);
}

static GtkWidget *
new_cell (const char *text, float xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_set_hexpand (label, xalign < 0.5f);
  gtk_widget_add_css_class (label, "details");
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

static void
fill_lines (BobbinTimelineTip *self, const GArray *lines)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_grid_remove (self->lines, child);
  for (guint i = lines->len > MAX_LINES ? lines->len - MAX_LINES : 0; i < lines->len; i++)
    {
      const BobbinTimelineLine *line = &g_array_index (lines, BobbinTimelineLine, i);

      gtk_grid_attach (self->lines, bobbin_timeline_swatch_new (line->phase), 0, (int) i, 1, 1);
      gtk_grid_attach (self->lines, new_cell (line->text, 0), 1, (int) i, 1, 1);
      gtk_grid_attach (self->lines, new_cell (line->time, 1), 2, (int) i, 1, 1);
    }
}

static void
bobbin_timeline_tip_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bobbin_timeline_tip_parent_class)->dispose (object);
}

static void
bobbin_timeline_tip_finalize (GObject *object)
{
  g_free (BOBBIN_TIMELINE_TIP (object)->told);
  G_OBJECT_CLASS (bobbin_timeline_tip_parent_class)->finalize (object);
}

static void
bobbin_timeline_tip_class_init (BobbinTimelineTipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bobbin_timeline_tip_dispose;
  object_class->finalize = bobbin_timeline_tip_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tip");
  /* What it says is the description of the picture, for those who do not see it. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
bobbin_timeline_tip_init (BobbinTimelineTip *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
  self->title = add_label (GTK_WIDGET (self), "title");
  self->subtitle = add_label (GTK_WIDGET (self), "details");
  self->lines = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->lines, 10);
  gtk_grid_set_row_spacing (self->lines, 1);
  gtk_widget_set_margin_top (GTK_WIDGET (self->lines), 3);
  gtk_widget_set_parent (GTK_WIDGET (self->lines), GTK_WIDGET (self));
}

/**
 * bobbin_timeline_tip_new:
 *
 * Returns: (transfer floating): an empty card
 */
GtkWidget *
bobbin_timeline_tip_new (void)
{
  return g_object_new (BOBBIN_TYPE_TIMELINE_TIP, NULL);
}

/**
 * bobbin_timeline_tip_set_tale:
 * @self: a card
 * @tale: what to say
 *
 * Does nothing if that is said already. Main thread.
 */
void
bobbin_timeline_tip_set_tale (BobbinTimelineTip *self, const BobbinTimelineTale *tale)
{
  g_autofree char *text = bobbin_timeline_tale_join (tale);

  if (g_strcmp0 (self->told, text) == 0)
    return;
  g_free (self->told);
  self->told = g_steal_pointer (&text);
  gtk_label_set_label (self->title, tale->title);
  gtk_label_set_label (self->subtitle, tale->subtitle);
  fill_lines (self, tale->lines);
}
