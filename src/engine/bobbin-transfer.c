/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-transfer.h"

#include "bobbin-error.h"

/* Who has a transfer that was handed to the pool. */
enum
{
  CLAIM_OPEN,
  CLAIM_WORKER,
  CLAIM_WITHDRAWN,
};

/* What a worker holds while it runs one transfer. */
typedef struct
{
  BobbinTransfer *transfer;
  BobbinTarget *target;
  BobbinHttp *http;
  guint8 *buffer;
  gsize n_early;        /* bytes of the body that are in the buffer before there is a file for them */
  GError *early_error;  /* that ended them; (owned) */
  BobbinOrigin *origin; /* that no report has told yet; (owned) */
  BobbinReportFunc report;
  gpointer user_data;
} Job;

/**
 * bobbin_transfer_new:
 * @target: what to work for
 * @owner: the maker's own; not looked at
 *
 * Main thread.
 *
 * Returns: (transfer full): a transfer that no worker has
 */
BobbinTransfer *
bobbin_transfer_new (BobbinTarget *target, gpointer owner)
{
  BobbinTransfer *self = g_new0 (BobbinTransfer, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->target = bobbin_target_ref (target);
  self->cancellable = g_cancellable_new ();
  self->owner = owner;
  atomic_init (&self->claim, CLAIM_OPEN);
  return self;
}

/**
 * bobbin_transfer_ref:
 * @self: a transfer
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
BobbinTransfer *
bobbin_transfer_ref (BobbinTransfer *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * bobbin_transfer_unref:
 * @self: (transfer full): a transfer
 *
 * Any thread.
 */
void
bobbin_transfer_unref (BobbinTransfer *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  bobbin_target_unref (self->target);
  g_object_unref (self->cancellable);
  g_free (self);
}

static gboolean
take_claim (BobbinTransfer *self, int taker)
{
  int open = CLAIM_OPEN;

  return atomic_compare_exchange_strong (&self->claim, &open, taker);
}

/**
 * bobbin_transfer_withdraw:
 * @self: a transfer that was handed to the pool
 *
 * Takes a transfer back that no worker has taken yet. Main thread.
 *
 * Returns: %TRUE if it will never run nor report; %FALSE if a worker has it,
 *   whose last report is still to come
 */
gboolean
bobbin_transfer_withdraw (BobbinTransfer *self)
{
  return take_claim (self, CLAIM_WITHDRAWN);
}

/**
 * bobbin_transfer_claim:
 * @self: a transfer
 *
 * Takes a transfer to run it. Worker.
 *
 * Returns: %FALSE if it was withdrawn and has to be dropped
 */
gboolean
bobbin_transfer_claim (BobbinTransfer *self)
{
  return take_claim (self, CLAIM_WORKER);
}

static void
give_up_as_too_slow (BobbinTransfer *self)
{
  atomic_store (&self->too_slow, TRUE);
  g_cancellable_cancel (self->cancellable);
}

/**
 * bobbin_transfer_check_speed:
 * @self: a transfer that a worker has
 * @now: monotonic microseconds
 *
 * Gives up a transfer whose server drips: the socket's own time limit starts
 * anew with each byte. To be called now and then. Main thread.
 */
void
bobbin_transfer_check_speed (BobbinTransfer *self, gint64 now)
{
  const BobbinSettings *settings = self->target->settings;
  gint64 asked = atomic_load (&self->asked);
  goffset fetched = atomic_load_explicit (&self->fetched, memory_order_relaxed);
  gint64 time = now - self->slow_since;

  if (asked != 0 && now - asked > 2 * settings->timeout * G_USEC_PER_SEC)
    give_up_as_too_slow (self);
  if (asked != 0 || self->slow_since == 0 || atomic_load (&self->limited))
    {
      self->slow_since = now;
      self->slow_bytes = fetched;
      return;
    }
  if (settings->low_speed == 0 || time < settings->low_speed_time * G_USEC_PER_SEC)
    return;
  if (fetched - self->slow_bytes < (goffset) settings->low_speed * settings->low_speed_time)
    give_up_as_too_slow (self);
  self->slow_since = now;
  self->slow_bytes = fetched;
}

static BobbinReport *
report_new (const Job *job, BobbinReportKind kind)
{
  BobbinReport *report = g_new0 (BobbinReport, 1);

  report->kind = kind;
  report->transfer = bobbin_transfer_ref (job->transfer);
  report->time = g_get_monotonic_time ();
  return report;
}

/**
 * bobbin_report_free:
 * @self: (transfer full): a report
 *
 * Any thread.
 */
void
bobbin_report_free (BobbinReport *self)
{
  bobbin_transfer_unref (self->transfer);
  g_free (self->name);
  g_clear_pointer (&self->link, bobbin_link_unref);
  bobbin_origin_free (self->origin);
  bobbin_held_free (self->held);
  g_clear_error (&self->error);
  g_free (self);
}

/* Sends @request, and lets the main thread see how long that takes. */
static BobbinAnswer *
ask (Job *job, const BobbinRequest *request, GError **error)
{
  BobbinAnswer *answer;

  atomic_store (&job->transfer->asked, g_get_monotonic_time ());
  answer = bobbin_http_get (job->http, request, job->transfer->cancellable, error);
  atomic_store (&job->transfer->asked, 0);
  return answer;
}

static BobbinAnswer *
ask_for_all (Job *job, GError **error)
{
  BobbinRequest request = {
    .link = job->target->link,
    .uri = bobbin_target_get_mirror (job->target),
    .settings = job->target->settings,
    .end = -1,
    .total = -1,
  };

  return ask (job, &request, error);
}

static BobbinAnswer *
ask_for_piece (Job *job, const BobbinPiece *piece, gboolean unconditional, GError **error)
{
  BobbinTarget *target = job->target;
  gboolean to_the_end = target->ranges.total < 0 || piece->reach >= target->ranges.total;
  BobbinRequest request = {
    .link = target->link,
    .uri = bobbin_target_get_mirror (target),
    .settings = target->settings,
    .first = piece->first,
    .end = to_the_end ? -1 : piece->reach,
    .total = target->ranges.total,
    .validator = target->validator,
    .unconditional = unconditional,
    .strict = target->elsewhere,
  };

  return ask (job, &request, error);
}

/* Some servers send the whole file whenever they are asked with If-Range, also
 * when it has not changed. A plain request tells, and its answer is checked. */
static BobbinAnswer *
ask_without_condition (Job *job, const BobbinPiece *piece, BobbinAnswer *whole)
{
  BobbinAnswer *part;

  if (job->target->validator == NULL || g_strcmp0 (whole->validator, job->target->validator) != 0)
    return whole;
  part = ask_for_piece (job, piece, TRUE, NULL);
  if (part == NULL || part->first != piece->first)
    {
      bobbin_answer_free (part);
      return whole;
    }
  bobbin_answer_free (whole);
  return part;
}

/* Returns: (transfer full) (nullable): an answer for @piece, or the whole file */
static BobbinAnswer *
ask_for_rest (Job *job, const BobbinPiece *piece, GError **error)
{
  GError *reason = NULL;
  BobbinAnswer *answer = ask_for_piece (job, piece, FALSE, &reason);

  /* "Not modified" is no answer to If-Range, but tells that going on is worth it. */
  if (bobbin_error_get_status (reason) == 304)
    {
      g_clear_error (&reason);
      answer = ask_for_piece (job, piece, TRUE, &reason);
    }
  if (reason != NULL)
    g_propagate_error (error, reason);
  if (answer == NULL || answer->first == piece->first)
    return answer;
  return ask_without_condition (job, piece, answer);
}

/* Whether an answer to a request for a part means that the server cannot go on
 * with what is held, so that a plain request is worth a look. */
static gboolean
speaks_of_the_range (const GError *error)
{
  guint status = bobbin_error_get_status (error);

  return status == 412 || status == 416 || g_error_matches (error, BOBBIN_ERROR, BOBBIN_ERROR_RANGE_REFUSED)
         || g_error_matches (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_ANSWER);
}

/* All the bytes are there, and the server says so by having no more. */
static gboolean
says_all_is_there (Job *job, const GError *error)
{
  const BobbinRanges *ranges = &job->target->ranges;
  goffset total = bobbin_error_get_total (error);

  return bobbin_error_get_status (error) == 416 && total > 0 && ranges->total < 0
         && bobbin_range_list_count (ranges->held) == total
         && bobbin_range_list_get_end (ranges->held) == total;
}

/* Asks for a gap in what earlier tries left, and for the whole file where that
 * is not to be had or belongs to another one. What is held is given up only
 * with the whole file on its way.
 * Returns: (transfer full) (nullable): the answer; NULL without an error if
 *   all is there */
static BobbinAnswer *
go_on_with_held (Job *job, BobbinPiece **piece, gboolean *anew, GError **error)
{
  BobbinTarget *target = job->target;
  g_autoptr (GError) reason = NULL;
  g_autoptr (BobbinAnswer) answer = ask_for_rest (job, *piece, &reason);

  if (answer != NULL && answer->first == (*piece)->first)
    return g_steal_pointer (&answer);
  bobbin_target_give_back (target, g_steal_pointer (piece));
  if (answer == NULL && says_all_is_there (job, reason))
    {
      bobbin_ranges_set_total (&target->ranges, bobbin_error_get_total (reason));
      return NULL;
    }
  if (answer == NULL && !speaks_of_the_range (reason))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  if (answer == NULL)
    answer = ask_for_all (job, error);
  if (answer == NULL)
    return NULL;
  bobbin_target_start_anew (target);
  *anew = TRUE;
  *piece = bobbin_target_take (target);
  return g_steal_pointer (&answer);
}

static BobbinAnswer *
ask_first (Job *job, BobbinPiece **piece, gboolean *anew, GError **error)
{
  if (job->target->ranges.held->len == 0)
    return ask_for_all (job, error);
  return go_on_with_held (job, piece, anew, error);
}

/* Reads no more than the worker's share of the rate limit. */
static gssize
read_share (Job *job, BobbinAnswer *answer, GError **error)
{
  GCancellable *cancellable = job->transfer->cancellable;
  BobbinRateLimiter *limiter = job->target->settings->limiter;
  gsize granted;
  gssize n;

  atomic_store (&job->transfer->limited, TRUE);
  granted = bobbin_rate_limiter_take (limiter, job->target, BOBBIN_TRANSFER_BUFFER_SIZE, cancellable, error);
  atomic_store (&job->transfer->limited, FALSE);
  if (granted == 0)
    return -1;
  n = bobbin_answer_read (answer, job->buffer, granted, cancellable, error);
  bobbin_rate_limiter_give_back (limiter, job->target, granted - (gsize) MAX (n, 0));
  return n;
}

static gboolean
is_small (const Job *job, const BobbinAnswer *answer)
{
  return answer->first == 0 && answer->total > 0 && answer->total <= BOBBIN_TRANSFER_BUFFER_SIZE
         && job->target->held == NULL && bobbin_rate_limiter_get_rate (job->target->settings->limiter) == 0;
}

/* A small file mostly comes at once, and is spared a part file then. Its first
 * bytes are waited for, and those that are there, too, are taken; what went
 * wrong is told when they are received.
 * Returns: whether all of the file is in the buffer */
static gboolean
read_early (Job *job, BobbinAnswer *answer)
{
  gssize n;

  if (!is_small (job, answer))
    return FALSE;
  n = bobbin_answer_read (answer, job->buffer, (gsize) answer->total, job->transfer->cancellable,
                          &job->early_error);
  while (n > 0)
    {
      job->n_early += (gsize) n;
      if ((goffset) job->n_early == answer->total)
        return TRUE;
      n = bobbin_answer_read_ready (answer, job->buffer + job->n_early, (gsize) answer->total - job->n_early,
                                    &job->early_error);
    }
  if (g_error_matches (job->early_error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    g_clear_error (&job->early_error);
  return FALSE;
}

static gssize
read_next (Job *job, BobbinAnswer *answer, GError **error)
{
  if (job->n_early > 0)
    {
      gssize n = (gssize) job->n_early;

      job->n_early = 0;
      return n;
    }
  if (job->early_error == NULL)
    return read_share (job, answer, error);
  g_propagate_error (error, g_steal_pointer (&job->early_error));
  return -1;
}

/* Receives what belongs to @piece; what follows is another worker's. */
static gboolean
receive (Job *job, BobbinPiece *piece, BobbinAnswer *answer, GError **error)
{
  gboolean more = TRUE;

  while (more)
    {
      gssize n = read_next (job, answer, error);

      if (n < 0)
        return FALSE;
      if (n == 0)
        {
          bobbin_target_end_of_file (job->target, piece);
          return TRUE;
        }
      if (atomic_load_explicit (&job->transfer->head, memory_order_relaxed) == 0)
        atomic_store_explicit (&job->transfer->head, g_get_monotonic_time (), memory_order_relaxed);
      if (!bobbin_target_write (job->target, piece, job->buffer, (gsize) n, &more, error))
        return FALSE;
      atomic_fetch_add_explicit (&job->transfer->fetched, n, memory_order_relaxed);
    }
  return TRUE;
}

static gboolean
receive_and_give_back (Job *job, BobbinPiece *piece, BobbinAnswer *answer, GError **error)
{
  gboolean done;

  atomic_fetch_add (&job->target->n_parts, 1);
  done = receive (job, piece, answer, error);
  atomic_fetch_sub (&job->target->n_parts, 1);
  bobbin_target_give_back (job->target, piece);
  return done;
}

/* Returns: (transfer full) (nullable): the link and what @answer tells of other
 * places; NULL if that is nothing new */
static BobbinLink *
dup_richer_link (const Job *job, const BobbinAnswer *answer)
{
  BobbinLink *link;

  if (answer->mirrors == NULL || answer->mirrors->len == 0
      || bobbin_link_get_n_mirrors (job->target->link) > 0)
    return NULL;
  link = bobbin_link_copy (job->target->link);
  if (bobbin_link_get_digest (link) == NULL)
    bobbin_link_set_digest (link, answer->digest);
  for (guint i = 0; i < answer->mirrors->len; i++)
    {
      const BobbinMirror *mirror = &g_array_index (answer->mirrors, BobbinMirror, i);

      bobbin_link_add_mirror (link, mirror->uri, mirror->priority, mirror->location, NULL);
    }
  return link;
}

static BobbinOrigin *
origin_new (const Job *job, const BobbinAnswer *answer)
{
  BobbinOrigin *origin = g_new0 (BobbinOrigin, 1);

  if (!g_str_equal (answer->uri, bobbin_link_get_uri (job->target->link)))
    origin->uri = g_strdup (answer->uri);
  origin->n_redirects = answer->n_redirects;
  origin->media_type = g_strdup (answer->media_type);
  origin->phases = answer->phases;
  origin->began = g_get_real_time ();
  return origin;
}

static void
report_head (Job *job, const BobbinAnswer *answer, gboolean anew)
{
  BobbinReport *report = report_new (job, BOBBIN_REPORT_HEAD);

  report->name = g_strdup (bobbin_part_file_get_name (job->target->part));
  report->total = job->target->ranges.total;
  report->anew = anew;
  report->link = dup_richer_link (job, answer);
  report->origin = origin_new (job, answer);
  job->report (report, job->user_data);
}

/* What the first worker does: it finds out what there is to fetch, opens the
 * target for others, and begins. */
static gboolean
fetch_first (Job *job, GError **error)
{
  BobbinTarget *target = job->target;
  g_autoptr (BobbinAnswer) answer = NULL;
  BobbinPiece *piece;
  GError *reason = NULL;
  gboolean anew = FALSE;

  if (!bobbin_target_open_held (target, error))
    return FALSE;
  piece = bobbin_target_take (target);
  if (piece == NULL)
    return TRUE;
  answer = ask_first (job, &piece, &anew, &reason);
  if (answer != NULL && bobbin_target_settle (target, piece, answer, read_early (job, answer), &reason))
    {
      if (bobbin_part_file_is_named (target->part))
        report_head (job, answer, anew || target->lost);
      else
        job->origin = origin_new (job, answer);
      return receive_and_give_back (job, piece, answer, error);
    }
  if (piece != NULL)
    bobbin_target_give_back (target, piece);
  if (reason == NULL)
    return TRUE;
  g_propagate_error (error, reason);
  return FALSE;
}

/* A server that is only busy may serve parts later. */
static gboolean
tells_of_no_parts (const GError *error)
{
  guint status = bobbin_error_get_status (error);

  return error != NULL && error->domain == BOBBIN_ERROR && error->code != BOBBIN_ERROR_TRUNCATED
         && status != 429 && status != 503;
}

static gboolean
fetch_piece (Job *job, BobbinPiece *piece, GError **error)
{
  g_autoptr (BobbinAnswer) answer = ask_for_rest (job, piece, error);
  GError *reason = NULL;

  if (answer != NULL && bobbin_target_confirm (job->target, piece, answer, &reason))
    return receive_and_give_back (job, piece, answer, error);
  bobbin_target_give_back (job->target, piece);
  if (reason != NULL)
    g_propagate_error (error, reason);
  return answer != NULL && reason == NULL;
}

/* What every worker does: it fetches pieces as long as there are any. */
static gboolean
fetch_pieces (Job *job, GError **error)
{
  BobbinPiece *piece;
  GError *reason = NULL;

  while ((piece = bobbin_target_take (job->target)) != NULL)
    if (!fetch_piece (job, piece, &reason))
      {
        if (tells_of_no_parts (reason))
          bobbin_target_refuse_parts (job->target);
        g_propagate_error (error, reason);
        return FALSE;
      }
  return TRUE;
}

static void
explain_cancelling (const BobbinTransfer *self, GError **error)
{
  if (!atomic_load (&self->too_slow) || !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_error (error);
  g_set_error (error, BOBBIN_ERROR, BOBBIN_ERROR_TOO_SLOW, "The server drips");
}

/* The last worker's work: the file gets its name, or what is held is told. */
static void
end_target (Job *job, BobbinReport *end)
{
  GError *error = NULL;

  end->last = TRUE;
  end->name = bobbin_target_publish (job->target, job->transfer->cancellable, &end->verified, &error);
  end->total = job->target->ranges.total;
  if (end->name != NULL)
    {
      g_clear_error (&end->error);
      end->identity = bobbin_part_file_get_identity (job->target->part);
      end->modified = bobbin_part_file_get_modified (job->target->part);
    }
  else if (end->error == NULL)
    end->error = g_steal_pointer (&error);
  g_clear_error (&error);
  if (end->error != NULL)
    end->held = bobbin_target_dup_held (job->target, end->error);
  bobbin_target_close (job->target);
}

/**
 * bobbin_transfer_run:
 * @self: a transfer that the calling worker has claimed
 * @http: the worker's HTTP side, entered
 * @buffer: the worker's buffer of #BOBBIN_TRANSFER_BUFFER_SIZE bytes
 * @report: takes the reports before the last one
 * @user_data: passed to @report
 *
 * Fetches what the target lacks, as far as others do not; the first worker
 * opens the target, and the last one publishes the file or tells what is held
 * for the next try. Worker.
 *
 * Returns: (transfer full): the last report
 */
BobbinReport *
bobbin_transfer_run (
    BobbinTransfer *self, BobbinHttp *http, guint8 *buffer, BobbinReportFunc report, gpointer user_data)
{
  Job job = {
    .transfer = self,
    .target = self->target,
    .http = http,
    .buffer = buffer,
    .report = report,
    .user_data = user_data,
  };
  BobbinRole role = bobbin_target_join (self->target);
  BobbinReport *end;
  GError *error = NULL;

  report (report_new (&job, BOBBIN_REPORT_STARTED), user_data);
  if (role != BOBBIN_ROLE_NONE && !g_cancellable_set_error_if_cancelled (self->cancellable, &error)
      && (role == BOBBIN_ROLE_HELPER || fetch_first (&job, &error)))
    fetch_pieces (&job, &error);
  explain_cancelling (self, &error);
  g_clear_error (&job.early_error);

  end = report_new (&job, BOBBIN_REPORT_ENDED);
  end->error = error;
  end->origin = g_steal_pointer (&job.origin);
  if (role != BOBBIN_ROLE_NONE && bobbin_target_leave (self->target, error))
    end_target (&job, end);
  return end;
}
