/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-store-sync.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

/* Up to so many files of a file system are synced one by one; more of them
 * together with all else that the file system has not written yet. */
#define MAX_ONE_BY_ONE 8

/* File systems in user space (NTFS among them) are not told of a syncfs(). */
#ifndef FUSE_SUPER_MAGIC
#define FUSE_SUPER_MAGIC 0x65735546
#endif

/* Folders in folders that are looked at, of those that were made since the
 * machine was started. */
#define MAX_DEPTH 16

typedef struct
{
  dev_t device;
  guint n_files;
  gboolean tried;
  gboolean synced; /* all of it at once */
} FileSystem;

static int
open_folder (const char *folder)
{
  return open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static FileSystem *
find_file_system (GArray *systems, dev_t device)
{
  FileSystem fresh = { .device = device };

  for (guint i = 0; i < systems->len; i++)
    if (g_array_index (systems, FileSystem, i).device == device)
      return &g_array_index (systems, FileSystem, i);
  g_array_append_val (systems, fresh);
  return &g_array_index (systems, FileSystem, systems->len - 1);
}

/* Files lie on the file system of their folder: a link to elsewhere is never
 * made. */
static void
count_files (GArray *systems, const char *folder, guint n_files)
{
  struct stat info;

  if (stat (folder, &info) == 0)
    find_file_system (systems, info.st_dev)->n_files += n_files;
}

static gboolean
is_fuse (int fd)
{
  struct statfs info;

  return fstatfs (fd, &info) == 0 && info.f_type == FUSE_SUPER_MAGIC;
}

/* Returns: whether the file system of the folder is synced as a whole */
static gboolean
sync_whole (FileSystem *system, int folder_fd)
{
  if (!system->tried && system->n_files > MAX_ONE_BY_ONE && !is_fuse (folder_fd))
    system->synced = syncfs (folder_fd) == 0;
  system->tried = TRUE;
  return system->synced;
}

static gboolean
is_same_file (int fd, const BobbinPartIdentity *identity)
{
  struct stat info;

  return fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_dev == identity->device
         && info.st_ino == identity->inode;
}

static gboolean
sync_file (int folder_fd, const BobbinRecord *record)
{
  gboolean synced;
  int fd;

  if (record->name == NULL)
    return FALSE;
  /* Not to be kept waiting by a pipe that somebody put in its place. */
  fd = openat (folder_fd, record->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0)
    return FALSE;
  synced = is_same_file (fd, &record->identity) && fsync (fd) == 0;
  close (fd);
  return synced;
}

static BobbinRecord *
get_record (GPtrArray *records, guint i)
{
  return g_ptr_array_index (records, i);
}

/* Returns: the position after the last record of the same folder */
static guint
find_end (GPtrArray *records, guint from)
{
  guint end = from;

  while (end < records->len
         && g_str_equal (get_record (records, end)->folder, get_record (records, from)->folder))
    end++;
  return end;
}

/* Seconds of the epoch. */
static gint64
get_boot_time (void)
{
  struct timespec now;
  struct timespec up;

  if (clock_gettime (CLOCK_REALTIME, &now) < 0 || clock_gettime (CLOCK_BOOTTIME, &up) < 0)
    return 0;
  return now.tv_sec - up.tv_sec;
}

/* What is older than the machine's start has outlived that. */
static gboolean
is_of_this_boot (int fd)
{
  struct statx info;

  if (statx (fd, "", AT_EMPTY_PATH, STATX_BTIME, &info) < 0 || (info.stx_mask & STATX_BTIME) == 0)
    return TRUE;
  return info.stx_btime.tv_sec >= get_boot_time () - 1;
}

/* A folder that was made for the files, or on the way to theirs, has to be found
 * after a power cut, too. One that we may not look into is not ours. */
static gboolean
sync_way_to (int folder_fd)
{
  int fd = fcntl (folder_fd, F_DUPFD_CLOEXEC, 0);
  gboolean synced = TRUE;

  for (guint i = 0; synced && fd >= 0 && i < MAX_DEPTH && is_of_this_boot (fd); i++)
    {
      int above = openat (fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

      synced = above < 0 || fsync (above) == 0;
      close (fd);
      fd = above;
    }
  if (fd >= 0)
    close (fd);
  return synced;
}

static void
sync_folder (GArray *systems, GPtrArray *records, guint from, guint end)
{
  int folder_fd = open_folder (get_record (records, from)->folder);
  struct stat info;

  if (folder_fd < 0)
    return;
  if (fstat (folder_fd, &info) == 0)
    {
      gboolean all = sync_whole (find_file_system (systems, info.st_dev), folder_fd);

      for (guint i = from; i < end; i++)
        get_record (records, i)->synced = all || sync_file (folder_fd, get_record (records, i));
      /* The names, after the files that they lead to. */
      if (!all && (fsync (folder_fd) < 0 || !sync_way_to (folder_fd)))
        for (guint i = from; i < end; i++)
          get_record (records, i)->synced = FALSE;
    }
  close (folder_fd);
}

/**
 * bobbin_store_sync_files:
 * @records: (element-type BobbinRecord): finished downloads, by folder
 *
 * Makes finished files and their names survive a power cut, with a handful of
 * syncs however many they are, and notes in each record whether it did. Files
 * that are gone or not the same any more are left as they are. May wait long
 * for the disk.
 */
void
bobbin_store_sync_files (GPtrArray *records)
{
  g_autoptr (GArray) systems = g_array_new (FALSE, FALSE, sizeof (FileSystem));

  for (guint from = 0, end; from < records->len; from = end)
    {
      end = find_end (records, from);
      count_files (systems, get_record (records, from)->folder, end - from);
    }
  for (guint from = 0, end; from < records->len; from = end)
    {
      end = find_end (records, from);
      sync_folder (systems, records, from, end);
    }
}
