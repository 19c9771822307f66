/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-keeper.h"

G_BEGIN_DECLS

char *bobbin_keeper_words_for_recovered (guint n_recovered) G_GNUC_WARN_UNUSED_RESULT;
GtkWindow *bobbin_keeper_create_message (BobbinKeeper *keeper, GtkWindow *parent) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
