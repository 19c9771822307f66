/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-cli-output.h"

G_BEGIN_DECLS

void bobbin_cli_complaints_tell (GPtrArray *complaints, BobbinCliOutput *output);

G_END_DECLS
