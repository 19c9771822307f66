/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Values of options, read strictly: what is not meant so is refused, not
 * guessed at. Pure. */

gboolean bobbin_cli_value_number (
    const char *option, const char *text, int min, int max, int *value, GError **error);
gboolean bobbin_cli_value_size (
    const char *option, const char *text, goffset min, goffset *value, GError **error);
gboolean bobbin_cli_value_word (
    const char *option, const char *text, const char *const *words, int *value, GError **error);

G_END_DECLS
