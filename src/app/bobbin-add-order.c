/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-order.h"

#include "bobbin-folder-row.h"

/* So many links go into the list in one turn. */
#define LINKS_AT_A_TIME 2000

/* On its way: first the links are made ready on a thread, which may wait for a disk and which has a hundred
 * thousand links to copy if there are headers; then the main loop puts them into the list, as many in a turn
 * as it has time for. */
typedef struct
{
  BobbinAddOrder *order; /* owned */
  BobbinQueue *queue;    /* owned */
  gboolean paused;
  GPtrArray *links; /* owned; of BobbinLink; those that went into the list are NULL */
  guint n_added;
} Placing;

static void
placing_free (Placing *placing)
{
  bobbin_add_order_free (placing->order);
  g_object_unref (placing->queue);
  g_clear_pointer (&placing->links, g_ptr_array_unref);
  g_free (placing);
}

static void
unref_link (gpointer data)
{
  if (data != NULL)
    bobbin_link_unref (data);
}

/**
 * bobbin_add_order_new:
 * @files: the files, checked
 *
 * Returns: (transfer full): an order for those that are selected now, without
 *   headers and digest
 */
BobbinAddOrder *
bobbin_add_order_new (BobbinAddFiles *files)
{
  BobbinAddOrder *self = g_new0 (BobbinAddOrder, 1);

  self->plan = bobbin_add_plan_ref (bobbin_add_files_get_plan (files));
  self->selection = bobbin_add_files_dup_selection (files);
  return self;
}

/**
 * bobbin_add_order_free:
 * @self: (transfer full): an order
 */
void
bobbin_add_order_free (BobbinAddOrder *self)
{
  bobbin_add_plan_let_go (self->plan);
  g_free (self->selection);
  g_strfreev (self->headers);
  bobbin_digest_free (self->digest);
  g_free (self);
}

static BobbinLink *
prepare_link (const BobbinAddOrder *self, guint index)
{
  BobbinLink *link = bobbin_add_plan_dup_link (self->plan, index);

  for (guint i = 0; self->headers != NULL && self->headers[i] != NULL; i += 2)
    bobbin_link_add_header (link, self->headers[i], self->headers[i + 1], NULL); /* it was tried out before */
  if (self->digest != NULL)
    bobbin_link_set_digest (link, self->digest);
  return link;
}

static gboolean
make_folder (const BobbinAddOrder *self, GHashTable *made, BobbinLink *link, GError **error)
{
  const char *subfolder = bobbin_link_get_subfolder (link);

  if (subfolder == NULL || g_hash_table_contains (made, subfolder))
    return TRUE;
  if (!bobbin_folder_make_below (bobbin_add_plan_get_folder (self->plan), subfolder, error))
    return FALSE;

  g_hash_table_add (made, g_strdup (subfolder));
  return TRUE;
}

static GPtrArray *
prepare (const BobbinAddOrder *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func (unref_link);
  g_autoptr (GHashTable) made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!bobbin_folder_make (bobbin_add_plan_get_folder (self->plan), error))
    return NULL;
  for (guint i = 0; i < bobbin_add_plan_get_n_links (self->plan); i++)
    {
      BobbinLink *link;

      if (!self->selection[i])
        continue;
      link = prepare_link (self, i);
      g_ptr_array_add (links, link);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !make_folder (self, made, link, error))
        return NULL;
    }
  return g_steal_pointer (&links);
}

static void
prepare_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Placing *placing = data;
  GError *error = NULL;

  placing->links = prepare (placing->order, cancellable, &error);
  if (placing->links == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
add_some (gpointer data)
{
  GTask *task = data;
  Placing *placing = g_task_get_task_data (task);
  guint n_links = MIN (placing->links->len - placing->n_added, LINKS_AT_A_TIME);
  g_autoptr (GPtrArray) some = g_ptr_array_new_full (n_links, (GDestroyNotify) bobbin_link_unref);

  for (guint i = 0; i < n_links; i++)
    g_ptr_array_add (some, g_steal_pointer (&placing->links->pdata[placing->n_added + i]));
  placing->n_added += n_links;
  bobbin_queue_add (placing->queue, some, placing->paused);
  if (placing->n_added < placing->links->len)
    return G_SOURCE_CONTINUE;

  g_task_return_int (task, (gssize) placing->n_added);
  return G_SOURCE_REMOVE;
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, add_some, g_steal_pointer (&task), g_object_unref);
}

/**
 * bobbin_add_order_place_async:
 * @self: (transfer full): an order for at least one link
 * @queue: where the links go
 * @paused: whether they start paused
 * @cancellable: (nullable): ends it as long as no link is in @queue
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Makes the folders and puts the links into the list, many of them bit by bit.
 * Once the first are there the others follow, whoever waits for them. Main
 * thread.
 */
void
bobbin_add_order_place_async (BobbinAddOrder *self,
                              BobbinQueue *queue,
                              gboolean paused,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GTask) preparing = g_task_new (NULL, cancellable, on_prepared, task);
  Placing *placing = g_new0 (Placing, 1);

  placing->order = self;
  placing->queue = g_object_ref (queue);
  placing->paused = paused;
  g_task_set_source_tag (task, bobbin_add_order_place_async);
  g_task_set_task_data (task, placing, (GDestroyNotify) placing_free);
  g_task_set_source_tag (preparing, prepare_in_thread);
  g_task_set_task_data (preparing, placing, NULL); /* @task waits for it, and has it */
  g_task_run_in_thread (preparing, prepare_in_thread);
}

/**
 * bobbin_add_order_place_finish:
 * @result: what the callback got
 * @error: return location for %G_IO_ERROR_CANCELLED, or a #GIOErrorEnum whose
 *   message is for the person
 *
 * Returns: how many links are in the list now, 0 for none
 */
guint
bobbin_add_order_place_finish (GAsyncResult *result, GError **error)
{
  gssize n_links = g_task_propagate_int (G_TASK (result), error);

  return n_links > 0 ? (guint) n_links : 0;
}
