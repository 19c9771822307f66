/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-links-private.h"

#include "bobbin-file-name.h"

#include <libxml/HTMLparser.h>
#include <string.h>

/* Pages, parts of pages and saved bookmarks, read from front to end by
 * libxml2's HTML parser; no tree is kept and nothing is loaded.
 *
 * The parser keeps a stack of open elements and looks through it at each end
 * tag, so that a page of a million open tags would take it hours. What is open
 * says nothing about links, so when the stack has grown beyond what pages have,
 * the parser is replaced by a new one that goes on at the same place.
 *
 * It asks for bytes rather than being pushed: pushed, libxml2 2.9 loses its place
 * when a piece ends within quotation marks.
 */

/* Browsers stop nesting here. */
#define MAX_DEPTH 512

/* A byte order mark, which names the encoding, and an element around all that is
 * read: the parser stops when the first element is closed, and a part of a page
 * has many.
 */
#define ROOT "\xef\xbb\xbf<bobbin-root>"

/* Blanks and quotation marks in one tag. */
#define MAX_SEPARATORS 4096

/* How much of a page without links is looked through for links in its words. */
#define MAX_TEXT (1024 * 1024)

typedef struct
{
  const char *element;
  const char *attribute;
  BobbinLinkKind kind;
} Source;

static const Source sources[] = {
  { "a", "href", BOBBIN_LINK_KIND_UNKNOWN },        { "area", "href", BOBBIN_LINK_KIND_UNKNOWN },
  { "img", "src", BOBBIN_LINK_KIND_PICTURE },       { "img", "srcset", BOBBIN_LINK_KIND_PICTURE },
  { "picture", "src", BOBBIN_LINK_KIND_PICTURE },   { "source", "src", BOBBIN_LINK_KIND_UNKNOWN },
  { "source", "srcset", BOBBIN_LINK_KIND_PICTURE }, { "video", "src", BOBBIN_LINK_KIND_VIDEO },
  { "video", "poster", BOBBIN_LINK_KIND_PICTURE },  { "audio", "src", BOBBIN_LINK_KIND_SOUND },
};

typedef struct
{
  BobbinLinks *links;
  const char *text;
  gsize length;

  gboolean has_base;
  BobbinLinkKind inside; /* what a source is, by the element around it */
  GString *words;        /* what a person reads, as long as there is no link */

  /* the parser that is at work */
  htmlParserCtxtPtr parser;
  const char *head;   /* what it is given before the text */
  gsize start;        /* in the text, where it began */
  gsize given;        /* how much of the text it has */
  gsize event;        /* how much it had when it last told of something */
  gboolean is_over;   /* another goes on at start */
  guint depth;        /* open elements */
  guint n_separators; /* given since the last event */
} Page;

/* Nothing more of what this parser says counts; the next begins at @position. */
static void
start_anew (Page *self, gsize position)
{
  self->is_over = TRUE;
  self->start = position;
}

/* Notes that the parser tells of something.
 *
 * Returns: whether it counts
 */
static gboolean
begin_event (Page *self)
{
  self->event = self->given;
  self->n_separators = 0;

  return !self->is_over;
}

static const char *
find_attribute (const xmlChar **attributes, const char *name)
{
  for (guint i = 0; attributes != NULL && attributes[i] != NULL; i += 2)
    if (g_ascii_strcasecmp ((const char *) attributes[i], name) == 0)
      return (const char *) attributes[i + 1];

  return NULL;
}

/* A page may say what a link's file is to be called. */
static void
complete (BobbinLink *link, const BobbinPattern *pattern, guint64 index, gpointer user_data)
{
  const char *download = user_data;
  g_autofree char *name = NULL;

  if (download == NULL || download[0] == '\0' || strlen (download) > 4 * BOBBIN_FILE_NAME_MAX)
    return;
  name = bobbin_file_name_sanitize (download);
  bobbin_link_set_name (link, name);
}

static void
take (Page *self, const char *reference, BobbinLinkKind kind, const char *download)
{
  if (!bobbin_links_is_reference (reference))
    return;

  bobbin_links_begin_line (self->links);
  bobbin_links_set_kind (self->links, kind);
  bobbin_links_take_reference (self->links, reference, complete, (gpointer) download);
  bobbin_links_end_line (self->links, BOBBIN_VERDICT_NOT_A_LINK);
}

