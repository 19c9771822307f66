/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-checksum.h"
#include "bobbin-file-name.h"
#include "bobbin-header-values.h"
#include "bobbin-part-file.h"
#include "bobbin-pattern.h"
#include "bobbin-safe-name.h"
#include "bobbin-test.h"

#include <libsoup/soup.h>
#include <stdlib.h>
#include <string.h>

/* What holds of any value: what was written is what is read, however it was
 * written, and a name on the disk is where it should be.
 */

#define N 4000

static guint
pick (guint n)
{
  return (guint) g_test_rand_int_range (0, (gint) n);
}

/* Letters of all lengths in UTF-8, and what the syntax of headers lives on. */
static char *
make_text (void)
{
  static const char *const letters[]
      = { "a", "Z", "0", "_",  "-", ".", " ", "\"", "\\", ";", ",", "=", "'", "%", "*", "?", "(",
          "é", "ß", "€", "中", "😀", "𝒳", "/", ":",  "<",  "&", "#", "+", "~", "{", "]", "@" };
  GString *text = g_string_new (NULL);

  for (guint n = pick (20) + 1; n > 0; n--)
    g_string_append (text, letters[pick (G_N_ELEMENTS (letters))]);

  return g_string_free (text, FALSE);
}

/* The name behind the last slash, which is all that a header may choose. */
static char *
get_expected (const char *text)
{
  g_autofree char *copy = g_strdup (text);
  gsize length = strlen (copy);
  const char *start = copy;

  while (length > 0 && strchr ("/\\", copy[length - 1]) != NULL)
    copy[--length] = '\0';
  for (const char *p = copy; *p != '\0'; p++)
    if (*p == '/' || *p == '\\')
      start = p + 1;
  if (start[strspn (start, ". ")] == '\0')
    return g_strdup ("leaf");

  return bobbin_file_name_sanitize (start);
}

static char *
quote (const char *text)
{
  GString *quoted = g_string_new ("\"");

  for (; *text != '\0'; text++)
    {
      if (strchr ("\"\\", *text) != NULL || (g_ascii_isalnum (*text) && pick (8) == 0))
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *text);
    }
  g_string_append_c (quoted, '"');

  return g_string_free (quoted, FALSE);
}

static char *
encode_pieces (const char *escaped)
{
  GString *pieces = g_string_new (NULL);
  guint number = 0;

  while (*escaped != '\0' || number == 0)
    {
      gsize wanted = pick (9) + 3;
      gsize length = MIN (strlen (escaped), wanted);

      /* not within %XX */
      while (length < strlen (escaped) && (escaped[length - 1] == '%' || escaped[length - 2] == '%'))
        length++;
      g_string_append_printf (pieces, "; filename*%u*=%s%.*s", number, number == 0 ? "UTF-8'x-y'" : "",
                              (int) length, escaped);
      escaped += length;
      number++;
    }

  return g_string_free (pieces, FALSE);
}

/* One name, in all the ways in which a server can say it. */
static void
test_dispositions (void)
{
  for (guint i = 0; i < N; i++)
    {
      g_autofree char *text = make_text ();
      g_autofree char *expected = get_expected (text);
      g_autofree char *escaped = g_uri_escape_string (text, NULL, FALSE);
      g_autofree char *base64 = g_base64_encode ((const guchar *) text, strlen (text));
      g_autofree char *quoted = quote (text);
      g_autofree char *pieces = encode_pieces (escaped);
      char *forms[] = {
        g_strdup_printf ("attachment; filename*=UTF-8''%s", escaped),
        g_strdup_printf ("inline;FILENAME=\"wrong\" ;filename* = utf-8'en'%s; x=y", escaped),
        g_strdup_printf ("attachment; filename=\"=?UTF-8?B?%s?=\"", base64),
        g_strdup_printf ("attachment%s; filename=wrong", pieces),
        strchr (text, '%') == NULL && strstr (text, "=?") == NULL
            ? g_strdup_printf ("attachment; a=\"b;filename=c\"; filename=%s; d=e", quoted)
            : NULL,
      };

      for (guint j = 0; j < G_N_ELEMENTS (forms); j++)
        {
          g_autofree char *name
              = forms[j] != NULL
                    ? bobbin_file_name_for_answer (NULL, forms[j], "http://example.org/leaf", NULL)
                    : NULL;

          if (name != NULL && !g_str_equal (name, expected))
            g_test_message ("%s", forms[j]);
          if (name != NULL)
            g_assert_cmpstr (name, ==, expected);
          g_free (forms[j]);
        }
    }
}

