/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  bobbin_fuzz_read_links (BOBBIN_SHAPE_WEBLOC, data, size);
  return 0;
}
