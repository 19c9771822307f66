/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-links-private.h"

#include "bobbin-file-name.h"
#include "bobbin-plist.h"

#include <string.h>

/* Files that hold one link each: Internet shortcuts of Windows, desktop entries
 * with Type=Link, Internet locations of macOS. Only the link is looked at;
 * commands, icons and work folders never are.
 */

/* More lines than this no such file has. */
#define MAX_LINES 10000

typedef struct
{
  char *type;
  char *url;
  char *other_url; /* from a section or with a key that counts less */
  char *name;
  guint name_rank; /* less is better */
} Entry;

static void
entry_clear (Entry *entry)
{
  g_free (entry->type);
  g_free (entry->url);
  g_free (entry->other_url);
  g_free (entry->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Entry, entry_clear)

static void
set_once (char **field, const char *value)
{
  if (*field == NULL && value[0] != '\0')
    *field = g_strdup (value);
}

/* "\s" and its like (Desktop Entry Specification, section 4). */
static char *
unescape (const char *value)
{
  GString *text = g_string_new (NULL);

  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p != '\\' || p[1] == '\0')
        {
          g_string_append_c (text, *p);
          continue;
        }
      p++;
      g_string_append_c (text, *p == 's' ? ' ' : *p == 'n' ? '\n' : *p == 't' ? '\t' : *p == 'r' ? '\r' : *p);
    }

  return g_string_free (text, FALSE);
}

/* How far down the person's list of languages that of the key is, as in
 * "Name[de]"; no language comes after all of them.
 */
static guint
get_language_rank (const char *locale, gsize length)
{
  const char *const *languages = g_get_language_names ();
  guint i = 0;

  for (i = 0; languages[i] != NULL; i++)
    if (strlen (languages[i]) == length && strncmp (languages[i], locale, length) == 0)
      return i;

  return length == 0 ? i : G_MAXUINT;
}

static void
take_desktop_key (Entry *entry, const char *section, const char *key, const char *value)
{
  gsize stem = strcspn (key, "[");
  const char *locale = key[stem] == '[' ? key + stem + 1 : "";
  guint rank = get_language_rank (locale, strcspn (locale, "]"));

  if (strcmp (section, "Desktop Entry") != 0)
    return;
  if (strcmp (key, "Type") == 0)
    set_once (&entry->type, value);
  else if (strcmp (key, "URL") == 0)
    set_once (&entry->url, value);
  else if (g_str_has_prefix (key, "URL["))
    set_once (&entry->other_url, value);
  else if (stem == 4 && g_str_has_prefix (key, "Name") && rank != G_MAXUINT
           && (entry->name == NULL || rank < entry->name_rank))
    {
      g_free (entry->name);
      entry->name = unescape (value);
      entry->name_rank = rank;
    }
}

static void
take_url_key (Entry *entry, const char *section, const char *key, const char *value)
{
  if (g_ascii_strcasecmp (key, "URL") != 0)
    return;
  if (g_ascii_strcasecmp (section, "InternetShortcut") == 0)
    set_once (&entry->url, value);
  else if (g_ascii_strcasecmp (section, "InternetShortcut.A") == 0)
    set_once (&entry->other_url, value);
}

/* Reads sections and keys; what is neither is passed over. */
static void
read_keys (const char *text,
           gsize length,
           void (*take) (Entry *entry, const char *section, const char *key, const char *value),
           Entry *entry)
{
  g_autofree char *section = g_strdup ("");
  const char *p = text;

  for (guint i = 0; i < MAX_LINES && p < text + length; i++)
    {
      BobbinSpan span = bobbin_span_strip (bobbin_span_take_line (&p, text + length));
      g_autofree char *line = NULL;
      char *equals = NULL;

      if (span.end - span.start > 65536 || span.start == span.end || strchr ("#;", *span.start) != NULL)
        continue;
      line = bobbin_span_dup (span);
      equals = strchr (line, '=');
      if (line[0] == '[')
        {
          g_free (section);
          section = g_strndup (line + 1, strcspn (line + 1, "]"));
        }
      else if (equals != NULL)
        {
          *equals = '\0';
          take (entry, section, g_strchomp (line), g_strchug (equals + 1));
        }
    }
}

