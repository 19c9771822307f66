/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-link-private.h"

#include "bobbin-file-name.h"
#include "bobbin-name-template.h"
#include "bobbin-uri.h"

#include <string.h>

/* What a link has besides its URI, if it came out of something richer than
 * text: a Metalink, a list with options, a command.
 */

static void
mirror_clear (gpointer data)
{
  BobbinMirror *mirror = data;

  g_free (mirror->uri);
  g_free (mirror->location);
}

static GArray *
mirrors_new (void)
{
  GArray *mirrors = g_array_new (FALSE, FALSE, sizeof (BobbinMirror));

  g_array_set_clear_func (mirrors, mirror_clear);
  return mirrors;
}

/* What a link that may still change has, made if there was nothing yet. */
BobbinLinkExtras *
bobbin_link_ensure_extras (BobbinLink *self)
{
  if (self->extras == NULL)
    {
      self->extras = g_new0 (BobbinLinkExtras, 1);
      self->extras->size = -1;
    }

  return self->extras;
}

BobbinLinkExtras *
bobbin_link_extras_copy (const BobbinLinkExtras *self)
{
  BobbinLinkExtras *copy = g_memdup2 (self, sizeof *self);

  copy->headers = g_strdupv (self->headers);
  copy->subfolder = g_strdup (self->subfolder);
  copy->name_template = g_strdup (self->name_template);
  copy->digest = self->digest != NULL ? bobbin_digest_copy (self->digest) : NULL;
  /* Nobody changes these once they are set. */
  if (self->pieces.digests != NULL)
    g_ptr_array_ref (copy->pieces.digests);
  copy->mirrors = self->mirrors != NULL ? mirrors_new () : NULL;
  for (guint i = 0; self->mirrors != NULL && i < self->mirrors->len; i++)
    {
      BobbinMirror mirror = g_array_index (self->mirrors, BobbinMirror, i);

      mirror.uri = g_strdup (mirror.uri);
      mirror.location = g_strdup (mirror.location);
      g_array_append_val (copy->mirrors, mirror);
    }

  return copy;
}

