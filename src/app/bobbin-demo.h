/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bobbin-queue.h"

G_BEGIN_DECLS

/**
 * BobbinDemo:
 *
 * One show of the demo: the server inside Bobbin, its pictures in the queue,
 * and the temporary folder that they are saved to. Main thread.
 */
typedef struct _BobbinDemo BobbinDemo;

BobbinDemo *bobbin_demo_start (BobbinQueue *queue, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean bobbin_demo_has_folder (const char *folder);
void bobbin_demo_free (BobbinDemo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BobbinDemo, bobbin_demo_free)

G_END_DECLS
