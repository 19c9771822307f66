/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-list.h"

#include "bobbin-download-private.h"

#include <string.h>

/* Scattered changes are told row by row, which keeps selection and scroll
 * position, up to this many; more are told as one. */
#define MAX_SIGNALS 100

/* A series of downloads that stand beside each other. */
typedef struct
{
  guint position; /* in the list as it is before any of the series changes it */
  guint first;    /* index of the first of them among those given */
  guint n;
} Series;

/* For the queue: a list that tells its changes as those of @model. */
void
bobbin_list_init (BobbinList *self, GListModel *model)
{
  self->model = model;
  self->items = g_ptr_array_new ();
  self->uris = NULL;
}

/* For the queue: frees what the list holds, and tells nobody. */
void
bobbin_list_clear (BobbinList *self)
{
  for (guint i = 0; i < self->items->len; i++)
    g_object_unref (g_ptr_array_index (self->items, i));
  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->uris, g_hash_table_unref);
}

/* For the queue: a #GCompareDataFunc by order. */
int
bobbin_list_compare_order (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gint64 order_a = ((const BobbinDownload *) a)->order;
  gint64 order_b = ((const BobbinDownload *) b)->order;

  return (order_a > order_b) - (order_a < order_b);
}

static int
compare_order_of_pointers (gconstpointer a, gconstpointer b)
{
  return bobbin_list_compare_order (*(gconstpointer const *) a, *(gconstpointer const *) b, NULL);
}

/* For the queue: a copy of @downloads that stand as they were added. */
GPtrArray *
bobbin_list_sort (GPtrArray *downloads)
{
  GPtrArray *copy = g_ptr_array_copy (downloads, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);

  g_ptr_array_set_free_func (copy, g_object_unref);
  g_ptr_array_sort (copy, compare_order_of_pointers);
  return copy;
}

/* Returns: the position of the first item whose order is not less */
static guint
find_position (BobbinList *self, gint64 order)
{
  guint low = 0;
  guint high = self->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const BobbinDownload *download = g_ptr_array_index (self->items, middle);

      if (download->order < order)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
add_uri (BobbinList *self, const BobbinDownload *download)
{
  g_hash_table_add (self->uris, (gpointer) bobbin_link_get_uri (download->link));
}

/* The one place where downloads come and go. @added is borrowed. */
static void
splice (BobbinList *self, guint position, guint n_removed, BobbinDownload **added, guint n_added)
{
  guint old_length = self->items->len;
  g_autofree gpointer *removed = NULL;

  if (n_removed == 0 && n_added == 0)
    return;
  if (n_removed > 0)
    removed = g_memdup2 (self->items->pdata + position, n_removed * sizeof (gpointer));
  if (n_added > n_removed)
    g_ptr_array_set_size (self->items, (gint) (old_length + n_added - n_removed));
  memmove (self->items->pdata + position + n_added, self->items->pdata + position + n_removed,
           (old_length - position - n_removed) * sizeof (gpointer));
  if (n_added < n_removed)
    g_ptr_array_set_size (self->items, (gint) (old_length + n_added - n_removed));
  for (guint i = 0; i < n_added; i++)
    self->items->pdata[position + i] = g_object_ref (added[i]);
  for (guint i = 0; i < n_removed; i++)
    g_object_unref (removed[i]);

  if (n_removed > 0)
    g_clear_pointer (&self->uris, g_hash_table_unref);
  for (guint i = 0; i < n_added && self->uris != NULL; i++)
    add_uri (self, added[i]);
  g_list_model_items_changed (self->model, position, n_removed, n_added);
}

/* Groups downloads that stand, or will stand, beside each other. */
static GArray *
group (BobbinList *self, GPtrArray *downloads, gboolean in_list)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Series));

  for (guint i = 0; i < downloads->len; i++)
    {
      const BobbinDownload *download = g_ptr_array_index (downloads, i);
      guint position = find_position (self, download->order);
      Series *last = all->len > 0 ? &g_array_index (all, Series, all->len - 1) : NULL;

      if (last != NULL && position == last->position + (in_list ? last->n : 0))
        last->n++;
      else
        g_array_append_val (all, ((Series){ .position = position, .first = i, .n = 1 }));
    }
  return all;
}

