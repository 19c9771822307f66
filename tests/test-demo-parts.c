/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-demo-bytes.h"
#include "bobbin-demo-pictures.h"
#include "bobbin-demo-range.h"

#include <string.h>

static void
test_bytes_vector (void)
{
  /* The first outputs of SplitMix64 from 0, the low byte first. */
  static const guint8 first[]
      = { 0xaf, 0xcd, 0x1d, 0x7b, 0x39, 0xa8, 0x20, 0xe2, 0xf4, 0x65, 0xb9, 0xa1, 0x6a, 0x9e, 0x78, 0x6e };
  guint8 bytes[sizeof first];

  bobbin_demo_bytes_fill (bytes, sizeof bytes, 0);
  g_assert_cmpmem (bytes, sizeof bytes, first, sizeof first);
}

static void
test_bytes_offsets (void)
{
  const goffset far = ((goffset) 1 << 40) - 31;
  guint8 whole[64];
  guint8 part[66];

  bobbin_demo_bytes_fill (whole, sizeof whole, far);
  for (gsize start = 0; start <= sizeof whole; start++)
    for (gsize end = start; end <= sizeof whole; end++)
      {
        memset (part, 0xee, sizeof part);
        bobbin_demo_bytes_fill (part + 1, end - start, far + (goffset) start);
        g_assert_cmpmem (part + 1, end - start, whole + start, end - start);
        g_assert_cmpuint (part[0], ==, 0xee);
        g_assert_cmpuint (part[1 + end - start], ==, 0xee);
      }
}

