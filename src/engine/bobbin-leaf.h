/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The last part of a path, whatever it was made of. */

char *bobbin_leaf_make (const char *text, gboolean may_be_hidden) G_GNUC_WARN_UNUSED_RESULT;
const char *bobbin_leaf_find_extension (const char *name);
void bobbin_leaf_trim_end (GString *name);
void bobbin_leaf_set_ending (GString *name, gsize stem, const char *ending);

G_END_DECLS
