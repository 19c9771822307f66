/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-stack.h"

/**
 * bobbin_stack_show:
 * @stack: a stack
 * @name: the name of one of its pages
 *
 * Shows a page, and hides the others also from assistive technology, which the
 * stack leaves in the tree. Main thread.
 */
void
bobbin_stack_show (GtkStack *stack, const char *name)
{
  GtkWidget *shown = gtk_stack_get_child_by_name (stack, name);

  gtk_widget_set_visible (shown, TRUE);
  gtk_stack_set_visible_child (stack, shown);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (child != shown)
      gtk_widget_set_visible (child, FALSE);
}
