/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-download.h"
#include "bobbin-settings.h"

G_BEGIN_DECLS

/* One host and what is known of it. Lives as long as its line. Main thread. */
typedef struct
{
  char *key;            /* scheme, host and port */
  gboolean is_local;    /* whether it is this machine */
  guint n_active;       /* connections */
  guint limit;          /* that it was found to stand in this run, G_MAXUINT if nothing was found */
  gint64 not_before;    /* it asked to be left alone until then, monotonic microseconds */
  GSequence *waiting;   /* of BobbinDownload in line for it, by order */
  GSequenceIter *ready; /* its place among those that can start something, or NULL */
} BobbinQueueHost;

/* Who goes next: the downloads in line, by order, each host with its limit, and
 * those that wait for a moment to come. Main thread; time is passed in. */
typedef struct
{
  GHashTable *hosts;  /* of owned BobbinQueueHost by key */
  GSequence *waiting; /* of all BobbinDownload in line, by order */
  GSequence *ready;   /* of BobbinQueueHost, by the order of their first download */
  GSequence *later;   /* of BobbinDownload, by the time of their next try */
  GPtrArray *blocked; /* of BobbinQueueHost that are left alone for a while */
  guint per_host;     /* connections, 0: no limit */
  gboolean limit_local;
} BobbinQueueLine;

void bobbin_queue_line_init (BobbinQueueLine *self);
void bobbin_queue_line_clear (BobbinQueueLine *self);
void bobbin_queue_line_set_limits (BobbinQueueLine *self, const BobbinSettings *settings);
void bobbin_queue_line_forget_limits (BobbinQueueLine *self);

void bobbin_queue_line_put (BobbinQueueLine *self, BobbinDownload *download);
void bobbin_queue_line_put_later (BobbinQueueLine *self, BobbinDownload *download);
gboolean bobbin_queue_line_remove (BobbinQueueLine *self, BobbinDownload *download);
BobbinDownload *bobbin_queue_line_take (BobbinQueueLine *self);
gint64 bobbin_queue_line_wake (BobbinQueueLine *self, gint64 now);

gboolean bobbin_queue_line_is_empty (BobbinQueueLine *self);
gboolean bobbin_queue_line_has_later (BobbinQueueLine *self);
guint bobbin_queue_line_get_place (BobbinQueueLine *self, BobbinDownload *download);
gboolean bobbin_queue_line_has_room (BobbinQueueLine *self, BobbinQueueHost *host);

BobbinQueueHost *bobbin_queue_line_get_host (BobbinQueueLine *self, const char *uri);
void bobbin_queue_line_begin (BobbinQueueLine *self, BobbinQueueHost *host);
void bobbin_queue_line_end (BobbinQueueLine *self, BobbinQueueHost *host);
void bobbin_queue_line_expect_less (BobbinQueueLine *self, BobbinQueueHost *host);
void bobbin_queue_line_leave_alone (BobbinQueueLine *self, BobbinQueueHost *host, gint64 until);

G_END_DECLS
