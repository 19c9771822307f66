/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-timeline-page.h"

#include "bobbin-footer.h"
#include "bobbin-measure.h"
#include "bobbin-measure-dialog.h"
#include "bobbin-run-chooser.h"
#include "bobbin-run-words.h"
#include "bobbin-text-line.h"
#include "bobbin-timeline-compare.h"
#include "bobbin-timeline-export.h"
#include "bobbin-timeline-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define ZOOM 1.5

struct _BobbinTimelinePage
{
  GtkWidget parent_instance;

  BobbinQueue *queue;
  BobbinTimelineSource *source;
  GSimpleActionGroup *actions;
  BobbinMeasure *measure; /* NULL while nothing is measured */
  gint64 told_at;         /* when the heading was told, microseconds */

  GtkStack *stack;
  BobbinTextLine *heading;
  BobbinRunChooser *chooser;
  GtkWidget *measuring;
  GtkSpinner *spinner;
  GtkLabel *measured;
  GtkWidget *stop_button;
  BobbinTimelineCompare *compare;
  BobbinTimelineView *view;
  BobbinFooter *footer;
};

enum
{
  SIGNAL_ACTIVATE_DOWNLOAD,
  SIGNAL_NOTICE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinTimelinePage, bobbin_timeline_page, GTK_TYPE_WIDGET)

static void
tell (BobbinTimelinePage *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_NOTICE], 0, text);
}

static void
set_enabled (BobbinTimelinePage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (BobbinTimelinePage *self)
{
  const BobbinRun *run = bobbin_timeline_source_get_run (self->source);
  const gboolean over = run->start != 0 && !bobbin_run_is_running (run);
  const gboolean is_last = bobbin_timeline_source_is_live (self->source);

  set_enabled (self, "measure", over && is_last && run->most_at_once > 1 && self->measure == NULL);
  set_enabled (self, "stop-measuring", self->measure != NULL);
  set_enabled (self, "export-svg", over);
  set_enabled (self, "export-csv", over);
  set_enabled (self, "copy", run->start != 0);
}

static void
tell_heading (BobbinTimelinePage *self, gboolean running, gint64 now)
{
  g_autofree char *text = NULL;

  if (running && now - self->told_at < G_USEC_PER_SEC)
    return;
  self->told_at = now;
  text = bobbin_text_line_dup_text (self->heading);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->heading), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
update_heading (BobbinTimelinePage *self)
{
  const BobbinRun *run = bobbin_timeline_source_get_run (self->source);
  const gint64 now = g_get_monotonic_time ();
  g_auto (BobbinPhrase) phrase = { 0 };
  BobbinFigures figures;

  bobbin_figures_read (&figures, run, now);
  gtk_stack_set_visible_child_name (self->stack, figures.started ? "run" : "empty");
  if (!figures.started)
    return;
  /* A run that ended because the rest was paused has not finished. */
  figures.running |= run->held > 0;
  bobbin_run_words_for_timeline (&figures, &phrase);
  bobbin_text_line_take_phrase (self->heading, &phrase);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->heading),
                               !figures.compares  ? NULL
                               : figures.measured ? _ ("The same links, downloaded one after another")
                                                  : _ ("Sum of each download’s own time"));
  tell_heading (self, bobbin_run_is_running (run), now);
  gtk_widget_set_visible (GTK_WIDGET (self->compare), figures.compares);
  bobbin_timeline_compare_show (self->compare, self->source, now);
}

static void
updated_cb (BobbinTimelinePage *self)
{
  update_heading (self);
}

static void
queue_changed_cb (BobbinTimelinePage *self)
{
  update_actions (self);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  update_heading (self);
  bobbin_timeline_view_update (self->view);
}

static void
show_source (BobbinTimelinePage *self, BobbinTimelineSource *source)
{
  g_clear_pointer (&self->source, bobbin_timeline_source_unref);
  self->source = source;
  bobbin_timeline_view_take_source (self->view, bobbin_timeline_source_ref (source));
  update_actions (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update_heading (self);
}

static void
chosen_cb (BobbinTimelinePage *self)
{
  BobbinTimelineSource *source = bobbin_run_chooser_dup_source (self->chooser);

  show_source (self, source != NULL ? source : bobbin_timeline_source_new (self->queue));
}

static void
activate_download_cb (BobbinTimelinePage *self, BobbinDownload *download)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE_DOWNLOAD], 0, download);
}

