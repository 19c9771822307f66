/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *bobbin_cli_read (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
