/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-target.h"

G_BEGIN_DECLS

/**
 * BOBBIN_TRANSFER_BUFFER_SIZE:
 *
 * Bytes read at once; measured: 256 KiB take 0.71 of the time of 64 KiB.
 */
#define BOBBIN_TRANSFER_BUFFER_SIZE (256 * 1024)

/**
 * BobbinTransfer:
 *
 * One worker's part in one try at one download. Made by the queue, run by one
 * worker, or withdrawn before any worker took it. Its counters are read while
 * it runs.
 */
typedef struct
{
  gatomicrefcount ref_count;

  /* immutable after construction */
  BobbinTarget *target;
  GCancellable *cancellable;

  /* the worker's, told with its reports */
  guint lane; /* the worker's number */

  /* main thread */
  gint64 started;     /* when a worker took it, 0 before; monotonic microseconds */
  gpointer owner;     /* the queue's; borrowed */
  gpointer host;      /* the queue's; borrowed */
  gint64 slow_since;  /* when its speed was last found good enough, 0 before */
  goffset slow_bytes; /* what it had received then */

  /* atomic */
  atomic_int claim;
  atomic_bool limited;     /* waits for its share of the rate limit */
  atomic_bool too_slow;    /* why it was cancelled */
  _Atomic gint64 asked;    /* since when it waits for an answer's head, 0 while it does not; monotonic µs */
  _Atomic gint64 head;     /* when the first bytes came, monotonic microseconds; 0 before */
  _Atomic goffset fetched; /* bytes that it has received */
} BobbinTransfer;

/**
 * BobbinReportKind:
 * @BOBBIN_REPORT_STARTED: a worker has taken the transfer
 * @BOBBIN_REPORT_HEAD: the answer is good and the part file is there
 * @BOBBIN_REPORT_ENDED: the worker is done with it; always the last one
 */
typedef enum
{
  BOBBIN_REPORT_STARTED,
  BOBBIN_REPORT_HEAD,
  BOBBIN_REPORT_ENDED,
} BobbinReportKind;

/**
 * BobbinReport:
 * @kind: what it reports
 * @transfer: (owned): which transfer
 * @time: when, monotonic microseconds
 * @name: (owned) (nullable): leaf name: reserved with HEAD, final with ENDED
 * @total: bytes of the whole file, -1 if unknown
 * @last: whether nobody works for the target any more, with ENDED
 * @verified: whether the file has the digest that was expected, with ENDED
 * @anew: whether what was held was given up, with HEAD
 * @link: (owned) (nullable): the link with what the server has told of other
 *   places, with HEAD
 * @origin: (owned) (nullable): where the file comes from, once a try
 * @identity: of the finished file, with the last ENDED
 * @modified: its time, nanoseconds of the epoch
 * @held: (owned) (nullable): what is left for the next try, with the last ENDED
 * @error: (owned) (nullable): why the transfer ended without its bytes, or the
 *   target without the file, with ENDED
 *
 * A message from a worker to the main thread; never changed after posting.
 */
typedef struct
{
  BobbinReportKind kind;
  BobbinTransfer *transfer;
  gint64 time;
  char *name;
  goffset total;
  gboolean last;
  gboolean verified;
  gboolean anew;
  BobbinLink *link;
  BobbinOrigin *origin;
  BobbinPartIdentity identity;
  gint64 modified;
  BobbinHeld *held;
  GError *error;
} BobbinReport;

/**
 * BobbinReportFunc:
 * @report: (transfer full): a report
 * @user_data: the function's data
 *
 * Takes a report, on the worker.
 */
typedef void (*BobbinReportFunc) (BobbinReport *report, gpointer user_data);

BobbinTransfer *bobbin_transfer_new (BobbinTarget *target, gpointer owner) G_GNUC_WARN_UNUSED_RESULT;
BobbinTransfer *bobbin_transfer_ref (BobbinTransfer *self);
void bobbin_transfer_unref (BobbinTransfer *self);

gboolean bobbin_transfer_withdraw (BobbinTransfer *self);
gboolean bobbin_transfer_claim (BobbinTransfer *self);
void bobbin_transfer_check_speed (BobbinTransfer *self, gint64 now);
BobbinReport *bobbin_transfer_run (BobbinTransfer *self,
                                   BobbinHttp *http,
                                   guint8 *buffer,
                                   BobbinReportFunc report,
                                   gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;

void bobbin_report_free (BobbinReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinTransfer, bobbin_transfer_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinReport, bobbin_report_free)

G_END_DECLS
