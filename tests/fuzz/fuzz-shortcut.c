/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const BobbinShape shapes[] = { BOBBIN_SHAPE_URL_FILE, BOBBIN_SHAPE_DESKTOP_FILE };

  if (size > 0)
    bobbin_fuzz_read_links (shapes[data[0] % G_N_ELEMENTS (shapes)], data + 1, size - 1);
  return 0;
}
