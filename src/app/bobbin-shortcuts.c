/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-shortcuts.h"

/*
 * Not the help overlay that an application window keeps by itself: that one is
 * made with the window and stays hidden. A screen reader that asks GTK 4.8 for a
 * window that has just gone gets the last one of all instead, and if that one
 * was never shown, it has no address on the bus yet, and the program ends
 * (handle_accessible_method() in gtkatspiroot.c). So there is none that is not
 * shown.
 */

/**
 * bobbin_shortcuts_show:
 * @parent: the window that the person is at
 *
 * Shows the keys. Main thread.
 */
void
bobbin_shortcuts_show (GtkWindow *parent)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/app/bobbin/Bobbin/bobbin-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, parent);
  gtk_window_set_destroy_with_parent (window, TRUE);
  gtk_window_present (window);
}
