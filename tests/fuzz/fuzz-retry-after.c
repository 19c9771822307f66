/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fuzz.h"
#include "bobbin-header-values.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *etag = bobbin_fuzz_take_line (&data, &size);
  g_autofree char *date = bobbin_fuzz_take_line (&data, &size);
  g_autofree char *text = bobbin_fuzz_dup_text (data, size);
  g_autofree char *by_etag = bobbin_header_dup_validator (etag, date, text);
  g_autofree char *by_date = bobbin_header_dup_validator (NULL, date, text);

  g_assert_cmpint (bobbin_header_parse_retry_after (text, 1000000000), >=, -1);
  g_assert_cmpint (bobbin_header_parse_date (text), >=, 0);
  g_assert_true (by_etag == NULL || g_str_equal (by_etag, etag));
  g_assert_true (by_date == NULL || g_str_equal (by_date, date));

  return 0;
}
