/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-cli-options.h"

G_BEGIN_DECLS

gboolean bobbin_cli_links_apply_options (GPtrArray *links, const BobbinCliOptions *options, GError **error);
GPtrArray *bobbin_cli_links_make_folders (GPtrArray *links) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
