/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bobbin-queue.h"

G_BEGIN_DECLS

AdwToast *bobbin_undo_create_toast (BobbinQueue *queue, GPtrArray *downloads) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
