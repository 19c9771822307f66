/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-store-seal.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <time.h>

/* A database that its last session has left in good order need not be read from
 * end to end at the next start. An attribute of the file tells what it looked
 * like then: whatever writes to it later, also another Bobbin, changes its time,
 * and a copy has another inode. Where there are no attributes it is checked each
 * time. All with paths: closing a descriptor of the database would let go of
 * SQLite's locks.
 */
#define ATTRIBUTE "user.bobbin.seal"

/* Returns: (transfer full) (nullable): what the file looks like; NULL if that
 * says nothing */
static char *
describe (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  struct stat info;
  struct stat log_info;

  if (lstat (log, &log_info) == 0 || lstat (path, &info) < 0 || info.st_mtim.tv_nsec == 0)
    return NULL;
  return g_strdup_printf ("%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld",
                          (guint64) info.st_ino, (gint64) info.st_size, (gint64) info.st_mtim.tv_sec,
                          info.st_mtim.tv_nsec);
}

/* The kernel's clock for files stands still for some milliseconds, in which one
 * more change would not show: a time of our own cannot come again. */
static gboolean
stamp (const char *path)
{
  struct timespec times[2] = { { .tv_nsec = UTIME_OMIT } };

  return clock_gettime (CLOCK_REALTIME, &times[1]) == 0
         && utimensat (AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW) == 0;
}

/**
 * bobbin_store_seal_set:
 * @path: (type filename): a database that was just closed, all written
 *
 * Notes that it need not be checked again as long as nobody writes to it. Does
 * nothing if others have it open.
 */
void
bobbin_store_seal_set (const char *path)
{
  g_autofree char *before = describe (path);
  g_autofree char *text = before != NULL && stamp (path) ? describe (path) : NULL;

  if (text != NULL)
    (void) setxattr (path, ATTRIBUTE, text, strlen (text), 0);
}

/**
 * bobbin_store_seal_holds:
 * @path: (type filename): a database
 *
 * Returns: whether it is as bobbin_store_seal_set() has found it
 */
gboolean
bobbin_store_seal_holds (const char *path)
{
  g_autofree char *text = describe (path);
  char found[128];
  ssize_t size = getxattr (path, ATTRIBUTE, found, sizeof found);

  return text != NULL && size == (ssize_t) strlen (text) && memcmp (found, text, (size_t) size) == 0;
}
