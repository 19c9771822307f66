/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-queue-private.h"

/* What is asked for a hundred thousand downloads takes a tenth of a second,
 * which is too long for one turn of the main loop. So each turn does as many as
 * it has time for, and leaves a list that is right as far as it goes: some are
 * paused already, or removed, and the others are not yet. What was asked for
 * first is finished first. */

/* So many are looked at together, */
#define AT_A_TIME 500

/* and no more begun in a turn after so long, in microseconds. */
#define TIME_PER_TURN 4000

typedef void (*ErrandFunc) (BobbinQueue *queue, GPtrArray *downloads);

typedef struct
{
  ErrandFunc act;
  GPtrArray *left;     /* of owned BobbinDownload; NULL for those that are done */
  guint done;          /* how many */
  gboolean from_below; /* the last ones first: what is seen does not move until the end */
} Errand;

static void
errand_free (Errand *self)
{
  g_ptr_array_unref (self->left);
  g_free (self);
}

static void
unref_if_any (gpointer object)
{
  if (object != NULL)
    g_object_unref (object);
}

static Errand *
errand_new (ErrandFunc act, GPtrArray *downloads, gboolean from_below)
{
  Errand *self = g_new0 (Errand, 1);

  self->act = act;
  self->left = g_ptr_array_new_full (downloads->len, unref_if_any);
  for (guint i = 0; i < downloads->len; i++)
    g_ptr_array_add (self->left, g_object_ref (g_ptr_array_index (downloads, i)));
  self->from_below = from_below;
  return self;
}

/* Returns: the next ones */
static GPtrArray *
take_some (Errand *self)
{
  const guint n = MIN (self->left->len - self->done, AT_A_TIME);
  const guint first = self->from_below ? self->left->len - self->done - n : self->done;
  GPtrArray *some = g_ptr_array_new_full (n, g_object_unref);

  for (guint i = first; i < first + n; i++)
    g_ptr_array_add (some, g_steal_pointer (&g_ptr_array_index (self->left, i)));
  self->done += n;
  return some;
}

/* Does some of what is asked.
 * Returns: whether there is more */
static gboolean
work (BobbinQueue *self, gint64 until)
{
  self->at_errand = TRUE;
  do
    {
      Errand *errand = g_queue_peek_head (self->errands);
      g_autoptr (GPtrArray) some = take_some (errand);

      errand->act (self, some);
      if (errand->done == errand->left->len)
        errand_free (g_queue_pop_head (self->errands));
    }
  while (!g_queue_is_empty (self->errands) && g_get_monotonic_time () < until);
  self->at_errand = FALSE;
  bobbin_queue_touch (self);
  bobbin_queue_pump (self);
  return !g_queue_is_empty (self->errands);
}

static gboolean
on_errand (gpointer user_data)
{
  g_autoptr (BobbinQueue) self = g_object_ref (user_data);

  if (work (self, g_get_monotonic_time () + TIME_PER_TURN))
    return G_SOURCE_CONTINUE;
  self->errand_id = 0;
  return G_SOURCE_REMOVE;
}

static void
run_errand (BobbinQueue *self, ErrandFunc act, GPtrArray *downloads, gboolean from_below)
{
  if (downloads->len == 0)
    return;
  g_queue_push_tail (self->errands, errand_new (act, downloads, from_below));
  /* What is small is done when this returns, unless somebody asks for it who has just heard of another. */
  if (!self->at_errand && self->errand_id == 0 && work (self, g_get_monotonic_time () + TIME_PER_TURN))
    self->errand_id = g_idle_add (on_errand, self);
}

/* For the queue: does at once what is left. */
void
bobbin_queue_finish_errands (BobbinQueue *self)
{
  g_clear_handle_id (&self->errand_id, g_source_remove);
  if (!g_queue_is_empty (self->errands))
    work (self, G_MAXINT64);
}

static void
pause_these (BobbinQueue *self, GPtrArray *downloads)
{
  for (guint i = 0; i < downloads->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (downloads, i);

      if (!download->removed && bobbin_download_is_under_way (download))
        bobbin_queue_hold (self, download);
    }
}

/**
 * bobbin_queue_pause_many:
 * @self: a queue
 * @downloads: (element-type BobbinDownload): some of its downloads
 *
 * As bobbin_queue_pause() for each of them. Some hundred are done when this
 * returns; of more, the rest follows in later turns of the main loop.
 */
void
bobbin_queue_pause_many (BobbinQueue *self, GPtrArray *downloads)
{
  run_errand (self, pause_these, downloads, TRUE);
}

/**
 * bobbin_queue_pause_all:
 * @self: a queue
 *
 * As bobbin_queue_pause_many() for all downloads.
 */
void
bobbin_queue_pause_all (BobbinQueue *self)
{
  bobbin_queue_pause_many (self, self->list.items);
}

