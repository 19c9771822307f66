/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-chunks.h"
#include "bobbin-error.h"
#include "bobbin-test.h"

#include <string.h>

/* Decodes a body that comes in pieces of @step bytes.
 * Returns: (transfer full) (nullable): what was in it, NULL if it is refused */
static char *
decode (BobbinChunks *chunks, const char *body, gsize step, gsize *surplus)
{
  g_autoptr (GString) decoded = g_string_new (NULL);
  gsize length = strlen (body);

  *surplus = 0;
  for (gsize i = 0; i < length; i += step)
    {
      gsize size = MIN (step, length - i);
      g_autofree char *piece = g_strndup (body + i, size);
      g_autoptr (GError) error = NULL;
      gsize more;

      if (!bobbin_chunks_decode (chunks, piece, &size, &more, &error))
        {
          g_assert_error (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_ANSWER);
          return NULL;
        }
      g_string_append_len (decoded, piece, (gssize) size);
      *surplus += more;
    }
  return g_string_free (g_steal_pointer (&decoded), FALSE);
}

static void
test_good (void)
{
  static const struct
  {
    const char *body;
    const char *decoded;
    gboolean whole;
    gboolean over;
    gsize surplus;
  } bodies[] = {
    { "", "", FALSE, FALSE, 0 },
    { "5\r\nBytes\r\n0\r\n\r\n", "Bytes", TRUE, TRUE, 0 },
    { "1\r\nB\r\n4\r\nytes\r\n000\r\n\r\n", "Bytes", TRUE, TRUE, 0 },
    { "c\r\nHello\r\n0\r\n\r\n\r\n0\r\n\r\n", "Hello\r\n0\r\n\r\n", TRUE, TRUE, 0 },
    { "5;a=b;c=\"d\"\r\nBytes\r\n0;e\r\nf: g\r\nh: i\r\n\r\n", "Bytes", TRUE, TRUE, 0 },
    { "5 \t\r\nBytes\r\n0\r\n\r\n", "Bytes", TRUE, TRUE, 0 },
    { "5\nBytes\n0\n\n", "Bytes", TRUE, TRUE, 0 },
    { "5\r\nBytes\r\n0\r\n\r\nmore", "Bytes", TRUE, TRUE, 4 },
    { "5\r\nBytes\r\n0\r\n", "Bytes", TRUE, FALSE, 0 },
    { "5\r\nBytes\r\n0\r\nTrailer: x\r\n", "Bytes", TRUE, FALSE, 0 },
    { "5\r\nBytes\r\n0", "Bytes", FALSE, FALSE, 0 },
    { "5\r\nBytes\r\n", "Bytes", FALSE, FALSE, 0 },
    { "5\r\nBytes", "Bytes", FALSE, FALSE, 0 },
    { "5\r\nBy", "By", FALSE, FALSE, 0 },
    { "7fffffffffffffff\r\nBytes", "Bytes", FALSE, FALSE, 0 },
    { "00000000000000000000005\r\nBytes\r\n", "Bytes", FALSE, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    for (gsize step = 1; step <= strlen (bodies[i].body) + 1; step++)
      {
        BobbinChunks chunks = { 0 };
        gsize surplus;
        g_autofree char *decoded = decode (&chunks, bodies[i].body, step, &surplus);

        bobbin_test_message (bodies[i].body);
        g_assert_cmpstr (decoded, ==, bodies[i].decoded);
        g_assert_cmpint (bobbin_chunks_is_whole (&chunks), ==, bodies[i].whole);
        g_assert_cmpint (bobbin_chunks_is_over (&chunks), ==, bodies[i].over);
        g_assert_cmpuint (surplus, ==, bodies[i].surplus);
      }
}

static void
test_bad (void)
{
  static const char *const bodies[] = {
    "\r\nBytes",
    "zz\r\nBytes",
    "5z\r\nBytes",
    "5 5\r\nBytes",
    " 5\r\nBytes",
    "-5\r\nBytes",
    "+5\r\nBytes",
    "0x5\r\nBytes",
    "8000000000000000\r\nBytes",
    "ffffffffffffffff\r\nBytes",
    "10000000000000000\r\nBytes",
    "100000000000000000000000000000000000000000\r\nBytes",
    "5\r\nBytes5\r\nBytes\r\n",
    "5\r\nBytes\r\r\n",
    "5\r\nBytes more\r\n",
    "HTTP/1.1 200 OK\r\n",
    ";5\r\nBytes",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    for (gsize step = 1; step <= strlen (bodies[i]) + 1; step++)
      {
        BobbinChunks chunks = { 0 };
        gsize surplus;
        g_autofree char *decoded = decode (&chunks, bodies[i], step, &surplus);

        bobbin_test_message (bodies[i]);
        g_assert_null (decoded);
        g_assert_false (bobbin_chunks_is_whole (&chunks));
      }
}

static void
test_long_lines (void)
{
  g_autofree char *filling = g_strnfill (100000, 'x');
  g_autofree char *extension = g_strconcat ("5;", filling, NULL);
  g_autofree char *trailer = g_strconcat ("0\r\n", filling, NULL);
  BobbinChunks chunks = { 0 };
  BobbinChunks others = { 0 };
  gsize surplus;
  g_autofree char *first = decode (&chunks, extension, 1000, &surplus);
  g_autofree char *second = decode (&others, trailer, 1000, &surplus);

  g_assert_null (first);
  g_assert_null (second);
}

/* Whatever comes, it comes out the same in pieces of all sizes. */
static void
test_random (void)
{
  static const char alphabet[] = "0015aF\r\n\r\n;x ";

  for (guint i = 0; i < 20000; i++)
    {
      char body[32] = "";
      gsize length = (gsize) g_test_rand_int_range (1, sizeof body);
      BobbinChunks one = { 0 };
      BobbinChunks other = { 0 };
      g_autofree char *at_once = NULL;
      g_autofree char *bit_by_bit = NULL;
      gsize surplus;
      gsize surplus_of_other;

      for (gsize j = 0; j + 1 < length; j++)
        body[j] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      at_once = decode (&one, body, sizeof body, &surplus);
      bit_by_bit = decode (&other, body, 1, &surplus_of_other);
      g_assert_cmpstr (at_once, ==, bit_by_bit);
      g_assert_cmpint (bobbin_chunks_is_whole (&one), ==, bobbin_chunks_is_whole (&other));
      g_assert_cmpint (bobbin_chunks_is_over (&one), ==, bobbin_chunks_is_over (&other));
      g_assert_cmpuint (surplus, ==, surplus_of_other);
    }
}

int
main (int argc, char **argv)
{
  bobbin_test_init (&argc, &argv);
  g_test_add_func ("/chunks/good", test_good);
  g_test_add_func ("/chunks/bad", test_bad);
  g_test_add_func ("/chunks/long-lines", test_long_lines);
  g_test_add_func ("/chunks/random", test_random);
  return g_test_run ();
}
