/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-queue-private.h"

#include "bobbin-timeline-keep.h"

#include <sys/stat.h>

/* Changes are gathered so long before the store hears of them, milliseconds. */
#define GATHER 50

/* The store hears of so many changes in one turn of the main loop: a hundred
 * thousand that were added at once must not hold it. */
#define AT_A_TIME 1000

/* A place beyond this is nobody's; from here on there is room on both sides. */
#define FARTHEST (G_GINT64_CONSTANT (1) << 61)

/* What an active download holds is written down so often, in microseconds. */
#define PROGRESS_INTERVAL G_USEC_PER_SEC

/* Everything under way waits again after the next start. */
static BobbinState
get_kept_state (const BobbinDownload *download)
{
  if (bobbin_download_is_under_way (download) || download->waits_for_space)
    return BOBBIN_STATE_WAITING;
  return download->state;
}

static void
fill_in_held (BobbinRecord *record, const BobbinHeld *held)
{
  record->name = g_strdup (held->name);
  record->validator = g_strdup (held->validator);
  record->identity = held->identity;
  record->ranges = bobbin_range_list_copy (held->ranges);
  record->received = bobbin_range_list_count (held->ranges);
  record->total = held->total;
  record->modified = held->modified;
  record->address = held->address;
}

static void
fill_in_end (BobbinRecord *record, const BobbinDownload *download)
{
  record->name = g_strdup (download->name);
  record->received = download->received;
  record->total = download->total;
  record->identity = download->identity;
  record->modified = download->modified;
  record->verified = download->verified;
  record->unproven = download->unproven;
  record->file_digest = download->digest != NULL ? bobbin_digest_to_string (download->digest) : NULL;
}

static BobbinRecord *
make_record (const BobbinDownload *download, const BobbinHeld *held)
{
  BobbinRecord *record = bobbin_record_new ();
  const BobbinDigest *digest = bobbin_link_get_digest (download->link);

  record->id = download->id;
  record->order = download->order;
  record->end_order = download->end_order;
  record->state = get_kept_state (download);
  record->uri = bobbin_record_strip_uri (bobbin_link_get_uri (download->link));
  record->folder = g_strdup (bobbin_link_get_folder (download->link));
  record->given_name = g_strdup (bobbin_link_get_name (download->link));
  record->headers = bobbin_record_keep_headers (bobbin_link_get_headers (download->link));
  record->extras = bobbin_link_dup_extras (download->link);
  record->digest = digest != NULL ? bobbin_digest_to_string (digest) : NULL;
  record->total = download->total;
  record->own_time = download->own_time;
  record->tries = download->tries;
  record->log = bobbin_tries_copy (download->log);
  record->ended = download->ended;
  record->error = download->state == BOBBIN_STATE_FAILED ? g_error_copy (download->error) : NULL;
  if (download->state == BOBBIN_STATE_FINISHED)
    fill_in_end (record, download);
  else if (held != NULL)
    fill_in_held (record, held);
  return record;
}

static void
forget_ranges (BobbinRecord *record)
{
  if (record->ranges == NULL)
    return;
  g_clear_pointer (&record->ranges, g_array_unref);
  record->received = 0;
}

static void
put (BobbinQueue *self, BobbinDownload *download)
{
  BobbinRecord *record;
  g_autoptr (BobbinHeld) held = NULL;
  int fd = -1;

  if (download->activity != NULL)
    held = bobbin_target_snapshot (download->activity->target, &fd);
  else if (download->held != NULL && download->held->ranges->len > 0)
    fd = bobbin_part_file_open_for_sync (bobbin_link_get_folder (download->link), download->held->name,
                                         &download->held->identity);
  if (held != NULL)
    {
      download->activity->kept = bobbin_range_list_count (held->ranges);
      download->activity->kept_at = g_get_monotonic_time ();
    }
  record = make_record (download, held != NULL ? held : download->held);
  /* What cannot be synced may not survive, and is not claimed. */
  if (fd < 0)
    forget_ranges (record);
  bobbin_store_put (self->store, record, fd);
}

static void
put_some (BobbinQueue *self, guint n)
{
  while (self->dirty->len > 0 && n-- > 0)
    {
      g_autoptr (BobbinDownload) download = g_ptr_array_steal_index_fast (self->dirty, self->dirty->len - 1);

      download->dirty = FALSE;
      if (!download->removed)
        put (self, download);
    }
}

