/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-part-file.h"

#include "bobbin-error.h"
#include "bobbin-file-name.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define SUFFIX ".part"

/* Numbers tried for a name before we give up: "name (16777216)". */
#define MAX_NUMBER (1u << 24)

/* For less than this it is not worth asking the disk for room, in bytes. */
#define LEAST_CHECKED (1024 * 1024)

/* Room for the path of a descriptor. */
#define OWN_PATH_SIZE (sizeof "/proc/self/fd/" + 11)

struct _BobbinPartFile
{
  int folder_fd; /* -1 while the file has no name */
  int fd;
  BobbinConflict conflict;
  char *folder;
  char *wanted; /* the leaf name asked for */
  char *name;   /* the leaf name it gets: wanted, or wanted with a number */
  char *part;   /* name with the suffix; while the file has no name, the path it is to have */
  BobbinPartIdentity identity;
};

static void
set_error_from_errno (GError **error, int number, const char *what, const char *name)
{
  gint code = number == EDQUOT ? G_IO_ERROR_NO_SPACE : (gint) g_io_error_from_errno (number);

  g_set_error (error, G_IO_ERROR, code, "%s “%s”: %s", what, name, g_strerror (number));
}

static void
set_lost_error (GError **error, const char *part)
{
  g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_PART_LOST, "“%s” is not what we wrote any more", part);
}

static BobbinPartFile *
part_file_new (const char *folder, const char *wanted, GError **error)
{
  g_autoptr (BobbinPartFile) self = g_new0 (BobbinPartFile, 1);

  self->fd = self->folder_fd = -1;
  self->folder = g_strdup (folder);
  self->wanted = g_strdup (wanted);
  self->folder_fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->folder_fd < 0 && errno == ENOENT && g_mkdir_with_parents (folder, 0777) == 0)
    self->folder_fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->folder_fd < 0)
    {
      set_error_from_errno (error, errno, "Cannot open the folder", folder);
      return NULL;
    }
  return g_steal_pointer (&self);
}

static void
set_name (BobbinPartFile *self, char *name)
{
  g_free (self->name);
  g_free (self->part);
  self->name = name;
  self->part = g_strconcat (name, SUFFIX, NULL);
}

static char *
name_for_number (const BobbinPartFile *self, guint number)
{
  return number == 0 ? g_strdup (self->wanted) : bobbin_file_name_number (self->wanted, number);
}

static gboolean
leaf_exists (const BobbinPartFile *self, const char *leaf)
{
  struct stat info;

  return fstatat (self->folder_fd, leaf, &info, AT_SYMLINK_NOFOLLOW) == 0;
}

/* A name counts as taken by its file, unless that may be overwritten, and by
 * its part file, which is somebody's work. */
static gboolean
name_is_taken (const BobbinPartFile *self, const char *name)
{
  struct stat info;

  if (fstatat (self->folder_fd, name, &info, AT_SYMLINK_NOFOLLOW) < 0)
    return FALSE;
  return self->conflict != BOBBIN_CONFLICT_OVERWRITE || !S_ISREG (info.st_mode);
}

static gboolean
number_is_taken (const BobbinPartFile *self, guint number)
{
  g_autofree char *name = name_for_number (self, number);
  g_autofree char *part = g_strconcat (name, SUFFIX, NULL);

  return name_is_taken (self, name) || leaf_exists (self, part);
}

/* Numbers are mostly taken without gaps, so doubling steps and a bisection find
 * the first free one in few looks, also behind ten thousand of one name. */
static guint
find_free_number (const BobbinPartFile *self, guint from)
{
  guint taken = from;
  guint number = from;
  guint step = 1;

  while (number < MAX_NUMBER && number_is_taken (self, number))
    {
      taken = number;
      number += step;
      step *= 2;
    }
  while (number - taken > 1)
    {
      guint middle = taken + (number - taken) / 2;

      if (number_is_taken (self, middle))
        taken = middle;
      else
        number = middle;
    }
  return number;
}

