/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-order.h"
#include "bobbin-queue.h"

G_BEGIN_DECLS

/**
 * BobbinFilter:
 * @BOBBIN_FILTER_ALL: all downloads
 * @BOBBIN_FILTER_ACTIVE: connecting or receiving
 * @BOBBIN_FILTER_WAITING: waiting in line or paused
 * @BOBBIN_FILTER_FINISHED: finished
 * @BOBBIN_FILTER_FAILED: failed
 */
typedef enum
{
  BOBBIN_FILTER_ALL,
  BOBBIN_FILTER_ACTIVE,
  BOBBIN_FILTER_WAITING,
  BOBBIN_FILTER_FINISHED,
  BOBBIN_FILTER_FAILED,
} BobbinFilter;

#define BOBBIN_N_FILTERS (BOBBIN_FILTER_FAILED + 1)

const char *bobbin_filter_get_nick (BobbinFilter filter);
BobbinFilter bobbin_filter_for_nick (const char *nick);
guint bobbin_filter_count (BobbinFilter filter, const BobbinCounts *counts);

/**
 * BobbinListModel:
 *
 * The downloads of a queue as the list shows them: filtered, searched and
 * sorted. Owned by the page; main thread.
 */
typedef struct _BobbinListModel BobbinListModel;

BobbinListModel *bobbin_list_model_new (BobbinQueue *queue) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_list_model_free (BobbinListModel *self);

GListModel *bobbin_list_model_get_rows (BobbinListModel *self);
gboolean bobbin_list_model_is_busy (BobbinListModel *self);
void bobbin_list_model_on_searched (BobbinListModel *self, GCallback callback, gpointer object);

void bobbin_list_model_set_filter (BobbinListModel *self, BobbinFilter filter);
void bobbin_list_model_set_search (BobbinListModel *self, const char *search);
void bobbin_list_model_set_order (BobbinListModel *self, BobbinOrder order);
void bobbin_list_model_states_changed (BobbinListModel *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinListModel, bobbin_list_model_free)

G_END_DECLS
