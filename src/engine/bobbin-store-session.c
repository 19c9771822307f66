/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-store-session.h"

#include "bobbin-store-seal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Several processes may share a database. Each has a row in its table of
 * sessions, which it removes at a clean end, and a log that it holds a lock on
 * as long as it lives. A row whose log nobody holds is that of a session that
 * did not end cleanly. They open the database one at a time, so that no two
 * move a damaged one aside.
 */
#define LOG_INFIX "-created-"

static const char *const companions[] = { "-wal", "-shm" };

static void
set_error_from_errno (GError **error, const char *what, const char *path)
{
  int number = errno;

  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (number), "Cannot %s “%s”: %s", what, path,
               g_strerror (number));
}

/* Where there is no telling, no boot is the same as another. */
static gint64
read_boot (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *digits = NULL;

  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &text, NULL, NULL))
    return ((gint64) g_random_int () << 32) | g_random_int ();
  parts = g_strsplit (g_strstrip (text), "-", -1);
  digits = g_strjoinv (NULL, parts);
  digits[MIN (strlen (digits), 16)] = '\0';
  return (gint64) g_ascii_strtoull (digits, NULL, 16);
}

/* SQLite gives the files that come with a database the database's own mode. */
static gboolean
prepare_file (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd >= 0)
    {
      (void) fchmod (fd, 0600);
      close (fd);
      return TRUE;
    }
  if (errno != EEXIST)
    {
      set_error_from_errno (error, "create", path);
      return FALSE;
    }
  /* Not to be opened: closing it would let go of all locks on it. */
  (void) chmod (path, 0600);
  for (gsize i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *companion = g_strconcat (path, companions[i], NULL);

      (void) chmod (companion, 0600);
    }
  return TRUE;
}

static gboolean
prepare_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  set_error_from_errno (error, "create", folder);
  return FALSE;
}

/* Waits for other processes that open a store in this folder. Where a folder
 * cannot be locked, they are trusted not to come at the same moment. */
static int
lock_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  while (fd >= 0 && flock (fd, LOCK_EX) < 0 && errno == EINTR)
    ;
  return fd;
}

static gboolean
is_free (const char *path)
{
  g_autofree char *log = g_strconcat (path, companions[0], NULL);
  g_autofree char *index = g_strconcat (path, companions[1], NULL);
  struct stat info;

  return lstat (path, &info) < 0 && lstat (log, &info) < 0 && lstat (index, &info) < 0;
}

static char *
find_free_path (const char *path, const char *why)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H-%M-%S");
  g_autofree char *first = g_strdup_printf ("%s.%s-%s", path, why, time);
  char *found = g_strdup (first);

  for (guint n = 2; !is_free (found); n++)
    {
      g_free (found);
      found = g_strdup_printf ("%s-%u", first, n);
    }
  return found;
}

/* The write-ahead log goes first: if this is cut short, there must be no log
 * without its database, which SQLite would delete. */
static gboolean
move_aside (BobbinStoreSession *self, const char *why, GError **error)
{
  g_autofree char *aside = find_free_path (self->path, why);

  for (gsize i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *from = g_strconcat (self->path, companions[i], NULL);
      g_autofree char *to = g_strconcat (aside, companions[i], NULL);

      if (rename (from, to) < 0 && errno != ENOENT)
        {
          set_error_from_errno (error, "rename", from);
          return FALSE;
        }
    }
  if (rename (self->path, aside) < 0)
    {
      set_error_from_errno (error, "rename", self->path);
      return FALSE;
    }
  self->kept_aside = g_steal_pointer (&aside);
  return prepare_file (self->path, error);
}

static gboolean
open_database (BobbinStoreSession *self, GError **error)
{
  g_autoptr (GError) reason = NULL;
  gboolean newer;

  self->database
      = bobbin_store_database_open (self->path, self->boot, !bobbin_store_seal_holds (self->path), &reason);
  if (self->database != NULL)
    return TRUE;
  newer = g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  if (!newer && !g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (!move_aside (self, newer ? "newer" : "damaged", error))
    return FALSE;
  self->notice = newer ? BOBBIN_STORE_NEWER : BOBBIN_STORE_DAMAGED;
  self->database = bobbin_store_database_open (self->path, self->boot, TRUE, error);
  return self->database != NULL;
}

static char *
dup_log_path (const BobbinStoreSession *self, guint64 number)
{
  return g_strdup_printf ("%s" LOG_INFIX "%" G_GUINT64_FORMAT, self->path, number);
}

/* Writes into the database what the log tells, if its owner is gone. */
static gboolean
merge_log (BobbinStoreSession *self, const char *path, GPtrArray *merged, GError **error)
{
  g_autoptr (GPtrArray) created = bobbin_created_log_read_abandoned (path);

  for (guint i = 0; created != NULL && i < created->len; i++)
    {
      const BobbinCreated *one = g_ptr_array_index (created, i);

      if (one->identity.inode == 0)
        bobbin_part_file_remove_empty (one->folder, one->name, one->identity.birth);
      else if (!bobbin_store_database_put_created (self->database, one, error))
        return FALSE;
    }
  if (created != NULL)
    g_ptr_array_add (merged, g_strdup (path));
  return TRUE;
}

static gboolean
merge_logs (BobbinStoreSession *self, GPtrArray *merged, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *leaf = g_path_get_basename (self->path);
  g_autofree char *prefix = g_strconcat (leaf, LOG_INFIX, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gboolean fine = TRUE;
  const char *name;

  while (fine && dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, prefix))
        fine = merge_log (self, path, merged, error);
    }
  return fine;
}

