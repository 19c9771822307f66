/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *bobbin_media_type_dup_extension (const char *media_type) G_GNUC_WARN_UNUSED_RESULT;
gboolean bobbin_media_types_know_extension (const char *extension);

G_END_DECLS
