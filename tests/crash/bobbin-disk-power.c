/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-disk-power.h"

#include "bobbin-disk-image.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is on disk is kept in mind beside what the files hold. A sync moves the
 * one to the other: of a file its bytes, of a folder the names in it. One lock
 * is held over each call, but not while a sync waits, so that others may write
 * meanwhile. In the end, the files are rewritten in place, since Bobbin knows
 * its own by their inodes. A file that loses its name goes to limbo, from where
 * it may come back.
 */

#define LONGEST_SYNC 3000 /* microseconds */

/* A name that was given or taken away, or both by a rename. */
typedef struct
{
  guint64 serial;
  char *removed;
  char *added;
  guint64 inode;
} NameChange;

static GMutex mutex;
static GRand *the_rand;
static char *root;
static char *limbo;
static guint64 serial;
static GHashTable *images; /* inode → BobbinDiskImage */
static GHashTable *named;  /* set of inodes that have ever had a name */
static GHashTable *names;  /* path → inode, as on disk */
static GHashTable *now;    /* path → inode, as everybody sees it */
static GPtrArray *name_changes;
static gint64 cut_time = G_MAXINT64;
static guint cut_calls;

static void
name_change_free (gpointer data)
{
  NameChange *self = data;

  g_free (self->removed);
  g_free (self->added);
  g_free (self);
}

static guint64 *
make_key (guint64 inode)
{
  return g_memdup2 (&inode, sizeof inode);
}

static BobbinDiskImage *
get_image (guint64 inode)
{
  BobbinDiskImage *image = g_hash_table_lookup (images, &inode);

  if (image == NULL)
    {
      image = bobbin_disk_image_new ();
      g_hash_table_insert (images, make_key (inode), image);
    }
  return image;
}

static void
set_name (GHashTable *table, const char *path, guint64 inode)
{
  g_hash_table_replace (table, g_strdup (path), make_key (inode));
  g_hash_table_add (named, make_key (inode));
}

static guint64
get_name (GHashTable *table, const char *path)
{
  const guint64 *inode = g_hash_table_lookup (table, path);

  return inode != NULL ? *inode : 0;
}

static void
change_names (GHashTable *table, const NameChange *change)
{
  if (change->removed != NULL)
    g_hash_table_remove (table, change->removed);
  if (change->added != NULL)
    set_name (table, change->added, change->inode);
}

static void
add_name_change (const char *removed, const char *added, guint64 inode)
{
  NameChange *change = g_new (NameChange, 1);

  *change = (NameChange){
    .serial = serial, .removed = g_strdup (removed), .added = g_strdup (added), .inode = inode
  };
  g_ptr_array_add (name_changes, change);
  change_names (now, change);
}

static char *
get_limbo_path (guint64 inode)
{
  return g_strdup_printf ("%s/%" G_GUINT64_FORMAT, limbo, inode);
}

static void
keep_in_limbo (const char *path)
{
  g_autofree char *kept = get_limbo_path (get_name (now, path));

  if (get_name (now, path) != 0)
    link (path, kept);
}

static gboolean
is_in (const char *path, const char *folder)
{
  g_autofree char *parent = path != NULL ? g_path_get_dirname (path) : NULL;

  return folder == NULL ? path != NULL : g_strcmp0 (parent, folder) == 0;
}

/* @folder: NULL for all */
static void
sync_names (const char *folder, guint64 mark)
{
  for (guint i = 0; i < name_changes->len;)
    {
      const NameChange *change = g_ptr_array_index (name_changes, i);

      if (change->serial <= mark && (is_in (change->removed, folder) || is_in (change->added, folder)))
        {
          change_names (names, change);
          g_ptr_array_remove_index (name_changes, i);
        }
      else
        i++;
    }
}

static void
sync_all (guint64 mark)
{
  GHashTableIter iter;
  gpointer image;

  g_hash_table_iter_init (&iter, images);
  while (g_hash_table_iter_next (&iter, NULL, &image))
    bobbin_disk_image_sync (image, mark);
  sync_names (NULL, mark);
}

static char *
find_path (guint64 inode)
{
  GHashTableIter iter;
  gpointer path;
  gpointer found;

  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &path, &found))
    if (*(const guint64 *) found == inode)
      return g_strdup (path);
  return get_limbo_path (inode);
}

