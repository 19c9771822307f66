/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-settings.h"

#include <sys/types.h>

G_BEGIN_DECLS

/**
 * BobbinPartFile:
 *
 * NAME.part in its folder: created exclusively, written at offsets, and
 * published under its final name without ever overwriting anything unasked.
 * Several workers may write to it at once, each to bytes of its own; everything
 * else is for one thread at a time.
 */
typedef struct _BobbinPartFile BobbinPartFile;

/**
 * BobbinPartIdentity:
 * @device: the device that the part file was created on
 * @inode: its inode there
 * @birth: when it was created, nanoseconds of the epoch; 0 if the file system
 *   does not tell
 *
 * Tells our own part file from one that somebody else put in its place, which
 * may well have got the same inode.
 */
typedef struct
{
  dev_t device;
  ino_t inode;
  gint64 birth;
} BobbinPartIdentity;

BobbinPartFile *bobbin_part_file_create (const char *folder,
                                         const char *name,
                                         BobbinConflict conflict,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
BobbinPartFile *bobbin_part_file_create_unnamed (const char *folder,
                                                 const char *name,
                                                 BobbinConflict conflict) G_GNUC_WARN_UNUSED_RESULT;
gboolean bobbin_part_file_is_named (const BobbinPartFile *self);
gboolean bobbin_part_file_link (BobbinPartFile *self);
BobbinPartFile *bobbin_part_file_reopen (const char *folder,
                                         const char *name,
                                         const BobbinPartIdentity *identity,
                                         goffset size,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
int bobbin_part_file_open_for_sync (const char *folder, const char *name, const BobbinPartIdentity *identity);
void bobbin_part_file_remove_empty (const char *folder, const char *name, gint64 since);
void bobbin_part_file_free (BobbinPartFile *self);

const char *bobbin_part_file_get_name (const BobbinPartFile *self);
BobbinPartIdentity bobbin_part_file_get_identity (const BobbinPartFile *self);
gint64 bobbin_part_file_get_modified (const BobbinPartFile *self);
int bobbin_part_file_get_fd (const BobbinPartFile *self);
int bobbin_part_file_dup_fd (const BobbinPartFile *self);
gboolean bobbin_part_file_check_room (const BobbinPartFile *self, goffset size, GError **error);

gboolean bobbin_part_file_write (
    BobbinPartFile *self, const void *data, gsize size, goffset offset, GError **error);
gboolean bobbin_part_file_copy (BobbinPartFile *self,
                                const BobbinPartFile *from,
                                goffset size,
                                GError **error);
gboolean bobbin_part_file_truncate (BobbinPartFile *self, goffset size, GError **error);
char *bobbin_part_file_publish (BobbinPartFile *self, goffset size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_part_file_discard (BobbinPartFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinPartFile, bobbin_part_file_free)

G_END_DECLS
