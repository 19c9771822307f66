/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-engine.h"

G_BEGIN_DECLS

char *bobbin_timeline_to_svg (const BobbinTimeline *timeline, const BobbinRun *run) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_timeline_to_csv (const BobbinTimeline *timeline) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_timeline_to_text (const BobbinTimeline *timeline) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
