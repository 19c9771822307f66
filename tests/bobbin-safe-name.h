/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bobbin_assert_safe_name (const char *name, gboolean may_be_hidden);

G_END_DECLS
