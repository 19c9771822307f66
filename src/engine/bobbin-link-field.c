/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-link-field.h"

#include <string.h>

/* More mirrors than this are not kept of one answer. */
#define MAX_DUPLICATES 100

/* One value of a Link field (RFC 8288, section 3). */
typedef struct
{
  char *target;
  char *rel;
  char *pri;
  char *geo;
} Value;

static void
value_clear (Value *self)
{
  g_free (self->target);
  g_free (self->rel);
  g_free (self->pri);
  g_free (self->geo);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Value, value_clear)

static void
mirror_clear (gpointer data)
{
  BobbinMirror *mirror = data;

  g_free (mirror->uri);
  g_free (mirror->location);
}

static void
skip (const char **text, const char *chars)
{
  *text += strspn (*text, chars);
}

static char *
take_quoted (const char **text)
{
  GString *value = g_string_new (NULL);

  for ((*text)++; **text != '\0' && **text != '"'; (*text)++)
    {
      if (**text == '\\' && (*text)[1] != '\0')
        (*text)++;
      g_string_append_c (value, **text);
    }
  if (**text == '"')
    (*text)++;
  return g_string_free (value, FALSE);
}

static char *
take_until (const char **text, const char *ends)
{
  gsize length = strcspn (*text, ends);
  char *value = g_strstrip (g_strndup (*text, length));

  *text += length;
  return value;
}

/* Of several parameters of one name the first counts. */
static void
take_parameter (const char **text, Value *value)
{
  g_autofree char *name = take_until (text, "=;,");
  g_autofree char *content = NULL;
  char **place = NULL;

  if (**text == '=')
    {
      (*text)++;
      skip (text, " \t");
      content = **text == '"' ? take_quoted (text) : take_until (text, ";,");
      skip (text, " \t");
    }
  if (g_ascii_strcasecmp (name, "rel") == 0)
    place = &value->rel;
  else if (g_ascii_strcasecmp (name, "pri") == 0)
    place = &value->pri;
  else if (g_ascii_strcasecmp (name, "geo") == 0)
    place = &value->geo;
  if (place != NULL && *place == NULL)
    *place = g_steal_pointer (&content);
}

/* Returns: whether there was one; what is no link value ends the reading */
static gboolean
take_value (const char **text, Value *value)
{
  skip (text, " \t,");
  if (**text != '<')
    return FALSE;
  (*text)++;
  value->target = take_until (text, ">");
  if (**text != '>')
    return FALSE;
  (*text)++;
  for (skip (text, " \t"); **text == ';'; skip (text, " \t"))
    {
      (*text)++;
      skip (text, " \t");
      take_parameter (text, value);
    }
  return TRUE;
}

static gboolean
has_relation (const Value *value, const char *wanted)
{
  g_auto (GStrv) relations = g_strsplit_set (value->rel != NULL ? value->rel : "", " \t", -1);

  for (char **relation = relations; *relation != NULL; relation++)
    if (g_ascii_strcasecmp (*relation, wanted) == 0)
      return TRUE;
  return FALSE;
}

static guint
get_priority (const Value *value)
{
  guint64 priority;

  if (value->pri != NULL
      && g_ascii_string_to_unsigned (value->pri, 10, 1, BOBBIN_MIRROR_LAST, &priority, NULL))
    return (guint) priority;
  return BOBBIN_MIRROR_LAST;
}

static void
add_duplicate (GArray *mirrors, const Value *value, const char *base)
{
  gboolean has_country = value->geo != NULL && strlen (value->geo) == 2;
  BobbinMirror mirror = {
    .uri = g_uri_resolve_relative (base, value->target, G_URI_FLAGS_PARSE_RELAXED, NULL),
    .location = has_country ? g_ascii_strdown (value->geo, 2) : NULL,
    .priority = get_priority (value),
  };

  if (mirror.uri != NULL)
    g_array_append_val (mirrors, mirror);
  else
    g_free (mirror.location);
}

/**
 * bobbin_link_field_parse_duplicates:
 * @text: a Link field, several joined by commas
 * @base: where the answer came from
 *
 * Finds the other places that a server names for its file (RFC 6249, section 3).
 * Pure. Any thread.
 *
 * Returns: (transfer full) (element-type BobbinMirror): the places, unchecked
 */
GArray *
bobbin_link_field_parse_duplicates (const char *text, const char *base)
{
  GArray *mirrors = g_array_new (FALSE, FALSE, sizeof (BobbinMirror));
  gboolean more = TRUE;

  g_array_set_clear_func (mirrors, mirror_clear);
  while (more && mirrors->len < MAX_DUPLICATES)
    {
      g_auto (Value) value = { NULL };

      more = take_value (&text, &value);
      if (more && has_relation (&value, "duplicate"))
        add_duplicate (mirrors, &value, base);
    }
  return mirrors;
}
