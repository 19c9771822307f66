/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-run-chooser.h"

#include "bobbin-run-words.h"
#include "bobbin-timeline-keep.h"
#include "bobbin-words.h"

#include <glib/gi18n.h>

/* Nobody looks for older ones. */
#define MAX_RUNS 100

#define RECORD_KEY "bobbin-run-record"

struct _BobbinRunChooser
{
  GtkWidget parent_instance;

  BobbinQueue *queue;
  BobbinKeeper *keeper;
  GCancellable *cancellable;
  BobbinTimelineSource *source; /* NULL for the last run */
  gint64 began;                 /* the queue's run, as last seen */

  GtkMenuButton *button;
  GtkListBox *list;
  GtkWidget *popover;
};

static guint chosen_signal;

G_DEFINE_FINAL_TYPE (BobbinRunChooser, bobbin_run_chooser, GTK_TYPE_WIDGET)

static BobbinRun
run_from_record (const BobbinRunRecord *record)
{
  return (BobbinRun){
    .start = 1,
    .end = 1 + record->elapsed,
    .ended_time = record->one_after_another,
    .most_at_once = record->at_once,
    .finished = record->finished,
    .failed = record->failed,
    .bytes = record->bytes,
    .began = record->began,
    .measured = record->measured,
  };
}

/**
 * bobbin_run_chooser_words_for_run:
 * @record: a run
 *
 * Returns: (transfer full): "20 downloads · 1.52 s · 6.7× faster"
 */
char *
bobbin_run_chooser_words_for_run (const BobbinRunRecord *record)
{
  const BobbinRun run = run_from_record (record);
  const guint n_downloads = record->finished + record->failed;
  g_autofree char *downloads
      = g_strdup_printf (ngettext ("%u download", "%u downloads", n_downloads), n_downloads);
  g_autofree char *elapsed = bobbin_words_for_exact_duration (record->elapsed);
  g_autofree char *ratio = NULL;
  BobbinFigures figures;

  bobbin_figures_read (&figures, &run, run.end);
  if (figures.ratio > 0)
    ratio = bobbin_run_words_for_ratio (figures.ratio);
  return g_strjoin (" · ", downloads, elapsed, ratio, NULL);
}

static char *
words_for_date (gint64 began)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (began / G_USEC_PER_SEC);

  /* Translators: a date and a time of day, as strftime() writes them */
  return date != NULL ? g_date_time_format (date, _ ("%x, %H:%M")) : g_strdup ("");
}

static GtkWidget *
new_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static void
add_row (BobbinRunChooser *self, const char *title, const char *subtitle, const BobbinRunRecord *record)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *label = g_strjoin (", ", title, subtitle, NULL);

  gtk_box_append (GTK_BOX (box), new_label (title, NULL));
  if (subtitle != NULL)
    gtk_box_append (GTK_BOX (box), new_label (subtitle, "details"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (record != NULL)
    g_object_set_data_full (G_OBJECT (row), RECORD_KEY, g_memdup2 (record, sizeof *record), g_free);
  gtk_list_box_append (self->list, row);
}

static gboolean
is_last (BobbinRunChooser *self, const BobbinRunRecord *record)
{
  return record->began == bobbin_queue_get_run (self->queue)->began;
}

/* The last run, then earlier ones, the newest first. */
static void
fill (BobbinRunChooser *self, const GArray *runs)
{
  GtkWidget *child;
  guint n_added = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  if (bobbin_queue_get_run (self->queue)->start != 0)
    add_row (self, bobbin_run_is_running (bobbin_queue_get_run (self->queue)) ? _ ("Now") : _ ("Last Run"),
             NULL, NULL);
  for (guint i = runs->len; i > 0 && n_added < MAX_RUNS; i--)
    {
      const BobbinRunRecord *record = &g_array_index (runs, BobbinRunRecord, i - 1);
      g_autofree char *date = words_for_date (record->began);
      g_autofree char *words = bobbin_run_chooser_words_for_run (record);

      if (is_last (self, record) || record->finished + record->failed == 0)
        continue;
      add_row (self, date, words, record);
      n_added++;
    }
}

static void
load_runs (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GArray *runs = bobbin_store_load_runs (data, &error);

  if (runs != NULL)
    g_task_return_pointer (task, runs, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

/* Calls back only while the chooser is there. */
static void
start_task (BobbinRunChooser *self, GTaskThreadFunc func, GAsyncReadyCallback callback)
{
  BobbinStore *store = bobbin_keeper_get_store (self->keeper);
  g_autoptr (GTask) task = NULL;

  if (store == NULL)
    return;
  task = g_task_new (self, self->cancellable, callback, NULL);
  g_task_set_task_data (task, bobbin_store_ref (store), (GDestroyNotify) bobbin_store_unref);
  g_task_run_in_thread (task, func);
}

static void
listed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BobbinRunChooser *self = BOBBIN_RUN_CHOOSER (object);
  g_autoptr (GArray) runs = g_task_propagate_pointer (G_TASK (result), NULL);

  if (runs != NULL && self->queue != NULL)
    fill (self, runs);
}

static void
popover_shown_cb (BobbinRunChooser *self)
{
  start_task (self, load_runs, listed_cb);
}

static void
take_source (BobbinRunChooser *self, BobbinTimelineSource *source)
{
  g_clear_pointer (&self->source, bobbin_timeline_source_unref);
  self->source = source;
  g_signal_emit (self, chosen_signal, 0);
}

typedef struct
{
  BobbinStore *store;
  BobbinRunRecord record;
} Wanted;

static void
wanted_free (gpointer data)
{
  bobbin_store_unref (((Wanted *) data)->store);
  g_free (data);
}

static void
load_timeline (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Wanted *wanted = data;
  g_autoptr (GBytes) kept = bobbin_store_load_timeline (wanted->store, wanted->record.began, NULL);
  const BobbinRun run = run_from_record (&wanted->record);
  BobbinTimeline timeline;

  bobbin_timeline_init (&timeline);
  /* The figures of a run are worth seeing even if its bars are not known. */
  if (kept == NULL || !bobbin_timeline_read_kept (&timeline, kept, NULL))
    bobbin_timeline_begin (&timeline, 1);
  g_task_return_pointer (task, bobbin_timeline_source_new_kept (&timeline, &run),
                         (GDestroyNotify) bobbin_timeline_source_unref);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BobbinRunChooser *self = BOBBIN_RUN_CHOOSER (object);
  BobbinTimelineSource *source = g_task_propagate_pointer (G_TASK (result), NULL);

  /* The window may have gone meanwhile. */
  if (source != NULL && self->queue != NULL)
    take_source (self, source);
}

static void
load (BobbinRunChooser *self, const BobbinRunRecord *record)
{
  Wanted *wanted = g_new (Wanted, 1);
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, loaded_cb, NULL);

  *wanted = (Wanted){ bobbin_store_ref (bobbin_keeper_get_store (self->keeper)), *record };
  g_task_set_task_data (task, wanted, wanted_free);
  g_task_run_in_thread (task, load_timeline);
}

static void
row_activated_cb (BobbinRunChooser *self, GtkListBoxRow *row)
{
  const BobbinRunRecord *record = g_object_get_data (G_OBJECT (row), RECORD_KEY);

  if (record != NULL)
    load (self, record);
  else
    take_source (self, NULL);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* Nothing has run since the program was started: the newest of the earlier runs is shown. */
static void
show_newest_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  BobbinRunChooser *self = BOBBIN_RUN_CHOOSER (object);
  g_autoptr (GArray) runs = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self->queue == NULL)
    return;
  for (guint i = runs != NULL ? runs->len : 0; i > 0 && bobbin_queue_get_run (self->queue)->start == 0; i--)
    {
      const BobbinRunRecord *record = &g_array_index (runs, BobbinRunRecord, i - 1);

      if (!record->has_timeline || record->finished + record->failed == 0)
        continue;
      load (self, record);
      return;
    }
}

