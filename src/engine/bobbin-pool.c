/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-pool.h"

/* What a worker works with. It is kept apart from the thread: a thread takes
 * one for a job and gives it back, so that connections outlive the threads
 * that GThreadPool starts and ends as it likes, and the lowest numbers are
 * always the busy ones. */
typedef struct
{
  guint number; /* from 0, as in the pool's array */
  gboolean busy;
  BobbinHttp *http;
  guint8 *buffer;
} Worker;

struct _BobbinPool
{
  /* immutable after construction */
  BobbinMailbox *mailbox;
  GThreadPool *threads;

  /* protected by mutex; a busy worker's fields are its thread's */
  GMutex mutex;
  GPtrArray *workers; /* of Worker */
  guint n_workers;    /* how many threads may run transfers */
  guint n_running;    /* how many do */
  guint n_waiting;    /* transfers that no thread has looked at */
  GQueue aside;       /* of owned BobbinTransfer that found no worker free */
};

static void
worker_free (gpointer data)
{
  Worker *worker = data;

  bobbin_http_free (worker->http);
  g_free (worker->buffer);
  g_free (worker);
}

static Worker *
find_idle_worker (BobbinPool *self)
{
  for (guint i = 0; i < self->workers->len; i++)
    {
      Worker *worker = g_ptr_array_index (self->workers, i);

      if (!worker->busy)
        return worker;
    }
  return NULL;
}

/* The array is in the order of the numbers, and trimming may have left gaps. */
static Worker *
add_worker (BobbinPool *self)
{
  Worker *worker = g_new0 (Worker, 1);

  while (worker->number < self->workers->len
         && ((Worker *) g_ptr_array_index (self->workers, worker->number))->number == worker->number)
    worker->number++;
  g_ptr_array_insert (self->workers, (gint) worker->number, worker);
  return worker;
}

static Worker *
take_worker (BobbinPool *self)
{
  Worker *worker;

  g_mutex_lock (&self->mutex);
  worker = find_idle_worker (self);
  if (worker == NULL)
    worker = add_worker (self);
  worker->busy = TRUE;
  g_mutex_unlock (&self->mutex);

  if (worker->http == NULL)
    {
      worker->http = bobbin_http_new ();
      worker->buffer = g_malloc (BOBBIN_TRANSFER_BUFFER_SIZE);
    }
  return worker;
}

/* Returns: whether the workers have enough to do for a while */
static gboolean
give_back_worker (BobbinPool *self, Worker *worker)
{
  gboolean enough;

  g_mutex_lock (&self->mutex);
  worker->busy = FALSE;
  enough = self->n_waiting > self->n_workers / 2;
  g_mutex_unlock (&self->mutex);
  return enough;
}

static void
post (BobbinPool *self, BobbinReport *report, gboolean patiently)
{
  if (patiently)
    bobbin_mailbox_post_patiently (self->mailbox, report);
  else
    bobbin_mailbox_post (self->mailbox, report);
}

static void
post_report (BobbinReport *report, gpointer user_data)
{
  post (user_data, report, report->kind == BOBBIN_REPORT_STARTED);
}

static void
run_one (BobbinPool *self, BobbinTransfer *transfer)
{
  BobbinReport *end;
  Worker *worker;
  gboolean enough;

  if (!bobbin_transfer_claim (transfer))
    return;
  worker = take_worker (self);
  transfer->lane = worker->number;
  bobbin_http_enter (worker->http);
  end = bobbin_transfer_run (transfer, worker->http, worker->buffer, post_report, self);
  bobbin_http_leave (worker->http);

  /* The worker is free before its last report is posted, so that whoever reads
   * that report finds the pool idle. Nobody is woken for each of many short
   * transfers. */
  enough = give_back_worker (self, worker);
  post (self, end, enough && end->error == NULL);
}

/* Returns: whether the calling thread may run transfers; if not, @transfer was
 * put aside for one that does */
static gboolean
begin (BobbinPool *self, BobbinTransfer *transfer)
{
  gboolean may;

  g_mutex_lock (&self->mutex);
  self->n_waiting--;
  may = self->n_running < self->n_workers;
  if (may)
    self->n_running++;
  else
    g_queue_push_tail (&self->aside, transfer);
  g_mutex_unlock (&self->mutex);
  return may;
}

