/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-demo-reply.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * BobbinDemoSender:
 *
 * Sends one reply to one client.
 */
typedef struct _BobbinDemoSender BobbinDemoSender;

void bobbin_demo_sender_start (GHashTable *senders, SoupServerMessage *message, BobbinDemoReply *reply);
void bobbin_demo_sender_free (BobbinDemoSender *self);

G_END_DECLS
