/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-naming.h"

#include "bobbin-file-name.h"
#include "bobbin-name-template.h"

#include <string.h>

struct _BobbinNaming
{
  gatomicrefcount ref_count;

  /* immutable after construction */
  BobbinFolders folders;
  char *template;                          /* (nullable): without fault */
  char *kind_folders[BOBBIN_FILE_N_KINDS]; /* (nullable) each */
  GDateTime *date;                         /* (nullable) */
};

/**
 * bobbin_naming_new:
 * @folders: how files are spread
 * @template: (nullable): a template for their names; empty, or one with a fault,
 *   is none
 * @kind_folders: (nullable) (array length=BOBBIN_FILE_N_KINDS): the name of the
 *   folder for each kind; those without one go into no folder
 * @date: (nullable): the day that the template names
 *
 * Any thread.
 *
 * Returns: (transfer full): a naming
 */
BobbinNaming *
bobbin_naming_new (BobbinFolders folders,
                   const char *template,
                   const char *const *kind_folders,
                   GDateTime *date)
{
  BobbinNaming *self = g_new0 (BobbinNaming, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->folders = folders;
  if (template != NULL && bobbin_name_template_check (template) == BOBBIN_TEMPLATE_GOOD)
    self->template = g_strdup (template);
  for (guint i = 0; kind_folders != NULL && i < BOBBIN_FILE_N_KINDS; i++)
    if (kind_folders[i] != NULL)
      self->kind_folders[i] = bobbin_file_name_sanitize (kind_folders[i]);
  self->date = date != NULL ? g_date_time_ref (date) : NULL;

  return self;
}

/**
 * bobbin_naming_ref:
 * @self: a naming
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
BobbinNaming *
bobbin_naming_ref (BobbinNaming *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * bobbin_naming_unref:
 * @self: (transfer full): a naming
 *
 * Any thread.
 */
void
bobbin_naming_unref (BobbinNaming *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < BOBBIN_FILE_N_KINDS; i++)
    g_free (self->kind_folders[i]);
  g_clear_pointer (&self->date, g_date_time_unref);
  g_free (self->template);
  g_free (self);
}

/**
 * bobbin_naming_is_plain:
 * @self: a naming
 *
 * Returns: whether it changes nothing
 */
gboolean
bobbin_naming_is_plain (const BobbinNaming *self)
{
  return self->folders == BOBBIN_FOLDERS_NONE && self->template == NULL;
}

/* Without the port, which says nothing to those who look for a file. */
static char *
dup_host (const BobbinLink *link)
{
  char *host = bobbin_link_dup_host (link);
  char *end = strrchr (host, ']');

  end = strchr (end != NULL ? end : host, ':');
  if (end != NULL)
    *end = '\0';

  return host;
}

static char *
dup_folder (const BobbinNaming *self, const BobbinLink *link, BobbinFileKind kind)
{
  g_autofree char *host = NULL;

  switch (self->folders)
    {
    case BOBBIN_FOLDERS_KIND:
      return g_strdup (self->kind_folders[kind]);
    case BOBBIN_FOLDERS_HOST:
      host = dup_host (link);
      return bobbin_file_name_sanitize (host);
    case BOBBIN_FOLDERS_NONE:
    default:
      return NULL;
    }
}

/**
 * bobbin_naming_apply:
 * @self: a naming
 * @link: a link that nobody shares yet
 * @kind: the kind of its file, as far as it can be told
 * @number: which of the files it is, from 1
 * @n_files: how many are named together
 *
 * Gives a link its folder, above the one that came with it, and the template of
 * its name. Any thread.
 */
void
bobbin_naming_apply (
    const BobbinNaming *self, BobbinLink *link, BobbinFileKind kind, guint number, guint n_files)
{
  g_autofree char *folder = dup_folder (self, link, kind);
  const char *own = bobbin_link_get_subfolder (link);

  g_return_if_fail (kind < BOBBIN_FILE_N_KINDS);

  if (folder != NULL)
    {
      g_autofree char *path = own != NULL ? g_strconcat (folder, "/", own, NULL) : g_strdup (folder);

      bobbin_link_set_subfolder (link, path);
    }
  if (self->template != NULL)
    {
      g_autofree char *host = dup_host (link);
      g_autofree char *bound = bobbin_name_template_bind (self->template, host, number, n_files, self->date);

      bobbin_link_set_name_template (link, bound);
    }
}
