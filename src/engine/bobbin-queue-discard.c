/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-queue-private.h"

/* What a part file is found by, and told from others. */
typedef struct
{
  char *folder;
  char *name;
  BobbinPartIdentity identity;
} Part;

static void
part_free (Part *self)
{
  g_free (self->folder);
  g_free (self->name);
  g_free (self);
}

static Part *
part_new (BobbinDownload *download)
{
  Part *self = g_new0 (Part, 1);

  self->folder = g_strdup (bobbin_download_get_folder (download));
  self->name = g_strdup (download->held->name);
  self->identity = download->held->identity;
  return self;
}

/* Whatever is not ours, or not there, stays as it is. */
static void
delete_parts (GPtrArray *parts)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = g_ptr_array_index (parts, i);
      g_autoptr (BobbinPartFile) file
          = bobbin_part_file_reopen (part->folder, part->name, &part->identity, 0, NULL);

      if (file != NULL)
        bobbin_part_file_discard (file);
    }
}

static void
delete_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  delete_parts (data);
  g_task_return_boolean (task, TRUE);
}

/* For the queue: deletes the part files of downloads that were discarded, as far
 * as no worker has them any more; in a thread, but not at the end of the program. */
void
bobbin_queue_delete_parts (BobbinQueue *self, GPtrArray *downloads)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  g_autoptr (GTask) task = NULL;

  for (guint i = 0; i < downloads->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (downloads, i);

      if (download->activity == NULL && download->held != NULL)
        g_ptr_array_add (parts, part_new (download));
    }
  if (parts->len == 0)
    return;
  if (self->pool == NULL)
    {
      delete_parts (parts);
      return;
    }
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, bobbin_queue_delete_parts);
  g_task_set_task_data (task, g_ptr_array_ref (parts), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, delete_in_thread);
}

/* For the queue: as bobbin_queue_delete_parts(), when its workers have let go. */
void
bobbin_queue_delete_part (BobbinQueue *self, BobbinDownload *download)
{
  g_autoptr (GPtrArray) downloads = g_ptr_array_new ();

  g_ptr_array_add (downloads, download);
  bobbin_queue_delete_parts (self, downloads);
}

/**
 * bobbin_queue_discard:
 * @self: a queue
 * @downloads: (element-type BobbinDownload): some of its downloads
 *
 * As bobbin_queue_remove(), for good: what was received of those that have not
 * finished is deleted, once their workers have let go of it. Finished files
 * stay.
 */
void
bobbin_queue_discard (BobbinQueue *self, GPtrArray *downloads)
{
  for (guint i = 0; i < downloads->len; i++)
    ((BobbinDownload *) g_ptr_array_index (downloads, i))->discarded = TRUE;
  bobbin_queue_remove (self, downloads);
}
