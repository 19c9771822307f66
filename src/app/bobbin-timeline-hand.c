/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-hand.h"

#include <math.h>

/* How much closer one notch of a wheel goes, and how far, in pixels. */
#define NOTCH_ZOOM 1.2
#define NOTCH_PAN 60.0

struct _BobbinTimelineHand
{
  GtkWidget *widget; /* not owned: it owns this */
  const BobbinTimelineHandFuncs *funcs;
  gpointer user_data;
  double pointer_x;
  double dragged; /* how far the drag has gone, in pixels */
  double pinched; /* how much closer the pinch has gone */
  gboolean drags;
};

/* Where the page can be scrolled up and down, a wheel does that. */
static gboolean
scrolls_down (BobbinTimelineHand *self)
{
  GtkWidget *window = gtk_widget_get_ancestor (self->widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment
      = window != NULL ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window)) : NULL;

  return adjustment != NULL
         && gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment) + 0.5;
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller, double dx, double dy, gpointer user_data)
{
  BobbinTimelineHand *self = user_data;
  const GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if ((state & GDK_CONTROL_MASK) != 0)
    return self->funcs->zoomed (self, pow (NOTCH_ZOOM, -dy), self->pointer_x, self->user_data);
  if ((state & GDK_SHIFT_MASK) != 0 && fabs (dx) < fabs (dy))
    return self->funcs->panned (self, dy * NOTCH_PAN, self->user_data);
  if (fabs (dx) > fabs (dy))
    return self->funcs->panned (self, dx * NOTCH_PAN, self->user_data);
  return !scrolls_down (self) && self->funcs->panned (self, dy * NOTCH_PAN, self->user_data);
}

static void
motion_cb (GtkEventControllerMotion *controller, double x, double y, gpointer user_data)
{
  ((BobbinTimelineHand *) user_data)->pointer_x = x;
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, gpointer user_data)
{
  BobbinTimelineHand *self = user_data;

  self->dragged = 0;
  self->drags = FALSE;
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, gpointer user_data)
{
  BobbinTimelineHand *self = user_data;

  if (!self->drags && !gtk_drag_check_threshold (self->widget, 0, 0, (int) dx, (int) dy))
    return;
  self->drags = TRUE;
  if (self->funcs->panned (self, self->dragged - dx, self->user_data))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->dragged = dx;
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, gpointer user_data)
{
  BobbinTimelineHand *self = user_data;
  double x, y;

  if (!self->drags && gtk_gesture_drag_get_start_point (gesture, &x, &y))
    self->funcs->clicked (self, x, y, self->user_data);
}

static void
pinch_begin_cb (GtkGesture *gesture, GdkEventSequence *sequence, gpointer user_data)
{
  ((BobbinTimelineHand *) user_data)->pinched = 1;
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, gpointer user_data)
{
  BobbinTimelineHand *self = user_data;
  double x = self->pointer_x;
  double y;

  gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y);
  self->funcs->zoomed (self, scale / self->pinched, x, self->user_data);
  self->pinched = scale;
}

static void
add_scroll (BobbinTimelineHand *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (self->widget, scroll);
  gtk_widget_add_controller (self->widget, motion);
}

static void
add_gestures (BobbinTimelineHand *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (self->widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (self->widget, GTK_EVENT_CONTROLLER (pinch));
}

/**
 * bobbin_timeline_hand_new:
 * @widget: what is pointed at
 * @funcs: what to do
 * @user_data: data for @funcs
 *
 * Main thread.
 */
void
bobbin_timeline_hand_new (GtkWidget *widget, const BobbinTimelineHandFuncs *funcs, gpointer user_data)
{
  BobbinTimelineHand *self = g_new0 (BobbinTimelineHand, 1);

  *self = (BobbinTimelineHand){ .widget = widget, .funcs = funcs, .user_data = user_data, .pinched = 1 };
  add_scroll (self);
  add_gestures (self);
  /* The controllers go as the widget does. */
  g_object_set_data_full (G_OBJECT (widget), "bobbin-timeline-hand", self, g_free);
}
