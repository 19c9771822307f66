/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *bobbin_sign_in_answer (const char *challenges,
                             const char *target,
                             const char *user,
                             const char *password) G_GNUC_WARN_UNUSED_RESULT;
gboolean bobbin_sign_in_is_stale (const char *challenges);

G_END_DECLS
