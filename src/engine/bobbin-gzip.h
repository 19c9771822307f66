/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean bobbin_gzip_is_whole (int fd, GCancellable *cancellable);

G_END_DECLS
