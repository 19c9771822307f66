/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bobbin-mailbox.h"

/* A batch is applied for at most this long before other sources of the main
 * loop have their turn: half a frame, in microseconds. */
#define TURN_TIME 8000

/* The priority at which GTK draws: a flood of messages and the drawing of what
 * they changed take turns, and input goes before both. */
#define PRIORITY (G_PRIORITY_HIGH_IDLE + 20)

struct _BobbinMailbox
{
  /* the context's thread */
  grefcount ref_count; /* one for the owner, one for a turn under way */
  gboolean closed;     /* freed by its owner, maybe in the middle of a turn */

  /* immutable after construction */
  GMainContext *context;
  BobbinMailboxHandler handler;
  gpointer user_data;

  /* the context's thread */
  GQueue batch; /* taken from the box, not yet applied */

  /* protected by mutex */
  GMutex mutex;
  GQueue box;
  GSource *pending; /* attached or about to run; NULL if none is needed */
};

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
  self->context = g_main_context_ref (context);
  self->handler = handler;
  self->user_data = user_data;
  g_queue_init (&self->batch);
  g_mutex_init (&self->mutex);
  g_queue_init (&self->box);
  return self;
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
  g_main_context_unref (self->context);
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

/* The source stays as long as anything is left, so that no message can be
 * posted between the last look into the box and the end of the source. */
static gboolean
on_idle (gpointer user_data)
{
  BobbinMailbox *self = user_data;
  gint64 deadline = g_get_monotonic_time () + TURN_TIME;
  gboolean more;

  g_ref_count_inc (&self->ref_count);
  g_mutex_lock (&self->mutex);
  take_box (self);
  g_mutex_unlock (&self->mutex);

  apply_until (self, deadline);

  g_mutex_lock (&self->mutex);
  more = !self->closed && (!g_queue_is_empty (&self->batch) || !g_queue_is_empty (&self->box));
  if (!more)
    g_clear_pointer (&self->pending, g_source_unref);
  g_mutex_unlock (&self->mutex);

  mailbox_unref (self);
  return more ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
attach_source (BobbinMailbox *self)
{
  self->pending = g_idle_source_new ();
  g_source_set_priority (self->pending, PRIORITY);
  g_source_set_callback (self->pending, on_idle, self, NULL);
  g_source_set_static_name (self->pending, "bobbin-mailbox");
  g_source_attach (self->pending, self->context);
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
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->box, message);
  if (self->pending == NULL)
    attach_source (self);
  g_mutex_unlock (&self->mutex);
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
  if (self->pending != NULL)
    g_source_destroy (self->pending);
  g_clear_pointer (&self->pending, g_source_unref);
  mailbox_unref (self);
}
