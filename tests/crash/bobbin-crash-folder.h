/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *bobbin_crash_folder_new (void) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_crash_folder_make (const char *parent, const char *name) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_crash_folder_remove (const char *folder);

guint bobbin_crash_get_number (const char *variable, guint otherwise);

G_END_DECLS