void
bobbin_link_extras_free (BobbinLinkExtras *self)
{
  g_strfreev (self->headers);
  g_free (self->subfolder);
  g_free (self->name_template);
  g_clear_pointer (&self->mirrors, g_array_unref);
  g_clear_pointer (&self->digest, bobbin_digest_free);
  g_clear_pointer (&self->pieces.digests, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_unshared (BobbinLink *self)
{
  return g_atomic_ref_count_compare (&self->ref_count, 1);
}

/**
 * bobbin_link_get_subfolder:
 * @self: a link
 *
 * The folder that the file belongs into, below the one that is saved to. Only
 * names that bobbin_file_name_sanitize() would make, with slashes in between;
 * bobbin_link_get_folder() does not have it yet. Any thread.
 *
 * Returns: (transfer none) (nullable): a relative path
 */
const char *
bobbin_link_get_subfolder (const BobbinLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->extras != NULL ? self->extras->subfolder : NULL;
}

/**
 * bobbin_link_set_subfolder:
 * @self: a link that nobody shares yet
 * @subfolder: (nullable): a relative path of safe names, as
 *   bobbin_link_get_subfolder() gives it
 *
 * Sets the folder below the one that is saved to.
 */
void
bobbin_link_set_subfolder (BobbinLink *self, const char *subfolder)
{
  BobbinLinkExtras *extras = NULL;

  g_return_if_fail (self != NULL && is_unshared (self));
  g_return_if_fail (subfolder == NULL || subfolder[0] != '/');

  if (subfolder != NULL && subfolder[0] == '\0')
    subfolder = NULL;
  if (subfolder == NULL && self->extras == NULL)
    return;
  extras = bobbin_link_ensure_extras (self);
  g_free (extras->subfolder);
  extras->subfolder = g_strdup (subfolder);
}

/**
 * bobbin_link_set_name_template:
 * @self: a link that nobody shares yet
 * @template: (nullable): what bobbin_name_template_bind() made
 *
 * Sets the template by which the file's name is made.
 */
void
bobbin_link_set_name_template (BobbinLink *self, const char *template)
{
  g_return_if_fail (self != NULL && is_unshared (self));

  if (template == NULL && self->extras == NULL)
    return;
  g_free (bobbin_link_ensure_extras (self)->name_template);
  self->extras->name_template = g_strdup (template);
}

/**
 * bobbin_link_dup_file_name:
 * @self: a link
 * @disposition: (nullable): the answer's Content-Disposition, any bytes
 * @uri: (nullable): the URI that gave the answer; %NULL for the link's own
 * @media_type: (nullable): the answer's Content-Type
 *
 * Decides what the file is called: by bobbin_file_name_for_answer(), and by the
 * link's template if it has one. Without an answer it is a name for the time
 * until there is one. Any thread.
 *
 * Returns: (transfer full): a safe leaf name
 */
char *
bobbin_link_dup_file_name (const BobbinLink *self,
                           const char *disposition,
                           const char *uri,
                           const char *media_type)
{
  const char *template = self->extras != NULL ? self->extras->name_template : NULL;
  g_autofree char *name
      = bobbin_file_name_for_answer (self->name, disposition, uri != NULL ? uri : self->uri, media_type);

  return template != NULL ? bobbin_name_template_apply (template, name) : g_steal_pointer (&name);
}

/**
 * bobbin_link_get_size:
 * @self: a link
 *
 * Any thread.
 *
 * Returns: bytes that the file must have, -1 if that came not with the link
 */
goffset
bobbin_link_get_size (const BobbinLink *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->extras != NULL ? self->extras->size : -1;
}

/**
 * bobbin_link_set_size:
 * @self: a link that nobody shares yet
 * @size: bytes that the file must have, -1 for unknown
 *
 * Sets the size that whoever made the list vouches for.
 */
void
bobbin_link_set_size (BobbinLink *self, goffset size)
{
  g_return_if_fail (self != NULL && is_unshared (self));
  g_return_if_fail (size >= -1);

  if (size >= 0 || self->extras != NULL)
    bobbin_link_ensure_extras (self)->size = size;
}

/**
 * bobbin_link_get_digest:
 * @self: a link
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the digest that the file must have
 */
const BobbinDigest *
bobbin_link_get_digest (const BobbinLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->extras != NULL ? self->extras->digest : NULL;
}

/**
 * bobbin_link_set_digest:
 * @self: a link that nobody shares yet
 * @digest: (nullable): a digest
 *
 * Sets the digest that the file must have.
 */
void
bobbin_link_set_digest (BobbinLink *self, const BobbinDigest *digest)
{
  BobbinDigest *copy = NULL;

  g_return_if_fail (self != NULL && is_unshared (self));

  if (digest == NULL && self->extras == NULL)
    return;
  copy = digest != NULL ? bobbin_digest_copy (digest) : NULL;
  g_clear_pointer (&bobbin_link_ensure_extras (self)->digest, bobbin_digest_free);
  self->extras->digest = copy;
}

/**
 * bobbin_link_get_pieces:
 * @self: a link
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the digests of the file's pieces
 */
const BobbinPieces *
bobbin_link_get_pieces (const BobbinLink *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->extras != NULL && self->extras->pieces.digests != NULL ? &self->extras->pieces : NULL;
}

/**
 * bobbin_link_set_pieces:
 * @self: a link that nobody shares yet
 * @type: the algorithm
 * @length: bytes of each piece but the last, more than 0
 * @digests: (element-type utf8) (nullable): one for each piece, in order, lower
 *   case hexadecimal; not to be changed any more. %NULL takes them back
 *
 * Sets the digests of the file's pieces (RFC 5854 section 4.2.12).
 */
void
bobbin_link_set_pieces (BobbinLink *self, GChecksumType type, goffset length, GPtrArray *digests)
{
  BobbinPieces pieces = { .type = type, .length = length };

  g_return_if_fail (self != NULL && is_unshared (self));
  g_return_if_fail (digests == NULL || (length > 0 && digests->len > 0));

  if (digests == NULL && self->extras == NULL)
    return;
  if (digests != NULL)
    pieces.digests = g_ptr_array_ref (digests);
  g_clear_pointer (&bobbin_link_ensure_extras (self)->pieces.digests, g_ptr_array_unref);
  self->extras->pieces = pieces;
}

/**
 * bobbin_link_get_n_mirrors:
 * @self: a link
 *
 * Any thread.
 *
 * Returns: how many other places have the file
 */
guint
bobbin_link_get_n_mirrors (const BobbinLink *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->extras != NULL && self->extras->mirrors != NULL ? self->extras->mirrors->len : 0;
}

/**
 * bobbin_link_get_mirror:
 * @self: a link
 * @index: less than bobbin_link_get_n_mirrors()
 *
 * Any thread.
 *
 * Returns: (transfer none): a mirror, the best at index 0
 */
const BobbinMirror *
bobbin_link_get_mirror (const BobbinLink *self, guint index)
{
  g_return_val_if_fail (index < bobbin_link_get_n_mirrors (self), NULL);

  return &g_array_index (self->extras->mirrors, BobbinMirror, index);
}

static char *
dup_location (const char *location)
{
  if (location == NULL || !g_ascii_isalpha (location[0]) || !g_ascii_isalpha (location[1])
      || location[2] != '\0')
    return NULL;

  return g_ascii_strdown (location, 2);
}

static gboolean
has_place (const BobbinLink *self, const char *uri)
{
  if (strcmp (self->uri, uri) == 0)
    return TRUE;
  for (guint i = 0; i < bobbin_link_get_n_mirrors (self); i++)
    if (strcmp (bobbin_link_get_mirror (self, i)->uri, uri) == 0)
      return TRUE;

  return FALSE;
}

/**
 * bobbin_link_add_mirror:
 * @self: a link that nobody shares yet
 * @uri: an absolute http or https URI
 * @priority: 1 for the best to %BOBBIN_MIRROR_LAST; what lies outside is taken
 *   as the nearest of the two
 * @location: (nullable): a country's two letters; anything else is left out
 * @error: return location for an error
 *
 * Adds another place that has the same file, behind those of the same priority
 * that are there already. One that is known is left out. Made for tens of
 * mirrors, not for thousands.
 *
 * Sets the errors of bobbin_link_new().
 *
 * Returns: whether @uri is a link
 */
gboolean
bobbin_link_add_mirror (
    BobbinLink *self, const char *uri, guint priority, const char *location, GError **error)
{
  g_autofree char *text = NULL;
  BobbinLinkExtras *extras = NULL;
  BobbinMirror mirror = { .priority = CLAMP (priority, 1, BOBBIN_MIRROR_LAST) };
  guint position = 0;

  g_return_val_if_fail (self != NULL && uri != NULL && is_unshared (self), FALSE);

  text = bobbin_uri_canonicalize (uri, error);
  if (text == NULL)
    return FALSE;
  if (has_place (self, text))
    return TRUE;

  extras = bobbin_link_ensure_extras (self);
  if (extras->mirrors == NULL)
    extras->mirrors = mirrors_new ();
  for (position = extras->mirrors->len; position > 0; position--)
    if (g_array_index (extras->mirrors, BobbinMirror, position - 1).priority <= mirror.priority)
      break;
  mirror.uri = g_steal_pointer (&text);
  mirror.location = dup_location (location);
  g_array_insert_val (extras->mirrors, position, mirror);

  return TRUE;
}

/* Size, mirrors, algorithm, length and digests of the pieces, and the template of
 * the name, which older versions did not write. */
#define EXTRAS_TYPE G_VARIANT_TYPE ("(xa(sus)(sxas)s)")
#define OLD_EXTRAS_TYPE G_VARIANT_TYPE ("(xa(sus)(sxas))")

static char *
dup_without_user (const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);

  return parsed != NULL ? g_uri_to_string_partial (parsed, G_URI_HIDE_USERINFO) : NULL;
}

static void
add_mirrors (const BobbinLinkExtras *extras, GVariantBuilder *builder)
{
  for (guint i = 0; extras->mirrors != NULL && i < extras->mirrors->len; i++)
    {
      const BobbinMirror *mirror = &g_array_index (extras->mirrors, BobbinMirror, i);
      g_autofree char *uri = dup_without_user (mirror->uri);

      if (uri != NULL)
        g_variant_builder_add (builder, "(sus)", uri, mirror->priority,
                               mirror->location != NULL ? mirror->location : "");
    }
}

static void
add_digests (const BobbinPieces *pieces, GVariantBuilder *builder)
{
  for (guint i = 0; pieces->digests != NULL && i < pieces->digests->len; i++)
    g_variant_builder_add (builder, "s", g_ptr_array_index (pieces->digests, i));
}

/**
 * bobbin_link_dup_extras:
 * @self: a link
 *
 * Writes down what the store keeps of a link that came out of a rich list: its
 * size, its mirrors without user and password, its pieces, and the template of
 * its name. Any thread.
 *
 * Returns: (transfer full) (nullable): text; %NULL if there is none of these
 */
char *
bobbin_link_dup_extras (const BobbinLink *self)
{
  const BobbinLinkExtras *extras = self->extras;
  GVariantBuilder mirrors;
  GVariantBuilder digests;
  BobbinDigest piece = { 0 };
  g_autoptr (GVariant) variant = NULL;

  if (extras == NULL
      || (extras->size < 0 && extras->mirrors == NULL && extras->pieces.digests == NULL
          && extras->name_template == NULL))
    return NULL;
  g_variant_builder_init (&mirrors, G_VARIANT_TYPE ("a(sus)"));
  g_variant_builder_init (&digests, G_VARIANT_TYPE ("as"));
  add_mirrors (extras, &mirrors);
  add_digests (&extras->pieces, &digests);
  piece.type = extras->pieces.type;
  variant = g_variant_ref_sink (g_variant_new ("(xa(sus)(sxas)s)", extras->size, &mirrors,
                                               bobbin_digest_get_algorithm (&piece), extras->pieces.length,
                                               &digests,
                                               extras->name_template != NULL ? extras->name_template : ""));
  return g_variant_print (variant, FALSE);
}

static gboolean
find_type (const char *algorithm, GChecksumType *type)
{
  static const GChecksumType types[]
      = { G_CHECKSUM_MD5, G_CHECKSUM_SHA1, G_CHECKSUM_SHA256, G_CHECKSUM_SHA384, G_CHECKSUM_SHA512 };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      BobbinDigest digest = { .type = types[i] };

      *type = types[i];
      if (g_str_equal (bobbin_digest_get_algorithm (&digest), algorithm))
        return TRUE;
    }
  return FALSE;
}

