/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-lazy-rows.h"

/*
 * Rows are filled in the layout phase of a frame, after GTK has placed them:
 * before that it is not known which of them will be seen. What is filled there
 * is laid out in another pass of the same phase, so nobody sees it empty.
 */

/* This one is filled as it is made, so that its height is known. */
#define FIRST_ROWS 1

/* Rows are filled for so long in one frame, in microseconds; the next frame
 * goes on. */
#define TIME_PER_FRAME 5000

struct _BobbinLazyRows
{
  GtkListView *view; /* borrowed: it lives as long as this does */
  BobbinLazyRowFunc fill;
  GtkAdjustment *adjustment; /* owned */
  GdkFrameClock *clock;      /* owned; NULL while the view is not realized */
  guint n_rows;
  guint tick_id;
  gint64 frame;    /* the last one that rows were filled in */
  gboolean is_due; /* whether there may be rows to be filled */
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

  self->tick_id = 0;
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
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
  self->is_due = TRUE;
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self->view), tick_cb, self, NULL);
}

/* Runs after GTK has laid out the window, in each pass. GTK gives up after some
 * passes, so only one of them in a frame fills rows. */
static void
laid_out_cb (BobbinLazyRows *self, GdkFrameClock *clock)
{
  const gint64 frame = gdk_frame_clock_get_frame_counter (clock);
  const gint64 deadline = g_get_monotonic_time () + TIME_PER_FRAME;

  if (!self->is_due || frame == self->frame)
    return;
  self->frame = frame;
  /* What is seen first, then what would be with the next page up or down. */
  self->is_due = FALSE;
  if (!fill_within (self, 0.0f, deadline)
      || !fill_within (self, (float) gtk_widget_get_height (GTK_WIDGET (self->view)), deadline))
    bobbin_lazy_rows_look (self);
}

static void
drop_clock (BobbinLazyRows *self)
{
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_object (&self->clock);
}

static void
follow_clock (BobbinLazyRows *self)
{
  drop_clock (self);
  self->frame = -1;
  self->clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->view));
  if (self->clock == NULL)
    return;
  g_object_ref (self->clock);
  g_signal_connect_data (self->clock, "layout", G_CALLBACK (laid_out_cb), self, NULL,
                         G_CONNECT_AFTER | G_CONNECT_SWAPPED);
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
  g_signal_connect_swapped (view, "realize", G_CALLBACK (follow_clock), self);
  g_signal_connect_swapped (view, "unrealize", G_CALLBACK (drop_clock), self);
  g_signal_connect_swapped (view, "map", G_CALLBACK (bobbin_lazy_rows_look), self);
  follow_adjustment (self);
  follow_clock (self);
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
  drop_clock (self);
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