static void
rewrite (guint64 inode, const BobbinDiskImage *image)
{
  g_autofree char *path = find_path (inode);
  int fd = open (path, O_WRONLY | O_CLOEXEC);

  /* A file without a name is just gone. */
  if (fd < 0 && errno == ENOENT && !g_hash_table_contains (named, &inode))
    return;
  if (fd < 0)
    g_error ("Lost sight of “%s”", path);
  if (pwrite (fd, image->synced->data, image->synced->len, 0) != (gssize) image->synced->len
      || ftruncate (fd, image->synced->len) < 0)
    g_error ("Cannot rewrite “%s”", path);
  close (fd);
}

/* SQLite maps that one, so that what is in it was never seen here, and to cut it
 * short would end in a bus error. It is made anew after a power cut anyway. */
static gboolean
is_mapped (guint64 inode)
{
  g_autofree char *path = find_path (inode);

  return g_str_has_suffix (path, "-shm");
}

static void
cut_images (BobbinDiskLuck luck, guint64 mark)
{
  GHashTableIter iter;
  gpointer inode;
  gpointer image;

  g_hash_table_iter_init (&iter, images);
  while (g_hash_table_iter_next (&iter, &inode, &image))
    {
      gboolean changed = bobbin_disk_image_cut (image, luck, mark, the_rand);

      if (changed && !is_mapped (*(const guint64 *) inode))
        rewrite (*(const guint64 *) inode, image);
    }
}

static void
choose_names (BobbinDiskLuck luck, guint64 mark)
{
  for (guint i = 0; i < name_changes->len; i++)
    {
      const NameChange *change = g_ptr_array_index (name_changes, i);

      if (luck == BOBBIN_DISK_LUCK_ALL || (luck == BOBBIN_DISK_LUCK_FIRST && change->serial <= mark)
          || (luck == BOBBIN_DISK_LUCK_RANDOM && g_rand_boolean (the_rand)))
        change_names (names, change);
    }
}

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  return (int) strlen (*(const char *const *) a) - (int) strlen (*(const char *const *) b);
}

/* Returns: (transfer container): paths, folders before what is in them */
static GPtrArray *
list_paths (GHashTable *table)
{
  GPtrArray *paths = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_ptr_array_add (paths, path);
  g_ptr_array_sort (paths, compare_lengths);
  return paths;
}

static void
take_away (const char *path, guint64 inode)
{
  g_autofree char *kept = get_limbo_path (inode);

  if (rename (path, kept) < 0)
    g_error ("Cannot take away “%s”", path);
  unlink (path); /* still there if both were names of one file */
}

/* What lies in a folder that is not there is lost with it. */
static void
bring_back (const char *path, guint64 inode)
{
  g_autofree char *kept = get_limbo_path (inode);
  g_autofree char *other = find_path (inode);

  if (link (kept, path) < 0 && rename (kept, path) < 0 && link (other, path) < 0 && errno != ENOENT)
    g_error ("Cannot bring back “%s”", path);
}

static void
rename_all (void)
{
  g_autoptr (GPtrArray) before = list_paths (now);
  g_autoptr (GPtrArray) after = list_paths (names);

  for (guint i = before->len; i > 0; i--)
    {
      const char *path = g_ptr_array_index (before, i - 1);
      guint64 inode = get_name (now, path);

      if (get_name (names, path) != inode)
        take_away (path, inode);
    }
  for (guint i = 0; i < after->len; i++)
    {
      const char *path = g_ptr_array_index (after, i);
      guint64 inode = get_name (names, path);

      if (get_name (now, path) != inode)
        bring_back (path, inode);
    }
}

/* Most that can go wrong needs some of this and nothing of that. */
static BobbinDiskLuck
choose_luck (void)
{
  int number = g_rand_int_range (the_rand, 0, 2 * BOBBIN_DISK_LUCK_RANDOM);

  return (BobbinDiskLuck) MIN (number, (int) BOBBIN_DISK_LUCK_RANDOM);
}

/* Called with the mutex held, which is never let go again. */
static void
cut (void)
{
  BobbinDiskLuck luck = choose_luck ();
  guint64 mark = serial - MIN (serial, (guint64) g_rand_int_range (the_rand, 0, 200));

  cut_images (luck, mark);
  choose_names (luck, mark);
  rename_all ();
  _exit (BOBBIN_DISK_POWER_CUT);
}

static void
cut_if_due (void)
{
  if (g_get_monotonic_time () < cut_time)
    return;
  if (cut_calls == 0)
    cut ();
  cut_calls--;
}

