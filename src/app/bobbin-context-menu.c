/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-context-menu.h"

#include "bobbin-list-actions.h"
#include "bobbin-selection.h"

struct _BobbinContextMenu
{
  GObject parent_instance;

  GtkWidget *parent; /* not owned: it owns this */
  GtkWidget *popover;
  guint closed_id;
};

G_DEFINE_FINAL_TYPE (BobbinContextMenu, bobbin_context_menu, G_TYPE_OBJECT)

static void
enable_actions (BobbinContextMenu *self, GPtrArray *downloads)
{
  const gboolean finished = bobbin_selection_has_finished (downloads);
  const struct
  {
    const char *name;
    gboolean enabled;
  } actions[] = {
    { "list.pause", bobbin_selection_can_pause (downloads) },
    { "list.resume", bobbin_selection_can_resume (downloads) },
    { "list.retry", bobbin_selection_can_retry (downloads) },
    { "list.sign-in", bobbin_selection_can_sign_in (downloads) },
    { "list.trust", downloads->len == 1 && bobbin_selection_can_trust (downloads) },
    { "list.open", finished && downloads->len == 1 },
    { "list.open-folder", finished },
    { "list.copy-link", downloads->len > 0 },
    { "list.remove", downloads->len > 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (self->parent, actions[i].name, actions[i].enabled);
  bobbin_list_actions_enable (self->parent, downloads);
}

/* Keys have to work whatever the menu was last opened on: what does not apply
 * to a download leaves it as it is. */
static void
enable_all (BobbinContextMenu *self)
{
  const char *const actions[]
      = { "list.pause", "list.resume",      "list.retry",     "list.sign-in", "list.trust",
          "list.open",  "list.open-folder", "list.copy-link", "list.remove" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (self->parent, actions[i], TRUE);
  bobbin_list_actions_enable (self->parent, NULL);
}

static void
closed_idle_cb (gpointer user_data)
{
  BobbinContextMenu *self = user_data;

  self->closed_id = 0;
  if (!gtk_widget_get_visible (self->popover))
    enable_all (self);
}

/* What was chosen is done only after the menu has closed. */
static void
closed_cb (BobbinContextMenu *self)
{
  if (self->closed_id == 0)
    self->closed_id = g_idle_add_once (closed_idle_cb, self);
}

static void
bobbin_context_menu_dispose (GObject *object)
{
  BobbinContextMenu *self = BOBBIN_CONTEXT_MENU (object);

  g_clear_handle_id (&self->closed_id, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  G_OBJECT_CLASS (bobbin_context_menu_parent_class)->dispose (object);
}

static void
bobbin_context_menu_class_init (BobbinContextMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bobbin_context_menu_dispose;
}

static void
bobbin_context_menu_init (BobbinContextMenu *self)
{
}

/**
 * bobbin_context_menu_new:
 * @parent: (transfer none): the widget with the actions, which keeps the menu
 * @model: the items
 *
 * Returns: (transfer full): a menu, not yet shown
 */
BobbinContextMenu *
bobbin_context_menu_new (GtkWidget *parent, GMenuModel *model)
{
  BobbinContextMenu *self = g_object_new (BOBBIN_TYPE_CONTEXT_MENU, NULL);

  self->parent = parent;
  self->popover = gtk_popover_menu_new_from_model (model);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, parent);
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * bobbin_context_menu_pop_up:
 * @self: a menu
 * @downloads: (element-type BobbinDownload): what it is for
 * @at: a widget inside the parent
 * @x: where to point, in the coordinates of @at
 * @y: the same, downwards
 *
 * Shows the menu. Main thread.
 */
void
bobbin_context_menu_pop_up (BobbinContextMenu *self, GPtrArray *downloads, GtkWidget *at, double x, double y)
{
  double parent_x, parent_y;

  if (!gtk_widget_translate_coordinates (at, self->parent, x, y, &parent_x, &parent_y))
    return;
  enable_actions (self, downloads);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover),
                               &(GdkRectangle){ (int) parent_x, (int) parent_y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}
