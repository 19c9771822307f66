/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-download-private.h"
#include "bobbin-queue-line.h"
#include "bobbin-list.h"
#include "bobbin-mailbox.h"
#include "bobbin-pool.h"
#include "bobbin-queue.h"
#include "bobbin-timeline.h"

G_BEGIN_DECLS

/* Main thread. bobbin-queue.c is what others ask of the queue, -work.c who goes
 * next and what workers report, -timeline.c what they do, -wait.c what has to
 * wait for something; -hold.c, -errand.c, -move.c, -address.c and -discard.c are
 * what the person wants of one, of many, of their order, their addresses and
 * their files, -keep.c is what the store keeps. */
struct _BobbinQueue
{
  GObject parent_instance;

  BobbinSettings *settings;
  BobbinList list;      /* all downloads */
  BobbinQueueLine line; /* those that wait */
  GPtrArray *active;    /* of owned BobbinTransfer that the pool has, by push */
  BobbinMailbox *mailbox;
  BobbinPool *pool; /* NULL once stopped */
  BobbinCounts counts;
  BobbinRun run;
  BobbinTimeline timeline; /* of that run */
  BobbinRate rate;         /* of all together */
  guint64 run_number;
  gint64 first_order; /* no download comes before this */
  gint64 next_order;
  guint64 next_end_order;
  guint at_once;
  guint tick_id;
  guint changed_id;

  GQueue *errands; /* what was asked for many downloads and is not done yet */
  guint errand_id;
  gboolean at_errand; /* whether one is being done at this moment */

  guint wake_id;       /* a timer for the line's next moment */
  gint64 wake_at;      /* that moment */
  GPtrArray *no_net;   /* of BobbinDownload that wait for the network */
  GPtrArray *no_space; /* of BobbinDownload that wait for room on the disk */
  gulong net_id;
  guint space_id;

  BobbinStore *store; /* or NULL */
  GPtrArray *dirty;   /* of owned BobbinDownload that the store is still to be told of */
  guint keep_id;
};

/* bobbin-queue.c */
void bobbin_queue_touch (BobbinQueue *self);
void bobbin_queue_set_state (BobbinQueue *self, BobbinDownload *download, BobbinState state);
void bobbin_queue_emit_ended (BobbinQueue *self, BobbinDownload *download);
void bobbin_queue_emit_run_finished (BobbinQueue *self);

/* bobbin-queue-work.c */
void bobbin_queue_pump (BobbinQueue *self);
void bobbin_queue_put_in_line (BobbinQueue *self, BobbinDownload *download);
void bobbin_queue_let_go (BobbinQueue *self, BobbinDownload *download);
void bobbin_queue_hold (BobbinQueue *self, BobbinDownload *download);
void bobbin_queue_count_not_held (BobbinQueue *self, BobbinDownload *download);
void bobbin_queue_on_report (gpointer message, gpointer user_data);
gboolean bobbin_download_is_under_way (const BobbinDownload *download);

/* bobbin-queue-hold.c */
void bobbin_queue_go_on (BobbinQueue *self, BobbinDownload *download);
void bobbin_queue_try_again (BobbinQueue *self, BobbinDownload *download);

/* bobbin-queue-errand.c */
void bobbin_queue_finish_errands (BobbinQueue *self);

/* bobbin-queue-discard.c */
void bobbin_queue_delete_part (BobbinQueue *self, BobbinDownload *download);
void bobbin_queue_delete_parts (BobbinQueue *self, GPtrArray *downloads);

/* bobbin-queue-address.c */
void bobbin_queue_move (BobbinQueue *self, BobbinDownload *download, BobbinLink *link);

/* bobbin-queue-timeline.c */
void bobbin_queue_tell_timeline (BobbinQueue *self, BobbinDownload *download, const BobbinReport *report);

/* bobbin-queue-wait.c */
gboolean bobbin_queue_wait_after (BobbinQueue *self, BobbinDownload *download, const GError *error);
void bobbin_queue_stop_waiting (BobbinQueue *self, BobbinDownload *download);
void bobbin_queue_wake (BobbinQueue *self);
gboolean bobbin_queue_is_waiting (BobbinQueue *self);
void bobbin_queue_clear_waiting (BobbinQueue *self);

/* bobbin-queue-keep.c */
void bobbin_queue_keep (BobbinQueue *self, BobbinDownload *download);
void bobbin_queue_keep_progress (BobbinQueue *self, BobbinDownload *download, gint64 now);
void bobbin_queue_keep_run (BobbinQueue *self);
void bobbin_queue_keep_timeline (BobbinQueue *self);
void bobbin_queue_keep_all (BobbinQueue *self);
void bobbin_queue_forget (BobbinQueue *self, GPtrArray *downloads);

G_END_DECLS
