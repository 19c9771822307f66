/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-demo-server.h"

G_BEGIN_DECLS

char **bobbin_crash_make_links (BobbinDemoServer *server, const char *const *paths, gsize n_paths)
    G_GNUC_WARN_UNUSED_RESULT;
GSubprocess *bobbin_crash_spawn (
    const char *program, const char *root, const char *trash, guint seed, guint n, char **links)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
