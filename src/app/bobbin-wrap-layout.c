/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-wrap-layout.h"

#define SPACING 12

struct _BobbinWrapLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (BobbinWrapLayout, bobbin_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Of all visible children, in pixels. */
typedef struct
{
  int widest_minimum;
  int widest;
  int width; /* side by side */
  int highest;
  int height; /* below each other */
} Sizes;

static int
get_natural (GtkWidget *child, GtkOrientation orientation)
{
  int natural;

  gtk_widget_measure (child, orientation, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static GtkWidget *
get_next (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static Sizes
get_sizes (GtkWidget *widget)
{
  Sizes sizes = { .width = -SPACING, .height = -SPACING };

  for (GtkWidget *child = get_next (gtk_widget_get_first_child (widget)); child != NULL;
       child = get_next (gtk_widget_get_next_sibling (child)))
    {
      const int width = get_natural (child, GTK_ORIENTATION_HORIZONTAL);
      const int height = get_natural (child, GTK_ORIENTATION_VERTICAL);
      int minimum;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      sizes.widest_minimum = MAX (sizes.widest_minimum, minimum);
      sizes.widest = MAX (sizes.widest, width);
      sizes.width += width + SPACING;
      sizes.highest = MAX (sizes.highest, height);
      sizes.height += height + SPACING;
    }
  return sizes;
}

static void
bobbin_wrap_layout_measure (GtkLayoutManager *manager,
                            GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  const Sizes sizes = get_sizes (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = sizes.widest_minimum;
      *natural = MAX (sizes.width, 0);
      return;
    }
  *minimum = *natural = MAX (for_size >= 0 && for_size < sizes.width ? sizes.height : sizes.highest, 0);
}

static void
place (GtkWidget *widget, GtkWidget *child, int x, int y, int width, int height)
{
  const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const int left = rtl ? gtk_widget_get_width (widget) - x - width : x;

  gtk_widget_size_allocate (child, &(GtkAllocation){ left, y, width, height }, -1);
}

static void
bobbin_wrap_layout_allocate (
    GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  const Sizes sizes = get_sizes (widget);
  const gboolean wraps = width < sizes.width;
  int x = wraps ? 0 : (width - sizes.width) / 2;
  int y = 0;

  for (GtkWidget *child = get_next (gtk_widget_get_first_child (widget)); child != NULL;
       child = get_next (gtk_widget_get_next_sibling (child)))
    {
      const int child_width = get_natural (child, GTK_ORIENTATION_HORIZONTAL);
      const int child_height = get_natural (child, GTK_ORIENTATION_VERTICAL);
      const int column = MIN (sizes.widest, width);

      if (wraps)
        {
          place (widget, child, (width - column) / 2, y, column, child_height);
          y += child_height + SPACING;
          continue;
        }
      place (widget, child, x, y, child_width, child_height);
      x += child_width + SPACING;
    }
}

static GtkSizeRequestMode
bobbin_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
bobbin_wrap_layout_class_init (BobbinWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->allocate = bobbin_wrap_layout_allocate;
  layout_class->measure = bobbin_wrap_layout_measure;
  layout_class->get_request_mode = bobbin_wrap_layout_get_request_mode;
}

static void
bobbin_wrap_layout_init (BobbinWrapLayout *self)
{
}
