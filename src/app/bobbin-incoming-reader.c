/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-incoming-reader.h"

#include <string.h>

/*
 * A clipboard and a drop offer the same thing in several types. They are read one after another, as bytes:
 * a link that went through GFile may come back written differently, and a part of a page has links that its
 * text does not show.
 */

typedef enum
{
  TYPE_URI_LIST,
  TYPE_PAGE,
  TYPE_TEXT,
  N_TYPES,
} Type;

/* In the order of preference; each ends with NULL. */
static const char *const names[N_TYPES][5] = {
  [TYPE_URI_LIST] = { "text/uri-list", NULL },
  [TYPE_PAGE] = { "text/html", "application/xhtml+xml", NULL },
  [TYPE_TEXT] = { "text/plain;charset=utf-8", "UTF8_STRING", "text/plain", "STRING", NULL },
};

typedef struct
{
  GdkContentFormats *formats; /* owned */
  GBytes *data[N_TYPES];      /* owned; NULL where there is none */
  Type next;
  GListModel *files; /* owned; (nullable) */
} Reading;

static void
reading_free (Reading *reading)
{
  g_clear_pointer (&reading->formats, gdk_content_formats_unref);
  for (guint i = 0; i < N_TYPES; i++)
    g_clear_pointer (&reading->data[i], g_bytes_unref);
  g_clear_object (&reading->files);
  g_free (reading);
}

/* The text of a page for somebody who saw it in a program that sends UTF-16 without saying so, as browsers
 * of the Mozilla family did. */
static GBytes *
mend_page (GBytes *page)
{
  gsize length;
  const char *bytes = g_bytes_get_data (page, &length);
  GByteArray *mended;

  if (length < 4 || bytes[0] == '\0' || bytes[1] != '\0' || bytes[3] != '\0')
    return g_bytes_ref (page);
  mended = g_byte_array_sized_new ((guint) length + 2);
  g_byte_array_append (mended, (const guint8 *) "\xff\xfe", 2);
  g_byte_array_append (mended, (const guint8 *) bytes, (guint) length);
  return g_byte_array_free_to_bytes (mended);
}

static void
sort_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Reading *reading = data;
  BobbinIncoming *incoming = bobbin_incoming_new ();
  g_autoptr (GBytes) page = NULL;

  if (reading->data[TYPE_URI_LIST] != NULL)
    {
      gsize length;
      const char *bytes = g_bytes_get_data (reading->data[TYPE_URI_LIST], &length);
      g_autofree char *list = g_strndup (bytes, length);

      bobbin_incoming_add_uri_list (incoming, list, cancellable);
    }
  else
    {
      page = reading->data[TYPE_PAGE] != NULL ? mend_page (reading->data[TYPE_PAGE]) : NULL;
      bobbin_incoming_add_copy (incoming, reading->data[TYPE_TEXT], page);
    }
  g_task_return_pointer (task, incoming, (GDestroyNotify) bobbin_incoming_unref);
}

static void read_next (GTask *task);

static GInputStream *
read_finish (GObject *source, GAsyncResult *result, GError **error)
{
  return GDK_IS_CLIPBOARD (source) ? gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, error)
                                   : gdk_drop_read_finish (GDK_DROP (source), result, NULL, error);
}

static void
on_spliced (GObject *source, GAsyncResult *result, gpointer data)
{
  GMemoryOutputStream *output = G_MEMORY_OUTPUT_STREAM (source);
  g_autoptr (GTask) task = data;
  Reading *reading = g_task_get_task_data (task);

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (output), result, NULL) >= 0
      && g_memory_output_stream_get_data_size (output) > 0)
    reading->data[reading->next] = g_memory_output_stream_steal_as_bytes (output);
  reading->next++;
  read_next (g_steal_pointer (&task));
}

/* A type that can't be read leaves the others. */
static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Reading *reading = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GOutputStream) output = NULL;
  g_autoptr (GInputStream) input = read_finish (source, result, NULL);

  if (input == NULL)
    {
      reading->next++;
      read_next (g_steal_pointer (&task));
      return;
    }

  output = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (output, input,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, cancellable, on_spliced, g_steal_pointer (&task));
}

