/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-links-private.h"

#include <string.h>

/* The files that feeds enclose: RSS 2.0, RSS 1.0 with mod_enclosure, Atom (RFC
 * 4287 section 4.2.7.2) and Media RSS. The lengths they tell are wrong as often
 * as not, so they are not believed.
 */

#define MEDIA_RSS "http://search.yahoo.com/mrss"

static BobbinLinkKind
get_kind (const BobbinXmlElement *element)
{
  g_autofree char *type = bobbin_xml_element_dup (element, "type");
  g_autofree char *medium = bobbin_xml_element_dup (element, "medium");
  const char *words[] = { type, medium };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (words[i] == NULL)
        continue;
      if (g_ascii_strncasecmp (words[i], "image", 5) == 0)
        return BOBBIN_LINK_KIND_PICTURE;
      if (g_ascii_strncasecmp (words[i], "audio", 5) == 0)
        return BOBBIN_LINK_KIND_SOUND;
      if (g_ascii_strncasecmp (words[i], "video", 5) == 0)
        return BOBBIN_LINK_KIND_VIDEO;
    }

  return BOBBIN_LINK_KIND_UNKNOWN;
}

static gboolean
has_relation (const BobbinXmlElement *element, const char *relation)
{
  g_autofree char *rel = bobbin_xml_element_dup (element, "rel");

  return rel != NULL && g_ascii_strcasecmp (rel, relation) == 0;
}

static char *
dup_enclosed (const BobbinXmlElement *element)
{
  char *url = NULL;

  if (strcmp (element->name, "enclosure") == 0)
    {
      url = bobbin_xml_element_dup (element, "url");
      return url != NULL ? url : bobbin_xml_element_dup (element, "resource");
    }
  if (strcmp (element->name, "content") == 0 && g_str_has_prefix (element->ns, MEDIA_RSS))
    return bobbin_xml_element_dup (element, "url");
  if (strcmp (element->name, "link") == 0 && has_relation (element, "enclosure"))
    return bobbin_xml_element_dup (element, "href");

  return NULL;
}

static void
on_start (const BobbinXmlElement *element, gpointer user_data)
{
  BobbinLinks *self = user_data;
  g_autofree char *url = dup_enclosed (element);

  if (url == NULL)
    return;
  bobbin_links_begin_line (self);
  bobbin_links_set_kind (self, get_kind (element));
  bobbin_links_take_reference (self, url, NULL, NULL);
  bobbin_links_end_line (self, BOBBIN_VERDICT_NOT_A_LINK);
}

static void
on_end (const char *name, const char *ns, const char *text, gpointer user_data)
{
}

static gboolean
on_go_on (gsize done, gpointer user_data)
{
  return bobbin_links_go_on (user_data, done);
}

/* Tells of XML that ended before its end. */
void
bobbin_links_add_xml_result (BobbinLinks *self, BobbinXmlResult result)
{
  if (result == BOBBIN_XML_BROKEN)
    bobbin_links_add_line (self, BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_BROKEN, NULL);
  else if (result == BOBBIN_XML_TOO_DEEP)
    bobbin_links_add_line (self, BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_TOO_DEEP, NULL);
}

/* Reads a feed; each file that it encloses is an entry. */
void
bobbin_links_read_feed (BobbinLinks *self, const char *text, gsize length)
{
  static const BobbinXmlHandler handler = { on_start, on_end, on_go_on };

  bobbin_links_add_xml_result (self, bobbin_xml_read (text, length, &handler, self));
  if (self->lines->len == 0)
    bobbin_links_add_line (self, BOBBIN_VERDICT_REFUSED, BOBBIN_REASON_NO_LINK, NULL);
}
