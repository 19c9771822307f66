/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-target.h"

#include "bobbin-error.h"

/**
 * bobbin_held_copy:
 * @self: (nullable): what a download holds
 *
 * Returns: (transfer full) (nullable): a copy
 */
BobbinHeld *
bobbin_held_copy (const BobbinHeld *self)
{
  BobbinHeld *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);
  copy->ranges = bobbin_range_list_copy (self->ranges);
  copy->validator = g_strdup (self->validator);
  return copy;
}

/**
 * bobbin_held_free:
 * @self: (transfer full) (nullable): what a download held
 */
void
bobbin_held_free (BobbinHeld *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_array_unref (self->ranges);
  g_free (self->validator);
  g_free (self);
}

/**
 * bobbin_target_new:
 * @link: what to download
 * @address: where from: 0 for the link itself, 1 for its first mirror and so on
 * @held: (nullable): what earlier tries left; taken up if the server still has
 *   the same file
 * @settings: how
 * @store: (nullable): what keeps track of part files
 * @id: the download's number in @store
 *
 * Main thread.
 *
 * Returns: (transfer full): a target that no worker has joined
 */
BobbinTarget *
bobbin_target_new (BobbinLink *link,
                   guint address,
                   const BobbinHeld *held,
                   BobbinSettings *settings,
                   BobbinStore *store,
                   guint64 id)
{
  BobbinTarget *self = g_new0 (BobbinTarget, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->link = bobbin_link_ref (link);
  self->address = address;
  self->held = settings->resume ? bobbin_held_copy (held) : NULL;
  self->settings = bobbin_settings_ref (settings);
  self->store = store != NULL ? bobbin_store_ref (store) : NULL;
  self->id = id;
  atomic_init (&self->received, self->held != NULL ? bobbin_range_list_count (self->held->ranges) : 0);
  g_mutex_init (&self->mutex);
  bobbin_ranges_init (&self->ranges);
  return self;
}

/**
 * bobbin_target_ref:
 * @self: a target
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
BobbinTarget *
bobbin_target_ref (BobbinTarget *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * bobbin_target_unref:
 * @self: (transfer full): a target
 *
 * Any thread.
 */
void
bobbin_target_unref (BobbinTarget *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  bobbin_link_unref (self->link);
  bobbin_held_free (self->held);
  bobbin_settings_unref (self->settings);
  g_clear_pointer (&self->store, bobbin_store_unref);
  bobbin_part_file_free (self->part);
  bobbin_ranges_clear (&self->ranges);
  bobbin_digest_free (self->digest);
  g_clear_pointer (&self->checksum, g_checksum_free);
  g_clear_error (&self->error);
  g_free (self->validator);
  g_free (self->uri);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * bobbin_target_get_mirror:
 * @self: a target
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the mirror to ask; %NULL for the link
 *   itself
 */
const char *
bobbin_target_get_mirror (BobbinTarget *self)
{
  return self->address > 0 ? bobbin_link_get_mirror (self->link, self->address - 1)->uri : NULL;
}

/* Whether a digest will tell in the end if the bytes are right, wherever they
 * came from. */
static gboolean
will_be_verified (const BobbinTarget *self)
{
  return bobbin_link_get_digest (self->link) != NULL || bobbin_link_get_pieces (self->link) != NULL;
}

static gboolean
may_split (const BobbinTarget *self)
{
  return self->open && !self->refused && self->n_workers < self->settings->parts;
}

/**
 * bobbin_target_has_work:
 * @self: a target
 * @now: monotonic microseconds
 *
 * Any thread.
 *
 * Returns: whether one more worker could fetch a part
 */
gboolean
bobbin_target_has_work (BobbinTarget *self, gint64 now)
{
  gboolean has_work;

  g_mutex_lock (&self->mutex);
  has_work = may_split (self) && !self->closed
             && bobbin_ranges_has_work (&self->ranges, self->settings->part_size, now);
  g_mutex_unlock (&self->mutex);
  return has_work;
}

/**
 * bobbin_target_get_total:
 * @self: a target that the calling worker has locked, or that is its alone
 *
 * A body that just ends may have been cut; what is known from elsewhere tells.
 *
 * Returns: bytes of the file as far as anybody tells, -1 if nobody does
 */
goffset
bobbin_target_get_total (const BobbinTarget *self)
{
  goffset known = MAX (self->held != NULL ? self->held->total : -1, bobbin_link_get_size (self->link));

  if (!self->endless)
    return self->ranges.total;
  return self->only_gzip_tells ? known : MAX (self->ranges.total, known);
}

static BobbinHeld *
describe (const BobbinTarget *self)
{
  BobbinHeld *held = g_new0 (BobbinHeld, 1);

  held->name = g_strdup (bobbin_part_file_get_name (self->part));
  held->identity = bobbin_part_file_get_identity (self->part);
  held->ranges = bobbin_range_list_copy (self->ranges.held);
  held->total = bobbin_target_get_total (self);
  held->validator = g_strdup (self->validator);
  held->address = self->elsewhere ? BOBBIN_HELD_ELSEWHERE : self->address;
  return held;
}

/**
 * bobbin_target_can_resume:
 * @self: a target
 *
 * Any thread.
 *
 * Returns: whether there is something to know the file again by
 */
gboolean
bobbin_target_can_resume (BobbinTarget *self)
{
  gboolean can;

  g_mutex_lock (&self->mutex);
  can = self->open && self->validator != NULL;
  g_mutex_unlock (&self->mutex);
  return can;
}

/**
 * bobbin_target_dup_ranges:
 * @self: a target
 *
 * Any thread.
 *
 * Returns: (transfer full): a range list of what is held
 */
GArray *
bobbin_target_dup_ranges (BobbinTarget *self)
{
  GArray *ranges;

  g_mutex_lock (&self->mutex);
  ranges = bobbin_range_list_copy (self->ranges.held);
  g_mutex_unlock (&self->mutex);
  return ranges;
}

/**
 * bobbin_target_snapshot:
 * @self: a target
 * @fd: (out): a descriptor of the part file, the caller's; -1 if there is none
 *
 * Tells what is held at this moment. It survives a power cut once @fd is
 * synced. Any thread.
 *
 * Returns: (transfer full) (nullable): what is held; %NULL while there is no
 *   part file
 */
BobbinHeld *
bobbin_target_snapshot (BobbinTarget *self, int *fd)
{
  BobbinHeld *held = NULL;

  *fd = -1;
  g_mutex_lock (&self->mutex);
  if (self->open && !self->closed && bobbin_part_file_is_named (self->part))
    {
      held = describe (self);
      *fd = bobbin_part_file_dup_fd (self->part);
    }
  g_mutex_unlock (&self->mutex);
  return held;
}

/**
 * bobbin_target_join:
 * @self: a target
 *
 * Begins a worker's part in it; bobbin_target_leave() ends it, whatever the
 * role was. Worker.
 *
 * Returns: what the worker is to do
 */
BobbinRole
bobbin_target_join (BobbinTarget *self)
{
  BobbinRole role = BOBBIN_ROLE_NONE;

  g_mutex_lock (&self->mutex);
  if (!self->begun)
    role = BOBBIN_ROLE_FIRST;
  else if (self->open && !self->closed)
    role = BOBBIN_ROLE_HELPER;
  self->begun = TRUE;
  if (role != BOBBIN_ROLE_NONE)
    self->n_workers++;
  g_mutex_unlock (&self->mutex);
  return role;
}

/**
 * bobbin_target_start_anew:
 * @self: a target that is not open
 *
 * Gives up what is held, also on disk. The part file is not emptied but
 * removed, for the new bytes to go to another one: a power cut could bring back
 * the note of the old bytes, which must not speak of the new ones. The first
 * worker.
 */
void
bobbin_target_start_anew (BobbinTarget *self)
{
  bobbin_ranges_reset (&self->ranges, NULL, -1);
  g_clear_pointer (&self->validator, g_free);
  self->elsewhere = FALSE;
  atomic_store (&self->received, 0);
  if (self->part != NULL)
    bobbin_part_file_discard (self->part);
  g_clear_pointer (&self->part, bobbin_part_file_free);
}

/* Somebody has written to it since, or it is not ours any more. */
static gboolean
was_edited (const BobbinTarget *self)
{
  return self->held->modified != 0 && bobbin_part_file_get_modified (self->part) != self->held->modified;
}

/* What one place calls the file by says nothing to another, unless the person
 * says that it is the same file: then its size and its name for it tell. */
static gboolean
may_show_validator (const BobbinTarget *self)
{
  const BobbinHeld *held = self->held;

  return held->address == self->address
         || (held->address == BOBBIN_HELD_ELSEWHERE && self->address == 0 && !will_be_verified (self));
}

static gboolean
is_worth_keeping (const BobbinTarget *self)
{
  const BobbinHeld *held = self->held;

  if (held->ranges->len == 0)
    return FALSE;
  if (held->total >= 0 && (will_be_verified (self) || bobbin_range_list_count (held->ranges) == held->total))
    return TRUE;
  return held->validator != NULL && may_show_validator (self);
}

/**
 * bobbin_target_open_held:
 * @self: a target that is not open
 * @error: return location for an error
 *
 * Opens what earlier tries left. A part file that is not ours any more is left
 * alone, and the download starts anew beside it. The first worker.
 *
 * Returns: %FALSE with %G_IO_ERROR codes if the part file is there and cannot
 *   be opened
 */
gboolean
bobbin_target_open_held (BobbinTarget *self, GError **error)
{
  const BobbinHeld *held = self->held;
  g_autoptr (GError) reason = NULL;

  if (held == NULL)
    return TRUE;
  self->part = bobbin_part_file_reopen (bobbin_link_get_folder (self->link), held->name, &held->identity,
                                        bobbin_range_list_get_end (held->ranges), &reason);
  self->lost = g_error_matches (reason, BOBBIN_ERROR, BOBBIN_ERROR_PART_LOST)
               || (self->part != NULL && was_edited (self));
  if (reason != NULL && !self->lost)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (self->lost || !is_worth_keeping (self))
    {
      bobbin_target_start_anew (self);
      return TRUE;
    }
  bobbin_ranges_reset (&self->ranges, held->ranges, held->total);
  self->validator = may_show_validator (self) ? g_strdup (held->validator) : NULL;
  self->elsewhere = held->address == BOBBIN_HELD_ELSEWHERE;
  return TRUE;
}

static void
note_created (BobbinTarget *self)
{
  BobbinPartIdentity identity = bobbin_part_file_get_identity (self->part);

  if (self->store != NULL)
    bobbin_store_note_created (self->store, self->id, bobbin_link_get_uri (self->link),
                               bobbin_link_get_folder (self->link), bobbin_part_file_get_name (self->part),
                               &identity);
}

/**
 * bobbin_target_create_part:
 * @self: a target without a part file
 * @name: a safe leaf name
 * @error: return location for an error
 *
 * Makes the part file, and lets the store know. The first worker, or the last.
 *
 * Returns: %FALSE with the errors of bobbin_part_file_create()
 */
gboolean
bobbin_target_create_part (BobbinTarget *self, const char *name, GError **error)
{
  const char *folder = bobbin_link_get_folder (self->link);

  if (self->store != NULL)
    bobbin_store_note_planned (self->store, self->id, bobbin_link_get_uri (self->link), folder, name);
  self->part = bobbin_part_file_create (folder, name, self->settings->conflict, error);
  if (self->part != NULL)
    note_created (self);
  else if (self->store != NULL)
    bobbin_store_note_failed (self->store, self->id);
  return self->part != NULL;
}

/* What has a digest is kept under a name of its own even if it is wrong. */
static gboolean
create_file (BobbinTarget *self, const BobbinAnswer *answer, gboolean whole, GError **error)
{
  g_autofree char *name
      = bobbin_link_dup_file_name (self->link, answer->disposition, answer->uri, answer->media_type);

  if (whole && self->digest == NULL && bobbin_link_get_pieces (self->link) == NULL)
    self->part = bobbin_part_file_create_unnamed (bobbin_link_get_folder (self->link), name,
                                                  self->settings->conflict);
  if (self->part == NULL)
    return bobbin_target_create_part (self, name, error);
  note_created (self);
  return TRUE;
}

/* A list that tells the file's size speaks of another file if the server has
 * another one. */
static gboolean
has_size (const BobbinTarget *self, const BobbinAnswer *answer, GError **error)
{
  goffset size = bobbin_link_get_size (self->link);

  if (size < 0 || answer->total < 0 || answer->total == size)
    return TRUE;
  g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_CHECKSUM, "%" G_GOFFSET_FORMAT " bytes expected", size);
  return FALSE;
}

/**
 * bobbin_target_settle:
 * @self: a target that is not open
 * @piece: what the first worker begins with
 * @answer: the answer to the first worker's request: the whole file, or bytes
 *   of the same file that earlier tries held bytes of
 * @whole: whether all the bytes of the file have come in with the answer
 * @error: return location for an error
 *
 * Opens the target to other workers. The first worker.
 *
 * Returns: %FALSE with the errors of bobbin_part_file_create(), and
 *   %G_IO_ERROR_NO_SPACE when the disk has no room for the rest
 */
gboolean
bobbin_target_settle (
    BobbinTarget *self, BobbinPiece *piece, const BobbinAnswer *answer, gboolean whole, GError **error)
{
  gboolean done;

  g_mutex_lock (&self->mutex);
  if (answer->total >= 0)
    bobbin_ranges_set_total (&self->ranges, answer->total);
  if (answer->validator != NULL || answer->first == 0)
    {
      g_free (self->validator);
      self->validator = g_strdup (answer->validator);
    }
  self->elsewhere = FALSE;
  self->modified = answer->modified;
  self->endless = answer->total < 0;
  self->until_close = answer->until_close;
  self->only_gzip_tells = answer->only_gzip_tells;
  self->refused
      = !answer->ranges || (self->validator == NULL && self->modified == 0 && !will_be_verified (self));
  g_free (self->uri);
  self->uri = g_strdup (answer->uri);
  bobbin_digest_free (self->digest);
  self->digest = bobbin_digest_copy (bobbin_link_get_digest (self->link));
  if (self->digest == NULL)
    self->digest = bobbin_digest_copy (answer->digest);
  if (self->digest != NULL)
    self->checksum = g_checksum_new (self->digest->type);

  done = has_size (self, answer, error) && (self->part != NULL || create_file (self, answer, whole, error))
         && (answer->total < 0
             || bobbin_part_file_check_room (self->part,
                                             answer->total - bobbin_range_list_count (self->ranges.held),
                                             error));
  self->open = done && bobbin_ranges_confirm (&self->ranges, piece);
  g_mutex_unlock (&self->mutex);
  return done;
}

/**
 * bobbin_target_take:
 * @self: a target
 *
 * Takes a gap, or else half of what another worker has left. Worker.
 *
 * Returns: (transfer none) (nullable): a piece, for bobbin_target_give_back();
 *   %NULL if there is nothing to fetch
 */
BobbinPiece *
bobbin_target_take (BobbinTarget *self)
{
  gint64 now = g_get_monotonic_time ();
  BobbinPiece *piece;

  g_mutex_lock (&self->mutex);
  piece = bobbin_ranges_take_gap (&self->ranges, now);
  if (piece == NULL && self->open && !self->refused)
    piece = bobbin_ranges_take_half (&self->ranges, self->settings->part_size, now);
  g_mutex_unlock (&self->mutex);
  return piece;
}

/* Whether an answer speaks of the file that the other bytes are of. */
static gboolean
is_same_file (const BobbinTarget *self, const BobbinPiece *piece, const BobbinAnswer *answer)
{
  if (answer->first != piece->first || (answer->total >= 0 && answer->total != self->ranges.total))
    return FALSE;
  if (self->validator != NULL)
    return answer->validator == NULL || g_str_equal (answer->validator, self->validator);
  return answer->modified == self->modified;
}

/**
 * bobbin_target_confirm:
 * @self: an open target
 * @piece: a piece of it
 * @answer: what the server answers to the request for @piece
 * @error: return location for an error
 *
 * Makes sure that the piece is its worker's and its bytes are of the same file.
 * Worker.
 *
 * Sets %BOBBIN_ERROR_RANGE_REFUSED when the answer is none for this piece.
 *
 * Returns: whether to receive it; %FALSE without an error if others have got
 *   its bytes meanwhile
 */
gboolean
bobbin_target_confirm (BobbinTarget *self, BobbinPiece *piece, const BobbinAnswer *answer, GError **error)
{
  gboolean sure;

  g_mutex_lock (&self->mutex);
  sure = is_same_file (self, piece, answer);
  if (!sure)
    {
      g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_RANGE_REFUSED, "A part of another file");
      self->refused = TRUE;
    }
  sure = sure && bobbin_ranges_confirm (&self->ranges, piece);
  g_mutex_unlock (&self->mutex);
  return sure;
}

