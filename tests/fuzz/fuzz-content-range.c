/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fuzz.h"
#include "bobbin-header-values.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = bobbin_fuzz_dup_text (data, size);
  BobbinContentRange range;
  goffset number;

  if (bobbin_header_parse_content_range (text, &range))
    {
      g_assert_cmpint (range.first, >=, 0);
      g_assert_cmpint (range.last, >=, range.first);
      g_assert_cmpint (range.last, <, G_MAXINT64);
      g_assert_true (range.total == -1 || range.total > range.last);
    }
  if (bobbin_header_parse_unsatisfied_range (text, &number))
    g_assert_cmpint (number, >=, 0);
  if (bobbin_header_parse_content_length (text, &number))
    g_assert_cmpint (number, >=, 0);

  return 0;
}
