/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-list-page.h"

#include "bobbin-details.h"
#include "bobbin-download-list.h"
#include "bobbin-footer.h"
#include "bobbin-least-layout.h"
#include "bobbin-list-model.h"
#include "bobbin-pills.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* How long changes of state are gathered, in ms: one frame, or more where the
 * list is long and a look at all of it takes time. */
#define GATHER_SHORT 16
#define GATHER_LONG 100
#define LONG_LIST 1000

struct _BobbinListPage
{
  GtkWidget parent_instance;

  BobbinQueue *queue;
  BobbinListModel *model;
  BobbinCounts counts; /* as last shown */
  gboolean ended;      /* a download ended since then */
  guint gather_id;

  BobbinFilter filter;
  char *order;

  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  BobbinPills *pills;
  GtkWidget *sort_button;
  GtkLabel *sort_label;
  GtkStack *stack;
  BobbinDownloadList *list;
  AdwFlap *flap;
  BobbinDetails *details;
  BobbinFooter *footer;
};

enum
{
  PROP_DETAILS_OPEN = 1,
  PROP_FILTER,
  PROP_NARROW,
  PROP_ORDER,
  PROP_SEARCH_MODE,
  N_PROPS,
};

enum
{
  SIGNAL_NOTICE,
  SIGNAL_REMOVED,
  SIGNAL_SIGN_IN,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BobbinListPage, bobbin_list_page, GTK_TYPE_WIDGET)

static void
show_states (BobbinListPage *self)
{
  self->ended = FALSE;
  self->counts = *bobbin_queue_get_counts (self->queue);
  bobbin_pills_set_counts (self->pills, &self->counts);
  bobbin_list_model_states_changed (self->model);
  bobbin_download_list_update_waits (self->list);
}

static gboolean
gather_cb (gpointer user_data)
{
  BobbinListPage *self = user_data;

  self->gather_id = 0;
  show_states (self);
  return G_SOURCE_REMOVE;
}

static void
queue_changed_cb (BobbinListPage *self)
{
  const BobbinCounts *counts = bobbin_queue_get_counts (self->queue);

  /* Counters alone concern the rows, which listen for themselves. */
  if (self->gather_id != 0 || (!self->ended && memcmp (counts, &self->counts, sizeof *counts) == 0))
    return;
  self->gather_id = g_timeout_add (counts->total > LONG_LIST ? GATHER_LONG : GATHER_SHORT, gather_cb, self);
}

static void
queue_ended_cb (BobbinListPage *self)
{
  self->ended = TRUE;
  queue_changed_cb (self);
}

/* Not before all rows were searched. */
static void
rows_changed_cb (BobbinListPage *self)
{
  const gboolean any = g_list_model_get_n_items (bobbin_list_model_get_rows (self->model)) > 0;

  if (any || !bobbin_list_model_is_busy (self->model))
    gtk_stack_set_visible_child_name (self->stack, any ? "rows" : "nothing");
}

static void
search_changed_cb (BobbinListPage *self)
{
  bobbin_list_model_set_search (self->model, gtk_editable_get_text (self->search_entry));
  bobbin_download_list_scroll_to_top (self->list);
}

static void
notice_cb (BobbinListPage *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_NOTICE], 0, text);
}

static void
removed_cb (BobbinListPage *self, GPtrArray *downloads)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0, downloads);
}

static gboolean
has_focus_within (BobbinListPage *self, GtkWidget *part)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  return focus != NULL && gtk_widget_is_ancestor (focus, part);
}

static void
open_details (BobbinListPage *self, gboolean open)
{
  if (open)
    gtk_widget_set_visible (GTK_WIDGET (self->details), TRUE);
  adw_flap_set_reveal_flap (self->flap, open);
}

/* A panel that has gone is hidden from assistive technology, too. */
static void
progress_cb (BobbinListPage *self)
{
  if (!adw_flap_get_reveal_flap (self->flap) && adw_flap_get_reveal_progress (self->flap) <= 0.0)
    gtk_widget_set_visible (GTK_WIDGET (self->details), FALSE);
}

/* The person may also swipe it away. */
static void
reveal_cb (BobbinListPage *self)
{
  if (!adw_flap_get_reveal_flap (self->flap) && has_focus_within (self, GTK_WIDGET (self->details)))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAILS_OPEN]);
}