/* "a.jpg 1x, b.jpg 2x": a comma ends a link only at its end or after what
 * describes it (HTML Standard, "parsing a srcset attribute").
 */
static void
take_set (Page *self, const char *set)
{
  const char *p = set;

  while (*p != '\0')
    {
      g_autofree char *reference = NULL;
      gsize length = 0;

      p += strspn (p, " \t\n\r\f,");
      length = strcspn (p, " \t\n\r\f");
      if (length == 0)
        return;
      reference = g_strndup (p, length);
      p += length;
      if (reference[length - 1] != ',')
        p += strcspn (p, ",");
      while (length > 0 && reference[length - 1] == ',')
        reference[--length] = '\0';
      take (self, reference, BOBBIN_LINK_KIND_PICTURE, NULL);
    }
}

static void
set_base (Page *self, const char *href)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *text = NULL;

  if (href == NULL || self->has_base)
    return;
  self->has_base = TRUE;
  if (self->links->base != NULL)
    uri = g_uri_parse_relative (self->links->base, href, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED,
                                NULL);
  text = uri != NULL ? g_uri_to_string (uri) : NULL;
  bobbin_links_set_base (self->links, text != NULL ? text : href);
}

static void
take_sources (Page *self, const char *element, const xmlChar **attributes)
{
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      const char *value = NULL;
      BobbinLinkKind kind = sources[i].kind;

      if (g_ascii_strcasecmp (sources[i].element, element) != 0)
        continue;
      value = find_attribute (attributes, sources[i].attribute);
      if (value == NULL)
        continue;
      if (kind == BOBBIN_LINK_KIND_UNKNOWN && strcmp (sources[i].element, "source") == 0)
        kind = self->inside;
      if (strcmp (sources[i].attribute, "srcset") == 0)
        take_set (self, value);
      else
        take (self, value, kind, find_attribute (attributes, "download"));
    }
}

/* Leaves the rest to a new parser, which knows of no open elements. */
static void
leave (Page *self)
{
  glong consumed = xmlByteConsumed (self->parser) - (glong) strlen (ROOT);

  if (consumed > 0)
    start_anew (self, MIN (self->start + (gsize) consumed, self->length));
}

static void
on_start (void *data, const xmlChar *name, const xmlChar **attributes)
{
  Page *self = data;
  const char *element = (const char *) name;

  if (!begin_event (self))
    return;
  self->depth++;
  if (g_ascii_strcasecmp (element, "video") == 0)
    self->inside = BOBBIN_LINK_KIND_VIDEO;
  else if (g_ascii_strcasecmp (element, "audio") == 0)
    self->inside = BOBBIN_LINK_KIND_SOUND;
  else if (g_ascii_strcasecmp (element, "picture") == 0)
    self->inside = BOBBIN_LINK_KIND_PICTURE;
  else if (g_ascii_strcasecmp (element, "base") == 0)
    set_base (self, find_attribute (attributes, "href"));

  if (attributes != NULL)
    take_sources (self, element, attributes);
  if (self->depth > MAX_DEPTH)
    leave (self);
}

static void
on_end (void *data, const xmlChar *name)
{
  Page *self = data;
  const char *element = (const char *) name;

  if (!begin_event (self))
    return;
  if (self->depth > 0)
    self->depth--;
  if (g_ascii_strcasecmp (element, "video") == 0 || g_ascii_strcasecmp (element, "audio") == 0
      || g_ascii_strcasecmp (element, "picture") == 0)
    self->inside = BOBBIN_LINK_KIND_UNKNOWN;
}

/* "saved from url=(0022)https://example.org/", as browsers write into the pages
 * they save.
 */
static void
on_comment (void *data, const xmlChar *text)
{
  Page *self = data;
  const char *mark = strstr ((const char *) text, "saved from url=(");
  const char *start = mark != NULL ? strchr (mark, ')') : NULL;
  g_autofree char *uri = NULL;

  if (!begin_event (self) || start == NULL || self->has_base || self->links->base != NULL)
    return;
  uri = g_strndup (start + 1, strcspn (start + 1, " \t\r\n"));
  bobbin_links_set_base (self->links, uri);
}

static void
on_text (void *data, const xmlChar *text, int length)
{
  Page *self = data;

  if (begin_event (self) && self->links->lines->len == 0 && self->words->len + (gsize) length <= MAX_TEXT)
    g_string_append_len (self->words, (const char *) text, length);
}

