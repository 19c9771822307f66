/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bobbin-sign-ins.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_PREFERENCES (bobbin_preferences_get_type ())

/**
 * BobbinPreferences:
 *
 * The window of all that can be chosen. What is changed in it takes effect at
 * once.
 */
G_DECLARE_FINAL_TYPE (BobbinPreferences, bobbin_preferences, BOBBIN, PREFERENCES, AdwPreferencesWindow)

BobbinPreferences *bobbin_preferences_new (GtkWindow *parent, GSettings *settings, BobbinSignIns *sign_ins);

G_END_DECLS
