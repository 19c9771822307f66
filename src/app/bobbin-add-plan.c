/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-plan.h"
#include "bobbin-file-name.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *name; /* owned */
  gboolean renamed;
} PlannedFile;

struct _BobbinAddPlan
{
  gatomicrefcount references;

  /* immutable after construction */
  BobbinLinks *links; /* owned */
  PlannedFile *files; /* one for each link */
  guint n_repeated;   /* lines that only say again what stands further up */
  guint n_bad;        /* lines of which no link can be made */
  guint first_bad;    /* index of the first of them */
};

/* The names that cannot be given any more: those of the batch, and those in the folder. */
typedef struct
{
  int folder;        /* descriptor, or -1 if there is no such folder yet */
  GHashTable *taken; /* name → the last number that was added to it */
} Names;

static gboolean
leaf_exists (const Names *names, const char *name)
{
  struct stat status;

  return fstatat (names->folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

/* A part file holds the name for the download that it belongs to. */
static gboolean
name_is_free (const Names *names, const char *name)
{
  g_autofree char *part = NULL;

  if (g_hash_table_contains (names->taken, name))
    return FALSE;
  if (names->folder < 0)
    return TRUE;

  part = g_strconcat (name, ".part", NULL);
  return !leaf_exists (names, name) && !leaf_exists (names, part);
}

/* Going on from the last number keeps a thousand links that end in "/download" from trying a million names.
 */
static char *
take_name (Names *names, const char *wanted)
{
  g_autofree char *name = g_strdup (wanted);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (names->taken, wanted));

  while (!name_is_free (names, name))
    {
      g_free (name);
      name = bobbin_file_name_number (wanted, ++number);
    }

  g_hash_table_insert (names->taken, g_strdup (wanted), GUINT_TO_POINTER (number));
  if (number > 0)
    g_hash_table_insert (names->taken, g_strdup (name), NULL);
  return g_steal_pointer (&name);
}

static void
name_files (BobbinAddPlan *self, const char *folder)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Names names = { .folder = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC), .taken = taken };
  guint n_links = bobbin_links_get_n_links (self->links);

  self->files = g_new0 (PlannedFile, n_links);
  for (guint i = 0; i < n_links; i++)
    {
      BobbinLink *link = bobbin_links_get_link (self->links, i);
      const char *given = bobbin_link_get_name (link);
      g_autofree char *wanted = given != NULL ? bobbin_file_name_sanitize (given)
                                              : bobbin_file_name_for_uri (bobbin_link_get_uri (link));

      self->files[i].name = take_name (&names, wanted);
      self->files[i].renamed = !g_str_equal (self->files[i].name, wanted);
    }

  if (names.folder >= 0)
    close (names.folder);
}

static void
count_lines (BobbinAddPlan *self)
{
  for (guint i = 0; i < bobbin_links_get_n_lines (self->links); i++)
    {
      BobbinVerdict verdict = bobbin_links_get_line (self->links, i)->verdict;

      if (verdict == BOBBIN_VERDICT_REPEATED)
        self->n_repeated++;
      else if (verdict == BOBBIN_VERDICT_NOT_A_LINK || verdict == BOBBIN_VERDICT_UNSUPPORTED_SCHEME)
        {
          if (self->n_bad++ == 0)
            self->first_bad = i;
        }
    }
}

/* The links were made just now and nobody else has seen them: the last moment to change them. */
static void
complete_links (BobbinAddPlan *self, const char *folder, const char *name)
{
  guint n_links = bobbin_links_get_n_links (self->links);

  for (guint i = 0; i < n_links; i++)
    bobbin_link_set_folder (bobbin_links_get_link (self->links, i), folder);
  if (n_links == 1 && name != NULL)
    bobbin_link_set_name (bobbin_links_get_link (self->links, 0), name);
}

/**
 * bobbin_add_plan_new:
 * @text: UTF-8
 * @folder: absolute path of the folder to save to; need not exist
 * @name: (nullable): the name to save under; used if @text holds a single link
 *
 * Understands a text of links. Looks for each file in @folder, so call it on a
 * thread that may wait for a disk.
 *
 * Returns: (transfer full): a plan
 */
