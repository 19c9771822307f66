/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fuzz.h"
#include "bobbin-link-field.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = bobbin_fuzz_dup_text (data, size);
  g_autoptr (GArray) mirrors = bobbin_link_field_parse_duplicates (text, "https://base.example/x/");

  for (guint i = 0; i < mirrors->len; i++)
    {
      const BobbinMirror *mirror = &g_array_index (mirrors, BobbinMirror, i);

      g_assert_nonnull (mirror->uri);
      g_assert_cmpuint (mirror->priority, >=, 1);
      g_assert_cmpuint (mirror->priority, <=, BOBBIN_MIRROR_LAST);
    }

  return 0;
}
