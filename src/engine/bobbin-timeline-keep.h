/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-timeline.h"

G_BEGIN_DECLS

GBytes *bobbin_timeline_keep (const BobbinTimeline *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean bobbin_timeline_read_kept (BobbinTimeline *self, GBytes *kept, GError **error);

G_END_DECLS
