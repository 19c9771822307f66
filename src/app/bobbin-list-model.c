/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-list-model.h"

/*
 * Above this many downloads, searching and sorting are spread over several
 * turns of the main loop. To look at the states of a hundred thousand takes a
 * few milliseconds, and a list that is filtered at once does not flicker.
 */
#define INCREMENTAL_ABOVE 1000

/* Names that come with the answers of servers are sorted in so often, in
 * microseconds: to compare all names of a long list takes a while. */
#define NAMES_INTERVAL (2 * G_USEC_PER_SEC)

struct _BobbinListModel
{
  BobbinQueue *queue;
  GtkFilterListModel *searched; /* first, since a change of state concerns only the next */
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;
  GtkFilter *search_filter;
  GtkFilter *state_filter;

  BobbinFilter filter;
  char *search; /* case-folded, %NULL for none */
  BobbinOrder order;
  gint64 names_read;
};

static const char *const filter_nicks[BOBBIN_N_FILTERS]
    = { "all", "active", "waiting", "finished", "failed" };

/**
 * bobbin_filter_get_nick:
 * @filter: a filter
 *
 * Returns: the name of @filter as the state of an action
 */
const char *
bobbin_filter_get_nick (BobbinFilter filter)
{
  return filter_nicks[filter];
}

/**
 * bobbin_filter_for_nick:
 * @nick: (nullable): the state of an action
 *
 * Returns: the filter of that name, or the one that lets all through
 */
BobbinFilter
bobbin_filter_for_nick (const char *nick)
{
  for (guint i = 0; i < BOBBIN_N_FILTERS; i++)
    {
      if (g_strcmp0 (filter_nicks[i], nick) == 0)
        return (BobbinFilter) i;
    }
  return BOBBIN_FILTER_ALL;
}

/**
 * bobbin_filter_count:
 * @filter: a filter
 * @counts: the counts of a queue
 *
 * Returns: how many downloads @filter lets through
 */
guint
bobbin_filter_count (BobbinFilter filter, const BobbinCounts *counts)
{
  switch (filter)
    {
    case BOBBIN_FILTER_ACTIVE:
      return counts->active;
    case BOBBIN_FILTER_WAITING:
      return counts->waiting + counts->paused;
    case BOBBIN_FILTER_FINISHED:
      return counts->finished;
    case BOBBIN_FILTER_FAILED:
      return counts->failed;
    case BOBBIN_FILTER_ALL:
    default:
      return counts->total;
    }
}

static gboolean
filter_matches (BobbinFilter filter, BobbinDownload *download)
{
  const BobbinState state = bobbin_download_get_state (download);

  switch (filter)
    {
    case BOBBIN_FILTER_ACTIVE:
      return bobbin_download_is_active (download);
    case BOBBIN_FILTER_WAITING:
      return state == BOBBIN_STATE_WAITING || state == BOBBIN_STATE_PAUSED;
    case BOBBIN_FILTER_FINISHED:
      return state == BOBBIN_STATE_FINISHED;
    case BOBBIN_FILTER_FAILED:
      return state == BOBBIN_STATE_FAILED;
    case BOBBIN_FILTER_ALL:
    default:
      return TRUE;
    }
}

static gboolean
contains_folded (const char *text, const char *search)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, search) != NULL;
}

static gboolean
search_cb (gpointer item, gpointer user_data)
{
  const BobbinListModel *self = user_data;
  g_autofree char *name = bobbin_download_dup_name (item);
  g_autofree char *host = NULL;

  if (self->search == NULL || contains_folded (name, self->search))
    return TRUE;
  host = bobbin_download_dup_host (item);
  return contains_folded (host, self->search);
}

static gboolean
state_cb (gpointer item, gpointer user_data)
{
  const BobbinListModel *self = user_data;

  return filter_matches (self->filter, item);
}

static gboolean
is_long (BobbinListModel *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->queue)) > INCREMENTAL_ABOVE;
}

static void
items_changed_cb (BobbinListModel *self)
{
  gtk_sort_list_model_set_incremental (self->sorted, is_long (self));
}

/**
 * bobbin_list_model_new:
 * @queue: where the downloads are
 *
 * Returns: (transfer full): all downloads of @queue in their order
 */
BobbinListModel *
bobbin_list_model_new (BobbinQueue *queue)
{
  BobbinListModel *self = g_new0 (BobbinListModel, 1);

  self->queue = g_object_ref (queue);
  /* Connected before the models are, so they know in time how to take a big change. */
  g_signal_connect_swapped (queue, "items-changed", G_CALLBACK (items_changed_cb), self);
  self->search_filter = GTK_FILTER (gtk_custom_filter_new (search_cb, self, NULL));
  self->state_filter = GTK_FILTER (gtk_custom_filter_new (state_cb, self, NULL));
  self->searched = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (queue)), NULL);
  self->filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->searched)), NULL);
  self->sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->filtered)), NULL);
  return self;
}