/* A name of the path, escaped as one likes. */
static void
test_paths (void)
{
  for (guint i = 0; i < N; i++)
    {
      g_autofree char *text = make_text ();
      g_autofree char *expected = get_expected (text);
      g_autofree char *escaped = g_uri_escape_string (text, pick (2) == 0 ? NULL : "!$&'()*+,;=:@", TRUE);
      g_autofree char *uri = g_strdup_printf ("https://leaf/dir/%s?x=/y#/z", escaped);
      g_autofree char *name = bobbin_file_name_for_uri (uri);

      if (!g_str_equal (name, expected))
        g_test_message ("%s", uri);
      g_assert_cmpstr (name, ==, expected);
    }
}

/* Whatever the name: the file is in the folder, nothing that is there is touched,
 * and each of those that want one name gets one.
 */
static void
test_disk (void)
{
  g_autofree char *folder = bobbin_test_make_folder ();
  g_autoptr (GHashTable) published = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *text = make_text ();
      g_autofree char *wanted = bobbin_file_name_for_answer (NULL, NULL, text, NULL);
      g_autofree char *given
          = bobbin_file_name_for_answer (i % 2 == 0 ? text : "same.tar.gz", NULL, NULL, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (BobbinPartFile) part
          = bobbin_part_file_create (folder, given, BOBBIN_CONFLICT_NUMBER, &error);
      g_autofree char *name = NULL;
      g_autofree char *path = NULL;
      g_autofree char *real = NULL;
      g_autofree char *parent = NULL;

      bobbin_assert_safe_name (wanted, FALSE);
      g_assert_no_error (error);
      g_assert_true (bobbin_part_file_write (part, "x", 1, 0, &error));
      name = bobbin_part_file_publish (part, 1, &error);
      g_assert_no_error (error);
      path = g_build_filename (folder, name, NULL);
      real = realpath (path, NULL);
      parent = g_path_get_dirname (real);
      g_assert_cmpstr (parent, ==, folder);
      bobbin_assert_safe_name (name, given[0] == '.');
      if (i % 2 == 1)
        g_assert_true (g_str_has_suffix (name, ".tar.gz"));
      g_assert_true (g_hash_table_add (published, g_steal_pointer (&name)));
    }
  bobbin_test_remove_folder (folder);
}

static goffset
pick_size (void)
{
  return (goffset) (((guint64) (guint32) g_test_rand_int () << 32 | (guint32) g_test_rand_int ())
                    & (guint64) G_MAXINT64 >> pick (63));
}

static void
test_ranges (void)
{
  for (guint i = 0; i < N; i++)
    {
      goffset first = pick_size () / 4;
      goffset last = first + pick_size () / 4;
      goffset total = last + 1 + pick_size () / 4;
      gboolean is_open = pick (4) == 0;
      g_autofree char *whole
          = is_open ? g_strdup ("*") : g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) total);
      g_autofree char *value = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%s",
                                                (gint64) first, (gint64) last, whole);
      BobbinContentRange range;
      gsize length = strlen (value);
      gsize place = pick ((guint) length);

      g_assert_true (bobbin_header_parse_content_range (value, &range));
      g_assert_cmpint (range.first, ==, first);
      g_assert_cmpint (range.last, ==, last);
      g_assert_cmpint (range.total, ==, is_open ? -1 : total);

      /* changed anywhere, it is a range that makes sense, or none */
      value[place] = "0123456789-/* ,x"[pick (16)];
      if (bobbin_header_parse_content_range (value, &range))
        {
          g_assert_cmpint (range.first, <=, range.last);
          g_assert_true (range.total == -1 || range.last < range.total);
        }
    }
}

