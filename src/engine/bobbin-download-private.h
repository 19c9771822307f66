/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-download.h"
#include "bobbin-rate.h"
#include "bobbin-transfer.h"

G_BEGIN_DECLS

/* What a download has only while a transfer works for it. */
typedef struct
{
  BobbinTransfer *transfer;
  BobbinRate rate;
} BobbinActivity;

/* For the queue alone, which is the only one to change a download. All fields
 * belong to the main thread. A hundred thousand of these are normal, so what
 * can be worked out is not stored. */
struct _BobbinDownload
{
  GObject parent_instance;

  BobbinLink *link;
  guint64 order;     /* the place in the list; unique, growing */
  guint64 end_order; /* the how-many-th end it was, 0 before */
  BobbinState state;
  gboolean removed;           /* not in the list: removed, may be restored */
  gboolean resume_on_restore; /* it was under way when it was removed */
  char *name;                 /* reserved or final leaf name, NULL before */
  goffset received;
  goffset total;    /* -1 if unknown */
  gint64 own_time;  /* microseconds spent by tries that ended */
  guint64 run;      /* the run that it ended in, or was paused in */
  GError *error;    /* while failed */
  BobbinHeld *held; /* left by the last try, NULL if nothing */
  BobbinActivity *activity;
};

BobbinDownload *bobbin_download_new (BobbinLink *link, guint64 order) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_download_emit_changed (BobbinDownload *self);
void bobbin_download_attach (BobbinDownload *self, BobbinTransfer *transfer);
void bobbin_download_detach (BobbinDownload *self);
goffset bobbin_download_sample (BobbinDownload *self, gint64 now);

G_END_DECLS
