/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-window.h"

#include "bobbin-drop-sheet.h"
#include "bobbin-intake.h"
#include "bobbin-keeper-words.h"
#include "bobbin-leave.h"
#include "bobbin-list-page.h"
#include "bobbin-offer.h"
#include "bobbin-preferences.h"
#include "bobbin-sign-ins.h"
#include "bobbin-timeline-page.h"
#include "bobbin-undo.h"
#include "bobbin-views.h"
#include "bobbin-wrap-layout.h"

#include <glib/gi18n.h>

#define NOTICE_SECONDS 3

/* A list that comes back sooner needs nothing that turns, in ms. */
#define SPIN_AFTER 400

struct _BobbinWindow
{
  AdwApplicationWindow parent_instance;

  BobbinQueue *queue;
  GSettings *settings;
  BobbinKeeper *keeper;
  BobbinSignIns *sign_ins;
  BobbinIntake *intake;
  BobbinUndo *undo;
  guint spin_id;

  AdwToastOverlay *toasts;
  GtkWidget *pause_button;
  GtkWidget *search_button;
  GtkWidget *details_button;
  GtkWidget *paste_button;
  BobbinOffer *offer;
  GtkOverlay *overlay;
  AdwViewStack *views;
  BobbinTimelinePage *timeline_page;
  GtkStack *stack;
  GtkSpinner *spinner;
  BobbinListPage *list_page;
};

G_DEFINE_FINAL_TYPE (BobbinWindow, bobbin_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
has_downloads (BobbinWindow *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->queue)) > 0;
}

static void
update_page (BobbinWindow *self)
{
  const gboolean any = has_downloads (self);
  const char *wanted = any ? "list" : bobbin_keeper_is_open (self->keeper) ? "empty" : "loading";

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), wanted) == 0)
    return;
  gtk_stack_set_visible_child_name (self->stack, wanted);
  gtk_widget_set_sensitive (self->search_button, any);
  gtk_widget_set_sensitive (self->details_button, any);
  bobbin_list_page_set_key_capture_widget (self->list_page, any ? GTK_WIDGET (self) : NULL);
  if (any)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "empty");
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "empty");
      g_object_set (self->list_page, "search-mode", FALSE, "details-open", FALSE, NULL);
    }
  gtk_widget_grab_focus (any ? GTK_WIDGET (self->list_page) : self->paste_button);
}

/* One button for both: it pauses as long as there is something to pause. */
static void
update_actions (BobbinWindow *self)
{
  const BobbinCounts *counts = bobbin_queue_get_counts (self->queue);
  const gboolean can_pause = counts->active + counts->waiting > 0;
  const gboolean can_resume = counts->paused > 0;
  const gboolean resumes = can_resume && !can_pause;
  const char *label = resumes ? _ ("Resume All") : _ ("Pause All");
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "win.pause-all", can_pause);
  gtk_widget_action_set_enabled (widget, "win.resume-all", can_resume);
  gtk_widget_action_set_enabled (widget, "win.pause-or-resume-all", can_pause || can_resume);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (self->pause_button), label) == 0)
    return;
  gtk_button_set_icon_name (GTK_BUTTON (self->pause_button),
                            resumes ? "media-playback-start-symbolic" : "media-playback-pause-symbolic");
  gtk_widget_set_tooltip_text (self->pause_button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pause_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
add_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (BobbinIncoming) nothing = bobbin_incoming_new ();

  bobbin_intake_add (BOBBIN_WINDOW (widget)->intake, nothing);
}

static void
sign_in_cb (BobbinWindow *self, BobbinDownload *download)
{
  bobbin_sign_ins_ask (self->sign_ins, download);
}

static void
paste_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bobbin_intake_paste (BOBBIN_WINDOW (widget)->intake);
}

static void
open_file_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bobbin_intake_choose (BOBBIN_WINDOW (widget)->intake);
}

static void
search_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BobbinWindow *self = BOBBIN_WINDOW (widget);

  if (has_downloads (self))
    g_object_set (self->list_page, "search-mode", TRUE, NULL);
}

static void
details_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BobbinWindow *self = BOBBIN_WINDOW (widget);

  if (has_downloads (self))
    g_object_set (self->list_page, "details-open", TRUE, NULL);
}

static void
toggle_details_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BobbinWindow *self = BOBBIN_WINDOW (widget);
  gboolean open;

  g_object_get (self->list_page, "details-open", &open, NULL);
  if (has_downloads (self))
    g_object_set (self->list_page, "details-open", !open, NULL);
}

static void
preferences_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BobbinWindow *self = BOBBIN_WINDOW (widget);

  gtk_window_present (
      GTK_WINDOW (bobbin_preferences_new (GTK_WINDOW (self), self->settings, self->sign_ins)));
}

