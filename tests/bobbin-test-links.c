/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-test-links.h"

#include "bobbin-safe-name.h"

#include <string.h>

/* Reads a text of any shape, with patterns as a person means them. */
BobbinLinks *
bobbin_test_read (const char *text)
{
  BobbinLinksOptions options = { .max_expanded = BOBBIN_PATTERN_ASK };

  return bobbin_test_read_bytes (text, strlen (text), &options);
}

BobbinLinks *
bobbin_test_read_bytes (const void *bytes, gsize length, const BobbinLinksOptions *options)
{
  /* A copy of its own, so that a sanitizer sees a step beyond its end. */
  g_autoptr (GBytes) data = g_bytes_new (bytes, length);
  g_autoptr (GError) error = NULL;
  BobbinLinks *links = bobbin_links_read (data, options, &error);

  g_assert_no_error (error);
  g_assert_nonnull (links);
  bobbin_test_assert_sound (links);
  return links;
}

/* @uris: one after another with a blank between them */
void
bobbin_test_assert_uris (const BobbinLinks *links, const char *uris)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < bobbin_links_get_n_links (links); i++)
    g_string_append_printf (found, "%s%s", i > 0 ? " " : "",
                            bobbin_link_get_uri (bobbin_links_get_link (links, i)));
  g_assert_cmpstr (found->str, ==, uris);
}

void
bobbin_test_assert_line (
    const BobbinLinks *links, guint index, BobbinVerdict verdict, BobbinReason reason, guint n_links)
{
  const BobbinLine *line = bobbin_links_get_line (links, index);

  g_assert_nonnull (line);
  g_assert_cmpint (line->verdict, ==, verdict);
  g_assert_cmpint (line->reason, ==, reason);
  g_assert_cmpuint (line->n_links, ==, n_links);
}

void
bobbin_test_assert_note (
    const BobbinLinks *links, guint index, guint line, BobbinReason reason, const char *detail)
{
  const BobbinNote *note = bobbin_links_get_note (links, index);

  g_assert_nonnull (note);
  g_assert_cmpuint (note->line, ==, line);
  g_assert_cmpint (note->reason, ==, reason);
  g_assert_cmpstr (note->detail, ==, detail);
}

/* @headers: "Name: value|Name: value" */
void
bobbin_test_assert_headers (const BobbinLink *link, const char *headers)
{
  const char *const *fields = bobbin_link_get_headers (link);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; fields[i] != NULL; i += 2)
    g_string_append_printf (found, "%s%s: %s", i > 0 ? "|" : "", fields[i], fields[i + 1]);
  g_assert_cmpstr (found->str, ==, headers);
}

static void
assert_safe_folder (const char *folder)
{
  g_auto (GStrv) elements = g_strsplit (folder, "/", -1);

  for (guint i = 0; elements[i] != NULL; i++)
    bobbin_assert_safe_name (elements[i], FALSE);
}

static void
assert_sound_link (const BobbinLink *link)
{
  const char *uri = bobbin_link_get_uri (link);
  const BobbinPieces *pieces = bobbin_link_get_pieces (link);

  g_assert_true (g_str_has_prefix (uri, "http://") || g_str_has_prefix (uri, "https://"));
  for (const char *p = uri; *p != '\0'; p++)
    g_assert_true (g_ascii_isgraph (*p));
  g_assert_null (bobbin_link_get_folder (link));
  if (bobbin_link_get_name (link) != NULL)
    bobbin_assert_safe_name (bobbin_link_get_name (link), FALSE);
  if (bobbin_link_get_subfolder (link) != NULL)
    assert_safe_folder (bobbin_link_get_subfolder (link));
  g_assert_cmpint (bobbin_link_get_size (link), >=, -1);
  for (guint i = 0; i < bobbin_link_get_n_mirrors (link); i++)
    g_assert_true (g_str_has_prefix (bobbin_link_get_mirror (link, i)->uri, "http"));
  for (guint i = 0; pieces != NULL && i < pieces->digests->len; i++)
    g_assert_cmpuint (strlen (g_ptr_array_index (pieces->digests, i)), ==,
                      2 * (gsize) g_checksum_type_get_length (pieces->type));
}

/* What holds of every list, whatever it was made of. */
void
bobbin_test_assert_sound (const BobbinLinks *links)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint next = 0;
  guint line = 0;

  for (guint i = 0; i < bobbin_links_get_n_links (links); i++)
    {
      BobbinLink *link = bobbin_links_get_link (links, i);

      assert_sound_link (link);
      g_assert_true (g_hash_table_add (seen, (gpointer) bobbin_link_get_uri (link)));
    }
  for (guint i = 0; i < bobbin_links_get_n_lines (links); i++)
    {
      const BobbinLine *one = bobbin_links_get_line (links, i);

      g_assert_cmpuint (one->first_link, ==, next);
      g_assert_cmpint (one->verdict == BOBBIN_VERDICT_LINKS, ==, one->n_links > 0);
      next += one->n_links;
    }
  g_assert_cmpuint (next, ==, bobbin_links_get_n_links (links));
  for (guint i = 0; i < bobbin_links_get_n_notes (links); i++)
    {
      const BobbinNote *note = bobbin_links_get_note (links, i);

      g_assert_cmpuint (note->line, >=, line);
      g_assert_cmpuint (note->line, <, bobbin_links_get_n_lines (links));
      g_assert_true (g_utf8_validate (note->detail, -1, NULL));
      line = note->line;
    }
}
