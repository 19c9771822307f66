/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-view.h"

#include "bobbin-row-layout.h"
#include "bobbin-timeline-hand.h"
#include "bobbin-timeline-picture.h"
#include "bobbin-timeline-tip.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

/* How often to look for news, in ms: while bars grow, and while nothing does or
 * things should not move. */
#define FRAME 33
#define SECOND 1000

#define TIP_DISTANCE 6
#define TIP_MARGIN 8

struct _BobbinTimelineView
{
  GtkWidget parent_instance;

  BobbinTimelinePicture picture;
  guint tick_id;
  guint tick_length; /* in ms */
  gint64 told_at;    /* when the description was told, microseconds */

  BobbinTimelinePlace pointed; /* what the pointer is on */
  BobbinTimelinePlace focused; /* what the keys have gone to */
  gboolean has_pointed;
  gboolean has_focused;
  double pointer_x;
  double pointer_y;
  BobbinTimelineTip *tip;
};

enum
{
  SIGNAL_ACTIVATE_DOWNLOAD,
  SIGNAL_UPDATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinTimelineView, bobbin_timeline_view, GTK_TYPE_WIDGET)

/* The pointer counts, and else the keys. */
static const BobbinTimelinePlace *
get_marked (BobbinTimelineView *self)
{
  const BobbinTimelinePlace *place = self->has_pointed   ? &self->pointed
                                     : self->has_focused ? &self->focused
                                                         : NULL;

  return place != NULL && bobbin_timeline_bars_get (&self->picture.bars, *place) != NULL ? place : NULL;
}

static void
tell_description (BobbinTimelineView *self, const char *text)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/* The focused bar, or the whole; once a second is enough while it changes. */
static void
update_description (BobbinTimelineView *self, gint64 now, gboolean running)
{
  g_autoptr (BobbinTimelineTale) tale = NULL;
  g_autofree char *text = NULL;

  if (running && now - self->told_at < G_USEC_PER_SEC)
    return;
  self->told_at = now;
  if (self->has_focused && bobbin_timeline_bars_get (&self->picture.bars, self->focused) != NULL)
    {
      tale = bobbin_timeline_tale_new (&self->picture.bars, self->focused, self->picture.source,
                                       self->picture.running);
      text = bobbin_timeline_tale_join (tale);
    }
  else
    text = bobbin_timeline_words_for_all (self->picture.source, &self->picture.scale, now);
  tell_description (self, text);
}

