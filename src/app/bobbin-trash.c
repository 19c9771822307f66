/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-trash.h"

#include <glib/gi18n.h>

#define RESPONSE_KEEP "keep"
#define RESPONSE_TRASH "trash"

/* What is asked for, and what has become of it. */
typedef struct
{
  BobbinQueue *queue;
  GPtrArray *downloads; /* of owned BobbinDownload */
  GPtrArray *paths;     /* of each, NULL for those without a file */
  GArray *refused;      /* of guint: which files stay */
  GError *error;        /* why the first of them does */
  BobbinTrashTell tell;
} Trash;

static void
trash_free (gpointer data)
{
  Trash *self = data;

  g_ptr_array_unref (self->paths);
  g_ptr_array_unref (self->downloads);
  g_array_unref (self->refused);
  g_clear_error (&self->error);
  g_object_unref (self->queue);
  g_free (self);
}

static Trash *
trash_new (BobbinQueue *queue, GPtrArray *downloads, BobbinTrashTell tell)
{
  Trash *self = g_new0 (Trash, 1);

  self->queue = g_object_ref (queue);
  self->downloads = g_ptr_array_ref (downloads);
  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->refused = g_array_new (FALSE, FALSE, sizeof (guint));
  self->tell = tell;
  for (guint i = 0; i < downloads->len; i++)
    g_ptr_array_add (self->paths, bobbin_download_dup_path (g_ptr_array_index (downloads, i)));
  return self;
}

/* A file that is gone already need not be moved. */
static gboolean
move_to_trash (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) reason = NULL;

  if (g_file_trash (file, NULL, &reason) || g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  if (error != NULL && *error == NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static void
trash_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Trash *self = data;

  for (guint i = 0; i < self->paths->len; i++)
    {
      const char *path = g_ptr_array_index (self->paths, i);

      if (path != NULL && !move_to_trash (path, &self->error))
        g_array_append_val (self->refused, i);
    }
  g_task_return_boolean (task, TRUE);
}

static char *
get_refusal (const Trash *self)
{
  const guint first = g_array_index (self->refused, guint, 0);
  g_autofree char *name = bobbin_download_dup_name (g_ptr_array_index (self->downloads, first));

  if (self->refused->len > 1)
    return g_strdup_printf (ngettext ("%'u file could not be moved to the trash",
                                      "%'u files could not be moved to the trash", self->refused->len),
                            self->refused->len);
  if (g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    /* Translators: %s is the name of a file */
    return g_strdup_printf (_ ("There is no trash on the disk of “%s”"), name);
  if (g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    /* Translators: %s is the name of a file */
    return g_strdup_printf (_ ("“%s” may not be moved"), name);
  /* Translators: %s is the name of a file */
  return g_strdup_printf (_ ("“%s” could not be moved to the trash"), name);
}

/* What stays on disk stays in the list. */
static void
trashed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Trash *self = g_task_get_task_data (G_TASK (result));
  g_autofree char *words = NULL;

  if (self->refused->len > 0)
    words = get_refusal (self);
  for (guint i = self->refused->len; i > 0; i--)
    g_ptr_array_remove_index (self->downloads, g_array_index (self->refused, guint, i - 1));
  bobbin_queue_discard (self->queue, self->downloads);
  if (words != NULL && gtk_widget_get_root (GTK_WIDGET (object)) != NULL)
    self->tell (GTK_WIDGET (object), words);
}

static void
response_cb (GtkWidget *dialog, const char *response, GTask *task)
{
  if (g_str_equal (response, RESPONSE_TRASH))
    g_task_run_in_thread (task, trash_in_thread);
}

static char *
get_body (const Trash *self)
{
  const guint n = self->downloads->len;
  guint n_files = 0;
  g_autofree char *name = bobbin_download_dup_name (g_ptr_array_index (self->downloads, 0));

  for (guint i = 0; i < self->paths->len; i++)
    n_files += g_ptr_array_index (self->paths, i) != NULL;
  if (n == 1 && n_files == 1)
    /* Translators: %s is the name of a file */
    return g_strdup_printf (_ ("“%s” also leaves the list."), name);
  if (n == 1)
    /* Translators: %s is the name of a file */
    return g_strdup_printf (_ ("“%s” is not finished: what was received is deleted."), name);
  if (n_files == n)
    return g_strdup_printf (ngettext ("%'u file also leaves the list.", "%'u files also leave the list.", n),
                            n);
  return g_strdup_printf (ngettext ("%'u download leaves the list. What was received of unfinished ones is "
                                    "deleted.",
                                    "%'u downloads leave the list. What was received of unfinished ones is "
                                    "deleted.",
                                    n),
                          n);
}

/**
 * bobbin_trash_ask:
 * @list: the widget that shows the downloads
 * @queue: the queue that they are in
 * @downloads: (element-type BobbinDownload): some of them; an array of its own,
 *   which changes
 * @tell: tells what went wrong
 *
 * Asks the person; then finished files go to the trash, in a thread, what was
 * received of others is deleted, and all leave the list but those that cannot be
 * moved. Main thread.
 */
void
bobbin_trash_ask (GtkWidget *list, BobbinQueue *queue, GPtrArray *downloads, BobbinTrashTell tell)
{
  g_autoptr (GTask) task = g_task_new (list, NULL, trashed_cb, NULL);
  Trash *self = trash_new (queue, downloads, tell);
  g_autofree char *body = get_body (self);
  GtkWidget *dialog
      = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (list)), _ ("Move to Trash?"), body);

  g_task_set_source_tag (task, bobbin_trash_ask);
  g_task_set_task_data (task, self, trash_free);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), RESPONSE_KEEP, _ ("_Keep"), RESPONSE_TRASH,
                                    _ ("_Move to Trash"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), RESPONSE_TRASH,
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), RESPONSE_KEEP);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), RESPONSE_KEEP);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), g_steal_pointer (&task),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
