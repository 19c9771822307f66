/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-chunks.h"
#include "bobbin-fuzz.h"

#include <string.h>

/* Decodes a body that comes @step bytes at a time, to the front of itself. */
static gboolean
decode (char *bytes, gsize size, gsize step, gsize *done)
{
  BobbinChunks chunks = { 0 };

  *done = 0;
  for (gsize i = 0; i < size; i += step)
    {
      gsize length = MIN (step, size - i);
      gsize surplus = 0;

      if (!bobbin_chunks_decode (&chunks, bytes + i, &length, &surplus, NULL))
        return FALSE;
      g_assert_cmpuint (length + surplus, <=, MIN (step, size - i));
      memmove (bytes + *done, bytes + i, length);
      *done += length;
      if (bobbin_chunks_is_over (&chunks))
        break;
    }

  return TRUE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *whole = g_memdup2 (data, size);
  g_autofree char *parts = g_memdup2 (data, size);
  gsize step = size > 0 ? data[0] % 7 + 1 : 1;
  gsize whole_size = 0;
  gsize parts_size = 0;
  gboolean whole_good = decode (whole, size, MAX (size, 1), &whole_size);
  gboolean parts_good = decode (parts, size, step, &parts_size);

  /* how the bytes arrive makes no difference */
  g_assert_cmpint (whole_good, ==, parts_good);
  if (whole_good)
    g_assert_cmpmem (whole, whole_size, parts, parts_size);

  return 0;
}
