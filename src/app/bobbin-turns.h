/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bobbin_turns_watch (void);
void bobbin_turns_report (void);

G_END_DECLS
