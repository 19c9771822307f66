/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-names.h"
#include "bobbin-add-plan-private.h"
#include "bobbin-file-name.h"

#include <string.h>

/* So many links are named between two looks at the cancellable. */
#define NAMES_AT_A_TIME 256

/* Of a thousand parts of the work, so many are reading. */
#define READING 700

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
  const char *given = bobbin_add_plan_has_own_name (self) ? self->name : bobbin_link_get_name (link);

  return given != NULL ? bobbin_file_name_sanitize (given)
                       : bobbin_file_name_for_uri (bobbin_link_get_uri (link));
}

/* Returns: (transfer full): the name that it is to get, with its folder set */
static char *
place_file (BobbinAddPlan *self, guint index, char *plain_name)
{
  PlannedFile *file = &self->files[index];
  g_autofree char *plain = plain_name;
  g_autoptr (BobbinLink) link = NULL;

  if (self->naming == NULL)
    {
      file->subfolder = g_strdup (bobbin_link_get_subfolder (file->link));
      return g_steal_pointer (&plain);
    }
  link = bobbin_add_plan_dup_named_link (self, index);
  file->subfolder = g_strdup (bobbin_link_get_subfolder (link));
  return bobbin_add_plan_has_own_name (self) ? g_steal_pointer (&plain)
                                             : bobbin_link_dup_file_name (link, NULL, NULL, NULL);
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
      file->kind = (guint8) bobbin_add_kinds_tell (kinds, wanted, (BobbinLinkKind) file->kind);
      wanted = place_file (self, i, g_steal_pointer (&wanted));
      file->name = bobbin_add_names_take (names, file->subfolder, wanted);
      file->renamed = !g_str_equal (file->name, wanted);
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

/* Scheme, host and port; links are written the same way everywhere. */
static gsize
get_site_length (const char *uri)
{
  const char *host = strstr (uri, "://") + strlen ("://");

  return (gsize) (host - uri) + strcspn (host, "/?#");
}

static gboolean
has_one_site (const BobbinAddPlan *self)
{
  const char *first = self->n_files > 0 ? bobbin_link_get_uri (self->files[0].link) : NULL;
  gsize length = first != NULL ? get_site_length (first) : 0;

  for (guint i = 1; i < self->n_files; i++)
    {
      const char *uri = bobbin_link_get_uri (self->files[i].link);

      if (get_site_length (uri) != length || strncmp (uri, first, length) != 0)
        return FALSE;
    }
  return first != NULL;
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
  self->sources = bobbin_add_source_copy_all (request->sources);
  self->folder = g_strdup (request->folder);
  self->name = g_strdup (request->name);
  if (request->naming != NULL && !bobbin_naming_is_plain (request->naming))
    self->naming = bobbin_naming_ref (request->naming);
  if (!read_all (self, request, cancellable))
    return NULL;

  gather_all (self);
  count_lines (self);
  self->ranges = bobbin_add_ranges_find (self->text_links, request->text);
  self->has_one_site = has_one_site (self);
  if (!name_files (self, request->permille, cancellable))
    return NULL;
  return g_steal_pointer (&self);
}
