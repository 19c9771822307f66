/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-cli-json.h"

#include <json-glib/json-glib.h>

/* json-glib writes the texts. Objects are put together here, because it gives
 * every number with a fraction 17 digits: 0.30599999999999999.
 */

static void
append_text (GString *json, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), valid);
  g_autofree char *quoted = json_to_string (node, FALSE);

  g_string_append (json, quoted);
}

static void
append_name (GString *json, const char *name)
{
  g_string_append_printf (json, "%s\"%s\":", json->len > 1 ? "," : "", name);
}

/**
 * bobbin_cli_json_begin:
 * @event: what it tells of
 *
 * Returns: (transfer full): an object, for bobbin_cli_json_end()
 */
GString *
bobbin_cli_json_begin (const char *event)
{
  GString *json = g_string_new ("{");

  bobbin_cli_json_add_text (json, "event", event);
  return json;
}

/**
 * bobbin_cli_json_end:
 * @json: (transfer full): an object
 *
 * Returns: (transfer full): its line
 */
char *
bobbin_cli_json_end (GString *json)
{
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

/**
 * bobbin_cli_json_add_text:
 * @json: an object
 * @name: of the member, letters and underscores
 * @text: any text; what is no UTF-8 in it is replaced
 */
void
bobbin_cli_json_add_text (GString *json, const char *name, const char *text)
{
  append_name (json, name);
  append_text (json, text);
}

/**
 * bobbin_cli_json_add_number:
 * @json: an object
 * @name: of the member
 * @number: its value
 */
void
bobbin_cli_json_add_number (GString *json, const char *name, gint64 number)
{
  append_name (json, name);
  g_string_append_printf (json, "%" G_GINT64_FORMAT, number);
}

/**
 * bobbin_cli_json_add_seconds:
 * @json: an object
 * @name: of the member
 * @microseconds: a time span, 0 or more
 *
 * Three decimals, with a point in every language.
 */
void
bobbin_cli_json_add_seconds (GString *json, const char *name, gint64 microseconds)
{
  gint64 milliseconds = (MAX (microseconds, 0) + 500) / 1000;

  append_name (json, name);
  g_string_append_printf (json, "%" G_GINT64_FORMAT ".%03d", milliseconds / 1000,
                          (int) (milliseconds % 1000));
}

/**
 * bobbin_cli_json_add_boolean:
 * @json: an object
 * @name: of the member
 * @value: its value
 */
void
bobbin_cli_json_add_boolean (GString *json, const char *name, gboolean value)
{
  append_name (json, name);
  g_string_append (json, value ? "true" : "false");
}

/**
 * bobbin_cli_json_add_list:
 * @json: an object
 * @name: of the member
 * @texts: its values, ended by %NULL
 */
void
bobbin_cli_json_add_list (GString *json, const char *name, const char *const *texts)
{
  append_name (json, name);
  g_string_append_c (json, '[');
  for (gsize i = 0; texts[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      append_text (json, texts[i]);
    }
  g_string_append_c (json, ']');
}
