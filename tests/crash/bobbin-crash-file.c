/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-crash-file.h"

#include "bobbin-demo-bytes.h"
#include "bobbin-error.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LARGEST (192 * 1024)

#define SERVED "/bytes/"

goffset
bobbin_crash_file_get_size (const char *uri)
{
  const char *served = strstr (uri, SERVED);

  if (served != NULL)
    return g_ascii_strtoll (served + strlen (SERVED), NULL, 10);
  return (goffset) (g_str_hash (uri) % LARGEST);
}

void
bobbin_crash_file_fill (guint8 *bytes, gsize size, goffset offset, const char *uri, guint version)
{
  goffset key = (goffset) (g_str_hash (uri) % 65536) * BOBBIN_CRASH_VERSIONS + version;

  if (strstr (uri, SERVED) != NULL)
    key = 0;
  bobbin_demo_bytes_fill (bytes, size, key * LARGEST + offset);
}

static gboolean
has_bytes (int fd, goffset first, goffset end, const char *uri, guint version)
{
  gsize size = (gsize) (end - first);
  g_autofree guint8 *found = g_malloc0 (size + 1);
  g_autofree guint8 *wanted = g_malloc0 (size + 1);

  bobbin_crash_file_fill (wanted, size, first, uri, version);
  return pread (fd, found, size, first) == (gssize) size && memcmp (found, wanted, size) == 0;
}

static gboolean
is_whole (int fd, const char *uri)
{
  for (guint version = 0; version < BOBBIN_CRASH_VERSIONS; version++)
    if (has_bytes (fd, 0, bobbin_crash_file_get_size (uri), uri, version))
      return TRUE;
  return FALSE;
}

static const char *
find_wrong_finished (const BobbinRecord *record)
{
  g_autofree char *path = g_build_filename (record->folder, record->name, NULL);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  const char *wrong = NULL;
  struct stat info;

  if (fd < 0 || fstat (fd, &info) < 0)
    return "finished, but not there";
  if (info.st_ino != record->identity.inode)
    wrong = "finished, but another file";
  else if (info.st_size != bobbin_crash_file_get_size (record->uri) || info.st_size != record->received)
    wrong = "finished, but of another size";
  else if (!is_whole (fd, record->uri))
    wrong = "finished, but wrong bytes";
  close (fd);
  return wrong;
}

static const char *
find_wrong_range (const BobbinRecord *record, int fd)
{
  guint version = (guint) g_ascii_strtoull (record->validator, NULL, 10);

  for (guint i = 0; i < record->ranges->len; i++)
    {
      const BobbinRange *range = &g_array_index (record->ranges, BobbinRange, i);

      if (!has_bytes (fd, range->first, range->end, record->uri, version))
        return "held, but wrong bytes";
    }
  return NULL;
}

/* Bytes of a part file that is noticed to be gone, maybe with its folder, are not
 * taken for there. */
static const char *
find_wrong_held (const BobbinRecord *record, BobbinCrashCounts *counts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BobbinPartFile) part
      = bobbin_part_file_reopen (record->folder, record->name, &record->identity,
                                 bobbin_range_list_get_end (record->ranges), &error);

  counts->held++;
  counts->bytes += bobbin_range_list_count (record->ranges);
  if (part != NULL)
    return find_wrong_range (record, bobbin_part_file_get_fd (part));
  counts->lost++;
  return g_error_matches (error, BOBBIN_ERROR, BOBBIN_ERROR_PART_LOST)
                 || !g_file_test (record->folder, G_FILE_TEST_IS_DIR)
             ? NULL
             : "held, but cannot be opened";
}

static const char *
find_wrong_record (const BobbinRecord *record, BobbinCrashCounts *counts)
{
  if (record->state == BOBBIN_STATE_FINISHED && !record->synced)
    return record->same_boot ? "said to be of this boot" : NULL;
  if (record->state == BOBBIN_STATE_FINISHED)
    {
      counts->finished++;
      return find_wrong_finished (record);
    }
  if (record->ranges == NULL || record->ranges->len == 0)
    return NULL;
  return find_wrong_held (record, counts);
}

/* Looks whether the disk has what @records, loaded after a power cut, claim.
 * Returns: (transfer full) (nullable): what is wrong */
char *
bobbin_crash_find_wrong (GPtrArray *records, BobbinCrashCounts *counts)
{
  for (guint i = 0; i < records->len; i++)
    {
      const BobbinRecord *record = g_ptr_array_index (records, i);
      const char *wrong = find_wrong_record (record, counts);

      if (wrong != NULL)
        return g_strdup_printf ("%s/%s (%s): %s", record->folder, record->name, record->uri, wrong);
    }
  return NULL;
}

/* Looks whether all downloads have come to their end, synced or not.
 * Returns: (transfer full) (nullable): what is wrong */
char *
bobbin_crash_find_unfinished (GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const BobbinRecord *record = g_ptr_array_index (records, i);
      const char *wrong
          = record->state == BOBBIN_STATE_FINISHED ? find_wrong_finished (record) : "not finished";

      if (wrong != NULL)
        return g_strdup_printf ("%s/%s (%s): %s", record->folder, record->name, record->uri, wrong);
    }
  return NULL;
}
