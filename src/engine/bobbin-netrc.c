/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-netrc.h"

#include <string.h>

/* One entry of the file, while it is read. */
typedef struct
{
  char *host; /* NULL outside of an entry for a host */
  char *user;
  char *password;
} Entry;

static void
entry_clear (Entry *self)
{
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->password, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Entry, entry_clear)

static gboolean
is_break (char c)
{
  return c == '\0' || g_ascii_isspace (c);
}

static void
skip_line (const char **text)
{
  *text += strcspn (*text, "\n");
}

/* A word in quotes may have spaces, and quotes behind backslashes. */
static char *
take_quoted (const char **text)
{
  GString *word = g_string_new (NULL);
  const char *p = *text + 1;

  for (; *p != '\0' && *p != '"' && *p != '\n'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      g_string_append_c (word, *p);
    }
  *text = *p == '"' ? p + 1 : p;
  return g_string_free (word, FALSE);
}

/* Returns: (transfer full) (nullable): the next word, NULL at the end */
static char *
take_word (const char **text)
{
  const char *start;

  while (g_ascii_isspace (**text))
    (*text)++;
  if (**text == '\0')
    return NULL;
  if (**text == '"')
    return take_quoted (text);

  start = *text;
  while (!is_break (**text))
    (*text)++;
  return g_strndup (start, (gsize) (*text - start));
}

/* A macro goes on to the next empty line. */
static void
skip_macro (const char **text)
{
  do
    {
      skip_line (text);
      if (**text == '\n')
        (*text)++;
      while (**text == '\r')
        (*text)++;
    }
  while (**text != '\0' && **text != '\n');
}

/* The first entry for a host counts. */
static guint
finish_entry (Entry *entry, GHashTable *seen, BobbinCredentials *credentials)
{
  gboolean good = entry->host != NULL && entry->user != NULL
                  && g_hash_table_add (seen, g_ascii_strdown (entry->host, -1));

  if (good)
    bobbin_credentials_set_host (credentials, entry->host, entry->user,
                                 entry->password != NULL ? entry->password : "");
  entry_clear (entry);
  return good ? 1 : 0;
}

static void
take_value (const char **text, char **value)
{
  g_free (*value);
  *value = take_word (text);
}

/**
 * bobbin_netrc_parse:
 * @text: what a .netrc file holds
 * @credentials: what takes its users and passwords, by host
 *
 * Reads the entries of hosts, as ftp(1) and curl know them. A "default" entry
 * is left out: it would give a password to every server that asks for one. Any
 * thread.
 *
 * Returns: how many hosts it has
 */
guint
bobbin_netrc_parse (const char *text, BobbinCredentials *credentials)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (Entry) entry = { NULL };
  guint n = 0;

  for (;;)
    {
      g_autofree char *word = take_word (&text);

      if (word == NULL)
        break;
      if (*word == '#')
        skip_line (&text);
      else if (g_str_equal (word, "machine"))
        {
          n += finish_entry (&entry, seen, credentials);
          take_value (&text, &entry.host);
        }
      else if (g_str_equal (word, "default"))
        n += finish_entry (&entry, seen, credentials);
      else if (g_str_equal (word, "login"))
        take_value (&text, &entry.user);
      else if (g_str_equal (word, "password"))
        take_value (&text, &entry.password);
      else if (g_str_equal (word, "macdef"))
        skip_macro (&text);
    }
  return n + finish_entry (&entry, seen, credentials);
}

/**
 * bobbin_netrc_load:
 * @path: absolute path of a .netrc file
 * @credentials: what takes its users and passwords, by host
 * @error: return location for an error
 *
 * Reads a file as bobbin_netrc_parse() does. Any thread.
 *
 * Sets %G_FILE_ERROR codes.
 *
 * Returns: whether the file could be read
 */
gboolean
bobbin_netrc_load (const char *path, BobbinCredentials *credentials, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;
  bobbin_netrc_parse (text, credentials);
  explicit_bzero (text, length);
  return TRUE;
}
