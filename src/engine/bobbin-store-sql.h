/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-record.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* The columns of a download, in the order of its parameters and results. */
#define BOBBIN_STORE_COLUMNS                                                                                 \
  "id, place, end_order, state, uri, folder, given_name, headers, digest, extras, name, validator, device, " \
  "inode, "                                                                                                  \
  "birth, ranges, received, total, own_time, tries, ended, modified, synced, boot, error_domain, "           \
  "error_code, error_status, error_message, file_digest, verified, unproven, address, error_origin"

gboolean bobbin_store_sql_set_error (sqlite3 *sql, int result, GError **error);
gboolean bobbin_store_sql_run (sqlite3 *sql, const char *text, GError **error);
gboolean bobbin_store_sql_step (sqlite3_stmt *statement, GError **error);

void bobbin_store_sql_bind_record (sqlite3_stmt *statement,
                                   const BobbinRecord *record,
                                   gboolean with_ranges,
                                   gint64 boot);
BobbinRecord *bobbin_store_sql_read_record (sqlite3_stmt *statement, gint64 boot) G_GNUC_WARN_UNUSED_RESULT;

void bobbin_store_sql_bind_tries (sqlite3_stmt *statement, const BobbinRecord *record);
GArray *bobbin_store_sql_read_tries (sqlite3_stmt *statement, guint64 *id) G_GNUC_WARN_UNUSED_RESULT;

void bobbin_store_sql_bind_run (sqlite3_stmt *statement, const BobbinRunRecord *run);
BobbinRunRecord bobbin_store_sql_read_run (sqlite3_stmt *statement);
void bobbin_store_sql_bind_timeline (sqlite3_stmt *statement, const BobbinTimelineRecord *record);

char *bobbin_store_sql_dup_text (sqlite3_stmt *statement, int column) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
