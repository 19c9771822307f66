/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-curl.h"
#include "bobbin-links-private.h"

#include <string.h>

/* Files for curl's --config: an option a line, with or without dashes, and its
 * value behind blanks, "=" or ":".
 */

static gboolean
is_separator (char c)
{
  return c == ' ' || c == '\t' || c == '=' || c == ':';
}

/* A value in quotation marks may have escapes; one without ends at a blank. */
static char *
dup_value (const char *p)
{
  static const char letters[] = "tnrv";
  static const char meanings[] = "\t\n\r\v";
  GString *value = NULL;

  if (*p != '"')
    return g_strndup (p, strcspn (p, " \t"));

  value = g_string_new (NULL);
  for (p++; *p != '\0' && *p != '"'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        {
          const char *letter = strchr (letters, *++p);

          g_string_append_c (value, letter != NULL ? meanings[letter - letters] : *p);
        }
      else
        g_string_append_c (value, *p);
    }

  return g_string_free (value, FALSE);
}

/* "-o file", "-ofile" and "-sS" */
static void
take_short (BobbinCurl *curl, guint number, const char *p)
{
  for (; *p != '\0' && !is_separator (*p); p++)
    {
      char option[] = { *p, '\0' };
      g_autofree char *value = NULL;

      if (!bobbin_curl_takes_value (option))
        {
          bobbin_curl_take_option (curl, number, option, "");
          continue;
        }
      for (p++; is_separator (*p);)
        p++;
      value = dup_value (p);
      bobbin_curl_take_option (curl, number, option, value);
      return;
    }
}

static void
take_line (BobbinCurl *curl, guint number, const char *line)
{
  g_autofree char *option = NULL;
  g_autofree char *value = NULL;
  gsize length = 0;

  if (line[0] == '-' && line[1] != '-')
    {
      take_short (curl, number, line + 1);
      return;
    }
  line += strspn (line, "-");
  while (line[length] != '\0' && !is_separator (line[length]))
    length++;
  option = g_strndup (line, length);
  while (is_separator (line[length]))
    length++;
  if (g_str_has_prefix (option, "http") && g_str_has_prefix (line + strlen (option), "://"))
    {
      bobbin_curl_take_link (curl, number, line);
      return;
    }

  value = bobbin_curl_takes_value (option) ? dup_value (line + length) : g_strdup ("");
  bobbin_curl_take_option (curl, number, option, value);
}

/* Reads a file of options for curl. */
void
bobbin_links_read_curl_config (BobbinLinks *self, const char *text, gsize length)
{
  g_autoptr (BobbinCurl) curl = bobbin_curl_new (self);
  const char *p = text;
  guint number = 0;

  for (; p < text + length && bobbin_links_go_on (self, (gsize) (p - text)); number++)
    {
      BobbinSpan span = bobbin_span_strip (bobbin_span_take_line (&p, text + length));
      g_autofree char *line = NULL;

      if (span.start == span.end || *span.start == '#')
        continue;
      line = bobbin_span_dup (span);
      take_line (curl, number, line);
    }

  bobbin_curl_finish (curl, number);
}
