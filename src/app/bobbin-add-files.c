/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-files.h"

typedef struct
{
  guint8 already : 1;
  guint8 selected : 1;
} FileState;

struct _BobbinAddFiles
{
  GObject parent_instance;

  BobbinAddPlan *plan; /* owned */
  GHashTable *choices; /* owned; URI → TRUE if the person selected it, FALSE if unselected */
  GHashTable *live;    /* owned; index → the item that somebody holds, not owned */
  FileState *states;   /* one for each link */
  guint n_checked;
  guint n_already;
  guint n_selected;
};

struct _BobbinAddFile
{
  GObject parent_instance;

  BobbinAddFiles *files; /* owned */
  guint index;
};

enum
{
  PROP_N_SELECTED = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  FILE_PROP_SELECTED = 1,
  N_FILE_PROPS,
};

static GParamSpec *file_properties[N_FILE_PROPS];

/* Between two looks at the clock; a look in the queue takes well below a microsecond. */
#define CHECKS_AT_A_TIME 256

static GType
bobbin_add_files_get_item_type (GListModel *model)
{
  return BOBBIN_TYPE_ADD_FILE;
}

static guint
bobbin_add_files_get_n_items (GListModel *model)
{
  return bobbin_add_plan_get_n_links (BOBBIN_ADD_FILES (model)->plan);
}

static gpointer
bobbin_add_files_get_item (GListModel *model, guint position)
{
  BobbinAddFiles *self = BOBBIN_ADD_FILES (model);
  BobbinAddFile *file;

  if (position >= bobbin_add_files_get_n_items (model))
    return NULL;

  file = g_hash_table_lookup (self->live, GUINT_TO_POINTER (position));
  if (file != NULL)
    return g_object_ref (file);

  file = g_object_new (BOBBIN_TYPE_ADD_FILE, NULL);
  file->files = g_object_ref (self);
  file->index = position;
  g_hash_table_insert (self->live, GUINT_TO_POINTER (position), file);
  return file;
}

static void
bobbin_add_files_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = bobbin_add_files_get_item_type;
  iface->get_n_items = bobbin_add_files_get_n_items;
  iface->get_item = bobbin_add_files_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BobbinAddFiles,
                               bobbin_add_files,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, bobbin_add_files_list_model_init))
G_DEFINE_FINAL_TYPE (BobbinAddFile, bobbin_add_file, G_TYPE_OBJECT)

