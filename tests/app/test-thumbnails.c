/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-test.h"
#include "bobbin-thumbnails.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

typedef struct
{
  char *folder;
  BobbinThumbnails *thumbnails;
  GdkTexture *texture;
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = bobbin_test_make_folder ();
  fixture->thumbnails = bobbin_thumbnails_new ();
}

static void
forget (Fixture *fixture)
{
  g_clear_object (&fixture->texture);
  g_clear_error (&fixture->error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  forget (fixture);
  bobbin_thumbnails_stop (fixture->thumbnails);
  g_assert_finalize_object (fixture->thumbnails);
  bobbin_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static char *
write_file (Fixture *fixture, const char *name, gconstpointer data, gsize size)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
  return path;
}

/* Red, with a blue stripe on each of the sides that a square cuts off. */
static char *
write_picture (Fixture *fixture, const char *name, const char *type, int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GdkPixbuf) middle = NULL;
  g_autoptr (GError) error = NULL;
  const int side = MIN (width, height);
  char *path = g_build_filename (fixture->folder, name, NULL);

  gdk_pixbuf_fill (pixbuf, 0x0000ffff);
  middle = gdk_pixbuf_new_subpixbuf (pixbuf, (width - side) / 2, (height - side) / 2, side, side);
  gdk_pixbuf_fill (middle, 0xff0000ff);
  gdk_pixbuf_save (pixbuf, path, type, &error, NULL);
  g_assert_no_error (error);
  return path;
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->texture = bobbin_thumbnails_load_finish (BOBBIN_THUMBNAILS (object), result, &fixture->error);
}

static gboolean
has_loaded (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->texture != NULL || fixture->error != NULL;
}

static void
load (Fixture *fixture, const char *path, GCancellable *cancellable)
{
  forget (fixture);
  bobbin_thumbnails_load_async (fixture->thumbnails, path, 40, cancellable, loaded_cb, fixture);
  bobbin_test_wait (has_loaded, fixture);
}

static void
assert_square (Fixture *fixture, int side)
{
  g_autofree guint32 *pixels = NULL;

  g_assert_no_error (fixture->error);
  g_assert_cmpint (gdk_texture_get_width (fixture->texture), ==, side);
  g_assert_cmpint (gdk_texture_get_height (fixture->texture), ==, side);
  pixels = g_new (guint32, (gsize) side * (gsize) side);
  gdk_texture_download (fixture->texture, (guchar *) pixels, (gsize) side * 4);
  /* Mostly red: JPEG is not exact. */
  g_assert_cmpuint ((pixels[side / 2 * side + side / 2] >> 16) & 0xff, >, 0xf0);
  g_assert_cmpuint (pixels[side / 2 * side + side / 2] & 0xff, <, 0x10);
  g_assert_cmpuint ((pixels[side + 1] >> 16) & 0xff, >, 0x80);
}

static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wide = write_picture (fixture, "wide.png", "png", 800, 200);
  g_autofree char *high = write_picture (fixture, "high.jpg", "jpeg", 320, 1600);
  g_autofree char *small = write_picture (fixture, "small.png", "png", 20, 10);

  load (fixture, wide, NULL);
  assert_square (fixture, 40);
  load (fixture, high, NULL);
  assert_square (fixture, 40);
  /* A picture is never made larger than it is. */
  load (fixture, small, NULL);
  assert_square (fixture, 10);
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_picture (fixture, "picture.png", "png", 50, 50);

  g_assert_null (bobbin_thumbnails_lookup (fixture->thumbnails, path, 40));
  load (fixture, path, NULL);
  g_assert_true (bobbin_thumbnails_lookup (fixture->thumbnails, path, 40) == fixture->texture);
  g_assert_null (bobbin_thumbnails_lookup (fixture->thumbnails, path, 80));
}

/* A file that takes the name of another is looked at anew, and only then. */
static void
test_changed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_picture (fixture, "picture.png", "png", 50, 50);
  g_autofree char *again = NULL;
  g_autoptr (GdkTexture) first = NULL;
  g_autoptr (GdkTexture) second = NULL;

  load (fixture, path, NULL);
  first = g_object_ref (fixture->texture);
  load (fixture, path, NULL);
  g_assert_true (fixture->texture == first);
  again = write_picture (fixture, "picture.png", "png", 20, 20);
  load (fixture, path, NULL);
  assert_square (fixture, 20);
  second = g_object_ref (fixture->texture);
  g_assert_true (bobbin_thumbnails_lookup (fixture->thumbnails, path, 40) == second);
  load (fixture, path, NULL);
  g_assert_true (fixture->texture == second);
}

/* Only the last ones are kept. */
static void
test_bounded (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = write_picture (fixture, "first.png", "png", 8, 8);

  load (fixture, first, NULL);
  for (guint i = 0; i < 512; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.png", i);
      g_autofree char *path = write_picture (fixture, name, "png", 8, 8);

      load (fixture, path, NULL);
      g_assert_no_error (fixture->error);
    }
  g_assert_null (bobbin_thumbnails_lookup (fixture->thumbnails, first, 40));
}

