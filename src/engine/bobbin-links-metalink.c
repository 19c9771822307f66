/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-error.h"
#include "bobbin-links-private.h"

#include <string.h>

/* Metalink 4 (RFC 5854) and Metalink 3, which differ in little: where the
 * checksums stand, and that "preference" counts the other way round than
 * "priority".
 */

/* More than these nobody tries; the best are kept. */
#define MAX_MIRRORS 100

/* More files than this in one Metalink are an attack. */
#define MAX_FILES 100000

typedef struct
{
  char *uri;
  char *location;
  guint priority;
} Place;

typedef struct
{
  char *type;
  char *text;
} Checksum;

/* The pieces of a file in one algorithm. */
typedef struct
{
  GChecksumType type;
  guint64 length;
  GPtrArray *digests;
  gboolean is_good;
} Pieces;

typedef struct
{
  BobbinLinks *links;
  char *root; /* (nullable): namespace of the root element */
  guint n_files;
  gboolean in_pieces;
  char *type; /* (nullable): of the hash that is being read */

  /* the file that is being read, if any */
  gboolean in_file;
  char *name;
  goffset size;
  GArray *places;    /* Place */
  GArray *checksums; /* Checksum */
  Pieces pieces;     /* those that are being read */
  Pieces best;       /* the strongest so far */
  gboolean has_bad_pieces;
  guint n_torrents;
} Metalink;

static void
place_clear (gpointer data)
{
  Place *place = data;

  g_free (place->uri);
  g_free (place->location);
}

static void
checksum_clear (gpointer data)
{
  Checksum *checksum = data;

  g_free (checksum->type);
  g_free (checksum->text);
}

static void
pieces_clear (Pieces *pieces)
{
  g_clear_pointer (&pieces->digests, g_ptr_array_unref);
  *pieces = (Pieces){ 0 };
}

static void
clear_file (Metalink *self)
{
  g_clear_pointer (&self->name, g_free);
  g_array_set_size (self->places, 0);
  g_array_set_size (self->checksums, 0);
  pieces_clear (&self->pieces);
  pieces_clear (&self->best);
  self->size = -1;
  self->n_torrents = 0;
  self->has_bad_pieces = FALSE;
  self->in_pieces = FALSE;
  self->in_file = FALSE;
}

static guint64
parse_number (const char *text, guint64 max, guint64 otherwise)
{
  g_autofree char *number = text != NULL ? g_strstrip (g_strdup (text)) : NULL;
  guint64 value = 0;

  if (number == NULL || !g_ascii_string_to_unsigned (number, 10, 0, max, &value, NULL))
    return otherwise;
  return value;
}

/* A preference of 100 is the best, of 0 the last. */
static guint
parse_priority (const BobbinXmlElement *element)
{
  g_autofree char *priority = bobbin_xml_element_dup (element, "priority");
  g_autofree char *preference = bobbin_xml_element_dup (element, "preference");

  if (priority != NULL)
    return (guint) parse_number (priority, BOBBIN_MIRROR_LAST, BOBBIN_MIRROR_LAST);
  if (preference != NULL)
    return 101 - (guint) parse_number (preference, 100, 0);

  return BOBBIN_MIRROR_LAST;
}

static gboolean
is_torrent (const BobbinXmlElement *element)
{
  g_autofree char *type = bobbin_xml_element_dup (element, "type");
  g_autofree char *media_type = bobbin_xml_element_dup (element, "mediatype");

  return g_strcmp0 (type, "bittorrent") == 0 || g_strcmp0 (media_type, "torrent") == 0;
}

static void
begin_pieces (Metalink *self, const BobbinXmlElement *element)
{
  g_autofree char *type = bobbin_xml_element_dup (element, "type");
  g_autofree char *length = bobbin_xml_element_dup (element, "length");

  pieces_clear (&self->pieces);
  self->pieces.length = parse_number (length, G_MAXINT64, 0);
  self->pieces.is_good
      = type != NULL && self->pieces.length > 0 && bobbin_links_parse_algorithm (type, &self->pieces.type);
  self->pieces.digests = g_ptr_array_new_with_free_func (g_free);
  self->in_pieces = TRUE;
}

