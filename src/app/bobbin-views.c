/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-views.h"

/* None of it is owned: the window owns it all, and this goes with the stack. */
typedef struct
{
  AdwViewStack *stack;
  GtkWidget *window;
  BobbinListPage *list_page;
  BobbinTimelinePage *timeline_page;
} Views;

static void
tell_hidden (GtkWidget *view, gboolean hidden)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_STATE_HIDDEN, hidden, -1);
}

/* What can be done with a timeline is offered where it can be seen. The stack of libadwaita 1.2 does not tell
 * assistive technology what it hides. */
static void
update (Views *self)
{
  GtkWidget *timeline = GTK_WIDGET (self->timeline_page);
  const gboolean shown = adw_view_stack_get_visible_child (self->stack) == timeline;

  gtk_widget_insert_action_group (self->window, "timeline",
                                  shown ? bobbin_timeline_page_get_actions (self->timeline_page) : NULL);
  tell_hidden (timeline, !shown);
  tell_hidden (adw_view_stack_get_child_by_name (self->stack, "downloads"), shown);
}

static void
view_changed_cb (AdwViewStack *stack, GParamSpec *spec, Views *self)
{
  update (self);
  gtk_widget_grab_focus (adw_view_stack_get_visible_child (stack) == GTK_WIDGET (self->timeline_page)
                             ? GTK_WIDGET (self->timeline_page)
                             : GTK_WIDGET (self->list_page));
}

/* A search is one of the list. */
static void
search_mode_cb (BobbinListPage *list_page, GParamSpec *spec, AdwViewStack *stack)
{
  gboolean searches;

  g_object_get (list_page, "search-mode", &searches, NULL);
  if (searches)
    adw_view_stack_set_visible_child_name (stack, "downloads");
}

static void
activate_download_cb (BobbinTimelinePage *page, BobbinDownload *download, AdwViewStack *stack)
{
  const Views *self = g_object_get_data (G_OBJECT (stack), "bobbin-views");

  adw_view_stack_set_visible_child_name (stack, "downloads");
  bobbin_list_page_select (self->list_page, download);
  gtk_widget_activate_action (self->window, "win.details", NULL);
}

/**
 * bobbin_views_set_up:
 * @views: a stack with the views "downloads" and "timeline"
 * @window: the window that has it
 * @list_page: what is in the first one
 * @timeline_page: the second one
 *
 * Connects the two, and gives the window the action "win.view". Call it once.
 * Main thread.
 */
void
bobbin_views_set_up (AdwViewStack *views,
                     GtkWindow *window,
                     BobbinListPage *list_page,
                     BobbinTimelinePage *timeline_page)
{
  g_autoptr (GAction) action = G_ACTION (g_property_action_new ("view", views, "visible-child-name"));
  Views *self = g_new (Views, 1);

  *self = (Views){ views, GTK_WIDGET (window), list_page, timeline_page };
  g_object_set_data_full (G_OBJECT (views), "bobbin-views", self, g_free);
  g_action_map_add_action (G_ACTION_MAP (window), action);
  g_signal_connect (views, "notify::visible-child", G_CALLBACK (view_changed_cb), self);
  g_signal_connect_object (list_page, "notify::search-mode", G_CALLBACK (search_mode_cb), views, 0);
  g_signal_connect_object (timeline_page, "activate-download", G_CALLBACK (activate_download_cb), views, 0);
  update (self);
}