/**
 * bobbin_target_give_back:
 * @self: a target
 * @piece: (transfer full): a piece of it
 *
 * Ends a piece, whether its bytes are there or not. Worker.
 */
void
bobbin_target_give_back (BobbinTarget *self, BobbinPiece *piece)
{
  g_mutex_lock (&self->mutex);
  bobbin_ranges_give_back (&self->ranges, piece);
  g_mutex_unlock (&self->mutex);
}

/**
 * bobbin_target_refuse_parts:
 * @self: a target
 *
 * Notes that the server does not serve parts as it should: those that are on
 * their way go on, no more are begun. Worker.
 */
void
bobbin_target_refuse_parts (BobbinTarget *self)
{
  g_mutex_lock (&self->mutex);
  self->refused = TRUE;
  g_mutex_unlock (&self->mutex);
}

/**
 * bobbin_target_write:
 * @self: an open target
 * @piece: a sure piece of it
 * @data: bytes that follow those that were written to it
 * @size: how many
 * @more: (out): whether to read on: the piece goes on, or the body is to end
 *   here and its connection can be used again
 * @error: return location for an error
 *
 * Writes to the part file what belongs to the piece. Worker.
 *
 * Returns: %FALSE with the errors of bobbin_part_file_write()
 */
gboolean
bobbin_target_write (
    BobbinTarget *self, BobbinPiece *piece, const guint8 *data, gsize size, gboolean *more, GError **error)
{
  gboolean next_to_sum;
  goffset first;
  gsize n;

  g_mutex_lock (&self->mutex);
  first = piece->cursor;
  n = bobbin_ranges_claim (&self->ranges, piece, size);
  next_to_sum = self->checksum != NULL && first == self->summed;
  g_mutex_unlock (&self->mutex);

  if (!bobbin_part_file_write (self->part, data, n, first, error))
    return FALSE;
  /* These bytes are this worker's alone, and so is the checksum until it is past
   * them. */
  if (next_to_sum)
    g_checksum_update (self->checksum, data, (gssize) n);

  g_mutex_lock (&self->mutex);
  if (next_to_sum)
    self->summed += (goffset) n;
  bobbin_ranges_written (&self->ranges, first, n);
  atomic_store_explicit (&self->received, bobbin_range_list_count (self->ranges.held), memory_order_relaxed);
  *more = piece->cursor < piece->end || piece->end == piece->reach;
  g_mutex_unlock (&self->mutex);
  atomic_fetch_add_explicit (&self->fetched, n, memory_order_relaxed);
  return TRUE;
}

