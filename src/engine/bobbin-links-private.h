/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-links.h"

G_BEGIN_DECLS

/* What the formats share: each has a file of its own with one function, which
 * is given text and tells these what it finds, line by line.
 */

void bobbin_links_begin_line (BobbinLinks *self);
void bobbin_links_take (BobbinLinks *self, BobbinLink *link);
void bobbin_links_end_line (BobbinLinks *self, BobbinVerdict otherwise);

void bobbin_links_read_text (BobbinLinks *self, const char *text, gsize length);

G_END_DECLS
