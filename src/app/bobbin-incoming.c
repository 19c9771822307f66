/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-incoming.h"

#include "bobbin-encoding.h"
#include "bobbin-incoming-file.h"
#include "bobbin-link-lines.h"

#include <glib/gi18n.h>
#include <string.h>

/* More bytes of plain text than these stand beside the text of links instead of in it, for nobody edits
 * them. */
#define MAX_TEXT (1000 * 1000)

struct _BobbinIncoming
{
  gatomicrefcount references;

  GString *text;      /* owned; lines */
  GPtrArray *sources; /* owned; of BobbinAddSource */
  char *problem;      /* owned; (nullable); what could not be read, for the person */
  guint n_problems;
  gboolean has_links; /* or something else that a person wants to be told about */
};

G_DEFINE_BOXED_TYPE (BobbinIncoming, bobbin_incoming, bobbin_incoming_ref, bobbin_incoming_unref)

/**
 * bobbin_incoming_new:
 *
 * Returns: (transfer full): nothing yet
 */
BobbinIncoming *
bobbin_incoming_new (void)
{
  BobbinIncoming *self = g_new0 (BobbinIncoming, 1);

  g_atomic_ref_count_init (&self->references);
  self->text = g_string_new (NULL);
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify) bobbin_add_source_unref);
  return self;
}

/**
 * bobbin_incoming_new_for_text:
 * @text: UTF-8, a few lines
 *
 * Returns: (transfer full): lines of text
 */
BobbinIncoming *
bobbin_incoming_new_for_text (const char *text)
{
  BobbinIncoming *self = bobbin_incoming_new ();

  bobbin_incoming_add_line (self, text);
  return self;
}

/**
 * bobbin_incoming_ref:
 * @self: what came
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
BobbinIncoming *
bobbin_incoming_ref (BobbinIncoming *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * bobbin_incoming_unref:
 * @self: (transfer full): what came
 *
 * Any thread.
 */
void
bobbin_incoming_unref (BobbinIncoming *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->sources);
  g_free (self->problem);
  g_free (self);
}

/**
 * bobbin_incoming_get_text:
 * @self: what came
 *
 * Returns: (transfer none): lines for the text of links, none of them very long
 */
const char *
bobbin_incoming_get_text (const BobbinIncoming *self)
{
  return self->text->str;
}

/**
 * bobbin_incoming_get_sources:
 * @self: what came
 *
 * Returns: (transfer none) (element-type BobbinAddSource): what stands beside
 *   the text
 */
GPtrArray *
bobbin_incoming_get_sources (const BobbinIncoming *self)
{
  return self->sources;
}

/**
 * bobbin_incoming_dup_problem:
 * @self: what came
 *
 * Returns: (transfer full) (nullable): what could not be read, in words for the
 *   person
 */
char *
bobbin_incoming_dup_problem (const BobbinIncoming *self)
{
  if (self->n_problems < 2)
    return g_strdup (self->problem);
  return g_strdup_printf (ngettext ("%u file cannot be read", "%u files cannot be read", self->n_problems),
                          self->n_problems);
}

/**
 * bobbin_incoming_is_empty:
 * @self: what came
 *
 * Returns: whether there is neither text nor a source
 */
gboolean
bobbin_incoming_is_empty (const BobbinIncoming *self)
{
  return self->text->len == 0 && self->sources->len == 0;
}

/**
 * bobbin_incoming_has_links:
 * @self: what came
 *
 * Returns: whether there are links in it, or what a person may take for links
 *   and wants to be told about
 */
gboolean
bobbin_incoming_has_links (const BobbinIncoming *self)
{
  return self->has_links;
}

/**
 * bobbin_incoming_add_line:
 * @self: what came
 * @line: UTF-8, one line or several
 *
 * Adds links that came as such.
 */
void
bobbin_incoming_add_line (BobbinIncoming *self, const char *line)
{
  if (self->text->len > 0 && self->text->str[self->text->len - 1] != '\n')
    g_string_append_c (self->text, '\n');
  bobbin_link_lines_append (self->text, line, strlen (line));
  self->has_links |= *line != '\0';
}

static gboolean
says_something (const BobbinLinks *links)
{
  if (bobbin_links_get_n_links (links) > 0)
    return TRUE;

  for (guint i = 0; i < bobbin_links_get_n_lines (links); i++)
    {
      BobbinVerdict verdict = bobbin_links_get_line (links, i)->verdict;

      if (verdict == BOBBIN_VERDICT_ASK || verdict == BOBBIN_VERDICT_REFUSED
          || verdict == BOBBIN_VERDICT_UNSUPPORTED_SCHEME)
        return TRUE;
    }
  return FALSE;
}