static void
take_pieces (BobbinLink *self, const char *algorithm, goffset length, GVariantIter *digests)
{
  g_autoptr (GPtrArray) array = g_ptr_array_new_with_free_func (g_free);
  GChecksumType type;
  char *digest;

  while (g_variant_iter_next (digests, "s", &digest))
    g_ptr_array_add (array, digest);
  if (array->len > 0 && length > 0 && find_type (algorithm, &type))
    bobbin_link_set_pieces (self, type, length, array);
}

/* Returns: (nullable): of the type that is written now */
static GVariant *
parse_extras (const char *text)
{
  GVariant *variant = g_variant_parse (EXTRAS_TYPE, text, NULL, NULL, NULL);
  g_autoptr (GVariant) old = NULL;
  g_autoptr (GVariant) size = NULL;
  g_autoptr (GVariant) mirrors = NULL;
  g_autoptr (GVariant) pieces = NULL;

  if (variant != NULL)
    return variant;
  old = g_variant_parse (OLD_EXTRAS_TYPE, text, NULL, NULL, NULL);
  if (old == NULL)
    return NULL;
  g_variant_get (old, "(@x@a(sus)@(sxas))", &size, &mirrors, &pieces);
  return g_variant_ref_sink (g_variant_new ("(@x@a(sus)@(sxas)s)", size, mirrors, pieces, ""));
}

