/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-names.h"
#include "bobbin-add-plan.h"
#include "bobbin-file-name.h"

#include <string.h>

/* From so many links on, those of a pattern are shown as the first two and the rest. */
#define MIN_RANGE 4

/* So many links are named between two looks at the cancellable. */
#define NAMES_AT_A_TIME 256

/* So many links take longer to free than the window may wait. */
#define LARGE 10000

/* Of a thousand parts of the work, so many are reading. */
#define READING 700

typedef struct
{
  BobbinLink *link; /* borrowed from the links that it was found in */
  char *name;       /* owned */
  guint8 renamed;
  guint8 kind;
} PlannedFile;

struct _BobbinAddPlan
{
  gatomicrefcount references;

  /* immutable after construction */
  BobbinLinks *text_links; /* owned */
  GPtrArray *sources;      /* owned; of BobbinAddSource */
  char *folder;
  char *name;         /* (nullable) */
  PlannedFile *files; /* one for each link; those of the text come first */
  guint n_files;
  guint n_of_kind[BOBBIN_ADD_N_KINDS];
  GArray *ranges;   /* owned; BobbinAddRange */
  gboolean is_page; /* whether something of it is one */
  guint n_repeated; /* lines, and links of sources, that only say again what stands further up */
  guint n_bad;      /* lines of which no link can be made */
  guint first_bad;  /* index of the first of them */
};

typedef struct
{
  int *permille; /* (nullable) */
  gsize before;  /* bytes of what was read already */
  gsize total;
} Reading;

static void
report (const Reading *reading, gsize done)
{
  if (reading->permille != NULL && reading->total > 0)
    g_atomic_int_set (reading->permille,
                      (int) ((double) (reading->before + done) / (double) reading->total * READING));
}

static void
on_progress (gsize done, gsize total, guint n_links, gpointer user_data)
{
  report (user_data, done);
}

static gboolean
read_all (BobbinAddPlan *self, const BobbinAddRequest *request, GCancellable *cancellable)
{
  Reading reading = { .permille = request->permille, .total = strlen (request->text) };
  const BobbinLinksOptions options = { .max_expanded = request->max_expanded,
                                       .progress = on_progress,
                                       .progress_data = &reading,
                                       .cancellable = cancellable };
  g_autoptr (GBytes) text = g_bytes_new_static (request->text, reading.total);

  for (guint i = 0; i < self->sources->len; i++)
    reading.total += bobbin_add_source_get_size (self->sources->pdata[i]);

  self->text_links = bobbin_links_read (text, &options, NULL);
  if (self->text_links == NULL)
    return FALSE;
  self->is_page = bobbin_links_get_shape (self->text_links) == BOBBIN_SHAPE_HTML;
  reading.before = g_bytes_get_size (text);
  for (guint i = 0; i < self->sources->len; i++)
    {
      BobbinAddSource *source = self->sources->pdata[i];

      if (!bobbin_add_source_read (source, on_progress, &reading, cancellable))
        return FALSE;
      reading.before += bobbin_add_source_get_size (source);
      self->is_page |= bobbin_links_get_shape (bobbin_add_source_get_links (source)) == BOBBIN_SHAPE_HTML;
    }
  return TRUE;
}

/* The kind is what was said of the link, for now. */
static void
gather (BobbinAddPlan *self, const BobbinLinks *links, GHashTable *seen)
{
  for (guint i = 0; i < bobbin_links_get_n_links (links); i++)
    {
      BobbinLink *link = bobbin_links_get_link (links, i);
      PlannedFile *file = &self->files[self->n_files];

      if (seen != NULL && !g_hash_table_add (seen, (gpointer) bobbin_link_get_uri (link)))
        {
          self->n_repeated++;
          continue;
        }
      file->link = link;
      file->kind = (guint8) bobbin_links_get_kind (links, i);
      self->n_files++;
    }
}

/* The links of one part have no repetition; a table is only needed for several. */
static void
gather_all (BobbinAddPlan *self)
{
  g_autoptr (GHashTable) seen = NULL;
  guint n_links = bobbin_links_get_n_links (self->text_links);
  guint n_parts = n_links > 0;

  for (guint i = 0; i < self->sources->len; i++)
    {
      guint n_more = bobbin_links_get_n_links (bobbin_add_source_get_links (self->sources->pdata[i]));

      n_links += n_more;
      n_parts += n_more > 0;
    }

  if (n_parts > 1)
    seen = g_hash_table_new (g_str_hash, g_str_equal);
  self->files = g_new0 (PlannedFile, n_links);
  gather (self, self->text_links, seen);
  for (guint i = 0; i < self->sources->len; i++)
    gather (self, bobbin_add_source_get_links (self->sources->pdata[i]), seen);
}

static char *
get_wanted_name (const BobbinAddPlan *self, const BobbinLink *link)
{
  const char *given = self->n_files == 1 && self->name != NULL ? self->name : bobbin_link_get_name (link);

  return given != NULL ? bobbin_file_name_sanitize (given)
                       : bobbin_file_name_for_uri (bobbin_link_get_uri (link));
}

