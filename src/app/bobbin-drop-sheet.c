/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-drop-sheet.h"
#include "bobbin-incoming-reader.h"

#include <glib/gi18n.h>

struct _BobbinDropSheet
{
  AdwBin parent_instance;

  GtkDropTargetAsync *drop_target; /* owned by the widget that it is attached to */
  GdkDrop *drop;                   /* owned; what is over the widget, if anything */
  GCancellable *looking;           /* owned; while the words for it are looked up */
  GCancellable *reading;           /* owned; of what was dropped last */

  GtkWidget *title_label;
  GtkWidget *name_label;
};

enum
{
  SIGNAL_DROPPED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinDropSheet, bobbin_drop_sheet, ADW_TYPE_BIN)

static void
stop_looking (BobbinDropSheet *self)
{
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
}

static void
stop_reading (BobbinDropSheet *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
bobbin_drop_sheet_dispose (GObject *object)
{
  BobbinDropSheet *self = BOBBIN_DROP_SHEET (object);

  stop_looking (self);
  stop_reading (self);
  g_clear_object (&self->drop);

  G_OBJECT_CLASS (bobbin_drop_sheet_parent_class)->dispose (object);
}

static void
bobbin_drop_sheet_class_init (BobbinDropSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_drop_sheet_dispose;

  signals[SIGNAL_DROPPED] = g_signal_new ("dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, BOBBIN_TYPE_INCOMING);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-drop-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, BobbinDropSheet, title_label);
  gtk_widget_class_bind_template_child (widget_class, BobbinDropSheet, name_label);
}

static void
bobbin_drop_sheet_init (BobbinDropSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bobbin_drop_sheet_new:
 *
 * Returns: (transfer floating): a sheet, to be laid over what it covers
 */
GtkWidget *
bobbin_drop_sheet_new (void)
{
  return g_object_new (BOBBIN_TYPE_DROP_SHEET, NULL);
}

static void
show_words (BobbinDropSheet *self, const char *title, const char *name)
{
  gtk_label_set_label (GTK_LABEL (self->title_label), title);
  gtk_label_set_label (GTK_LABEL (self->name_label), name);
  gtk_widget_set_visible (self->name_label, *name != '\0');
}

static void
describe_files (BobbinDropSheet *self, GSList *files)
{
  guint n_files = g_slist_length (files);
  g_autofree char *uri = files != NULL ? g_file_get_uri (files->data) : NULL;

  if (n_files != 1)
    {
      g_autofree char *title = g_strdup_printf (ngettext ("Drop to add links from %u file",
                                                          "Drop to add links from %u files", n_files),
                                                n_files);

      show_words (self, title, "");
    }
  else if (bobbin_incoming_is_link (uri))
    show_words (self, _ ("Drop to add the link"), uri);
  else
    {
      g_autofree char *base_name = g_file_get_basename (files->data);
      g_autofree char *name = g_filename_display_name (base_name);

      show_words (self, _ ("Drop to add its links"), name);
    }
}

static void
describe_text (BobbinDropSheet *self, const char *text)
{
  g_autofree char *line = g_strstrip (g_strdup (text));

  if (strchr (line, '\n') == NULL)
    show_words (self, _ ("Drop to add the link"), line);
  else
    show_words (self, _ ("Drop to add the links"), "");
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BobbinDropSheet) self = data;
  const GValue *value = gdk_drop_read_value_finish (GDK_DROP (source), result, NULL);

  if (value == NULL || self->drop != GDK_DROP (source))
    return;
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    describe_files (self, g_value_get_boxed (value));
  else if (G_VALUE_HOLDS_STRING (value) && g_value_get_string (value) != NULL)
    describe_text (self, g_value_get_string (value));
}

/* The words arrive after the drag, as fast as the other program gives what is dragged. */
static void
describe (BobbinDropSheet *self, GdkDrop *drop)
{
  g_autoptr (GdkContentFormats) formats
      = gdk_content_formats_union_deserialize_gtypes (gdk_content_formats_ref (gdk_drop_get_formats (drop)));
  GType type = gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ? GDK_TYPE_FILE_LIST
               : gdk_content_formats_contain_gtype (formats, G_TYPE_STRING)    ? G_TYPE_STRING
                                                                               : G_TYPE_INVALID;

  show_words (self, _ ("Drop to add links"), "");
  stop_looking (self);
  if (type == G_TYPE_INVALID)
    return;
  self->looking = g_cancellable_new ();
  gdk_drop_read_value_async (drop, type, G_PRIORITY_DEFAULT, self->looking, on_looked, g_object_ref (self));
}

/* What is dragged within the window, such as text from one line to another, is none of the sheet's business.
 */
static gboolean
on_accept (BobbinDropSheet *self, GdkDrop *drop, GtkDropTargetAsync *target)
{
  return gdk_drop_get_drag (drop) == NULL && (gdk_drop_get_actions (drop) & GDK_ACTION_COPY) != 0
         && gdk_content_formats_match (gtk_drop_target_async_get_formats (target),
                                       gdk_drop_get_formats (drop));
}

static GdkDragAction
on_enter (BobbinDropSheet *self, GdkDrop *drop)
{
  g_set_object (&self->drop, drop);
  describe (self, drop);
  gtk_widget_show (GTK_WIDGET (self));
  return GDK_ACTION_COPY;
}

static GdkDragAction
on_motion (void)
{
  return GDK_ACTION_COPY;
}

static void
leave (BobbinDropSheet *self)
{
  stop_looking (self);
  g_clear_object (&self->drop);
  gtk_widget_hide (GTK_WIDGET (self));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BobbinDropSheet) self = data;
  g_autoptr (BobbinIncoming) incoming = bobbin_incoming_read_finish (result, NULL);

  gdk_drop_finish (GDK_DROP (source), GDK_ACTION_COPY);
  if (incoming != NULL)
    g_signal_emit (self, signals[SIGNAL_DROPPED], 0, incoming);
}

static gboolean
on_drop (BobbinDropSheet *self, GdkDrop *drop)
{
  leave (self);
  stop_reading (self);
  self->reading = g_cancellable_new ();
  bobbin_incoming_read_drop_async (drop, self->reading, on_read, g_object_ref (self));
  return TRUE;
}

static gboolean
on_key (BobbinDropSheet *self, guint key)
{
  if (key != GDK_KEY_Escape || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return GDK_EVENT_PROPAGATE;

  if (self->drop != NULL)
    gtk_drop_target_async_reject_drop (self->drop_target, self->drop);
  leave (self);
  return GDK_EVENT_STOP;
}

/**
 * bobbin_drop_sheet_attach:
 * @self: a sheet
 * @target: the widget that takes what is dropped, usually the window
 *
 * Makes @target take files of links, links and text, and shows the sheet while
 * such a thing is dragged over it.
 */
void
bobbin_drop_sheet_attach (BobbinDropSheet *self, GtkWidget *target)
{
  GtkDropTargetAsync *drop_target
      = gtk_drop_target_async_new (bobbin_incoming_create_formats (), GDK_ACTION_COPY);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->drop_target = drop_target;
  /* The sheet covers the text fields too, so they don't get what is dropped on it. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drop_target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (drop_target, "accept", G_CALLBACK (on_accept), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drop_target, "drag-enter", G_CALLBACK (on_enter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drop_target, "drag-motion", G_CALLBACK (on_motion), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drop_target, "drag-leave", G_CALLBACK (leave), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drop_target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (target, GTK_EVENT_CONTROLLER (drop_target));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (target, keys);
}