static void
test_retry_after (void)
{
  for (guint i = 0; i < N; i++)
    {
      const gint64 now = 1700000000 + pick (100000000);
      const gint64 wait = (gint64) pick (1000000) - 500000;
      g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (now + wait);
      g_autofree char *date = soup_date_time_to_string (when, SOUP_DATE_HTTP);
      g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (wait, 0));

      g_assert_cmpint (bobbin_header_parse_retry_after (date, now), ==, MAX (wait, 0));
      g_assert_cmpint (bobbin_header_parse_retry_after (seconds, now), ==, MAX (wait, 0));
    }
}

static void
test_digests (void)
{
  static const struct
  {
    const char *key;
    GChecksumType type;
  } rows[]
      = { { "md5", G_CHECKSUM_MD5 }, { "sha-256", G_CHECKSUM_SHA256 }, { "sha-512", G_CHECKSUM_SHA512 } };

  for (guint i = 0; i < N; i++)
    {
      guint row = i % G_N_ELEMENTS (rows);
      g_autofree char *text = make_text ();
      g_autoptr (GChecksum) checksum = g_checksum_new (rows[row].type);
      g_autofree char *hex = g_compute_checksum_for_string (rows[row].type, text, -1);
      guint8 bytes[64];
      gsize length = sizeof bytes;
      g_autofree char *base64 = NULL;
      g_autofree char *dictionary = NULL;
      g_autofree char *instance = NULL;
      g_autoptr (BobbinDigest) new_digest = NULL;
      g_autoptr (BobbinDigest) old_digest = NULL;

      g_checksum_update (checksum, (const guchar *) text, -1);
      g_checksum_get_digest (checksum, bytes, &length);
      base64 = g_base64_encode (bytes, length);
      dictionary = g_strdup_printf ("x=:%s:,  %s=:%s:;a=\"b\\\"\", y-2=::", base64, rows[row].key, base64);
      instance = g_strdup_printf ("unixsum=1, %s=%s", rows[row].key, base64);
      new_digest = bobbin_digest_from_fields (dictionary, NULL, NULL, NULL);
      old_digest = bobbin_digest_from_fields (NULL, instance, NULL, NULL);
      g_assert_nonnull (new_digest);
      g_assert_cmpstr (new_digest->hex, ==, hex);
      g_assert_cmpstr (old_digest->hex, ==, new_digest->hex);
    }
}

/* All the texts of a pattern are different, and as many as it says. */
static void
test_patterns (void)
{
  for (guint i = 0; i < 300; i++)
    {
      guint first = pick (50);
      guint last = first + pick (30);
      guint step = pick (5) + 1;
      g_autofree char *text = g_strdup_printf ("http://h/\\[x\\]/[%03u-%u:%u]/{one,two,\\{3\\}}/[a-%c].bin",
                                               first, last, step, 'a' + (char) pick (5));
      g_autoptr (BobbinPattern) pattern = bobbin_pattern_new (text);
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      guint64 count = bobbin_pattern_get_count (pattern);

      g_assert_cmpuint (count % (3 * ((last - first) / step + 1)), ==, 0);
      for (guint64 j = 0; j < count; j++)
        {
          char *one = bobbin_pattern_dup_text (pattern, j);

          g_assert_null (strpbrk (one, "\\,"));
          g_assert_true (g_str_has_prefix (one, "http://h/[x]/"));
          g_assert_true (g_hash_table_add (seen, one));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/properties/dispositions", test_dispositions);
  g_test_add_func ("/properties/paths", test_paths);
  g_test_add_func ("/properties/disk", test_disk);
  g_test_add_func ("/properties/ranges", test_ranges);
  g_test_add_func ("/properties/retry-after", test_retry_after);
  g_test_add_func ("/properties/digests", test_digests);
  g_test_add_func ("/properties/patterns", test_patterns);

  return g_test_run ();
}
