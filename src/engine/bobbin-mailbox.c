/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-mailbox.h"

/* A batch is applied for at most this long before other sources of the main
 * loop have their turn: half a frame, in microseconds. */
#define TURN_TIME 8000

/* The priority at which GTK draws: a flood of messages and the drawing of what
 * they changed take turns, and input goes before both. */
#define PRIORITY (G_PRIORITY_HIGH_IDLE + 20)

/* A message that can wait is handed over after this long at the latest: nobody
 * sees the difference, and many go together, in microseconds. */
#define PATIENCE 10000

#define NEVER G_MAXINT64

struct _BobbinMailbox
{
  /* the context's thread */
  grefcount ref_count; /* one for the owner, one for a turn under way */
  gboolean closed;     /* freed by its owner, maybe in the middle of a turn */

  /* immutable after construction */
  BobbinMailboxHandler handler;
  gpointer user_data;

  /* the context's thread */
  GQueue batch; /* taken from the box, not yet applied */

  /* protected by mutex */
  GMutex mutex;
  GQueue box;
  GSource *source;
  gint64 due; /* when the source is to run, monotonic microseconds; 0 for at once, NEVER if nothing waits */
};

/* GLib wakes the context's thread for each new time, so it is set only when that
 * is earlier. With the mutex held. */
static void
call_at (BobbinMailbox *self, gint64 due)
{
  if (due >= self->due)
    return;
  self->due = due;
  g_source_set_ready_time (self->source, due);
}

static void
call_never (BobbinMailbox *self)
{
  self->due = NEVER;
  g_source_set_ready_time (self->source, -1);
}

/* Moves what came in behind what is left of the last batch, without a copy. */
static void
take_box (BobbinMailbox *self)
{
  if (g_queue_is_empty (&self->box))
    return;

  if (g_queue_is_empty (&self->batch))
    {
      self->batch = self->box;
    }
  else
    {
      self->batch.tail->next = self->box.head;
      self->box.head->prev = self->batch.tail;
      self->batch.tail = self->box.tail;
      self->batch.length += self->box.length;
    }
  g_queue_init (&self->box);
}

static void
mailbox_unref (BobbinMailbox *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_mutex_clear (&self->mutex);
  g_source_unref (self->source);
  g_free (self);
}

static void
apply_until (BobbinMailbox *self, gint64 deadline)
{
  while (!self->closed && !g_queue_is_empty (&self->batch))
    {
      self->handler (g_queue_pop_head (&self->batch), self->user_data);
      if (g_get_monotonic_time () > deadline)
        break;
    }
}

static gboolean
on_ready (gpointer user_data)
{
  BobbinMailbox *self = user_data;
  gint64 deadline = g_get_monotonic_time () + TURN_TIME;

  g_ref_count_inc (&self->ref_count);
  g_mutex_lock (&self->mutex);
  take_box (self);
  call_never (self);
  g_mutex_unlock (&self->mutex);

  apply_until (self, deadline);

  g_mutex_lock (&self->mutex);
  if (!self->closed && !g_queue_is_empty (&self->batch))
    call_at (self, 0);
  g_mutex_unlock (&self->mutex);

  mailbox_unref (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs source_funcs = { .dispatch = dispatch };

/**
 * bobbin_mailbox_new:
 * @context: the context that messages are handled in
 * @handler: called for each message
 * @user_data: passed to @handler
 *
 * Makes an empty mailbox. Call in the thread that runs @context.
 *
 * Returns: (transfer full): the mailbox
 */
BobbinMailbox *
bobbin_mailbox_new (GMainContext *context, BobbinMailboxHandler handler, gpointer user_data)
{
  BobbinMailbox *self = g_new0 (BobbinMailbox, 1);

  g_ref_count_init (&self->ref_count);
  self->handler = handler;
  self->user_data = user_data;
  g_queue_init (&self->batch);
  g_mutex_init (&self->mutex);
  g_queue_init (&self->box);
  self->due = NEVER;
  self->source = g_source_new (&source_funcs, sizeof (GSource));
  g_source_set_priority (self->source, PRIORITY);
  g_source_set_callback (self->source, on_ready, self, NULL);
  g_source_set_static_name (self->source, "bobbin-mailbox");
  g_source_attach (self->source, context);
  return self;
}

static void
post (BobbinMailbox *self, gpointer message, gint64 due)
{
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->box, message);
  call_at (self, due);
  g_mutex_unlock (&self->mutex);
}

/**
 * bobbin_mailbox_post:
 * @self: the mailbox
 * @message: (transfer full): the message
 *
 * Puts @message into the mailbox; the handler gets it soon. Any thread.
 */
void
bobbin_mailbox_post (BobbinMailbox *self, gpointer message)
{
  post (self, message, 0);
}

/**
 * bobbin_mailbox_post_patiently:
 * @self: the mailbox
 * @message: (transfer full): the message
 *
 * Puts @message into the mailbox; the handler gets it with the next message
 * that does not wait, or some milliseconds later. Any thread.
 */
void
bobbin_mailbox_post_patiently (BobbinMailbox *self, gpointer message)
{
  post (self, message, g_get_monotonic_time () + PATIENCE);
}

/**
 * bobbin_mailbox_empty:
 * @self: the mailbox
 *
 * Hands all messages that are in the mailbox to the handler now. The thread of
 * the mailbox's context.
 */
void
bobbin_mailbox_empty (BobbinMailbox *self)
{
  g_mutex_lock (&self->mutex);
  take_box (self);
  g_mutex_unlock (&self->mutex);

  apply_until (self, G_MAXINT64);
}

/**
 * bobbin_mailbox_free:
 * @self: (transfer full): the mailbox
 *
 * Hands over what is left, then frees the mailbox. No thread may post any
 * more. The thread of the mailbox's context, also from within the handler.
 */
void
bobbin_mailbox_free (BobbinMailbox *self)
{
  bobbin_mailbox_empty (self);

  self->closed = TRUE;
  g_source_destroy (self->source);
  mailbox_unref (self);
}
