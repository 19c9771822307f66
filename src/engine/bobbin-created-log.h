/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-record.h"

G_BEGIN_DECLS

/**
 * BobbinCreated:
 * @id: the download that the part file belongs to
 * @uri: its link without user and password
 * @folder: absolute path of the folder
 * @name: leaf name, without the part file's suffix
 * @identity: tells the part file from others; without an inode if all that is
 *   known is that it was about to be made, not before its birth
 * @boot: in which boot that was
 *
 * A part file that was made, or was to be.
 */
typedef struct
{
  guint64 id;
  char *uri;
  char *folder;
  char *name;
  BobbinPartIdentity identity;
  gint64 boot;
} BobbinCreated;

/**
 * BobbinCreatedLog:
 *
 * The part files that this process has made and that are not in the database
 * yet, one line each, for whoever comes after a kill. A lock on the file tells
 * that its owner is alive. Any thread.
 */
typedef struct _BobbinCreatedLog BobbinCreatedLog;

BobbinCreatedLog *bobbin_created_log_new (const char *path, gint64 boot, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void bobbin_created_log_free (BobbinCreatedLog *self);
void bobbin_created_log_delete (BobbinCreatedLog *self);

void bobbin_created_log_note (BobbinCreatedLog *self,
                              guint64 id,
                              const char *uri,
                              const char *folder,
                              const char *name,
                              const BobbinPartIdentity *identity);
void bobbin_created_log_forget (BobbinCreatedLog *self, const guint64 *ids, gsize n_ids);
void bobbin_created_log_settle (BobbinCreatedLog *self, guint64 id, const BobbinPartIdentity *identity);

GPtrArray *bobbin_created_log_read_abandoned (const char *path) G_GNUC_WARN_UNUSED_RESULT;
gboolean bobbin_created_log_is_alive (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinCreatedLog, bobbin_created_log_free)

G_END_DECLS
