/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-incoming-file.h"

#include "bobbin-links.h"

#include <glib/gi18n.h>

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
    default:
      return g_strdup_printf (_ ("“%s” cannot be read"), name);
    }
}

/**
 * bobbin_incoming_file_dup_name:
 * @file: a file
 *
 * Returns: (transfer full): its name as a person reads it, UTF-8
 */
char *
bobbin_incoming_file_dup_name (GFile *file)
{
  g_autofree char *base_name = g_file_get_basename (file);

  return g_filename_display_name (base_name != NULL ? base_name : "");
}

/* The errors of GIO name paths and calls; a person wants the name and the reason. */
static void
set_words (GError **error, int code, GFile *file)
{
  g_autofree char *name = bobbin_incoming_file_dup_name (file);
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
  else if (g_file_info_get_size (info) > BOBBIN_LINKS_MAX_SIZE)
    set_words (error, G_IO_ERROR_MESSAGE_TOO_LARGE, file);
  else
    return TRUE;
  return FALSE;
}

/**
 * bobbin_incoming_file_load:
 * @file: a file
 * @cancellable: (nullable): a cancellable
 * @error: return location for a #GIOErrorEnum whose message is for the person
 *
 * Reads a file of links, whole. Any thread that may wait for a disk.
 *
 * Returns: (transfer full) (nullable): its bytes, at most %BOBBIN_LINKS_MAX_SIZE
 */
GBytes *
bobbin_incoming_file_load (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileInputStream) input = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gssize n_read;

  if (!check_file (file, cancellable, error))
    return NULL;

  input = g_file_read (file, cancellable, &cause);
  for (n_read = input != NULL ? 1 : -1; n_read > 0 && bytes->len <= BOBBIN_LINKS_MAX_SIZE;)
    {
      guint8 buffer[64 * 1024];

      n_read = g_input_stream_read (G_INPUT_STREAM (input), buffer, sizeof buffer, cancellable, &cause);
      if (n_read > 0)
        g_byte_array_append (bytes, buffer, (guint) n_read);
    }

  if (n_read < 0)
    set_words (error, cause->code, file);
  else if (bytes->len > BOBBIN_LINKS_MAX_SIZE) /* it grows */
    set_words (error, G_IO_ERROR_MESSAGE_TOO_LARGE, file);
  else
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return NULL;
}