static gboolean
end_dead_sessions (BobbinStoreSession *self, GError **error)
{
  g_autoptr (GArray) sessions = bobbin_store_database_list_sessions (self->database);

  for (guint i = 0; i < sessions->len; i++)
    {
      guint64 number = g_array_index (sessions, guint64, i);
      g_autofree char *path = dup_log_path (self, number);

      if (bobbin_created_log_is_alive (path))
        continue;
      if (!bobbin_store_database_end_session (self->database, number, error))
        return FALSE;
      if (self->notice == BOBBIN_STORE_FINE)
        self->notice = BOBBIN_STORE_RECOVERED;
    }
  return TRUE;
}

/* The next number whose log's name is free: one may be left from a database
 * that was moved aside under its process. */
static gboolean
make_log (BobbinStoreSession *self, GError **error)
{
  g_autoptr (GError) reason = NULL;

  for (self->number = bobbin_store_database_get_next_session (self->database); self->log == NULL;
       self->number++)
    {
      g_autofree char *path = dup_log_path (self, self->number);

      g_clear_error (&reason);
      self->log = bobbin_created_log_new (path, self->boot, &reason);
      if (self->log != NULL)
        return TRUE;
      if (!g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_EXISTS))
        break;
    }
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static gboolean
enter (BobbinStoreSession *self, GError **error)
{
  g_autoptr (GPtrArray) merged = g_ptr_array_new_with_free_func (g_free);

  if (!bobbin_store_database_begin (self->database, FALSE, error) || !end_dead_sessions (self, error)
      || !merge_logs (self, merged, error) || !make_log (self, error)
      || !bobbin_store_database_add_session (self->database, self->number, error)
      || !bobbin_store_database_commit (self->database, error))
    {
      bobbin_store_database_roll_back (self->database);
      if (self->log != NULL)
        bobbin_created_log_delete (self->log);
      return FALSE;
    }
  for (guint i = 0; i < merged->len; i++)
    g_unlink (g_ptr_array_index (merged, i));
  self->same_boot = bobbin_store_database_is_same_boot (self->database);
  return TRUE;
}

/**
 * bobbin_store_session_begin:
 * @self: memory for a session
 * @path: (type filename): the database's file
 *
 * Opens or makes the database, moves one aside that is of no use, takes over
 * what dead processes have left, and enters this one. When nothing can be
 * written, @self has neither database nor log, but an error.
 */
void
bobbin_store_session_begin (BobbinStoreSession *self, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int lock_fd;

  *self = (BobbinStoreSession){ .path = g_strdup (path), .boot = read_boot () };
  if (prepare_folder (folder, &self->error))
    {
      lock_fd = lock_folder (folder);
      if (prepare_file (path, &self->error) && open_database (self, &self->error))
        enter (self, &self->error);
      if (lock_fd >= 0)
        close (lock_fd);
    }
  if (self->error == NULL)
    return;
  g_clear_pointer (&self->database, bobbin_store_database_close);
  self->notice = BOBBIN_STORE_UNAVAILABLE;
}

/**
 * bobbin_store_session_end:
 * @self: a session
 * @clean: whether all is written
 *
 * Closes the database. Waits for the disk.
 */
void
bobbin_store_session_end (BobbinStoreSession *self, gboolean clean)
{
  if (self->database == NULL)
    return;
  clean = clean && bobbin_store_database_end_session (self->database, self->number, NULL);
  g_clear_pointer (&self->database, bobbin_store_database_close);
  if (!clean)
    return;
  bobbin_created_log_delete (self->log);
  if (!g_atomic_int_get (&self->damaged))
    bobbin_store_seal_set (self->path);
}

/**
 * bobbin_store_session_clear:
 * @self: a session that has ended
 *
 * Frees what it holds.
 */
void
bobbin_store_session_clear (BobbinStoreSession *self)
{
  g_clear_pointer (&self->log, bobbin_created_log_free);
  g_clear_error (&self->error);
  g_free (self->kept_aside);
  g_free (self->path);
}
