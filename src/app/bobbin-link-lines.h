/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BOBBIN_LINK_LINES_MAX:
 *
 * The longest line in bytes that the text of links takes as it is. A text view
 * lays out a line as a whole, so one of megabytes would keep the window from
 * drawing.
 */
#define BOBBIN_LINK_LINES_MAX 4096

gboolean bobbin_link_lines_is_short (const char *text);
void bobbin_link_lines_append (GString *text, const char *lines, gsize length);

G_END_DECLS