static void
update_tip (BobbinTimelineView *self)
{
  const BobbinTimelinePlace *marked = get_marked (self);
  g_autoptr (BobbinTimelineTale) tale = NULL;

  if (marked != NULL)
    {
      tale = bobbin_timeline_tale_new (&self->picture.bars, *marked, self->picture.source,
                                       self->picture.running);
      bobbin_timeline_tip_set_tale (self->tip, tale);
    }
  gtk_widget_set_child_visible (GTK_WIDGET (self->tip), marked != NULL);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static guint
get_tick_length (BobbinTimelineView *self)
{
  const gboolean moves = adw_get_enable_animations (GTK_WIDGET (self));

  return moves && self->picture.running->len > 0 ? FRAME : SECOND;
}

static void
tick_cb (gpointer user_data)
{
  BobbinTimelineView *self = user_data;

  self->tick_id = 0;
  bobbin_timeline_view_update (self);
}

static void
plan_tick (BobbinTimelineView *self, gboolean running)
{
  const guint length = get_tick_length (self);

  if (self->tick_id != 0 && (!running || self->tick_length != length))
    g_clear_handle_id (&self->tick_id, g_source_remove);
  self->tick_length = length;
  if (running && self->tick_id == 0)
    self->tick_id = g_timeout_add_once (length, tick_cb, self);
}

/**
 * bobbin_timeline_view_update:
 * @self: a view
 *
 * Looks for news, unless nobody sees it. Main thread.
 */
void
bobbin_timeline_view_update (BobbinTimelineView *self)
{
  const gint64 now = g_get_monotonic_time ();
  gboolean running;

  if (self->picture.source == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  running = bobbin_run_is_running (bobbin_timeline_source_get_run (self->picture.source));
  if (bobbin_timeline_picture_read (&self->picture, now))
    gtk_widget_queue_resize (GTK_WIDGET (self));
  if (get_marked (self) != NULL || gtk_widget_get_child_visible (GTK_WIDGET (self->tip)))
    update_tip (self);
  update_description (self, now, running);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  plan_tick (self, running);
  g_signal_emit (self, signals[SIGNAL_UPDATED], 0);
}

/* What is in sight has changed. */
static void
sight_changed (BobbinTimelineView *self)
{
  update_description (self, g_get_monotonic_time (), FALSE);
  update_tip (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GtkAdjustment *
get_vadjustment (BobbinTimelineView *self)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  return window != NULL ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window)) : NULL;
}

/* What of the view is in sight, from where to where. */
static void
get_sight (BobbinTimelineView *self, double *top, double *bottom)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  double x, y;

  *top = 0;
  *bottom = gtk_widget_get_height (GTK_WIDGET (self));
  if (window == NULL || !gtk_widget_translate_coordinates (window, GTK_WIDGET (self), 0, 0, &x, &y))
    return;
  *top = MAX (*top, y);
  *bottom = MIN (*bottom, y + gtk_widget_get_height (window));
}

static void
scroll_to (BobbinTimelineView *self, BobbinTimelinePlace place)
{
  GtkAdjustment *adjustment = get_vadjustment (self);
  const graphene_rect_t bounds = bobbin_timeline_picture_get_bounds (&self->picture, place);
  double top, bottom, y;

  if (adjustment == NULL)
    return;
  get_sight (self, &top, &bottom);
  y = (double) bounds.origin.y;
  if (y < top)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + y - top);
  else if (y + self->picture.pitch > bottom)
    gtk_adjustment_set_value (adjustment,
                              gtk_adjustment_get_value (adjustment) + y + self->picture.pitch - bottom);
}

static void
focus_bar (BobbinTimelineView *self, BobbinTimelinePlace place)
{
  const BobbinTimelineBar *bar = bobbin_timeline_bars_get (&self->picture.bars, place);

  self->focused = place;
  self->has_focused = TRUE;
  self->has_pointed = FALSE;
  bobbin_timeline_scale_show (&self->picture.scale, bar->start, bar->end);
  scroll_to (self, place);
  sight_changed (self);
}

static gboolean
find_first_bar (BobbinTimelineView *self, BobbinTimelinePlace *place)
{
  for (guint i = 0; i < self->picture.bars.lanes->len; i++)
    if (bobbin_timeline_bars_find (&self->picture.bars, i, self->picture.scale.from, G_MAXINT64, place))
      return TRUE;
  return FALSE;
}

static gboolean
move_focus (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  BobbinTimelineView *self = BOBBIN_TIMELINE_VIEW (widget);
  BobbinTimelinePlace place = self->focused;
  int bars, lanes;

  g_variant_get (arguments, "(ii)", &bars, &lanes);
  if (!self->has_focused || bobbin_timeline_bars_get (&self->picture.bars, place) == NULL)
    {
      if (!find_first_bar (self, &place))
        return FALSE;
    }
  else
    bobbin_timeline_bars_move (&self->picture.bars, &place, bars, lanes);
  focus_bar (self, place);
  return TRUE;
}

static gboolean
leave_bar (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  BobbinTimelineView *self = BOBBIN_TIMELINE_VIEW (widget);

  if (!self->has_focused)
    return FALSE;
  self->has_focused = FALSE;
  sight_changed (self);
  return TRUE;
}