static gint64
get_birth (const struct statx *info)
{
  if ((info->stx_mask & STATX_BTIME) == 0)
    return 0;
  return info->stx_btime.tv_sec * G_GINT64_CONSTANT (1000000000) + info->stx_btime.tv_nsec;
}

static gboolean
read_identity (int fd, BobbinPartIdentity *identity)
{
  struct statx info;

  if (statx (fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_BTIME, &info) < 0)
    return FALSE;
  *identity = (BobbinPartIdentity){ .device = makedev (info.stx_dev_major, info.stx_dev_minor),
                                    .inode = info.stx_ino,
                                    .birth = get_birth (&info) };
  return TRUE;
}

/* The path that leads to the open file itself, whatever its name. */
static const char *
get_own_path (const BobbinPartFile *self, char *path)
{
  g_snprintf (path, OWN_PATH_SIZE, "/proc/self/fd/%d", self->fd);
  return path;
}

/* Tries to make the part file for one name.
 * Returns: 1 when made, 0 when the name is taken, -1 with an error set. */
static int
try_create (BobbinPartFile *self, guint number, GError **error)
{
  set_name (self, name_for_number (self, number));
  if (name_is_taken (self, self->name))
    return 0;

  self->fd = openat (self->folder_fd, self->part, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (self->fd < 0 && errno == EEXIST)
    return 0;
  if (self->fd < 0 || !read_identity (self->fd, &self->identity))
    {
      set_error_from_errno (error, errno, "Cannot create", self->part);
      return -1;
    }
  /* Another Bobbin that takes this part file for an abandoned one of its own
   * sees that it is not. */
  flock (self->fd, LOCK_EX | LOCK_NB);
  return 1;
}

/**
 * bobbin_part_file_create:
 * @folder: absolute path of the folder; made if it is missing
 * @name: a safe leaf name of at most #BOBBIN_FILE_NAME_MAX bytes
 * @conflict: what to do when a file of that name is there already
 * @error: return location for an error
 *
 * Creates the part file for @name, or for "name (1).ext" and so on if a file
 * or a part file of that name is there already. Nothing that exists is opened,
 * followed or changed, and of two callers at the same moment each gets a name
 * of its own. Any thread.
 *
 * Sets %G_IO_ERROR codes for what the file system refuses,
 * %BOBBIN_ERROR_EXISTS with %BOBBIN_CONFLICT_SKIP, and
 * %BOBBIN_ERROR_NO_FREE_NAME when millions of names are taken.
 *
 * Returns: (transfer full) (nullable): the part file, open for writing
 */
BobbinPartFile *
bobbin_part_file_create (const char *folder, const char *name, BobbinConflict conflict, GError **error)
{
  g_autoptr (BobbinPartFile) self = part_file_new (folder, name, error);
  guint number = 0;
  int made;

  if (self == NULL)
    return NULL;

  self->conflict = conflict;
  if (conflict == BOBBIN_CONFLICT_SKIP && leaf_exists (self, name))
    {
      g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_EXISTS, "“%s” is there already", name);
      return NULL;
    }
  made = try_create (self, number, error);
  while (made == 0)
    {
      number = find_free_number (self, number);
      if (number >= MAX_NUMBER)
        {
          g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_NO_FREE_NAME, "No free name for “%s”", name);
          return NULL;
        }
      made = try_create (self, number, error);
    }
  return made > 0 ? g_steal_pointer (&self) : NULL;
}

/* A device may have another number after the next start of the machine, so the
 * time of birth, where there is one, tells more. */
static gboolean
has_identity (int fd, const BobbinPartIdentity *identity)
{
  BobbinPartIdentity found;

  return read_identity (fd, &found) && found.inode == identity->inode && found.birth == identity->birth
         && (found.birth != 0 || found.device == identity->device);
}

