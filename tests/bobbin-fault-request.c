/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fault-request.h"

#include <string.h>

/* Returns: (transfer full) (nullable): what stands between method and version */
char *
bobbin_fault_request_dup_target (const char *head)
{
  const char *start = strchr (head, ' ');
  const char *end = start != NULL ? strchr (start + 1, ' ') : NULL;

  return end != NULL ? g_strndup (start + 1, (gsize) (end - start - 1)) : NULL;
}

/* Returns: (transfer full) (nullable): the value of the first such field */
char *
bobbin_fault_request_dup_header (const char *head, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);
  gsize length = strlen (name);

  for (char **line = lines + 1; lines[0] != NULL && *line != NULL; line++)
    if (g_ascii_strncasecmp (*line, name, length) == 0 && (*line)[length] == ':')
      return g_strstrip (g_strdup (*line + length + 1));
  return NULL;
}

static gboolean
value_matches (const char *value, const char *wanted)
{
  gsize length = strlen (wanted);

  if (length > 0 && wanted[length - 1] == '*')
    return strncmp (value, wanted, length - 1) == 0;
  return g_str_equal (value, wanted);
}

static gboolean
header_matches (const char *head, const char *wanted)
{
  gboolean absent = wanted[0] == '!';
  g_auto (GStrv) sides = g_strsplit (wanted + (absent ? 1 : 0), ": ", 2);
  g_autofree char *value = bobbin_fault_request_dup_header (head, sides[0]);

  return (value != NULL && (sides[1] == NULL || value_matches (value, sides[1]))) != absent;
}

static gboolean
target_matches (const char *head, const char *wanted)
{
  g_autofree char *target = bobbin_fault_request_dup_target (head);

  return target != NULL && value_matches (target, wanted);
}

/* Whether a request is as @pattern says, such as "/file | Range: bytes=5-* |
 * !If-Range": its target, and fields that it has, perhaps with a certain value,
 * or does not have. A star at the end stands for anything. */
gboolean
bobbin_fault_request_matches (const char *head, const char *pattern)
{
  g_auto (GStrv) parts = g_strsplit (pattern, " | ", -1);

  for (char **part = parts; *part != NULL; part++)
    {
      gboolean is_target = **part == '/' || **part == '*' || strstr (*part, "://") != NULL;

      if (!(is_target ? target_matches (head, *part) : header_matches (head, *part)))
        return FALSE;
    }
  return TRUE;
}

/* Reads a Range of one range (RFC 9110, 14.1.2) other than the last bytes of a
 * file, which nobody here asks for. @end is -1 for all to the end of the file.
 * Returns: %FALSE if there is none or it is wrong */
gboolean
bobbin_fault_request_get_range (const char *head, goffset *first, goffset *end)
{
  g_autofree char *value = bobbin_fault_request_dup_header (head, "Range");
  char *rest;

  if (value == NULL || !g_str_has_prefix (value, "bytes=") || !g_ascii_isdigit (value[6]))
    return FALSE;
  *first = (goffset) g_ascii_strtoull (value + 6, &rest, 10);
  *end = -1;
  if (*rest != '-')
    return FALSE;
  if (rest[1] == '\0')
    return TRUE;
  if (!g_ascii_isdigit (rest[1]))
    return FALSE;
  *end = (goffset) g_ascii_strtoull (rest + 1, &rest, 10) + 1;
  return *rest == '\0' && *end > *first;
}
