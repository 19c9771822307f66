/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BobbinMailbox:
 *
 * The one door from the workers to the main loop. Messages posted by any
 * thread are handed, in the order of posting, to one handler in the context
 * that the mailbox was made for, a batch at a time, by one idle source.
 */
typedef struct _BobbinMailbox BobbinMailbox;

/**
 * BobbinMailboxHandler:
 * @message: (transfer full): a message
 * @user_data: what was given to bobbin_mailbox_new()
 *
 * Applies one message, in the mailbox's context.
 */
typedef void (*BobbinMailboxHandler) (gpointer message, gpointer user_data);

BobbinMailbox *bobbin_mailbox_new (GMainContext *context, BobbinMailboxHandler handler, gpointer user_data)
    G_GNUC_WARN_UNUSED_RESULT;
void bobbin_mailbox_free (BobbinMailbox *self);

void bobbin_mailbox_post (BobbinMailbox *self, gpointer message);
void bobbin_mailbox_post_patiently (BobbinMailbox *self, gpointer message);
void bobbin_mailbox_empty (BobbinMailbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinMailbox, bobbin_mailbox_free)

G_END_DECLS
