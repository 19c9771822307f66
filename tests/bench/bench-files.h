/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files that are served, and folders that downloads go to. */

#define BENCH_FILES_NAME_SIZE 16

void bench_files_print_name (char *name, guint index);

void bench_files_make (const char *folder, guint n_files, goffset size);
gboolean bench_files_are_equal (
    const char *folder, const char *other, guint n_files, goffset size, GError **error);

char *bench_files_make_folder (const char *parent, const char *name) G_GNUC_WARN_UNUSED_RESULT;
void bench_files_remove (const char *folder);
void bench_files_sync (const char *folder);
goffset bench_files_get_room (const char *folder);

G_END_DECLS
