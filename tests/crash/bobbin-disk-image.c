/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-disk-image.h"

#include <string.h>

typedef struct
{
  guint64 serial;
  goffset offset;
  GBytes *bytes; /* NULL: the file was made that long */
} Change;

static void
change_free (gpointer data)
{
  Change *self = data;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

BobbinDiskImage *
bobbin_disk_image_new (void)
{
  BobbinDiskImage *self = g_new0 (BobbinDiskImage, 1);

  self->synced = g_byte_array_new ();
  self->changes = g_ptr_array_new_with_free_func (change_free);
  return self;
}

void
bobbin_disk_image_free (BobbinDiskImage *self)
{
  g_byte_array_unref (self->synced);
  g_ptr_array_unref (self->changes);
  g_free (self);
}

static void
add_change (BobbinDiskImage *self, guint64 serial, goffset offset, GBytes *bytes)
{
  Change *change = g_new (Change, 1);

  *change = (Change){ .serial = serial, .offset = offset, .bytes = bytes };
  g_ptr_array_add (self->changes, change);
}

/* Notes a write. @serial grows with each call. */
void
bobbin_disk_image_write (BobbinDiskImage *self, guint64 serial, goffset offset, const void *data, gsize size)
{
  add_change (self, serial, offset, g_bytes_new (data, size));
}

/* Notes that the file was made @size bytes long. */
void
bobbin_disk_image_truncate (BobbinDiskImage *self, guint64 serial, goffset size)
{
  add_change (self, serial, size, NULL);
}

static void
set_size (GByteArray *bytes, goffset size)
{
  guint old = bytes->len;

  g_byte_array_set_size (bytes, (guint) size);
  if (bytes->len > old)
    memset (bytes->data + old, 0, bytes->len - old);
}

static void
grow (GByteArray *bytes, goffset size)
{
  if (size > bytes->len)
    set_size (bytes, size);
}

static goffset
get_end (const Change *change)
{
  return change->offset + (goffset) g_bytes_get_size (change->bytes);
}

static void
put_some (GByteArray *bytes, const Change *change, goffset first, goffset end)
{
  const guint8 *data = g_bytes_get_data (change->bytes, NULL);

  grow (bytes, end);
  memcpy (bytes->data + first, data + (first - change->offset), (gsize) (end - first));
}

static void
apply (GByteArray *bytes, const Change *change)
{
  if (change->bytes == NULL)
    set_size (bytes, change->offset);
  else if (g_bytes_get_size (change->bytes) > 0)
    put_some (bytes, change, change->offset, get_end (change));
}

static void
apply_blocks (GByteArray *bytes, const Change *change, goffset block, GRand *rand)
{
  goffset end = get_end (change);

  for (goffset first = change->offset, next; first < end; first = next)
    {
      next = MIN (end, (first / block + 1) * block);
      if (g_rand_boolean (rand))
        put_some (bytes, change, first, next);
    }
}

static void
apply_with_luck (GByteArray *bytes, const Change *change, GRand *rand)
{
  int part = g_rand_int_range (rand, 0, 5);

  if (part == 0)
    return;
  if (part == 1 || change->bytes == NULL)
    apply (bytes, change);
  else if (part == 2)
    grow (bytes, get_end (change));
  else
    apply_blocks (bytes, change, part == 3 ? 512 : 4096, rand);
}

/* What was noted up to @serial is on disk now. */
void
bobbin_disk_image_sync (BobbinDiskImage *self, guint64 serial)
{
  guint n = 0;

  while (n < self->changes->len && ((const Change *) g_ptr_array_index (self->changes, n))->serial <= serial)
    apply (self->synced, g_ptr_array_index (self->changes, n++));
  g_ptr_array_remove_range (self->changes, 0, n);
}

/* Turns the image into one that may be on disk after a power cut; with
 * %BOBBIN_DISK_LUCK_FIRST what was noted up to @serial survives.
 * Returns: whether it may differ from what the file was last seen to be */
gboolean
bobbin_disk_image_cut (BobbinDiskImage *self, BobbinDiskLuck luck, guint64 serial, GRand *rand)
{
  gboolean changed = self->changes->len > 0;

  /* Some files are wholly written back by the kernel, others not at all. */
  if (luck == BOBBIN_DISK_LUCK_RANDOM)
    luck = (BobbinDiskLuck[]){ BOBBIN_DISK_LUCK_NONE, BOBBIN_DISK_LUCK_ALL,
                               BOBBIN_DISK_LUCK_RANDOM }[g_rand_int_range (rand, 0, 3)];
  for (guint i = 0; i < self->changes->len; i++)
    {
      const Change *change = g_ptr_array_index (self->changes, i);

      if (luck == BOBBIN_DISK_LUCK_RANDOM)
        apply_with_luck (self->synced, change, rand);
      else if (luck == BOBBIN_DISK_LUCK_ALL || (luck == BOBBIN_DISK_LUCK_FIRST && change->serial <= serial))
        apply (self->synced, change);
    }
  g_ptr_array_set_size (self->changes, 0);
  return changed;
}
