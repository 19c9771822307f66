/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-least-layout.h"

struct _BobbinLeastLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (BobbinLeastLayout, bobbin_least_layout, GTK_TYPE_LAYOUT_MANAGER)

static void
bobbin_least_layout_measure (GtkLayoutManager *manager,
                             GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural, NULL,
                      NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = *minimum;
}

static void
bobbin_least_layout_allocate (
    GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (gtk_widget_get_first_child (widget), &(GtkAllocation){ 0, 0, width, height },
                            baseline);
}

static void
bobbin_least_layout_class_init (BobbinLeastLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->measure = bobbin_least_layout_measure;
  layout_class->allocate = bobbin_least_layout_allocate;
}

static void
bobbin_least_layout_init (BobbinLeastLayout *self)
{
}