static gboolean
name_files (BobbinAddPlan *self, int *permille, GCancellable *cancellable)
{
  g_autoptr (BobbinAddNames) names = bobbin_add_names_new (self->folder);
  g_autoptr (BobbinAddKinds) kinds = bobbin_add_kinds_new ();

  for (guint i = 0; i < self->n_files; i++)
    {
      PlannedFile *file = &self->files[i];
      g_autofree char *wanted = get_wanted_name (self, file->link);

      if (i % NAMES_AT_A_TIME == 0)
        {
          if (g_cancellable_is_cancelled (cancellable))
            return FALSE;
          if (permille != NULL)
            g_atomic_int_set (permille, (int) (READING + (guint64) i * (1000 - READING) / self->n_files));
        }
      file->name = bobbin_add_names_take (names, bobbin_link_get_subfolder (file->link), wanted);
      file->renamed = !g_str_equal (file->name, wanted);
      file->kind = (guint8) bobbin_add_kinds_tell (kinds, wanted, (BobbinLinkKind) file->kind);
      self->n_of_kind[file->kind]++;
    }
  return TRUE;
}

static gboolean
is_bad (BobbinVerdict verdict)
{
  return verdict == BOBBIN_VERDICT_NOT_A_LINK || verdict == BOBBIN_VERDICT_UNSUPPORTED_SCHEME
         || verdict == BOBBIN_VERDICT_REFUSED;
}

static void
count_lines (BobbinAddPlan *self)
{
  for (guint i = 0; i < bobbin_links_get_n_lines (self->text_links); i++)
    {
      BobbinVerdict verdict = bobbin_links_get_line (self->text_links, i)->verdict;

      if (verdict == BOBBIN_VERDICT_REPEATED)
        self->n_repeated++;
      else if (is_bad (verdict) && self->n_bad++ == 0)
        self->first_bad = i;
    }
}

/* A line of one word that made several links can only be a pattern. */
static gboolean
is_pattern (const char *line, gsize length)
{
  g_autofree char *word = g_strstrip (g_strndup (line, length));

  return strpbrk (word, "[{") != NULL && strpbrk (word, " \t") == NULL;
}

static void
find_ranges (BobbinAddPlan *self, const char *text)
{
  if (bobbin_links_get_shape (self->text_links) != BOBBIN_SHAPE_TEXT)
    return;

  for (guint i = 0; i < bobbin_links_get_n_lines (self->text_links); i++)
    {
      const BobbinLine *line = bobbin_links_get_line (self->text_links, i);
      const BobbinAddRange range = { line->first_link, line->n_links };
      gsize length = strcspn (text, "\r\n");

      if (line->n_links >= MIN_RANGE && is_pattern (text, length))
        g_array_append_val (self->ranges, range);
      text += length;
      if (text[0] != '\0')
        text += text[0] == '\r' && text[1] == '\n' ? 2 : 1;
    }
}

static GPtrArray *
copy_sources (GPtrArray *sources)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_add_source_unref);

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    g_ptr_array_add (copy, bobbin_add_source_ref (sources->pdata[i]));
  return copy;
}

/**
 * bobbin_add_plan_new:
 * @request: what is to be planned
 * @cancellable: (nullable): ends it
 *
 * Understands a text of links, and the sources beside it. Looks for each file
 * in the folder, so call it on a thread that may wait for a disk.
 *
 * Returns: (transfer full) (nullable): a plan, or %NULL if cancelled
 */
BobbinAddPlan *
bobbin_add_plan_new (const BobbinAddRequest *request, GCancellable *cancellable)
{
  g_autoptr (BobbinAddPlan) self = g_new0 (BobbinAddPlan, 1);

  g_atomic_ref_count_init (&self->references);
  self->sources = copy_sources (request->sources);
  self->folder = g_strdup (request->folder);
  self->name = g_strdup (request->name);
  self->ranges = g_array_new (FALSE, FALSE, sizeof (BobbinAddRange));
  if (!read_all (self, request, cancellable))
    return NULL;

  gather_all (self);
  count_lines (self);
  find_ranges (self, request->text);
  if (!name_files (self, request->permille, cancellable))
    return NULL;
  return g_steal_pointer (&self);
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
 * Any thread. The last one frees all the links, which takes its time if there
 * are a million.
 */
void
bobbin_add_plan_unref (BobbinAddPlan *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  for (guint i = 0; i < self->n_files; i++)
    g_free (self->files[i].name);
  g_free (self->files);
  g_clear_pointer (&self->text_links, bobbin_links_free);
  g_ptr_array_unref (self->sources);
  g_array_unref (self->ranges);
  g_free (self->folder);
  g_free (self->name);
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
  BobbinLink *link = bobbin_link_copy (bobbin_add_plan_get_link (self, index));
  const char *subfolder = bobbin_link_get_subfolder (link);
  g_autofree char *below = subfolder != NULL ? g_build_filename (self->folder, subfolder, NULL) : NULL;

  bobbin_link_set_folder (link, below != NULL ? below : self->folder);
  if (self->n_files == 1 && self->name != NULL)
    bobbin_link_set_name (link, self->name);
  return link;
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