static void
show_measuring (BobbinTimelinePage *self)
{
  const gboolean measuring = self->measure != NULL;

  gtk_widget_set_visible (self->measuring, measuring);
  g_object_set (self->spinner, "spinning", measuring, NULL);
  update_actions (self);
}

static void
measure_progress_cb (BobbinTimelinePage *self)
{
  g_autofree char *text = bobbin_measure_dialog_words_for_progress (self->measure);

  gtk_label_set_label (self->measured, text);
}

static void
measure_done_cb (BobbinTimelinePage *self)
{
  g_autoptr (BobbinMeasure) measure = g_steal_pointer (&self->measure);
  const gint64 time = bobbin_measure_get_time (measure);
  const char *problem = bobbin_measure_get_problem (measure);

  show_measuring (self);
  if (time > 0)
    bobbin_queue_set_measured (self->queue, time);
  else if (problem != NULL)
    tell (self, problem);
  update_heading (self);
}

static void
measure_asked_cb (gpointer user_data)
{
  BobbinTimelinePage *self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->measure != NULL || bobbin_run_is_running (bobbin_queue_get_run (self->queue)))
    return;
  self->measure = bobbin_measure_start (self->queue, &error);
  if (self->measure == NULL)
    {
      tell (self, _ ("There is no folder to measure in"));
      return;
    }
  g_signal_connect_object (self->measure, "progress", G_CALLBACK (measure_progress_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->measure, "done", G_CALLBACK (measure_done_cb), self, G_CONNECT_SWAPPED);
  measure_progress_cb (self);
  show_measuring (self);
}

static void
measure_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BobbinTimelinePage *self = user_data;

  bobbin_measure_dialog_ask (GTK_WIDGET (self), self->queue, measure_asked_cb, self);
}

static void
stop_measuring_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BobbinTimelinePage *self = user_data;

  bobbin_measure_stop (self->measure);
}

static void
exported_cb (const char *notice, gpointer user_data)
{
  tell (user_data, notice);
}

static void
export_svg_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BobbinTimelinePage *self = user_data;

  bobbin_timeline_export (GTK_WIDGET (self), self->source, BOBBIN_TIMELINE_SVG, exported_cb, self);
}

static void
export_csv_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BobbinTimelinePage *self = user_data;

  bobbin_timeline_export (GTK_WIDGET (self), self->source, BOBBIN_TIMELINE_CSV, exported_cb, self);
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  BobbinTimelinePage *self = user_data;

  bobbin_timeline_export_copy (GTK_WIDGET (self), self->source);
  tell (self, _ ("Table copied"));
}

static void
zoom_in_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bobbin_timeline_view_zoom (BOBBIN_TIMELINE_PAGE (user_data)->view, ZOOM);
}

static void
zoom_out_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bobbin_timeline_view_zoom (BOBBIN_TIMELINE_PAGE (user_data)->view, 1 / ZOOM);
}

static void
fit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  bobbin_timeline_view_fit (BOBBIN_TIMELINE_PAGE (user_data)->view);
}

static void
add_actions (BobbinTimelinePage *self)
{
  const GActionEntry entries[] = {
    { .name = "measure", .activate = measure_cb },
    { .name = "stop-measuring", .activate = stop_measuring_cb },
    { .name = "export-svg", .activate = export_svg_cb },
    { .name = "export-csv", .activate = export_csv_cb },
    { .name = "copy", .activate = copy_cb },
    { .name = "zoom-in", .activate = zoom_in_cb },
    { .name = "zoom-out", .activate = zoom_out_cb },
    { .name = "fit", .activate = fit_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
}

static gboolean
bobbin_timeline_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BOBBIN_TIMELINE_PAGE (widget)->view));
}

static void
bobbin_timeline_page_map (GtkWidget *widget)
{
  BobbinTimelinePage *self = BOBBIN_TIMELINE_PAGE (widget);

  GTK_WIDGET_CLASS (bobbin_timeline_page_parent_class)->map (widget);
  self->told_at = 0;
  if (self->source != NULL)
    update_heading (self);
}

