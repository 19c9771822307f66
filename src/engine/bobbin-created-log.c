/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-created-log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* One line for each event, its fields between tabs and escaped:
 *
 *   + id uri folder name device inode birth boot .
 *   - id .
 *
 * Without an inode a part file was only about to be made, and birth is when.
 * The dot tells a whole line from one that was cut, and the line break comes
 * before the line, too, so that a cut one spoils no other. Nothing is synced:
 * what a killed process has written survives it, and after a power cut there
 * is no telling anyway what became of the part file, nor what was written after
 * such a line: that is what boot, in which it was written, is for.
 */
#define MADE "+"
#define FORGOTTEN "-"
#define END "."

struct _BobbinCreatedLog
{
  /* immutable after construction */
  char *path;
  gint64 boot;
  int fd;

  /* protected by mutex */
  GMutex mutex;
  GHashTable *open; /* id → BobbinPartIdentity: in the file, not in the database */
  gboolean empty;
};

static void
set_error_from_errno (GError **error, const char *path)
{
  int number = errno;

  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (number), "Cannot create “%s”: %s", path,
               g_strerror (number));
}

/**
 * bobbin_created_log_new:
 * @path: (type filename): where the log is to be
 * @boot: what tells this boot from others
 * @error: return location for an error
 *
 * Makes an empty log that only the user can read. Sets %G_IO_ERROR_EXISTS when
 * there is a file already, and other %G_IO_ERROR codes.
 *
 * Returns: (transfer full) (nullable): the log
 */
BobbinCreatedLog *
bobbin_created_log_new (const char *path, gint64 boot, GError **error)
{
  BobbinCreatedLog *self;
  int fd = open (path, O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      set_error_from_errno (error, path);
      return NULL;
    }
  /* Where there are no locks, everybody's log looks alive, and is left alone. */
  (void) flock (fd, LOCK_EX | LOCK_NB);
  (void) fchmod (fd, 0600);

  self = g_new0 (BobbinCreatedLog, 1);
  self->path = g_strdup (path);
  self->boot = boot;
  self->fd = fd;
  g_mutex_init (&self->mutex);
  self->open = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->empty = TRUE;
  return self;
}

/**
 * bobbin_created_log_free:
 * @self: (transfer full) (nullable): a log
 *
 * Closes the log; the file stays, for the next one to read.
 */
void
bobbin_created_log_free (BobbinCreatedLog *self)
{
  if (self == NULL)
    return;
  close (self->fd);
  g_hash_table_unref (self->open);
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self);
}

/**
 * bobbin_created_log_delete:
 * @self: a log whose part files are all in the database
 *
 * Removes the file. What is noted after that goes nowhere.
 */
void
bobbin_created_log_delete (BobbinCreatedLog *self)
{
  unlink (self->path);
}

/* Should the disk be full, the worst is a part file that nobody takes up. The
 * kernel keeps the lines of several threads apart. */
static void
append (BobbinCreatedLog *self, const char *text)
{
  gsize size = strlen (text);

  while (write (self->fd, text, size) < 0 && errno == EINTR)
    ;
}

static void
remember (BobbinCreatedLog *self, guint64 id, const BobbinPartIdentity *identity)
{
  gint64 *key = g_new (gint64, 1);

  *key = (gint64) id;
  g_hash_table_replace (self->open, key, g_memdup2 (identity, sizeof *identity));
  self->empty = FALSE;
}

/* Returns: (nullable): @text escaped, NULL if it needs no escaping, as nearly all does */
static char *
escape (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isprint (*p) || *p == '\\' || *p == '"')
      return g_strescape (text, NULL);
  return NULL;
}

/**
 * bobbin_created_log_note:
 * @self: a log
 * @id: the download that the part file belongs to
 * @uri: its link without user and password
 * @folder: absolute path of the folder
 * @name: leaf name, without the part file's suffix
 * @identity: tells the part file from others; without an inode while it is only
 *   about to be made, not before its birth
 *
 * Writes down a part file. One write to the page cache,
 * never a wait for the disk. Any thread.
 */
void
bobbin_created_log_note (BobbinCreatedLog *self,
                         guint64 id,
                         const char *uri,
                         const char *folder,
                         const char *name,
                         const BobbinPartIdentity *identity)
{
  g_autofree char *safe_uri = escape (uri);
  g_autofree char *safe_folder = escape (folder);
  g_autofree char *safe_name = escape (name);
  g_autofree char *line
      = g_strdup_printf ("\n" MADE "\t%" G_GUINT64_FORMAT "\t%s\t%s\t%s\t%" G_GUINT64_FORMAT
                         "\t%" G_GUINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t" END "\n",
                         id, safe_uri != NULL ? safe_uri : uri, safe_folder != NULL ? safe_folder : folder,
                         safe_name != NULL ? safe_name : name, (guint64) identity->device,
                         (guint64) identity->inode, identity->birth, self->boot);

  /* What is remembered keeps the log from being emptied, so that workers need
   * not write one after another. */
  g_mutex_lock (&self->mutex);
  remember (self, id, identity);
  g_mutex_unlock (&self->mutex);
  append (self, line);
}

