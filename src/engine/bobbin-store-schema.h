/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-record.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* BOBBIN_STATE_FINISHED in SQL. */
#define BOBBIN_STORE_FINISHED "4"
G_STATIC_ASSERT (BOBBIN_STATE_FINISHED == 4);

gboolean bobbin_store_schema_set_up (sqlite3 *sql, gboolean check, GError **error);

G_END_DECLS