BobbinAddPlan *
bobbin_add_plan_new (const char *text, const char *folder, const char *name)
{
  BobbinAddPlan *self = g_new0 (BobbinAddPlan, 1);

  g_atomic_ref_count_init (&self->references);
  self->links = bobbin_links_parse_text (text, -1);
  count_lines (self);
  complete_links (self, folder, name);
  name_files (self, folder);
  return self;
}

/**
 * bobbin_add_plan_ref:
 * @self: a plan
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
BobbinAddPlan *
bobbin_add_plan_ref (BobbinAddPlan *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * bobbin_add_plan_unref:
 * @self: (transfer full): a plan
 *
 * Any thread.
 */
void
bobbin_add_plan_unref (BobbinAddPlan *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  for (guint i = 0; i < bobbin_links_get_n_links (self->links); i++)
    g_free (self->files[i].name);
  g_free (self->files);
  bobbin_links_free (self->links);
  g_free (self);
}

/**
 * bobbin_add_plan_get_n_links:
 * @self: a plan
 *
 * Returns: how many different links the text holds
 */
guint
bobbin_add_plan_get_n_links (const BobbinAddPlan *self)
{
  return bobbin_links_get_n_links (self->links);
}

/**
 * bobbin_add_plan_get_link:
 * @self: a plan
 * @index: less than bobbin_add_plan_get_n_links()
 *
 * Returns: (transfer none): the link, not to be changed
 */
BobbinLink *
bobbin_add_plan_get_link (const BobbinAddPlan *self, guint index)
{
  return bobbin_links_get_link (self->links, index);
}

/**
 * bobbin_add_plan_get_name:
 * @self: a plan
 * @index: less than bobbin_add_plan_get_n_links()
 *
 * Returns: (transfer none): the leaf name that the file gets, unless the server
 *   has another one for it
 */
const char *
bobbin_add_plan_get_name (const BobbinAddPlan *self, guint index)
{
  g_return_val_if_fail (index < bobbin_add_plan_get_n_links (self), NULL);

  return self->files[index].name;
}

/**
 * bobbin_add_plan_is_renamed:
 * @self: a plan
 * @index: less than bobbin_add_plan_get_n_links()
 *
 * Returns: whether the name has got a number because another link of the text,
 *   or a file in the folder, has the name already
 */
gboolean
bobbin_add_plan_is_renamed (const BobbinAddPlan *self, guint index)
{
  g_return_val_if_fail (index < bobbin_add_plan_get_n_links (self), FALSE);

  return self->files[index].renamed;
}

/**
 * bobbin_add_plan_get_n_lines:
 * @self: a plan
 *
 * Returns: how many lines the text has
 */
guint
bobbin_add_plan_get_n_lines (const BobbinAddPlan *self)
{
  return bobbin_links_get_n_lines (self->links);
}

/**
 * bobbin_add_plan_get_line:
 * @self: a plan
 * @index: less than bobbin_add_plan_get_n_lines()
 *
 * Returns: (transfer none): the verdict on a line
 */
const BobbinLine *
bobbin_add_plan_get_line (const BobbinAddPlan *self, guint index)
{
  return bobbin_links_get_line (self->links, index);
}

/**
 * bobbin_add_plan_get_n_repeated:
 * @self: a plan
 *
 * Returns: how many lines only say again what stands further up
 */
guint
bobbin_add_plan_get_n_repeated (const BobbinAddPlan *self)
{
  return self->n_repeated;
}

/**
 * bobbin_add_plan_get_n_bad:
 * @self: a plan
 *
 * Returns: how many lines are no usable links
 */
guint
bobbin_add_plan_get_n_bad (const BobbinAddPlan *self)
{
  return self->n_bad;
}

/**
 * bobbin_add_plan_get_first_bad:
 * @self: a plan with at least one bad line
 *
 * Returns: index of the first line that is no usable link
 */
guint
bobbin_add_plan_get_first_bad (const BobbinAddPlan *self)
{
  g_return_val_if_fail (self->n_bad > 0, 0);

  return self->first_bad;
}
