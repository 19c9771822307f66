/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-error.h"
#include "bobbin-links-private.h"

#include <string.h>

/* Input files of aria2: a line of places that have the same file, with tabs in
 * between, and below it lines that begin with a blank and hold an option each.
 */

/* More than these nobody tries. */
#define MAX_MIRRORS 100

/* Options that follow one link. */
#define MAX_OPTIONS 1000

/* A longer value is none of ours. */
#define MAX_VALUE 65536

typedef struct
{
  char *name;
  char *value;
} Option;

typedef struct
{
  BobbinLinks *links;
  char *places;    /* (nullable): the line of places, as UTF-8 */
  GArray *options; /* Option, one for each line below it; no name where there is none */
} Aria2;

static void
option_clear (gpointer data)
{
  Option *option = data;

  g_free (option->name);
  g_free (option->value);
}

static const char *
find_option (const Aria2 *self, const char *name)
{
  for (guint i = 0; i < self->options->len; i++)
    {
      const Option *option = &g_array_index (self->options, Option, i);

      if (g_strcmp0 (option->name, name) == 0)
        return option->value;
    }

  return NULL;
}

/* The first place that can be used is the link, the others are its mirrors. */
static BobbinLink *
make_link (Aria2 *self)
{
  g_autoptr (BobbinLink) link = NULL;
  g_auto (GStrv) places = g_strsplit (self->places, "\t", MAX_MIRRORS);
  const char *other = NULL;

  for (guint i = 0; places[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      const char *place = g_strstrip (places[i]);

      if (place[0] == '\0')
        continue;
      if (link == NULL)
        link = bobbin_link_new (place, &error);
      else
        bobbin_link_add_mirror (link, place, BOBBIN_MIRROR_LAST, NULL, &error);
      if (g_error_matches (error, BOBBIN_ERROR, BOBBIN_ERROR_UNSUPPORTED_SCHEME))
        other = place;
    }
  if (link == NULL && other != NULL)
    bobbin_links_add_scheme_reason (self->links, other);
  else if (other != NULL)
    bobbin_links_add_reason (self->links, BOBBIN_REASON_MIRROR, NULL);

  return g_steal_pointer (&link);
}

/* "out" may have folders in it, and lies in "dir". */
static void
set_path (Aria2 *self, BobbinLink *link)
{
  const char *folder = find_option (self, "dir");
  const char *out = find_option (self, "out");
  g_autofree char *path = NULL;
  gboolean is_below = TRUE;

  if (out != NULL && folder != NULL)
    {
      path = g_strconcat (folder, "/", out, NULL);
      is_below = bobbin_links_set_path (link, path);
      if (!is_below)
        bobbin_links_set_path (link, out);
    }
  else if (out != NULL)
    is_below = bobbin_links_set_path (link, out);
  else if (folder != NULL)
    is_below = bobbin_links_set_subfolder (link, folder);

  if (!is_below)
    bobbin_links_add_reason (self->links, BOBBIN_REASON_LEAVES_FOLDER, folder != NULL ? folder : out);
}

static void
add_header (Aria2 *self, BobbinLink *link, const char *name, const char *value)
{
  if (!bobbin_link_add_header (link, name, value, NULL))
    bobbin_links_add_reason (self->links, BOBBIN_REASON_HEADER, name);
}

static void
set_header (Aria2 *self, BobbinLink *link, const char *text)
{
  g_autofree char *name = g_strndup (text, strcspn (text, ":"));

  if (!bobbin_links_set_header (link, text))
    bobbin_links_add_reason (self->links, BOBBIN_REASON_HEADER, name);
}

static void
set_checksum (Aria2 *self, BobbinLink *link, const char *text)
{
  gsize length = strcspn (text, "=");
  g_autofree char *algorithm = g_strndup (text, length);

  g_strstrip (algorithm);
  if (text[length] != '=' || !bobbin_links_set_checksum (link, algorithm, text + length + 1))
    bobbin_links_add_reason (self->links, BOBBIN_REASON_CHECKSUM, algorithm);
}

static gboolean
is_known (const char *name)
{
  static const char *const names[]
      = { "checksum", "dir", "header", "http-passwd", "http-user", "out", "referer", "user-agent" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0)
      return TRUE;

  return FALSE;
}

static void
apply (Aria2 *self, BobbinLink *link)
{
  set_path (self, link);
  for (guint i = 0; i < self->options->len; i++)
    {
      const Option *option = &g_array_index (self->options, Option, i);

      if (option->name == NULL || option->value[0] == '\0')
        continue;
      if (strcmp (option->name, "header") == 0)
        set_header (self, link, option->value);
      else if (strcmp (option->name, "referer") == 0)
        add_header (self, link, "Referer",
                    strcmp (option->value, "*") == 0 ? bobbin_link_get_uri (link) : option->value);
      else if (strcmp (option->name, "user-agent") == 0)
        add_header (self, link, "User-Agent", option->value);
      else if (strcmp (option->name, "checksum") == 0)
        set_checksum (self, link, option->value);
    }
}

/* User and password go with the link that they were written for, never to its
 * mirrors.
 */
static char *
dup_with_user (const Aria2 *self, const char *uri)
{
  const char *user = find_option (self, "http-user");
  const char *password = find_option (self, "http-passwd");
  const char *authority = strstr (uri, "://") + 3;
  g_autofree char *escaped_user = NULL;
  g_autofree char *escaped_password = NULL;

  if (user == NULL || memchr (authority, '@', strcspn (authority, "/")) != NULL)
    return g_strdup (uri);
  escaped_user = g_uri_escape_string (user, NULL, FALSE);
  escaped_password = g_uri_escape_string (password != NULL ? password : "", NULL, FALSE);

  return g_strdup_printf ("%.*s%s:%s@%s", (int) (authority - uri), uri, escaped_user, escaped_password,
                          authority);
}

static BobbinLink *
make_link_with_user (Aria2 *self)
{
  g_autoptr (BobbinLink) plain = make_link (self);
  g_autoptr (BobbinLink) link = NULL;
  g_autofree char *uri = NULL;

  if (plain == NULL || find_option (self, "http-user") == NULL)
    return g_steal_pointer (&plain);
  uri = dup_with_user (self, bobbin_link_get_uri (plain));
  link = bobbin_link_new (uri, NULL);
  if (link == NULL)
    return g_steal_pointer (&plain);
  for (guint i = 0; i < bobbin_link_get_n_mirrors (plain); i++)
    bobbin_link_add_mirror (link, bobbin_link_get_mirror (plain, i)->uri, BOBBIN_MIRROR_LAST, NULL, NULL);

  return g_steal_pointer (&link);
}

static void
add_option_lines (Aria2 *self)
{
  for (guint i = 0; i < self->options->len; i++)
    {
      const Option *option = &g_array_index (self->options, Option, i);
      gboolean is_unused = option->name != NULL && !is_known (option->name);

      bobbin_links_add_line (self->links, BOBBIN_VERDICT_EMPTY,
                             is_unused ? BOBBIN_REASON_OPTION : BOBBIN_REASON_NONE, option->name);
    }
}

static void
end_item (Aria2 *self)
{
  if (self->places != NULL)
    {
      BobbinLink *link = NULL;

      bobbin_links_begin_line (self->links);
      link = make_link_with_user (self);
      if (link != NULL)
        {
          apply (self, link);
          bobbin_links_take (self->links, link);
        }
      bobbin_links_end_line (self->links, BOBBIN_VERDICT_NOT_A_LINK);
    }
  add_option_lines (self);
  g_clear_pointer (&self->places, g_free);
  g_array_set_size (self->options, 0);
}

static void
take_line (Aria2 *self, BobbinSpan line)
{
  BobbinSpan bare = bobbin_span_strip (line);
  gboolean is_indented = bare.start > line.start;
  Option option = { 0 };
  g_autofree char *text = NULL;

  if (bare.end - bare.start > MAX_VALUE && !is_indented)
    {
      end_item (self);
      bobbin_links_add_line (self->links, BOBBIN_VERDICT_NOT_A_LINK, BOBBIN_REASON_NONE, NULL);
      return;
    }
  if (bare.start == bare.end || *bare.start == '#' || bare.end - bare.start > MAX_VALUE)
    {
      g_array_append_val (self->options, option); /* keeps the lines in step */
      return;
    }
  text = bobbin_span_dup (bare);
  if (is_indented && self->places != NULL)
    {
      gsize length = strcspn (text, "=");

      option.name = g_strchomp (g_strndup (text, length));
      option.value = g_strstrip (g_strdup (text[length] == '=' ? text + length + 1 : ""));
      g_array_append_val (self->options, option);
      return;
    }

  end_item (self);
  self->places = g_steal_pointer (&text);
}

/* Reads an input file of aria2. */
void
bobbin_links_read_aria2 (BobbinLinks *self, const char *text, gsize length)
{
  Aria2 aria2 = { .links = self };
  const char *p = text;

  aria2.options = g_array_new (FALSE, FALSE, sizeof (Option));
  g_array_set_clear_func (aria2.options, option_clear);
  while (p < text + length && bobbin_links_go_on (self, (gsize) (p - text)))
    {
      take_line (&aria2, bobbin_span_take_line (&p, text + length));
      if (aria2.options->len > MAX_OPTIONS)
        end_item (&aria2);
    }
  end_item (&aria2);
  g_array_unref (aria2.options);
}
