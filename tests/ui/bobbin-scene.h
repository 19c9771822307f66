/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-demo-server.h"
#include "bobbin-person.h"

G_BEGIN_DECLS

/* What the tests of the window share: a server with files of known bytes, and files to compare with them. */

void bobbin_scene_append_link (GString *text, BobbinDemoServer *server, guint size, const char *query);
void bobbin_scene_assert_bytes (BobbinPerson *person, const char *name, guint size);
void bobbin_scene_assert_n_files (BobbinPerson *person, guint n_files);
char **bobbin_scene_list_files (BobbinPerson *person) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_scene_download (BobbinPerson *person, const char *text);
void bobbin_scene_paste (BobbinPerson *person, const char *text);

G_END_DECLS