static guint32
get_crc (const guint8 *data, gsize size)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      crc ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ (0xedb88320 & -(crc & 1));
    }
  return ~crc;
}

static void
append_chunk (GByteArray *png, const char *type, gconstpointer data, guint size)
{
  const guint32 length = GUINT32_TO_BE (size);
  const guint start = png->len + 4;
  guint32 crc;

  g_byte_array_append (png, (const guint8 *) &length, 4);
  g_byte_array_append (png, (const guint8 *) type, 4);
  g_byte_array_append (png, data, size);
  crc = GUINT32_TO_BE (get_crc (png->data + start, png->len - start));
  g_byte_array_append (png, (const guint8 *) &crc, 4);
}

static void
append_head (GByteArray *png, guint32 width, guint32 height)
{
  guint8 head[13] = { 0 };

  width = GUINT32_TO_BE (width);
  height = GUINT32_TO_BE (height);
  memcpy (head, &width, 4);
  memcpy (head + 4, &height, 4);
  head[8] = 1; /* one bit a pixel, grey */
  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_chunk (png, "IHDR", head, sizeof head);
}

/* A PNG file that promises @width × @height pixels and ends there. */
static char *
write_promise (Fixture *fixture, guint32 width, guint32 height)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();

  append_head (png, width, height);
  return write_file (fixture, "promise.png", png->data, png->len);
}

/* A PNG file that keeps its promise: black, and far smaller than what it holds. */
static char *
write_bomb (Fixture *fixture, guint32 width, guint32 height)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 1);
  const gsize raw_size = (gsize) height * (1 + (width + 7) / 8);
  const gsize room = raw_size / 50 + 1000;
  g_autofree guint8 *raw = g_malloc0 (raw_size);
  g_autofree guint8 *packed = g_malloc (room);
  gsize taken, given;
  GConverterResult result;

  result = g_converter_convert (G_CONVERTER (compressor), raw, raw_size, packed, room,
                                G_CONVERTER_INPUT_AT_END, &taken, &given, NULL);
  g_assert_cmpint (result, ==, G_CONVERTER_FINISHED);
  append_head (png, width, height);
  append_chunk (png, "IDAT", packed, (guint) given);
  append_chunk (png, "IEND", NULL, 0);
  return write_file (fixture, "bomb.png", png->data, png->len);
}

static void
test_bombs (Fixture *fixture, gconstpointer data)
{
  const guint32 good[][2] = { { 4000, 4000 }, { 20000, 100 } };
  const guint32 bad[][2] = { { 8000, 8000 }, { 40000, 10 }, { 10, 40000 } };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *path = write_bomb (fixture, good[i][0], good[i][1]);

      load (fixture, path, NULL);
      g_assert_no_error (fixture->error);
      g_assert_cmpint (gdk_texture_get_width (fixture->texture), ==, 40);
      g_assert_cmpint (gdk_texture_get_height (fixture->texture), ==, 40);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = write_bomb (fixture, bad[i][0], bad[i][1]);

      load (fixture, path, NULL);
      g_assert_null (fixture->texture);
    }
}

/* None of these may crash, hang, or take much memory: they fail. */
static void
test_hostile (Fixture *fixture, gconstpointer data)
{
  const guint32 sides[][2] = { { 100000, 100000 }, { 30000, 30000 }, { 1, 1000000 }, { 0, 0 }, { 40, 40 } };
  g_autofree char *text = write_file (fixture, "text.jpg", "no picture", 10);
  g_autofree char *empty = write_file (fixture, "empty.jpg", "", 0);
  g_autofree char *gone = g_build_filename (fixture->folder, "gone.jpg", NULL);
  g_autofree char *pipe = g_build_filename (fixture->folder, "pipe.jpg", NULL);
  const char *const paths[] = { text, empty, gone, pipe, fixture->folder };

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      load (fixture, paths[i], NULL);
      g_assert_null (fixture->texture);
    }
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autofree char *path = write_promise (fixture, sides[i][0], sides[i][1]);

      load (fixture, path, NULL);
      g_assert_null (fixture->texture);
      g_assert_null (bobbin_thumbnails_lookup (fixture->thumbnails, path, 40));
    }
  g_assert_cmpint (g_unlink (pipe), ==, 0);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_picture (fixture, "picture.png", "png", 50, 50);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  load (fixture, path, cancellable);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  bobbin_thumbnails_stop (fixture->thumbnails);
  load (fixture, path, NULL);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/thumbnails/pictures", Fixture, NULL, set_up, test_pictures, tear_down);
  g_test_add ("/thumbnails/kept", Fixture, NULL, set_up, test_kept, tear_down);
  g_test_add ("/thumbnails/changed", Fixture, NULL, set_up, test_changed, tear_down);
  g_test_add ("/thumbnails/bounded", Fixture, NULL, set_up, test_bounded, tear_down);
  g_test_add ("/thumbnails/hostile", Fixture, NULL, set_up, test_hostile, tear_down);
  g_test_add ("/thumbnails/bombs", Fixture, NULL, set_up, test_bombs, tear_down);
  g_test_add ("/thumbnails/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  return g_test_run ();
}