static gboolean
offers (const Reading *reading, Type type)
{
  for (guint i = 0; names[type][i] != NULL; i++)
    {
      if (gdk_content_formats_contain_mime_type (reading->formats, names[type][i]))
        return TRUE;
    }
  return FALSE;
}

static void
read_next (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);
  gpointer source = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  /* Where there are links or files, the page and the text only say the same again. */
  while (reading->next < N_TYPES && reading->data[TYPE_URI_LIST] == NULL && !offers (reading, reading->next))
    reading->next++;
  if (reading->next == N_TYPES || reading->data[TYPE_URI_LIST] != NULL)
    {
      g_task_run_in_thread (task, sort_in_thread);
      g_object_unref (task);
      return;
    }

  if (GDK_IS_CLIPBOARD (source))
    gdk_clipboard_read_async (source, (const char **) names[reading->next], G_PRIORITY_DEFAULT, cancellable,
                              on_ready, task);
  else
    gdk_drop_read_async (source, (const char **) names[reading->next], G_PRIORITY_DEFAULT, cancellable,
                         on_ready, task);
}

static void
read_source (gpointer source,
             GdkContentFormats *formats,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  g_task_set_source_tag (task, read_source);
  reading->formats = gdk_content_formats_ref (formats);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  read_next (task);
}

/**
 * bobbin_incoming_create_formats:
 *
 * Returns: (transfer full): the types that may hold links
 */
GdkContentFormats *
bobbin_incoming_create_formats (void)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  for (guint type = 0; type < N_TYPES; type++)
    {
      for (guint i = 0; names[type][i] != NULL; i++)
        gdk_content_formats_builder_add_mime_type (builder, names[type][i]);
    }
  return gdk_content_formats_builder_free_to_formats (builder);
}

/**
 * bobbin_incoming_read_clipboard_async:
 * @clipboard: a clipboard
 * @cancellable: (nullable): a cancellable
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Reads what may hold links from the clipboard: files that were copied in a
 * file manager, links, a part of a page, or text. Main thread.
 */
void
bobbin_incoming_read_clipboard_async (GdkClipboard *clipboard,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  read_source (clipboard, gdk_clipboard_get_formats (clipboard), cancellable, callback, user_data);
}

/**
 * bobbin_incoming_read_drop_async:
 * @drop: what is dropped; not to be finished before @callback
 * @cancellable: (nullable): a cancellable
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Reads what may hold links from a drop: files, links, a part of a page, or
 * text. Main thread.
 */
void
bobbin_incoming_read_drop_async (GdkDrop *drop,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  read_source (drop, gdk_drop_get_formats (drop), cancellable, callback, user_data);
}

static void
read_files_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Reading *reading = data;
  BobbinIncoming *incoming = bobbin_incoming_new ();

  for (guint i = 0; i < g_list_model_get_n_items (reading->files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (reading->files, i);
      g_autofree char *uri = g_file_get_uri (file);

      if (bobbin_incoming_is_link (uri))
        bobbin_incoming_add_line (incoming, uri);
      else
        bobbin_incoming_add_file (incoming, file, cancellable);
    }
  g_task_return_pointer (task, incoming, (GDestroyNotify) bobbin_incoming_unref);
}

/**
 * bobbin_incoming_read_files_async:
 * @files: of #GFile; not to be changed meanwhile
 * @cancellable: (nullable): a cancellable
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Reads files of any shape, each at most 100 MB. A #GFile that is a link stands
 * for itself. Main thread.
 */
void
bobbin_incoming_read_files_async (GListModel *files,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  g_task_set_source_tag (task, bobbin_incoming_read_files_async);
  reading->files = g_object_ref (files);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  g_task_run_in_thread (task, read_files_in_thread);
}

/**
 * bobbin_incoming_read_finish:
 * @result: what the callback got
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what came, which may be nothing
 */
BobbinIncoming *
bobbin_incoming_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