static gboolean
on_keep (gpointer user_data)
{
  BobbinQueue *self = user_data;

  put_some (self, AT_A_TIME);
  if (self->dirty->len > 0)
    return G_SOURCE_CONTINUE;
  self->keep_id = 0;
  return G_SOURCE_REMOVE;
}

/* For the queue: lets the store hear of a download that has changed. */
void
bobbin_queue_keep (BobbinQueue *self, BobbinDownload *download)
{
  if (self->store == NULL || download->dirty || download->removed)
    return;
  download->dirty = TRUE;
  g_ptr_array_add (self->dirty, g_object_ref (download));
  if (self->keep_id == 0)
    self->keep_id = g_timeout_add (GATHER, on_keep, self);
}

/* For the queue: lets the store hear now and then of what an active download
 * holds. */
void
bobbin_queue_keep_progress (BobbinQueue *self, BobbinDownload *download, gint64 now)
{
  const BobbinActivity *activity = download->activity;

  if (now - activity->kept_at >= PROGRESS_INTERVAL && download->received != activity->kept)
    bobbin_queue_keep (self, download);
}

/* For the queue: lets the store hear of the run that has just ended. */
void
bobbin_queue_keep_run (BobbinQueue *self)
{
  const BobbinRun *run = &self->run;
  BobbinRunRecord record = {
    .began = run->began,
    .elapsed = bobbin_run_get_elapsed (run, run->end),
    .one_after_another = bobbin_run_get_one_after_another (run, run->end),
    .at_once = run->most_at_once,
    .finished = run->finished,
    .failed = run->failed,
    .bytes = run->bytes,
  };

  if (self->store == NULL)
    return;
  bobbin_store_put_run (self->store, &record);
  bobbin_queue_keep_timeline (self);
}

/* For the queue: lets the store hear of what the workers did in the last run. */
void
bobbin_queue_keep_timeline (BobbinQueue *self)
{
  g_autoptr (GBytes) timeline = NULL;

  if (self->store == NULL || self->run.end == 0)
    return;
  timeline = bobbin_timeline_keep (&self->timeline);
  bobbin_store_put_timeline (self->store, self->run.began, self->run.measured, timeline);
}

/* For the queue: lets the store forget downloads that were removed. */
void
bobbin_queue_forget (BobbinQueue *self, GPtrArray *downloads)
{
  g_autofree guint64 *ids = g_new (guint64, MAX (downloads->len, 1));

  for (guint i = 0; i < downloads->len; i++)
    ids[i] = ((const BobbinDownload *) g_ptr_array_index (downloads, i))->id;
  if (self->store != NULL)
    bobbin_store_remove (self->store, ids, downloads->len);
}

/* For the queue: lets the store hear of everything now, at the end. */
void
bobbin_queue_keep_all (BobbinQueue *self)
{
  g_clear_handle_id (&self->keep_id, g_source_remove);
  put_some (self, G_MAXUINT);
}

/**
 * bobbin_queue_set_store:
 * @self: a queue without downloads
 * @store: (nullable): what keeps the downloads over the end of the program
 *
 * From now on the store hears of every change. Main thread.
 */
void
bobbin_queue_set_store (BobbinQueue *self, BobbinStore *store)
{
  g_return_if_fail (self->store == NULL && self->list.items->len == 0);

  self->store = store != NULL ? bobbin_store_ref (store) : NULL;
}

static BobbinLink *
link_from_record (const BobbinRecord *record)
{
  g_autoptr (BobbinLink) link = bobbin_link_new (record->uri, NULL);
  g_autoptr (BobbinDigest) digest = record->digest != NULL ? bobbin_digest_parse (record->digest) : NULL;

  if (link == NULL || record->folder == NULL || !g_path_is_absolute (record->folder))
    return NULL;
  bobbin_link_set_folder (link, record->folder);
  bobbin_link_set_name (link, record->given_name);
  bobbin_link_set_digest (link, digest);
  bobbin_link_take_extras (link, record->extras);
  for (char **header = record->headers; header != NULL && header[0] != NULL; header += 2)
    bobbin_link_add_header (link, header[0], header[1], NULL);
  return g_steal_pointer (&link);
}

