/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-timeline-bars.h"
#include "bobbin-timeline-look.h"
#include "bobbin-timeline-source.h"

G_BEGIN_DECLS

/**
 * BobbinTimelineLine:
 * @phase: what the time went by with
 * @text: (owned): in words
 * @time: (owned) (nullable): how long that took
 *
 * One line of what there is to say about a bar.
 */
typedef struct
{
  BobbinPhase phase;
  char *text;
  char *time;
} BobbinTimelineLine;

/**
 * BobbinTimelineTale:
 * @title: (owned): the name of the file
 * @subtitle: (owned): how much came in what time, by which worker
 * @lines: (element-type BobbinTimelineLine): the phases
 *
 * What there is to say about a bar.
 */
typedef struct
{
  char *title;
  char *subtitle;
  GArray *lines;
} BobbinTimelineTale;

BobbinTimelineTale *bobbin_timeline_tale_new (const BobbinTimelineBars *bars,
                                              BobbinTimelinePlace place,
                                              const BobbinTimelineSource *source,
                                              const GArray *running) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_timeline_tale_free (BobbinTimelineTale *self);
char *bobbin_timeline_tale_join (const BobbinTimelineTale *self) G_GNUC_WARN_UNUSED_RESULT;

const char *bobbin_timeline_words_for_phase (BobbinPhase phase);
char *bobbin_timeline_words_for_worker (guint lane) G_GNUC_WARN_UNUSED_RESULT;
char *bobbin_timeline_words_for_all (const BobbinTimelineSource *source,
                                     const BobbinTimelineScale *scale,
                                     gint64 now) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinTimelineTale, bobbin_timeline_tale_free)

G_END_DECLS
