/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bobbin_demo_bytes_fill (guint8 *buffer, gsize size, goffset offset);

G_END_DECLS