static gboolean
is_same_file (int fd, const BobbinPartIdentity *identity, goffset size)
{
  struct stat info;

  return fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && has_identity (fd, identity)
         && info.st_size >= size && (flock (fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK);
}

/* A crash may come between the final name and the note that it was given. The
 * file is called unfinished again until it is known to be whole. */
static gboolean
take_name_back (const BobbinPartFile *self, const BobbinPartIdentity *identity)
{
  int fd = openat (self->folder_fd, self->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  gboolean ours = fd >= 0 && is_same_file (fd, identity, 0);

  if (ours)
    ours = renameat2 (self->folder_fd, self->name, self->folder_fd, self->part, RENAME_NOREPLACE) == 0;
  if (fd >= 0)
    close (fd);
  if (!ours)
    errno = ENOENT;
  return ours;
}

/**
 * bobbin_part_file_reopen:
 * @folder: absolute path of the folder
 * @name: what bobbin_part_file_get_name() told of the file
 * @identity: what bobbin_part_file_get_identity() told
 * @size: the least that it has to have, in bytes
 * @error: return location for an error
 *
 * Opens a part file again to go on with it. Any thread.
 *
 * Sets %BOBBIN_ERROR_PART_LOST when it is gone, is not the same file any more,
 * is shorter than @size bytes or another Bobbin writes to it, and %G_IO_ERROR codes for what the file
 * system refuses.
 *
 * Returns: (transfer full) (nullable): the part file, open for writing
 */
BobbinPartFile *
bobbin_part_file_reopen (
    const char *folder, const char *name, const BobbinPartIdentity *identity, goffset size, GError **error)
{
  g_autoptr (BobbinPartFile) self = part_file_new (folder, name, error);

  if (self == NULL)
    return NULL;

  set_name (self, g_strdup (name));
  self->fd = openat (self->folder_fd, self->part, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  if (self->fd < 0 && errno == ENOENT && take_name_back (self, identity))
    self->fd = openat (self->folder_fd, self->part, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
  if (self->fd < 0 && errno != ENOENT && errno != ELOOP)
    {
      set_error_from_errno (error, errno, "Cannot open", self->part);
      return NULL;
    }
  if (self->fd < 0 || !is_same_file (self->fd, identity, size) || !read_identity (self->fd, &self->identity))
    {
      set_lost_error (error, self->part);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * bobbin_part_file_open_for_sync:
 * @folder: absolute path of the folder
 * @name: the name that the part file stands for
 * @identity: tells it from others
 *
 * Opens a part file that no worker has, so that it can be synced. Any thread.
 *
 * Returns: a descriptor of the caller's; -1 if the part file is not there
 */
int
bobbin_part_file_open_for_sync (const char *folder, const char *name, const BobbinPartIdentity *identity)
{
  g_autofree char *part = g_strconcat (name, SUFFIX, NULL);
  g_autofree char *path = g_build_filename (folder, part, NULL);
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat info;

  if (fd < 0 || (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && has_identity (fd, identity)))
    return fd;
  close (fd);
  return -1;
}

/* The kernel's clock for files runs behind by up to a tick. */
#define CLOCK_TICK (10 * 1000 * 1000)

/**
 * bobbin_part_file_remove_empty:
 * @folder: absolute path of the folder
 * @name: the name that a part file was about to be made for
 * @since: when that was, nanoseconds of the epoch
 *
 * Removes the part file of somebody who was killed just after making it: one
 * that is empty, ours by its owner and born after it was announced. Any thread.
 */
void
bobbin_part_file_remove_empty (const char *folder, const char *name, gint64 since)
{
  g_autofree char *part = g_strconcat (name, SUFFIX, NULL);
  g_autofree char *path = g_build_filename (folder, part, NULL);
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  BobbinPartIdentity identity;
  struct stat info;

  if (fd < 0)
    return;
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_size == 0 && info.st_nlink == 1
      && info.st_uid == geteuid () && read_identity (fd, &identity) && identity.birth > since - CLOCK_TICK
      && flock (fd, LOCK_EX | LOCK_NB) == 0)
    unlink (path);
  close (fd);
}

/* Where a process can see its own files, as it must to give one a name. */
static gboolean
can_name_later (void)
{
  static gsize answer = 0;

  if (g_once_init_enter (&answer))
    g_once_init_leave (&answer, access ("/proc/self/fd", X_OK) == 0 ? 2 : 1);
  return answer == 2;
}

static gboolean
is_taken (const char *path)
{
  struct stat info;

  return lstat (path, &info) == 0;
}

/**
 * bobbin_part_file_create_unnamed:
 * @folder: absolute path of the folder
 * @name: a safe leaf name of at most #BOBBIN_FILE_NAME_MAX bytes
 * @conflict: what to do when a file of that name is there already
 *
 * Creates a file that has no name before bobbin_part_file_link(): for bytes
 * that are all at hand, since nothing is left of it if the process is killed,
 * and since it takes half of what a part file takes. Any thread.
 *
 * Returns: (transfer full) (nullable): the file, open for writing; %NULL where
 *   bobbin_part_file_create() is needed: somebody has a part file of that name,
 *   a file of that name is not to be numbered, or the file system has no files
 *   without a name
 */
BobbinPartFile *
bobbin_part_file_create_unnamed (const char *folder, const char *name, BobbinConflict conflict)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *part = g_strconcat (path, SUFFIX, NULL);
  g_autoptr (BobbinPartFile) self = NULL;
  int fd;

  /* The name itself is looked for when it is given. */
  if (conflict != BOBBIN_CONFLICT_NUMBER || !can_name_later () || is_taken (part))
    return NULL;
  fd = open (folder, O_RDWR | O_TMPFILE | O_CLOEXEC, 0666);
  if (fd < 0)
    return NULL;
  self = g_new0 (BobbinPartFile, 1);
  self->folder_fd = -1;
  self->fd = fd;
  self->conflict = conflict;
  self->folder = g_strdup (folder);
  self->name = g_strdup (name);
  self->part = g_steal_pointer (&path);
  return read_identity (fd, &self->identity) ? g_steal_pointer (&self) : NULL;
}

/**
 * bobbin_part_file_is_named:
 * @self: a part file
 *
 * Returns: whether it is seen in its folder
 */
gboolean
bobbin_part_file_is_named (const BobbinPartFile *self)
{
  return self->folder_fd >= 0;
}

/**
 * bobbin_part_file_link:
 * @self: a file without a name that holds all of its bytes
 *
 * Gives it its name where the folder is now, and never replaces anything.
 *
 * Returns: whether it has its name; if not, because that is taken by now or the
 *   system has its reasons, its bytes have to go into a part file
 */
gboolean
bobbin_part_file_link (BobbinPartFile *self)
{
  char own[OWN_PATH_SIZE];

  return linkat (AT_FDCWD, get_own_path (self, own), AT_FDCWD, self->part, AT_SYMLINK_FOLLOW) == 0;
}

/**
 * bobbin_part_file_free:
 * @self: (transfer full) (nullable): a part file
 *
 * Closes the file. It stays on disk.
 */
void
bobbin_part_file_free (BobbinPartFile *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->folder_fd >= 0)
    close (self->folder_fd);
  g_free (self->folder);
  g_free (self->wanted);
  g_free (self->name);
  g_free (self->part);
  g_free (self);
}

/**
 * bobbin_part_file_get_name:
 * @self: a part file
 *
 * Returns: the leaf name, without the suffix, that the file will have
 */
const char *
bobbin_part_file_get_name (const BobbinPartFile *self)
{
  return self->name;
}

/**
 * bobbin_part_file_get_identity:
 * @self: a part file
 *
 * Returns: what tells this file from another one of the same name
 */
BobbinPartIdentity
bobbin_part_file_get_identity (const BobbinPartFile *self)
{
  return self->identity;
}

/**
 * bobbin_part_file_get_modified:
 * @self: a part file
 *
 * Returns: when it was last changed, nanoseconds of the epoch
 */
gint64
bobbin_part_file_get_modified (const BobbinPartFile *self)
{
  struct stat info;

  if (fstat (self->fd, &info) < 0)
    return 0;
  return info.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + info.st_mtim.tv_nsec;
}

/**
 * bobbin_part_file_get_fd:
 * @self: a part file
 *
 * Returns: (transfer none): its descriptor, open for reading and writing
 */
int
bobbin_part_file_get_fd (const BobbinPartFile *self)
{
  return self->fd;
}

/**
 * bobbin_part_file_dup_fd:
 * @self: a part file
 *
 * Opens the file once more, for syncing: unlike a duplicate, the descriptor
 * does not keep the file locked when @self is closed.
 *
 * Returns: a descriptor of the caller's, -1 if there is none to be had
 */
int
bobbin_part_file_dup_fd (const BobbinPartFile *self)
{
  char own[OWN_PATH_SIZE];

  return open (get_own_path (self, own), O_RDONLY | O_CLOEXEC);
}

/**
 * bobbin_part_file_check_room:
 * @self: a part file
 * @size: bytes that are still to come
 * @error: return location for an error
 *
 * Looks ahead whether the disk has room. A file system that does not tell has.
 *
 * Returns: %FALSE with %G_IO_ERROR_NO_SPACE if it has not
 */
gboolean
bobbin_part_file_check_room (const BobbinPartFile *self, goffset size, GError **error)
{
  struct statvfs info;

  if (size < LEAST_CHECKED || fstatvfs (self->fd, &info) < 0 || info.f_blocks == 0
      || size / (goffset) info.f_frsize < (goffset) info.f_bavail)
    return TRUE;
  set_error_from_errno (error, ENOSPC, "Cannot write", self->part);
  return FALSE;
}

/**
 * bobbin_part_file_write:
 * @self: a part file
 * @data: bytes
 * @size: how many
 * @offset: where in the file, in bytes
 * @error: return location for an error
 *
 * Writes all of @data at @offset. Sets %G_IO_ERROR codes; a full disk or quota
 * is %G_IO_ERROR_NO_SPACE.
 *
 * Returns: whether all was written
 */
gboolean
bobbin_part_file_write (BobbinPartFile *self, const void *data, gsize size, goffset offset, GError **error)
{
  const guint8 *bytes = data;

  while (size > 0)
    {
      gssize n = pwrite (self->fd, bytes, size, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          set_error_from_errno (error, n < 0 ? errno : ENOSPC, "Cannot write", self->part);
          return FALSE;
        }
      bytes += n;
      size -= n;
      offset += n;
    }
  return TRUE;
}

/**
 * bobbin_part_file_copy:
 * @self: a part file
 * @from: another one
 * @size: how many bytes
 * @error: return location for an error
 *
 * Writes the first @size bytes of @from. Sets %G_IO_ERROR codes.
 *
 * Returns: whether all was written
 */
gboolean
bobbin_part_file_copy (BobbinPartFile *self, const BobbinPartFile *from, goffset size, GError **error)
{
  guint8 buffer[16 * 1024];
  goffset offset = 0;

  while (offset < size)
    {
      gssize n = pread (from->fd, buffer, MIN (sizeof buffer, (gsize) (size - offset)), offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          set_error_from_errno (error, n < 0 ? errno : EIO, "Cannot read", from->part);
          return FALSE;
        }
      if (!bobbin_part_file_write (self, buffer, (gsize) n, offset, error))
        return FALSE;
      offset += n;
    }
  return TRUE;
}

/**
 * bobbin_part_file_truncate:
 * @self: a part file
 * @size: bytes to keep
 * @error: return location for an error
 *
 * Cuts the file to @size bytes. Sets %G_IO_ERROR codes.
 *
 * Returns: whether it was cut
 */
gboolean
bobbin_part_file_truncate (BobbinPartFile *self, goffset size, GError **error)
{
  if (ftruncate (self->fd, size) == 0)
    return TRUE;
  set_error_from_errno (error, errno, "Cannot cut", self->part);
  return FALSE;
}

static gboolean
name_is_ours (const BobbinPartFile *self, struct stat *info)
{
  return fstatat (self->folder_fd, self->part, info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG (info->st_mode)
         && info->st_dev == self->identity.device && info->st_ino == self->identity.inode;
}

/* For file systems that cannot rename without replacing: a hard link never
 * replaces either, and where there are no links, an empty file of ours keeps
 * the name until the rename puts the whole file in its place. */
static int
rename_without_flags (const BobbinPartFile *self, const char *name)
{
  int fd;
  int reason;

  if (linkat (self->folder_fd, self->part, self->folder_fd, name, 0) == 0)
    {
      /* The file has its name, whatever becomes of the other one. */
      unlinkat (self->folder_fd, self->part, 0);
      return 0;
    }
  if (errno == EEXIST)
    return -1;

  fd = openat (self->folder_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (fd < 0)
    return -1;
  close (fd);
  if (renameat (self->folder_fd, self->part, self->folder_fd, name) == 0)
    return 0;
  reason = errno;
  unlinkat (self->folder_fd, name, 0);
  errno = reason;
  return -1;
}

static int
rename_part (const BobbinPartFile *self, const char *name)
{
  struct stat info;

  if (self->conflict == BOBBIN_CONFLICT_OVERWRITE
      && (fstatat (self->folder_fd, name, &info, AT_SYMLINK_NOFOLLOW) < 0 || S_ISREG (info.st_mode)))
    return renameat (self->folder_fd, self->part, self->folder_fd, name);
  if (renameat2 (self->folder_fd, self->part, self->folder_fd, name, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
    return -1;
  return rename_without_flags (self, name);
}

/* Whether the folder is still where it was: what is renamed in one that was
 * moved away or hidden by a mount is not where the person looks for it. */
static gboolean
folder_is_there (const BobbinPartFile *self)
{
  struct stat opened;
  struct stat named;

  return fstat (self->folder_fd, &opened) == 0 && stat (self->folder, &named) == 0
         && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

/* What somebody may have appended is cut off. */
static gboolean
has_size (const BobbinPartFile *self, goffset found, goffset size)
{
  return found == size || (found > size && ftruncate (self->fd, size) == 0);
}

/**
 * bobbin_part_file_publish:
 * @self: a part file that holds all of its bytes
 * @size: how many bytes that is
 * @error: return location for an error
 *
 * Gives the file its final name, or the next free number of it when the name
 * was taken meanwhile. Never replaces anything unless the conflict it was
 * created with says so. Does not wait for the disk: a power cut right after it
 * may still take bytes away, which is why the store calls a file finished only
 * later.
 *
 * Sets %BOBBIN_ERROR_PART_LOST when the part file is gone, was replaced or is
 * too short, %G_IO_ERROR_NOT_FOUND when its folder was moved or replaced, %BOBBIN_ERROR_NO_FREE_NAME, and
 * %G_IO_ERROR codes.
 *
 * Returns: (transfer full) (nullable): the final leaf name
 */
char *
bobbin_part_file_publish (BobbinPartFile *self, goffset size, GError **error)
{
  g_autofree char *name = g_strdup (self->name);
  struct stat info;
  guint number = 1;

  if (!folder_is_there (self))
    {
      set_error_from_errno (error, ENOENT, "The folder is not where it was", self->folder);
      return NULL;
    }
  if (!name_is_ours (self, &info) || !has_size (self, info.st_size, size))
    {
      set_lost_error (error, self->part);
      return NULL;
    }
  while (rename_part (self, name) < 0)
    {
      if (errno != EEXIST)
        {
          set_error_from_errno (error, errno, "Cannot rename to", name);
          return NULL;
        }
      number = find_free_number (self, number);
      if (number >= MAX_NUMBER)
        {
          g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_NO_FREE_NAME, "No free name for “%s”", self->wanted);
          return NULL;
        }
      g_free (name);
      name = name_for_number (self, number);
    }
  return g_steal_pointer (&name);
}

/**
 * bobbin_part_file_discard:
 * @self: a part file
 *
 * Removes the file from the folder if it is still the one that was created.
 */
void
bobbin_part_file_discard (BobbinPartFile *self)
{
  struct stat info;

  if (bobbin_part_file_is_named (self) && name_is_ours (self, &info))
    unlinkat (self->folder_fd, self->part, 0);
}