static void
begin_place (Metalink *self, const BobbinXmlElement *element)
{
  Place place = { .priority = parse_priority (element) };

  if (is_torrent (element))
    {
      self->n_torrents++;
      return;
    }
  place.location = bobbin_xml_element_dup (element, "location");
  g_array_append_val (self->places, place);
}

static void
on_start (const BobbinXmlElement *element, gpointer user_data)
{
  Metalink *self = user_data;

  if (self->root == NULL)
    self->root = g_strdup (element->ns);
  if (strcmp (element->ns, self->root) != 0)
    return;

  if (strcmp (element->name, "file") == 0 && !self->in_file)
    {
      self->in_file = TRUE;
      self->name = bobbin_xml_element_dup (element, "name");
    }
  else if (!self->in_file)
    return;
  else if (strcmp (element->name, "pieces") == 0)
    begin_pieces (self, element);
  else if (strcmp (element->name, "hash") == 0)
    {
      g_free (self->type);
      self->type = bobbin_xml_element_dup (element, self->in_pieces ? "piece" : "type");
    }
  else if (strcmp (element->name, "url") == 0)
    begin_place (self, element);
  else if (strcmp (element->name, "metaurl") == 0)
    self->n_torrents += is_torrent (element) ? 1 : 0;
}

/* In Metalink 3 the pieces have numbers, and they must be in order. */
static void
end_piece (Metalink *self, const char *text)
{
  Pieces *pieces = &self->pieces;
  guint64 number
      = parse_number (self->type, G_MAXUINT, self->type != NULL ? G_MAXUINT64 : pieces->digests->len);
  char *hex
      = pieces->is_good && number == pieces->digests->len ? bobbin_links_dup_hex (pieces->type, text) : NULL;

  pieces->is_good = hex != NULL;
  if (hex != NULL)
    g_ptr_array_add (pieces->digests, hex);
}

static void
end_pieces (Metalink *self)
{
  self->in_pieces = FALSE;
  if (!self->pieces.is_good || self->pieces.digests->len == 0)
    self->has_bad_pieces = TRUE;
  else if (self->best.digests == NULL
           || bobbin_links_get_strength (self->pieces.type) > bobbin_links_get_strength (self->best.type))
    {
      pieces_clear (&self->best);
      self->best = self->pieces;
      self->pieces = (Pieces){ 0 };
    }
  pieces_clear (&self->pieces);
}

static void
end_hash (Metalink *self, const char *text)
{
  if (self->in_pieces)
    end_piece (self, text);
  else if (self->type != NULL && self->checksums->len < MAX_MIRRORS)
    {
      Checksum checksum = { .type = g_steal_pointer (&self->type), .text = g_strdup (text) };

      g_array_append_val (self->checksums, checksum);
    }
  g_clear_pointer (&self->type, g_free);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *first = a, *second = b;

  return first->priority < second->priority ? -1 : first->priority > second->priority;
}

/* Pieces that don't fit the size belong to another file. */
static void
set_pieces (Metalink *self, BobbinLink *link)
{
  const Pieces *best = &self->best;
  guint64 n_needed = 0;

  if (best->digests == NULL)
    {
      if (self->has_bad_pieces)
        bobbin_links_add_reason (self->links, BOBBIN_REASON_CHECKSUM, "pieces");
      return;
    }
  if (self->size >= 0)
    n_needed = (guint64) self->size / best->length + ((guint64) self->size % best->length > 0 ? 1 : 0);
  if (self->size >= 0 && n_needed != best->digests->len)
    bobbin_links_add_reason (self->links, BOBBIN_REASON_CHECKSUM, "pieces");
  else
    bobbin_link_set_pieces (link, best->type, (goffset) best->length, best->digests);
}

static void
set_checksums (Metalink *self, BobbinLink *link)
{
  for (guint i = 0; i < self->checksums->len; i++)
    {
      const Checksum *checksum = &g_array_index (self->checksums, Checksum, i);

      bobbin_links_set_checksum (link, checksum->type, checksum->text);
    }
  if (self->checksums->len > 0 && bobbin_link_get_digest (link) == NULL)
    bobbin_links_add_reason (self->links, BOBBIN_REASON_CHECKSUM,
                             g_array_index (self->checksums, Checksum, 0).type);
}

