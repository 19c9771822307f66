/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files that links come out of, and words for those that cannot be read. */

char *bobbin_incoming_file_dup_name (GFile *file) G_GNUC_WARN_UNUSED_RESULT;
GBytes *bobbin_incoming_file_load (GFile *file, GCancellable *cancellable, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
