/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-thumbnails.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A picture comes from anybody, so everything about it is bounded: bytes read,
 * sides, area, formats, and one picture at a time. The loader is told to scale
 * while it decodes, so the full picture never exists where the format allows.
 */
#define MAX_FILE_SIZE (64 * 1024 * 1024)
#define MAX_SIDE 30000
#define MAX_AREA (50 * 1000 * 1000)
#define MAX_KEPT 512
#define READ_SIZE (64 * 1024)

struct _BobbinThumbnails
{
  GObject parent_instance;

  GThreadPool *pool;
  GHashTable *kept; /* key → GList link in order */
  GQueue order;     /* of Kept, the last used first */
};

/* Tells a file from one that has taken its name. */
typedef struct
{
  goffset size;
  gint64 modified; /* nanoseconds of the epoch */
} Stamp;

typedef struct
{
  char *key;
  GdkTexture *texture;
  Stamp stamp;
} Kept;

typedef struct
{
  char *path;
  int size;
  Stamp stamp;         /* of the file as it was last seen; then, as it is */
  GdkTexture *texture; /* what it looked like; NULL if that is not kept */
} Request;

G_DEFINE_FINAL_TYPE (BobbinThumbnails, bobbin_thumbnails, G_TYPE_OBJECT)

static void
kept_free (Kept *kept)
{
  g_free (kept->key);
  g_object_unref (kept->texture);
  g_free (kept);
}

static void
request_free (Request *request)
{
  g_clear_object (&request->texture);
  g_free (request->path);
  g_free (request);
}

static char *
make_key (const char *path, int size)
{
  return g_strdup_printf ("%d %s", size, path);
}

/*
 * The formats that are read, told by their first bytes. The library's own
 * guess could pick any loader that is installed.
 */
static const char *
get_format (const guint8 *data, gsize size)
{
  if (size >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return "jpeg";
  if (size >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "png";
  if (size >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return "webp";
  return NULL;
}

/* The shorter side becomes @size; a picture that is small already stays. */
static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  const int size = GPOINTER_TO_INT (user_data);
  const int shorter = MIN (width, height);
  gboolean fits = width > 0 && height > 0 && width <= MAX_SIDE && height <= MAX_SIDE
                  && (gint64) width * height <= MAX_AREA;

  if (!fits)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (shorter > size)
    gdk_pixbuf_loader_set_size (loader, (int) MAX (size, (gint64) width * size / shorter),
                                (int) MAX (size, (gint64) height * size / shorter));
}

/* Hands the rest of the file to a loader that got the first @got bytes. */
static gboolean
feed_loader (
    GdkPixbufLoader *loader, int fd, guint8 *buffer, gssize got, GCancellable *cancellable, GError **error)
{
  gsize rest = MAX_FILE_SIZE;

  while (got > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !gdk_pixbuf_loader_write (loader, buffer, (gsize) got, error))
        return FALSE;
      rest -= (gsize) got;
      if (rest < READ_SIZE)
        break;
      got = read (fd, buffer, READ_SIZE);
    }
  if (got == 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "unreadable or too large");
  return FALSE;
}

static GdkPixbuf *
decode_from (int fd, int size, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (READ_SIZE);
  gssize got = read (fd, buffer, READ_SIZE);
  const char *format = get_format (buffer, (gsize) MAX (got, 0));
  g_autoptr (GdkPixbufLoader) loader = NULL;
  GdkPixbuf *pixbuf;

  if (format == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "not a picture that is shown");
      return NULL;
    }
  loader = gdk_pixbuf_loader_new_with_type (format, error);
  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), GINT_TO_POINTER (size));
  if (!feed_loader (loader, fd, buffer, got, cancellable, error))
    {
      gdk_pixbuf_loader_close (loader, NULL);
      return NULL;
    }
  if (!gdk_pixbuf_loader_close (loader, error))
    return NULL;
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "an empty picture");
      return NULL;
    }
  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

/* Returns: whether the file is another one than before, or has changed */
static gboolean
take_stamp (Request *request, const struct stat *status)
{
  const Stamp now
      = { status->st_size, (gint64) status->st_mtim.tv_sec * 1000000000 + status->st_mtim.tv_nsec };
  const gboolean changed = request->texture == NULL || now.size != request->stamp.size
                           || now.modified != request->stamp.modified;

  request->stamp = now;
  return changed;
}

/* Not to hang on a pipe that took the place of the file.
 * Returns: %NULL without an error if the file is as it was */