/* The best place that can be used is the link, the others are its mirrors. */
static BobbinLink *
make_link (Metalink *self, GError **error)
{
  g_autoptr (BobbinLink) link = NULL;

  g_array_sort (self->places, compare_places);
  for (guint i = 0; i < self->places->len; i++)
    {
      const Place *place = &g_array_index (self->places, Place, i);

      if (place->uri == NULL)
        continue;
      if (link == NULL)
        {
          g_clear_error (error);
          link = bobbin_link_new (place->uri, error);
        }
      else if (bobbin_link_get_n_mirrors (link) < MAX_MIRRORS)
        bobbin_link_add_mirror (link, place->uri, place->priority, place->location, NULL);
    }

  return g_steal_pointer (&link);
}

/* Why a file has no link that can be used. */
static void
complain (Metalink *self, const GError *error)
{
  gboolean is_other = g_error_matches (error, BOBBIN_ERROR, BOBBIN_ERROR_UNSUPPORTED_SCHEME);
  BobbinReason reason = is_other ? BOBBIN_REASON_SCHEME : BOBBIN_REASON_NO_LINK;

  if (self->n_torrents > 0)
    reason = BOBBIN_REASON_TORRENT;
  bobbin_links_add_reason (self->links, reason, self->name != NULL ? self->name : "");
  bobbin_links_end_line (self->links, is_other ? BOBBIN_VERDICT_UNSUPPORTED_SCHEME : BOBBIN_VERDICT_REFUSED);
}

static void
end_file (Metalink *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BobbinLink) link = make_link (self, &error);

  bobbin_links_begin_line (self->links);
  if (link == NULL)
    {
      complain (self, error);
      return;
    }
  if (self->name != NULL && self->name[0] != '\0' && !bobbin_links_set_path (link, self->name))
    {
      bobbin_links_add_reason (self->links, BOBBIN_REASON_LEAVES_FOLDER, self->name);
      bobbin_links_end_line (self->links, BOBBIN_VERDICT_REFUSED);
      return;
    }

  bobbin_link_set_size (link, self->size);
  set_checksums (self, link);
  set_pieces (self, link);
  bobbin_links_take (self->links, g_steal_pointer (&link));
  bobbin_links_end_line (self->links, BOBBIN_VERDICT_NOT_A_LINK);
}

static void
on_end (const char *name, const char *ns, const char *text, gpointer user_data)
{
  Metalink *self = user_data;

  if (!self->in_file || strcmp (ns, self->root) != 0)
    return;

  if (strcmp (name, "file") == 0)
    {
      end_file (self);
      clear_file (self);
      self->n_files++;
    }
  else if (strcmp (name, "pieces") == 0 && self->in_pieces)
    end_pieces (self);
  else if (strcmp (name, "hash") == 0)
    end_hash (self, text);
  else if (strcmp (name, "size") == 0)
    self->size = (goffset) parse_number (text, G_MAXINT64, (guint64) -1);
  else if (strcmp (name, "url") == 0 && self->places->len > 0)
    {
      Place *place = &g_array_index (self->places, Place, self->places->len - 1);

      if (place->uri == NULL)
        place->uri = g_strstrip (g_strdup (text));
    }
}

static gboolean
on_go_on (gsize done, gpointer user_data)
{
  Metalink *self = user_data;

  if (self->n_files >= MAX_FILES)
    self->links->is_cut = TRUE;

  return bobbin_links_go_on (self->links, done);
}

/* Reads a Metalink; each file is an entry. */
void
bobbin_links_read_metalink (BobbinLinks *self, const char *text, gsize length)
{
  static const BobbinXmlHandler handler = { on_start, on_end, on_go_on };
  Metalink metalink = { .links = self, .size = -1 };
  BobbinXmlResult result = BOBBIN_XML_WHOLE;

  metalink.places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_clear_func (metalink.places, place_clear);
  metalink.checksums = g_array_new (FALSE, FALSE, sizeof (Checksum));
  g_array_set_clear_func (metalink.checksums, checksum_clear);

  result = bobbin_xml_read (text, length, &handler, &metalink);
  bobbin_links_add_xml_result (self, result);

  clear_file (&metalink);
  g_array_unref (metalink.places);
  g_array_unref (metalink.checksums);
  g_free (metalink.root);
  g_free (metalink.type);
}
