/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-store.h"
#include "bobbin-test.h"

G_BEGIN_DECLS

/* What the tests of the store have in common. */

#define STORE_TEST_LEAF "store.db"

/**
 * StoreFixture:
 * @folder: an empty folder
 * @path: where a database goes in it
 */
typedef struct
{
  char *folder;
  char *path;
} StoreFixture;

#define STORE_TEST_ADD(path, data, func)                                                                     \
  g_test_add (path, StoreFixture, data, store_test_set_up, func, store_test_tear_down)

void store_test_set_up (StoreFixture *fixture, gconstpointer data);
void store_test_tear_down (StoreFixture *fixture, gconstpointer data);
gint64 store_test_ask (const char *path, const char *text);
void store_test_run (const char *path, const char *text);
BobbinStore *store_test_open (StoreFixture *fixture, BobbinStoreNotice notice) G_GNUC_WARN_UNUSED_RESULT;
void store_test_flush (BobbinStore *store);
void store_test_close (BobbinStore *store);
GPtrArray *store_test_load (BobbinStore *store, const char *folder) G_GNUC_WARN_UNUSED_RESULT;
BobbinRecord *store_test_new_record (guint64 id, const char *uri) G_GNUC_WARN_UNUSED_RESULT;
void store_test_set_ranges (BobbinRecord *record, goffset end);
BobbinRecord *store_test_get (GPtrArray *records, guint i);
void store_test_put_many (BobbinStore *store, guint n);
void store_test_make (StoreFixture *fixture, guint n);
void store_test_wait_for_child (pid_t child);
void store_test_note (BobbinStore *store, guint64 id, const char *name, ino_t inode);
BobbinRecord *store_test_new_holding_record (guint64 id, ino_t inode) G_GNUC_WARN_UNUSED_RESULT;
int store_test_make_part (StoreFixture *fixture);

G_END_DECLS