static BobbinHeld *
held_from_record (const BobbinRecord *record)
{
  BobbinHeld *held;

  if (record->name == NULL || record->identity.inode == 0)
    return NULL;
  held = g_new0 (BobbinHeld, 1);
  held->name = g_strdup (record->name);
  held->identity = record->identity;
  held->ranges = record->ranges != NULL ? bobbin_range_list_copy (record->ranges) : bobbin_range_list_new ();
  held->total = record->total;
  held->validator = g_strdup (record->validator);
  held->modified = record->modified;
  held->address = record->address;
  return held;
}

static void
take_end (BobbinDownload *download, const BobbinRecord *record)
{
  download->identity = record->identity;
  download->modified = record->modified;
  download->verified = record->verified;
  download->unproven = record->unproven;
  download->digest = record->file_digest != NULL ? bobbin_digest_parse (record->file_digest) : NULL;
}

/* What the person has written to a finished file since is theirs: it stays as it
 * is, and what is fetched again gets a name beside it. All that we write, and the
 * time that the file gets from the server, comes before its end. */
static gboolean
was_written_to_since (const BobbinRecord *record)
{
  g_autofree char *path = NULL;
  struct stat info;

  if (record->state != BOBBIN_STATE_FINISHED || record->name == NULL)
    return FALSE;
  path = g_build_filename (record->folder, record->name, NULL);
  return lstat (path, &info) == 0
         && info.st_mtim.tv_sec * G_USEC_PER_SEC + info.st_mtim.tv_nsec / 1000 > record->ended;
}

/* A finished file whose bytes may not have survived a power cut is fetched
 * again. */
static BobbinState
get_state (const BobbinRecord *record)
{
  if (record->state != BOBBIN_STATE_FINISHED || record->synced || record->same_boot)
    return record->state;
  return BOBBIN_STATE_WAITING;
}

/* The places of an earlier start, none of them twice. */
static gint64
take_order (BobbinQueue *self, const BobbinRecord *record)
{
  gint64 order = CLAMP (record->order, -FARTHEST, FARTHEST);

  if (self->next_order == self->first_order) /* nothing has a place yet */
    self->first_order = self->next_order = MIN (order, 0);
  order = MAX (order, self->next_order);
  self->next_order = order + 1;
  return order;
}

static BobbinDownload *
download_from_record (BobbinQueue *self, const BobbinRecord *record)
{
  g_autoptr (BobbinLink) link = link_from_record (record);
  BobbinDownload *download;

  if (link == NULL)
    return NULL;
  download = bobbin_download_new (link, record->id, take_order (self, record));
  self->next_end_order = MAX (self->next_end_order, record->end_order);
  download->state = get_state (record);
  download->end_order = record->end_order;
  download->name = g_strdup (record->name);
  download->total = record->total;
  download->received = record->received;
  download->own_time = record->own_time;
  download->tries = record->tries;
  download->log = bobbin_tries_copy (record->log);
  download->ended = record->ended;
  if (download->state == BOBBIN_STATE_FINISHED)
    {
      take_end (download, record);
      return download;
    }
  if (!was_written_to_since (record))
    download->held = held_from_record (record);
  if (record->address <= bobbin_link_get_n_mirrors (link))
    download->address = record->address;
  download->most_received = download->received;
  if (download->state == BOBBIN_STATE_FAILED)
    download->error = record->error != NULL ? g_error_copy (record->error)
                                            : g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "Unknown");
  else
    download->end_order = 0;
  return download;
}

/**
 * bobbin_queue_load:
 * @self: a queue
 * @records: (element-type BobbinRecord): what its store kept
 *
 * Adds the downloads of an earlier start to the end of the list. Those that
 * were under way then go on. Main thread.
 */
void
bobbin_queue_load (BobbinQueue *self, GPtrArray *records)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new_full (records->len, g_object_unref);

  for (guint i = 0; i < records->len; i++)
    {
      BobbinDownload *download = download_from_record (self, g_ptr_array_index (records, i));

      if (download == NULL)
        continue;
      g_ptr_array_add (added, download);
      self->counts.total++;
      (*bobbin_counts_of (&self->counts, download->state))++;
      if (download->state == BOBBIN_STATE_WAITING)
        bobbin_queue_put_in_line (self, download);
    }
  bobbin_list_append (&self->list, added);
  bobbin_queue_touch (self);
  bobbin_queue_pump (self);
}
