/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-window.h"

G_BEGIN_DECLS

/**
 * BobbinSignIns:
 *
 * Asks for user and password when a site or a proxy wants them: once for each,
 * however many downloads wait for it, and only while the person is there.
 * Belongs to a window. Main thread.
 */
typedef struct _BobbinSignIns BobbinSignIns;

BobbinSignIns *bobbin_sign_ins_new (BobbinWindow *window, BobbinQueue *queue) G_GNUC_WARN_UNUSED_RESULT;
void bobbin_sign_ins_free (BobbinSignIns *self);

void bobbin_sign_ins_ask (BobbinSignIns *self, BobbinDownload *download);
void bobbin_sign_ins_ask_for_proxy (BobbinSignIns *self, GtkWindow *parent, const char *address);
void bobbin_sign_ins_take_from_address (BobbinSignIns *self, const char *address);

G_END_DECLS
