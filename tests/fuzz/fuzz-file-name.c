/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-file-name.h"
#include "bobbin-fuzz.h"
#include "bobbin-safe-name.h"

#include <string.h>

/* A name and its numbered kin are safe, and what is safe stays as it is. */
static void
check (const char *name, gboolean may_be_hidden)
{
  g_autofree char *again = bobbin_file_name_for_answer (name, NULL, NULL, NULL);
  g_autofree char *numbered = bobbin_file_name_number (name, 7);

  bobbin_assert_safe_name (name, may_be_hidden);
  bobbin_assert_safe_name (numbered, may_be_hidden);
  g_assert_cmpstr (again, ==, name);
  /* one that had to be cut may get the number that it ends with already */
  g_assert_true (strlen (name) + strlen (" (7)") > BOBBIN_FILE_NAME_MAX || !g_str_equal (numbered, name));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *uri = bobbin_fuzz_take_line (&data, &size);
  g_autofree char *media_type = bobbin_fuzz_take_line (&data, &size);
  g_autofree char *text = bobbin_fuzz_dup_text (data, size);
  g_autofree char *name = bobbin_file_name_for_answer (NULL, NULL, uri, media_type);
  g_autofree char *given = bobbin_file_name_for_answer (text, NULL, uri, NULL);

  check (name, FALSE);
  check (given, TRUE);

  return 0;
}
