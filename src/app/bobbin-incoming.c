/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-encoding.h"
#include "bobbin-incoming.h"
#include "bobbin-links.h"

#include <glib/gi18n.h>
#include <string.h>

/* The largest file of links that is read. */
#define MAX_FILE_SIZE (100 * 1000 * 1000)

/* How much of a file is looked at to tell text from anything else. */
#define PROBE_SIZE 4096

/* A text view lays out a line as a whole, so a line of megabytes would keep the window from drawing. */
#define MAX_LINE 4096

static const char uri_list_type[] = "text/uri-list";

static gboolean
is_link (const char *uri)
{
  return g_ascii_strncasecmp (uri, "http://", 7) == 0 || g_ascii_strncasecmp (uri, "https://", 8) == 0;
}

static char *
get_words (int code, const char *name)
{
  switch (code)
    {
    case G_IO_ERROR_NOT_FOUND:
      return g_strdup_printf (_ ("“%s” is not there any more"), name);
    case G_IO_ERROR_PERMISSION_DENIED:
      return g_strdup_printf (_ ("Reading “%s” is not allowed"), name);
    case G_IO_ERROR_IS_DIRECTORY:
      return g_strdup_printf (_ ("“%s” is a folder"), name);
    case G_IO_ERROR_MESSAGE_TOO_LARGE:
      return g_strdup_printf (_ ("“%s” is too large for a list of links"), name);
    case G_IO_ERROR_INVALID_DATA:
      return g_strdup_printf (_ ("“%s” is not a list of links"), name);
    default:
      return g_strdup_printf (_ ("“%s” cannot be read"), name);
    }
}

/* The errors of GIO name paths and calls; a person wants the name and the reason. */
static void
set_words (GError **error, int code, GFile *file)
{
  g_autofree char *base_name = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base_name != NULL ? base_name : "");
  g_autofree char *words = get_words (code, name);

  g_set_error_literal (error, G_IO_ERROR, code, words);
}

/* A pipe or a device would keep the reader waiting for ever, so only a plain file is opened. */
static gboolean
check_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileInfo) info
      = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                           G_FILE_QUERY_INFO_NONE, cancellable, &cause);

  if (info == NULL)
    set_words (error, cause->code, file);
  else if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    set_words (error, G_IO_ERROR_IS_DIRECTORY, file);
  else if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    set_words (error, G_IO_ERROR_NOT_REGULAR_FILE, file);
  else if (g_file_info_get_size (info) > MAX_FILE_SIZE)
    set_words (error, G_IO_ERROR_MESSAGE_TOO_LARGE, file);
  else
    return TRUE;
  return FALSE;
}

static GBytes *
load_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileInputStream) input = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gssize n_read;

  if (!check_file (file, cancellable, error))
    return NULL;

  input = g_file_read (file, cancellable, &cause);
  for (n_read = input != NULL ? 1 : -1; n_read > 0 && bytes->len <= MAX_FILE_SIZE;)
    {
      guint8 buffer[64 * 1024];

      n_read = g_input_stream_read (G_INPUT_STREAM (input), buffer, sizeof buffer, cancellable, &cause);
      if (n_read > 0)
        g_byte_array_append (bytes, buffer, (guint) n_read);
    }

  if (n_read < 0)
    set_words (error, cause->code, file);
  else if (bytes->len > MAX_FILE_SIZE) /* it grows */
    set_words (error, G_IO_ERROR_MESSAGE_TOO_LARGE, file);
  else
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return NULL;
}

static gboolean
looks_like_text (const char *bytes, gsize length)
{
  if (memchr (bytes, '\0', length) != NULL)
    return FALSE;
  for (gsize i = 0; i < MIN (length, PROBE_SIZE); i++)
    {
      if ((guchar) bytes[i] < '\t')
        return FALSE;
    }
  return TRUE;
}

