/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-record.h"

G_BEGIN_DECLS

/**
 * BobbinStoreNotice:
 * @BOBBIN_STORE_FINE: opened as the last end left it
 * @BOBBIN_STORE_RECOVERED: the last end of some process was not a clean one
 * @BOBBIN_STORE_DAMAGED: the database was damaged; it was kept aside, and the
 *   store begins anew
 * @BOBBIN_STORE_NEWER: the database is a newer Bobbin's; it was kept aside, and
 *   the store begins anew
 * @BOBBIN_STORE_UNAVAILABLE: the database cannot be written to: what is there
 *   can be loaded if it can be read, but nothing new is kept
 *
 * How the store was found.
 */
typedef enum
{
  BOBBIN_STORE_FINE,
  BOBBIN_STORE_RECOVERED,
  BOBBIN_STORE_DAMAGED,
  BOBBIN_STORE_NEWER,
  BOBBIN_STORE_UNAVAILABLE,
} BobbinStoreNotice;

/**
 * BobbinStore:
 *
 * The downloads, the bytes that they hold and the runs, in an SQLite database
 * that a thread of its own writes in batches. Several processes may share one.
 * Only bobbin_store_open(), the loading, bobbin_store_flush() and
 * bobbin_store_close() wait for the disk.
 */
typedef struct _BobbinStore BobbinStore;

BobbinStore *bobbin_store_open (const char *path) G_GNUC_WARN_UNUSED_RESULT;
BobbinStore *bobbin_store_ref (BobbinStore *self);
void bobbin_store_unref (BobbinStore *self);
void bobbin_store_close (BobbinStore *self);

BobbinStoreNotice bobbin_store_get_notice (BobbinStore *self);
const char *bobbin_store_get_kept_aside (BobbinStore *self);
const GError *bobbin_store_get_error (BobbinStore *self);
gboolean bobbin_store_is_same_boot (BobbinStore *self);

GPtrArray *bobbin_store_load (BobbinStore *self, const char *folder, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
GArray *bobbin_store_load_runs (BobbinStore *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *bobbin_store_load_timeline (BobbinStore *self, gint64 began, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

guint64 bobbin_store_new_id (BobbinStore *self);
void bobbin_store_put (BobbinStore *self, BobbinRecord *record, int part_fd);
void bobbin_store_remove (BobbinStore *self, const guint64 *ids, gsize n_ids);
void bobbin_store_put_run (BobbinStore *self, const BobbinRunRecord *run);
void bobbin_store_put_timeline (BobbinStore *self, gint64 began, gint64 measured, GBytes *timeline);
void bobbin_store_note_planned (
    BobbinStore *self, guint64 id, const char *uri, const char *folder, const char *name);
void bobbin_store_note_failed (BobbinStore *self, guint64 id);
void bobbin_store_note_created (BobbinStore *self,
                                guint64 id,
                                const char *uri,
                                const char *folder,
                                const char *name,
                                const BobbinPartIdentity *identity);
gboolean bobbin_store_flush (BobbinStore *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinStore, bobbin_store_unref)

G_END_DECLS
