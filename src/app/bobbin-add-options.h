/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-add-order.h"
#include "bobbin-credentials.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_ADD_OPTIONS (bobbin_add_options_get_type ())

/**
 * BobbinAddOptions:
 *
 * The Advanced part of the Add dialog: what is sent along with each request,
 * the sign-in of a single site, and the name and the checksum of a single file. The signal "name-changed"
 * tells that the person typed another name.
 */
G_DECLARE_FINAL_TYPE (BobbinAddOptions, bobbin_add_options, BOBBIN, ADD_OPTIONS, AdwExpanderRow)

void bobbin_add_options_show_plan (BobbinAddOptions *self, const BobbinAddPlan *plan);
const char *bobbin_add_options_get_name (BobbinAddOptions *self);

gboolean bobbin_add_options_fill_order (BobbinAddOptions *self, BobbinAddOrder *order);
void bobbin_add_options_sign_in (BobbinAddOptions *self,
                                 const BobbinAddPlan *plan,
                                 BobbinCredentials *credentials);

G_END_DECLS