static void
bobbin_timeline_page_dispose (GObject *object)
{
  BobbinTimelinePage *self = BOBBIN_TIMELINE_PAGE (object);
  GtkWidget *child;

  if (self->measure != NULL)
    g_signal_handlers_disconnect_by_data (self->measure, self);
  g_clear_object (&self->measure);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->source, bobbin_timeline_source_unref);
  g_clear_object (&self->actions);
  g_clear_object (&self->queue);
  G_OBJECT_CLASS (bobbin_timeline_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BobbinTimelinePage, stack);
  gtk_widget_class_bind_template_child (widget_class, BobbinTimelinePage, heading);
  gtk_widget_class_bind_template_child (widget_class, BobbinTimelinePage, chooser);
  gtk_widget_class_bind_template_child (widget_class, BobbinTimelinePage, measuring);
  gtk_widget_class_bind_template_child (widget_class, BobbinTimelinePage, spinner);
  gtk_widget_class_bind_template_child (widget_class, BobbinTimelinePage, measured);
  gtk_widget_class_bind_template_child (widget_class, BobbinTimelinePage, stop_button);
  gtk_widget_class_bind_template_child (widget_class, BobbinTimelinePage, compare);
  gtk_widget_class_bind_template_child (widget_class, BobbinTimelinePage, view);
  gtk_widget_class_bind_template_child (widget_class, BobbinTimelinePage, footer);
  gtk_widget_class_bind_template_callback (widget_class, activate_download_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, updated_cb);
}

static void
bobbin_timeline_page_class_init (BobbinTimelinePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_timeline_page_dispose;
  widget_class->grab_focus = bobbin_timeline_page_grab_focus;
  widget_class->map = bobbin_timeline_page_map;

  signals[SIGNAL_ACTIVATE_DOWNLOAD]
      = g_signal_new ("activate-download", BOBBIN_TYPE_TIMELINE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, BOBBIN_TYPE_DOWNLOAD);
  signals[SIGNAL_NOTICE] = g_signal_new ("notice", BOBBIN_TYPE_TIMELINE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "timeline.copy", NULL);
  g_type_ensure (BOBBIN_TYPE_FOOTER);
  g_type_ensure (BOBBIN_TYPE_RUN_CHOOSER);
  g_type_ensure (BOBBIN_TYPE_TEXT_LINE);
  g_type_ensure (BOBBIN_TYPE_TIMELINE_COMPARE);
  g_type_ensure (BOBBIN_TYPE_TIMELINE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-timeline-page.ui");
  bind_children (widget_class);
}

static void
bobbin_timeline_page_init (BobbinTimelinePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_actions (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "timeline", G_ACTION_GROUP (self->actions));
}

/**
 * bobbin_timeline_page_set_up:
 * @self: a page
 * @queue: what to show
 * @settings: for the footer
 * @keeper: what knows of earlier runs
 *
 * Connects the page. Call it once. Main thread.
 */
void
bobbin_timeline_page_set_up (BobbinTimelinePage *self,
                             BobbinQueue *queue,
                             GSettings *settings,
                             BobbinKeeper *keeper)
{
  self->queue = g_object_ref (queue);
  bobbin_run_chooser_set_up (self->chooser, queue, keeper);
  bobbin_footer_set_up (self->footer, queue, settings);
  show_source (self, bobbin_timeline_source_new (queue));
  g_signal_connect_object (queue, "changed", G_CALLBACK (queue_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "run-finished", G_CALLBACK (queue_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * bobbin_timeline_page_get_actions:
 * @self: a page
 *
 * Returns: (transfer none): what can be done with the timeline, for the name
 *   "timeline"
 */
GActionGroup *
bobbin_timeline_page_get_actions (BobbinTimelinePage *self)
{
  return G_ACTION_GROUP (self->actions);
}

/**
 * bobbin_timeline_page_bind_keys:
 * @window_class: the class of the window that has the page
 *
 * Lets the keys for zooming work wherever the focus is, as long as the window
 * has the actions of a page.
 */
void
bobbin_timeline_page_bind_keys (GtkWidgetClass *window_class)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = {
    { GDK_KEY_plus, "timeline.zoom-in" },
    { GDK_KEY_equal, "timeline.zoom-in" },
    { GDK_KEY_KP_Add, "timeline.zoom-in" },
    { GDK_KEY_minus, "timeline.zoom-out" },
    { GDK_KEY_KP_Subtract, "timeline.zoom-out" },
    { GDK_KEY_0, "timeline.fit" },
    { GDK_KEY_KP_0, "timeline.fit" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (window_class, keys[i].key, GDK_CONTROL_MASK, keys[i].action, NULL);
}
