/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-xml.h"

#include <libxml/parser.h>
#include <string.h>

/* XML from anybody, read from front to end by libxml2 and never kept as a tree.
 *
 * Nobody is asked what an entity stands for and no subset of a document type is
 * loaded, so no entity but the five that every XML has ever stands for anything:
 * what a bomb is made of expands to nothing, and no file or address is opened.
 * libxml2's own limits stay on.
 */

/* Bytes that are read between two looks at whether to go on. */
#define CHUNK 16384

/* Blanks and quotation marks in one tag. */
#define MAX_SEPARATORS 4096

/* Deeper than any feed with pages in it. */
#define MAX_DEPTH 200

/* Text longer than this is no link, no name and no checksum. */
#define MAX_TEXT (128 * 1024)

typedef struct
{
  const BobbinXmlHandler *handler;
  gpointer user_data;
  xmlParserCtxtPtr parser;
  GString *text;
  guint depth;
  BobbinXmlResult result;
} Reader;

typedef struct
{
  int n;
  const xmlChar **attributes; /* name, prefix, namespace, start of the value, its end */
} Tag;

static const char *
get_text (const xmlChar *text)
{
  return text != NULL ? (const char *) text : "";
}

static void
on_start (void *data,
          const xmlChar *name,
          const xmlChar *prefix,
          const xmlChar *ns,
          int n_namespaces,
          const xmlChar **namespaces,
          int n_attributes,
          int n_defaulted,
          const xmlChar **attributes)
{
  Reader *self = data;
  Tag tag = { n_attributes, attributes };
  BobbinXmlElement element = { get_text (name), get_text (ns), &tag };

  g_string_truncate (self->text, 0);
  if (++self->depth > MAX_DEPTH)
    {
      self->result = BOBBIN_XML_TOO_DEEP;
      xmlStopParser (self->parser);
      return;
    }
  self->handler->start (&element, self->user_data);
}

static void
on_end (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns)
{
  Reader *self = data;

  self->depth--;
  self->handler->end (get_text (name), get_text (ns), self->text->str, self->user_data);
  g_string_truncate (self->text, 0);
}

static void
on_text (void *data, const xmlChar *text, int length)
{
  Reader *self = data;

  if (self->text->len + (gsize) length <= MAX_TEXT)
    g_string_append_len (self->text, (const char *) text, length);
}

static void
on_error (void *data, BobbinXmlError error)
{
  Reader *self = data;

  if (error->level == XML_ERR_FATAL && self->result == BOBBIN_XML_WHOLE)
    self->result = BOBBIN_XML_BROKEN;
}

static xmlParserCtxtPtr
parser_new (Reader *self)
{
  xmlSAXHandler sax = {
    .initialized = XML_SAX2_MAGIC,
    .startElementNs = on_start,
    .endElementNs = on_end,
    .characters = on_text,
    .cdataBlock = on_text,
    .serror = on_error,
  };
  xmlParserCtxtPtr parser = xmlCreatePushParserCtxt (&sax, self, NULL, 0, NULL);

  if (parser != NULL)
    xmlCtxtUseOptions (parser,
                       XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC);
  return parser;
}

/* Makes libxml2 ready; on any thread, before it is used. */
void
bobbin_xml_ensure (void)
{
  static gsize initialized = 0;

  if (g_once_init_enter (&initialized))
    {
      xmlInitParser ();
      g_once_init_leave (&initialized, 1);
    }
}

/* Whether a tag, of which all that is there begins at @tag, has so many
 * attributes that libxml2, which compares each with all before it, would take
 * its time.
 */
gboolean
bobbin_xml_has_too_many_attributes (const char *tag, gsize length)
{
  guint n = 0;

  if (length == 0 || tag[0] != '<')
    return FALSE;
  for (gsize i = 0; i < MIN (length, 16 * MAX_SEPARATORS); i++)
    n += tag[i] == '"' || tag[i] == '\'' || g_ascii_isspace (tag[i]) ? 1 : 0;

  return n > MAX_SEPARATORS;
}

/* For parsers that forgive: else libxml2 would print what it finds. */
void
bobbin_xml_ignore_error (void *data, BobbinXmlError error)
{
}

/* A tag is parsed when all of it is there, so that this comes in time. */
static void
check_attributes (Reader *self, const char *text, gsize done)
{
  glong position = self->result == BOBBIN_XML_WHOLE ? xmlByteConsumed (self->parser) : -1;

  if (position >= 0 && (gsize) position + CHUNK < done
      && bobbin_xml_has_too_many_attributes (text + position, done - (gsize) position))
    self->result = BOBBIN_XML_BROKEN;
}

/**
 * bobbin_xml_read:
 * @text: (array length=length): UTF-8, whatever the text says of itself
 * @length: its length in bytes
 * @handler: who listens
 * @user_data: for @handler
 *
 * Reads XML from anybody. Nothing is expanded, loaded or asked of the network.
 * Stops at the first fault; what came before it was told. Any thread.
 *
 * Returns: how it ended
 */
BobbinXmlResult
bobbin_xml_read (const char *text, gsize length, const BobbinXmlHandler *handler, gpointer user_data)
{
  Reader self = { .handler = handler, .user_data = user_data, .result = BOBBIN_XML_WHOLE };
  gsize done = 0;

  bobbin_xml_ensure ();
  self.parser = parser_new (&self);
  if (self.parser == NULL)
    return BOBBIN_XML_BROKEN;

  self.text = g_string_new (NULL);
  while (done < length && self.result == BOBBIN_XML_WHOLE)
    {
      gsize chunk = MIN (CHUNK, length - done);

      xmlParseChunk (self.parser, text + done, (int) chunk, 0);
      done += chunk;
      check_attributes (&self, text, done);
      if (self.result == BOBBIN_XML_WHOLE && !handler->go_on (done, user_data))
        self.result = BOBBIN_XML_STOPPED;
    }
  if (self.result == BOBBIN_XML_WHOLE)
    xmlParseChunk (self.parser, NULL, 0, 1);

  /* Declarations end up here although nobody asked for them. */
  g_clear_pointer (&self.parser->myDoc, xmlFreeDoc);
  xmlFreeParserCtxt (self.parser);
  g_string_free (self.text, TRUE);
  return self.result;
}

/* libxml2 leaves "&#38;" where a value has an ampersand, for whoever builds a
 * tree of it.
 */
static char *
dup_value (const xmlChar *start, const xmlChar *end)
{
  static const char mark[] = "&#38;";
  GString *value = g_string_sized_new ((gsize) (end - start));

  while (start < end)
    {
      gboolean is_mark = end - start >= 5 && memcmp (start, mark, 5) == 0;

      g_string_append_c (value, (char) *start);
      start += is_mark ? 5 : 1;
    }

  return g_string_free (value, FALSE);
}

/**
 * bobbin_xml_element_dup:
 * @self: the element that a callback was told of
 * @attribute: name of an attribute, without prefix
 *
 * Returns: (transfer full) (nullable): its value, %NULL if there is none or if
 *   it is too long to be a link
 */
char *
bobbin_xml_element_dup (const BobbinXmlElement *self, const char *attribute)
{
  const Tag *tag = self->tag;

  for (int i = 0; i < tag->n; i++)
    {
      const xmlChar **field = tag->attributes + 5 * (gsize) i;

      if (strcmp ((const char *) field[0], attribute) == 0 && field[4] - field[3] <= MAX_TEXT)
        return dup_value (field[3], field[4]);
    }

  return NULL;
}