static char *
decode (GBytes *data)
{
  gsize length;
  const char *bytes = g_bytes_get_data (data, &length);
  g_autofree char *text = NULL;

  if (length == 0)
    return g_strdup ("");
  if (length >= 2 && memcmp (bytes, "\xff\xfe", 2) == 0)
    text = bobbin_encoding_from_utf16 (bytes + 2, length - 2, FALSE, &length);
  else if (length >= 2 && memcmp (bytes, "\xfe\xff", 2) == 0)
    text = bobbin_encoding_from_utf16 (bytes + 2, length - 2, TRUE, &length);
  if (text != NULL)
    return looks_like_text (text, length) ? g_steal_pointer (&text) : NULL;

  if (!looks_like_text (bytes, length))
    return NULL;
  if (length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    return bobbin_encoding_guess (bytes + 3, length - 3);
  return bobbin_encoding_guess (bytes, length);
}

static void
begin_line (GString *text)
{
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
}

static gboolean
is_blank (char c)
{
  return (guchar) c <= ' ' || c == '\x7f';
}

/* Whether a line may end at @p. What comes after must not turn into a comment. */
static gboolean
is_gap (const char *p)
{
  return is_blank (p[0]) && !is_blank (p[1]) && p[1] != '#';
}

static const char *
find_last_gap (const char *start, const char *end)
{
  for (const char *p = end - 1; p > start; p--)
    {
      if (is_gap (p))
        return p;
    }
  return NULL;
}

/* Returns: @end if there is no gap */
static const char *
find_gap (const char *start, const char *end)
{
  for (const char *p = start; p + 1 < end; p++)
    {
      if (is_gap (p))
        return p;
    }
  return end;
}

static void
append_links (GString *text, const char *start, const char *end)
{
  g_autoptr (BobbinLinks) links = bobbin_links_parse_text (start, end - start);

  for (guint i = 0; i < bobbin_links_get_n_links (links); i++)
    {
      begin_line (text);
      g_string_append (text, bobbin_link_get_uri (bobbin_links_get_link (links, i)));
    }
}

static void
append_broken (GString *text, const char *start, const char *end)
{
  const char *p = start;

  while (p < end && is_blank (*p))
    p++;
  while (end > p && is_blank (end[-1]))
    end--;
  if (p < end && *p == '#') /* a comment has no links */
    return;

  while (end - p > MAX_LINE)
    {
      const char *gap = find_last_gap (p, p + MAX_LINE);

      if (gap != NULL)
        {
          begin_line (text);
          g_string_append_len (text, p, gap - p);
        }
      else
        {
          gap = find_gap (p + MAX_LINE - 1, end);
          append_links (text, p, gap);
        }
      p = MIN (gap + 1, end);
    }
  if (p < end)
    {
      begin_line (text);
      g_string_append_len (text, p, end - p);
    }
}

static const char *
find_last (const char *text, gsize length, char wanted)
{
  for (const char *p = text + length; p > text; p--)
    {
      if (p[-1] == wanted)
        return p - 1;
    }
  return NULL;
}

static const char *
find_last_line_end (const char *text, gsize length)
{
  const char *feed = find_last (text, length, '\n');

  return feed != NULL ? feed : find_last (text, length, '\r');
}

/**
 * bobbin_incoming_append_lines:
 * @text: empty, or ends with a line
 * @lines: (array length=length): UTF-8
 * @length: its length in bytes
 *
 * Appends lines to @text. A line of more than 4 KiB is broken at white space;
 * of what has no white space in 4 KiB only the links are kept, one a line. Any
 * thread; linear time.
 */
void
bobbin_incoming_append_lines (GString *text, const char *lines, gsize length)
{
  const char *p = lines;
  const char *end = lines + length;

  while (end - p > MAX_LINE)
    {
      const char *line_end = find_last_line_end (p, MAX_LINE);

      if (line_end != NULL)
        {
          g_string_append_len (text, p, line_end + 1 - p);
          p = line_end + 1;
          continue;
        }
      for (line_end = p + MAX_LINE; line_end < end && *line_end != '\n' && *line_end != '\r';)
        line_end++;
      append_broken (text, p, line_end);
      p = line_end;
    }
  g_string_append_len (text, p, end - p);
}

static gboolean
append_uri (GString *text, const char *uri, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) data = NULL;
  g_autofree char *links = NULL;

  if (is_link (uri))
    {
      g_autofree char *link = bobbin_encoding_guess (uri, strlen (uri));

      begin_line (text);
      bobbin_incoming_append_lines (text, link, strlen (link));
      return TRUE;
    }

  file = g_file_new_for_uri (uri);
  data = load_file (file, cancellable, error);
  if (data == NULL)
    return FALSE;
  links = decode (data);
  if (links == NULL)
    {
      set_words (error, G_IO_ERROR_INVALID_DATA, file);
      return FALSE;
    }
  begin_line (text);
  bobbin_incoming_append_lines (text, links, strlen (links));
  return TRUE;
}

