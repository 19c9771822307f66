/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-tile.h"

#include "bobbin-kind.h"

#define TILE_SIZE 40

struct _BobbinTile
{
  GtkWidget parent_instance;

  BobbinThumbnails *thumbnails;
  int size; /* of a side, in pixels */
  GtkWidget *icon;
  const BobbinKind *kind;

  char *path; /* of the picture shown or being loaded */
  GdkTexture *texture;
  GCancellable *cancellable; /* of the picture being loaded */
};

G_DEFINE_FINAL_TYPE (BobbinTile, bobbin_tile, GTK_TYPE_WIDGET)

static void
bobbin_tile_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BobbinTile *self = BOBBIN_TILE (widget);
  const graphene_rect_t bounds
      = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  if (self->texture != NULL)
    gtk_snapshot_append_texture (snapshot, self->texture, &bounds);
  else
    GTK_WIDGET_CLASS (bobbin_tile_parent_class)->snapshot (widget, snapshot);
}

static void
bobbin_tile_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  *minimum = *natural = BOBBIN_TILE (widget)->size;
}

static void
bobbin_tile_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BobbinTile *self = BOBBIN_TILE (widget);

  gtk_widget_size_allocate (self->icon, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
bobbin_tile_dispose (GObject *object)
{
  BobbinTile *self = BOBBIN_TILE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->texture);
  g_clear_object (&self->thumbnails);
  g_clear_pointer (&self->icon, gtk_widget_unparent);
  G_OBJECT_CLASS (bobbin_tile_parent_class)->dispose (object);
}

static void
bobbin_tile_finalize (GObject *object)
{
  g_free (BOBBIN_TILE (object)->path);
  G_OBJECT_CLASS (bobbin_tile_parent_class)->finalize (object);
}

static void
bobbin_tile_class_init (BobbinTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bobbin_tile_dispose;
  object_class->finalize = bobbin_tile_finalize;
  widget_class->measure = bobbin_tile_measure;
  widget_class->size_allocate = bobbin_tile_size_allocate;
  widget_class->snapshot = bobbin_tile_snapshot;
  gtk_widget_class_set_css_name (widget_class, "tile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
bobbin_tile_init (BobbinTile *self)
{
  self->size = TILE_SIZE;
  self->icon = g_object_new (GTK_TYPE_IMAGE, "pixel-size", 20, "accessible-role",
                             GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * bobbin_tile_new:
 * @thumbnails: where pictures come from
 *
 * Returns: (transfer floating): a tile
 */
GtkWidget *
bobbin_tile_new (BobbinThumbnails *thumbnails)
{
  BobbinTile *self = g_object_new (BOBBIN_TYPE_TILE, NULL);

  self->thumbnails = g_object_ref (thumbnails);
  return GTK_WIDGET (self);
}

/**
 * bobbin_tile_set_size:
 * @self: a tile that shows nothing yet
 * @size: of a side, in pixels
 *
 * Makes it larger than in a row.
 */
void
bobbin_tile_set_size (BobbinTile *self, int size)
{
  self->size = size;
  gtk_image_set_pixel_size (GTK_IMAGE (self->icon), size / 2);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * bobbin_tile_set_name:
 * @self: a tile
 * @name: the leaf name of the file
 *
 * Shows the kind of file that goes by @name. Main thread.
 */
void
bobbin_tile_set_name (BobbinTile *self, const char *name)
{
  const BobbinKind *kind = bobbin_kind_for_name (name);

  if (self->kind == kind)
    return;
  if (self->kind != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->kind->style);
  self->kind = kind;
  gtk_widget_add_css_class (GTK_WIDGET (self), kind->style);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), kind->icon);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BobbinTile) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = bobbin_thumbnails_load_finish (BOBBIN_THUMBNAILS (object), result, &error);

  /* A tile that went on to another picture has cancelled this one. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  /* A file that is no picture keeps the icon of its kind. */
  if (texture == self->texture)
    return;
  g_set_object (&self->texture, texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
load (BobbinTile *self)
{
  const int size = self->size * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  GdkTexture *kept = bobbin_thumbnails_lookup (self->thumbnails, self->path, size);

  /* What is kept is shown until it is known whether the file is still the same. */
  if (kept != NULL)
    self->texture = g_object_ref (kept);
  self->cancellable = g_cancellable_new ();
  bobbin_thumbnails_load_async (self->thumbnails, self->path, size, self->cancellable, loaded_cb,
                                g_object_ref (self));
}

/**
 * bobbin_tile_set_picture:
 * @self: a tile
 * @path: (nullable): the finished file, or %NULL while there is none
 *
 * Shows the picture in @path in place of the icon, when it has been decoded,
 * if it is one. Main thread.
 */
void
bobbin_tile_set_picture (BobbinTile *self, const char *path)
{
  if (g_strcmp0 (self->path, path) == 0)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->texture);
  g_free (self->path);
  self->path = g_strdup (path);
  if (path != NULL)
    load (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
