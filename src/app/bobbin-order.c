/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-order.h"

#include <glib/gi18n.h>

/* So many digits are enough for any number in a name; of longer ones the first
 * decide. */
#define DIGITS 20

static const char *const nicks[BOBBIN_N_ORDERS] = { "added", "finished", "name", "size", "state" };

/**
 * bobbin_order_get_nick:
 * @order: an order
 *
 * Returns: its name in the settings
 */
const char *
bobbin_order_get_nick (BobbinOrder order)
{
  return nicks[order];
}

/**
 * bobbin_order_for_nick:
 * @nick: (nullable): a name from the settings
 *
 * Returns: the order of that name, or that of adding
 */
BobbinOrder
bobbin_order_for_nick (const char *nick)
{
  for (guint i = 0; i < BOBBIN_N_ORDERS; i++)
    {
      if (g_strcmp0 (nicks[i], nick) == 0)
        return (BobbinOrder) i;
    }
  return BOBBIN_ORDER_ADDED;
}

/**
 * bobbin_order_get_label:
 * @order: an order
 *
 * Returns: its name for people
 */
const char *
bobbin_order_get_label (BobbinOrder order)
{
  switch (order)
    {
    case BOBBIN_ORDER_FINISHED:
      return _ ("As They Finish");
    case BOBBIN_ORDER_NAME:
      return _ ("By Name");
    case BOBBIN_ORDER_SIZE:
      return _ ("By Size");
    case BOBBIN_ORDER_STATE:
      return _ ("By State");
    case BOBBIN_ORDER_ADDED:
    default:
      return _ ("As Added");
    }
}

/* A number that is less than all orders of the next rank. */
static guint64
get_key (guint rank, guint64 within)
{
  return ((guint64) (rank + 1) << 60) + within;
}

/*
 * Ended downloads come first, in the order of their ends, then those that are
 * active, then the rest, both in the order of the queue.
 */
static guint64
get_finish_key (BobbinDownload *download, gpointer user_data)
{
  const BobbinState state = bobbin_download_get_state (download);

  if (state == BOBBIN_STATE_FINISHED || state == BOBBIN_STATE_FAILED)
    return get_key (0, bobbin_download_get_end_order (download));
  return get_key (bobbin_download_is_active (download) ? 1 : 2, 0);
}

static guint64
get_state_key (BobbinDownload *download, gpointer user_data)
{
  switch (bobbin_download_get_state (download))
    {
    case BOBBIN_STATE_RECEIVING:
    case BOBBIN_STATE_CONNECTING:
      return 0;
    case BOBBIN_STATE_WAITING:
      return 1;
    case BOBBIN_STATE_PAUSED:
      return 2;
    case BOBBIN_STATE_FAILED:
      return 3;
    case BOBBIN_STATE_FINISHED:
    default:
      return 4;
    }
}

static guint64
get_size_key (BobbinDownload *download, gpointer user_data)
{
  const goffset total = bobbin_download_get_total (download);

  return total >= 0 ? (guint64) (G_MAXINT64 - total) : G_MAXUINT64;
}

/**
 * bobbin_order_pad_numbers:
 * @name: a name
 *
 * Widens the numbers in a name, so that "2" comes before "10" in whatever way
 * the rest is compared.
 *
 * Returns: (transfer full): what to sort by
 */
char *
bobbin_order_pad_numbers (const char *name)
{
  GString *padded = g_string_new (NULL);

  while (*name != '\0')
    {
      gsize other = strcspn (name, "0123456789");
      gsize digits = strspn (name + other, "0123456789");

      g_string_append_len (padded, name, (gssize) other);
      for (gsize i = digits; digits > 0 && i < DIGITS; i++)
        g_string_append_c (padded, '0');
      g_string_append_len (padded, name + other, (gssize) digits);
      name += other + digits;
    }
  return g_string_free (padded, FALSE);
}

static char *
get_name_key (BobbinDownload *download, gpointer user_data)
{
  g_autofree char *name = bobbin_download_dup_name (download);

  return bobbin_order_pad_numbers (name);
}

static GtkExpression *
create_expression (BobbinOrder order)
{
  const GType type = order == BOBBIN_ORDER_NAME ? G_TYPE_STRING : G_TYPE_UINT64;
  const GCallback get_keys[BOBBIN_N_ORDERS] = {
    [BOBBIN_ORDER_FINISHED] = G_CALLBACK (get_finish_key),
    [BOBBIN_ORDER_NAME] = G_CALLBACK (get_name_key),
    [BOBBIN_ORDER_SIZE] = G_CALLBACK (get_size_key),
    [BOBBIN_ORDER_STATE] = G_CALLBACK (get_state_key),
  };

  return gtk_cclosure_expression_new (type, NULL, 0, NULL, get_keys[order], NULL, NULL);
}

/**
 * bobbin_order_create_sorter:
 * @order: an order
 *
 * Equals stay in the order of the queue.
 *
 * Returns: (transfer full) (nullable): what sorts #BobbinDownload that way;
 *   %NULL for the order of the queue
 */
GtkSorter *
bobbin_order_create_sorter (BobbinOrder order)
{
  if (order == BOBBIN_ORDER_ADDED)
    return NULL;
  if (order == BOBBIN_ORDER_NAME)
    return GTK_SORTER (gtk_string_sorter_new (create_expression (order)));
  return GTK_SORTER (gtk_numeric_sorter_new (create_expression (order)));
}

/**
 * bobbin_order_read_anew:
 * @order: the order that @sorter was created for
 * @sorter: a sorter
 *
 * A sorter keeps what it compares for the time of a sort, so that states may
 * change while it goes on. Here it reads them anew, and sorts again.
 */
void
bobbin_order_read_anew (BobbinOrder order, GtkSorter *sorter)
{
  g_autoptr (GtkExpression) expression = create_expression (order);

  if (order == BOBBIN_ORDER_NAME)
    gtk_string_sorter_set_expression (GTK_STRING_SORTER (sorter), expression);
  else
    gtk_numeric_sorter_set_expression (GTK_NUMERIC_SORTER (sorter), expression);
}
