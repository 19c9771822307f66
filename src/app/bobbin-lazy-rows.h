/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BobbinLazyRows:
 *
 * Fills the rows of a #GtkListView as they come near what is seen. GTK makes
 * two hundred rows around it, however few of them fit; as empty widgets they
 * cost nothing, with all that is in a row they cost a tenth of a second and
 * ten megabytes. For lists whose rows are as high empty as they are filled.
 */
typedef struct _BobbinLazyRows BobbinLazyRows;

/**
 * BobbinLazyRowFunc:
 * @row: the child of a list item
 *
 * Fills a row.
 *
 * Returns: whether it was still empty
 */
typedef gboolean (*BobbinLazyRowFunc) (GtkWidget *row);

BobbinLazyRows *bobbin_lazy_rows_new (GtkListView *view, BobbinLazyRowFunc fill) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_lazy_rows_free (BobbinLazyRows *self);

void bobbin_lazy_rows_add (BobbinLazyRows *self, GtkWidget *row);
void bobbin_lazy_rows_look (BobbinLazyRows *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinLazyRows, bobbin_lazy_rows_free)

G_END_DECLS
