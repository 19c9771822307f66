/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>
#include <string.h>

/*
 * Another program that something can be dragged out of, as a browser offers what it shows: the same thing in
 * several types.
 *
 *   drag-source TYPE CONTENT [TYPE CONTENT…]
 */

static GdkContentProvider *
create_provider (int argc, char **argv)
{
  GdkContentProvider *providers[8];
  gsize n_providers = 0;

  for (int i = 1; i + 1 < argc && n_providers < G_N_ELEMENTS (providers); i += 2)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (argv[i + 1], strlen (argv[i + 1]));

      providers[n_providers++] = gdk_content_provider_new_for_bytes (argv[i], bytes);
    }
  return gdk_content_provider_new_union (providers, n_providers);
}

int
main (int argc, char **argv)
{
  g_autoptr (GdkContentProvider) provider = NULL;
  GtkDragSource *source;
  GtkWidget *window;
  GtkWidget *label;

  gtk_init ();
  provider = create_provider (argc, argv);
  window = gtk_window_new ();
  label = gtk_label_new ("Drag this");
  source = gtk_drag_source_new ();
  gtk_drag_source_set_content (source, provider);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));
  gtk_window_set_title (GTK_WINDOW (window), "Source");
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 300);
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  while (TRUE) /* until it is closed by whoever started it */
    g_main_context_iteration (NULL, TRUE);
}
