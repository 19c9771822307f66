/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-queue-private.h"

/* The order of the list is the order in line. What has ended keeps its place. */
typedef struct
{
  BobbinQueue *queue;
  GHashTable *moving; /* of BobbinDownload */
  guint start;        /* of what has changed in the list */
  guint end;
} Move;

static gboolean
has_ended (const BobbinDownload *download)
{
  return download->state == BOBBIN_STATE_FINISHED || download->state == BOBBIN_STATE_FAILED;
}

/* Those of @downloads that have a place to be moved from. */
static GPtrArray *
get_movable (GPtrArray *downloads)
{
  g_autoptr (GPtrArray) sorted = bobbin_list_sort (downloads);
  GPtrArray *movable = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < sorted->len; i++)
    {
      BobbinDownload *download = g_ptr_array_index (sorted, i);

      if (!download->removed && !has_ended (download))
        g_ptr_array_add (movable, g_object_ref (download));
    }
  return movable;
}

/* The line is sorted, so who gets another order leaves it for that moment.
 * Returns: whether @download was in it */
static gboolean
leave_line (BobbinQueue *self, BobbinDownload *download)
{
  return bobbin_queue_line_remove (&self->line, download);
}

static void
come_back (BobbinQueue *self, BobbinDownload *download, gboolean was_in_line)
{
  if (was_in_line && download->retry_at != 0)
    bobbin_queue_line_put_later (&self->line, download);
  else if (was_in_line)
    bobbin_queue_put_in_line (self, download);
  bobbin_queue_keep (self, download);
}

static void
swap (Move *move, guint a, guint b)
{
  BobbinQueue *self = move->queue;
  BobbinDownload *at_a = g_ptr_array_index (self->list.items, a);
  BobbinDownload *at_b = g_ptr_array_index (self->list.items, b);
  gboolean a_in_line = leave_line (self, at_a);
  gboolean b_in_line = leave_line (self, at_b);

  bobbin_list_swap (&self->list, a, b);
  come_back (self, at_a, a_in_line);
  come_back (self, at_b, b_in_line);
  move->start = MIN (move->start, MIN (a, b));
  move->end = MAX (move->end, MAX (a, b) + 1);
}

/* Lets @download change places with the next one before or after it that has
 * not ended; one that moves, too, is in the way. */
static void
step (Move *move, BobbinDownload *download, int direction)
{
  BobbinQueue *self = move->queue;
  guint from = bobbin_list_get_position (&self->list, download);
  guint to = from + (guint) direction; /* wraps around before the first */

  while (to < self->list.items->len && has_ended (g_ptr_array_index (self->list.items, to)))
    to += (guint) direction;
  if (to < self->list.items->len
      && !g_hash_table_contains (move->moving, g_ptr_array_index (self->list.items, to)))
    swap (move, from, to);
}

static void
step_all (BobbinQueue *self, GPtrArray *downloads, int direction)
{
  g_autoptr (GPtrArray) movable = get_movable (downloads);
  g_autoptr (GHashTable) moving = g_hash_table_new (NULL, NULL);
  Move move = { .queue = self, .moving = moving, .start = G_MAXUINT };

  for (guint i = 0; i < movable->len; i++)
    g_hash_table_add (moving, g_ptr_array_index (movable, i));
  for (guint i = 0; i < movable->len; i++)
    step (&move, g_ptr_array_index (movable, direction < 0 ? i : movable->len - 1 - i), direction);
  bobbin_list_tell_moves (&self->list, move.start, move.end);
  bobbin_queue_touch (self);
  bobbin_queue_pump (self);
}

/**
 * bobbin_queue_move_up:
 * @self: a queue
 * @downloads: (element-type BobbinDownload): some of its downloads
 *
 * Lets each of them change places with the one before it that has not ended:
 * it goes that much sooner. Those that have ended, or are first already, stay.
 */
void
bobbin_queue_move_up (BobbinQueue *self, GPtrArray *downloads)
{
  step_all (self, downloads, -1);
}

/**
 * bobbin_queue_move_down:
 * @self: a queue
 * @downloads: (element-type BobbinDownload): some of its downloads
 *
 * As bobbin_queue_move_up(), the other way.
 */
void
bobbin_queue_move_down (BobbinQueue *self, GPtrArray *downloads)
{
  step_all (self, downloads, 1);
}

/**
 * bobbin_queue_move_first:
 * @self: a queue
 * @downloads: (element-type BobbinDownload): some of its downloads
 *
 * Puts those that have not ended before all others, in the order they stand in.
 */
void
bobbin_queue_move_first (BobbinQueue *self, GPtrArray *downloads)
{
  g_autoptr (GPtrArray) movable = get_movable (downloads);
  g_autofree gboolean *in_line = g_new (gboolean, MAX (movable->len, 1));
  guint end;

  if (movable->len == 0)
    return;
  for (guint i = 0; i < movable->len; i++)
    in_line[i] = leave_line (self, g_ptr_array_index (movable, i));
  self->first_order -= movable->len;
  end = bobbin_list_bring_first (&self->list, movable, self->first_order);
  for (guint i = 0; i < movable->len; i++)
    come_back (self, g_ptr_array_index (movable, i), in_line[i]);
  bobbin_list_tell_moves (&self->list, 0, end);
  bobbin_queue_touch (self);
  bobbin_queue_pump (self);
}
