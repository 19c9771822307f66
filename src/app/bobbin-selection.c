/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-selection.h"

#include "bobbin-sign-in-origin.h"
#include "bobbin-trust-dialog.h"

/**
 * bobbin_selection_dup:
 * @model: a selection of #BobbinDownload
 *
 * Returns: (transfer full) (element-type BobbinDownload): what is selected, in
 *   the order of the list
 */
GPtrArray *
bobbin_selection_dup (GtkSelectionModel *model)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (model);
  GPtrArray *downloads = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (downloads, g_list_model_get_item (G_LIST_MODEL (model), position));
  return downloads;
}

static gboolean
is_state (BobbinDownload *download, BobbinState state)
{
  return bobbin_download_get_state (download) == state;
}

static gboolean
can_pause (BobbinDownload *download)
{
  return bobbin_download_is_active (download) || is_state (download, BOBBIN_STATE_WAITING);
}

static gboolean
can_resume (BobbinDownload *download)
{
  return is_state (download, BOBBIN_STATE_PAUSED);
}

/* Also one that waits for its next try: then that is now. */
static gboolean
can_retry (BobbinDownload *download)
{
  return is_state (download, BOBBIN_STATE_FAILED) || bobbin_download_get_retry_at (download) != 0;
}

static gboolean
has_finished (BobbinDownload *download)
{
  return is_state (download, BOBBIN_STATE_FINISHED);
}

static gboolean
all (GPtrArray *downloads, gboolean (*test) (BobbinDownload *))
{
  for (guint i = 0; i < downloads->len; i++)
    {
      if (!test (g_ptr_array_index (downloads, i)))
        return FALSE;
    }
  return downloads->len > 0;
}

/**
 * bobbin_selection_can_pause:
 * @downloads: (element-type BobbinDownload): a selection
 *
 * Returns: whether every one of them can be paused
 */
gboolean
bobbin_selection_can_pause (GPtrArray *downloads)
{
  return all (downloads, can_pause);
}

/**
 * bobbin_selection_can_resume:
 * @downloads: (element-type BobbinDownload): a selection
 *
 * Returns: whether every one of them can be resumed
 */
gboolean
bobbin_selection_can_resume (GPtrArray *downloads)
{
  return all (downloads, can_resume);
}

/**
 * bobbin_selection_can_retry:
 * @downloads: (element-type BobbinDownload): a selection
 *
 * Returns: whether every one of them has failed, or waits for its next try
 */
gboolean
bobbin_selection_can_retry (GPtrArray *downloads)
{
  return all (downloads, can_retry);
}

/**
 * bobbin_selection_can_sign_in:
 * @downloads: (element-type BobbinDownload): a selection
 *
 * Returns: whether every one of them waits for a sign-in
 */
gboolean
bobbin_selection_can_sign_in (GPtrArray *downloads)
{
  return all (downloads, bobbin_sign_in_is_wanted);
}

/**
 * bobbin_selection_can_trust:
 * @downloads: (element-type BobbinDownload): a selection
 *
 * Returns: whether every one of them failed because of a certificate
 */
gboolean
bobbin_selection_can_trust (GPtrArray *downloads)
{
  return all (downloads, bobbin_trust_is_wanted);
}

/**
 * bobbin_selection_has_finished:
 * @downloads: (element-type BobbinDownload): a selection
 *
 * Returns: whether every one of them has finished
 */
gboolean
bobbin_selection_has_finished (GPtrArray *downloads)
{
  return all (downloads, has_finished);
}

/**
 * bobbin_selection_pause_or_resume:
 * @downloads: (element-type BobbinDownload): a selection
 * @queue: the queue that they are in
 *
 * Pauses those that can be paused; if there are none, resumes.
 */
void
bobbin_selection_pause_or_resume (GPtrArray *downloads, BobbinQueue *queue)
{
  for (guint i = 0; i < downloads->len; i++)
    {
      if (can_pause (g_ptr_array_index (downloads, i)))
        {
          bobbin_queue_pause_many (queue, downloads);
          return;
        }
    }
  bobbin_queue_resume_many (queue, downloads);
}

/**
 * bobbin_selection_join_uris:
 * @downloads: (element-type BobbinDownload): a selection
 *
 * Returns: (transfer full): their links, one on each line
 */
char *
bobbin_selection_join_uris (GPtrArray *downloads)
{
  GString *uris = g_string_new (NULL);

  for (guint i = 0; i < downloads->len; i++)
    {
      if (i > 0)
        g_string_append_c (uris, '\n');
      g_string_append (uris,
                       bobbin_link_get_uri (bobbin_download_get_link (g_ptr_array_index (downloads, i))));
    }
  return g_string_free (uris, FALSE);
}

/**
 * bobbin_selection_dup_paths:
 * @downloads: (element-type BobbinDownload): a selection
 *
 * Returns: (transfer full) (element-type filename): the files of those that
 *   have finished
 */
GPtrArray *
bobbin_selection_dup_paths (GPtrArray *downloads)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < downloads->len; i++)
    {
      if (has_finished (g_ptr_array_index (downloads, i)))
        g_ptr_array_add (paths, bobbin_download_dup_path (g_ptr_array_index (downloads, i)));
    }
  return paths;
}