static void
activate_bar (BobbinTimelineView *self, BobbinTimelinePlace place)
{
  const BobbinTimelineBar *bar = bobbin_timeline_bars_get (&self->picture.bars, place);
  const GArray *spans = bobbin_timeline_source_get_timeline (self->picture.source)->spans;
  const BobbinSpan *span;

  if (bar == NULL)
    return;
  span = bar->span < spans->len ? &g_array_index (spans, BobbinSpan, bar->span)
                                : &g_array_index (self->picture.running, BobbinSpan, bar->span - spans->len);
  if (span->download != NULL)
    g_signal_emit (self, signals[SIGNAL_ACTIVATE_DOWNLOAD], 0, span->download);
}

static gboolean
activate_focused (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  BobbinTimelineView *self = BOBBIN_TIMELINE_VIEW (widget);

  if (!self->has_focused)
    return FALSE;
  activate_bar (self, self->focused); /* which may move the focus elsewhere */
  return TRUE;
}

/* Around the focused bar or, without one, the middle of what is in sight. */
static gint64
get_anchor (BobbinTimelineView *self)
{
  const BobbinTimelineScale *scale = &self->picture.scale;
  const BobbinTimelinePlace *marked = get_marked (self);
  const BobbinTimelineBar *bar
      = marked != NULL ? bobbin_timeline_bars_get (&self->picture.bars, *marked) : NULL;

  if (bar != NULL && bar->start >= scale->from && bar->end <= scale->from + scale->span)
    return (bar->start + bar->end) / 2;
  return scale->from + scale->span / 2;
}

/**
 * bobbin_timeline_view_zoom:
 * @self: a view
 * @factor: how much closer; less than 1 for farther away
 */
void
bobbin_timeline_view_zoom (BobbinTimelineView *self, double factor)
{
  if (bobbin_timeline_scale_zoom (&self->picture.scale, factor, get_anchor (self)))
    sight_changed (self);
}

/**
 * bobbin_timeline_view_fit:
 * @self: a view
 *
 * Shows all of the run.
 */
void
bobbin_timeline_view_fit (BobbinTimelineView *self)
{
  if (bobbin_timeline_scale_fit (&self->picture.scale))
    sight_changed (self);
}

/* Where the pointer is now. */
static void
point_at (BobbinTimelineView *self, double x, double y)
{
  const BobbinTimelinePlace old = self->pointed;
  const gboolean had = self->has_pointed;

  self->pointer_x = x;
  self->pointer_y = y;
  self->has_pointed = bobbin_timeline_picture_find (&self->picture, x, y, &self->pointed);
  if (had != self->has_pointed || old.lane != self->pointed.lane || old.index != self->pointed.index)
    sight_changed (self);
}

/* A new layout makes GTK tell of a pointer that has not moved, and then the keys go on to count. */
static void
motion_cb (BobbinTimelineView *self, double x, double y)
{
  if (fabs (x - self->pointer_x) + fabs (y - self->pointer_y) < 0.5)
    return;
  point_at (self, x, y);
}

static void
leave_cb (BobbinTimelineView *self)
{
  if (!self->has_pointed)
    return;
  self->has_pointed = FALSE;
  self->pointer_x = -1; /* wherever it comes back, it has moved */
  sight_changed (self);
}

static void
clicked_cb (BobbinTimelineHand *hand, double x, double y, gpointer user_data)
{
  BobbinTimelineView *self = user_data;
  BobbinTimelinePlace place;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (bobbin_timeline_picture_find (&self->picture, x, y, &place))
    activate_bar (self, place);
}

static gboolean
zoomed_cb (BobbinTimelineHand *hand, double factor, double x, gpointer user_data)
{
  BobbinTimelineView *self = user_data;
  const double in_plot = CLAMP (x - self->picture.plot_x, 0, self->picture.scale.width);

  if (bobbin_timeline_scale_zoom (&self->picture.scale, factor,
                                  bobbin_timeline_scale_to_time (&self->picture.scale, in_plot)))
    sight_changed (self);
  return TRUE;
}

