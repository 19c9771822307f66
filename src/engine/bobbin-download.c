/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-download-private.h"

G_DEFINE_FINAL_TYPE (BobbinDownload, bobbin_download, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
bobbin_download_finalize (GObject *object)
{
  BobbinDownload *self = BOBBIN_DOWNLOAD (object);

  bobbin_download_detach (self);
  bobbin_link_unref (self->link);
  g_free (self->name);
  bobbin_origin_free (self->origin);
  g_clear_pointer (&self->log, g_array_unref);
  bobbin_digest_free (self->digest);
  g_clear_error (&self->error);
  bobbin_held_free (self->held);
  g_free (self->space);
  G_OBJECT_CLASS (bobbin_download_parent_class)->finalize (object);
}

static void
bobbin_download_class_init (BobbinDownloadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bobbin_download_finalize;

  /**
   * BobbinDownload::changed:
   *
   * Something that a row shows has changed.
   */
  signals[CHANGED] = g_signal_new ("changed", BOBBIN_TYPE_DOWNLOAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
bobbin_download_init (BobbinDownload *self)
{
  self->state = BOBBIN_STATE_PAUSED;
  self->total = -1;
}

/* For the queue: makes a paused download. */
BobbinDownload *
bobbin_download_new (BobbinLink *link, guint64 id, gint64 order)
{
  BobbinDownload *self = g_object_new (BOBBIN_TYPE_DOWNLOAD, NULL);

  self->link = bobbin_link_ref (link);
  self->id = id;
  self->order = order;
  return self;
}

/* For the queue: the URI that is asked: the link's own or a mirror's. */
const char *
bobbin_download_get_address (BobbinDownload *self)
{
  if (self->address == 0)
    return bobbin_link_get_uri (self->link);
  return bobbin_link_get_mirror (self->link, self->address - 1)->uri;
}

/* For the queue: tells whoever shows the download. */
void
bobbin_download_emit_changed (BobbinDownload *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* For the queue: notes that workers are to make @target the download's file. */
void
bobbin_download_attach (BobbinDownload *self, BobbinTarget *target)
{
  self->activity = g_new0 (BobbinActivity, 1);
  self->activity->target = bobbin_target_ref (target);
  self->activity->began_with = atomic_load (&target->received);
}

/* For the queue: forgets the target. */
void
bobbin_download_detach (BobbinDownload *self)
{
  if (self->activity == NULL)
    return;
  bobbin_target_unref (self->activity->target);
  g_clear_pointer (&self->activity->last, bobbin_report_free);
  g_clear_pointer (&self->activity->moved, bobbin_link_unref);
  g_clear_pointer (&self->activity, g_free);
}

/* For the queue: adds to what is remembered of the tries. */
void
bobbin_download_remember (BobbinDownload *self, const BobbinTry *last)
{
  if (self->log == NULL)
    self->log = bobbin_tries_new ();
  bobbin_tries_add (self->log, last);
}

/* For the queue: reads the target's counters.
 * Returns: bytes that were received for it until now */
goffset
bobbin_download_sample (BobbinDownload *self, gint64 now)
{
  BobbinTarget *target = self->activity->target;
  goffset fetched = atomic_load_explicit (&target->fetched, memory_order_relaxed);

  self->received = atomic_load_explicit (&target->received, memory_order_relaxed);
  if (self->state == BOBBIN_STATE_RECEIVING)
    bobbin_rate_sample (&self->activity->rate, fetched, now);
  return fetched;
}

/**
 * bobbin_download_get_link:
 * @self: a download
 *
 * Returns: (transfer none): where it comes from
 */
BobbinLink *
bobbin_download_get_link (BobbinDownload *self)
{
  return self->link;
}

/**
 * bobbin_download_get_state:
 * @self: a download
 *
 * Returns: its state
 */
BobbinState
bobbin_download_get_state (BobbinDownload *self)
{
  return self->state;
}

/**
 * bobbin_download_is_active:
 * @self: a download
 *
 * Returns: whether a worker is busy with it: connecting or receiving
 */
gboolean
bobbin_download_is_active (BobbinDownload *self)
{
  return self->state == BOBBIN_STATE_CONNECTING || self->state == BOBBIN_STATE_RECEIVING;
}

/**
 * bobbin_download_get_order:
 * @self: a download
 *
 * Returns: a number by which the downloads of a list stand in their order
 */
gint64
bobbin_download_get_order (BobbinDownload *self)
{
  return self->order;
}

/**
 * bobbin_download_get_end_order:
 * @self: a download
 *
 * Returns: a number by which the finished and failed downloads of a list stand
 *   as they ended; 0 for all others
 */
guint64
bobbin_download_get_end_order (BobbinDownload *self)
{
  return self->end_order;
}

/**
 * bobbin_download_dup_name:
 * @self: a download
 *
 * Returns: (transfer full): the leaf name of its file; provisional until the
 *   server has answered
 */
char *
bobbin_download_dup_name (BobbinDownload *self)
{
  if (self->name != NULL)
    return g_strdup (self->name);
  return bobbin_link_dup_file_name (self->link, NULL, NULL, NULL);
}

/**
 * bobbin_download_dup_host:
 * @self: a download
 *
 * Returns: (transfer full): the host that the link names, for display
 */
char *
bobbin_download_dup_host (BobbinDownload *self)
{
  return bobbin_link_dup_host (self->link);
}

/**
 * bobbin_download_get_folder:
 * @self: a download
 *
 * Returns: (transfer none): absolute path of the folder that it is saved to
 */
const char *
bobbin_download_get_folder (BobbinDownload *self)
{
  return bobbin_link_get_folder (self->link);
}

/**
 * bobbin_download_dup_path:
 * @self: a download
 *
 * Returns: (transfer full) (nullable): absolute path of the finished file;
 *   %NULL while it is not finished
 */
char *
bobbin_download_dup_path (BobbinDownload *self)
{
  if (self->state != BOBBIN_STATE_FINISHED)
    return NULL;
  return g_build_filename (bobbin_download_get_folder (self), self->name, NULL);
}

/**
 * bobbin_download_get_final_uri:
 * @self: a download
 *
 * Returns: (transfer none) (nullable): where the file came from, after
 *   redirects, without user and password; %NULL while no answer came in this
 *   start, and if it came from its link
 */
const char *
bobbin_download_get_final_uri (BobbinDownload *self)
{
  return self->origin != NULL ? self->origin->uri : NULL;
}

/**
 * bobbin_download_get_origin:
 * @self: a download
 *
 * Returns: (transfer none) (nullable): where the file comes from, as the last
 *   answer told; %NULL if there was none in this start
 */
const BobbinOrigin *
bobbin_download_get_origin (BobbinDownload *self)
{
  return self->origin;
}

/**
 * bobbin_download_get_digest:
 * @self: a download
 *
 * Returns: (transfer none) (nullable): the digest that the person, the list or
 *   the server told for the finished file, also in an earlier start; %NULL if
 *   none is known
 */
const BobbinDigest *
bobbin_download_get_digest (BobbinDownload *self)
{
  return self->digest;
}

/**
 * bobbin_download_get_received:
 * @self: a download
 *
 * Returns: bytes of the file that are held, as of the last reading
 */
goffset
bobbin_download_get_received (BobbinDownload *self)
{
  return self->received;
}

/**
 * bobbin_download_get_total:
 * @self: a download
 *
 * Returns: bytes of the whole file, -1 if not known
 */
goffset
bobbin_download_get_total (BobbinDownload *self)
{
  return self->total;
}

/**
 * bobbin_download_get_fraction:
 * @self: a download
 *
 * Returns: how much of the file is held, 0 to 1; -1 if that is not known
 */
double
bobbin_download_get_fraction (BobbinDownload *self)
{
  if (self->state == BOBBIN_STATE_FINISHED)
    return 1.0;
  if (self->total < 0)
    return -1.0;
  return self->total == 0 ? 0.0 : CLAMP ((double) self->received / (double) self->total, 0.0, 1.0);
}

/**
 * bobbin_download_get_rate:
 * @self: a download
 *
 * Returns: bytes a second: over the last three seconds while receiving, on
 *   average once finished, else 0
 */
double
bobbin_download_get_rate (BobbinDownload *self)
{
  if (self->state == BOBBIN_STATE_RECEIVING && self->activity != NULL)
    return bobbin_rate_get (&self->activity->rate);
  if (self->state == BOBBIN_STATE_FINISHED && self->own_time > 0)
    return (double) self->received * G_USEC_PER_SEC / (double) self->own_time;
  return 0.0;
}

/**
 * bobbin_download_get_time_left:
 * @self: a download
 *
 * Returns: microseconds until it will have all its bytes; -1 if not known
 */
gint64
bobbin_download_get_time_left (BobbinDownload *self)
{
  if (self->state != BOBBIN_STATE_RECEIVING || self->activity == NULL || self->total < 0)
    return -1;
  return bobbin_rate_get_time_left (&self->activity->rate, MAX (self->total - self->received, 0));
}

/**
 * bobbin_download_get_own_time:
 * @self: a download
 *
 * Returns: microseconds that workers have spent on it, in all tries that ended
 */
gint64
bobbin_download_get_own_time (BobbinDownload *self)
{
  return self->own_time;
}

/**
 * bobbin_download_get_error:
 * @self: a download
 *
 * Returns: (transfer none) (nullable): why it failed, or what it waits after;
 *   %NULL for all others
 */
const GError *
bobbin_download_get_error (BobbinDownload *self)
{
  return self->error;
}

/**
 * bobbin_download_get_tries:
 * @self: a download
 *
 * Returns: how many tries have begun
 */
guint
bobbin_download_get_tries (BobbinDownload *self)
{
  return self->tries;
}

static void
add_running_try (BobbinDownload *self, GArray *tries)
{
  const BobbinActivity *activity = self->activity;
  gint64 time;

  if (activity == NULL || activity->started == 0)
    return;
  time = g_get_monotonic_time () - activity->started;
  bobbin_tries_add (tries,
                    &(BobbinTry){
                        .number = self->tries,
                        .how = BOBBIN_TRY_RUNNING,
                        .anew = activity->anew,
                        .began = g_get_real_time () - time,
                        .time = time,
                        .held = activity->anew ? 0 : activity->began_with,
                        .bytes = atomic_load_explicit (&activity->target->fetched, memory_order_relaxed),
                    });
}

/**
 * bobbin_download_dup_tries:
 * @self: a download
 *
 * Tells what came of the tries, also the one that is under way. Of those that
 * a former start made without writing them down nothing is known.
 *
 * Returns: (transfer full) (element-type BobbinTry): the last tries, oldest
 *   first
 */
GArray *
bobbin_download_dup_tries (BobbinDownload *self)
{
  GArray *tries = self->log != NULL ? bobbin_tries_copy (self->log) : bobbin_tries_new ();

  add_running_try (self, tries);
  /* One that went well from the start is not worth the memory. */
  if (self->log == NULL && self->state == BOBBIN_STATE_FINISHED && self->tries == 1)
    bobbin_tries_add (tries, &(BobbinTry){
                                 .number = 1,
                                 .how = BOBBIN_TRY_FINISHED,
                                 .began = self->ended - self->own_time,
                                 .time = self->own_time,
                                 .bytes = self->received,
                             });
  return tries;
}

/**
 * bobbin_download_get_retry_at:
 * @self: a download
 *
 * Returns: when its next try is due, monotonic microseconds; 0 if it does not
 *   wait for one
 */
gint64
bobbin_download_get_retry_at (BobbinDownload *self)
{
  return self->retry_at;
}

/**
 * bobbin_download_get_retry_since:
 * @self: a download
 *
 * Returns: when it began to wait for its next try, monotonic microseconds; 0 if
 *   it does not wait for one
 */
gint64
bobbin_download_get_retry_since (BobbinDownload *self)
{
  return self->retry_at != 0 ? self->retry_since : 0;
}

/**
 * bobbin_download_get_n_parts:
 * @self: a download
 *
 * Returns: how many workers receive parts of it now
 */
guint
bobbin_download_get_n_parts (BobbinDownload *self)
{
  return self->activity != NULL ? (guint) atomic_load (&self->activity->target->n_parts) : 0;
}

/**
 * bobbin_download_is_verified:
 * @self: a download
 *
 * Returns: whether it finished with the digest that the person, the list or the
 *   server had told
 */
gboolean
bobbin_download_is_verified (BobbinDownload *self)
{
  return self->verified;
}

/**
 * bobbin_download_is_unproven:
 * @self: a download
 *
 * Tells of a server that gives no length: a file that was cut on its way looks
 * the same as a whole one.
 *
 * Returns: whether it finished and nothing but the end of its connection told
 *   that the file had come whole
 */
gboolean
bobbin_download_is_unproven (BobbinDownload *self)
{
  return self->state == BOBBIN_STATE_FINISHED && self->unproven;
}

/**
 * bobbin_download_is_anew:
 * @self: a download
 *
 * Returns: whether it had to give up bytes that it held, since the file on the
 *   server, or the one on disk, had changed
 */
gboolean
bobbin_download_is_anew (BobbinDownload *self)
{
  return self->anew;
}

/**
 * bobbin_download_can_resume:
 * @self: a download
 *
 * Returns: %FALSE if it is active and what it has received would be lost when
 *   it stopped, since its server gives nothing to know the file again by
 */
gboolean
bobbin_download_can_resume (BobbinDownload *self)
{
  return self->activity == NULL || self->received == 0 || bobbin_target_can_resume (self->activity->target);
}

/**
 * bobbin_download_dup_ranges:
 * @self: a download
 *
 * Returns: (transfer full) (nullable): a range list of the bytes that are held
 *   (bobbin-ranges.h); %NULL if there are none, or it is finished
 */
GArray *
bobbin_download_dup_ranges (BobbinDownload *self)
{
  if (self->activity != NULL)
    return bobbin_target_dup_ranges (self->activity->target);
  return self->held != NULL ? bobbin_range_list_copy (self->held->ranges) : NULL;
}
