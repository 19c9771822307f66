/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-crash-deeds.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Notes in the file at @path, on a disk that has power, what the store has made
 * survive. Any thread. */
void
bobbin_crash_note_deed (const char *path, BobbinCrashDeed deed, guint64 id)
{
  g_autofree char *line = g_strdup_printf ("%c%" G_GUINT64_FORMAT "\n", deed, id);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  g_assert_cmpint (write (fd, line, strlen (line)), ==, strlen (line));
  close (fd);
}

/* Returns: (transfer full) (element-type guint64 BobbinCrashDeed): the last of each */
static GHashTable *
read_deeds (const char *path)
{
  GHashTable *deeds = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return deeds;
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; **line != '\0'; line++)
    {
      guint64 id = g_ascii_strtoull (*line + 1, NULL, 10);

      g_hash_table_replace (deeds, g_memdup2 (&id, sizeof id), GINT_TO_POINTER (**line));
    }
  return deeds;
}

/* Looks whether @records, loaded after a power cut, have what was added, and
 * not what was removed. @n_deeds grows by how many those are.
 * Returns: (transfer full) (nullable): what is wrong */
char *
bobbin_crash_find_wrong_deed (const char *path, GPtrArray *records, guint *n_deeds)
{
  g_autoptr (GHashTable) deeds = read_deeds (path);
  GHashTableIter iter;
  gpointer id;
  gpointer deed;

  *n_deeds += g_hash_table_size (deeds);
  for (guint i = 0; i < records->len; i++)
    {
      const BobbinRecord *record = g_ptr_array_index (records, i);

      if (GPOINTER_TO_INT (g_hash_table_lookup (deeds, &record->id)) == BOBBIN_CRASH_REMOVED)
        return g_strdup_printf ("%s: removed, but there", record->uri);
      g_hash_table_remove (deeds, &record->id);
    }
  g_hash_table_iter_init (&iter, deeds);
  while (g_hash_table_iter_next (&iter, &id, &deed))
    if (GPOINTER_TO_INT (deed) == BOBBIN_CRASH_ADDED)
      return g_strdup_printf ("download %" G_GUINT64_FORMAT ": added, but not there", *(const guint64 *) id);
  return NULL;
}