/* Before the list takes it: what is selected stays. The search closes first,
 * and a menu takes its own. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  BobbinListPage *self = BOBBIN_LIST_PAGE (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (!adw_flap_get_reveal_flap (self->flap) || has_focus_within (self, GTK_WIDGET (self->search_bar))
      || (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL))
    return GDK_EVENT_PROPAGATE;
  open_details (self, FALSE);
  return GDK_EVENT_STOP;
}

static void
add_keys (BobbinListPage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
sign_in_cb (BobbinListPage *self, BobbinDownload *download)
{
  g_signal_emit (self, signals[SIGNAL_SIGN_IN], 0, download);
}

static void
set_filter (BobbinListPage *self, const char *nick)
{
  const BobbinFilter filter = bobbin_filter_for_nick (nick);

  if (self->filter == filter)
    return;
  self->filter = filter;
  bobbin_list_model_set_filter (self->model, filter);
  bobbin_download_list_scroll_to_top (self->list);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

static void
set_order (BobbinListPage *self, const char *order)
{
  const BobbinOrder wanted = bobbin_order_for_nick (order);

  if (g_strcmp0 (self->order, order) == 0)
    return;
  g_free (self->order);
  self->order = g_strdup (order);
  bobbin_list_model_set_order (self->model, wanted);
  gtk_label_set_label (self->sort_label, bobbin_order_get_label (wanted));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);
}

static gboolean
is_narrow (BobbinListPage *self)
{
  gboolean narrow;

  g_object_get (self->footer, "narrow", &narrow, NULL);
  return narrow;
}

/* In the narrow form the main menu has the order of the list. */
static void
narrow_cb (BobbinListPage *self)
{
  gtk_widget_set_visible (self->sort_button, !is_narrow (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
search_mode_cb (BobbinListPage *self)
{
  if (!gtk_search_bar_get_search_mode (self->search_bar))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH_MODE]);
}

static gboolean
bobbin_list_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (BOBBIN_LIST_PAGE (widget)->list));
}

static void
bobbin_list_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  BobbinListPage *self = BOBBIN_LIST_PAGE (object);

  switch (id)
    {
    case PROP_DETAILS_OPEN:
      g_value_set_boolean (value, adw_flap_get_reveal_flap (self->flap));
      break;
    case PROP_FILTER:
      g_value_set_string (value, bobbin_filter_get_nick (self->filter));
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, is_narrow (self));
      break;
    case PROP_ORDER:
      g_value_set_string (value, self->order);
      break;
    case PROP_SEARCH_MODE:
      g_value_set_boolean (value, gtk_search_bar_get_search_mode (self->search_bar));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