/* Returns: (transfer full) (nullable): what was put aside, or NULL when the
 * calling thread is done */
static BobbinTransfer *
take_aside_or_end (BobbinPool *self)
{
  BobbinTransfer *transfer = NULL;

  g_mutex_lock (&self->mutex);
  if (self->n_running <= self->n_workers)
    transfer = g_queue_pop_head (&self->aside);
  if (transfer == NULL)
    self->n_running--;
  g_mutex_unlock (&self->mutex);
  return transfer;
}

/* GThreadPool's idle threads take new work even when there are more of them
 * than there may be, so the number is kept here. Whatever is put aside is taken
 * by one of those that run before it ends. */
static void
run_transfers (gpointer data, gpointer user_data)
{
  BobbinPool *self = user_data;
  BobbinTransfer *transfer = data;

  if (!begin (self, transfer))
    return;
  for (; transfer != NULL; transfer = take_aside_or_end (self))
    {
      run_one (self, transfer);
      bobbin_transfer_unref (transfer);
    }
}

/**
 * bobbin_pool_new:
 * @n_workers: how many transfers run at once
 * @mailbox: where reports (#BobbinReport) go; has to outlive the pool
 *
 * Main thread.
 *
 * Returns: (transfer full): a pool; no thread is started before there is work
 */
BobbinPool *
bobbin_pool_new (guint n_workers, BobbinMailbox *mailbox)
{
  BobbinPool *self = g_new0 (BobbinPool, 1);

  self->mailbox = mailbox;
  self->n_workers = n_workers;
  g_queue_init (&self->aside);
  self->workers = g_ptr_array_new_with_free_func (worker_free);
  g_mutex_init (&self->mutex);
  /* A shared pool never fails to be made; only exclusive ones start threads
   * here. */
  self->threads = g_thread_pool_new (run_transfers, self, (gint) n_workers, FALSE, NULL);
  return self;
}

/**
 * bobbin_pool_free:
 * @self: (transfer full): a pool
 *
 * Waits until all transfers that were pushed have ended, then frees the pool.
 * Cancel or withdraw them first where it should not take long. Main thread.
 */
void
bobbin_pool_free (BobbinPool *self)
{
  g_thread_pool_free (self->threads, FALSE, TRUE);
  g_ptr_array_unref (self->workers);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * bobbin_pool_trim:
 * @self: a pool
 *
 * Closes the connections of idle workers and frees their buffers. Main thread.
 */
void
bobbin_pool_trim (BobbinPool *self)
{
  g_mutex_lock (&self->mutex);
  for (guint i = self->workers->len; i > 0; i--)
    if (!((Worker *) g_ptr_array_index (self->workers, i - 1))->busy)
      g_ptr_array_remove_index (self->workers, i - 1);
  g_mutex_unlock (&self->mutex);
}

/**
 * bobbin_pool_set_n_workers:
 * @self: a pool
 * @n_workers: how many transfers run at once
 *
 * More workers take the next transfers now; fewer let the running ones end.
 * Main thread.
 */
void
bobbin_pool_set_n_workers (BobbinPool *self, guint n_workers)
{
  g_autoptr (GList) aside = NULL;

  g_mutex_lock (&self->mutex);
  self->n_workers = n_workers;
  self->n_waiting += self->aside.length;
  aside = g_steal_pointer (&self->aside.head);
  g_queue_init (&self->aside);
  g_mutex_unlock (&self->mutex);

  bobbin_pool_trim (self);
  g_thread_pool_set_max_threads (self->threads, (gint) n_workers, NULL);
  for (GList *link = aside; link != NULL; link = link->next)
    g_thread_pool_push (self->threads, link->data, NULL);
}

/**
 * bobbin_pool_push:
 * @self: a pool
 * @transfer: a transfer
 *
 * Hands @transfer to the next free worker. Main thread.
 */
void
bobbin_pool_push (BobbinPool *self, BobbinTransfer *transfer)
{
  g_mutex_lock (&self->mutex);
  self->n_waiting++;
  g_mutex_unlock (&self->mutex);
  /* An error means only that no further thread could be started: those that
   * run take the transfer. */
  g_thread_pool_push (self->threads, bobbin_transfer_ref (transfer), NULL);
}
