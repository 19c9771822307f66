/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-quick-add.h"

#include "bobbin-add-order.h"
#include "bobbin-add-reader.h"
#include "bobbin-pattern.h"

typedef struct
{
  BobbinIncoming *incoming; /* owned */
  BobbinQueue *queue;       /* owned */
  BobbinAddReader *reader;  /* owned */
} Adding;

static void
adding_free (Adding *adding)
{
  bobbin_add_reader_cancel (adding->reader);
  g_object_unref (adding->reader);
  g_object_unref (adding->queue);
  bobbin_incoming_unref (adding->incoming);
  g_free (adding);
}

static void
on_placed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  guint n_links = bobbin_add_order_place_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, n_links);
}

static void
on_read (GTask *task, BobbinAddFiles *files)
{
  Adding *adding = g_task_get_task_data (task);
  const BobbinLinks *links = bobbin_add_plan_get_text_links (bobbin_add_files_get_plan (files));

  if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  /* Nothing new, or patterns of so many links that the person is to be asked. */
  else if (bobbin_add_files_get_n_selected (files) == 0 || bobbin_links_get_n_pending (links) > 0)
    {
      g_task_return_int (task, 0);
      g_object_unref (task);
    }
  else
    bobbin_add_order_place_async (bobbin_add_order_new (files), adding->queue, FALSE,
                                  g_task_get_cancellable (task), on_placed, task);
}

/**
 * bobbin_quick_add_async:
 * @incoming: what came from outside
 * @queue: where the links go
 * @folder: absolute path of the folder to save to
 * @naming: (nullable): what files are called, and the folders below @folder
 * @cancellable: (nullable): ends it as long as no link is in @queue
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Adds the links that are not in @queue yet. Main thread.
 */
void
bobbin_quick_add_async (BobbinIncoming *incoming,
                        BobbinQueue *queue,
                        const char *folder,
                        BobbinNaming *naming,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Adding *adding = g_new0 (Adding, 1);
  const BobbinAddRequest request = { .text = bobbin_incoming_get_text (incoming),
                                     .max_expanded = BOBBIN_PATTERN_ASK,
                                     .sources = bobbin_incoming_get_sources (incoming),
                                     .folder = folder,
                                     .naming = naming };

  adding->incoming = bobbin_incoming_ref (incoming);
  adding->queue = g_object_ref (queue);
  adding->reader = bobbin_add_reader_new (queue);
  g_task_set_source_tag (task, bobbin_quick_add_async);
  g_task_set_task_data (task, adding, (GDestroyNotify) adding_free);
  g_signal_connect_swapped (adding->reader, "read", G_CALLBACK (on_read), task);
  bobbin_add_reader_read (adding->reader, &request);
}

/**
 * bobbin_quick_add_finish:
 * @result: what the callback got
 * @error: return location for %G_IO_ERROR_CANCELLED, or a #GIOErrorEnum whose
 *   message is for the person
 *
 * Returns: how many links were added; 0 if the person had better look at them,
 *   because there are none that are new or very many
 */
guint
bobbin_quick_add_finish (GAsyncResult *result, GError **error)
{
  gssize n_links = g_task_propagate_int (G_TASK (result), error);

  return n_links > 0 ? (guint) n_links : 0;
}