/* Tells a change in too many places as one, from the first to the last. */
static void
splice_span (BobbinList *self, GPtrArray *downloads, GArray *all, gboolean removing)
{
  const Series *last = &g_array_index (all, Series, all->len - 1);
  guint start = g_array_index (all, Series, 0).position;
  guint end = last->position + (removing ? last->n : 0);
  g_autoptr (GPtrArray) span = g_ptr_array_new ();
  guint next = start;

  for (guint i = 0; i < all->len; i++)
    {
      const Series *series = &g_array_index (all, Series, i);

      for (; next < series->position; next++)
        g_ptr_array_add (span, g_ptr_array_index (self->items, next));
      if (removing)
        next += series->n;
      for (guint k = 0; k < series->n && !removing; k++)
        g_ptr_array_add (span, g_ptr_array_index (downloads, series->first + k));
    }
  splice (self, start, end - start, (BobbinDownload **) span->pdata, span->len);
}

static void
splice_series (BobbinList *self, GPtrArray *downloads, gboolean removing)
{
  g_autoptr (GArray) all = group (self, downloads, removing);

  if (all->len > MAX_SIGNALS)
    {
      splice_span (self, downloads, all, removing);
      return;
    }
  for (guint i = all->len; i > 0; i--)
    {
      const Series *series = &g_array_index (all, Series, i - 1);

      if (removing)
        splice (self, series->position, series->n, NULL, 0);
      else
        splice (self, series->position, 0, (BobbinDownload **) downloads->pdata + series->first, series->n);
    }
}

/* For the queue: puts @added, which come after all others, at the end. */
void
bobbin_list_append (BobbinList *self, GPtrArray *added)
{
  splice (self, self->items->len, 0, (BobbinDownload **) added->pdata, added->len);
}

/* For the queue: takes out downloads that bobbin_list_sort() has sorted. */
void
bobbin_list_remove (BobbinList *self, GPtrArray *sorted)
{
  splice_series (self, sorted, TRUE);
}

/* For the queue: puts sorted downloads back in their places. */
void
bobbin_list_restore (BobbinList *self, GPtrArray *sorted)
{
  splice_series (self, sorted, FALSE);
}

/* For the queue: where a download of the list stands. */
guint
bobbin_list_get_position (BobbinList *self, const BobbinDownload *download)
{
  return find_position (self, download->order);
}

/* For the queue: lets two downloads change their places; bobbin_list_tell_moves()
 * is to follow. */
void
bobbin_list_swap (BobbinList *self, guint a, guint b)
{
  BobbinDownload *at_a = g_ptr_array_index (self->items, a);
  BobbinDownload *at_b = g_ptr_array_index (self->items, b);
  gint64 order = at_a->order;

  at_a->order = at_b->order;
  at_b->order = order;
  g_ptr_array_index (self->items, a) = at_b;
  g_ptr_array_index (self->items, b) = at_a;
}

/* For the queue: puts sorted downloads before all others, with orders up from
 * @order, which have to be less than any; bobbin_list_tell_moves() is to follow.
 * Returns: one more than the last position that has another download now */
guint
bobbin_list_bring_first (BobbinList *self, GPtrArray *sorted, gint64 order)
{
  const BobbinDownload *last = g_ptr_array_index (sorted, sorted->len - 1);
  guint end = bobbin_list_get_position (self, last) + 1;
  guint to = end;
  guint left = sorted->len;

  for (guint from = end; from > 0; from--)
    {
      gpointer item = g_ptr_array_index (self->items, from - 1);

      if (left > 0 && item == g_ptr_array_index (sorted, left - 1))
        left--;
      else
        g_ptr_array_index (self->items, --to) = item;
    }
  for (guint i = 0; i < sorted->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (sorted, i);

      download->order = order + i;
      g_ptr_array_index (self->items, i) = download;
    }
  return end;
}

/* For the queue: tells that the downloads from @start up to @end have changed
 * their places among each other; as one, so that nobody loses the selection. */
void
bobbin_list_tell_moves (BobbinList *self, guint start, guint end)
{
  if (start < end)
    g_list_model_items_changed (self->model, start, end - start, end - start);
}

/* For the queue: whether a download of that link is in the list. */
gboolean
bobbin_list_has_uri (BobbinList *self, const char *uri)
{
  if (self->uris == NULL)
    {
      self->uris = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < self->items->len; i++)
        add_uri (self, g_ptr_array_index (self->items, i));
    }
  return g_hash_table_contains (self->uris, uri);
}

/* For the queue: a download has another link now, and what was known of the
 * URIs is out of date. */
void
bobbin_list_forget_uris (BobbinList *self)
{
  g_clear_pointer (&self->uris, g_hash_table_unref);
}
