/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-http.h"
#include "bobbin-part-file.h"

#include <stdatomic.h>

G_BEGIN_DECLS

/**
 * BOBBIN_TRANSFER_BUFFER_SIZE:
 *
 * Bytes read at once; measured: 256 KiB take 0.71 of the time of 64 KiB.
 */
#define BOBBIN_TRANSFER_BUFFER_SIZE (256 * 1024)

/**
 * BobbinHeld:
 * @name: leaf name that the part file stands for
 * @identity: tells the part file from others
 * @bytes: how many bytes from the start are in the part file
 * @total: bytes of the whole file, -1 if unknown
 * @validator: (nullable): strong validator of the file that they come from
 *
 * What a download holds between two tries.
 */
typedef struct
{
  char *name;
  BobbinPartIdentity identity;
  goffset bytes;
  goffset total;
  char *validator;
} BobbinHeld;

BobbinHeld *bobbin_held_copy (const BobbinHeld *self) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_held_free (BobbinHeld *self);

/**
 * BobbinTransfer:
 *
 * One try at one download. Made by the queue, run by one worker, or withdrawn
 * before any worker took it. Its counters are read while it runs.
 */
typedef struct
{
  gatomicrefcount ref_count;

  /* immutable after construction */
  BobbinLink *link;
  BobbinHeld *held; /* what earlier tries left, or NULL */
  guint timeout;    /* seconds */
  GCancellable *cancellable;

  /* main thread */
  gpointer owner; /* the queue's; borrowed */
  gint64 started; /* when a worker took it, 0 before; monotonic microseconds */

  /* atomic */
  atomic_int claim;
  _Atomic goffset received; /* bytes of the file that are held now */
  _Atomic goffset fetched;  /* bytes that this try has received */
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
 * @held: (owned) (nullable): what is left for the next try, with ENDED
 * @error: (owned) (nullable): why it ended without the file, with ENDED
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

BobbinTransfer *bobbin_transfer_new (BobbinLink *link, const BobbinHeld *held, guint timeout, gpointer owner)
    G_GNUC_WARN_UNUSED_RESULT;
BobbinTransfer *bobbin_transfer_ref (BobbinTransfer *self);
void bobbin_transfer_unref (BobbinTransfer *self);

gboolean bobbin_transfer_withdraw (BobbinTransfer *self);
gboolean bobbin_transfer_claim (BobbinTransfer *self);
BobbinReport *bobbin_transfer_run (BobbinTransfer *self,
                                   BobbinHttp *http,
                                   guint8 *buffer,
                                   BobbinReportFunc report,
                                   gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;

void bobbin_report_free (BobbinReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinHeld, bobbin_held_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinTransfer, bobbin_transfer_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinReport, bobbin_report_free)

G_END_DECLS