static void
test_range_parse (void)
{
  static const struct
  {
    const char *value;
    goffset size;
    BobbinDemoRange range;
    goffset start;
    goffset end;
  } cases[] = {
    { NULL, 20, BOBBIN_DEMO_RANGE_WHOLE },
    { "bytes=0-4", 20, BOBBIN_DEMO_RANGE_PART, 0, 5 },
    { "Bytes=0-0", 20, BOBBIN_DEMO_RANGE_PART, 0, 1 },
    { "bytes=5-", 20, BOBBIN_DEMO_RANGE_PART, 5, 20 },
    { "bytes=19-19", 20, BOBBIN_DEMO_RANGE_PART, 19, 20 },
    { "bytes=10-99", 20, BOBBIN_DEMO_RANGE_PART, 10, 20 },
    { "bytes=10-99999999999999999999999999", 20, BOBBIN_DEMO_RANGE_PART, 10, 20 },
    { "bytes=-3", 20, BOBBIN_DEMO_RANGE_PART, 17, 20 },
    { "bytes=-99", 20, BOBBIN_DEMO_RANGE_PART, 0, 20 },
    { "bytes= , 2-3 ,", 20, BOBBIN_DEMO_RANGE_PART, 2, 4 },
    { "bytes=20-", 20, BOBBIN_DEMO_RANGE_UNSATISFIABLE },
    { "bytes=20-30", 20, BOBBIN_DEMO_RANGE_UNSATISFIABLE },
    { "bytes=99999999999999999999999999-", 20, BOBBIN_DEMO_RANGE_UNSATISFIABLE },
    { "bytes=-0", 20, BOBBIN_DEMO_RANGE_UNSATISFIABLE },
    { "bytes=0-", 0, BOBBIN_DEMO_RANGE_UNSATISFIABLE },
    { "bytes=-5", 0, BOBBIN_DEMO_RANGE_UNSATISFIABLE },
    { "bytes=0-4,6-7", 20, BOBBIN_DEMO_RANGE_WHOLE },
    { "bytes=5-2", 20, BOBBIN_DEMO_RANGE_WHOLE },
    { "bytes=", 20, BOBBIN_DEMO_RANGE_WHOLE },
    { "bytes=-", 20, BOBBIN_DEMO_RANGE_WHOLE },
    { "bytes=5", 20, BOBBIN_DEMO_RANGE_WHOLE },
    { "bytes=+1-2", 20, BOBBIN_DEMO_RANGE_WHOLE },
    { "bytes=1-2-3", 20, BOBBIN_DEMO_RANGE_WHOLE },
    { "bytes=--3", 20, BOBBIN_DEMO_RANGE_WHOLE },
    { "bytes=a-b", 20, BOBBIN_DEMO_RANGE_WHOLE },
    { "lines=0-4", 20, BOBBIN_DEMO_RANGE_WHOLE },
    { "bytes 0-4", 20, BOBBIN_DEMO_RANGE_WHOLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      goffset start = 0;
      goffset end = 0;

      g_test_message ("%s of %d", cases[i].value, (int) cases[i].size);
      g_assert_cmpint (bobbin_demo_range_parse (cases[i].value, cases[i].size, &start, &end), ==,
                       cases[i].range);
      g_assert_cmpint (start, ==, cases[i].start);
      g_assert_cmpint (end, ==, cases[i].end);
    }
}

/* When the last of the pictures ends, with @n_workers that each take the next one, in milliseconds. */
static guint
schedule (guint n_workers)
{
  guint free_at[BOBBIN_DEMO_N_PICTURES] = { 0 };
  guint last = 0;

  for (guint i = 0; i < BOBBIN_DEMO_N_PICTURES; i++)
    {
      const BobbinDemoPicture *picture = bobbin_demo_picture_get (i);
      guint worker = 0;

      for (guint j = 1; j < n_workers; j++)
        if (free_at[j] < free_at[worker])
          worker = j;
      free_at[worker] += picture->delay + picture->duration;
      last = MAX (last, free_at[worker]);
    }

  return last;
}

static void
test_pictures_times (void)
{
  for (guint i = 0; i < BOBBIN_DEMO_N_PICTURES; i++)
    {
      g_assert_cmpuint (bobbin_demo_picture_get (i)->delay, >=, 80);
      g_assert_cmpuint (bobbin_demo_picture_get (i)->delay, <=, 250);
      g_assert_cmpuint (bobbin_demo_picture_get (i)->duration, >, 0);
    }

  g_assert_cmpuint (schedule (1), >=, 10000);
  g_assert_cmpuint (schedule (1), <=, 10200);
  g_assert_cmpuint (schedule (8), >=, 1450);
  g_assert_cmpuint (schedule (8), <=, 1600);
}

/* Walks from marker to marker up to the picture's data (ITU T.81, annex B). Returns: width × height. */
static guint
read_jpeg_size (GBytes *file)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  guint pixels = 0;
  gsize at = 2;

  g_assert_cmpuint (size, >, 1000);
  g_assert_cmpmem (data, 2, "\xff\xd8", 2);
  g_assert_cmpmem (data + size - 2, 2, "\xff\xd9", 2);

  while (at + 9 < size && data[at + 1] != 0xda)
    {
      g_assert_cmpuint (data[at], ==, 0xff);
      if (data[at + 1] == 0xc0 || data[at + 1] == 0xc2)
        pixels = (guint) (data[at + 5] << 8 | data[at + 6]) * (guint) (data[at + 7] << 8 | data[at + 8]);
      at += 2 + (gsize) (data[at + 2] << 8 | data[at + 3]);
    }
  g_assert_cmpuint (at + 9, <, size);

  return pixels;
}

static void
test_pictures_files (void)
{
  gsize least = G_MAXSIZE;
  gsize most = 0;
  gsize sum = 0;

  for (guint i = 0; i < BOBBIN_DEMO_N_PICTURES; i++)
    {
      g_autoptr (GBytes) file = bobbin_demo_picture_load (bobbin_demo_picture_get (i));

      g_assert_cmpuint (read_jpeg_size (file), >=, 10000);
      least = MIN (least, g_bytes_get_size (file));
      most = MAX (most, g_bytes_get_size (file));
      sum += g_bytes_get_size (file);
    }

  g_assert_cmpuint (least, <, 20 * 1000);
  g_assert_cmpuint (most, >, 700 * 1000);
  g_assert_cmpuint (most, <, 1200 * 1000);
  g_assert_cmpuint (sum, <, 7000 * 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/demo-parts/bytes/vector", test_bytes_vector);
  g_test_add_func ("/demo-parts/bytes/offsets", test_bytes_offsets);
  g_test_add_func ("/demo-parts/range", test_range_parse);
  g_test_add_func ("/demo-parts/pictures/times", test_pictures_times);
  g_test_add_func ("/demo-parts/pictures/files", test_pictures_files);

  return g_test_run ();
}
