/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-lazy-rows.h"

/* So many are filled as they are made: those of the first screen. */
#define FIRST_ROWS 20

/* Rows are filled for so long in one frame, in microseconds; the next frame
 * goes on. */
#define TIME_PER_FRAME 5000

struct _BobbinLazyRows
{
  GtkListView *view; /* borrowed: it lives as long as this does */
  BobbinLazyRowFunc fill;
  GtkAdjustment *adjustment;
  guint n_rows;
  guint tick_id;
};

/* Fills what lies at most @margin pixels above or below the view.
 * Returns: whether there was time for all of it */
static gboolean
fill_within (BobbinLazyRows *self, float margin, gint64 deadline)
{
  GtkWidget *view = GTK_WIDGET (self->view);
  const float height = (float) gtk_widget_get_height (view);

  for (GtkWidget *item = gtk_widget_get_first_child (view); item != NULL;
       item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);
      graphene_rect_t bounds;

      if (row == NULL || gtk_widget_get_height (item) == 0
          || !gtk_widget_compute_bounds (item, view, &bounds))
        continue;
      if (bounds.origin.y > height + margin || bounds.origin.y + bounds.size.height < -margin)
        continue;
      if (self->fill (row) && g_get_monotonic_time () > deadline)
        return FALSE;
    }
  return TRUE;
}

static gboolean
tick_cb (GtkWidget *view, GdkFrameClock *clock, gpointer user_data)
{
  BobbinLazyRows *self = user_data;
  const gint64 deadline = g_get_monotonic_time () + TIME_PER_FRAME;

  /* What is seen first, then what would be with the next page up or down. */
  if (!fill_within (self, 0.0f, deadline)
      || !fill_within (self, (float) gtk_widget_get_height (view), deadline))
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

/**
 * bobbin_lazy_rows_look:
 * @self: lazy rows
 *
 * Looks in the next frame which rows have to be filled: after rows were bound.
 * Scrolling is noticed without it. Main thread.
 */
void
bobbin_lazy_rows_look (BobbinLazyRows *self)
{
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self->view), tick_cb, self, NULL);
}

static void
follow_adjustment (BobbinLazyRows *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_set_object (&self->adjustment, adjustment);
  if (adjustment == NULL)
    return;
  g_signal_connect_swapped (adjustment, "changed", G_CALLBACK (bobbin_lazy_rows_look), self);
  g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (bobbin_lazy_rows_look), self);
}

/**
 * bobbin_lazy_rows_new:
 * @view: a list; has to outlive this
 * @fill: fills a row
 *
 * Main thread.
 *
 * Returns: (transfer full): lazy rows for @view
 */
BobbinLazyRows *
bobbin_lazy_rows_new (GtkListView *view, BobbinLazyRowFunc fill)
{
  BobbinLazyRows *self = g_new0 (BobbinLazyRows, 1);

  self->view = view;
  self->fill = fill;
  g_signal_connect_swapped (view, "notify::vadjustment", G_CALLBACK (follow_adjustment), self);
  follow_adjustment (self);
  return self;
}

/**
 * bobbin_lazy_rows_free:
 * @self: (transfer full) (nullable): lazy rows
 *
 * Main thread.
 */
void
bobbin_lazy_rows_free (BobbinLazyRows *self)
{
  if (self == NULL)
    return;
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->view), self->tick_id);
  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  g_signal_handlers_disconnect_by_data (self->view, self);
  g_clear_object (&self->adjustment);
  g_free (self);
}

/**
 * bobbin_lazy_rows_add:
 * @self: lazy rows
 * @row: a new, empty row
 *
 * Takes note of a row that the list has made. Main thread.
 */
void
bobbin_lazy_rows_add (BobbinLazyRows *self, GtkWidget *row)
{
  if (self->n_rows++ < FIRST_ROWS)
    self->fill (row);
  bobbin_lazy_rows_look (self);
}
