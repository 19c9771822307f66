/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sys/types.h>

G_BEGIN_DECLS

/* What a program that is linked with the shim asks of the disk, also through
 * GLib and SQLite, passes by here. */

typedef enum
{
  BOBBIN_DISK_OPEN, /* of something that is there */
  BOBBIN_DISK_CREATE,
  BOBBIN_DISK_WRITE,
  BOBBIN_DISK_TRUNCATE,
  BOBBIN_DISK_RENAME,
  BOBBIN_DISK_LINK,
  BOBBIN_DISK_UNLINK,
  BOBBIN_DISK_MKDIR,
  BOBBIN_DISK_SYNC,
  BOBBIN_DISK_SYNC_ALL,
  BOBBIN_DISK_ATTRIBUTE,
  BOBBIN_DISK_N_CALLS,
} BobbinDiskCall;

/**
 * BobbinDiskEvent:
 * @call: which one
 * @path: what it is about
 * @new_path: (nullable): the other name, of RENAME and LINK
 * @inode: what it is about, except for MKDIR; of CREATE only at its end
 * @offset: where, of WRITE; how long the file is to be, of TRUNCATE
 * @data: (nullable): bytes of WRITE
 * @size: how many; may be made smaller at the beginning, for a short write
 * @mark: the hooks' own
 *
 * One call.
 */
typedef struct
{
  BobbinDiskCall call;
  const char *path;
  const char *new_path;
  ino_t inode;
  goffset offset;
  const void *data;
  gsize size;
  guint64 mark;
} BobbinDiskEvent;

/**
 * BobbinDiskHooks:
 * @begin: before the call, with call, path, new_path and size filled in;
 *   returns 0, or the errno that the call is to fail with
 * @end: after a call that was not failed so; done tells whether it went well
 *
 * Called by any thread. What they ask of the disk themselves is not watched.
 */
typedef struct
{
  int (*begin) (BobbinDiskEvent *event);
  void (*end) (BobbinDiskEvent *event, gboolean done);
} BobbinDiskHooks;

void bobbin_disk_watch (const char *folder, const BobbinDiskHooks *hooks);
void bobbin_disk_replace_boot_id (const char *path);

G_END_DECLS