static void
resume_these (BobbinQueue *self, GPtrArray *downloads)
{
  for (guint i = 0; i < downloads->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (downloads, i);

      if (!download->removed && download->state == BOBBIN_STATE_PAUSED)
        bobbin_queue_go_on (self, download);
    }
}

/**
 * bobbin_queue_resume_many:
 * @self: a queue
 * @downloads: (element-type BobbinDownload): some of its downloads
 *
 * As bobbin_queue_resume() for each of them, in as many turns as
 * bobbin_queue_pause_many().
 */
void
bobbin_queue_resume_many (BobbinQueue *self, GPtrArray *downloads)
{
  run_errand (self, resume_these, downloads, FALSE);
}

/**
 * bobbin_queue_resume_all:
 * @self: a queue
 *
 * As bobbin_queue_resume_many() for all downloads.
 */
void
bobbin_queue_resume_all (BobbinQueue *self)
{
  bobbin_queue_resume_many (self, self->list.items);
}

static void
retry_these (BobbinQueue *self, GPtrArray *downloads)
{
  for (guint i = 0; i < downloads->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (downloads, i);

      if (!download->removed)
        bobbin_queue_try_again (self, download);
    }
}

/**
 * bobbin_queue_retry_many:
 * @self: a queue
 * @downloads: (element-type BobbinDownload): some of its downloads
 *
 * As bobbin_queue_retry() for each of them, in as many turns as
 * bobbin_queue_pause_many().
 */
void
bobbin_queue_retry_many (BobbinQueue *self, GPtrArray *downloads)
{
  run_errand (self, retry_these, downloads, FALSE);
}

/* Those of @downloads that are in the list, or are not, as they stand in it. */
static GPtrArray *
get_sorted (GPtrArray *downloads, gboolean removed)
{
  g_autoptr (GPtrArray) some = g_ptr_array_new ();

  for (guint i = 0; i < downloads->len; i++)
    if (((const BobbinDownload *) g_ptr_array_index (downloads, i))->removed == removed)
      g_ptr_array_add (some, g_ptr_array_index (downloads, i));
  return bobbin_list_sort (some);
}

/* Those that workers still have follow when they have let go. */
static void
delete_discarded (BobbinQueue *self, GPtrArray *downloads)
{
  g_autoptr (GPtrArray) discarded = g_ptr_array_new ();

  for (guint i = 0; i < downloads->len; i++)
    if (((const BobbinDownload *) g_ptr_array_index (downloads, i))->discarded)
      g_ptr_array_add (discarded, g_ptr_array_index (downloads, i));
  bobbin_queue_delete_parts (self, discarded);
}

static void
remove_these (BobbinQueue *self, GPtrArray *downloads)
{
  g_autoptr (GPtrArray) sorted = get_sorted (downloads, FALSE);

  for (guint i = 0; i < sorted->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (sorted, i);

      download->resume_on_restore = bobbin_download_is_under_way (download);
      if (download->resume_on_restore)
        bobbin_queue_hold (self, download);
      else if (download->waits_for_space)
        bobbin_queue_stop_waiting (self, download);
      bobbin_queue_count_not_held (self, download);
      (*bobbin_counts_of (&self->counts, download->state))--;
      self->counts.total--;
      download->removed = TRUE;
    }
  bobbin_list_remove (&self->list, sorted);
  bobbin_queue_forget (self, sorted);
  delete_discarded (self, sorted);
}

/**
 * bobbin_queue_remove:
 * @self: a queue
 * @downloads: (element-type BobbinDownload): some of its downloads
 *
 * Takes downloads out of the list, in as many turns as
 * bobbin_queue_pause_many(); those under way are held. Nothing on disk is
 * touched, and bobbin_queue_restore() puts them back.
 */
void
bobbin_queue_remove (BobbinQueue *self, GPtrArray *downloads)
{
  run_errand (self, remove_these, downloads, TRUE);
}

static void
restore_these (BobbinQueue *self, GPtrArray *downloads)
{
  g_autoptr (GPtrArray) sorted = get_sorted (downloads, TRUE);

  for (guint i = 0; i < sorted->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (sorted, i);

      download->removed = download->discarded = FALSE;
      (*bobbin_counts_of (&self->counts, download->state))++;
      self->counts.total++;
      if (download->resume_on_restore && download->state == BOBBIN_STATE_PAUSED)
        bobbin_queue_go_on (self, download);
      bobbin_queue_keep (self, download);
    }
  bobbin_list_restore (&self->list, sorted);
}

/**
 * bobbin_queue_restore:
 * @self: a queue
 * @downloads: (element-type BobbinDownload): what was removed from it
 *
 * Puts removed downloads back in their old places, in as many turns as
 * bobbin_queue_pause_many(); those that were under way go on.
 */
void
bobbin_queue_restore (BobbinQueue *self, GPtrArray *downloads)
{
  run_errand (self, restore_these, downloads, FALSE);
}
