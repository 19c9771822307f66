/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-plan-private.h"

/* So many links take longer to free than the window may wait. */
#define LARGE 10000

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
 * Any thread. The last one frees all the links, which takes its time if there
 * are a million.
 */
void
bobbin_add_plan_unref (BobbinAddPlan *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  for (guint i = 0; i < self->n_files; i++)
    {
      g_free (self->files[i].name);
      g_free (self->files[i].subfolder);
    }
  g_free (self->files);
  g_clear_pointer (&self->text_links, bobbin_links_free);
  g_ptr_array_unref (self->sources);
  g_clear_pointer (&self->ranges, g_array_unref);
  g_free (self->folder);
  g_free (self->name);
  g_clear_pointer (&self->naming, bobbin_naming_unref);
  g_free (self);
}

static void
let_go_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  bobbin_add_plan_unref (data);
  g_task_return_boolean (task, TRUE);
}

/**
 * bobbin_add_plan_let_go:
 * @self: (transfer full): a plan
 *
 * As bobbin_add_plan_unref(), for a thread that has no time: what is large is
 * freed on another one.
 */
void
bobbin_add_plan_let_go (BobbinAddPlan *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->n_files < LARGE)
    {
      bobbin_add_plan_unref (self);
      return;
    }
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, bobbin_add_plan_let_go);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, let_go_in_thread);
}

/**
 * bobbin_add_plan_get_n_links:
 * @self: a plan
 *
 * Returns: how many different links there are
 */
guint
bobbin_add_plan_get_n_links (const BobbinAddPlan *self)
{
  return self->n_files;
}

/**
 * bobbin_add_plan_get_link:
 * @self: a plan
 * @index: less than bobbin_add_plan_get_n_links()
 *
 * Returns: (transfer none): the link as it was found, not to be changed
 */
BobbinLink *
bobbin_add_plan_get_link (const BobbinAddPlan *self, guint index)
{
  g_return_val_if_fail (index < self->n_files, NULL);

  return self->files[index].link;
}

gboolean
bobbin_add_plan_has_own_name (const BobbinAddPlan *self)
{
  return self->n_files == 1 && self->name != NULL;
}

/* A link of its own, with what the person wants. A name that is typed is not for
 * the template. */
BobbinLink *
bobbin_add_plan_dup_named_link (const BobbinAddPlan *self, guint index)
{
  const PlannedFile *file = &self->files[index];
  BobbinLink *link = bobbin_link_copy (file->link);

  if (self->naming != NULL)
    bobbin_naming_apply (self->naming, link, (BobbinFileKind) file->kind, index + 1, self->n_files);
  if (bobbin_add_plan_has_own_name (self))
    {
      bobbin_link_set_name (link, self->name);
      bobbin_link_set_name_template (link, NULL);
    }
  return link;
}

/**
 * bobbin_add_plan_dup_link:
 * @self: a plan
 * @index: less than bobbin_add_plan_get_n_links()
 *
 * Any thread.
 *
 * Returns: (transfer full): the link with the folder that its file goes to
 */
BobbinLink *
bobbin_add_plan_dup_link (const BobbinAddPlan *self, guint index)
{
  BobbinLink *link = bobbin_add_plan_dup_named_link (self, index);
  const char *subfolder = bobbin_link_get_subfolder (link);
  g_autofree char *below = subfolder != NULL ? g_build_filename (self->folder, subfolder, NULL) : NULL;

  bobbin_link_set_folder (link, below != NULL ? below : self->folder);
  return link;
}

/**
 * bobbin_add_plan_get_subfolder:
 * @self: a plan
 * @index: less than bobbin_add_plan_get_n_links()
 *
 * Returns: (transfer none) (nullable): where the file goes below the folder
 */
const char *
bobbin_add_plan_get_subfolder (const BobbinAddPlan *self, guint index)
{
  g_return_val_if_fail (index < self->n_files, NULL);

  return self->files[index].subfolder;
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
  g_return_val_if_fail (index < self->n_files, NULL);

  return self->files[index].name;
}

/**
 * bobbin_add_plan_is_renamed:
 * @self: a plan
 * @index: less than bobbin_add_plan_get_n_links()
 *
 * Returns: whether the name has got a number because another link, or a file in
 *   the folder, has the name already
 */
gboolean
bobbin_add_plan_is_renamed (const BobbinAddPlan *self, guint index)
{
  g_return_val_if_fail (index < self->n_files, FALSE);

  return self->files[index].renamed != 0;
}

/**
 * bobbin_add_plan_get_kind:
 * @self: a plan
 * @index: less than bobbin_add_plan_get_n_links()
 *
 * Returns: the kind of the file, as far as it can be told
 */
BobbinAddKind
bobbin_add_plan_get_kind (const BobbinAddPlan *self, guint index)
{
  g_return_val_if_fail (index < self->n_files, BOBBIN_ADD_KIND_OTHER);

  return (BobbinAddKind) self->files[index].kind;
}

/**
 * bobbin_add_plan_get_n_of_kind:
 * @self: a plan
 * @kind: a kind
 *
 * Returns: how many files are of @kind
 */
guint
bobbin_add_plan_get_n_of_kind (const BobbinAddPlan *self, BobbinAddKind kind)
{
  return self->n_of_kind[kind];
}

/**
 * bobbin_add_plan_is_mixed:
 * @self: a plan
 *
 * Returns: whether there are files of several kinds, and so many of them, or
 *   from a page, that one may want to choose by kind
 */
gboolean
bobbin_add_plan_is_mixed (const BobbinAddPlan *self)
{
  guint n_kinds = 0;

  for (guint i = 0; i < BOBBIN_ADD_N_KINDS; i++)
    n_kinds += self->n_of_kind[i] > 0;
  return n_kinds > 1 && (self->is_page || self->n_files > 10);
}

/**
 * bobbin_add_plan_has_one_site:
 * @self: a plan
 *
 * Returns: whether there are links, and all of them, but for further places of
 *   the same files, are of one scheme, host and port
 */
gboolean
bobbin_add_plan_has_one_site (const BobbinAddPlan *self)
{
  return self->has_one_site;
}

/**
 * bobbin_add_plan_get_folder:
 * @self: a plan
 *
 * Returns: (transfer none): absolute path of the folder to save to
 */
const char *
bobbin_add_plan_get_folder (const BobbinAddPlan *self)
{
  return self->folder;
}

/**
 * bobbin_add_plan_get_ranges:
 * @self: a plan
 *
 * Returns: (transfer none) (element-type BobbinAddRange): the patterns of at
 *   least four links, in order
 */
const GArray *
bobbin_add_plan_get_ranges (const BobbinAddPlan *self)
{
  return self->ranges;
}

/**
 * bobbin_add_plan_get_text_links:
 * @self: a plan
 *
 * Returns: (transfer none): what was found in the text; its links are the first
 *   of the plan
 */
const BobbinLinks *
bobbin_add_plan_get_text_links (const BobbinAddPlan *self)
{
  return self->text_links;
}

/**
 * bobbin_add_plan_get_sources:
 * @self: a plan
 *
 * Returns: (transfer none) (element-type BobbinAddSource): what came besides
 *   the text, all of it read
 */
const GPtrArray *
bobbin_add_plan_get_sources (const BobbinAddPlan *self)
{
  return self->sources;
}

/**
 * bobbin_add_plan_get_n_repeated:
 * @self: a plan
 *
 * Returns: how many lines, or links of a source, only say again what stands
 *   further up
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
 * Returns: how many lines of the text are no usable links
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
