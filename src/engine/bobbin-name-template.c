/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-name-template.h"

#include "bobbin-encoding.h"
#include "bobbin-file-name.h"
#include "bobbin-leaf.h"

#include <string.h>

/* Names of files by a template: "{date} {name}", "{host}-{index}". Most of it is
 * known when a link is added, the name only when its server has answered, so
 * there are two steps: the first leaves a template that has only {name} in it.
 */

typedef enum
{
  FIELD_NAME,
  FIELD_HOST,
  FIELD_DATE,
  FIELD_INDEX,
  FIELD_TEXT, /* one byte that stands for itself */
  FIELD_END,
  FIELD_BAD_NAME,
  FIELD_BAD_BRACE,
} Field;

static const char *const fields[] = { "{name}", "{host}", "{date}", "{index}" };

/* The field or the byte at *text, moved past. Two braces are a brace. */
static Field
take_field (const char **text, char *byte)
{
  const char *p = *text;

  *byte = *p;
  if (*p == '\0')
    return FIELD_END;
  if ((*p != '{' && *p != '}') || p[1] == *p)
    {
      *text += *p == '{' || *p == '}' ? 2 : 1;
      return FIELD_TEXT;
    }
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_has_prefix (p, fields[i]))
      {
        *text += strlen (fields[i]);
        return (Field) i;
      }

  return *p == '{' && p[1 + strcspn (p + 1, "{}")] == '}' ? FIELD_BAD_NAME : FIELD_BAD_BRACE;
}

/**
 * bobbin_name_template_check:
 * @template: what a person has typed
 *
 * Tells whether names can be made by it. Its fields are `{name}`, `{host}`,
 * `{date}` and `{index}`; `{{` and `}}` stand for a brace. Pure.
 *
 * Returns: the first fault, or that there is none
 */
BobbinTemplateFault
bobbin_name_template_check (const char *template)
{
  gboolean differs = FALSE;

  if (strlen (template) > BOBBIN_FILE_NAME_MAX)
    return BOBBIN_TEMPLATE_LONG;

  for (;;)
    {
      char byte = 0;

      switch (take_field (&template, &byte))
        {
        case FIELD_NAME:
        case FIELD_INDEX:
          differs = TRUE;
          break;
        case FIELD_TEXT:
          if (byte == '/')
            return BOBBIN_TEMPLATE_SLASH;
          break;
        case FIELD_END:
          return differs ? BOBBIN_TEMPLATE_GOOD : BOBBIN_TEMPLATE_SAME;
        case FIELD_BAD_NAME:
          return BOBBIN_TEMPLATE_FIELD;
        case FIELD_BAD_BRACE:
          return BOBBIN_TEMPLATE_BRACE;
        case FIELD_HOST:
        case FIELD_DATE:
        default:
          break;
        }
    }
}

/* Text that is to stand for itself in a template. */
static void
append_literally (GString *template, const char *text)
{
  for (; *text != '\0'; text++)
    {
      if (*text == '{' || *text == '}')
        g_string_append_c (template, *text);
      g_string_append_c (template, *text);
    }
}

/* With as many digits as the last one has, so that they sort. */
static char *
format_number (guint number, guint n_files)
{
  g_autofree char *last = g_strdup_printf ("%u", MAX (number, n_files));

  return g_strdup_printf ("%0*u", (int) strlen (last), number);
}

/**
 * bobbin_name_template_bind:
 * @template: a template without fault
 * @host: the host that a link names
 * @number: which of the files it is, from 1
 * @n_files: how many are named together
 * @date: (nullable): when that is; without it there is no date
 *
 * Fills in everything but the name. Pure.
 *
 * Returns: (transfer full): a template for this one file
 */
char *
bobbin_name_template_bind (
    const char *template, const char *host, guint number, guint n_files, GDateTime *date)
{
  g_autofree char *valid = bobbin_encoding_guess (template, strlen (template));
  g_autofree char *safe_host = bobbin_file_name_sanitize (host);
  g_autofree char *digits = format_number (number, n_files);
  g_autofree char *day = date != NULL ? g_date_time_format (date, "%Y-%m-%d") : NULL;
  const char *const values[] = { NULL, safe_host, day != NULL ? day : "", digits };
  GString *bound = g_string_new (NULL);
  const char *p = valid;
  Field field;
  char byte;

  while ((field = take_field (&p, &byte)) < FIELD_END)
    {
      const char text[] = { byte, '\0' };

      if (field == FIELD_NAME)
        g_string_append (bound, fields[FIELD_NAME]);
      else
        append_literally (bound, field == FIELD_TEXT ? text : values[field]);
    }

  return g_string_free (bound, FALSE);
}

/**
 * bobbin_name_template_apply:
 * @template: what bobbin_name_template_bind() made
 * @name: the leaf name that the file would have without it
 *
 * Makes the file's name. `{name}` is the name without its extension, which comes
 * behind the whole, so that a file stays what it is. Other fields, which a
 * template in the store may have that nobody bound, are left out. Any thread.
 *
 * Returns: (transfer full): a safe leaf name, as bobbin_file_name_sanitize()
 *   makes it; one that begins with a dot only if @template or @name does
 */
char *
bobbin_name_template_apply (const char *template, const char *name)
{
  const char *extension = bobbin_leaf_find_extension (name);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean may_be_hidden = template[0] == '.' || name[0] == '.';
  g_autofree char *leaf = NULL;
  g_autofree char *valid = NULL;
  const char *p = template;
  Field field;
  char byte;

  while ((field = take_field (&p, &byte)) < FIELD_END)
    if (field == FIELD_NAME)
      g_string_append_len (text, name, extension - name);
    else if (field == FIELD_TEXT)
      g_string_append_c (text, byte);
  leaf = bobbin_leaf_make (text->str, may_be_hidden);
  if (*leaf == '\0')
    return g_strdup (name);

  /* The leaf is made of it all: together they may be what neither is alone. */
  valid = bobbin_encoding_guess (text->str, text->len);
  g_string_assign (text, valid);
  bobbin_leaf_trim_end (text);
  g_string_append (text, extension);

  return bobbin_leaf_make (text->str, may_be_hidden);
}
