/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-bytes.h"

#include <string.h>

/* The finaliser of SplitMix64 over a counter: a word needs nothing but its own number, so any range of the
 * stream can be made without the bytes before it, on any machine, at the speed of memory. */
static inline guint64
word_at (guint64 number)
{
  guint64 mixed = (number + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  mixed = (mixed ^ (mixed >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  mixed = (mixed ^ (mixed >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return GUINT64_TO_LE (mixed ^ (mixed >> 31));
}

/**
 * bobbin_demo_bytes_fill:
 * @buffer: (out caller-allocates) (array length=size): where the bytes go
 * @size: how many bytes
 * @offset: number of the first of them in the stream, not negative
 *
 * Makes @size bytes of the pseudo-random stream that `/bytes/N` of the demo
 * server serves, from @offset on. They depend on nothing but their offset.
 *
 * Any thread.
 */
void
bobbin_demo_bytes_fill (guint8 *buffer, gsize size, goffset offset)
{
  guint64 number = (guint64) offset / sizeof (guint64);
  gsize skip = (gsize) ((guint64) offset % sizeof (guint64));
  guint64 word;

  g_return_if_fail (offset >= 0);

  if (skip > 0)
    {
      gsize length = MIN (sizeof word - skip, size);

      word = word_at (number++);
      memcpy (buffer, (const guint8 *) &word + skip, length);
      buffer += length;
      size -= length;
    }

  for (; size >= sizeof word; buffer += sizeof word, size -= sizeof word)
    {
      word = word_at (number++);
      memcpy (buffer, &word, sizeof word);
    }

  word = word_at (number);
  if (size > 0)
    memcpy (buffer, &word, size);
}
