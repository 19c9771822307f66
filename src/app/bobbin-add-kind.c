/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-add-kind.h"

#include "bobbin-kind.h"

#include <gio/gio.h>
#include <string.h>

/* Endings are from outside: there may be as many as there are links. */
#define MAX_ENDINGS 4096

struct _BobbinAddKinds
{
  GHashTable *by_ending; /* owned; ending → kind + 1 */
};

static const struct
{
  const char *style; /* of BobbinKind */
  BobbinAddKind kind;
} by_style[] = {
  { "picture", BOBBIN_ADD_KIND_PICTURE }, { "sound", BOBBIN_ADD_KIND_SOUND },
  { "video", BOBBIN_ADD_KIND_VIDEO },     { "archive", BOBBIN_ADD_KIND_ARCHIVE },
  { "table", BOBBIN_ADD_KIND_DOCUMENT },
};

/* What the database of types calls a document by its icon, and what it does not. */
static const char *const document_icons[]
    = { "x-office-document", "x-office-presentation", "text-x-generic" };
static const char *const document_types[] = { "application/pdf",
                                              "application/epub+zip",
                                              "application/x-mobipocket-ebook",
                                              "application/postscript",
                                              "image/vnd.djvu",
                                              "text/plain",
                                              "text/markdown",
                                              "text/rtf",
                                              "application/rtf" };
static const char *const page_types[] = { "text/html", "application/xhtml+xml", "application/x-php" };

static gboolean
is_one_of (const char *text, const char *const *texts, gsize n_texts)
{
  for (gsize i = 0; i < n_texts; i++)
    {
      if (g_strcmp0 (text, texts[i]) == 0)
        return TRUE;
    }
  return FALSE;
}

static BobbinAddKind
guess (const char *ending)
{
  g_autofree char *name = g_strconcat ("x", ending, NULL);
  g_autofree char *type = g_content_type_guess (name, NULL, 0, NULL);
  g_autofree char *icon = NULL;
  const char *style = bobbin_kind_for_name (name)->style;

  if (g_content_type_is_unknown (type) || is_one_of (type, page_types, G_N_ELEMENTS (page_types)))
    return BOBBIN_ADD_KIND_OTHER;
  if (is_one_of (type, document_types, G_N_ELEMENTS (document_types)))
    return BOBBIN_ADD_KIND_DOCUMENT;
  for (guint i = 0; i < G_N_ELEMENTS (by_style); i++)
    {
      if (g_str_equal (by_style[i].style, style))
        return by_style[i].kind;
    }
  icon = g_content_type_get_generic_icon_name (type);
  return is_one_of (icon, document_icons, G_N_ELEMENTS (document_icons)) ? BOBBIN_ADD_KIND_DOCUMENT
                                                                         : BOBBIN_ADD_KIND_OTHER;
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
