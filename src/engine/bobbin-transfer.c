/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-transfer.h"

#include "bobbin-error.h"
#include "bobbin-file-name.h"

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
  BobbinHttp *http;
  BobbinReportFunc report;
  gpointer user_data;
  BobbinPartFile *part;
  gboolean lost;   /* what earlier tries left is not ours any more */
  goffset offset;  /* where the next byte goes */
  goffset total;   /* of the file, -1 if unknown */
  char *validator; /* of the file that the bytes in the part file come from */
} Job;

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
  g_free (self->validator);
  g_free (self);
}

/**
 * bobbin_transfer_new:
 * @link: what to download
 * @held: (nullable): what earlier tries left; taken up if the server still has
 *   the same file
 * @timeout: seconds of silence until the try fails
 * @owner: the maker's own; not looked at
 *
 * Main thread.
 *
 * Returns: (transfer full): a transfer that no worker has
 */
BobbinTransfer *
bobbin_transfer_new (BobbinLink *link, const BobbinHeld *held, guint timeout, gpointer owner)
{
  BobbinTransfer *self = g_new0 (BobbinTransfer, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->link = bobbin_link_ref (link);
  self->held = bobbin_held_copy (held);
  self->timeout = timeout;
  self->cancellable = g_cancellable_new ();
  self->owner = owner;
  atomic_init (&self->claim, CLAIM_OPEN);
  atomic_init (&self->received, held != NULL ? held->bytes : 0);
  atomic_init (&self->fetched, 0);
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
  bobbin_link_unref (self->link);
  bobbin_held_free (self->held);
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

static BobbinReport *
report_new (const Job *job, BobbinReportKind kind)
{
  BobbinReport *report = g_new0 (BobbinReport, 1);

  report->kind = kind;
  report->transfer = bobbin_transfer_ref (job->transfer);
  report->time = g_get_monotonic_time ();
  report->total = job->total;
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
  bobbin_held_free (self->held);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
start_anew (Job *job, GError **error)
{
  job->offset = 0;
  job->total = -1;
  g_clear_pointer (&job->validator, g_free);
  atomic_store (&job->transfer->received, 0);
  return job->part == NULL || bobbin_part_file_truncate (job->part, 0, error);
}

/* Opens what earlier tries left. A part file that is not ours any more is left
 * alone, and the download starts anew beside it. */
static gboolean
open_held (Job *job, GError **error)
{
  const BobbinHeld *held = job->transfer->held;
  g_autoptr (GError) reason = NULL;

  if (held == NULL)
    return TRUE;

  job->part = bobbin_part_file_reopen (bobbin_link_get_folder (job->transfer->link), held->name,
                                       &held->identity, held->bytes, &reason);
  job->lost = g_error_matches (reason, BOBBIN_ERROR, BOBBIN_ERROR_PART_LOST);
  if (job->lost)
    return start_anew (job, error);
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (held->validator == NULL)
    return start_anew (job, error);

  job->offset = held->bytes;
  job->total = held->total;
  job->validator = g_strdup (held->validator);
  return TRUE;
}

static BobbinAnswer *
ask (Job *job, goffset offset, GError **error)
{
  BobbinRequest request = {
    .link = job->transfer->link,
    .offset = offset,
    .total = job->total,
    .validator = job->validator,
    .timeout = job->transfer->timeout,
  };

  return bobbin_http_get (job->http, &request, job->transfer->cancellable, error);
}

/* Whether an answer to a request for the rest means that the server cannot go
 * on with what is held, so that a plain request is worth a look. */
static gboolean
speaks_of_the_range (const GError *error)
{
  guint status = bobbin_error_get_status (error);

  return status == 412 || status == 416 || g_error_matches (error, BOBBIN_ERROR, BOBBIN_ERROR_BAD_ANSWER);
}

/* Asks for the file or its rest, and for the whole file where the rest is not
 * to be had or belongs to another file. */
static BobbinAnswer *
ask_and_settle (Job *job, GError **error)
{
  g_autoptr (BobbinAnswer) answer = NULL;
  GError *reason = NULL;

  answer = ask (job, job->offset, &reason);
  if (answer == NULL && job->offset > 0 && speaks_of_the_range (reason))
    {
      g_clear_error (&reason);
      answer = ask (job, 0, &reason);
    }
  if (answer == NULL)
    {
      g_propagate_error (error, reason);
      return NULL;
    }

  /* What is held is given up only now, with the whole file on its way. */
  if (answer->first != job->offset && !start_anew (job, error))
    return NULL;
  return g_steal_pointer (&answer);
}

static gboolean
prepare_part (Job *job, const BobbinAnswer *answer, GError **error)
{
  BobbinReport *report;

  job->total = answer->total;
  g_free (job->validator);
  job->validator = g_strdup (answer->validator);
  if (job->part == NULL)
    {
      g_autofree char *name
          = bobbin_file_name_for_answer (bobbin_link_get_name (job->transfer->link), answer->disposition,
                                         answer->uri, answer->media_type);

      job->part = bobbin_part_file_create (bobbin_link_get_folder (job->transfer->link), name, error);
    }
  if (job->part == NULL)
    return FALSE;

  report = report_new (job, BOBBIN_REPORT_HEAD);
  report->name = g_strdup (bobbin_part_file_get_name (job->part));
  job->report (report, job->user_data);
  return TRUE;
}

static gboolean
receive (Job *job, BobbinAnswer *answer, guint8 *buffer, GError **error)
{
  GCancellable *cancellable = job->transfer->cancellable;
  gssize n;

  while ((n = bobbin_answer_read (answer, buffer, BOBBIN_TRANSFER_BUFFER_SIZE, cancellable, error)) > 0)
    {
      if (!bobbin_part_file_write (job->part, buffer, n, job->offset, error))
        return FALSE;
      job->offset += n;
      atomic_store_explicit (&job->transfer->received, job->offset, memory_order_relaxed);
      atomic_fetch_add_explicit (&job->transfer->fetched, n, memory_order_relaxed);
    }
  return n == 0;
}

/* An earlier try ended between the last byte and the final name. What somebody
 * may have appended since then is cut off. */
static char *
publish_held (Job *job, GError **error)
{
  if (!bobbin_part_file_truncate (job->part, job->total, error))
    return NULL;
  return bobbin_part_file_publish (job->part, job->total, error);
}

/* Returns: (transfer full) (nullable): the final name */
static char *
run_job (Job *job, guint8 *buffer, GError **error)
{
  g_autoptr (BobbinAnswer) answer = NULL;

  if (g_cancellable_set_error_if_cancelled (job->transfer->cancellable, error) || !open_held (job, error))
    return NULL;
  if (job->total >= 0 && job->offset == job->total)
    return publish_held (job, error);
  answer = ask_and_settle (job, error);
  if (answer == NULL || !prepare_part (job, answer, error) || !receive (job, answer, buffer, error))
    return NULL;

  job->total = job->offset;
  return bobbin_part_file_publish (job->part, job->offset, error);
}

/* What a try that failed leaves for the next one: what it found, if it came to
 * nothing before it could open that. An empty part file is not worth keeping. */
static BobbinHeld *
dup_held (const Job *job)
{
  BobbinHeld *held;

  if (job->part == NULL)
    return job->lost ? NULL : bobbin_held_copy (job->transfer->held);
  if (job->offset == 0)
    {
      bobbin_part_file_discard (job->part);
      return NULL;
    }
  held = g_new0 (BobbinHeld, 1);
  held->name = g_strdup (bobbin_part_file_get_name (job->part));
  held->identity = bobbin_part_file_get_identity (job->part);
  held->bytes = job->offset;
  held->total = job->total;
  held->validator = g_strdup (job->validator);
  return held;
}

/**
 * bobbin_transfer_run:
 * @self: a transfer that the calling worker has claimed
 * @http: the worker's HTTP side, entered
 * @buffer: the worker's buffer of #BOBBIN_TRANSFER_BUFFER_SIZE bytes
 * @report: takes the reports before the last one
 * @user_data: passed to @report
 *
 * Downloads the file or its rest into its part file and publishes it under its
 * final name, or ends with an error and what is held for the next try.
 *
 * Returns: (transfer full): the last report, to be delivered once the worker is
 *   free
 */
BobbinReport *
bobbin_transfer_run (
    BobbinTransfer *self, BobbinHttp *http, guint8 *buffer, BobbinReportFunc report, gpointer user_data)
{
  Job job = { .transfer = self, .http = http, .report = report, .user_data = user_data, .total = -1 };
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  BobbinReport *end;

  report (report_new (&job, BOBBIN_REPORT_STARTED), user_data);
  name = run_job (&job, buffer, &error);

  end = report_new (&job, BOBBIN_REPORT_ENDED);
  end->held = error != NULL ? dup_held (&job) : NULL;
  end->name = g_steal_pointer (&name);
  end->error = g_steal_pointer (&error);
  bobbin_part_file_free (job.part);
  g_free (job.validator);
  return end;
}
