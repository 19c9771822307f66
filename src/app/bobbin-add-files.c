/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-files-private.h"

enum
{
  PROP_N_SELECTED = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* Between two looks at the clock; a look in the queue takes well below a microsecond. */
#define CHECKS_AT_A_TIME 256

/* Of a pattern, so many links have a row each; the others share one. */
#define LINKS_SHOWN 2

/* The choice of more links at once than these is not remembered: it would take too long. */
#define CHOICES_KEPT 1000

static GType
bobbin_add_files_get_item_type (GListModel *model)
{
  return BOBBIN_TYPE_ADD_FILE;
}

static guint
bobbin_add_files_get_n_items (GListModel *model)
{
  BobbinAddFiles *self = BOBBIN_ADD_FILES (model);

  return self->rows != NULL ? self->rows->len : bobbin_add_plan_get_n_links (self->plan);
}

static gpointer
bobbin_add_files_get_item (GListModel *model, guint position)
{
  BobbinAddFiles *self = BOBBIN_ADD_FILES (model);
  BobbinAddRange range = { position, 1 };
  BobbinAddFile *file;

  if (position >= bobbin_add_files_get_n_items (model))
    return NULL;

  if (self->rows != NULL)
    range = g_array_index (self->rows, BobbinAddRange, position);
  file = g_hash_table_lookup (self->live, GUINT_TO_POINTER (range.first));
  if (file != NULL)
    return g_object_ref (file);

  file = bobbin_add_file_new (self, &range);
  g_hash_table_insert (self->live, GUINT_TO_POINTER (range.first), file);
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

  g_clear_pointer (&self->plan, bobbin_add_plan_let_go);
  g_clear_pointer (&self->choices, g_hash_table_unref);
  g_clear_pointer (&self->live, g_hash_table_unref);
  g_clear_pointer (&self->states, g_free);
  g_clear_pointer (&self->rows, g_array_unref);

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

static gboolean
is_shown (const BobbinAddFiles *self, guint index)
{
  return self->kinds == 0 || (self->kinds & (1u << bobbin_add_plan_get_kind (self->plan, index))) != 0;
}

static void
add_row (BobbinAddFiles *self, guint first, guint n_links)
{
  const BobbinAddRange row = { first, n_links };

  if (is_shown (self, first))
    g_array_append_val (self->rows, row);
}

/* The links of a pattern: the first ones, then the others as far as they are alike. */
static void
add_rows_of_range (BobbinAddFiles *self, const BobbinAddRange *range)
{
  guint end = range->first + range->n_links;
  guint first = range->first + LINKS_SHOWN;

  for (guint i = range->first; i < first; i++)
    add_row (self, i, 1);
  for (guint i = first + 1; i <= end; i++)
    {
      if (i < end && self->states[i].already == self->states[first].already
          && bobbin_add_plan_get_kind (self->plan, i) == bobbin_add_plan_get_kind (self->plan, first))
        continue;
      add_row (self, first, i - first);
      first = i;
    }
}

static void
make_rows (BobbinAddFiles *self)
{
  const GArray *ranges = bobbin_add_plan_get_ranges (self->plan);
  guint n_links = bobbin_add_plan_get_n_links (self->plan);
  guint next = 0; /* range */

  g_clear_pointer (&self->rows, g_array_unref);
  g_hash_table_remove_all (self->live);
  if (self->kinds == 0 && ranges->len == 0)
    return;

  self->rows = g_array_new (FALSE, FALSE, sizeof (BobbinAddRange));
  for (guint i = 0; i < n_links;)
    {
      const BobbinAddRange *range = next < ranges->len ? &g_array_index (ranges, BobbinAddRange, next) : NULL;

      if (range != NULL && range->first == i)
        {
          add_rows_of_range (self, range);
          i += range->n_links;
          next++;
          continue;
        }
      add_row (self, i++, 1);
    }
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
  if (self->n_checked < n_links)
    return FALSE;
  make_rows (self);
  return TRUE;
}

/**
 * bobbin_add_files_set_kinds:
 * @self: the files, checked
 * @kinds: the kinds to show, a bit for each #BobbinAddKind, or 0 for all
 *
 * Shows files of some kinds only. What is not shown does not count as selected,
 * but is selected again with its kind.
 */
void
bobbin_add_files_set_kinds (BobbinAddFiles *self, guint kinds)
{
  guint n_before = bobbin_add_files_get_n_items (G_LIST_MODEL (self));

  if (self->kinds == kinds)
    return;
  self->kinds = kinds;
  self->n_selected = 0;
  for (guint i = 0; i < bobbin_add_plan_get_n_links (self->plan); i++)
    self->n_selected += self->states[i].selected && is_shown (self, i);
  make_rows (self);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before,
                              bobbin_add_files_get_n_items (G_LIST_MODEL (self)));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
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
 * Returns: how many of those that are shown are selected; the property
 *   "n-selected" tells when that changes
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
 * Returns: (transfer full): for each link of the plan whether it is to be
 *   downloaded
 */
gboolean *
bobbin_add_files_dup_selection (BobbinAddFiles *self)
{
  guint n_links = bobbin_add_plan_get_n_links (self->plan);
  gboolean *selection = g_new (gboolean, n_links);

  for (guint i = 0; i < n_links; i++)
    selection[i] = self->states[i].selected && is_shown (self, i);
  return selection;
}

/* Remembers it as the person's own choice, so that it outlives the next change of the text. */
static gboolean
select_link (BobbinAddFiles *self, guint index, gboolean selected, gboolean remember)
{
  FileState *state = &self->states[index];
  BobbinLink *link = bobbin_add_plan_get_link (self->plan, index);

  if (state->selected == (guint) selected)
    return FALSE;

  state->selected = (guint) selected & 1;
  self->n_selected += selected ? 1 : -1;
  if (remember)
    g_hash_table_insert (self->choices, g_strdup (bobbin_link_get_uri (link)), GINT_TO_POINTER (selected));
  return TRUE;
}

/**
 * bobbin_add_files_select_range:
 * @self: the files
 * @range: some of its links, all of which are shown
 * @selected: whether they are to be downloaded
 *
 * Returns: whether that changed anything
 */
gboolean
bobbin_add_files_select_range (BobbinAddFiles *self, const BobbinAddRange *range, gboolean selected)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < range->n_links; i++)
    changed |= select_link (self, range->first + i, selected != FALSE, range->n_links <= CHOICES_KEPT);
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
  return changed;
}

/**
 * bobbin_add_files_select_all:
 * @self: the files
 * @selected: whether they are to be downloaded
 *
 * Selects or unselects all that are shown.
 */
void
bobbin_add_files_select_all (BobbinAddFiles *self, gboolean selected)
{
  guint n_links = bobbin_add_plan_get_n_links (self->plan);
  GHashTableIter iter;
  gpointer file;

  for (guint i = 0; i < n_links; i++)
    {
      if (is_shown (self, i))
        select_link (self, i, selected != FALSE, n_links <= CHOICES_KEPT);
    }
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    bobbin_add_file_notify_selected (file);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SELECTED]);
}

/**
 * bobbin_add_files_get_n_shown:
 * @self: the files
 *
 * Returns: how many links are shown, also those that share a row
 */
guint
bobbin_add_files_get_n_shown (BobbinAddFiles *self)
{
  guint n_shown = 0;

  if (self->kinds == 0)
    return bobbin_add_plan_get_n_links (self->plan);
  for (guint i = 0; i < BOBBIN_ADD_N_KINDS; i++)
    n_shown
        += (self->kinds & (1u << i)) != 0 ? bobbin_add_plan_get_n_of_kind (self->plan, (BobbinAddKind) i) : 0;
  return n_shown;
}
