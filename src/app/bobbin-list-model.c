/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-list-model.h"

/*
 * Above this many downloads, filtering and sorting are spread over several
 * turns of the main loop.
 */
#define INCREMENTAL_ABOVE 1000

struct _BobbinListModel
{
  BobbinQueue *queue;
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;
  GtkCustomFilter *custom_filter;

  BobbinFilter filter;
  char *search; /* case-folded, %NULL for none */
  gboolean as_they_finish;
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
search_matches (const char *search, BobbinDownload *download)
{
  g_autofree char *name = bobbin_download_dup_name (download);
  g_autofree char *host = NULL;

  if (contains_folded (name, search))
    return TRUE;
  host = bobbin_download_dup_host (download);
  return contains_folded (host, search);
}

static gboolean
match_cb (gpointer item, gpointer user_data)
{
  const BobbinListModel *self = user_data;

  return filter_matches (self->filter, item) && (self->search == NULL || search_matches (self->search, item));
}

/*
 * Ended downloads come first, in the order of their ends, then those that are
 * active, then the rest, both in the order of adding.
 */
static guint64
get_finish_key (BobbinDownload *download, gpointer user_data)
{
  const guint64 rank = G_GUINT64_CONSTANT (1) << 62;
  const BobbinState state = bobbin_download_get_state (download);

  if (state == BOBBIN_STATE_FINISHED || state == BOBBIN_STATE_FAILED)
    return bobbin_download_get_end_order (download);
  if (bobbin_download_is_active (download))
    return rank + bobbin_download_get_order (download);
  return 2 * rank + bobbin_download_get_order (download);
}

/*
 * A numeric sorter keeps the keys for the time of a sort, so that states may
 * change while it goes on. It reads them anew when it gets a new expression.
 */
static void
read_keys_anew (BobbinListModel *self)
{
  GtkSorter *sorter = gtk_sort_list_model_get_sorter (self->sorted);
  g_autoptr (GtkExpression) expression = NULL;

  if (sorter == NULL)
    return;
  expression
      = gtk_cclosure_expression_new (G_TYPE_UINT64, NULL, 0, NULL, G_CALLBACK (get_finish_key), NULL, NULL);
  gtk_numeric_sorter_set_expression (GTK_NUMERIC_SORTER (sorter), expression);
}

static void
items_changed_cb (BobbinListModel *self)
{
  const gboolean incremental = g_list_model_get_n_items (G_LIST_MODEL (self->queue)) > INCREMENTAL_ABOVE;

  gtk_filter_list_model_set_incremental (self->filtered, incremental);
  gtk_sort_list_model_set_incremental (self->sorted, incremental);
}

/**
 * bobbin_list_model_new:
 * @queue: where the downloads are
 *
 * Returns: (transfer full): all downloads of @queue in the order of adding
 */
BobbinListModel *
bobbin_list_model_new (BobbinQueue *queue)
{
  BobbinListModel *self = g_new0 (BobbinListModel, 1);

  self->queue = g_object_ref (queue);
  /* Connected before the models are, so they know in time how to take a big change. */
  g_signal_connect_swapped (queue, "items-changed", G_CALLBACK (items_changed_cb), self);
  self->custom_filter = gtk_custom_filter_new (match_cb, self, NULL);
  self->filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (queue)), NULL);
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
  gtk_filter_list_model_set_model (self->filtered, NULL);
  g_object_unref (self->sorted);
  g_object_unref (self->filtered);
  g_object_unref (self->custom_filter);
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

static void
filter_changed (BobbinListModel *self, GtkFilterChange change)
{
  const gboolean needed = self->filter != BOBBIN_FILTER_ALL || self->search != NULL;
  GtkFilter *filter = needed ? GTK_FILTER (self->custom_filter) : NULL;

  if (gtk_filter_list_model_get_filter (self->filtered) != filter)
    gtk_filter_list_model_set_filter (self->filtered, filter);
  else if (filter != NULL)
    gtk_filter_changed (filter, change);
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
  filter_changed (self, GTK_FILTER_CHANGE_DIFFERENT);
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
  if (g_strcmp0 (before, self->search) != 0)
    filter_changed (self, get_search_change (before, self->search));
}

/**
 * bobbin_list_model_set_as_they_finish:
 * @self: a model
 * @as_they_finish: the first to finish on top, or in the order of adding
 */
void
bobbin_list_model_set_as_they_finish (BobbinListModel *self, gboolean as_they_finish)
{
  g_autoptr (GtkSorter) sorter = NULL;

  if (self->as_they_finish == as_they_finish)
    return;
  self->as_they_finish = as_they_finish;
  if (as_they_finish)
    sorter = GTK_SORTER (gtk_numeric_sorter_new (
        gtk_cclosure_expression_new (G_TYPE_UINT64, NULL, 0, NULL, G_CALLBACK (get_finish_key), NULL, NULL)));
  gtk_sort_list_model_set_sorter (self->sorted, sorter);
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
  filter_changed (self, GTK_FILTER_CHANGE_DIFFERENT);
  read_keys_anew (self);
}
