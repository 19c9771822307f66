/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-names.h"

#include "bobbin-file-name.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct _BobbinAddNames
{
  int folder;        /* descriptor, or -1 if there is no such folder yet */
  GHashTable *taken; /* owned; path below the folder → the last number that was added to it */
};

/**
 * bobbin_add_names_new:
 * @folder: absolute path; need not exist
 *
 * Returns: (transfer full): the names in @folder
 */
BobbinAddNames *
bobbin_add_names_new (const char *folder)
{
  BobbinAddNames *self = g_new0 (BobbinAddNames, 1);

  self->folder = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * bobbin_add_names_free:
 * @self: (transfer full): names
 */
void
bobbin_add_names_free (BobbinAddNames *self)
{
  if (self->folder >= 0)
    close (self->folder);
  g_hash_table_unref (self->taken);
  g_free (self);
}

static char *
build_path (const char *subfolder, const char *name)
{
  return subfolder != NULL ? g_build_filename (subfolder, name, NULL) : g_strdup (name);
}

static gboolean
path_exists (const BobbinAddNames *self, const char *path)
{
  struct stat status;

  return fstatat (self->folder, path, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

/* A part file holds the name for the download that it belongs to. */
static gboolean
path_is_free (const BobbinAddNames *self, const char *path)
{
  g_autofree char *part = NULL;

  if (g_hash_table_contains (self->taken, path))
    return FALSE;
  if (self->folder < 0)
    return TRUE;

  part = g_strconcat (path, ".part", NULL);
  return !path_exists (self, path) && !path_exists (self, part);
}

/**
 * bobbin_add_names_take:
 * @self: names
 * @subfolder: (nullable): where the file goes below the folder
 * @wanted: the leaf name that it is to get
 *
 * Takes a name, with a number if it is taken. Going on from the last number
 * keeps a thousand links that end in "/download" from trying a million names.
 *
 * Returns: (transfer full): the leaf name
 */
char *
bobbin_add_names_take (BobbinAddNames *self, const char *subfolder, const char *wanted)
{
  g_autofree char *wanted_path = build_path (subfolder, wanted);
  g_autofree char *path = g_strdup (wanted_path);
  g_autofree char *name = g_strdup (wanted);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->taken, wanted_path));

  while (!path_is_free (self, path))
    {
      g_free (name);
      g_free (path);
      name = bobbin_file_name_number (wanted, ++number);
      path = build_path (subfolder, name);
    }

  g_hash_table_insert (self->taken, g_steal_pointer (&wanted_path), GUINT_TO_POINTER (number));
  if (number > 0)
    g_hash_table_insert (self->taken, g_steal_pointer (&path), NULL);
  return g_steal_pointer (&name);
}