static void
pause_all_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bobbin_queue_pause_all (BOBBIN_WINDOW (widget)->queue);
}

static void
resume_all_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bobbin_queue_resume_all (BOBBIN_WINDOW (widget)->queue);
}

static void
pause_or_resume_all_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BobbinQueue *queue = BOBBIN_WINDOW (widget)->queue;
  const BobbinCounts *counts = bobbin_queue_get_counts (queue);

  if (counts->active + counts->waiting > 0)
    bobbin_queue_pause_all (queue);
  else
    bobbin_queue_resume_all (queue);
}

static void
removed_cb (BobbinWindow *self, GPtrArray *downloads)
{
  bobbin_undo_note_removal (self->undo, downloads);
}

static void
undo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  bobbin_undo_bring_back (BOBBIN_WINDOW (widget)->undo);
}

/* A narrow header has no room for it, but the panel that covers the list has to
 * go again. */
static void
details_open_cb (BobbinWindow *self)
{
  gboolean narrow, open;

  g_object_get (self->list_page, "narrow", &narrow, "details-open", &open, NULL);
  gtk_widget_set_visible (self->details_button, open || !narrow);
}

/* The order of the list has its own button, or a place in the main menu. */
static void
narrow_cb (BobbinWindow *self)
{
  g_autoptr (GSimpleActionGroup) group = NULL;
  g_autoptr (GAction) action = NULL;
  gboolean narrow;

  g_object_get (self->list_page, "narrow", &narrow, NULL);
  if (narrow)
    {
      group = g_simple_action_group_new ();
      action = g_settings_create_action (self->settings, "sort-order");
      g_action_map_add_action (G_ACTION_MAP (group), action);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "narrow", G_ACTION_GROUP (group));
  details_open_cb (self);
}

static void
add_drop_sheet (BobbinWindow *self)
{
  GtkWidget *sheet = bobbin_drop_sheet_new ();

  gtk_overlay_add_overlay (self->overlay, sheet);
  bobbin_drop_sheet_attach (BOBBIN_DROP_SHEET (sheet), GTK_WIDGET (self));
  g_signal_connect_object (sheet, "dropped", G_CALLBACK (bobbin_window_take), self, G_CONNECT_SWAPPED);
}

static void
restore_size (BobbinWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
bobbin_window_unrealize (GtkWidget *widget)
{
  BobbinWindow *self = BOBBIN_WINDOW (widget);
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, "window-width", MAX (width, 360));
  g_settings_set_int (self->settings, "window-height", MAX (height, 294));
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  GTK_WIDGET_CLASS (bobbin_window_parent_class)->unrealize (widget);
}

static gboolean
bobbin_window_close_request (GtkWindow *window)
{
  return bobbin_leave_ask (window, BOBBIN_WINDOW (window)->queue)
         || GTK_WINDOW_CLASS (bobbin_window_parent_class)->close_request (window);
}

