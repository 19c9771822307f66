/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "bobbin-reason-words.h"

#include <locale.h>
#include <string.h>

/* All have words, and a detail is never lost or taken for a format. */
static void
test_all (void)
{
  g_assert_null (bobbin_words_for_reason (BOBBIN_REASON_NONE, NULL));
  for (guint i = BOBBIN_REASON_NONE + 1; i <= BOBBIN_REASON_NOT_TEXT; i++)
    {
      g_autofree char *alone = bobbin_words_for_reason (i, NULL);
      g_autofree char *empty = bobbin_words_for_reason (i, "");
      g_autofree char *with_detail = bobbin_words_for_reason (i, "%s-wool");

      g_assert_true (g_ascii_isupper (alone[0]));
      g_assert_false (g_str_has_suffix (alone, "."));
      g_assert_cmpstr (empty, ==, alone);
      if (strcmp (with_detail, alone) != 0)
        g_assert_nonnull (strstr (with_detail, "%s-wool"));
    }
}

static BobbinLinks *
read_links (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  BobbinLinks *links = bobbin_links_read (bytes, NULL, &error);

  g_assert_no_error (error);
  return links;
}

static void
assert_line (const BobbinLinks *links, guint index, const char *wanted)
{
  g_autofree char *words = bobbin_words_for_line (links, index);

  g_assert_cmpstr (words, ==, wanted);
}

static void
test_lines (void)
{
  g_autoptr (BobbinLinks) text = read_links (
      "http://example.org/a\nprose\nftp://example.org/b\nmagnet:?xt=1\n\nhttp://example.org/a\n");

  assert_line (text, 0, NULL);
  assert_line (text, 1, "This is not a link");
  assert_line (text, 2, "Only http and https links can be downloaded");
  assert_line (text, 3, "This is a magnet link, which a BitTorrent program opens");
  assert_line (text, 4, NULL);
  assert_line (text, 5, NULL);
}

/* Each line has its own detail. */
static void
test_details (void)
{
  g_autoptr (BobbinLinks) list
      = read_links ("http://example.org/a\thttp://example.net/a\n split=2\n out=b\n timeout=3\n");

  assert_line (list, 0, NULL);
  assert_line (list, 1, "The option “split” has no effect here");
  assert_line (list, 2, NULL);
  assert_line (list, 3, "The option “timeout” has no effect here");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/reason-words/all", test_all);
  g_test_add_func ("/reason-words/lines", test_lines);
  g_test_add_func ("/reason-words/details", test_details);

  return g_test_run ();
}
