/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fuzz.h"
#include "bobbin-test-links.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const BobbinLinksOptions options = { .max_expanded = 100 };
  bobbin_links_free (bobbin_test_read_bytes (data, size, &options));

  return 0;
}