bobbin_list_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  BobbinListPage *self = BOBBIN_LIST_PAGE (object);

  switch (id)
    {
    case PROP_DETAILS_OPEN:
      open_details (self, g_value_get_boolean (value));
      break;
    case PROP_FILTER:
      set_filter (self, g_value_get_string (value));
      break;
    case PROP_ORDER:
      set_order (self, g_value_get_string (value));
      break;
    case PROP_SEARCH_MODE:
      gtk_search_bar_set_search_mode (self->search_bar, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
bobbin_list_page_dispose (GObject *object)
{
  BobbinListPage *self = BOBBIN_LIST_PAGE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->gather_id, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (bobbin_list_model_get_rows (self->model), self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->model, bobbin_list_model_free);
  g_clear_object (&self->queue);
  G_OBJECT_CLASS (bobbin_list_page_parent_class)->dispose (object);
}

static void
bobbin_list_page_finalize (GObject *object)
{
  BobbinListPage *self = BOBBIN_LIST_PAGE (object);

  g_free (self->order);
  G_OBJECT_CLASS (bobbin_list_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_DETAILS_OPEN] = g_param_spec_boolean ("details-open", NULL, NULL, FALSE, flags);
  /* the nick of a BobbinFilter */
  properties[PROP_FILTER] = g_param_spec_string ("filter", NULL, NULL, "all", flags);
  properties[PROP_NARROW]
      = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /* the nick of a BobbinOrder */
  properties[PROP_ORDER] = g_param_spec_string ("order", NULL, NULL, "added", flags);
  properties[PROP_SEARCH_MODE] = g_param_spec_boolean ("search-mode", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_NOTICE] = g_signal_new ("notice", BOBBIN_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_REMOVED] = g_signal_new ("removed", BOBBIN_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[SIGNAL_SIGN_IN] = g_signal_new ("sign-in", BOBBIN_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, BOBBIN_TYPE_DOWNLOAD);
}

static void
bobbin_list_page_class_init (BobbinListPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bobbin_list_page_get_property;
  object_class->set_property = bobbin_list_page_set_property;
  object_class->dispose = bobbin_list_page_dispose;
  object_class->finalize = bobbin_list_page_finalize;
  widget_class->grab_focus = bobbin_list_page_grab_focus;
  install_properties (object_class);
  gtk_widget_class_install_property_action (widget_class, "list.filter", "filter");

  g_type_ensure (BOBBIN_TYPE_DETAILS);
  g_type_ensure (BOBBIN_TYPE_DOWNLOAD_LIST);
  g_type_ensure (BOBBIN_TYPE_FOOTER);
  g_type_ensure (BOBBIN_TYPE_LEAST_LAYOUT);
  g_type_ensure (BOBBIN_TYPE_PILLS);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/bobbin/Bobbin/bobbin-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BobbinListPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, BobbinListPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, BobbinListPage, pills);
  gtk_widget_class_bind_template_child (widget_class, BobbinListPage, sort_button);
  gtk_widget_class_bind_template_child (widget_class, BobbinListPage, sort_label);
  gtk_widget_class_bind_template_child (widget_class, BobbinListPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BobbinListPage, list);
  gtk_widget_class_bind_template_child (widget_class, BobbinListPage, flap);
  gtk_widget_class_bind_template_child (widget_class, BobbinListPage, details);
  gtk_widget_class_bind_template_child (widget_class, BobbinListPage, footer);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, notice_cb);
  gtk_widget_class_bind_template_callback (widget_class, removed_cb);
  gtk_widget_class_bind_template_callback (widget_class, progress_cb);
  gtk_widget_class_bind_template_callback (widget_class, reveal_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
}

static void
bobbin_list_page_init (BobbinListPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->search_bar, "notify::search-mode-enabled", G_CALLBACK (search_mode_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  add_keys (self);
}

/**
 * bobbin_list_page_set_up:
 * @self: a page
 * @queue: what to show
 * @settings: where the order of the list is kept
 *
 * Connects the page. Call it once. Main thread.
 */
void
bobbin_list_page_set_up (BobbinListPage *self, BobbinQueue *queue, GSettings *settings)
{
  GListModel *rows;

  self->queue = g_object_ref (queue);
  self->model = bobbin_list_model_new (queue);
  rows = bobbin_list_model_get_rows (self->model);
  bobbin_download_list_set_up (self->list, queue, rows);
  bobbin_details_set_up (self->details, queue, bobbin_download_list_get_thumbnails (self->list),
                         bobbin_download_list_get_selection (self->list));
  g_signal_connect_object (rows, "items-changed", G_CALLBACK (rows_changed_cb), self, G_CONNECT_SWAPPED);
  bobbin_list_model_on_searched (self->model, G_CALLBACK (rows_changed_cb), self);
  bobbin_footer_set_up (self->footer, queue, settings);
  g_settings_bind (settings, "sort-order", self, "order", G_SETTINGS_BIND_GET);
  g_signal_connect_object (queue, "changed", G_CALLBACK (queue_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "ended", G_CALLBACK (queue_ended_cb), self, G_CONNECT_SWAPPED);
  show_states (self);
}

/**
 * bobbin_list_page_set_key_capture_widget:
 * @self: a page
 * @widget: (nullable): typing anywhere in this searches
 */
void
bobbin_list_page_set_key_capture_widget (BobbinListPage *self, GtkWidget *widget)
{
  gtk_search_bar_set_key_capture_widget (self->search_bar, widget);
}

/**
 * bobbin_list_page_select:
 * @self: a page
 * @download: a download
 *
 * Selects it and shows its row, whatever was searched or filtered for. Main
 * thread.
 */
void
bobbin_list_page_select (BobbinListPage *self, BobbinDownload *download)
{
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  set_filter (self, bobbin_filter_get_nick (BOBBIN_FILTER_ALL));
  bobbin_download_list_select (self->list, download);
}
