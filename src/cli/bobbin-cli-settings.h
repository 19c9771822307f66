/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-cli-options.h"

G_BEGIN_DECLS

BobbinSettings *bobbin_cli_settings_new (const BobbinCliOptions *options, GPtrArray *links, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
