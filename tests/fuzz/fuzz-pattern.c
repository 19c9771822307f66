/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = bobbin_fuzz_dup_text (data, size);
  g_autoptr (BobbinPattern) pattern = bobbin_pattern_new (text);
  guint64 count = pattern != NULL ? bobbin_pattern_get_count (pattern) : 0;
  const guint64 indices[] = { 0, 1, count / 2, count - 1 };

  for (guint i = 0; i < G_N_ELEMENTS (indices); i++)
    if (indices[i] < count)
      {
        g_autofree char *one = bobbin_pattern_dup_text (pattern, indices[i]);
        g_autofree char *name = bobbin_pattern_dup_name (pattern, indices[i], "#1#2#999 ## #");

        g_assert_nonnull (one);
        g_assert_nonnull (name);
      }

  return 0;
}
