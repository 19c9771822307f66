/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-drop-sheet.h"
#include "bobbin-incoming.h"

#include <glib/gi18n.h>

struct _BobbinDropSheet
{
  AdwBin parent_instance;

  GtkDropTarget *drop_target; /* owned by the widget that it is attached to */
  GCancellable *reading;      /* owned; of the files dropped last */

  GtkWidget *title_label;
  GtkWidget *name_label;
};

enum
{
  SIGNAL_DROPPED,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinDropSheet, bobbin_drop_sheet, ADW_TYPE_BIN)

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
  stop_reading (BOBBIN_DROP_SHEET (object));

  G_OBJECT_CLASS (bobbin_drop_sheet_parent_class)->dispose (object);
}

static guint
new_signal (BobbinDropSheetClass *klass, const char *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       1, G_TYPE_STRING);
}

static void
bobbin_drop_sheet_class_init (BobbinDropSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_drop_sheet_dispose;

  signals[SIGNAL_DROPPED] = new_signal (klass, "dropped");
  signals[SIGNAL_FAILED] = new_signal (klass, "failed");

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
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;

  if (n_files != 1)
    {
      title = g_strdup_printf (ngettext ("Drop to add links from %u file", "Drop to add links from %u files",
                                         n_files),
                               n_files);
      show_words (self, title, "");
    }
  else if (bobbin_incoming_is_link (files->data))
    {
      name = g_file_get_uri (files->data);
      show_words (self, _ ("Drop to add the link"), name);
    }
  else
    {
      g_autofree char *base_name = g_file_get_basename (files->data);

      name = g_filename_display_name (base_name);
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

/* The value arrives after the drag, as fast as the other program gives it. */
static void
describe (BobbinDropSheet *self, GParamSpec *pspec, GtkDropTarget *target)
{
  const GValue *value = gtk_drop_target_get_value (target);

  if (value == NULL)
    show_words (self, _ ("Drop to add links"), "");
  else if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    describe_files (self, g_value_get_boxed (value));
  else if (G_VALUE_HOLDS_STRING (value) && g_value_get_string (value) != NULL)
    describe_text (self, g_value_get_string (value));
}

/* What is dragged within the window, such as text from one line to another, is none of the sheet's business.
 */
static gboolean
on_accept (BobbinDropSheet *self, GdkDrop *drop, GtkDropTarget *target)
{
  return gdk_drop_get_drag (drop) == NULL && (gdk_drop_get_actions (drop) & GDK_ACTION_COPY) != 0
         && gdk_content_formats_match (gtk_drop_target_get_formats (target), gdk_drop_get_formats (drop));
}

static GdkDragAction
on_enter (BobbinDropSheet *self, double x, double y, GtkDropTarget *target)
{
  describe (self, NULL, target);
  gtk_widget_show (GTK_WIDGET (self));
  return GDK_ACTION_COPY;
}

static void
on_leave (BobbinDropSheet *self)
{
  gtk_widget_hide (GTK_WIDGET (self));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BobbinDropSheet) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = bobbin_incoming_read_files_finish (result, &error);

  if (text != NULL)
    g_signal_emit (self, signals[SIGNAL_DROPPED], 0, text);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
}

static void
read_files (BobbinDropSheet *self, GSList *files)
{
  g_autoptr (GListStore) store = g_list_store_new (G_TYPE_FILE);

  for (; files != NULL; files = files->next)
    g_list_store_append (store, files->data);

  stop_reading (self);
  self->reading = g_cancellable_new ();
  bobbin_incoming_read_files_async (G_LIST_MODEL (store), self->reading, on_read, g_object_ref (self));
}

static gboolean
on_drop (BobbinDropSheet *self, const GValue *value)
{
  gtk_widget_hide (GTK_WIDGET (self));
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    read_files (self, g_value_get_boxed (value));
  else if (G_VALUE_HOLDS_STRING (value) && g_value_get_string (value) != NULL)
    g_signal_emit (self, signals[SIGNAL_DROPPED], 0, g_value_get_string (value));
  else
    return FALSE;
  return TRUE;
}

static gboolean
on_key (BobbinDropSheet *self, guint key)
{
  if (key != GDK_KEY_Escape || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return GDK_EVENT_PROPAGATE;

  gtk_drop_target_reject (self->drop_target);
  gtk_widget_hide (GTK_WIDGET (self));
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
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_STRING };
  GtkDropTarget *drop_target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->drop_target = drop_target;
  gtk_drop_target_set_gtypes (drop_target, types, G_N_ELEMENTS (types));
  gtk_drop_target_set_preload (drop_target, TRUE);
  /* The sheet covers the text fields too, so they don't get what is dropped on it. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drop_target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (drop_target, "accept", G_CALLBACK (on_accept), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drop_target, "enter", G_CALLBACK (on_enter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drop_target, "leave", G_CALLBACK (on_leave), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drop_target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drop_target, "notify::value", G_CALLBACK (describe), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (target, GTK_EVENT_CONTROLLER (drop_target));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (target, keys);
}