static char *
decode (GBytes *data)
{
  gsize length;
  const char *bytes = g_bytes_get_data (data, &length);

  if (length == 0)
    return g_strdup ("");
  if (length >= 2 && memcmp (bytes, "\xff\xfe", 2) == 0)
    return bobbin_encoding_from_utf16 (bytes + 2, length - 2, FALSE, &length);
  if (length >= 2 && memcmp (bytes, "\xfe\xff", 2) == 0)
    return bobbin_encoding_from_utf16 (bytes + 2, length - 2, TRUE, &length);
  if (length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    return bobbin_encoding_guess (bytes + 3, length - 3);
  return bobbin_encoding_guess (bytes, length);
}

/* Plain text of a moderate size goes where it can be edited. */
static gboolean
take_as_text (BobbinIncoming *self, BobbinShape shape, GBytes *data)
{
  g_autofree char *text = NULL;

  if (shape != BOBBIN_SHAPE_TEXT && shape != BOBBIN_SHAPE_URI_LIST)
    return FALSE;
  text = decode (data);
  if (self->text->len + strlen (text) > MAX_TEXT || !bobbin_link_lines_is_short (text))
    return FALSE;

  if (self->text->len > 0 && self->text->str[self->text->len - 1] != '\n' && *text != '\0')
    g_string_append_c (self->text, '\n');
  g_string_append (self->text, text);
  return TRUE;
}

static void
add_problem (BobbinIncoming *self, char *words)
{
  if (self->n_problems++ == 0)
    self->problem = words;
  else
    g_free (words);
}

/**
 * bobbin_incoming_add_data:
 * @self: what came
 * @data: bytes of any shape
 * @name: (nullable): the name of the file, if it is one, UTF-8
 * @media_type: (nullable): what they are called
 *
 * Adds what is in a file or on a clipboard: as text if it is plain text that a
 * person may want to edit, otherwise as a source. Any thread that may take some
 * time.
 */
void
bobbin_incoming_add_data (BobbinIncoming *self, GBytes *data, const char *name, const char *media_type)
{
  g_autoptr (BobbinAddSource) source = bobbin_add_source_new (data, name, media_type);
  const BobbinLinks *links;

  if (g_bytes_get_size (data) > MAX_TEXT)
    {
      self->has_links = TRUE;
      g_ptr_array_add (self->sources, g_steal_pointer (&source));
      return;
    }

  bobbin_add_source_read (source, NULL, NULL, NULL);
  links = bobbin_add_source_get_links (source);
  if (bobbin_links_get_shape (links) == BOBBIN_SHAPE_OTHER)
    {
      if (name != NULL)
        add_problem (self, g_strdup_printf (_ ("“%s” is not a list of links"), name));
      return;
    }
  self->has_links |= says_something (links);
  if (!take_as_text (self, bobbin_links_get_shape (links), data))
    g_ptr_array_add (self->sources, g_steal_pointer (&source));
}

/* Words between the links, on any line. */
static gboolean
has_other_words (const char *text)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit_set (g_strstrip (lines[i]), " \t", -1);

      for (guint j = 0; words[0] != NULL && words[1] != NULL && words[j] != NULL; j++)
        {
          if (*words[j] != '\0' && strstr (words[j], "://") == NULL)
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_all_links (const BobbinLinks *links, GBytes *data)
{
  g_autofree char *text = decode (data);

  for (guint i = 0; i < bobbin_links_get_n_lines (links); i++)
    {
      BobbinVerdict verdict = bobbin_links_get_line (links, i)->verdict;

      if (verdict != BOBBIN_VERDICT_EMPTY && verdict != BOBBIN_VERDICT_LINKS
          && verdict != BOBBIN_VERDICT_REPEATED)
        return FALSE;
    }
  return bobbin_links_get_n_links (links) > 0 && !has_other_words (text);
}

/* The links of @links that @others has not got. */
static GPtrArray *
find_missing (const BobbinLinks *links, const BobbinLinks *others)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *missing = g_ptr_array_new ();

  for (guint i = 0; i < bobbin_links_get_n_links (others); i++)
    g_hash_table_add (known, (gpointer) bobbin_link_get_uri (bobbin_links_get_link (others, i)));
  for (guint i = 0; i < bobbin_links_get_n_links (links); i++)
    {
      const char *uri = bobbin_link_get_uri (bobbin_links_get_link (links, i));

      if (!g_hash_table_contains (known, uri))
        g_ptr_array_add (missing, (gpointer) uri);
    }
  return missing;
}

/* Returns: whether the text is enough */
static gboolean
take_copied_text (BobbinIncoming *self, GBytes *text, const BobbinLinks *page)
{
  g_autoptr (BobbinAddSource) source = bobbin_add_source_new (text, NULL, NULL);
  g_autoptr (GPtrArray) only_written = NULL;
  g_autoptr (GPtrArray) only_linked = NULL;
  const BobbinLinks *links;

  bobbin_add_source_read (source, NULL, NULL, NULL);
  links = bobbin_add_source_get_links (source);
  only_linked = find_missing (page, links);
  if (only_linked->len == 0 || is_all_links (links, text))
    {
      bobbin_incoming_add_data (self, text, NULL, NULL);
      return TRUE;
    }
  only_written = find_missing (links, page);
  for (guint i = 0; i < only_written->len; i++)
    bobbin_incoming_add_line (self, only_written->pdata[i]);
  return FALSE;
}

/**
 * bobbin_incoming_add_copy:
 * @self: what came
 * @text: (nullable): what was copied, as plain text
 * @page: (nullable): the same in HTML
 *
 * Adds what was copied elsewhere, in a browser as a rule. A text that is
 * nothing but links means these links. Otherwise it is a part of a page, whose
 * links are what was meant, and those that are only written out in it. Any
 * thread that may take some time.
 */
void
bobbin_incoming_add_copy (BobbinIncoming *self, GBytes *text, GBytes *page)
{
  g_autoptr (BobbinAddSource) rich = NULL;

  if (page == NULL || g_bytes_get_size (page) > MAX_TEXT)
    {
      if (text != NULL || page != NULL)
        bobbin_incoming_add_data (self, text != NULL ? text : page, NULL, text != NULL ? NULL : "text/html");
      return;
    }

  rich = bobbin_add_source_new (page, NULL, "text/html");
  bobbin_add_source_read (rich, NULL, NULL, NULL);
  if (text != NULL && take_copied_text (self, text, bobbin_add_source_get_links (rich)))
    return;
  self->has_links |= says_something (bobbin_add_source_get_links (rich));
  g_ptr_array_add (self->sources, g_steal_pointer (&rich));
}

/**
 * bobbin_incoming_add_file:
 * @self: what came
 * @file: a file of at most 100 MB
 * @cancellable: (nullable): a cancellable
 *
 * Adds what is in a file. Any thread that may wait for a disk.
 */
void
bobbin_incoming_add_file (BobbinIncoming *self, GFile *file, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) data = bobbin_incoming_file_load (file, cancellable, &error);
  g_autofree char *name = bobbin_incoming_file_dup_name (file);

  if (data != NULL)
    bobbin_incoming_add_data (self, data, name, NULL);
  else
    add_problem (self, g_strdup (error->message));
}

