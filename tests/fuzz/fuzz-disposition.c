/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-disposition.h"
#include "bobbin-file-name.h"
#include "bobbin-fuzz.h"
#include "bobbin-safe-name.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = bobbin_fuzz_dup_text (data, size);
  g_autofree char *proposed = bobbin_disposition_dup_name (text);
  g_autofree char *name
      = bobbin_file_name_for_answer (NULL, text, "https://example.org/leaf.bin", "image/png");

  g_assert_true (proposed == NULL || g_utf8_validate (proposed, -1, NULL));
  bobbin_assert_safe_name (name, FALSE);

  return 0;
}
