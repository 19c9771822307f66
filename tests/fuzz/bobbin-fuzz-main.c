/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-fuzz.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* In the place of libFuzzer, for any compiler: gives a target the files of its
 * corpus, then what becomes of them when they are damaged. The same again each
 * time, so that a failure comes back.
 */

#define MAX_SIZE (64 * 1024)
#define N_DAMAGED 20000
#define PATIENCE (4 * G_USEC_PER_SEC) /* a slow machine tries fewer */

/* What the target has now, for the signal handler. */
static const guint8 *current;
static gsize current_size;

static void
on_abort (int number)
{
  static const char digits[] = "0123456789abcdef";
  char text[3 * 32];
  ssize_t written = write (STDERR_FILENO, "input:\n", 7);

  for (gsize i = 0; i < current_size && written > 0; i += 32)
    {
      gsize n = 0;

      for (gsize j = i; j < MIN (i + 32, current_size); j++)
        {
          text[n++] = digits[current[j] >> 4];
          text[n++] = digits[current[j] & 15];
        }
      text[n++] = '\n';
      written = write (STDERR_FILENO, text, n);
    }
  signal (number, SIG_DFL);
  raise (number);
}

static void
run (const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = size > 0 ? g_memdup2 (data, size) : g_malloc (1);

  current = copy;
  current_size = size;
  LLVMFuzzerTestOneInput (copy, size);
  current_size = 0;
}

static guint
pick (GRand *random, gsize n)
{
  return (guint) g_rand_int_range (random, 0, (gint) MAX (n, 1));
}

/* Changes one place: cut off, taken out, doubled, or other bytes there. @other
 * is a second file, from which a piece may come.
 */
static void
damage (GByteArray *bytes, const GBytes *other, GRand *random)
{
  static const char telling[] = "<>&;=\"'\\/%[]{}(),:#?!-_*.@$^|~ \t\r\n0123456789";
  gsize other_size = 0;
  const guint8 *from = g_bytes_get_data ((GBytes *) other, &other_size);
  guint position = pick (random, bytes->len + 1);
  guint length = pick (random, MIN (bytes->len - position, 64) + 1);
  guint start = pick (random, other_size + 1);
  guint part = pick (random, MIN (other_size - start, 64) + 1);
  guint8 byte = (guint8) pick (random, 256);

  switch (pick (random, 7))
    {
    case 0:
      g_byte_array_set_size (bytes, position);
      return;
    case 1:
      if (length > 0)
        g_byte_array_remove_range (bytes, position, length);
      return;
    case 2:
      from = bytes->data + position;
      part = length;
      break;
    case 3:
      if (position < bytes->len)
        bytes->data[position] = byte;
      return;
    case 4:
      if (position < bytes->len)
        bytes->data[position] ^= (guint8) (1 << pick (random, 8));
      return;
    case 5:
      byte = (guint8) telling[pick (random, sizeof telling - 1)];
      from = &byte;
      part = 1;
      break;
    default:
      from = from != NULL ? from + start : NULL;
      break;
    }

  if (part > 0 && bytes->len + part <= MAX_SIZE)
    {
      g_autofree guint8 *piece = g_memdup2 (from, part);

      g_byte_array_set_size (bytes, bytes->len + part);
      memmove (bytes->data + position + part, bytes->data + position, bytes->len - part - position);
      memcpy (bytes->data + position, piece, part);
    }
}

static void
run_damaged (GPtrArray *files, guint number)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (number);
  GBytes *file = g_ptr_array_index (files, number % files->len);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (file, &size);

  g_byte_array_append (bytes, data, (guint) size);
  for (guint i = pick (random, 8) + 1; i > 0; i--)
    damage (bytes, g_ptr_array_index (files, pick (random, files->len)), random);
  run (bytes->data, bytes->len);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The files of a folder, always in one order. */
static void
load (const char *folder, GPtrArray *files)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *leaf = NULL;

  g_assert_no_error (error);
  while ((leaf = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, leaf, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      char *text = NULL;
      gsize size = 0;

      g_file_get_contents (g_ptr_array_index (names, i), &text, &size, &error);
      g_assert_no_error (error);
      g_ptr_array_add (files, g_bytes_new_take (text, size));
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  gint64 start = g_get_monotonic_time ();
  guint n = 0;

  signal (SIGABRT, on_abort);
  signal (SIGSEGV, on_abort);
  for (int i = 1; i < argc; i++)
    load (argv[i], files);
  g_assert_cmpuint (files->len, >, 0);

  run (NULL, 0);
  for (guint i = 0; i < files->len; i++)
    {
      gsize size = 0;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (files, i), &size);

      run (data, size);
    }
  while (n < N_DAMAGED && g_get_monotonic_time () - start < PATIENCE)
    run_damaged (files, n++);
  g_print ("%u files, %u damaged\n", files->len, n);

  return EXIT_SUCCESS;
}