/* A new run is what the person wants to see. */
static void
queue_changed_cb (BobbinRunChooser *self)
{
  const gint64 began = bobbin_queue_get_run (self->queue)->began;

  if (self->began == began)
    return;
  self->began = began;
  if (self->source != NULL)
    take_source (self, NULL);
}

static void
bobbin_run_chooser_dispose (GObject *object)
{
  BobbinRunChooser *self = BOBBIN_RUN_CHOOSER (object);
  GtkWidget *button = GTK_WIDGET (self->button);

  g_cancellable_cancel (self->cancellable);
  self->button = NULL;
  g_clear_pointer (&button, gtk_widget_unparent);
  g_clear_pointer (&self->source, bobbin_timeline_source_unref);
  g_clear_object (&self->queue);
  g_clear_object (&self->keeper);
  G_OBJECT_CLASS (bobbin_run_chooser_parent_class)->dispose (object);
}

static void
bobbin_run_chooser_finalize (GObject *object)
{
  g_object_unref (BOBBIN_RUN_CHOOSER (object)->cancellable);
  G_OBJECT_CLASS (bobbin_run_chooser_parent_class)->finalize (object);
}

static void
bobbin_run_chooser_class_init (BobbinRunChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_run_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = bobbin_run_chooser_finalize;
  chosen_signal = g_signal_new ("chosen", BOBBIN_TYPE_RUN_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
create_popover (BobbinRunChooser *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "runs");
  gtk_list_box_set_placeholder (self->list, gtk_label_new (_ ("No Earlier Runs")));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Earlier Runs"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 400);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), scrolled);
  gtk_widget_add_css_class (self->popover, "menu");
  g_signal_connect_object (self->popover, "show", G_CALLBACK (popover_shown_cb), self, G_CONNECT_SWAPPED);
  return self->popover;
}

static void
bobbin_run_chooser_init (BobbinRunChooser *self)
{
  self->cancellable = g_cancellable_new ();
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->button, "document-open-recent-symbolic");
  gtk_menu_button_set_has_frame (self->button, FALSE);
  gtk_menu_button_set_popover (self->button, create_popover (self));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _ ("Earlier Runs"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Earlier Runs"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
}

static void
opened_cb (BobbinRunChooser *self)
{
  start_task (self, load_runs, show_newest_cb);
}

/**
 * bobbin_run_chooser_set_up:
 * @self: a chooser
 * @queue: whose run is the last one
 * @keeper: what knows of earlier ones
 *
 * Connects the chooser. Call it once. Main thread.
 */
void
bobbin_run_chooser_set_up (BobbinRunChooser *self, BobbinQueue *queue, BobbinKeeper *keeper)
{
  self->queue = g_object_ref (queue);
  self->keeper = g_object_ref (keeper);
  g_signal_connect_object (queue, "changed", G_CALLBACK (queue_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keeper, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
}

/**
 * bobbin_run_chooser_dup_source:
 * @self: a chooser
 *
 * Returns: (transfer full) (nullable): the chosen run, %NULL for that of the
 *   queue
 */
BobbinTimelineSource *
bobbin_run_chooser_dup_source (BobbinRunChooser *self)
{
  return self->source != NULL ? bobbin_timeline_source_ref (self->source) : NULL;
}
