/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-line-gutter.h"

/* Space before and after the numbers, in pixels. */
#define MARGIN 12

struct _BobbinLineGutter
{
  GtkWidget parent_instance;

  GtkTextView *view;         /* not owned: it owns this widget */
  GtkAdjustment *adjustment; /* owned; the view's vertical one */
  PangoLayout *layout;       /* owned; made anew when the style changes */
  int n_lines;
};

G_DEFINE_FINAL_TYPE (BobbinLineGutter, bobbin_line_gutter, GTK_TYPE_WIDGET)

static PangoLayout *
get_layout (BobbinLineGutter *self)
{
  if (self->layout == NULL)
    self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  return self->layout;
}

static int
measure_number (BobbinLineGutter *self, int number)
{
  g_autofree char *text = g_strdup_printf ("%d", number);
  PangoLayout *layout = get_layout (self);
  int width;

  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static void
bobbin_line_gutter_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  BobbinLineGutter *self = BOBBIN_LINE_GUTTER (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = measure_number (self, self->n_lines) + 2 * MARGIN;
}

static void
snapshot_number (BobbinLineGutter *self, GtkSnapshot *snapshot, int line, int y, const GdkRGBA *colour)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int width = measure_number (self, line + 1);
  int x = is_rtl ? MARGIN : gtk_widget_get_width (GTK_WIDGET (self)) - MARGIN - width;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, self->layout, colour);
  gtk_snapshot_restore (snapshot);
}

/* Only the lines on screen: the work is the same for eight lines and for a hundred thousand. */
static void
bobbin_line_gutter_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BobbinLineGutter *self = BOBBIN_LINE_GUTTER (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GdkRectangle visible;
  GtkTextIter iter;
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  gtk_text_view_get_visible_rect (self->view, &visible);
  gtk_text_view_get_line_at_y (self->view, &iter, visible.y, NULL);

  for (int line = gtk_text_iter_get_line (&iter); line < self->n_lines; line++)
    {
      int y, height, window_y;

      gtk_text_buffer_get_iter_at_line (buffer, &iter, line);
      gtk_text_view_get_line_yrange (self->view, &iter, &y, &height);
      if (y > visible.y + visible.height)
        break;
      gtk_text_view_buffer_to_window_coords (self->view, GTK_TEXT_WINDOW_LEFT, 0, y, NULL, &window_y);
      snapshot_number (self, snapshot, line, window_y, &colour);
    }
}

static void
bobbin_line_gutter_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (bobbin_line_gutter_parent_class)->css_changed (widget, change);

  g_clear_object (&BOBBIN_LINE_GUTTER (widget)->layout);
  gtk_widget_queue_resize (widget);
}

static void
bobbin_line_gutter_dispose (GObject *object)
{
  BobbinLineGutter *self = BOBBIN_LINE_GUTTER (object);

  g_clear_object (&self->adjustment);
  g_clear_object (&self->layout);

  G_OBJECT_CLASS (bobbin_line_gutter_parent_class)->dispose (object);
}

static void
bobbin_line_gutter_class_init (BobbinLineGutterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bobbin_line_gutter_dispose;
  widget_class->measure = bobbin_line_gutter_measure;
  widget_class->snapshot = bobbin_line_gutter_snapshot;
  widget_class->css_changed = bobbin_line_gutter_css_changed;

  gtk_widget_class_set_css_name (widget_class, "linegutter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
bobbin_line_gutter_init (BobbinLineGutter *self)
{
  self->n_lines = 1;
  gtk_widget_add_css_class (GTK_WIDGET (self), "dim-label");
}

static void
lines_changed (BobbinLineGutter *self)
{
  int n_lines = gtk_text_buffer_get_line_count (gtk_text_view_get_buffer (self->view));

  if (n_lines == self->n_lines)
    return;
  self->n_lines = n_lines;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
follow_adjustment (BobbinLineGutter *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  if (adjustment == self->adjustment)
    return;
  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_set_object (&self->adjustment, adjustment);
  if (adjustment == NULL)
    return;

  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

/**
 * bobbin_line_gutter_attach:
 * @view: a text view that keeps its buffer
 *
 * Shows line numbers at the left of @view.
 */
void
bobbin_line_gutter_attach (GtkTextView *view)
{
  BobbinLineGutter *self = g_object_new (BOBBIN_TYPE_LINE_GUTTER, NULL);

  self->view = view;
  g_signal_connect_object (view, "notify::vadjustment", G_CALLBACK (follow_adjustment), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (view), "changed", G_CALLBACK (lines_changed), self,
                           G_CONNECT_SWAPPED);
  follow_adjustment (self);
  lines_changed (self);
  gtk_text_view_set_gutter (view, GTK_TEXT_WINDOW_LEFT, GTK_WIDGET (self));
}
