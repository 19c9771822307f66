/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-download.h"
#include "bobbin-error.h"
#include "bobbin-file-name.h"
#include "bobbin-link.h"
#include "bobbin-links.h"
#include "bobbin-queue.h"
#include "bobbin-run.h"

G_BEGIN_DECLS

void bobbin_engine_init (void);
void bobbin_engine_prepare_tls (void);

G_END_DECLS
