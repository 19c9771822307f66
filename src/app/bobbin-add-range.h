/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-links.h"

G_BEGIN_DECLS

/**
 * BobbinAddRange:
 * @first: index of a link
 * @n_links: how many
 *
 * Links that one pattern stands for.
 */
typedef struct
{
  guint first;
  guint n_links;
} BobbinAddRange;

GArray *bobbin_add_ranges_find (const BobbinLinks *links, const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
