/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-source.h"

typedef struct
{
  BobbinLinks *links; /* owned */
  guint n_lines[BOBBIN_ADD_N_REASONS];
  guint first_line[BOBBIN_ADD_N_REASONS];
} Result;

struct _BobbinAddSource
{
  gatomicrefcount references;

  /* immutable after construction */
  GBytes *data;     /* owned */
  char *name;       /* (nullable) */
  char *media_type; /* (nullable) */

  Result *result; /* atomic; owned; NULL until read, then never changed */
};

static void
result_free (Result *result)
{
  bobbin_links_free (result->links);
  g_free (result);
}

/* What there is to say about the lines, by reason: nobody wants to hear it ten thousand times. */
static Result *
result_new (BobbinLinks *links)
{
  Result *result = g_new0 (Result, 1);

  result->links = links;
  for (guint i = 0; i < bobbin_links_get_n_lines (links); i++)
    {
      const BobbinLine *line = bobbin_links_get_line (links, i);

      if (line->reason == BOBBIN_REASON_NONE && line->verdict != BOBBIN_VERDICT_NOT_A_LINK
          && line->verdict != BOBBIN_VERDICT_UNSUPPORTED_SCHEME && line->verdict != BOBBIN_VERDICT_REFUSED)
        continue;
      if (result->n_lines[line->reason]++ == 0)
        result->first_line[line->reason] = i;
    }
  return result;
}

/**
 * bobbin_add_source_new:
 * @data: what came
 * @name: (nullable): the name of the file, if it is one, UTF-8
 * @media_type: (nullable): what the one that gave it calls it
 *
 * Returns: (transfer full): a source that is still to be read
 */
BobbinAddSource *
bobbin_add_source_new (GBytes *data, const char *name, const char *media_type)
{
  BobbinAddSource *self = g_new0 (BobbinAddSource, 1);

  g_atomic_ref_count_init (&self->references);
  self->data = g_bytes_ref (data);
  self->name = g_strdup (name);
  self->media_type = g_strdup (media_type);
  return self;
}

/**
 * bobbin_add_source_ref:
 * @self: a source
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
BobbinAddSource *
bobbin_add_source_ref (BobbinAddSource *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * bobbin_add_source_unref:
 * @self: (transfer full): a source
 *
 * Any thread. The last one frees all the links, which takes its time if there
 * are a million.
 */
void
bobbin_add_source_unref (BobbinAddSource *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_clear_pointer (&self->result, result_free);
  g_bytes_unref (self->data);
  g_free (self->name);
  g_free (self->media_type);
  g_free (self);
}

/**
 * bobbin_add_source_copy_all:
 * @sources: (nullable) (element-type BobbinAddSource): sources
 *
 * Returns: (transfer full) (element-type BobbinAddSource): another list of the
 *   same sources
 */
GPtrArray *
bobbin_add_source_copy_all (GPtrArray *sources)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_add_source_unref);

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    g_ptr_array_add (copy, bobbin_add_source_ref (sources->pdata[i]));
  return copy;
}

/**
 * bobbin_add_source_get_name:
 * @self: a source
 *
 * Returns: (transfer none) (nullable): the name of the file, if it is one
 */
const char *
bobbin_add_source_get_name (const BobbinAddSource *self)
{
  return self->name;
}

/**
 * bobbin_add_source_get_size:
 * @self: a source
 *
 * Returns: how large it is, in bytes
 */
gsize
bobbin_add_source_get_size (const BobbinAddSource *self)
{
  return g_bytes_get_size (self->data);
}

/**
 * bobbin_add_source_read:
 * @self: a source
 * @progress: (nullable): told how far reading has come
 * @progress_data: for @progress
 * @cancellable: (nullable): ends the reading
 *
 * Finds the links, unless that is done already. Brackets in it are no patterns:
 * it was written by a program. Any thread that may take its time.
 *
 * Returns: whether the links are there; not if @cancellable was cancelled
 */
gboolean
bobbin_add_source_read (BobbinAddSource *self,
                        BobbinLinksProgress progress,
                        gpointer progress_data,
                        GCancellable *cancellable)
{
  const BobbinLinksOptions options = { .file_name = self->name,
                                       .media_type = self->media_type,
                                       .progress = progress,
                                       .progress_data = progress_data,
                                       .cancellable = cancellable };
  BobbinLinks *links;
  Result *result;

  if (bobbin_add_source_get_links (self) != NULL)
    return TRUE;

  links = bobbin_links_read (self->data, &options, NULL);
  if (links == NULL)
    return FALSE;
  result = result_new (links);
  /* Somebody else may have read it meanwhile. */
  if (!g_atomic_pointer_compare_and_exchange (&self->result, NULL, result))
    result_free (result);
  return TRUE;
}

/**
 * bobbin_add_source_get_links:
 * @self: a source
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): what was found in it, or %NULL as long
 *   as nobody has read it
 */
const BobbinLinks *
bobbin_add_source_get_links (const BobbinAddSource *self)
{
  const Result *result = g_atomic_pointer_get (&((BobbinAddSource *) self)->result);

  return result != NULL ? result->links : NULL;
}

/**
 * bobbin_add_source_get_n_lines_with_reason:
 * @self: a source that was read
 * @reason: a reason; %BOBBIN_REASON_NONE for what simply is no link
 * @first: (out): index of the first of them
 *
 * Any thread.
 *
 * Returns: of how many lines or entries there is that to say
 */
guint
bobbin_add_source_get_n_lines_with_reason (const BobbinAddSource *self, BobbinReason reason, guint *first)
{
  const Result *result = g_atomic_pointer_get (&((BobbinAddSource *) self)->result);

  g_return_val_if_fail (result != NULL && reason < BOBBIN_ADD_N_REASONS, 0);

  *first = result->first_line[reason];
  return result->n_lines[reason];
}
