/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-row.h"

#include "bobbin-bar.h"
#include "bobbin-ring.h"
#include "bobbin-row-layout.h"
#include "bobbin-row-look.h"
#include "bobbin-row-words.h"
#include "bobbin-tile.h"

/* Between two looks at the time that is left until the next try, in ms. */
#define COUNTDOWN_INTERVAL 250

struct _BobbinRow
{
  GtkWidget parent_instance;

  BobbinQueue *queue;
  BobbinThumbnails *thumbnails;
  BobbinDownload *download;
  gulong changed_id;

  BobbinRowParts parts; /* all NULL until the row is filled */
  GtkWidget *icon;
  GtkWidget *ring; /* NULL until it was first needed */
  gint64 retry_at; /* what it counts down to */
  guint countdown_id;
  const BobbinLook *look; /* of the last download, too */
  int shown_look;         /* a BobbinLookId, -1 while unbound */
  int spoken_tenth;       /* of the progress, as last told to assistive technology */
  gboolean spoken_left;   /* whether the time left was told */
};

enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_MENU_WANTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinRow, bobbin_row, GTK_TYPE_WIDGET)

static gboolean
is_filled (BobbinRow *self)
{
  return self->parts.tile != NULL;
}

/* The icon of the state, or the ring that counts down, in the same place. */
static void
update_icon (BobbinRow *self, BobbinLookId id)
{
  const gboolean rings = id == BOBBIN_LOOK_RETRYING;
  GtkWidget *shown;

  if (rings && self->ring == NULL)
    {
      self->ring = bobbin_ring_new ();
      gtk_widget_insert_after (self->ring, GTK_WIDGET (self), self->parts.state_icon);
    }
  shown = rings ? self->ring : self->icon;
  if (bobbin_look_get (id)->state_icon != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), bobbin_look_get (id)->state_icon);
  gtk_widget_set_visible (self->icon, bobbin_look_get (id)->state_icon != NULL);
  if (self->ring != NULL)
    gtk_widget_set_visible (self->ring, rings);
  if (self->parts.state_icon == shown)
    return;
  self->parts.state_icon = shown;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
update_look (BobbinRow *self, BobbinLookId id)
{
  const BobbinLook *look = bobbin_look_get (id);
  GtkWidget *widget = GTK_WIDGET (self);

  /* A row that goes on to a download in the same state needs no new style. */
  if (self->look == look)
    return;
  if (self->look != NULL)
    gtk_widget_remove_css_class (widget, self->look->style);
  self->look = look;
  gtk_widget_add_css_class (widget, look->style);

  gtk_widget_set_visible (self->parts.bar, look->has_bar);
  update_icon (self, id);
  gtk_button_set_icon_name (GTK_BUTTON (self->parts.button), look->button_icon);
  gtk_widget_set_tooltip_text (self->parts.button, bobbin_look_get_tooltip (id));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->parts.bar), GTK_ACCESSIBLE_STATE_BUSY,
                               id == BOBBIN_LOOK_CONNECTING, -1);
}

/* GTK 4.8 has no label on the list item, so it is set on its widget, too. */
static void
update_label (BobbinRow *self)
{
  g_autofree char *label = bobbin_row_words_for_label (self->queue, self->download);
  g_autofree char *action = bobbin_row_words_for_action (self->queue, self->download);
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));

  if (item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (!is_filled (self))
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->parts.button), GTK_ACCESSIBLE_PROPERTY_LABEL, action,
                                  -1);
}

static gboolean
update_name (BobbinRow *self)
{
  g_autofree char *name = bobbin_download_dup_name (self->download);

  if (!bobbin_text_line_set_text (self->parts.name, name))
    return FALSE;
  bobbin_tile_set_name (BOBBIN_TILE (self->parts.tile), name);
  return TRUE;
}

static void
update_picture (BobbinRow *self, BobbinState state)
{
  g_autofree char *path = state == BOBBIN_STATE_FINISHED ? bobbin_download_dup_path (self->download) : NULL;

  bobbin_tile_set_picture (BOBBIN_TILE (self->parts.tile), path);
}

static gboolean
update_details (BobbinRow *self)
{
  g_auto (BobbinPhrase) phrase = { 0 };

  bobbin_row_words_for_details (self->queue, self->download, &phrase);
  return bobbin_text_line_take_phrase (self->parts.details, &phrase);
}

