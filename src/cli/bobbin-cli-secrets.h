/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bobbin_cli_secrets_hide (char **argv);

char *bobbin_cli_secrets_ask (const char *prompt, GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_secrets_read (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_cli_secrets_free (char *secret);

G_END_DECLS
