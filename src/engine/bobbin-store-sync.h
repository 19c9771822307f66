/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-record.h"

G_BEGIN_DECLS

void bobbin_store_sync_files (GPtrArray *records);

G_END_DECLS
