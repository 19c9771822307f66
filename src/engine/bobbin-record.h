/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-download.h"
#include "bobbin-part-file.h"
#include "bobbin-ranges.h"
#include "bobbin-tries.h"

G_BEGIN_DECLS

/**
 * BobbinRecord:
 * @id: the download's number in its store, from bobbin_store_new_id()
 * @order: its place in the list
 * @end_order: the how-many-th end it was, 0 before
 * @state: %BOBBIN_STATE_WAITING (for everything under way), PAUSED, FINISHED or
 *   FAILED
 * @uri: the link without user and password
 * @folder: absolute path of the folder
 * @given_name: (nullable): the name that the person gave
 * @headers: (nullable): the link's own headers but for secret ones, name and
 *   value in turn, from bobbin_record_keep_headers()
 * @digest: (nullable): the digest expected, "sha-256=…"
 * @extras: (nullable): the link's size, pieces and mirrors, as
 *   bobbin_link_dup_extras() tells them
 * @name: (nullable): leaf name: reserved, or final once finished
 * @validator: (nullable): strong validator of the bytes held
 * @identity: tells the part file or the finished file from others
 * @ranges: (nullable): bytes held that survive
 * @received: bytes held
 * @total: bytes of the whole file, -1 if unknown
 * @own_time: microseconds that workers have spent on it
 * @tries: tries so far
 * @log: (nullable) (element-type BobbinTry): what is remembered of them
 * @ended: when it finished or failed, microseconds of the epoch, 0 before
 * @modified: the finished file's time, or the part file's at the end of the last
 *   try; nanoseconds of the epoch, 0 if unknown
 * @file_digest: (nullable): the digest that was told for the finished file, also
 *   by the server, "sha-256=…"
 * @verified: whether the finished file has it
 * @unproven: whether nothing but the end of its connection told that the
 *   finished file had come whole
 * @address: the place that @validator is of: 0 for the link, 1 for its first
 *   mirror and so on
 * @synced: whether the finished file and its name survive a power cut
 * @same_boot: whether it was written since the machine was started, so that no
 *   power cut can have taken anything; only told by bobbin_store_load()
 * @error: (nullable): why it failed
 *
 * What the store keeps of a download. A value, with its own strings.
 */
typedef struct
{
  guint64 id;
  gint64 order;
  guint64 end_order;
  BobbinState state;
  char *uri;
  char *folder;
  char *given_name;
  char **headers;
  char *digest;
  char *extras;
  char *name;
  char *validator;
  BobbinPartIdentity identity;
  GArray *ranges;
  goffset received;
  goffset total;
  gint64 own_time;
  guint tries;
  GArray *log;
  gint64 ended;
  gint64 modified;
  char *file_digest;
  gboolean verified;
  gboolean unproven;
  guint address;
  gboolean synced;
  gboolean same_boot;
  GError *error;
} BobbinRecord;

BobbinRecord *bobbin_record_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_record_free (BobbinRecord *self);

char *bobbin_record_strip_uri (const char *uri) G_GNUC_WARN_UNUSED_RESULT;
char **bobbin_record_keep_headers (const char *const *headers) G_GNUC_WARN_UNUSED_RESULT;

gboolean bobbin_part_identity_equal (const BobbinPartIdentity *a, const BobbinPartIdentity *b);

/**
 * BobbinRunRecord:
 * @began: when the run began, microseconds of the epoch
 * @elapsed: how long it took, microseconds
 * @one_after_another: what its jobs take one after another, microseconds
 * @at_once: most jobs that ran at one moment
 * @finished: how many downloads finished
 * @failed: how many failed
 * @bytes: how many bytes were received
 * @measured: what its links have really taken one after another, microseconds;
 *   0 if that was not measured
 * @has_timeline: whether the store knows what the workers did
 *
 * What the store keeps of a run. The last two are kept with the timeline.
 */
typedef struct
{
  gint64 began;
  gint64 elapsed;
  gint64 one_after_another;
  guint at_once;
  guint finished;
  guint failed;
  goffset bytes;
  gint64 measured;
  gboolean has_timeline;
} BobbinRunRecord;

/**
 * BobbinTimelineRecord:
 * @began: when its run began, microseconds of the epoch; tells it from others
 * @measured: as #BobbinRunRecord has it
 * @timeline: (owned): what bobbin_timeline_keep() gave
 *
 * What the store keeps of a timeline.
 */
typedef struct
{
  gint64 began;
  gint64 measured;
  GBytes *timeline;
} BobbinTimelineRecord;

BobbinTimelineRecord *bobbin_timeline_record_new (gint64 began, gint64 measured, GBytes *timeline)
    G_GNUC_WARN_UNUSED_RESULT;
void bobbin_timeline_record_free (BobbinTimelineRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinRecord, bobbin_record_free)

G_END_DECLS