static gsize
get_ending_length (const char *name)
{
  const char *dot = strrchr (name, '.');
  gsize length = dot != NULL ? strlen (dot) : 0;

  return dot > name && length > 1 && length <= 8 && strcspn (dot, " ") == length ? length : 0;
}

/* A title is a file's name as soon as it has the file's extension; where the
 * link has none to tell, the server is asked.
 */
static void
complete (BobbinLink *link, const BobbinPattern *pattern, guint64 index, gpointer user_data)
{
  const char *title = user_data;
  g_autofree char *leaf = bobbin_file_name_for_uri (bobbin_link_get_uri (link));
  gsize length = get_ending_length (leaf);
  const char *ending = leaf + strlen (leaf) - length;
  g_autofree char *full = NULL;
  g_autofree char *name = NULL;
  const char *path = strchr (strstr (bobbin_link_get_uri (link), "://") + 3, '/');

  if (title == NULL || title[0] == '\0' || length == 0 || path[strspn (path, "/")] == '\0')
    return;
  full = g_str_has_suffix (title, ending) ? g_strdup (title) : g_strconcat (title, ending, NULL);
  name = bobbin_file_name_sanitize (full);
  bobbin_link_set_name (link, name);
}

static void
take_entry (BobbinLinks *self, const char *url, const char *title)
{
  bobbin_links_begin_line (self);
  if (url != NULL && strlen (url) <= 65536)
    bobbin_links_take_text (self, url, 0, complete, (gpointer) title);
  else
    bobbin_links_add_reason (self, BOBBIN_REASON_NO_LINK, NULL);
  bobbin_links_end_line (self, url != NULL ? BOBBIN_VERDICT_NOT_A_LINK : BOBBIN_VERDICT_REFUSED);
}

/* Reads an Internet shortcut of Windows. */
void
bobbin_links_read_url_file (BobbinLinks *self, const char *text, gsize length)
{
  g_auto (Entry) entry = { 0 };

  read_keys (text, length, take_url_key, &entry);
  take_entry (self, entry.url != NULL ? entry.url : entry.other_url, NULL);
}

/* Reads a desktop entry; one that starts a program has no link. */
void
bobbin_links_read_desktop_file (BobbinLinks *self, const char *text, gsize length)
{
  g_auto (Entry) entry = { 0 };
  const char *url = NULL;

  read_keys (text, length, take_desktop_key, &entry);
  if (g_strcmp0 (entry.type, "Link") == 0)
    url = entry.url != NULL ? entry.url : entry.other_url;
  take_entry (self, url, entry.name);
}

typedef struct
{
  BobbinLinks *links;
  gboolean is_url; /* the key before this value is URL */
  char *url;
} Webloc;

static void
on_start (const BobbinXmlElement *element, gpointer user_data)
{
}

static void
on_end (const char *name, const char *ns, const char *text, gpointer user_data)
{
  Webloc *webloc = user_data;

  if (strcmp (name, "key") == 0)
    webloc->is_url = strcmp (text, "URL") == 0;
  else if (strcmp (name, "string") == 0 && webloc->is_url)
    {
      set_once (&webloc->url, text);
      webloc->is_url = FALSE;
    }
}

static gboolean
on_go_on (gsize done, gpointer user_data)
{
  Webloc *webloc = user_data;

  return bobbin_links_go_on (webloc->links, done);
}

/* Reads an Internet location of macOS. */
void
bobbin_links_read_webloc (BobbinLinks *self, const char *text, gsize length)
{
  static const BobbinXmlHandler handler = { on_start, on_end, on_go_on };
  Webloc webloc = { .links = self };

  if (bobbin_plist_is_binary (text, length))
    webloc.url = bobbin_plist_dup_string (text, length, "URL");
  else
    bobbin_xml_read (text, length, &handler, &webloc);

  if (webloc.url != NULL)
    g_strstrip (webloc.url);
  take_entry (self, webloc.url, NULL);
  g_free (webloc.url);
}
