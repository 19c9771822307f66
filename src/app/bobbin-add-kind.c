/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-kind.h"

#include "bobbin-file-kind.h"

#include <string.h>

/* Endings are from outside: there may be as many as there are links. */
#define MAX_ENDINGS 4096

struct _BobbinAddKinds
{
  GHashTable *by_ending; /* owned; ending → kind + 1 */
};

G_STATIC_ASSERT (BOBBIN_ADD_KIND_PICTURE == (int) BOBBIN_FILE_KIND_PICTURE
                 && BOBBIN_ADD_KIND_SOUND == (int) BOBBIN_FILE_KIND_SOUND
                 && BOBBIN_ADD_KIND_VIDEO == (int) BOBBIN_FILE_KIND_VIDEO
                 && BOBBIN_ADD_KIND_ARCHIVE == (int) BOBBIN_FILE_KIND_ARCHIVE
                 && BOBBIN_ADD_KIND_DOCUMENT == (int) BOBBIN_FILE_KIND_DOCUMENT
                 && BOBBIN_ADD_KIND_OTHER == (int) BOBBIN_FILE_KIND_OTHER);

static BobbinAddKind
guess (const char *ending)
{
  g_autofree char *name = g_strconcat ("x", ending, NULL);

  return (BobbinAddKind) bobbin_file_kind_for_name (name);
}

/**
 * bobbin_add_kinds_new:
 *
 * Returns: (transfer full): something that tells kinds
 */
BobbinAddKinds *
bobbin_add_kinds_new (void)
{
  BobbinAddKinds *self = g_new0 (BobbinAddKinds, 1);

  self->by_ending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * bobbin_add_kinds_free:
 * @self: (transfer full): something that tells kinds
 */
void
bobbin_add_kinds_free (BobbinAddKinds *self)
{
  g_hash_table_unref (self->by_ending);
  g_free (self);
}

/**
 * bobbin_add_kinds_tell:
 * @self: something that tells kinds
 * @name: the leaf name of a file
 * @said: what the page or feed says that it is
 *
 * Tells a kind from the name, or, if that has nothing to say, from what is said
 * of the link: a picture on a page may have a name without an ending.
 *
 * Returns: the kind
 */
BobbinAddKind
bobbin_add_kinds_tell (BobbinAddKinds *self, const char *name, BobbinLinkKind said)
{
  static const BobbinAddKind kinds_said[] = { [BOBBIN_LINK_KIND_UNKNOWN] = BOBBIN_ADD_KIND_OTHER,
                                              [BOBBIN_LINK_KIND_PICTURE] = BOBBIN_ADD_KIND_PICTURE,
                                              [BOBBIN_LINK_KIND_SOUND] = BOBBIN_ADD_KIND_SOUND,
                                              [BOBBIN_LINK_KIND_VIDEO] = BOBBIN_ADD_KIND_VIDEO };
  const char *dot = strrchr (name, '.');
  const char *ending = dot != NULL ? dot : "";
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_ending, ending));
  BobbinAddKind kind;

  if (known != 0)
    kind = (BobbinAddKind) (known - 1);
  else
    {
      kind = guess (ending);
      if (g_hash_table_size (self->by_ending) < MAX_ENDINGS)
        g_hash_table_insert (self->by_ending, g_strdup (ending), GUINT_TO_POINTER ((guint) kind + 1));
    }
  return kind == BOBBIN_ADD_KIND_OTHER ? kinds_said[said] : kind;
}
