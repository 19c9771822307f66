/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo.h"

#include "bobbin-demo-server.h"

#include <glib/gstdio.h>

#define FOLDER_PREFIX "bobbin-demo-"

struct _BobbinDemo
{
  BobbinQueue *queue;
  gulong run_finished_id;
  BobbinDemoServer *server; /* as long as it is needed */
  gboolean has_ended;       /* all pictures have, in this run or an earlier one */
  GPtrArray *downloads;     /* of BobbinDownload */
  char *folder;
};

static gboolean
has_ended (BobbinDownload *download)
{
  const BobbinState state = bobbin_download_get_state (download);

  return state == BOBBIN_STATE_FINISHED || state == BOBBIN_STATE_FAILED;
}

/* A picture that is paused may still want the server, and who wants to know how long the pictures take one
 * after another wants it until something else has run. */
static void
run_finished_cb (BobbinDemo *self)
{
  for (guint i = 0; i < self->downloads->len; i++)
    {
      if (!has_ended (g_ptr_array_index (self->downloads, i)))
        return;
    }
  if (self->has_ended)
    g_clear_pointer (&self->server, bobbin_demo_server_free);
  self->has_ended = TRUE;
}

static void
add_pictures (BobbinDemo *self)
{
  g_autoptr (GPtrArray) uris = bobbin_demo_server_dup_picture_uris (self->server);
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_link_unref);
  GListModel *model = G_LIST_MODEL (self->queue);
  const guint first = g_list_model_get_n_items (model);

  for (guint i = 0; i < uris->len; i++)
    {
      BobbinLink *link = bobbin_link_new (g_ptr_array_index (uris, i), NULL);

      bobbin_link_set_folder (link, self->folder);
      g_ptr_array_add (links, link);
    }
  bobbin_queue_add (self->queue, links, FALSE);
  for (guint i = first; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (self->downloads, g_list_model_get_item (model, i));
}

/**
 * bobbin_demo_has_folder:
 * @folder: (nullable): absolute path of a folder
 *
 * Any thread.
 *
 * Returns: whether the folder is, or was, a demo's
 */
gboolean
bobbin_demo_has_folder (const char *folder)
{
  g_autofree char *prefix = g_build_filename (g_get_tmp_dir (), FOLDER_PREFIX, NULL);

  return folder != NULL && g_str_has_prefix (folder, prefix);
}

/**
 * bobbin_demo_start:
 * @queue: where the pictures go
 * @error: return location for an error of G_FILE_ERROR or G_IO_ERROR
 *
 * Starts the server and adds its pictures, saved to a fresh folder. Main
 * thread.
 *
 * Returns: (transfer full): the demo, or %NULL with @error set
 */
BobbinDemo *
bobbin_demo_start (BobbinQueue *queue, GError **error)
{
  g_autoptr (BobbinDemo) self = g_new0 (BobbinDemo, 1);

  self->queue = g_object_ref (queue);
  self->downloads = g_ptr_array_new_with_free_func (g_object_unref);
  self->folder = g_dir_make_tmp (FOLDER_PREFIX "XXXXXX", error);
  if (self->folder == NULL)
    return NULL;
  self->server = bobbin_demo_server_new (error);
  if (self->server == NULL)
    return NULL;
  self->run_finished_id
      = g_signal_connect_swapped (queue, "run-finished", G_CALLBACK (run_finished_cb), self);
  add_pictures (self);
  return g_steal_pointer (&self);
}

/* Only what the demo itself has put there; a folder with more in it stays. */
static void
remove_files (BobbinDemo *self)
{
  for (guint i = 0; i < self->downloads->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (self->downloads, i);
      g_autofree char *name = bobbin_download_dup_name (download);
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_autofree char *part = g_strconcat (path, ".part", NULL);

      g_unlink (bobbin_download_get_state (download) == BOBBIN_STATE_FINISHED ? path : part);
    }
  g_rmdir (self->folder);
}

/**
 * bobbin_demo_free:
 * @self: a demo
 *
 * Stops the server if it still runs and removes the pictures. To be called
 * when the queue has stopped. Main thread.
 */
void
bobbin_demo_free (BobbinDemo *self)
{
  if (self->run_finished_id != 0)
    g_clear_signal_handler (&self->run_finished_id, self->queue);
  g_clear_pointer (&self->server, bobbin_demo_server_free);
  if (self->folder != NULL)
    remove_files (self);
  g_ptr_array_unref (self->downloads);
  g_object_unref (self->queue);
  g_free (self->folder);
  g_free (self);
}
