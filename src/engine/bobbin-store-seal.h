/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bobbin_store_seal_set (const char *path);
gboolean bobbin_store_seal_holds (const char *path);

G_END_DECLS