static void
update_state (BobbinRow *self)
{
  BobbinRowLayout *layout = BOBBIN_ROW_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));
  g_auto (BobbinPhrase) phrase = { 0 };
  int before = -1;

  if (bobbin_row_layout_is_narrow (layout))
    before = bobbin_text_line_get_brief_width (self->parts.state);
  bobbin_row_words_for_state (self->queue, self->download, &phrase);
  bobbin_text_line_take_phrase (self->parts.state, &phrase);
  /* In the narrow form the details get what the state leaves. */
  if (before >= 0 && before != bobbin_text_line_get_brief_width (self->parts.state))
    gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static gboolean
count_down_cb (gpointer user_data)
{
  BobbinRow *self = user_data;

  update_state (self);
  return G_SOURCE_CONTINUE;
}

/* Runs only while there is something to count: the queue has no news in the
 * meantime. */
static void
update_countdown (BobbinRow *self, BobbinLookId id)
{
  const gint64 retry_at = bobbin_download_get_retry_at (self->download);

  if (id != BOBBIN_LOOK_RETRYING)
    {
      g_clear_handle_id (&self->countdown_id, g_source_remove);
      self->retry_at = 0;
      return;
    }
  if (retry_at == self->retry_at)
    return;
  g_clear_handle_id (&self->countdown_id, g_source_remove);
  self->retry_at = retry_at;
  self->countdown_id = g_timeout_add (COUNTDOWN_INTERVAL, count_down_cb, self);
  bobbin_ring_count_down (BOBBIN_RING (self->ring), bobbin_download_get_retry_since (self->download),
                          retry_at);
}

static void
update_bar (BobbinRow *self, double fraction)
{
  g_autoptr (GArray) ranges = self->look->has_bar ? bobbin_download_dup_ranges (self->download) : NULL;

  bobbin_bar_set_ranges (BOBBIN_BAR (self->parts.bar), self->look->bar, ranges,
                         bobbin_download_get_total (self->download), fraction);
}

/* Returns: whether the name or the reason to wait is another one than before */
static gboolean
update_parts (BobbinRow *self, BobbinLookId id, double fraction)
{
  const gboolean new_name = update_name (self);
  gboolean new_details;

  if (self->shown_look != (int) id)
    {
      update_look (self, id);
      update_picture (self, bobbin_download_get_state (self->download));
    }
  new_details = update_details (self);
  update_state (self);
  update_countdown (self, id);
  update_bar (self, fraction);
  return new_name
         || (new_details
             && (id == BOBBIN_LOOK_WAITING || id == BOBBIN_LOOK_PAUSED || id == BOBBIN_LOOK_RETRYING));
}

static void
changed_cb (BobbinRow *self)
{
  const BobbinLookId id = bobbin_look_for (self->queue, self->download);
  const double fraction = MAX (0.0, bobbin_download_get_fraction (self->download));
  const int tenth = (int) (fraction * 10.0);
  const gboolean left = bobbin_download_get_time_left (self->download) >= 0;
  const gboolean new_words = is_filled (self) && update_parts (self, id, fraction);
  const gboolean new_look = self->shown_look != (int) id;

  self->shown_look = (int) id;
  if (new_look || new_words || tenth != self->spoken_tenth || left != self->spoken_left)
    {
      self->spoken_tenth = tenth;
      self->spoken_left = left;
      update_label (self);
    }
}

static void
clicked_cb (BobbinRow *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

/* A finished row gives its file. */
static GdkContentProvider *
prepare_drag_cb (GtkDragSource *source, double x, double y, BobbinRow *self)
{
  g_autofree char *path = self->download != NULL ? bobbin_download_dup_path (self->download) : NULL;
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  GSList only = { .data = file };

  if (file == NULL)
    return NULL;
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (&only));
  return gdk_content_provider_new_for_value (&value);
}

