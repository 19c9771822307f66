/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlversion.h>

G_BEGIN_DECLS

/* libxml2 2.12 has made the error const. */
#if LIBXML_VERSION >= 21200
typedef const xmlError *BobbinXmlError;
#else
typedef xmlErrorPtr BobbinXmlError;
#endif

/* The start tag that a callback is told of; nothing outlives the call. */
typedef struct
{
  const char *name; /* without prefix */
  const char *ns;   /* namespace, empty if none */
  gpointer tag;
} BobbinXmlElement;

typedef enum
{
  BOBBIN_XML_WHOLE,
  BOBBIN_XML_BROKEN,
  BOBBIN_XML_TOO_DEEP,
  BOBBIN_XML_STOPPED,
} BobbinXmlResult;

/**
 * BobbinXmlHandler:
 * @start: told of every start tag
 * @end: told of every end tag, with the text right before it, which begins at
 *   the last tag of any kind
 * @go_on: told how many bytes are read; %FALSE ends the reading
 *
 * Who listens to the reading of XML.
 */
typedef struct
{
  void (*start) (const BobbinXmlElement *element, gpointer user_data);
  void (*end) (const char *name, const char *ns, const char *text, gpointer user_data);
  gboolean (*go_on) (gsize done, gpointer user_data);
} BobbinXmlHandler;

BobbinXmlResult bobbin_xml_read (const char *text,
                                 gsize length,
                                 const BobbinXmlHandler *handler,
                                 gpointer user_data);
void bobbin_xml_ensure (void);
gboolean bobbin_xml_has_too_many_attributes (const char *tag, gsize length);
void bobbin_xml_ignore_error (void *data, BobbinXmlError error);
char *bobbin_xml_element_dup (const BobbinXmlElement *self, const char *attribute) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