static void
read_uris_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  char **uris = data;
  g_autoptr (GString) text = g_string_new (NULL);
  GError *error = NULL;

  for (guint i = 0; uris[i] != NULL; i++)
    {
      if (!append_uri (text, uris[i], cancellable, &error))
        {
          g_task_return_error (task, error);
          return;
        }
    }
  g_task_return_pointer (task, g_string_free (g_steal_pointer (&text), FALSE), g_free);
}

static void
read_uris (GTask *task, char **uris)
{
  g_task_set_task_data (task, uris, (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (task, read_uris_in_thread);
}

static void
on_uri_list_spliced (GObject *source, GAsyncResult *result, gpointer data)
{
  GMemoryOutputStream *output = G_MEMORY_OUTPUT_STREAM (source);
  g_autoptr (GTask) task = data;
  g_autofree char *list = NULL;
  GError *error = NULL;

  if (g_output_stream_splice_finish (G_OUTPUT_STREAM (output), result, &error) < 0)
    {
      g_task_return_error (task, error);
      return;
    }

  list = g_strndup (g_memory_output_stream_get_data (output), g_memory_output_stream_get_data_size (output));
  read_uris (task, g_uri_list_extract_uris (list));
}

/* The list itself, not as files: a link that went through GFile may come back written differently. */
static void
on_uri_list_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GOutputStream) output = NULL;
  g_autoptr (GInputStream) input = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, NULL, &error);

  if (input == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  output = g_memory_output_stream_new_resizable ();
  g_output_stream_splice_async (output, input, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE, G_PRIORITY_DEFAULT,
                                g_task_get_cancellable (task), on_uri_list_spliced, g_object_ref (task));
}

static void
on_text_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, text != NULL ? text : g_strdup (""), g_free);
}

/**
 * bobbin_incoming_read_clipboard_async:
 * @clipboard: a clipboard
 * @cancellable: (nullable): a cancellable
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Reads what may hold links from the clipboard: the contents of the files that
 * were copied in a file manager, links, or text.
 */
void
bobbin_incoming_read_clipboard_async (GdkClipboard *clipboard,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  static const char *types[] = { uri_list_type, NULL };
  GTask *task = g_task_new (clipboard, cancellable, callback, user_data);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  g_task_set_source_tag (task, bobbin_incoming_read_clipboard_async);
  if (gdk_content_formats_contain_mime_type (formats, uri_list_type))
    gdk_clipboard_read_async (clipboard, types, G_PRIORITY_DEFAULT, cancellable, on_uri_list_ready, task);
  else if (gdk_content_formats_contain_gtype (formats, G_TYPE_STRING)
           || gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8")
           || gdk_content_formats_contain_mime_type (formats, "text/plain"))
    gdk_clipboard_read_text_async (clipboard, cancellable, on_text_ready, task);
  else
    {
      g_task_return_pointer (task, g_strdup (""), g_free);
      g_object_unref (task);
    }
}

/**
 * bobbin_incoming_read_clipboard_finish:
 * @result: what the callback got
 * @error: return location for a #GIOErrorEnum whose message is for the person
 *
 * Returns: (transfer full): UTF-8 text, empty if the clipboard has nothing of
 *   the kind; %NULL on error
 */
char *
bobbin_incoming_read_clipboard_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * bobbin_incoming_read_files_async:
 * @files: of #GFile
 * @cancellable: (nullable): a cancellable
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Reads files of links, each at most 100 MB, in UTF-8, UTF-16 with a byte
 * order mark, or Latin-1. A #GFile that is a link stands for itself.
 */
void
bobbin_incoming_read_files_async (GListModel *files,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GStrvBuilder) uris = g_strv_builder_new ();

  g_task_set_source_tag (task, bobbin_incoming_read_files_async);
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *uri = g_file_get_uri (file);

      g_strv_builder_add (uris, uri);
    }
  read_uris (task, g_strv_builder_end (uris));
}

/**
 * bobbin_incoming_read_files_finish:
 * @result: what the callback got
 * @error: return location for a #GIOErrorEnum whose message is for the person
 *
 * Returns: (transfer full): the text of all the files, UTF-8; %NULL on error
 */
char *
bobbin_incoming_read_files_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * bobbin_incoming_is_link:
 * @file: what was dropped
 *
 * Returns: whether it stands for a link, not for a file of links
 */
gboolean
bobbin_incoming_is_link (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  return is_link (uri);
}