static void
secondary_pressed_cb (BobbinRow *self, int n_press, double x, double y, GtkGesture *click)
{
  g_signal_emit (self, signals[SIGNAL_MENU_WANTED], 0, x, y);
  gtk_gesture_set_state (click, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
bobbin_row_dispose (GObject *object)
{
  BobbinRow *self = BOBBIN_ROW (object);
  GtkWidget *child;

  bobbin_row_set_download (self, NULL);
  g_clear_object (&self->queue);
  g_clear_object (&self->thumbnails);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (bobbin_row_parent_class)->dispose (object);
}

static void
bobbin_row_class_init (BobbinRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_row_dispose;
  signals[SIGNAL_ACTIVATED]
      = g_signal_new ("activated", BOBBIN_TYPE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MENU_WANTED] = g_signal_new ("menu-wanted", BOBBIN_TYPE_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                              NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  gtk_widget_class_set_css_name (widget_class, "download");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_child (BobbinRow *self, GtkWidget *child, const char *style)
{
  if (style != NULL)
    gtk_widget_add_css_class (child, style);
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  return child;
}

static void
bobbin_row_init (BobbinRow *self)
{
  self->shown_look = -1;
}

static void
add_drag_source (BobbinRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_drag_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}

static void
add_secondary_click (BobbinRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (secondary_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
add_children (BobbinRow *self)
{
  BobbinRowParts *parts = &self->parts;

  self->icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  parts->tile = add_child (self, bobbin_tile_new (self->thumbnails), NULL);
  parts->name = BOBBIN_TEXT_LINE (add_child (self, bobbin_text_line_new (), "name"));
  parts->details = BOBBIN_TEXT_LINE (add_child (self, bobbin_text_line_new (), "details"));
  parts->bar = add_child (self, bobbin_bar_new (), NULL);
  parts->state_icon = add_child (self, self->icon, "state");
  parts->state = BOBBIN_TEXT_LINE (add_child (self, bobbin_text_line_new (), "state"));
  parts->button = add_child (self, gtk_button_new (), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (parts->details), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (parts->state), "numeric");
  bobbin_text_line_set_ellipsize (parts->name, PANGO_ELLIPSIZE_MIDDLE);
  g_signal_connect_object (parts->button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
}

/**
 * bobbin_row_new:
 * @queue: the queue that the downloads are in
 * @thumbnails: where pictures come from
 *
 * Returns: (transfer floating): an empty row without a download
 */
GtkWidget *
bobbin_row_new (BobbinQueue *queue, BobbinThumbnails *thumbnails)
{
  BobbinRow *self = g_object_new (BOBBIN_TYPE_ROW, NULL);

  self->queue = g_object_ref (queue);
  self->thumbnails = g_object_ref (thumbnails);
  gtk_widget_set_layout_manager (GTK_WIDGET (self), bobbin_row_layout_new (&self->parts));
  return GTK_WIDGET (self);
}

/**
 * bobbin_row_fill:
 * @self: a row
 *
 * Gives the row what it shows. Main thread.
 *
 * Returns: whether it was still empty
 */
gboolean
bobbin_row_fill (BobbinRow *self)
{
  if (is_filled (self))
    return FALSE;
  add_children (self);
  add_drag_source (self);
  add_secondary_click (self);
  self->shown_look = -1;
  if (self->download != NULL)
    changed_cb (self);
  return TRUE;
}

/**
 * bobbin_row_get_download:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what the row shows
 */
BobbinDownload *
bobbin_row_get_download (BobbinRow *self)
{
  return self->download;
}

/**
 * bobbin_row_set_download:
 * @self: a row
 * @download: (nullable): what to show, or %NULL to let go of it
 *
 * Binds the row. Main thread.
 */
void
bobbin_row_set_download (BobbinRow *self, BobbinDownload *download)
{
  if (self->download == download)
    return;
  if (self->download != NULL)
    g_clear_signal_handler (&self->changed_id, self->download);
  g_clear_handle_id (&self->countdown_id, g_source_remove);
  self->retry_at = 0;
  g_set_object (&self->download, download);
  if (download == NULL)
    return;
  self->shown_look = -1;
  self->changed_id
      = g_signal_connect_object (download, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

/**
 * bobbin_row_update_wait:
 * @self: a row
 *
 * Looks again why the download waits: the place in line changes when others
 * come and go. Main thread.
 */
void
bobbin_row_update_wait (BobbinRow *self)
{
  if (self->download != NULL && is_filled (self)
      && bobbin_download_get_state (self->download) == BOBBIN_STATE_WAITING)
    changed_cb (self);
}
