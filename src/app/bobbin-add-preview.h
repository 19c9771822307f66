/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-add-files.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BOBBIN_TYPE_ADD_PREVIEW (bobbin_add_preview_get_type ())

/**
 * BobbinAddPreview:
 *
 * The files that links would become, to choose from. The signal "changed" tells
 * that others are selected now.
 */
G_DECLARE_FINAL_TYPE (BobbinAddPreview, bobbin_add_preview, BOBBIN, ADD_PREVIEW, AdwPreferencesGroup)

void bobbin_add_preview_show (BobbinAddPreview *self, BobbinAddFiles *files);

G_END_DECLS
