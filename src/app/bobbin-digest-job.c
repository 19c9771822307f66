/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-digest-job.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct _BobbinDigestJob
{
  gatomicrefcount ref_count;

  /* immutable after construction */
  char *path;
  GChecksumType type;
  GCancellable *cancellable;

  /* atomic */
  _Atomic goffset done;  /* bytes read */
  _Atomic goffset total; /* bytes of the file, 0 before it is open */
};

static BobbinDigestJob *
job_ref (BobbinDigestJob *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * bobbin_digest_job_unref:
 * @self: (transfer full): a job
 *
 * Any thread.
 */
void
bobbin_digest_job_unref (BobbinDigestJob *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->path);
  g_object_unref (self->cancellable);
  g_free (self);
}

/* Whatever may stand in the file's place by now, opening it must not wait.
 * Returns: a descriptor, -1 on error */
static int
open_file (BobbinDigestJob *self, GError **error)
{
  struct stat info;
  int fd = open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  int saved_errno = errno;

  if (fd >= 0 && fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    {
      atomic_store (&self->total, (goffset) info.st_size);
      return fd;
    }
  if (fd >= 0)
    {
      close (fd);
      saved_errno = EINVAL;
    }
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (saved_errno), g_strerror (saved_errno));
  return -1;
}

static void
compute_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  BobbinDigestJob *self = task_data;
  GError *error = NULL;
  BobbinDigest *digest = NULL;
  int fd = open_file (self, &error);

  if (fd >= 0)
    {
      digest = bobbin_digest_of_file_watched (fd, self->type, &self->done, cancellable, &error);
      close (fd);
    }
  if (digest != NULL)
    g_task_return_pointer (task, digest, (GDestroyNotify) bobbin_digest_free);
  else
    g_task_return_error (task, error);
}

/**
 * bobbin_digest_job_start:
 * @path: (type filename): a file
 * @type: the algorithm
 * @callback: called on the main thread at the end
 * @user_data: for @callback
 *
 * Main thread.
 *
 * Returns: (transfer full): the job, to watch and to cancel
 */
BobbinDigestJob *
bobbin_digest_job_start (const char *path,
                         GChecksumType type,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  BobbinDigestJob *self = g_new0 (BobbinDigestJob, 1);
  g_autoptr (GTask) task = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  self->path = g_strdup (path);
  self->type = type;
  self->cancellable = g_cancellable_new ();
  task = g_task_new (NULL, self->cancellable, callback, user_data);
  g_task_set_source_tag (task, bobbin_digest_job_start);
  g_task_set_task_data (task, job_ref (self), (GDestroyNotify) bobbin_digest_job_unref);
  g_task_run_in_thread (task, compute_in_thread);
  return self;
}

/**
 * bobbin_digest_job_cancel:
 * @self: a job
 *
 * Ends the job within a moment, with %G_IO_ERROR_CANCELLED. Main thread.
 */
void
bobbin_digest_job_cancel (BobbinDigestJob *self)
{
  g_cancellable_cancel (self->cancellable);
}

/**
 * bobbin_digest_job_get_fraction:
 * @self: a job
 *
 * Any thread.
 *
 * Returns: how much of the file has been read, 0 to 1
 */
double
bobbin_digest_job_get_fraction (BobbinDigestJob *self)
{
  const goffset total = atomic_load_explicit (&self->total, memory_order_relaxed);
  const goffset done = atomic_load_explicit (&self->done, memory_order_relaxed);

  return total > 0 ? MIN ((double) done / (double) total, 1.0) : 0.0;
}

/**
 * bobbin_digest_job_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Sets %G_IO_ERROR codes.
 *
 * Returns: (transfer full) (nullable): the digest
 */
BobbinDigest *
bobbin_digest_job_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
