/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_ADD_OPTIONS (bobbin_add_options_get_type ())

/**
 * BobbinAddOptions:
 *
 * The Advanced part of the Add dialog: what is sent along with each request,
 * and the name of a single file. The signal "name-changed" tells that the
 * person typed another name.
 */
G_DECLARE_FINAL_TYPE (BobbinAddOptions, bobbin_add_options, BOBBIN, ADD_OPTIONS, AdwExpanderRow)

void bobbin_add_options_set_single (BobbinAddOptions *self, gboolean single);
const char *bobbin_add_options_get_name (BobbinAddOptions *self);

gboolean bobbin_add_options_get_headers (BobbinAddOptions *self, char ***headers, GError **error);

G_END_DECLS
