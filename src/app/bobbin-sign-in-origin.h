/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-queue.h"

G_BEGIN_DECLS

/* Which downloads want a sign-in, and where. */

gboolean bobbin_sign_in_is_wanted (BobbinDownload *download);
gboolean bobbin_sign_in_is_for_proxy (BobbinDownload *download);
char *bobbin_sign_in_origin_of (const char *address) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_sign_in_dup_origin (BobbinDownload *download) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
