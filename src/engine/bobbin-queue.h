/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-counts.h"
#include "bobbin-download.h"
#include "bobbin-run.h"
#include "bobbin-settings.h"
#include "bobbin-store.h"
#include "bobbin-timeline.h"

G_BEGIN_DECLS

/**
 * BOBBIN_QUEUE_MAX_AT_ONCE:
 *
 * The most workers that a person can ask for.
 */
#define BOBBIN_QUEUE_MAX_AT_ONCE 128

#define BOBBIN_TYPE_QUEUE (bobbin_queue_get_type ())

/**
 * BobbinQueue:
 *
 * All downloads in the order of adding, until the person moves some, as a #GListModel of #BobbinDownload,
 * and the decision who goes next. Main thread only. The property "at-once" is
 * the number of workers.
 *
 * Signals, all on the main thread:
 * - "changed": counts, states or totals changed; at most once a main-loop turn
 *   and, for counters, ten times a second. Nothing is emitted while nothing
 *   happens.
 * - "ended" (download): a download finished or failed.
 * - "run-finished": the last job of a run has ended and its end was applied;
 *   bobbin_queue_get_run() holds the final figures. Pausing everything ends a
 *   run, too.
 */
G_DECLARE_FINAL_TYPE (BobbinQueue, bobbin_queue, BOBBIN, QUEUE, GObject)

BobbinQueue *bobbin_queue_new (void) G_GNUC_WARN_UNUSED_RESULT;

guint bobbin_queue_get_at_once (BobbinQueue *self);
void bobbin_queue_set_at_once (BobbinQueue *self, guint at_once);
BobbinSettings *bobbin_queue_get_settings (BobbinQueue *self);
void bobbin_queue_set_settings (BobbinQueue *self, BobbinSettings *settings);
void bobbin_queue_set_store (BobbinQueue *self, BobbinStore *store);
void bobbin_queue_load (BobbinQueue *self, GPtrArray *records);

void bobbin_queue_add (BobbinQueue *self, GPtrArray *links, gboolean paused);
void bobbin_queue_remove (BobbinQueue *self, GPtrArray *downloads);
void bobbin_queue_discard (BobbinQueue *self, GPtrArray *downloads);
void bobbin_queue_restore (BobbinQueue *self, GPtrArray *downloads);

void bobbin_queue_move_up (BobbinQueue *self, GPtrArray *downloads);
void bobbin_queue_move_down (BobbinQueue *self, GPtrArray *downloads);
void bobbin_queue_move_first (BobbinQueue *self, GPtrArray *downloads);

void bobbin_queue_pause (BobbinQueue *self, BobbinDownload *download);
void bobbin_queue_resume (BobbinQueue *self, BobbinDownload *download);
void bobbin_queue_retry (BobbinQueue *self, BobbinDownload *download);
void bobbin_queue_pause_many (BobbinQueue *self, GPtrArray *downloads);
void bobbin_queue_resume_many (BobbinQueue *self, GPtrArray *downloads);
void bobbin_queue_retry_many (BobbinQueue *self, GPtrArray *downloads);
gboolean bobbin_queue_change_address (BobbinQueue *self,
                                      BobbinDownload *download,
                                      const char *uri,
                                      GError **error);
void bobbin_queue_pause_all (BobbinQueue *self);
void bobbin_queue_resume_all (BobbinQueue *self);

BobbinWait bobbin_queue_get_wait (BobbinQueue *self, BobbinDownload *download);
guint bobbin_queue_get_place_in_line (BobbinQueue *self, BobbinDownload *download);
gboolean bobbin_queue_has_uri (BobbinQueue *self, const char *uri);
const BobbinCounts *bobbin_queue_get_counts (BobbinQueue *self);
const BobbinRun *bobbin_queue_get_run (BobbinQueue *self);
const BobbinTimeline *bobbin_queue_get_timeline (BobbinQueue *self);
GArray *bobbin_queue_dup_running (BobbinQueue *self) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_queue_set_measured (BobbinQueue *self, gint64 measured);
guint bobbin_queue_get_run_total (BobbinQueue *self);
double bobbin_queue_get_rate (BobbinQueue *self);

void bobbin_queue_stop (BobbinQueue *self);

G_END_DECLS
