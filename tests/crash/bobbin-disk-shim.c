/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Both open() and open64() are defined here, so none may stand for the other. */
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE

#include "config.h"

#include "bobbin-disk-shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

/* A program's own symbols come before those of all libraries, so that libraries
 * call what is defined here as well; libc's own calls among themselves are not
 * seen. Syncs of what is watched wait for no disk: whether a real one was quick
 * is of no interest here.
 */

#define BOOT_ID "/proc/sys/kernel/random/boot_id"

typedef enum
{
  PASS,    /* not watched */
  REFUSED, /* errno is set */
  WATCHED, /* end() has to follow */
} Verdict;

static _Atomic (const BobbinDiskHooks *) the_hooks;
static char watched[PATH_MAX];
static char boot_id[PATH_MAX];
static _Thread_local gboolean inside;

/* The next one of that name: libc's, or a sanitizer's on the way to it. */
#define REAL(name)                                                                                           \
  static typeof (&name) real_##name (void)                                                                   \
  {                                                                                                          \
    static _Atomic (void *) found;                                                                           \
    void *function = atomic_load (&found);                                                                   \
                                                                                                             \
    if (function == NULL)                                                                                    \
      {                                                                                                      \
        function = dlsym (RTLD_NEXT, #name);                                                                 \
        atomic_store (&found, function);                                                                     \
      }                                                                                                      \
    return (typeof (&name)) function;                                                                        \
  }

REAL (openat64)
REAL (write)
REAL (pwrite64)
REAL (ftruncate64)
REAL (renameat2)
REAL (linkat)
REAL (unlinkat)
REAL (mkdirat)
REAL (fsync)
REAL (fdatasync)
REAL (syncfs)
REAL (futimens)
REAL (fsetxattr)

/* Watches what happens in @folder, a canonical path, from now on; NULL hooks
 * end it. While no other thread is at work there. */
void
bobbin_disk_watch (const char *folder, const BobbinDiskHooks *hooks)
{
  if (hooks != NULL)
    g_assert_cmpuint (g_strlcpy (watched, folder, sizeof watched), <, sizeof watched);
  atomic_store (&the_hooks, hooks);
}

/* Whoever asks for the kernel's boot id is given the file at @path. */
void
bobbin_disk_replace_boot_id (const char *path)
{
  g_assert_cmpuint (g_strlcpy (boot_id, path, sizeof boot_id), <, sizeof boot_id);
}

static gboolean
is_watched (const char *path)
{
  gsize length = strlen (watched);

  return strncmp (path, watched, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static gboolean
get_path_of_fd (int fd, char *path)
{
  char link[sizeof "/proc/self/fd/" + 11];
  ssize_t n;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  n = readlink (link, path, PATH_MAX - 1);
  path[MAX (n, 0)] = '\0';
  return n > 0;
}

static gboolean
get_full_path (int folder_fd, const char *path, char *full)
{
  gsize length;

  if (path[0] == '/')
    return g_strlcpy (full, path, PATH_MAX) < PATH_MAX;
  if (folder_fd == AT_FDCWD ? getcwd (full, PATH_MAX) == NULL : !get_path_of_fd (folder_fd, full))
    return FALSE;
  length = strlen (full);
  return g_snprintf (full + length, PATH_MAX - length, "/%s", path) < (int) (PATH_MAX - length);
}

static Verdict
begin (BobbinDiskEvent *event)
{
  const BobbinDiskHooks *hooks = atomic_load (&the_hooks);
  int number;

  inside = TRUE;
  number = hooks->begin (event);
  inside = FALSE;
  if (number == 0)
    return WATCHED;
  errno = number;
  return REFUSED;
}

static void
end (BobbinDiskEvent *event, gboolean done)
{
  const BobbinDiskHooks *hooks = atomic_load (&the_hooks);
  int number = errno;

  inside = TRUE;
  hooks->end (event, done);
  inside = FALSE;
  errno = number;
}

static gboolean
is_off (void)
{
  return inside || atomic_load (&the_hooks) == NULL;
}

static ino_t
get_inode (int folder_fd, const char *path)
{
  struct stat64 info;

  return fstatat64 (folder_fd, path, &info, AT_SYMLINK_NOFOLLOW) == 0 ? info.st_ino : 0;
}

/* @path: room for PATH_MAX */
static Verdict
begin_fd (BobbinDiskEvent *event, int fd, char *path)
{
  int number = errno;
  Verdict verdict;
  struct stat64 info;

  if (is_off () || !get_path_of_fd (fd, path) || !is_watched (path))
    {
      errno = number;
      return PASS;
    }
  event->path = path;
  verdict = begin (event);
  if (verdict == WATCHED && fstat64 (fd, &info) == 0)
    event->inode = info.st_ino;
  return verdict;
}

static Verdict
begin_path (BobbinDiskEvent *event, int folder_fd, const char *leaf, char *path)
{
  Verdict verdict;

  if (is_off () || !get_full_path (folder_fd, leaf, path) || !is_watched (path))
    return PASS;
  event->path = path;
  verdict = begin (event);
  if (verdict == WATCHED)
    event->inode = get_inode (AT_FDCWD, path);
  return verdict;
}

int
openat64 (int folder_fd, const char *leaf, int flags, ...)
{
  BobbinDiskEvent event = { .call = BOBBIN_DISK_OPEN };
  char path[PATH_MAX];
  mode_t mode = 0;
  Verdict verdict;
  va_list list;
  int fd;

  if ((flags & (O_CREAT | O_TMPFILE)) != 0)
    {
      va_start (list, flags);
      mode = va_arg (list, mode_t);
      va_end (list);
    }
  if (boot_id[0] != '\0' && g_str_equal (leaf, BOOT_ID))
    leaf = boot_id;
  if ((flags & O_CREAT) != 0 && get_inode (folder_fd, leaf) == 0)
    event.call = BOBBIN_DISK_CREATE;
  verdict = begin_path (&event, folder_fd, leaf, path);
  if (verdict == REFUSED)
    return -1;
  fd = real_openat64 () (folder_fd, leaf, flags, mode);
  if (verdict == WATCHED)
    {
      event.inode = get_inode (AT_FDCWD, path);
      end (&event, fd >= 0);
    }
  return fd;
}

/* Returns: how the others do it */
#define FORWARD_OPEN(folder_fd)                                                                              \
  mode_t mode = 0;                                                                                           \
  va_list list;                                                                                              \
                                                                                                             \
  if ((flags & (O_CREAT | O_TMPFILE)) != 0)                                                                  \
    {                                                                                                        \
      va_start (list, flags);                                                                                \
      mode = va_arg (list, mode_t);                                                                          \
      va_end (list);                                                                                         \
    }                                                                                                        \
  return openat64 (folder_fd, path, flags, mode);

int
openat (int folder_fd, const char *path, int flags, ...)
{
  FORWARD_OPEN (folder_fd)
}

int
open64 (const char *path, int flags, ...)
{
  FORWARD_OPEN (AT_FDCWD)
}

int
open (const char *path, int flags, ...){ FORWARD_OPEN (AT_FDCWD) }

ssize_t pwrite64 (int fd, const void *data, size_t size, off64_t offset)
{
  BobbinDiskEvent event = { .call = BOBBIN_DISK_WRITE, .data = data, .size = size, .offset = offset };
  char path[PATH_MAX];
  Verdict verdict = begin_fd (&event, fd, path);
  ssize_t n;

  if (verdict == REFUSED)
    return -1;
  n = real_pwrite64 () (fd, data, event.size, offset);
  event.size = (gsize) MAX (n, 0);
  if (verdict == WATCHED)
    end (&event, n >= 0);
  return n;
}

ssize_t
pwrite (int fd, const void *data, size_t size, off_t offset)
{
  return pwrite64 (fd, data, size, offset);
}

static goffset
get_offset (int fd)
{
  int flags = fcntl (fd, F_GETFL);

  return lseek64 (fd, 0, flags >= 0 && (flags & O_APPEND) != 0 ? SEEK_END : SEEK_CUR);
}

ssize_t
write (int fd, const void *data, size_t size)
{
  BobbinDiskEvent event = { .call = BOBBIN_DISK_WRITE, .data = data, .size = size };
  char path[PATH_MAX];
  Verdict verdict = begin_fd (&event, fd, path);
  ssize_t n;

  if (verdict == REFUSED)
    return -1;
  if (verdict == WATCHED)
    event.offset = get_offset (fd);
  n = real_write () (fd, data, event.size);
  event.size = (gsize) MAX (n, 0);
  if (verdict == WATCHED)
    end (&event, n >= 0);
  return n;
}

int
ftruncate64 (int fd, off64_t size)
{
  BobbinDiskEvent event = { .call = BOBBIN_DISK_TRUNCATE, .offset = size };
  char path[PATH_MAX];
  Verdict verdict = begin_fd (&event, fd, path);
  int result;

  if (verdict == REFUSED)
    return -1;
  result = real_ftruncate64 () (fd, size);
  if (verdict == WATCHED)
    end (&event, result == 0);
  return result;
}

int
ftruncate (int fd, off_t size)
{
  return ftruncate64 (fd, size);
}

int
renameat2 (int old_fd, const char *old_leaf, int new_fd, const char *new_leaf, unsigned int flags)
{
  BobbinDiskEvent event = { .call = BOBBIN_DISK_RENAME };
  char path[PATH_MAX];
  char new_path[PATH_MAX];
  Verdict verdict;
  int result;

  if (get_full_path (new_fd, new_leaf, new_path))
    event.new_path = new_path;
  verdict = begin_path (&event, old_fd, old_leaf, path);
  if (verdict == REFUSED)
    return -1;
  result = real_renameat2 () (old_fd, old_leaf, new_fd, new_leaf, flags);
  if (verdict == WATCHED)
    end (&event, result == 0);
  return result;
}

int
renameat (int old_fd, const char *old_path, int new_fd, const char *new_path)
{
  return renameat2 (old_fd, old_path, new_fd, new_path, 0);
}

int
rename (const char *old_path, const char *new_path)
{
  return renameat2 (AT_FDCWD, old_path, AT_FDCWD, new_path, 0);
}

int
linkat (int old_fd, const char *old_leaf, int new_fd, const char *new_leaf, int flags)
{
  BobbinDiskEvent event = { .call = BOBBIN_DISK_LINK };
  char path[PATH_MAX];
  char new_path[PATH_MAX];
  Verdict verdict;
  int unnamed;
  int result;

  if (get_full_path (new_fd, new_leaf, new_path))
    event.new_path = new_path;
  if (sscanf (old_leaf, "/proc/self/fd/%d", &unnamed) == 1)
    verdict = begin_fd (&event, unnamed, path);
  else
    verdict = begin_path (&event, old_fd, old_leaf, path);
  if (verdict == REFUSED)
    return -1;
  result = real_linkat () (old_fd, old_leaf, new_fd, new_leaf, flags);
  if (verdict == WATCHED)
    end (&event, result == 0);
  return result;
}

int
unlinkat (int folder_fd, const char *leaf, int flags)
{
  BobbinDiskEvent event = { .call = BOBBIN_DISK_UNLINK };
  char path[PATH_MAX];
  Verdict verdict = begin_path (&event, folder_fd, leaf, path);
  int result;

  if (verdict == REFUSED)
    return -1;
  result = real_unlinkat () (folder_fd, leaf, flags);
  if (verdict == WATCHED)
    end (&event, result == 0);
  return result;
}

int
unlink (const char *path)
{
  return unlinkat (AT_FDCWD, path, 0);
}

int
mkdirat (int folder_fd, const char *leaf, mode_t mode)
{
  BobbinDiskEvent event = { .call = BOBBIN_DISK_MKDIR };
  char path[PATH_MAX];
  Verdict verdict = begin_path (&event, folder_fd, leaf, path);
  int result;

  if (verdict == REFUSED)
    return -1;
  result = real_mkdirat () (folder_fd, leaf, mode);
  if (verdict == WATCHED)
    {
      event.inode = get_inode (AT_FDCWD, path);
      end (&event, result == 0);
    }
  return result;
}

int
mkdir (const char *path, mode_t mode)
{
  return mkdirat (AT_FDCWD, path, mode);
}

static int
sync_fd (int fd, BobbinDiskCall call, int (*real) (int fd))
{
  BobbinDiskEvent event = { .call = call };
  char path[PATH_MAX];
  Verdict verdict = begin_fd (&event, fd, path);

  if (verdict == PASS)
    return real (fd);
  if (verdict == REFUSED)
    return -1;
  end (&event, TRUE);
  return 0;
}

int
fsync (int fd)
{
  return sync_fd (fd, BOBBIN_DISK_SYNC, real_fsync ());
}

int
fdatasync (int fd)
{
  return sync_fd (fd, BOBBIN_DISK_SYNC, real_fdatasync ());
}

int
syncfs (int fd)
{
  return sync_fd (fd, BOBBIN_DISK_SYNC_ALL, real_syncfs ());
}

int
futimens (int fd, const struct timespec times[2])
{
  BobbinDiskEvent event = { .call = BOBBIN_DISK_ATTRIBUTE };
  char path[PATH_MAX];
  Verdict verdict = begin_fd (&event, fd, path);
  int result;

  if (verdict == REFUSED)
    return -1;
  result = real_futimens () (fd, times);
  if (verdict == WATCHED)
    end (&event, result == 0);
  return result;
}

int
fsetxattr (int fd, const char *name, const void *value, size_t size, int flags)
{
  BobbinDiskEvent event = { .call = BOBBIN_DISK_ATTRIBUTE };
  char path[PATH_MAX];
  Verdict verdict = begin_fd (&event, fd, path);
  int result;

  if (verdict == REFUSED)
    return -1;
  result = real_fsetxattr () (fd, name, value, size, flags);
  if (verdict == WATCHED)
    end (&event, result == 0);
  return result;
}