/**
 * bobbin_list_model_free:
 * @self: a model
 */
void
bobbin_list_model_free (BobbinListModel *self)
{
  g_signal_handlers_disconnect_by_data (self->queue, self);
  /* The list may outlive this by a moment and must find nothing to ask for. */
  gtk_filter_list_model_set_model (self->searched, NULL);
  g_object_unref (self->sorted);
  g_object_unref (self->filtered);
  g_object_unref (self->searched);
  g_object_unref (self->state_filter);
  g_object_unref (self->search_filter);
  g_object_unref (self->queue);
  g_free (self->search);
  g_free (self);
}

/**
 * bobbin_list_model_get_rows:
 * @self: a model
 *
 * Returns: (transfer none): what the list shows
 */
GListModel *
bobbin_list_model_get_rows (BobbinListModel *self)
{
  return G_LIST_MODEL (self->sorted);
}

/**
 * bobbin_list_model_is_busy:
 * @self: a model
 *
 * Returns: whether rows are still being searched for
 */
gboolean
bobbin_list_model_is_busy (BobbinListModel *self)
{
  return gtk_filter_list_model_get_pending (self->searched) > 0;
}

/**
 * bobbin_list_model_on_searched:
 * @self: a model
 * @callback: (scope notified): called with @object when bobbin_list_model_is_busy()
 *   may have changed
 * @object: an object, which has to live on for @callback to be called
 */
void
bobbin_list_model_on_searched (BobbinListModel *self, GCallback callback, gpointer object)
{
  g_signal_connect_object (self->searched, "notify::pending", callback, object, G_CONNECT_SWAPPED);
}

/* Without anything to filter, the rows are not even looked at. */
static void
filter_changed (GtkFilterListModel *model, GtkFilter *filter, gboolean needed, GtkFilterChange change)
{
  GtkFilter *wanted = needed ? filter : NULL;

  if (gtk_filter_list_model_get_filter (model) != wanted)
    gtk_filter_list_model_set_filter (model, wanted);
  else if (needed)
    gtk_filter_changed (filter, change);
}

static void
states_changed (BobbinListModel *self)
{
  filter_changed (self->filtered, self->state_filter, self->filter != BOBBIN_FILTER_ALL,
                  GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * bobbin_list_model_set_filter:
 * @self: a model
 * @filter: which downloads to let through
 */
void
bobbin_list_model_set_filter (BobbinListModel *self, BobbinFilter filter)
{
  if (self->filter == filter)
    return;
  self->filter = filter;
  states_changed (self);
}

static GtkFilterChange
get_search_change (const char *before, const char *now)
{
  if (now == NULL || (before != NULL && strstr (before, now) != NULL))
    return GTK_FILTER_CHANGE_LESS_STRICT;
  if (before == NULL || strstr (now, before) != NULL)
    return GTK_FILTER_CHANGE_MORE_STRICT;
  return GTK_FILTER_CHANGE_DIFFERENT;
}

/**
 * bobbin_list_model_set_search:
 * @self: a model
 * @search: what name or host have to contain; empty for anything
 */
void
bobbin_list_model_set_search (BobbinListModel *self, const char *search)
{
  g_autofree char *before = g_steal_pointer (&self->search);

  self->search = *search != '\0' ? g_utf8_casefold (search, -1) : NULL;
  if (g_strcmp0 (before, self->search) == 0)
    return;
  /* It stays so: GTK 4.8 does not survive that it is taken back where there is no filter. */
  if (is_long (self))
    gtk_filter_list_model_set_incremental (self->searched, TRUE);
  filter_changed (self->searched, self->search_filter, self->search != NULL,
                  get_search_change (before, self->search));
}

/**
 * bobbin_list_model_set_order:
 * @self: a model
 * @order: what to sort by
 */
void
bobbin_list_model_set_order (BobbinListModel *self, BobbinOrder order)
{
  g_autoptr (GtkSorter) sorter = NULL;

  if (self->order == order)
    return;
  self->order = order;
  self->names_read = g_get_monotonic_time ();
  sorter = bobbin_order_create_sorter (order);
  gtk_sort_list_model_set_sorter (self->sorted, sorter);
}

static void
sort_again (BobbinListModel *self)
{
  GtkSorter *sorter = gtk_sort_list_model_get_sorter (self->sorted);
  const gint64 now = g_get_monotonic_time ();

  if (sorter == NULL)
    return;
  if (self->order == BOBBIN_ORDER_NAME && is_long (self) && now - self->names_read < NAMES_INTERVAL)
    return;
  self->names_read = now;
  bobbin_order_read_anew (self->order, sorter);
}

/**
 * bobbin_list_model_states_changed:
 * @self: a model
 *
 * Looks again at the states of the downloads.
 */
void
bobbin_list_model_states_changed (BobbinListModel *self)
{
  states_changed (self);
  sort_again (self);
}
