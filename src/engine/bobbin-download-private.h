/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-download.h"
#include "bobbin-queue-line.h"
#include "bobbin-rate.h"
#include "bobbin-retry.h"
#include "bobbin-transfer.h"

G_BEGIN_DECLS

/* What a download has only while transfers work for it. */
typedef struct
{
  BobbinTarget *target;
  guint n_transfers;  /* handed to the pool and not ended */
  gboolean held_back; /* the person, or the end of the program, stops it */
  guint part_errors;  /* parts that failed while others went on */
  gint64 started;     /* when the first worker took it, 0 before; monotonic microseconds */
  gint64 sampled;     /* when its counters were last read */
  gint64 help_after;  /* no further worker joins before; monotonic microseconds */
  gint64 kept_at;     /* when what is held was last handed to the store */
  goffset kept;       /* how much that was */
  BobbinReport *last; /* the end of the target, until all its transfers have ended; owned */
  goffset began_with; /* bytes that were held before */
  gboolean anew;      /* they were given up */
  BobbinLink *moved;  /* the person's new address for it, once all its transfers have ended; owned, or NULL */
  BobbinRate rate;
} BobbinActivity;

/* For the queue alone, which is the only one to change a download. All fields
 * belong to the main thread. A hundred thousand of these are normal, so what
 * can be worked out is not stored. */
struct _BobbinDownload
{
  GObject parent_instance;

  BobbinLink *link;
  BobbinQueueHost *host; /* NULL until it was in line; the queue's */
  guint64 id;            /* in the store */
  gint64 order;          /* the place in the list; unique, growing */
  guint64 end_order;     /* the how-many-th end it was, 0 before */
  BobbinState state;
  guint tries;
  GArray *log;                 /* of BobbinTry; NULL if there were none but one that brought the file */
  guint failures;              /* tries in a row that brought nothing */
  guint address;               /* the place that is asked: 0 for the link, 1 for its first mirror and so on */
  guint addresses_failed;      /* in a row, without progress */
  guint removed : 1;           /* not in the list: removed, may be restored */
  guint resume_on_restore : 1; /* it was under way when it was removed */
  guint discarded : 1;         /* removed with its part file */
  guint waits_for_network : 1;
  guint waits_for_space : 1;
  guint unproven : 1;   /* nothing but its connection's end told that it came whole */
  guint verified : 1;   /* it has the digest that was expected */
  guint anew : 1;       /* what was held was given up: the file had changed */
  guint dirty : 1;      /* the store is still to be told */
  char *name;           /* reserved or final leaf name, NULL before */
  BobbinOrigin *origin; /* where it came from in the last try that got an answer, NULL if none did */
  BobbinDigest *digest; /* that the finished file was to have, NULL if none is known */
  goffset received;
  goffset most_received;       /* in any try, for telling progress */
  goffset total;               /* -1 if unknown */
  gint64 own_time;             /* microseconds spent by tries that ended */
  gint64 retry_at;             /* when its next try is due, monotonic microseconds; 0 if it waits for none */
  gint64 retry_since;          /* when that wait began */
  BobbinRetrySpace *space;     /* of the disk that had no room, NULL if it always had */
  guint64 run;                 /* the run that it ended in, or was paused in */
  gint64 ended;                /* when it finished or failed, microseconds of the epoch */
  gint64 modified;             /* the finished file's time, nanoseconds of the epoch */
  BobbinPartIdentity identity; /* of the finished file */
  GError *error;               /* why it failed, or has to wait; NULL else */
  BobbinHeld *held;            /* left by the last try, NULL if nothing */
  BobbinActivity *activity;
};

BobbinDownload *bobbin_download_new (BobbinLink *link, guint64 id, gint64 order) G_GNUC_WARN_UNUSED_RESULT;
const char *bobbin_download_get_address (BobbinDownload *self);
void bobbin_download_emit_changed (BobbinDownload *self);
void bobbin_download_attach (BobbinDownload *self, BobbinTarget *target);
void bobbin_download_detach (BobbinDownload *self);
void bobbin_download_remember (BobbinDownload *self, const BobbinTry *last);
goffset bobbin_download_sample (BobbinDownload *self, gint64 now);

G_END_DECLS
