/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BobbinDiskLuck:
 * @BOBBIN_DISK_LUCK_NONE: nothing that was not synced survives
 * @BOBBIN_DISK_LUCK_ALL: everything survives
 * @BOBBIN_DISK_LUCK_FIRST: everything up to some moment
 * @BOBBIN_DISK_LUCK_RANDOM: of each change all, nothing, some blocks, or only
 *   that the file has become longer
 *
 * What survives a power cut of all that was not synced.
 */
typedef enum
{
  BOBBIN_DISK_LUCK_NONE,
  BOBBIN_DISK_LUCK_ALL,
  BOBBIN_DISK_LUCK_FIRST,
  BOBBIN_DISK_LUCK_RANDOM,
} BobbinDiskLuck;

/**
 * BobbinDiskImage:
 *
 * A file's bytes as they are on disk, and what has changed since and may not
 * survive. Its owner locks it.
 */
typedef struct
{
  GByteArray *synced;
  GPtrArray *changes;
} BobbinDiskImage;

BobbinDiskImage *bobbin_disk_image_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_disk_image_free (BobbinDiskImage *self);
void bobbin_disk_image_write (
    BobbinDiskImage *self, guint64 serial, goffset offset, const void *data, gsize size);
void bobbin_disk_image_truncate (BobbinDiskImage *self, guint64 serial, goffset size);
void bobbin_disk_image_sync (BobbinDiskImage *self, guint64 serial);
gboolean bobbin_disk_image_cut (BobbinDiskImage *self, BobbinDiskLuck luck, guint64 serial, GRand *rand);

G_END_DECLS