static GdkPixbuf *
decode (Request *request, GCancellable *cancellable, GError **error)
{
  int fd = open (request->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  GdkPixbuf *pixbuf = NULL;
  struct stat status;

  if (fd < 0 || fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "not a file");
  else if (!g_cancellable_set_error_if_cancelled (cancellable, error) && take_stamp (request, &status))
    pixbuf = decode_from (fd, request->size, cancellable, error);
  if (fd >= 0)
    close (fd);
  return pixbuf;
}

static GdkTexture *
crop_square (GdkPixbuf *pixbuf)
{
  const int width = gdk_pixbuf_get_width (pixbuf);
  const int height = gdk_pixbuf_get_height (pixbuf);
  const int side = MIN (width, height);
  g_autoptr (GdkPixbuf) part
      = gdk_pixbuf_new_subpixbuf (pixbuf, (width - side) / 2, (height - side) / 2, side, side);
  g_autoptr (GdkPixbuf) square = gdk_pixbuf_copy (part);

  return square != NULL ? gdk_texture_new_for_pixbuf (square) : NULL;
}

static void
pool_cb (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GError *error = NULL;

  pixbuf = decode (request, g_task_get_cancellable (task), &error);
  if (pixbuf == NULL && error == NULL)
    {
      g_task_return_pointer (task, g_object_ref (request->texture), g_object_unref);
      return;
    }
  if (pixbuf == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  texture = crop_square (pixbuf);
  if (texture == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "no memory for the picture");
  else
    g_task_return_pointer (task, g_steal_pointer (&texture), g_object_unref);
}

static void
keep (BobbinThumbnails *self, const Request *request, GdkTexture *texture)
{
  g_autofree char *key = make_key (request->path, request->size);
  GList *link = g_hash_table_lookup (self->kept, key);
  Kept *kept;

  if (link != NULL)
    {
      kept = link->data;
      kept->stamp = request->stamp;
      g_set_object (&kept->texture, texture);
      return;
    }
  kept = g_new0 (Kept, 1);
  kept->stamp = request->stamp;
  kept->key = g_steal_pointer (&key);
  kept->texture = g_object_ref (texture);
  g_queue_push_head (&self->order, kept);
  g_hash_table_insert (self->kept, kept->key, self->order.head);
  while (self->order.length > MAX_KEPT)
    {
      Kept *last = g_queue_pop_tail (&self->order);

      g_hash_table_remove (self->kept, last->key);
      kept_free (last);
    }
}

/**
 * bobbin_thumbnails_stop:
 * @self: the thumbnails
 *
 * Waits until the thread has let go of everything: a moment, if all that was
 * asked for is cancelled. Nothing is decoded any more. To be called before the
 * last reference goes, since the thread holds some. Main thread.
 */
void
bobbin_thumbnails_stop (BobbinThumbnails *self)
{
  GThreadPool *pool = g_steal_pointer (&self->pool);

  if (pool != NULL)
    g_thread_pool_free (pool, FALSE, TRUE);
}

static void
bobbin_thumbnails_finalize (GObject *object)
{
  BobbinThumbnails *self = BOBBIN_THUMBNAILS (object);

  bobbin_thumbnails_stop (self);
  g_hash_table_unref (self->kept);
  g_queue_clear_full (&self->order, (GDestroyNotify) kept_free);
  G_OBJECT_CLASS (bobbin_thumbnails_parent_class)->finalize (object);
}

static void
bobbin_thumbnails_class_init (BobbinThumbnailsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bobbin_thumbnails_finalize;
}

static void
bobbin_thumbnails_init (BobbinThumbnails *self)
{
  self->pool = g_thread_pool_new (pool_cb, NULL, 1, FALSE, NULL);
  self->kept = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->order);
}

/**
 * bobbin_thumbnails_new:
 *
 * Returns: (transfer full): an empty collection of thumbnails
 */
BobbinThumbnails *
bobbin_thumbnails_new (void)
{
  return g_object_new (BOBBIN_TYPE_THUMBNAILS, NULL);
}

/**
 * bobbin_thumbnails_lookup:
 * @self: the thumbnails
 * @path: the file of a picture
 * @size: the side of the square, in device pixels
 *
 * The file may have changed meanwhile: bobbin_thumbnails_load_async() tells.
 *
 * Returns: (transfer none) (nullable): the thumbnail, if it is kept
 */
GdkTexture *
bobbin_thumbnails_lookup (BobbinThumbnails *self, const char *path, int size)
{
  g_autofree char *key = make_key (path, size);
  GList *link = g_hash_table_lookup (self->kept, key);

  if (link == NULL)
    return NULL;
  g_queue_unlink (&self->order, link);
  g_queue_push_head_link (&self->order, link);
  return ((Kept *) link->data)->texture;
}

/**
 * bobbin_thumbnails_load_async:
 * @self: the thumbnails
 * @path: the file of a picture
 * @size: the side of the square, in device pixels
 * @cancellable: (nullable): gives up, also in the middle of a picture
 * @callback: called on the main thread
 * @user_data: for @callback
 *
 * Decodes a picture on the thread of the thumbnails, unless it is kept and the
 * file has not changed.
 */
void
bobbin_thumbnails_load_async (BobbinThumbnails *self,
                              const char *path,
                              int size,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->path = g_strdup (path);
  request->size = size;
  request->texture = bobbin_thumbnails_lookup (self, path, size);
  if (request->texture != NULL)
    {
      g_object_ref (request->texture);
      request->stamp = ((Kept *) self->order.head->data)->stamp; /* the one that was just looked up */
    }
  g_task_set_source_tag (task, bobbin_thumbnails_load_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  if (self->pool == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
  else
    g_thread_pool_push (self->pool, g_steal_pointer (&task), NULL);
}

/**
 * bobbin_thumbnails_load_finish:
 * @self: the thumbnails
 * @result: what the callback got
 * @error: return location for an error of G_IO_ERROR or GDK_PIXBUF_ERROR
 *
 * Returns: (transfer full): the square, or %NULL with @error set
 */
GdkTexture *
bobbin_thumbnails_load_finish (BobbinThumbnails *self, GAsyncResult *result, GError **error)
{
  GTask *task = G_TASK (result);
  GdkTexture *texture = g_task_propagate_pointer (task, error);

  if (texture != NULL)
    keep (self, g_task_get_task_data (task), texture);
  return texture;
}
