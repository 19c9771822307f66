/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-queue.h"

G_BEGIN_DECLS

/**
 * BobbinTimelineSource:
 *
 * Where a timeline comes from: the run of a queue, which may go on, or one of
 * an earlier time. Main thread.
 */
typedef struct _BobbinTimelineSource BobbinTimelineSource;

BobbinTimelineSource *bobbin_timeline_source_new (BobbinQueue *queue) G_GNUC_WARN_UNUSED_RESULT;
BobbinTimelineSource *bobbin_timeline_source_new_kept (BobbinTimeline *timeline, const BobbinRun *run)
    G_GNUC_WARN_UNUSED_RESULT;
BobbinTimelineSource *bobbin_timeline_source_ref (BobbinTimelineSource *self);
void bobbin_timeline_source_unref (BobbinTimelineSource *self);

gboolean bobbin_timeline_source_is_live (const BobbinTimelineSource *self);
const BobbinTimeline *bobbin_timeline_source_get_timeline (const BobbinTimelineSource *self);
const BobbinRun *bobbin_timeline_source_get_run (const BobbinTimelineSource *self);
GArray *bobbin_timeline_source_dup_running (const BobbinTimelineSource *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinTimelineSource, bobbin_timeline_source_unref)

G_END_DECLS