/* What scripts and styles are made of. */
static void
ignore_text (void *data, const xmlChar *text, int length)
{
  begin_event (data);
}

/* A comment may be as long as it likes. */
static gboolean
is_in_comment (const Page *self)
{
  const char *start = self->text + self->event;
  const char *tag = memchr (start, '<', self->given - self->event);

  return tag != NULL && self->given - (gsize) (tag - self->text) > 4 && memcmp (tag, "<!--", 4) == 0;
}

/* Counts what stands between attributes since the parser last told of something.
 * It compares each attribute with all the others of its tag, so a tag with too
 * many of them is passed over; a picture drawn in text may be one, a link is not.
 */
static gboolean
is_too_much (Page *self, const char *chunk, gsize length)
{
  for (gsize i = 0; i < length; i++)
    self->n_separators += chunk[i] == '"' || chunk[i] == '\'' || g_ascii_isspace (chunk[i]) ? 1 : 0;

  return self->n_separators > MAX_SEPARATORS && !is_in_comment (self);
}

/* Gives the parser the next bytes. A NUL would end the text for it. */
static int
on_read (void *data, char *buffer, int size)
{
  Page *self = data;
  gsize length = MIN (self->length - self->given, (gsize) size);

  if (self->head[0] != '\0')
    {
      length = MIN (strlen (self->head), (gsize) size);
      memcpy (buffer, self->head, length);
      self->head += length;
      return (int) length;
    }
  if (self->is_over || length == 0 || !bobbin_links_go_on (self->links, self->given))
    return 0;
  if (is_too_much (self, self->text + self->given, length))
    {
      start_anew (self, self->given);
      return 0;
    }

  memcpy (buffer, self->text + self->given, length);
  for (char *p = memchr (buffer, '\0', length); p != NULL;
       p = memchr (p, '\0', length - (gsize) (p - buffer)))
    *p = ' ';
  self->given += length;
  return (int) length;
}

/* Runs one parser, from self->start to the end or to where another must go on. */
static gboolean
run_parser (Page *self)
{
  static const htmlSAXHandler sax = {
    .initialized = XML_SAX2_MAGIC,
    .startElement = on_start,
    .endElement = on_end,
    .characters = on_text,
    .cdataBlock = ignore_text,
    .comment = on_comment,
    .serror = bobbin_xml_ignore_error,
  };
  xmlDocPtr document = NULL;

  self->parser = htmlNewParserCtxt ();
  if (self->parser == NULL)
    return FALSE;
  *self->parser->sax = sax;
  self->parser->userData = self;
  document = htmlCtxtReadIO (self->parser, on_read, NULL, self, NULL, NULL,
                             HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING
                                 | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NOIMPLIED);
  g_clear_pointer (&document, xmlFreeDoc);
  htmlFreeParserCtxt (self->parser);

  return TRUE;
}

static void
read_page (Page *self)
{
  do
    {
      self->is_over = FALSE;
      self->head = ROOT;
      self->given = self->event = self->start;
      self->depth = 0;
      self->n_separators = 0;
    }
  while (run_parser (self) && self->is_over);
}

/* A copied piece of a page may have a link as nothing but words. */
static void
read_words (Page *page)
{
  BobbinLinks *links = page->links;
  guint n = 0;

  bobbin_links_read_text (links, page->words->str, page->words->len);
  for (guint i = 0; i < links->lines->len; i++)
    if (g_array_index (links->lines, BobbinLine, i).n_links > 0)
      g_array_index (links->lines, BobbinLine, n++) = g_array_index (links->lines, BobbinLine, i);
  g_array_set_size (links->lines, n);
  g_array_set_size (links->notes, 0);
  if (n == 0)
    bobbin_links_add_line (links, BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_NO_LINK, NULL);
}

/* Reads a page; each link is an entry. */
void
bobbin_links_read_html (BobbinLinks *self, const char *text, gsize length)
{
  g_autoptr (GString) words = g_string_new (NULL);
  Page page = { .links = self, .text = text, .length = length, .words = words };

  bobbin_xml_ensure ();
  read_page (&page);
  if (self->lines->len == 0 && !g_cancellable_is_cancelled (self->options.cancellable))
    read_words (&page);
}
