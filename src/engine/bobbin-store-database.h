/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-created-log.h"
#include "bobbin-record.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * BobbinStoreDatabase:
 *
 * The connection that writes, with its statements. One thread at a time.
 *
 * Errors of all these functions: %G_IO_ERROR_INVALID_DATA for a database that
 * is damaged or none of ours, %G_IO_ERROR_NOT_SUPPORTED for a newer one, and
 * other %G_IO_ERROR codes for what the file system says.
 */
typedef struct _BobbinStoreDatabase BobbinStoreDatabase;

BobbinStoreDatabase *bobbin_store_database_open (const char *path,
                                                 gint64 boot,
                                                 gboolean check,
                                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_store_database_close (BobbinStoreDatabase *self);

gboolean bobbin_store_database_begin (BobbinStoreDatabase *self, gboolean for_good, GError **error);
gboolean bobbin_store_database_commit (BobbinStoreDatabase *self, GError **error);
void bobbin_store_database_roll_back (BobbinStoreDatabase *self);

gboolean bobbin_store_database_put (BobbinStoreDatabase *self,
                                    const BobbinRecord *record,
                                    gboolean keep_ranges,
                                    GError **error);
gboolean bobbin_store_database_remove (BobbinStoreDatabase *self, guint64 id, GError **error);
gboolean bobbin_store_database_put_run (BobbinStoreDatabase *self,
                                        const BobbinRunRecord *run,
                                        GError **error);
gboolean bobbin_store_database_put_timeline (BobbinStoreDatabase *self,
                                             const BobbinTimelineRecord *record,
                                             GError **error);
gboolean bobbin_store_database_put_created (BobbinStoreDatabase *self,
                                            const BobbinCreated *created,
                                            GError **error);
gboolean bobbin_store_database_set_synced (BobbinStoreDatabase *self,
                                           const BobbinRecord *record,
                                           GError **error);
GPtrArray *bobbin_store_database_list_unsynced (BobbinStoreDatabase *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean bobbin_store_database_is_same_boot (BobbinStoreDatabase *self);

GArray *bobbin_store_database_list_sessions (BobbinStoreDatabase *self) G_GNUC_WARN_UNUSED_RESULT;
guint64 bobbin_store_database_get_next_session (BobbinStoreDatabase *self);
gboolean bobbin_store_database_add_session (BobbinStoreDatabase *self, guint64 session, GError **error);
gboolean bobbin_store_database_end_session (BobbinStoreDatabase *self, guint64 session, GError **error);

/* Any thread, each on a connection of its own. */
GPtrArray *bobbin_store_database_load (const char *path, const char *folder, gint64 boot, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
GArray *bobbin_store_database_load_runs (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *bobbin_store_database_load_timeline (const char *path, gint64 began, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinStoreDatabase, bobbin_store_database_close)

G_END_DECLS