/**
 * bobbin_target_end_of_file:
 * @self: an open target
 * @piece: a piece whose body has come to its true end
 *
 * Notes the file's size where the server had not told it. Worker.
 */
void
bobbin_target_end_of_file (BobbinTarget *self, BobbinPiece *piece)
{
  g_mutex_lock (&self->mutex);
  if (self->ranges.total < 0)
    bobbin_ranges_set_total (&self->ranges, piece->cursor);
  g_mutex_unlock (&self->mutex);
}

/**
 * bobbin_target_leave:
 * @self: a target that the worker has joined with a role
 * @error: (nullable): why the worker leaves a gap
 *
 * Ends a worker's part in it. Worker.
 *
 * Returns: whether the worker was the last one and has to publish the file, or
 *   to tell what is held
 */
gboolean
bobbin_target_leave (BobbinTarget *self, const GError *error)
{
  gboolean last;

  g_mutex_lock (&self->mutex);
  if (self->error == NULL && error != NULL)
    self->error = g_error_copy (error);
  last = --self->n_workers == 0;
  self->closed = self->closed || last;
  g_mutex_unlock (&self->mutex);
  return last;
}

/**
 * bobbin_target_dup_held:
 * @self: a target that all workers have left
 * @error: why it came to nothing
 *
 * Tells what a try that failed leaves for the next one: what it found, if it
 * came to nothing before it could open that. An empty part file is not worth
 * keeping and removed. Bytes with the wrong digest are kept on disk, but not
 * taken up. The last worker.
 *
 * Returns: (transfer full) (nullable): what is held
 */
BobbinHeld *
bobbin_target_dup_held (BobbinTarget *self, const GError *error)
{
  gboolean wrong = g_error_matches (error, BOBBIN_ERROR, BOBBIN_ERROR_CHECKSUM);
  BobbinHeld *held;

  if (self->part == NULL)
    return self->lost ? NULL : bobbin_held_copy (self->held);
  if (!bobbin_part_file_is_named (self->part))
    {
      bobbin_target_start_anew (self);
      return NULL;
    }
  held = describe (self);
  held->modified = bobbin_part_file_get_modified (self->part);
  if (wrong && bobbin_link_get_pieces (self->link) == NULL)
    g_array_set_size (held->ranges, 0);
  if (self->settings->resume && (held->ranges->len > 0 || wrong))
    return held;
  bobbin_part_file_discard (self->part);
  bobbin_held_free (held);
  return NULL;
}

/**
 * bobbin_target_close:
 * @self: a target that all workers have left
 *
 * Closes the part file before the end is told: the next try finds it unlocked.
 * The last worker.
 */
void
bobbin_target_close (BobbinTarget *self)
{
  g_clear_pointer (&self->part, bobbin_part_file_free);
}
