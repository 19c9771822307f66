/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-files.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define PIECE 65536

/* @name: (out caller-allocates) of BENCH_FILES_NAME_SIZE bytes */
void
bench_files_print_name (char *name, guint index)
{
  g_snprintf (name, BENCH_FILES_NAME_SIZE, "%06u.bin", index);
}

/* Bytes that differ from file to file and from place to place, so that no
 * mix-up goes unseen; xorshift64*, by Vigna. */
static void
fill (guint64 *bytes, gsize size, guint64 *state)
{
  for (gsize i = 0; i < size / sizeof (guint64); i++)
    {
      *state ^= *state >> 12;
      *state ^= *state << 25;
      *state ^= *state >> 27;
      bytes[i] = *state * G_GUINT64_CONSTANT (2685821657736338717);
    }
}

static void
make_file (int folder, guint index, goffset size)
{
  g_autofree guint64 *bytes = g_malloc (PIECE);
  char name[BENCH_FILES_NAME_SIZE];
  guint64 state = index + 1;
  int fd;

  bench_files_print_name (name, index);
  fd = openat (folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  g_assert_cmpint (fd, >=, 0);
  while (size > 0)
    {
      gsize piece = (gsize) MIN (size, PIECE);

      fill (bytes, PIECE, &state);
      if (write (fd, bytes, piece) != (gssize) piece)
        g_error ("There is no room for the files");
      size -= (goffset) piece;
    }
  close (fd);
}

/* Makes @n_files files of @size bytes each in @folder, which is made, too. */
void
bench_files_make (const char *folder, guint n_files, goffset size)
{
  int fd;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  fd = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  for (guint i = 0; i < n_files; i++)
    make_file (fd, i, size);
  close (fd);
}

/* Read, not mapped: what is mapped would count as memory of the children that
 * are forked afterwards. */
static gboolean
is_equal (int file, int other, goffset size, char *bytes, char *other_bytes)
{
  gssize n_read;

  while ((n_read = read (file, bytes, PIECE)) > 0)
    {
      if (read (other, other_bytes, PIECE) != n_read || memcmp (bytes, other_bytes, (gsize) n_read) != 0)
        return FALSE;
      size -= n_read;
    }
  return n_read == 0 && read (other, other_bytes, 1) == 0 && size == 0;
}

static gboolean
compare_file (int folder, int other, const char *name, goffset size, char *bytes)
{
  int a = openat (folder, name, O_RDONLY | O_CLOEXEC);
  int b = openat (other, name, O_RDONLY | O_CLOEXEC);
  gboolean equal = a >= 0 && b >= 0 && is_equal (a, b, size, bytes, bytes + PIECE);

  if (a >= 0)
    close (a);
  if (b >= 0)
    close (b);
  return equal;
}

/* Compares the @n_files files of @folder with those of @other, byte for byte.
 * Returns: whether all are there and the same */
gboolean
bench_files_are_equal (const char *folder, const char *other, guint n_files, goffset size, GError **error)
{
  g_autofree char *bytes = g_malloc (2 * PIECE);
  int a = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  int b = open (other, O_PATH | O_DIRECTORY | O_CLOEXEC);
  gboolean equal = TRUE;

  for (guint i = 0; i < n_files && equal; i++)
    {
      char name[BENCH_FILES_NAME_SIZE];

      bench_files_print_name (name, i);
      equal = compare_file (a, b, name, size, bytes);
      if (!equal)
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s is missing or has other bytes", name);
    }
  close (a);
  close (b);
  return equal;
}

/* Returns: (transfer full): path of a new folder, which everybody may read */
char *
bench_files_make_folder (const char *parent, const char *name)
{
  char *path = g_build_filename (parent, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0755), ==, 0);
  return path;
}

/* Removes @folder and all that is in it. */
void
bench_files_remove (const char *folder)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        bench_files_remove (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

/* Waits until the disk of @folder has all that was written, so that nobody pays
 * for those before them. */
void
bench_files_sync (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  syncfs (fd);
  close (fd);
}

/* Returns: how many bytes there is room for */
goffset
bench_files_get_room (const char *folder)
{
  struct statvfs figures;

  if (statvfs (folder, &figures) != 0)
    return 0;
  return (goffset) figures.f_bavail * (goffset) figures.f_frsize;
}