static void
bobbin_window_dispose (GObject *object)
{
  BobbinWindow *self = BOBBIN_WINDOW (object);

  g_clear_handle_id (&self->spin_id, g_source_remove);
  g_clear_pointer (&self->sign_ins, bobbin_sign_ins_free);
  g_clear_pointer (&self->intake, bobbin_intake_free);
  g_clear_pointer (&self->undo, bobbin_undo_free);
  g_clear_object (&self->keeper);
  g_clear_object (&self->queue);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (bobbin_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "win.paste", NULL, paste_cb);
  gtk_widget_class_install_action (widget_class, "win.open-file", NULL, open_file_cb);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "win.details", NULL, details_cb);
  gtk_widget_class_install_action (widget_class, "win.toggle-details", NULL, toggle_details_cb);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_cb);
  gtk_widget_class_install_action (widget_class, "win.pause-all", NULL, pause_all_cb);
  gtk_widget_class_install_action (widget_class, "win.resume-all", NULL, resume_all_cb);
  gtk_widget_class_install_action (widget_class, "win.pause-or-resume-all", NULL, pause_or_resume_all_cb);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_cb);
  /* Bindings, not accelerators of the application: a text field with the focus
   * gets its own Ctrl+V and Ctrl+Z first. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
  bobbin_timeline_page_bind_keys (widget_class);
}

static void
bobbin_window_class_init (BobbinWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bobbin_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = bobbin_window_close_request;
  widget_class->unrealize = bobbin_window_unrealize;
  install_actions (widget_class);

  g_type_ensure (BOBBIN_TYPE_LIST_PAGE);
  g_type_ensure (BOBBIN_TYPE_OFFER);
  g_type_ensure (BOBBIN_TYPE_TIMELINE_PAGE);
  g_type_ensure (BOBBIN_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BobbinWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BobbinWindow, pause_button);
  gtk_widget_class_bind_template_child (widget_class, BobbinWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, BobbinWindow, details_button);
  gtk_widget_class_bind_template_child (widget_class, BobbinWindow, paste_button);
  gtk_widget_class_bind_template_child (widget_class, BobbinWindow, offer);
  gtk_widget_class_bind_template_child (widget_class, BobbinWindow, overlay);
  gtk_widget_class_bind_template_child (widget_class, BobbinWindow, views);
  gtk_widget_class_bind_template_child (widget_class, BobbinWindow, timeline_page);
  gtk_widget_class_bind_template_child (widget_class, BobbinWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BobbinWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, BobbinWindow, list_page);
  gtk_widget_class_bind_template_callback (widget_class, bobbin_window_tell);
  gtk_widget_class_bind_template_callback (widget_class, details_open_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
}

static void
bobbin_window_init (BobbinWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
spin_cb (gpointer user_data)
{
  BobbinWindow *self = user_data;

  self->spin_id = 0;
  gtk_spinner_start (self->spinner);
}

static void
tell_notice (BobbinWindow *self)
{
  const guint n_recovered = bobbin_keeper_get_n_recovered (self->keeper);
  GtkWindow *message = bobbin_keeper_create_message (self->keeper, GTK_WINDOW (self));
  g_autofree char *recovered = bobbin_keeper_words_for_recovered (n_recovered);

  if (message != NULL)
    gtk_window_present (message);
  else if (bobbin_keeper_get_notice (self->keeper) == BOBBIN_STORE_RECOVERED && n_recovered > 0)
    bobbin_window_tell (self, recovered);
}

static void
opened_cb (BobbinWindow *self)
{
  g_clear_handle_id (&self->spin_id, g_source_remove);
  gtk_spinner_stop (self->spinner);
  update_page (self);
  tell_notice (self);
  bobbin_intake_list_is_back (self->intake);
}

/**
 * bobbin_window_new:
 * @application: the application
 * @queue: the downloads
 * @settings: what is remembered
 * @keeper: what brings the list back
 *
 * Returns: (transfer none): a window, not yet shown
 */
GtkWidget *
bobbin_window_new (GtkApplication *application, BobbinQueue *queue, GSettings *settings, BobbinKeeper *keeper)
{
  BobbinWindow *self = g_object_new (BOBBIN_TYPE_WINDOW, "application", application, NULL);
  g_autoptr (GAction) sort_order = g_settings_create_action (settings, "sort-order");

  self->queue = g_object_ref (queue);
  self->settings = g_object_ref (settings);
  self->keeper = g_object_ref (keeper);
  self->sign_ins = bobbin_sign_ins_new (self, queue);
  self->intake = bobbin_intake_new (self, queue, settings, keeper);
  self->undo = bobbin_undo_new (queue, self->toasts);
  self->spin_id = g_timeout_add_once (SPIN_AFTER, spin_cb, self);
  g_signal_connect_object (keeper, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (self), sort_order);
  bobbin_list_page_set_up (self->list_page, queue, settings);
  bobbin_offer_set_up (self->offer, queue, settings);
  bobbin_timeline_page_set_up (self->timeline_page, queue, settings, keeper);
  bobbin_views_set_up (self->views, GTK_WINDOW (self), self->list_page, self->timeline_page);
  add_drop_sheet (self);
  g_signal_connect_object (queue, "changed", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "items-changed", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  update_actions (self);
  update_page (self);
  restore_size (self);
  return GTK_WIDGET (self);
}

/**
 * bobbin_window_take:
 * @self: a window
 * @incoming: what came from another program
 *
 * Opens Add Downloads with @incoming in it, or adds it to the one that is open;
 * or starts the downloads, if the person wants that. Main thread.
 */
void
bobbin_window_take (BobbinWindow *self, BobbinIncoming *incoming)
{
  bobbin_intake_take (self->intake, incoming);
}

/**
 * bobbin_window_take_files:
 * @self: a window
 * @files: (element-type GFile): files of links from another program
 *
 * Reads the files, then goes on as bobbin_window_take() does; links stand for
 * themselves. Main thread.
 */
void
bobbin_window_take_files (BobbinWindow *self, GListModel *files)
{
  bobbin_intake_take_files (self->intake, files);
}

/**
 * bobbin_window_tell:
 * @self: a window
 * @text: what to say in passing
 *
 * Shows a toast. Main thread.
 */
void
bobbin_window_tell (BobbinWindow *self, const char *text)
{
  g_autofree char *title = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_timeout (toast, NOTICE_SECONDS);
  adw_toast_overlay_add_toast (self->toasts, toast);
}
