/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-queue.h"

G_BEGIN_DECLS

#define BOBBIN_TYPE_KEEPER (bobbin_keeper_get_type ())

/**
 * BobbinKeeper:
 *
 * Brings the list of the last start back, and lets the store keep it for the
 * next one. Main thread; the disk is waited for in another.
 *
 * Signals:
 * - "opened": the whole list is back, or there is none; from now on downloads
 *   may be added
 */
G_DECLARE_FINAL_TYPE (BobbinKeeper, bobbin_keeper, BOBBIN, KEEPER, GObject)

BobbinKeeper *bobbin_keeper_new (BobbinQueue *queue) G_GNUC_WARN_UNUSED_RESULT;

void bobbin_keeper_open (BobbinKeeper *self);
void bobbin_keeper_open_after_frame (BobbinKeeper *self, GtkWidget *window);
void bobbin_keeper_close (BobbinKeeper *self);

gboolean bobbin_keeper_is_open (BobbinKeeper *self);
BobbinStoreNotice bobbin_keeper_get_notice (BobbinKeeper *self);
guint bobbin_keeper_get_n_recovered (BobbinKeeper *self);
const char *bobbin_keeper_get_kept_aside (BobbinKeeper *self);
BobbinStore *bobbin_keeper_get_store (BobbinKeeper *self);
const GError *bobbin_keeper_get_error (BobbinKeeper *self);

G_END_DECLS