static int
begin (BobbinDiskEvent *event)
{
  g_mutex_lock (&mutex);
  cut_if_due ();
  serial++;
  event->mark = serial;
  if (event->call == BOBBIN_DISK_UNLINK)
    keep_in_limbo (event->path);
  else if (event->call == BOBBIN_DISK_RENAME)
    keep_in_limbo (event->new_path);
  return 0;
}

static gboolean
is_folder (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 && S_ISDIR (info.st_mode);
}

/* The lock is let go while it waits: others write, and power may be cut. */
static void
sync_after_a_while (const BobbinDiskEvent *event)
{
  gint32 delay = g_rand_int_range (the_rand, 0, LONGEST_SYNC);

  g_mutex_unlock (&mutex);
  g_usleep ((gulong) delay);
  g_mutex_lock (&mutex);
  cut_if_due ();
  if (event->call == BOBBIN_DISK_SYNC_ALL)
    sync_all (event->mark);
  else if (is_folder (event->path))
    sync_names (event->path, event->mark);
  else
    bobbin_disk_image_sync (get_image (event->inode), event->mark);
}

static void
note (const BobbinDiskEvent *event)
{
  switch (event->call)
    {
    case BOBBIN_DISK_CREATE:
      get_image (event->inode);
      add_name_change (NULL, event->path, event->inode);
      break;
    case BOBBIN_DISK_MKDIR:
      add_name_change (NULL, event->path, event->inode);
      break;
    case BOBBIN_DISK_WRITE:
      bobbin_disk_image_write (get_image (event->inode), event->mark, event->offset, event->data,
                               event->size);
      break;
    case BOBBIN_DISK_TRUNCATE:
      bobbin_disk_image_truncate (get_image (event->inode), event->mark, event->offset);
      break;
    case BOBBIN_DISK_RENAME:
      add_name_change (event->path, event->new_path, event->inode);
      break;
    case BOBBIN_DISK_LINK:
      add_name_change (NULL, event->new_path, event->inode);
      break;
    case BOBBIN_DISK_UNLINK:
      add_name_change (event->path, NULL, 0);
      break;
    case BOBBIN_DISK_SYNC:
    case BOBBIN_DISK_SYNC_ALL:
      sync_after_a_while (event);
      break;
    case BOBBIN_DISK_OPEN:
    case BOBBIN_DISK_ATTRIBUTE:
    case BOBBIN_DISK_N_CALLS:
      break;
    }
}

static void
end (BobbinDiskEvent *event, gboolean done)
{
  if (done)
    note (event);
  cut_if_due ();
  g_mutex_unlock (&mutex);
}

static void
read_image (const char *path, guint64 inode)
{
  g_autofree char *text = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &text, &size, NULL))
    g_error ("Cannot read “%s”", path);
  g_byte_array_append (get_image (inode)->synced, (const guint8 *) text, (guint) size);
}

static void
read_tree (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat info;

      g_assert_cmpint (lstat (path, &info), ==, 0);
      set_name (names, path, info.st_ino);
      set_name (now, path, info.st_ino);
      if (S_ISDIR (info.st_mode))
        read_tree (path);
      else
        read_image (path, info.st_ino);
    }
}

/* From now on the disk under @folder, a canonical path, forgets what is not
 * synced when the power is cut. What is there already is on disk.
 * @trash: an empty folder on the same file system */
void
bobbin_disk_power_begin (const char *folder, const char *trash, guint32 seed)
{
  static const BobbinDiskHooks hooks = { begin, end };

  the_rand = g_rand_new_with_seed (seed);
  root = g_strdup (folder);
  limbo = g_strdup (trash);
  images
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) bobbin_disk_image_free);
  named = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  now = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  name_changes = g_ptr_array_new_with_free_func (name_change_free);
  read_tree (folder);
  bobbin_disk_watch (folder, &hooks);
}

/* Cuts the power so many calls after some time, in microseconds. */
void
bobbin_disk_power_cut_after (gint64 delay, guint n_calls)
{
  g_mutex_lock (&mutex);
  cut_calls = n_calls;
  cut_time = g_get_monotonic_time () + delay;
  g_mutex_unlock (&mutex);
}

/* Cuts the power now. */
void
bobbin_disk_power_cut (void)
{
  bobbin_disk_power_cut_after (0, 0);
  open (root, O_RDONLY | O_CLOEXEC);
}
