/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *bobbin_host_canonicalize (const char *host, gsize length) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_host_dup_shown (const char *host) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
