/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes one JSON object in a line, member by member. */

GString *bobbin_cli_json_begin (const char *event) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_cli_json_end (GString *json) G_GNUC_WARN_UNUSED_RESULT;

void bobbin_cli_json_add_text (GString *json, const char *name, const char *text);
void bobbin_cli_json_add_number (GString *json, const char *name, gint64 number);
void bobbin_cli_json_add_seconds (GString *json, const char *name, gint64 microseconds);
void bobbin_cli_json_add_boolean (GString *json, const char *name, gboolean value);
void bobbin_cli_json_add_list (GString *json, const char *name, const char *const *texts);

G_END_DECLS