/* Returns: whether there is anything out of sight to go to */
static gboolean
panned_cb (BobbinTimelineHand *hand, double pixels, gpointer user_data)
{
  BobbinTimelineView *self = user_data;
  BobbinTimelineScale *scale = &self->picture.scale;

  if (!bobbin_timeline_scale_is_zoomed (scale))
    return FALSE;
  if (bobbin_timeline_scale_pan (scale, (gint64) (pixels / scale->width * (double) scale->span)))
    sight_changed (self);
  return TRUE;
}

static const BobbinTimelineHandFuncs hand_funcs = { clicked_cb, zoomed_cb, panned_cb };

static void
bobbin_timeline_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BobbinTimelineView *self = BOBBIN_TIMELINE_VIEW (widget);

  if (self->picture.source == NULL)
    return;
  bobbin_timeline_picture_snapshot (&self->picture, snapshot, get_marked (self));
  gtk_widget_snapshot_child (widget, GTK_WIDGET (self->tip), snapshot);
}

static void
bobbin_timeline_view_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  BobbinTimelineView *self = BOBBIN_TIMELINE_VIEW (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural
        = bobbin_timeline_picture_measure (&self->picture, for_size >= 0 ? for_size : BOBBIN_NARROW_BELOW);
}

static GtkSizeRequestMode
bobbin_timeline_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Below the bar, or above it where there is no room below. */
static void
allocate_tip (BobbinTimelineView *self)
{
  const BobbinTimelinePlace *marked = get_marked (self);
  GtkWidget *tip = GTK_WIDGET (self->tip);
  const int view_width = gtk_widget_get_width (GTK_WIDGET (self));
  graphene_rect_t bounds;
  double top, bottom, left, upper, x, y;
  int width, height;
  GtkRequisition size;

  gtk_widget_get_preferred_size (tip, NULL, &size);
  if (marked == NULL)
    return;
  width = MIN (size.width, view_width - 2 * TIP_MARGIN);
  height = size.height;
  bounds = bobbin_timeline_picture_get_bounds (&self->picture, *marked);
  get_sight (self, &top, &bottom);
  left = (double) bounds.origin.x;
  upper = (double) bounds.origin.y;
  x = self->has_pointed ? self->pointer_x : left + (double) bounds.size.width / 2;
  x = CLAMP (x, left, left + (double) bounds.size.width) - width / 2.0;
  x = CLAMP (x, TIP_MARGIN, MAX (view_width - width - TIP_MARGIN, TIP_MARGIN));
  y = upper + (double) bounds.size.height + TIP_DISTANCE;
  if (y + height > bottom && upper - TIP_DISTANCE - height >= top)
    y = upper - TIP_DISTANCE - height;
  gtk_widget_allocate (tip, width, height, -1,
                       gsk_transform_translate (NULL,
                                                &GRAPHENE_POINT_INIT ((float) floor (x), (float) floor (y))));
}

static void
bobbin_timeline_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BobbinTimelineView *self = BOBBIN_TIMELINE_VIEW (widget);

  bobbin_timeline_picture_allocate (&self->picture, width, height);
  allocate_tip (self);
}

static void
bobbin_timeline_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bobbin_timeline_view_parent_class)->map (widget);
  bobbin_timeline_view_update (BOBBIN_TIMELINE_VIEW (widget));
}

