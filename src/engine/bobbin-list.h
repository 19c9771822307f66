/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-download.h"

G_BEGIN_DECLS

/* The queue's downloads in their order: that of adding, until the person moves some. Main thread. */
typedef struct
{
  GListModel *model; /* whose changes these are; borrowed */
  GPtrArray *items;  /* of owned BobbinDownload, by order */
  GHashTable *uris;  /* their URIs, borrowed; NULL when out of date */
} BobbinList;

void bobbin_list_init (BobbinList *self, GListModel *model);
void bobbin_list_clear (BobbinList *self);

int bobbin_list_compare_order (gconstpointer a, gconstpointer b, gpointer user_data);
GPtrArray *bobbin_list_sort (GPtrArray *downloads) G_GNUC_WARN_UNUSED_RESULT;

void bobbin_list_append (BobbinList *self, GPtrArray *added);
void bobbin_list_remove (BobbinList *self, GPtrArray *sorted);
void bobbin_list_restore (BobbinList *self, GPtrArray *sorted);
guint bobbin_list_get_position (BobbinList *self, const BobbinDownload *download);
void bobbin_list_swap (BobbinList *self, guint a, guint b);
guint bobbin_list_bring_first (BobbinList *self, GPtrArray *sorted, gint64 order);
void bobbin_list_tell_moves (BobbinList *self, guint start, guint end);
gboolean bobbin_list_has_uri (BobbinList *self, const char *uri);
void bobbin_list_forget_uris (BobbinList *self);

G_END_DECLS