/* What stands for itself, not for something to be looked into: also links that are refused then, with a
 * word why. */
static gboolean
is_link (const char *uri)
{
  g_autofree char *scheme = g_uri_parse_scheme (uri);
  const char *const *schemes = g_vfs_get_supported_uri_schemes (g_vfs_get_default ());

  if (scheme == NULL)
    return FALSE;
  if (g_str_equal (scheme, "http") || g_str_equal (scheme, "https") || g_str_equal (scheme, "ftp"))
    return TRUE;
  return !g_strv_contains (schemes, scheme);
}

/**
 * bobbin_incoming_add_uri_list:
 * @self: what came
 * @list: links and files (RFC 2483)
 * @cancellable: (nullable): a cancellable
 *
 * Adds links as they are written, and what is in the files. Any thread that may
 * wait for a disk.
 */
void
bobbin_incoming_add_uri_list (BobbinIncoming *self, const char *list, GCancellable *cancellable)
{
  g_auto (GStrv) uris = g_uri_list_extract_uris (list);

  for (guint i = 0; uris[i] != NULL && !g_cancellable_is_cancelled (cancellable); i++)
    {
      if (is_link (uris[i]))
        {
          g_autofree char *link = bobbin_encoding_guess (uris[i], strlen (uris[i]));

          bobbin_incoming_add_line (self, link);
        }
      else
        {
          g_autoptr (GFile) file = g_file_new_for_uri (uris[i]);

          bobbin_incoming_add_file (self, file, cancellable);
        }
    }
}

/**
 * bobbin_incoming_merge:
 * @self: what came
 * @other: what came later
 *
 * Adds all of @other.
 */
void
bobbin_incoming_merge (BobbinIncoming *self, const BobbinIncoming *other)
{
  if (other->text->len > 0)
    bobbin_incoming_add_line (self, other->text->str);
  for (guint i = 0; i < other->sources->len; i++)
    g_ptr_array_add (self->sources, bobbin_add_source_ref (other->sources->pdata[i]));
  if (other->problem != NULL && self->n_problems == 0)
    self->problem = g_strdup (other->problem);
  self->n_problems += other->n_problems;
  self->has_links |= other->has_links;
}

/**
 * bobbin_incoming_is_link:
 * @uri: a URI
 *
 * Returns: whether it stands for itself, not for a file of links
 */
gboolean
bobbin_incoming_is_link (const char *uri)
{
  return is_link (uri);
}