static void
truncate_if_settled (BobbinCreatedLog *self)
{
  if (!self->empty && g_hash_table_size (self->open) == 0)
    self->empty = ftruncate (self->fd, 0) == 0;
}

/**
 * bobbin_created_log_forget:
 * @self: a log
 * @ids: downloads
 * @n_ids: how many
 *
 * Tells that downloads were removed, so that what was written down of them
 * does not bring them back. Any thread.
 */
void
bobbin_created_log_forget (BobbinCreatedLog *self, const guint64 *ids, gsize n_ids)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  g_mutex_lock (&self->mutex);
  for (gsize i = 0; i < n_ids && g_hash_table_size (self->open) > 0; i++)
    if (g_hash_table_remove (self->open, &ids[i]))
      g_string_append_printf (lines, "\n" FORGOTTEN "\t%" G_GUINT64_FORMAT "\t" END "\n", ids[i]);
  if (lines->len > 0)
    append (self, lines->str);
  truncate_if_settled (self);
  g_mutex_unlock (&self->mutex);
}

/**
 * bobbin_created_log_settle:
 * @self: a log
 * @id: a download
 * @identity: its part file as the database has it now
 *
 * Tells what the database knows. Once it knows of all part files, the log is
 * emptied. Any thread.
 */
void
bobbin_created_log_settle (BobbinCreatedLog *self, guint64 id, const BobbinPartIdentity *identity)
{
  const BobbinPartIdentity *noted;

  g_mutex_lock (&self->mutex);
  noted = g_hash_table_lookup (self->open, &id);
  if (noted != NULL && bobbin_part_identity_equal (noted, identity))
    {
      g_hash_table_remove (self->open, &id);
      truncate_if_settled (self);
    }
  g_mutex_unlock (&self->mutex);
}

static void
created_free (gpointer data)
{
  BobbinCreated *self = data;

  g_free (self->uri);
  g_free (self->folder);
  g_free (self->name);
  g_free (self);
}

static BobbinCreated *
created_new (guint64 id, char **fields)
{
  BobbinCreated *self = g_new0 (BobbinCreated, 1);

  self->id = id;
  self->uri = g_strcompress (fields[2]);
  self->folder = g_strcompress (fields[3]);
  self->name = g_strcompress (fields[4]);
  self->identity.device = (dev_t) g_ascii_strtoull (fields[5], NULL, 10);
  self->identity.inode = (ino_t) g_ascii_strtoull (fields[6], NULL, 10);
  self->identity.birth = g_ascii_strtoll (fields[7], NULL, 10);
  self->boot = g_ascii_strtoll (fields[8], NULL, 10);
  return self;
}

static void
read_line (GHashTable *created, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", -1);
  guint n = g_strv_length (fields);
  guint64 id;

  if (n < 3 || !g_str_equal (fields[n - 1], END))
    return;
  id = g_ascii_strtoull (fields[1], NULL, 10);
  if (n == 3 && g_str_equal (fields[0], FORGOTTEN))
    {
      g_hash_table_remove (created, &id);
    }
  else if (n == 10 && g_str_equal (fields[0], MADE))
    {
      BobbinCreated *one = created_new (id, fields);

      g_hash_table_replace (created, &one->id, one);
    }
}

static GPtrArray *
read_lines (const char *text)
{
  g_autoptr (GHashTable) created = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, created_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *list = g_ptr_array_new_with_free_func (created_free);
  GHashTableIter iter;
  gpointer one;

  for (char **line = lines; *line != NULL; line++)
    read_line (created, *line);
  g_hash_table_iter_init (&iter, created);
  while (g_hash_table_iter_next (&iter, NULL, &one))
    {
      g_hash_table_iter_steal (&iter);
      g_ptr_array_add (list, one);
    }
  return list;
}

/* Opens a log if its owner is gone; the lock goes with the descriptor. */
static int
open_abandoned (const char *path)
{
  int fd = open (path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) < 0)
    {
      close (fd);
      return -1;
    }
  return fd;
}

/**
 * bobbin_created_log_read_abandoned:
 * @path: (type filename): a log
 *
 * Reads the log of a process that is gone: the last part file of each download
 * that it had made and that the database may not know of. Any thread.
 *
 * Returns: (transfer full) (nullable) (element-type BobbinCreated): the part
 *   files; %NULL if the log's owner is alive or there is no log
 */
GPtrArray *
bobbin_created_log_read_abandoned (const char *path)
{
  g_autofree char *text = NULL;
  int fd = open_abandoned (path);

  if (fd < 0)
    return NULL;
  close (fd);
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  return read_lines (text);
}

/**
 * bobbin_created_log_is_alive:
 * @path: (type filename): a log
 *
 * Any thread.
 *
 * Returns: whether there is a log whose owner has not let go of it
 */
gboolean
bobbin_created_log_is_alive (const char *path)
{
  int fd = open_abandoned (path);

  if (fd < 0)
    return errno != ENOENT;
  close (fd);
  return FALSE;
}
