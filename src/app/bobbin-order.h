/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-download.h"

G_BEGIN_DECLS

/**
 * BobbinOrder:
 * @BOBBIN_ORDER_ADDED: as the queue has them, which is the order in line
 * @BOBBIN_ORDER_FINISHED: the first to finish on top, then those under way
 * @BOBBIN_ORDER_NAME: by name, as the locale sorts, numbers by their value
 * @BOBBIN_ORDER_SIZE: the largest on top, those of unknown size at the end
 * @BOBBIN_ORDER_STATE: active, waiting, paused, failed, finished
 *
 * What the rows of the list are sorted by.
 */
typedef enum
{
  BOBBIN_ORDER_ADDED,
  BOBBIN_ORDER_FINISHED,
  BOBBIN_ORDER_NAME,
  BOBBIN_ORDER_SIZE,
  BOBBIN_ORDER_STATE,
} BobbinOrder;

#define BOBBIN_N_ORDERS (BOBBIN_ORDER_STATE + 1)

const char *bobbin_order_get_nick (BobbinOrder order);
BobbinOrder bobbin_order_for_nick (const char *nick);
const char *bobbin_order_get_label (BobbinOrder order);

GtkSorter *bobbin_order_create_sorter (BobbinOrder order) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_order_read_anew (BobbinOrder order, GtkSorter *sorter);
char *bobbin_order_pad_numbers (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