static void
bobbin_timeline_view_unmap (GtkWidget *widget)
{
  BobbinTimelineView *self = BOBBIN_TIMELINE_VIEW (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (bobbin_timeline_view_parent_class)->unmap (widget);
}

static void
restyle (BobbinTimelineView *self)
{
  bobbin_timeline_picture_restyle (&self->picture);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
bobbin_timeline_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (bobbin_timeline_view_parent_class)->css_changed (widget, change);
  restyle (BOBBIN_TIMELINE_VIEW (widget));
}

static void
focus_changed_cb (BobbinTimelineView *self)
{
  if (!gtk_widget_has_focus (GTK_WIDGET (self)))
    leave_bar (GTK_WIDGET (self), NULL, NULL);
}

static void
bobbin_timeline_view_dispose (GObject *object)
{
  BobbinTimelineView *self = BOBBIN_TIMELINE_VIEW (object);
  GtkWidget *tip = GTK_WIDGET (self->tip);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  self->tip = NULL;
  g_clear_pointer (&tip, gtk_widget_unparent);
  G_OBJECT_CLASS (bobbin_timeline_view_parent_class)->dispose (object);
}

static void
bobbin_timeline_view_finalize (GObject *object)
{
  bobbin_timeline_picture_clear (&BOBBIN_TIMELINE_VIEW (object)->picture);
  G_OBJECT_CLASS (bobbin_timeline_view_parent_class)->finalize (object);
}

static void
add_key (GtkWidgetClass *widget_class, guint key, guint keypad, int bars, int lanes)
{
  gtk_widget_class_add_binding (widget_class, key, 0, move_focus, "(ii)", bars, lanes);
  gtk_widget_class_add_binding (widget_class, keypad, 0, move_focus, "(ii)", bars, lanes);
}

/* Time runs left to right in all languages, and so do the arrows. */
static void
add_keys (GtkWidgetClass *widget_class)
{
  add_key (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0);
  add_key (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0);
  add_key (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1);
  add_key (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1);
  add_key (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, G_MININT, 0);
  add_key (widget_class, GDK_KEY_End, GDK_KEY_KP_End, G_MAXINT, 0);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_focused, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_focused, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, leave_bar, NULL);
}

static void
bobbin_timeline_view_class_init (BobbinTimelineViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bobbin_timeline_view_dispose;
  object_class->finalize = bobbin_timeline_view_finalize;
  widget_class->css_changed = bobbin_timeline_view_css_changed;
  widget_class->get_request_mode = bobbin_timeline_view_get_request_mode;
  widget_class->map = bobbin_timeline_view_map;
  widget_class->measure = bobbin_timeline_view_measure;
  widget_class->size_allocate = bobbin_timeline_view_size_allocate;
  widget_class->snapshot = bobbin_timeline_view_snapshot;
  widget_class->unmap = bobbin_timeline_view_unmap;

  signals[SIGNAL_ACTIVATE_DOWNLOAD]
      = g_signal_new ("activate-download", BOBBIN_TYPE_TIMELINE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, BOBBIN_TYPE_DOWNLOAD);
  signals[SIGNAL_UPDATED] = g_signal_new ("updated", BOBBIN_TYPE_TIMELINE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  add_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_controllers (BobbinTimelineView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_object (motion, "enter", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  bobbin_timeline_hand_new (GTK_WIDGET (self), &hand_funcs, self);
}

static void
bobbin_timeline_view_init (BobbinTimelineView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  bobbin_timeline_picture_init (&self->picture, GTK_WIDGET (self));
  self->tip = BOBBIN_TIMELINE_TIP (bobbin_timeline_tip_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->tip), GTK_WIDGET (self));
  gtk_widget_set_child_visible (GTK_WIDGET (self->tip), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  add_controllers (self);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (restyle), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (restyle), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_changed_cb), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Timeline"), -1);
}

/**
 * bobbin_timeline_view_take_source:
 * @self: a view
 * @source: (transfer full): what to show from now on
 *
 * Main thread.
 */
void
bobbin_timeline_view_take_source (BobbinTimelineView *self, BobbinTimelineSource *source)
{
  bobbin_timeline_picture_take_source (&self->picture, source);
  self->has_pointed = FALSE;
  self->has_focused = FALSE;
  bobbin_timeline_view_update (self);
}