static void
bobbin_add_files_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_N_SELECTED:
      g_value_set_uint (value, BOBBIN_ADD_FILES (object)->n_selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bobbin_add_files_finalize (GObject *object)
{
  BobbinAddFiles *self = BOBBIN_ADD_FILES (object);

  g_clear_pointer (&self->plan, bobbin_add_plan_unref);
  g_clear_pointer (&self->choices, g_hash_table_unref);
  g_clear_pointer (&self->live, g_hash_table_unref);
  g_clear_pointer (&self->states, g_free);

  G_OBJECT_CLASS (bobbin_add_files_parent_class)->finalize (object);
}

static void
bobbin_add_files_class_init (BobbinAddFilesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bobbin_add_files_get_property;
  object_class->finalize = bobbin_add_files_finalize;

  properties[PROP_N_SELECTED]
      = g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bobbin_add_files_init (BobbinAddFiles *self)
{
  self->live = g_hash_table_new (NULL, NULL);
}

static void
bobbin_add_file_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case FILE_PROP_SELECTED:
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

  g_hash_table_remove (self->files->live, GUINT_TO_POINTER (self->index));
  g_clear_object (&self->files);

  G_OBJECT_CLASS (bobbin_add_file_parent_class)->finalize (object);
}

static void
bobbin_add_file_class_init (BobbinAddFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bobbin_add_file_get_property;
  object_class->finalize = bobbin_add_file_finalize;

  file_properties[FILE_PROP_SELECTED]
      = g_param_spec_boolean ("selected", NULL, NULL, FALSE,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_FILE_PROPS, file_properties);
}

static void
bobbin_add_file_init (BobbinAddFile *self)
{
}

/**
 * bobbin_add_files_new:
 * @plan: (transfer none): a plan
 * @choices: (transfer none): what the person selected and unselected by hand,
 *   keyed by URI (owned keys). Read here, and written as the person goes on, so
 *   that it outlives the next change of the text.
 *
 * Returns: (transfer full): the files of @plan. Check them before showing them.
 */
BobbinAddFiles *
bobbin_add_files_new (BobbinAddPlan *plan, GHashTable *choices)
{
  BobbinAddFiles *self = g_object_new (BOBBIN_TYPE_ADD_FILES, NULL);

  self->plan = bobbin_add_plan_ref (plan);
  self->choices = g_hash_table_ref (choices);
  self->states = g_new0 (FileState, bobbin_add_plan_get_n_links (plan));
  return self;
}

static void
check_one (BobbinAddFiles *self, BobbinQueue *queue, guint index)
{
  const char *uri = bobbin_link_get_uri (bobbin_add_plan_get_link (self->plan, index));
  FileState *state = &self->states[index];
  gpointer choice;

  state->already = bobbin_queue_has_uri (queue, uri);
  if (g_hash_table_lookup_extended (self->choices, uri, NULL, &choice))
    state->selected = GPOINTER_TO_INT (choice) != FALSE;
  else
    state->selected = !state->already;

  self->n_already += state->already;
  self->n_selected += state->selected;
}

/**
 * bobbin_add_files_check:
 * @self: the files
 * @queue: the list of downloads
 * @deadline: monotonic time in microseconds
 *
 * Looks which files are in the list already; those start unselected. Stops
 * soon after @deadline, and goes on from there in the next call.
 *
 * Returns: %TRUE once all the files have been checked
 */
gboolean
bobbin_add_files_check (BobbinAddFiles *self, BobbinQueue *queue, gint64 deadline)
{
  guint n_links = bobbin_add_plan_get_n_links (self->plan);

  while (self->n_checked < n_links)
    {
      guint end = MIN (n_links, self->n_checked + CHECKS_AT_A_TIME);

      while (self->n_checked < end)
        check_one (self, queue, self->n_checked++);
      if (g_get_monotonic_time () >= deadline)
        break;
    }
  return self->n_checked == n_links;
}

/**
 * bobbin_add_files_get_plan:
 * @self: the files
 *
 * Returns: (transfer none): the plan that they belong to
 */
BobbinAddPlan *
bobbin_add_files_get_plan (BobbinAddFiles *self)
{
  return self->plan;
}

/**
 * bobbin_add_files_get_n_selected:
 * @self: the files
 *
 * Returns: how many of them are selected; the property "n-selected" tells when
 *   that changes
 */
guint
bobbin_add_files_get_n_selected (BobbinAddFiles *self)
{
  return self->n_selected;
}

/**
 * bobbin_add_files_get_n_already:
 * @self: the files
 *
 * Returns: how many of them were found in the list
 */
guint
bobbin_add_files_get_n_already (BobbinAddFiles *self)
{
  return self->n_already;
}

/**
 * bobbin_add_files_is_already:
 * @self: the files
 * @index: index of a link of the plan
 *
 * Returns: whether it was found in the list
 */
gboolean
bobbin_add_files_is_already (BobbinAddFiles *self, guint index)
{
  g_return_val_if_fail (index < bobbin_add_plan_get_n_links (self->plan), FALSE);

  return self->states[index].already;
}

/**
 * bobbin_add_files_dup_selection:
 * @self: the files
 *
 * Returns: (transfer full): for each link of the plan whether it is selected
 */
gboolean *
bobbin_add_files_dup_selection (BobbinAddFiles *self)
{
  guint n_links = bobbin_add_plan_get_n_links (self->plan);
  gboolean *selection = g_new (gboolean, n_links);

  for (guint i = 0; i < n_links; i++)
    selection[i] = self->states[i].selected;
  return selection;
}

static BobbinLink *
get_link (BobbinAddFile *self)
{
  return bobbin_add_plan_get_link (self->files->plan, self->index);
}

/**
 * bobbin_add_file_get_name:
 * @self: a file
 *
 * Returns: (transfer none): the leaf name that it gets as far as known
 */
const char *
bobbin_add_file_get_name (BobbinAddFile *self)
{
  return bobbin_add_plan_get_name (self->files->plan, self->index);
}

/**
 * bobbin_add_file_dup_host:
 * @self: a file
 *
 * Returns: (transfer full): where it comes from
 */
char *
bobbin_add_file_dup_host (BobbinAddFile *self)
{
  return bobbin_link_dup_host (get_link (self));
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
  return self->files->states[self->index].already;
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
  return bobbin_add_plan_is_renamed (self->files->plan, self->index);
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
  return self->files->states[self->index].selected;
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
  BobbinAddFiles *files = self->files;
  FileState *state = &files->states[self->index];

  selected = selected != FALSE;
  if (state->selected == (guint) selected)
    return;

  state->selected = (guint) selected & 1;
  files->n_selected += selected ? 1 : -1;
  g_hash_table_insert (files->choices, g_strdup (bobbin_link_get_uri (get_link (self))),
                       GINT_TO_POINTER (selected));
  g_object_notify_by_pspec (G_OBJECT (self), file_properties[FILE_PROP_SELECTED]);
  g_object_notify_by_pspec (G_OBJECT (files), properties[PROP_N_SELECTED]);
}
