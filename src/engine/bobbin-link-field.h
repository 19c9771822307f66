/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-link.h"

G_BEGIN_DECLS

GArray *bobbin_link_field_parse_duplicates (const char *text, const char *base) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
