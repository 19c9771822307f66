/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-credentials.h"

G_BEGIN_DECLS

guint bobbin_netrc_parse (const char *text, BobbinCredentials *credentials);
gboolean bobbin_netrc_load (const char *path, BobbinCredentials *credentials, GError **error);

G_END_DECLS
