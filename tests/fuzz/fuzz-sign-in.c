/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fuzz.h"
#include "bobbin-sign-in.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = bobbin_fuzz_dup_text (data, size);
  g_autofree char *answer = bobbin_sign_in_answer (text, "/x?y", "us\"er", "SECRET");

  bobbin_sign_in_is_stale (text);
  /* nothing that would begin another header */
  g_assert_true (answer == NULL || strpbrk (answer, "\r\n") == NULL);

  return 0;
}
