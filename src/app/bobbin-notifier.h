/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "bobbin-queue.h"

G_BEGIN_DECLS

/**
 * BobbinNotifier:
 *
 * Tells a person who looks at something else that all downloads are finished,
 * or that one has failed. Owned by the application; main thread.
 */
typedef struct _BobbinNotifier BobbinNotifier;

BobbinNotifier *bobbin_notifier_new (GtkApplication *application, BobbinQueue *queue, GSettings *settings)
    G_GNUC_WARN_UNUSED_RESULT;
void bobbin_notifier_free (BobbinNotifier *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinNotifier, bobbin_notifier_free)

G_END_DECLS
