/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean bobbin_file_attributes_set_time (int fd, gint64 seconds, GError **error);
gboolean bobbin_file_attributes_set_origin (int fd, const char *uri);

G_END_DECLS
