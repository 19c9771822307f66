/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-store-database.h"
#include "bobbin-store.h"

G_BEGIN_DECLS

/**
 * BobbinStoreSession:
 * @path: (type filename): the database's file
 * @database: (nullable): the connection that writes, %NULL if nothing can be
 *   written
 * @log: (nullable): the part files that were made, %NULL if nothing can be
 *   written
 * @number: tells this session from others
 * @boot: tells this boot from others
 * @same_boot: whether all finished files that were not synced are of this boot
 * @notice: how the store was found
 * @kept_aside: (nullable) (type filename): where a database went that could not
 *   be used
 * @error: (nullable): why nothing can be written
 * @damaged: whether somebody came across damage since
 *
 * One process's use of a store, from its opening to its end.
 */
typedef struct
{
  char *path;
  BobbinStoreDatabase *database;
  BobbinCreatedLog *log;
  guint64 number;
  gint64 boot;
  gboolean same_boot;
  BobbinStoreNotice notice;
  char *kept_aside;
  GError *error;

  /* atomic */
  gint damaged;
} BobbinStoreSession;

void bobbin_store_session_begin (BobbinStoreSession *self, const char *path);
void bobbin_store_session_end (BobbinStoreSession *self, gboolean clean);
void bobbin_store_session_clear (BobbinStoreSession *self);

G_END_DECLS
