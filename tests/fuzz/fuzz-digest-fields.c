/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-checksum.h"
#include "bobbin-fuzz.h"

#include <string.h>

static void
check (BobbinDigest *found)
{
  g_autoptr (BobbinDigest) digest = found;
  g_autofree char *text = digest != NULL ? bobbin_digest_to_string (digest) : NULL;
  g_autoptr (BobbinDigest) again = text != NULL ? bobbin_digest_parse (text) : NULL;

  if (digest == NULL)
    return;
  g_assert_cmpuint (strlen (digest->hex), ==, 2 * (gsize) g_checksum_type_get_length (digest->type));
  g_assert_true (bobbin_digest_equal (digest, again));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *line = bobbin_fuzz_take_line (&data, &size);
  g_autofree char *text = bobbin_fuzz_dup_text (data, size);

  check (bobbin_digest_from_fields (text, NULL, NULL, NULL));
  check (bobbin_digest_from_fields (NULL, text, NULL, NULL));
  check (bobbin_digest_from_fields (NULL, NULL, NULL, text));
  check (bobbin_digest_from_fields (line, text, line, text));
  check (bobbin_digest_parse (line));

  return 0;
}
