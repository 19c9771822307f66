/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-files-private.h"

enum
{
  PROP_SELECTED = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BobbinAddFile, bobbin_add_file, G_TYPE_OBJECT)

static void
bobbin_add_file_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SELECTED:
      g_value_set_boolean (value, bobbin_add_file_get_selected (BOBBIN_ADD_FILE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bobbin_add_file_finalize (GObject *object)
{
  BobbinAddFile *self = BOBBIN_ADD_FILE (object);

  gpointer first = GUINT_TO_POINTER (self->range.first);

  /* The rows may be others by now. */
  if (g_hash_table_lookup (self->files->live, first) == self)
    g_hash_table_remove (self->files->live, first);
  g_clear_object (&self->files);

  G_OBJECT_CLASS (bobbin_add_file_parent_class)->finalize (object);
}

static void
bobbin_add_file_class_init (BobbinAddFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bobbin_add_file_get_property;
  object_class->finalize = bobbin_add_file_finalize;

  properties[PROP_SELECTED]
      = g_param_spec_boolean ("selected", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bobbin_add_file_init (BobbinAddFile *self)
{
}

/**
 * bobbin_add_file_new:
 * @files: the files that it is one of
 * @range: its links, usually one
 *
 * Returns: (transfer full): an item for @files
 */
BobbinAddFile *
bobbin_add_file_new (BobbinAddFiles *files, const BobbinAddRange *range)
{
  BobbinAddFile *self = g_object_new (BOBBIN_TYPE_ADD_FILE, NULL);

  self->files = g_object_ref (files);
  self->range = *range;
  return self;
}

/**
 * bobbin_add_file_notify_selected:
 * @self: a file
 *
 * Tells that it was selected or unselected.
 */
void
bobbin_add_file_notify_selected (BobbinAddFile *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/**
 * bobbin_add_file_get_link:
 * @self: a file
 *
 * Returns: (transfer none): its link, or the first of several
 */
BobbinLink *
bobbin_add_file_get_link (BobbinAddFile *self)
{
  return bobbin_add_plan_get_link (self->files->plan, self->range.first);
}

/**
 * bobbin_add_file_get_n_links:
 * @self: a file
 *
 * Returns: how many links of a pattern it stands for, usually one
 */
guint
bobbin_add_file_get_n_links (BobbinAddFile *self)
{
  return self->range.n_links;
}

static char *
dup_path (BobbinAddFile *self, guint index)
{
  const char *subfolder = bobbin_add_plan_get_subfolder (self->files->plan, index);
  const char *name = bobbin_add_plan_get_name (self->files->plan, index);

  return subfolder != NULL ? g_build_filename (subfolder, name, NULL) : g_strdup (name);
}

/**
 * bobbin_add_file_dup_path:
 * @self: a file
 *
 * Returns: (transfer full): the name that it gets as far as known, with the
 *   folders below the one to save to; of several, the first and the last
 */
char *
bobbin_add_file_dup_path (BobbinAddFile *self)
{
  g_autofree char *first = dup_path (self, self->range.first);
  g_autofree char *last = NULL;

  if (self->range.n_links == 1)
    return g_steal_pointer (&first);
  last = dup_path (self, self->range.first + self->range.n_links - 1);
  return g_strdup_printf ("%s – %s", first, last);
}

/**
 * bobbin_add_file_is_already:
 * @self: a file
 *
 * Returns: whether its link is in the list already
 */
gboolean
bobbin_add_file_is_already (BobbinAddFile *self)
{
  return self->files->states[self->range.first].already;
}

/**
 * bobbin_add_file_is_renamed:
 * @self: a file
 *
 * Returns: whether its name got a number because it was taken
 */
gboolean
bobbin_add_file_is_renamed (BobbinAddFile *self)
{
  return bobbin_add_plan_is_renamed (self->files->plan, self->range.first);
}

/**
 * bobbin_add_file_get_selected:
 * @self: a file
 *
 * Returns: whether it is to be downloaded
 */
gboolean
bobbin_add_file_get_selected (BobbinAddFile *self)
{
  return self->files->states[self->range.first].selected;
}

/**
 * bobbin_add_file_set_selected:
 * @self: a file
 * @selected: whether it is to be downloaded
 *
 * Selects or unselects it, and remembers that as the person's own choice. The
 * property "selected" tells when that happens.
 */
void
bobbin_add_file_set_selected (BobbinAddFile *self, gboolean selected)
{
  if (bobbin_add_files_select_range (self->files, &self->range, selected))
    bobbin_add_file_notify_selected (self);
}
