/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *bobbin_subfolder_make (const char *folder, const char *subfolder, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
