/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *bobbin_cli_text_clean (const char *text) G_GNUC_WARN_UNUSED_RESULT;
guint bobbin_cli_text_width (const char *text);
char *bobbin_cli_text_shorten (const char *text, guint columns) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_cli_text_append_padded (GString *string, const char *text, guint columns);

G_END_DECLS