/**
 * bobbin_link_take_extras:
 * @self: a link that nobody shares yet
 * @text: (nullable): what bobbin_link_dup_extras() told
 *
 * Gives a link back what the store kept of it; text that is none is passed over.
 */
void
bobbin_link_take_extras (BobbinLink *self, const char *text)
{
  g_autoptr (GVariant) variant = text != NULL ? parse_extras (text) : NULL;
  g_autoptr (GVariantIter) mirrors = NULL;
  g_autoptr (GVariantIter) digests = NULL;
  const char *algorithm;
  const char *uri;
  const char *location;
  const char *template;
  guint32 priority;
  gint64 size;
  gint64 length;

  if (variant == NULL)
    return;
  g_variant_get (variant, "(xa(sus)(&sxas)&s)", &size, &mirrors, &algorithm, &length, &digests, &template);
  if (size >= 0)
    bobbin_link_set_size (self, size);
  while (g_variant_iter_next (mirrors, "(&su&s)", &uri, &priority, &location))
    bobbin_link_add_mirror (self, uri, CLAMP (priority, 1, BOBBIN_MIRROR_LAST),
                            *location != '\0' ? location : NULL, NULL);
  take_pieces (self, algorithm, length, digests);
  if (*template != '\0')
    bobbin_link_set_name_template (self, template);
}
